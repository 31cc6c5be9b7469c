"""How quickly a drop is on another screen, what that costs on the wire, and a room of twenty people."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from playwright.sync_api import Browser, Page
from tornado.websocket import WebSocketClientConnection, websocket_connect

from anycompany.files import read_storm
from anycompany.files.page import new_page
from anycompany.storm.model import Storm

from .board_drawing import FEW, MANY, SCREEN
from .ratio import Ratio
from .storms import generated

ROOT = Path(__file__).parent.parent
DROPS = 25
PEOPLE, EDITS_A_SECOND, SECONDS = 20, 5, 60

DROPPED = """() => { globalThis.dropped = [];
  addEventListener('pointerup', () => dropped.push(performance.timeOrigin + performance.now()), true); }"""

SEEN = """() => {
  globalThis.seen = {};
  board.on('draw', () => {
    const { revision } = board.session;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { seen[revision] ??= performance.timeOrigin + performance.now(); };
    port2.postMessage(null);
  });
}"""
"""Writes down when each revision was on the screen: a board draws before a picture, the message follows."""


HEARD = """() => {
  Object.assign(globalThis, { bytes: 0, heard: performance.now() });
  const real = JSON.parse;
  JSON.parse = text => {
    const said = real(text);
    if (said.type === 'patch' || said.type === 'insight') bytes += text.length;
    heard = performance.now();
    return said;
  };
}"""
"""Counts what the kernel says, and when it said something last: findings of a large storm take a while."""


@contextmanager
def kernel(storm: Storm) -> Iterator[tuple[Path, str]]:
    """A kernel with a storm, in a process of its own: its file and its address."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.storm.yaml"
        path.write_text(new_page(storm).text, encoding="utf-8")
        command = [sys.executable, "-m", "tests.board_server", str(path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            try:
                yield path, process.stdout.readline().strip()
            finally:
                process.terminate()


def seat(browser: Browser, url: str, name: str) -> Page:
    """Somebody at a browser of their own."""
    page = browser.new_context(viewport=SCREEN).new_page()
    page.goto(f"{url}/?step=1&name={name}")
    page.wait_for_function("() => globalThis.board?.session.status === 'live' && board.scene.notes.length")
    return page


def drops_seen(browser: Browser, notes: int) -> tuple[float, float]:
    """The median milliseconds from a drop to the other screen, and the bytes that each drop cost there."""
    with kernel(generated(notes)) as (_, url):
        giving, seeing = seat(browser, url, "Giving"), seat(browser, url, "Seeing")
        giving.evaluate(DROPPED)
        seeing.evaluate(SEEN)
        giving.evaluate("() => board.do([{ kind: 'settings', keys: { name: 'The first begins the log' } }])")
        seeing.evaluate(HEARD)
        seeing.wait_for_function("() => performance.now() - heard > 6000", timeout=120_000)
        seeing.evaluate("() => { bytes = 0; }")
        box = giving.locator(".note").first.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        start = seeing.evaluate("() => board.session.revision")
        for number in range(DROPS):
            aside = 40 if number % 2 == 0 else 0
            giving.mouse.move(x + 40 - aside, y)
            giving.mouse.down()
            giving.mouse.move(x + aside, y, steps=3)
            giving.mouse.up()
            seeing.wait_for_function("revision => seen[revision]", arg=start + number + 1)
        dropped, seen = giving.evaluate("() => dropped"), seeing.evaluate("() => seen")
        times = [seen[str(start + number + 1)] - dropped[number] for number in range(DROPS)]
        size = seeing.evaluate("() => bytes") / DROPS
        for page in (giving, seeing):
            page.context.close()
        return median(times), size


def on_the_other_screen(browser: Browser) -> list[Ratio]:
    few, bytes_of_few = drops_seen(browser, FEW)
    many, bytes_of_many = drops_seen(browser, MANY)
    size = f"{bytes_of_many:.0f} bytes"
    return [
        Ratio(f"a drop on the other screen, {FEW} notes", "50 ms", few, 50.0, 1.0, f"{few:.0f} ms"),
        Ratio(
            f"a drop on the other screen, {MANY:,} notes", f"{FEW} notes", many, few, 1.3, f"{many:.0f} ms"
        ),
        Ratio(f"bytes of an edit, {MANY:,} notes", f"{FEW} notes", bytes_of_many, bytes_of_few, 1.1, size),
    ]


def patch(doc: dict[str, Any], operations: list[list[Any]]) -> None:
    """Apply what a patch says."""
    for kind, path, *rest in operations:
        *way, last = path
        place: Any = doc
        for key in way:
            place = place[key]
        match kind, rest:
            case "set", [value]:
                place[last] = value
            case "set", [value, before]:
                items = list(place.items())
                at = next(index for index, (key, _) in enumerate(items) if key == before)
                items.insert(at, (last, value))
                place.clear()
                place.update(items)
            case "del", []:
                del place[last]
            case "splice", [index, count, items]:
                place[last][index : index + count] = items
            case _:
                raise AssertionError(f"no such operation: {kind}")


class Somebody:
    """One of the crowd: edits at random, and believes only what the kernel tells."""

    def __init__(self, number: int) -> None:
        self.person, self.tab = f"{number:08x}", f"{number:04x}"
        self.chance = random.Random(number)
        self.doc: dict[str, Any] = {}
        self.revision = 0
        self.sent: dict[str, float] = {}
        self.waits: list[float] = []
        self.refused = 0

    async def come_in(self, url: str) -> None:
        self.wire: WebSocketClientConnection = await websocket_connect(
            url.replace("http", "ws") + "/room", max_message_size=100_000_000
        )
        await self._say({"type": "hello", "protocol": 1, "step": 1, "revision": None})
        while not self.doc:
            self._hear(await self.wire.read_message())
        self.listening = asyncio.create_task(self._listen())

    async def edit(self, count: int) -> None:
        """Make so many edits, at an even pace, however long the answers take."""
        start = perf_counter()
        for number in range(count):
            await asyncio.sleep(max(0.0, start + number / EDITS_A_SECOND - perf_counter()))
            identifier = f"{self.person}{self.tab}_{number}"
            self.sent[identifier] = perf_counter()
            await self._say({"type": "edit", "id": identifier, "edit": self._some_edit(number)})

    async def answered(self) -> None:
        while self.sent:
            await asyncio.sleep(0.05)

    def _some_edit(self, number: int) -> dict[str, Any]:
        event = self.chance.choice(list(self.doc["events"]))
        kind = self.chance.random()
        if kind < 0.6:
            return {"kind": "move", "note": f"events/{event}", "x": number * 7 % 2000, "y": number * 5 % 1000}
        if kind < 0.85:
            return {"kind": "rename", "of": "events", "id": event, "name": f"Renamed {self.person} {number}"}
        return {"kind": "add", "to": "events", "name": f"Added {self.person} {number}"}

    async def _say(self, message: dict[str, Any]) -> None:
        await self.wire.write_message(
            json.dumps(
                {**message, "person": self.person, "tab": self.tab, "name": f"P{int(self.person, 16)}"}
            )
        )

    async def _listen(self) -> None:
        while (text := await self.wire.read_message()) is not None:
            self._hear(text)

    def _hear(self, text: str | bytes | None) -> None:
        said = json.loads(text or "{}")
        if said.get("to", self.person + self.tab) != self.person + self.tab:
            return
        match said.get("type"):
            case "snapshot":
                self.doc, self.revision = said["doc"], said["revision"]
            case "patch":
                assert said["from"] == self.revision, "a patch is missing"
                patch(self.doc, said["delta"])
                self.revision = said["revision"]
                for identifier in said["ids"]:
                    self._done(identifier)
            case "ack":
                self._done(said["id"])
            case "nack":
                self.refused += 1
                self._done(said["id"])

    def _done(self, identifier: str) -> None:
        if identifier in self.sent:
            self.waits.append(perf_counter() - self.sent.pop(identifier))


async def _crowd(url: str) -> list[Somebody]:
    people = [Somebody(number + 1) for number in range(PEOPLE)]
    await asyncio.gather(*(one.come_in(url) for one in people))
    await asyncio.gather(*(one.edit(EDITS_A_SECOND * SECONDS) for one in people))
    await asyncio.wait_for(asyncio.gather(*(one.answered() for one in people)), 60)
    last = max(one.revision for one in people)
    while any(one.revision < last for one in people):
        await asyncio.sleep(0.05)
    for one in people:
        one.listening.cancel()
        one.wire.close()
    return people


def crowd(browser: Browser) -> list[Ratio]:
    """Twenty people who edit without a rest, and two who watch: nothing is lost, nothing happens twice."""
    with kernel(generated(FEW)) as (path, url):
        watching = [seat(browser, url, f"Watcher {number}") for number in range(2)]
        with ThreadPoolExecutor() as thread:  # this one has Playwright's loop
            people = thread.submit(lambda: asyncio.run(_crowd(url))).result()
        last = people[0].revision
        for page in watching:
            page.wait_for_function("revision => board.session.revision >= revision", arg=last)
        docs = [one.doc for one in people] + [page.evaluate("() => board.session.doc") for page in watching]
        log = path.with_name(path.name.replace(".yaml", ".log.jsonl")).read_text().splitlines()
        stored = read_storm(path).document()
        for page in watching:
            page.context.close()
    ids = Counter(json.loads(line)["id"] for line in log)
    refused = sum(one.refused for one in people)
    made = PEOPLE * EDITS_A_SECOND * SECONDS
    ours = [count for identifier, count in ids.items() if "_" in identifier]
    lost_or_doubled = abs(made - refused - len(ours)) + sum(count - 1 for count in ours)
    different = sum(doc != stored for doc in docs)
    waits = [wait * 1000 for one in people for wait in one.waits]
    note = f"{refused} refused; p95 {quantiles(waits, n=20)[-1]:.0f} ms until acknowledged"
    return [
        Ratio(f"edits lost or doubled of {made:,}", "one edit", lost_or_doubled, 1.0, 0.0, note),
        Ratio(f"screens of {len(docs)} that differ from the file", "one screen", different, 1.0, 0.0),
    ]
