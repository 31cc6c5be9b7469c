"""A workshop of fifty: nothing is lost or doubled, and a note is on the boards about as soon as with one."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.browser.conftest import CHROMIUM, OPENED, run_all
from tests.workshops import Opened, workshop

from .ratio import Ratio

GUESTS, NOTES_A_SECOND, SECONDS, BOARDS = 50, 2, 60, 3
SECONDS_ALONE = 20

SEEN = """() => {
  globalThis.seen = [];
  const board = document.querySelector('.anycompany-board');
  let last = Number(board.dataset.rev);
  new MutationObserver(() => {
    const rev = Number(board.dataset.rev);
    if (rev === last) return;
    last = rev;
    const { port1, port2 } = new MessageChannel();
    requestAnimationFrame(() => {
      port1.onmessage = () => seen.push([rev, performance.timeOrigin + performance.now()]);
      port2.postMessage(null);
    });
  }).observe(board, { attributes: true, attributeFilter: ['data-rev'] });
}"""
"""Writes down when each revision was on the screen: the message follows the picture."""


class Phone:
    """A guest who writes notes at an even pace, however long the answers take."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.sent: dict[str, float] = {}
        self.open: set[str] = set()
        self.refused: list[str] = []

    async def join(self, opened: Opened) -> None:
        address = f"{opened.url.replace('http', 'ws', 1)}anycompany/join/socket"
        self.wire: WebSocketClientConnection = await websocket_connect(address)
        tab = f"{self.number:04x}"
        await self._say(type="knock", tab=tab, code=opened.code, name=f"Guest {self.number}")
        while (said := await self._hear())["type"] != "welcome":
            assert said["type"] != "refused", said
        self.prefix = f"{said['person']}{tab}"
        await self._say(type="hello", protocol=1, step=1, revision=None)
        while (await self._hear())["type"] != "snapshot":
            pass
        self.listening = asyncio.create_task(self._listen())

    async def write(self, seconds: float) -> None:
        start = time.perf_counter() + (self.number % GUESTS) / GUESTS / NOTES_A_SECOND
        for count in range(round(seconds * NOTES_A_SECOND)):
            await asyncio.sleep(max(0.0, start + count / NOTES_A_SECOND - time.perf_counter()))
            identifier = f"{self.prefix}_{len(self.sent)}"
            self.sent[identifier] = time.time() * 1000
            self.open.add(identifier)
            name = f"Note {len(self.sent)} of guest {self.number} written"
            await self._say(type="edit", id=identifier, edit={"kind": "add", "to": "events", "name": name})

    async def answered(self) -> None:
        while self.open:
            await asyncio.sleep(0.05)

    def leave(self) -> None:
        self.listening.cancel()
        self.wire.close()

    async def _say(self, **message: Any) -> None:
        await self.wire.write_message(json.dumps(message))

    async def _hear(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(await self.wire.read_message() or '{"type": "gone"}')
        return said

    async def _listen(self) -> None:
        while (text := await self.wire.read_message()) is not None:
            said = json.loads(text)
            if said["type"] == "patch":
                self.open.difference_update(said["ids"])
            elif said["type"] == "ack":
                self.open.discard(said["id"])
            elif said["type"] == "nack":
                self.refused.append(f"{said['why']} {said['remedy']}")
                self.open.discard(said["id"])


async def _together(opened: Opened, numbers: range, seconds: float) -> list[Phone]:
    phones = [Phone(number) for number in numbers]
    await asyncio.gather(*(phone.join(opened) for phone in phones))
    await asyncio.gather(*(phone.write(seconds) for phone in phones))
    await asyncio.wait_for(asyncio.gather(*(phone.answered() for phone in phones)), 120)
    for phone in phones:
        phone.leave()
    return phones


def _written(opened: Opened, numbers: range, seconds: float) -> list[Phone]:
    with ThreadPoolExecutor() as thread:  # this one has Playwright's loop
        return thread.submit(lambda: asyncio.run(_together(opened, numbers, seconds))).result()


def _board(browser: Browser, opened: Opened) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{opened.url}doc/tree/notebooks/01_event_discovery.ipynb?token={opened.token}&reset")
    page.evaluate(OPENED)
    run_all(page)
    page.wait_for_selector(".anycompany-board[data-status='live']", timeout=120_000)
    page.evaluate(SEEN)
    return page


def _waits(opened: Opened, boards: list[Page], phones: list[Phone]) -> list[float]:
    """For each note and board the milliseconds from the phone to the picture."""
    entries = opened.entries()
    revisions = {entry["id"]: number for number, entry in enumerate(entries, 1)}
    last = len(entries)
    waits = []
    for board in boards:
        board.wait_for_function("last => seen.length && seen.at(-1)[0] >= last", arg=last, timeout=180_000)
        seen = iter(board.evaluate("() => seen"))
        shown, at = next(seen)
        ours = sorted((revisions[one], when) for phone in phones for one, when in phone.sent.items())
        for revision, sent in ours:
            while shown < revision:
                shown, at = next(seen)
            waits.append(at - sent)
        board.evaluate("() => { seen.length = 0; }")
    return waits


def measure() -> list[Ratio]:
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(path for name in names if (path := shutil.which(name)))
    with (
        tempfile.TemporaryDirectory() as home,
        workshop(Path(home)) as opened,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        boards = [_board(browser, opened) for _ in range(BOARDS)]
        _written(opened, range(1, 2), 3)  # the first note begins the log; everything has run once
        _waits(opened, boards, [])
        alone = _waits(opened, boards, _written(opened, range(2, 3), SECONDS_ALONE))
        phones = _written(opened, range(3, 3 + GUESTS), SECONDS)
        many = _waits(opened, boards, phones)
        differing = sum(
            board.locator(".anycompany-board").get_attribute("data-rev") != str(len(opened.entries()))
            for board in boards
        )
        ids = Counter(entry["id"] for entry in opened.entries())
        browser.close()
    sent = [one for phone in phones for one in phone.sent]
    wrong = sum(ids[one] != 1 for one in sent)
    refused = sum(len(phone.refused) for phone in phones)
    note = (
        f"median {median(many):.0f} ms against {median(alone):.0f} ms; p95 {quantiles(many, n=20)[-1]:.0f} ms"
    )
    return [
        Ratio(f"notes lost or doubled of {len(sent):,}", "one note", wrong, 1.0, 0.0, f"{refused} refused"),
        Ratio(f"boards of {BOARDS} that are behind", "one board", differing, 1.0, 0.0),
        Ratio(
            f"from phone to board with {GUESTS} guests", "one guest", median(many), median(alone), 2.0, note
        ),
    ]
