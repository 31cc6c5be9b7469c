"""A workshop as people have it: `anycompany workshop`, its server and kernel, and guests on their sockets."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websocket

SECONDS = 60
START = "from anycompany.cli import main; main()"


@dataclass
class Opened:
    """A workshop that runs: its folder, where guests go, their code, and the big screen."""

    storm: Path
    address: str
    code: str
    screen: str
    token: str
    output: Path
    environment: dict[str, str]

    @property
    def url(self) -> str:
        """The server's address, with a slash at the end."""
        return self.address.removesuffix("anycompany/join")

    @property
    def log(self) -> Path:
        return self.storm.with_name(self.storm.name.replace(".yaml", ".log.jsonl"))

    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def look_for_the_screen(self) -> None:
        """The big screen has another address once the code was revoked; later tests go to the new one."""
        folder = Path(self.environment["JUPYTER_RUNTIME_DIR"]) / "anycompany-workshops"
        (kept,) = folder.glob("*.json")
        self.screen = f"{self.screen.split('#')[0]}#{json.loads(kept.read_text())['screen']}"

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        """`anycompany workshop` about this workshop, from another terminal."""
        command = [sys.executable, "-c", START, "workshop", str(self.storm), *options]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )


@contextmanager
def workshop(home: Path, *options: str, base: str = "/", name: str = "inn") -> Iterator[Opened]:
    """`anycompany workshop`, as a facilitator starts it, with directories of its own."""
    names = {"CONFIG_DIR": "config", "DATA_DIR": "data", "RUNTIME_DIR": "runtime"}
    environment = os.environ | {f"JUPYTER_{key}": str(home / value) for key, value in names.items()}
    environment |= {"IPYTHONDIR": str(home / "ipython"), "ANYCOMPANY_HOME": str(home / "anycompany")}
    settings = home / "config" / "labconfig" / "page_config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}})
    )
    output = home / "output"
    jupyter = ["--no-browser", "--allow-root", "--ServerApp.port=0", "--LabApp.expose_app_in_browser=True"]
    at = f"--ServerApp.base_url={base}"
    command = [sys.executable, "-c", START, "workshop", str(home / name), *options, "--", at, *jupyter]
    with output.open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        said = until(lambda: _invitation(output), process)
        token = re.search(r"[?&]token=(\w+)", output.read_text("utf-8"))
        assert token
        yield Opened(home / name / f"{name}.storm.yaml", *said, token[1], output, environment)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _invitation(output: Path) -> tuple[str, str, str] | None:
    found = re.search(r"go to +(\S+)\s+and say +(\S+).*?screen: (\S+)", output.read_text("utf-8"), re.DOTALL)
    return (found[1], found[2], found[3]) if found else None


def until(what: Callable[[], Any], process: subprocess.Popen[Any] | None = None) -> Any:
    """What something gives as soon as it gives anything."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and (process is None or process.poll() is None):
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come about")


class Guest:
    """A guest's socket, spoken to by hand: says whatever a test wants, and hears what is told."""

    def __init__(self, url: str, tab: str = "0001", **options: Any) -> None:
        self.tab, self.person, self.key, self.count = tab, "", "", 0
        self.heard: list[dict[str, Any]] = []
        address = f"{url.replace('http', 'ws', 1)}anycompany/join/socket"
        self.wire = websocket.create_connection(address, timeout=SECONDS, **options)

    def say(self, **message: Any) -> None:
        self.wire.send(json.dumps(message))

    def hear(self, *types: str) -> dict[str, Any]:
        """The next message of these types; others are kept."""
        for index, message in enumerate(self.heard):
            if message["type"] in types:
                return self.heard.pop(index)
        while True:
            text = self.wire.recv()
            if not text:
                raise ConnectionError("the server has closed the connection")
            message = json.loads(text)
            if message["type"] in types:
                return dict(message)
            self.heard.append(message)

    def knock(self, **said: Any) -> dict[str, Any]:
        self.say(type="knock", tab=self.tab, **said)
        answer = self.hear("welcome", "refused", "resting")
        if answer["type"] == "welcome":
            self.person, self.key = answer["person"], answer["key"]
        return answer

    def join(self, code: str, name: str) -> dict[str, Any]:
        """Come in, and get the storm."""
        assert self.knock(code=code, name=name)["type"] == "welcome"
        return self.greet()

    def greet(self) -> dict[str, Any]:
        self.say(type="hello", protocol=1, step=1, revision=None)
        return self.hear("snapshot")

    def edit(self, **edit: Any) -> dict[str, Any]:
        """Make an edit; gives the patch that has it, or the refusal."""
        return self.send_edit(self.new_id(), edit)

    def new_id(self) -> str:
        self.count += 1
        return f"{self.person}{self.tab}_{self.count}"

    def send_edit(self, identifier: str, edit: Any, **more: Any) -> dict[str, Any]:
        self.say(type="edit", id=identifier, edit=edit, **more)
        while True:
            answer = self.hear("patch", "nack", "ack")
            if answer.get("id") == identifier or identifier in answer.get("ids", ()):
                return answer

    def close(self) -> None:
        self.wire.close()
