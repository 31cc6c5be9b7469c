"""People at boards: real browsers on one room, and what their hands do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Locator, Page

from anycompany.files import read_storm
from anycompany.storm.model import Storm

from ..storms import ROOT

Point = tuple[float, float]
SCREEN = {"width": 1280, "height": 900}
SECONDS = 60
"""How long a browser may take for anything here."""

RESTS = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame(); await frame();
  while (document.querySelector('.world.is-moving')) await frame();
  const ending = document.getAnimations().filter(one => one.effect.getTiming().iterations !== Infinity);
  await Promise.all(ending.map(one => one.finished.catch(() => {})));
  await frame();
}"""
"""Waits until nothing moves on the page."""

SAVED = """() => {
  const { pending, status } = document.querySelector('.anycompany-board').dataset;
  return pending === '0' && status === 'live' && board.session.pending === 0 && board.session.status === 'live';
}"""


UNPLUG = """() => {
  globalThis.Plugged ??= WebSocket;
  globalThis.WebSocket = class { static OPEN = 1; readyState = 3; send() {} close() {}
    constructor() { setTimeout(() => this.onclose?.()); } };
  wire.break();
}"""
"""From now on every connection fails."""


@dataclass
class Seat:
    """Somebody at a browser with the board on its page; the page knows it as ``board``."""

    page: Page

    @property
    def root(self) -> Locator:
        return self.page.locator(".anycompany-board")

    def note(self, key: str) -> Locator:
        return self.page.locator(f'.note[data-key="{key}"]')

    def saved(self) -> None:
        """Wait until the kernel has confirmed everything that was done here."""
        self.page.wait_for_function(SAVED)

    def at(self, revision: int) -> None:
        """Wait until this revision of the storm is on the wall."""
        self.page.wait_for_function(
            "revision => Number(document.querySelector('.anycompany-board').dataset.rev) >= revision",
            arg=revision,
        )

    def cut(self) -> None:
        """Cut the connection; the page may connect again."""
        self.page.evaluate("() => wire.break()")

    def unplug(self) -> None:
        """Cut the connection and let no other one come about."""
        self.page.evaluate(UNPLUG)

    def plug_in(self, reload: bool = False) -> None:
        """Let connections come about again, on the same page or on one that is loaded anew."""
        if reload:
            self.page.reload()
            self.page.wait_for_function("() => globalThis.board?.session.status === 'live'")
        else:
            self.page.evaluate("() => { globalThis.WebSocket = Plugged; }")

    def rests(self) -> None:
        self.page.evaluate(RESTS)

    def holds(self, *keys: str) -> None:
        """Wait until these notes are on the wall."""
        self.page.wait_for_function(
            "keys => keys.every(key => board.scene.notes.some(note => note.key === key))", arg=list(keys)
        )

    def told(self) -> dict[str, Any]:
        """The storm as this page sees it."""
        return dict(self.page.evaluate("() => board.session.doc"))

    def do(self, *edits: dict[str, Any], refused: bool = False) -> None:
        """Carry out edits as the board's own hands do, and wait for the answer."""
        outcome = self.page.evaluate("edits => board.do(edits)", list(edits))
        assert outcome["ok"] is not refused, outcome

    def box(self, key: str) -> tuple[float, float, float, float]:
        """Where a note lies in the window: left, top, width, height."""
        self.rests()
        x, y, w, h = self.page.evaluate(
            """key => { const { x, y, width, height } = document.querySelector(`[data-key="${key}"]`).getBoundingClientRect();
              return [x, y, width, height]; }""",
            key,
        )
        return x, y, w, h

    def middle(self, key: str) -> Point:
        left, top, width, height = self.box(key)
        return left + width / 2, top + height / 2

    def focus(self, key: str) -> None:
        self.page.evaluate("key => { board.focus(key); board.select([key]); }", key)

    def focused(self) -> str | None:
        """The key of the note that has the focus of the page; None when the focus is outside the board."""
        return self.page.evaluate(
            """() => { const active = document.activeElement;
              return active.closest('.anycompany-board') && (active.closest('[data-key]')?.dataset.key ?? active.className); }"""
        )

    def drag(
        self, key: str, by: Point = (0, 0), onto: str | None = None, between: tuple[str, str] | None = None
    ) -> None:
        """Take a note with the mouse and drop it: so far away, on another note, or half way between two."""
        x, y = self.middle(key)
        to = (x + by[0], y + by[1])
        if onto:
            to = self.middle(onto)
        if between:
            (one_x, one_y), (other_x, other_y) = (self.middle(one) for one in between)
            to = ((one_x + other_x) / 2, (one_y + other_y) / 2)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(*to, steps=4)
        self.page.mouse.up()

    @contextmanager
    def held(self, key: str, over: str) -> Iterator[None]:
        """Hold a note over another one, and let go."""
        start, end = self.middle(key), self.middle(over)
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=4)
        yield
        self.page.mouse.up()

    def paste(self, text: str) -> None:
        """Paste a text where the focus is, as the clipboard would."""
        self.page.evaluate(
            """text => { const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', text);
              document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })); }""",
            text,
        )

    def touch(self, fingers: list[Point], by: list[Point]) -> None:
        """Put fingers on the glass, move each by its way, and lift them."""
        with self._touching(fingers) as session:
            for share in (0.2, 0.4, 0.6, 0.8, 1.0):
                points = [
                    {"x": x + dx * share, "y": y + dy * share, "id": number}
                    for number, ((x, y), (dx, dy)) in enumerate(zip(fingers, by, strict=True))
                ]
                session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
                self.page.evaluate("() => new Promise(requestAnimationFrame)")

    @contextmanager
    def pressing(self, x: float, y: float) -> Iterator[None]:
        """Keep a finger on the glass."""
        with self._touching([(x, y)]):
            yield

    @contextmanager
    def _touching(self, fingers: list[Point]) -> Iterator[CDPSession]:
        session = self.page.context.new_cdp_session(self.page)
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
        yield session
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.detach()


@dataclass
class Room:
    """A storm file, the kernel's room for it, and browsers on it."""

    path: Path
    url: str
    browser: Browser
    errors: list[str] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.path.with_name(self.path.name.replace(".yaml", ".log.jsonl"))

    def write(self, text: str) -> None:
        """Begin with another storm, before anybody sits down."""
        assert not self.seats
        self.path.write_text(text)

    def storm(self) -> Storm:
        """What is on the disk."""
        return read_storm(self.path)

    def revision(self) -> int:
        return len(self.log.read_bytes().splitlines())

    def seat(
        self,
        step: int,
        name: str = "Somebody",
        touch: bool = False,
        dark: bool = False,
        facilitates: bool = False,
    ) -> Seat:
        """Somebody comes in with a browser of their own; an error on their page fails the test."""
        steers = "&facilitates" if facilitates else ""
        context = self.browser.new_context(viewport=SCREEN, has_touch=touch, accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(SECONDS * 1000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.goto(f"{self.url}/?step={step}&name={name}&theme={'dark' if dark else 'light'}{steers}")
        seat = Seat(page)
        page.wait_for_function("() => globalThis.board?.session.status === 'live'")
        seat.rests()
        self.seats.append(seat)
        return seat

    def close(self) -> None:
        for seat in self.seats:
            seat.page.context.close()
        assert not [error for error in self.errors if "WebSocket" not in error]


@dataclass
class Process:
    """A kernel of its own that can be killed; the next one comes up at the same address."""

    path: Path
    port: int = 0
    running: subprocess.Popen[str] | None = None

    def start(self) -> str:
        command = [sys.executable, "-m", "tests.board_server", str(self.path), "--port", str(self.port)]
        self.running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.running.stdout
        url = self.running.stdout.readline().strip()
        assert url, "the server did not start"
        self.port = int(url.rsplit(":", 1)[1])
        return url

    def kill(self) -> None:
        assert self.running
        assert self.running.stdout
        self.running.kill()
        self.running.wait()
        self.running.stdout.close()


def in_order(doc: Any) -> str:
    """A storm in writing that tells apart what the order of keys tells apart; an empty section is as good as none."""
    sections = {key: section for key, section in doc.items() if section not in ({}, [])}
    return json.dumps(_as_in_javascript(sections), ensure_ascii=False)


def _as_in_javascript(value: Any) -> Any:
    """JavaScript has but one kind of number."""
    if isinstance(value, dict):
        return {key: _as_in_javascript(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_in_javascript(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
