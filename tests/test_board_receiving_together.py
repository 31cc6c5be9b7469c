"""Notes that come to a room together are written down together: none is lost, doubled, or told too early."""

import json
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from anycompany.board.door import enter, leave
from anycompany.board.room import Room
from anycompany.files import new_storm, open_storm
from anycompany.files.resting import log_path


class Line:
    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def send(self, content: dict[str, Any]) -> None:
        self.heard.append(content)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.heard if one["type"] == kind]


@pytest.fixture
def inn(tmp_path: Path) -> Iterator[tuple[Path, Room, Line]]:
    path, line = tmp_path / "inn.storm.yaml", Line()
    new_storm(path, "inn")
    room = enter(path, line)
    room.receive({"type": "hello", "protocol": 1, "person": "1a2b3c4d", "tab": "0001", "name": "Ada"}, line)
    yield path, room, line
    leave(room, line)


def note(number: int, **more: Any) -> dict[str, Any]:
    edit = {"kind": "add", "to": "events", "name": f"Note {number} Written", **more}
    return {"type": "edit", "person": "1a2b3c4d", "tab": "0001", "name": "Ada", "id": f"1a2b3c4d0001_{number}", "edit": edit}  # fmt: skip


def ids(path: Path) -> list[str]:
    entries = [json.loads(line) for line in log_path(path).read_text().splitlines()]
    return [entry["id"] for entry in entries if "_" in entry["id"]]


@contextmanager
def full_disk(path: Path, left: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log_path(path).stat().st_size + left, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


def test_many_notes_are_one_message_and_each_is_in_the_log_once(inn: tuple[Path, Room, Line]) -> None:
    path, room, line = inn
    room.receive_all([*map(note, range(30)), note(3), note(29)], line)
    (told,) = line.of("patch")
    assert [one for one in told["ids"] if "_" in one] == ids(path)
    assert ids(path) == [f"1a2b3c4d0001_{number}" for number in range(30)]
    assert not line.of("nack")
    with open_storm(path) as other:
        assert len(other.storm.events) == 30


def test_what_does_not_fit_is_refused_alone_and_order_is_kept(inn: tuple[Path, Room, Line]) -> None:
    path, room, line = inn
    rename = {
        **note(3),
        "edit": {"kind": "rename", "of": "events", "id": "note-2-written", "name": "Renamed"},
    }
    nonsense = {"type": "edit", "edit": {"kind": "add", "to": "nowhere", "name": "?"}}
    room.receive_all(
        [note(1), note(2), nonsense, rename, note(4, id="taken"), note(5, name=""), note(6)], line
    )
    assert ids(path) == [f"1a2b3c4d0001_{number}" for number in (1, 2, 3, 4, 6)]
    assert [one["id"] for one in line.of("nack")] == ["1a2b3c4d0001_5"]


def test_a_disk_that_fills_up_in_the_middle_refuses_the_rest_which_is_sent_again(
    inn: tuple[Path, Room, Line],
) -> None:
    path, room, line = inn
    room.receive(note(0), line)
    with full_disk(path, left=700):
        room.receive_all(list(map(note, range(1, 20))), line)
    written = ids(path)
    refused = [one["id"] for one in line.of("nack")]
    assert 1 < len(written) < 20
    assert all(one["again"] for one in line.of("nack"))
    assert sorted([*written, *refused]) == sorted(f"1a2b3c4d0001_{number}" for number in range(20))
    room.receive_all(list(map(note, range(20))), line)
    assert sorted(ids(path)) == sorted(f"1a2b3c4d0001_{number}" for number in range(20))
