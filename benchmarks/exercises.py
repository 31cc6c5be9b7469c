"""How soon a check of an exercise answers, beside how soon the board shows what somebody types."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from anycompany.course.exercises import IDS
from anycompany.course.progress import FILE
from anycompany.files import read_storm
from anycompany.workbook.learning import LearningPage
from tests.course_attempts import RIGHT, WRONG

from .board import CHROMIUM
from .board_together import ROOT, kernel, seat
from .ratio import Ratio

KEYSTROKES = 3
NOTES = 25
ROUNDS = 5
EXAMPLE = ROOT / "data" / "anycompany.storm.yaml"

REDRAWN = """() => {
  globalThis.took = [];
  let pressed = 0;
  addEventListener('keydown', ({ key }) => { if (key === 'Enter') pressed = performance.now(); }, true);
  board.on('draw', () => {
    if (!pressed) return;
    const [from, { port1, port2 }] = [pressed, new MessageChannel()];
    pressed = 0;
    port1.onmessage = () => took.push(performance.now() - from);
    requestAnimationFrame(() => port2.postMessage(null));
  });
}"""
"""Writes down how long it takes from the key that makes a note until the note is on the screen."""


def edit_to_redraw(browser: Browser) -> float:
    """The median milliseconds from a keystroke that edits until the board has drawn what it did."""
    with kernel(read_storm(EXAMPLE)) as (_, url):
        page = seat(browser, url, "Typing")
        page.evaluate(REDRAWN)
        page.locator(".typing input").click()
        for number in range(NOTES):
            page.keyboard.type(f"Note {number} Typed")
            page.keyboard.press("Enter")
            page.wait_for_function("count => took.length > count", arg=number)
        took: list[float] = page.evaluate("() => took")
        page.context.close()
        return median(took)


def attempts(exercise: str) -> Iterator[Any]:
    """What learners type: right and wrong."""
    yield from RIGHT[exercise]
    yield from (attempt for _, attempt in WRONG[exercise] if attempt is not None)


def slowest_check() -> tuple[float, str]:
    """The median milliseconds of a check by the exercise where it is largest, and which one that is.

    All of ``page.check`` is timed: reading and judging the attempt, keeping the progress, and the answer.
    """
    with tempfile.TemporaryDirectory() as folder:
        page = LearningPage(str(EXAMPLE), 1)
        page._folder = Path(folder)
        took: dict[str, list[float]] = {}
        for exercise in (one for ids in IDS.values() for one in ids):
            for attempt in list(attempts(exercise)) * ROUNDS:
                (Path(folder) / FILE).unlink(missing_ok=True)  # so that every check has something to keep
                start = perf_counter()
                page.check(exercise, attempt)
                took.setdefault(exercise, []).append(1000 * (perf_counter() - start))
    worst = max(took, key=lambda one: median(took[one]))
    return median(took[worst]), worst


def measure() -> list[Ratio]:
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(path for name in names if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        redraw = edit_to_redraw(browser)
        browser.close()
    check, exercise = slowest_check()
    note = f"{check:.1f} ms for {exercise}, the slowest exercise; {redraw:.1f} ms a keystroke"
    return [Ratio("check of an exercise", "edit to redraw on the board", check, redraw, KEYSTROKES, note)]
