"""The board in a kernel: as a widget, and after a restart without one."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from anycompany.board import Board, door
from anycompany.files import StormFileError, open_storm, read_storm

from .storms import EXAMPLE

ADA = {"person": "a" * 8, "tab": "0001", "name": "Ada"}
BO = {"person": "b" * 8, "tab": "0001", "name": "Bo"}
HELLO = {"type": "hello", "protocol": 1, "step": 5, "revision": None}
ADD = {"type": "edit", "edit": {"kind": "add", "to": "events", "name": "Lamp Lit"}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path))


@pytest.fixture
def boards() -> Iterator[list[Board]]:
    made: list[Board] = []
    yield made
    for board in made:
        board.close()


def heard(board: Board, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the widget sends from now on."""
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(board, "send", messages.append)
    return messages


def say(board: Board, *messages: dict[str, Any]) -> None:
    """What anywidget's other half in the browser sends."""
    for message in messages:
        board._handle_custom_msg(message, [])


def test_a_board_takes_messages_of_its_pages_and_sends_what_the_room_says(
    path: Path, boards: list[Board], monkeypatch: pytest.MonkeyPatch
) -> None:
    boards += [Board(path, 5), Board(str(path))]
    sent = [heard(board, monkeypatch) for board in boards]
    say(boards[0], HELLO | ADA)
    say(boards[1], HELLO | BO)
    say(boards[0], ADD | ADA | {"id": "a" * 8 + "0001_1"})
    for messages in sent:
        assert [message["delta"] for message in messages if message["type"] == "patch"] == [
            [["set", ["events", "lamp-lit"], {"name": "Lamp Lit"}]]
        ]
    assert "lamp-lit" in read_storm(path).events
    say(boards[0], {"what": "ever"})
    assert sent[0][-1]["type"] == "notice" and sent[1][-1]["type"] != "notice"


def test_a_board_that_is_closed_leaves_and_the_last_one_saves(path: Path) -> None:
    one, other = Board(path, 1), Board(path, 2)
    assert one._room is other._room
    say(one, HELLO | ADA, ADD | ADA | {"id": "a" * 8 + "0001_1"})
    one.close()
    assert "Lamp Lit" not in path.read_text() and path.resolve() in door._ROOMS
    other.close()
    assert "Lamp Lit" in path.read_text() and path.resolve() not in door._ROOMS


def test_what_a_page_needs_to_come_back_is_in_the_widgets_state(path: Path, boards: list[Board]) -> None:
    boards += [Board(path, 5), Board(path, 5)]
    state = boards[0].get_state()
    assert (state["step"], state["path"], state["saved"]) == (5, str(path.resolve()), None)
    assert boards[0].twin != boards[1].twin
    assert "export" in state["_esm"] and ".anycompany-board" in state["_css"]


def test_a_board_is_a_widget_and_a_sentence_where_there_are_none(path: Path, boards: list[Board]) -> None:
    boards.append(Board(path, 5))
    said, _ = boards[0]._repr_mimebundle_()
    assert said["application/vnd.jupyter.widget-view+json"]["model_id"] == boards[0].model_id
    assert said["text/plain"].startswith("The board of anycompany.storm.yaml at step 5")


def test_a_board_on_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StormFileError, match="no such file"):
        Board(tmp_path / "none.storm.yaml")


class Kernel:
    """A kernel on which a page opens comms."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client

    def run(self, code: str) -> None:
        reply = self.client.execute_interactive(code, silent=True, store_history=False, timeout=60)
        assert reply["content"]["status"] == "ok", reply["content"]

    def comm(self, kind: str, **content: Any) -> None:
        message = self.client.session.msg(f"comm_{kind}", {"comm_id": "c1", **content})
        self.client.shell_channel.send(message)

    def next(self, kind: str) -> dict[str, Any]:
        """The next message of a kind that comes over a comm."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            message = self.client.get_iopub_msg(timeout=60)
            if message["msg_type"] == "comm_close" == kind:
                return dict(message["content"])
            if message["msg_type"] == "comm_msg" and message["content"]["data"]["type"] == kind:
                return dict(message["content"]["data"])
        raise AssertionError(f"no {kind} came")


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=60)
    yield Kernel(client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_after_a_restart_a_page_opens_a_line_of_its_own_and_goes_on(path: Path, kernel: Kernel) -> None:
    assert sys.executable  # the kernel runs this interpreter, so it has the same package
    for _ in range(2):
        kernel.run("from anycompany.board.revive import listen; listen()")
    kernel.comm("open", target_name="anycompany.board", data={"path": str(path), "step": 5})
    kernel.comm("msg", data=HELLO | ADA)
    assert kernel.next("snapshot")["doc"]["name"] == "AnyCompany"
    kernel.comm("msg", data=ADD | ADA | {"id": "a" * 8 + "0001_1"})
    assert kernel.next("patch")["ids"][-1] == "a" * 8 + "0001_1"
    kernel.comm("msg", data="nonsense")
    assert kernel.next("notice")["tone"] == "warning"
    with open_storm(path) as storm:
        storm.add_event("Key Lost")
    assert "key-lost" in json.dumps(kernel.next("patch")["delta"])
    kernel.comm("close", data={})
    kernel.run("from anycompany.board import door; assert not door._ROOMS")


@pytest.mark.parametrize("asked", ["none.storm.yaml", "secret.txt", "", None, 7, "\0.storm.yaml"])
def test_a_line_to_what_is_no_storm_is_refused_and_closed(
    asked: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anycompany.board import revive

    (tmp_path / "secret.txt").write_text("name: Secret\n")
    monkeypatch.chdir(tmp_path)

    class Comm:
        def __init__(self) -> None:
            self.said: list[Any] = []

        def send(self, data: Any) -> None:
            self.said.append(data)

        def close(self) -> None:
            self.said.append("closed")

    comm = Comm()
    revive._take_in(comm, {"content": {"data": {"path": asked}}})
    nack, closed = comm.said
    assert nack["type"] == "nack" and "storm" in nack["why"] and closed == "closed"
