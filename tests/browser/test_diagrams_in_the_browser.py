"""Diagrams in a real Chromium: their words fit, and they follow the reader's theme."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from anycompany.bus.trace import Trace
from anycompany.diagrams import DIAGRAMS, Seen, draw
from anycompany.diagrams.palette import colour
from anycompany.storm.model import Storm

from ..drawings import large_storm
from ..storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of
from ..test_diagrams_playing import walk
from .conftest import CHROMIUM, Lab, chromium, open_notebook

WORDS_OUTSIDE = """() => {
  const shapes = [...document.querySelectorAll('.node')].filter(g => g.querySelector('polygon, path'))
    .map(g => g.querySelector('polygon, path').getBoundingClientRect());
  const outside = [];
  for (const text of document.querySelectorAll('text')) {
    if (!text.textContent.trim()) continue;
    const words = text.getBoundingClientRect();
    const x = words.left + words.width / 2, y = words.top + words.height / 2;
    const around = shapes.filter(s => s.left <= x && x <= s.right && s.top <= y && y <= s.bottom);
    if (!around.length) continue;
    const smallest = around.reduce((a, b) => a.width * a.height < b.width * b.height ? a : b);
    const over = Math.max(smallest.left - words.left, words.right - smallest.right);
    if (over > 0.5) outside.push(`${text.textContent}: ${over.toFixed(1)}`);
  }
  const [page] = document.getElementsByTagName('svg');
  for (const text of document.querySelectorAll('text'))
    if (text.getBoundingClientRect().right > page.getBoundingClientRect().right) outside.push(text.textContent);
  return outside;
}"""


def _outside(
    page: Page,
    storm: Storm,
    name: str,
    *fonts: str,
    overlay: Seen | None = None,
    playing: Trace | None = None,
) -> list[str]:
    drawn = draw(storm, name, theme="light", overlay=overlay, playing=playing).svg
    found: list[str] = []
    for font in fonts:
        svg = drawn.replace("{font-family:", f"{{font-family:'{font}',")
        page.set_content(f"<body style='margin:0'>{svg}</body>")
        found += page.evaluate(WORDS_OUTSIDE)
    return found


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_all_words_fit_in_their_shapes(page: Page, path: Path) -> None:
    for name in DIAGRAMS:
        assert _outside(page, load(path), name, "Inter", "Liberation Sans") == []


def test_all_words_of_a_large_storm_fit_in_their_shapes(page: Page) -> None:
    for name in DIAGRAMS:
        assert _outside(page, large_storm(120, 8), name, "Inter") == []


def test_hostile_words_fit_in_their_shapes(page: Page) -> None:
    for name in DIAGRAMS:
        assert _outside(page, storm_of(HOSTILE_TEXTS), name, "Inter") == []


def test_words_on_an_overlay_fit_in_their_shapes(page: Page) -> None:
    storm = load(EXAMPLE)
    seen = Seen(
        events=dict.fromkeys(list(storm.events)[:5], 1234), policies=dict.fromkeys(storm.policies, 99)
    )
    for name in ("flow", "architecture"):
        assert _outside(page, storm, name, "Inter", overlay=seen) == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_words_fit_in_their_shapes_while_a_trace_plays(page: Page, path: Path) -> None:
    storm = load(path)
    assert _outside(page, storm, "flow", "Inter", playing=walk(storm, 300)) == []


@pytest.mark.parametrize("calm", [False, True], ids=["moving", "still"])
def test_a_trace_plays_in_an_image_and_keeps_still_on_systems_that_prefer_it(
    browser: Browser, calm: bool
) -> None:
    options = [*CHROMIUM, *["--force-prefers-reduced-motion"] * calm]
    launched = browser.browser_type.launch(executable_path=chromium(), args=options)
    page = launched.new_page()
    storm = load(EXAMPLE)
    page.set_content(draw(storm, "flow", playing=walk(storm)).html())
    image = page.locator("img")
    image.evaluate("image => image.decode()")
    shown = set()
    for _ in range(8):
        shown.add(image.screenshot())
        if len(shown) > 1:
            break
        page.wait_for_timeout(250)
    launched.close()
    assert (len(shown) == 1) == calm


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_image_turns_dark_where_the_reader_prefers_it(browser: Browser, theme: str) -> None:
    window = browser.new_context(color_scheme=theme, viewport={"width": 400, "height": 300})  # type: ignore[arg-type]
    page = window.new_page()
    page.set_content(draw(load(EXAMPLE), "flow").html())
    page.locator("img").evaluate("image => image.decode()")
    ground = page.evaluate(
        """() => {
          const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
          pen.drawImage(document.querySelector('img'), 0, 0);
          return [...pen.getImageData(5, 5, 1, 1).data].slice(0, 3);
        }"""
    )
    window.close()
    page_colour = colour("page", theme)  # type: ignore[arg-type]
    assert "#" + "".join(f"{channel:02X}" for channel in ground) == page_colour


def test_a_trace_plays_in_a_notebook_that_nobody_trusts(page: Page, lab: Lab) -> None:
    storm = load(EXAMPLE)
    shows = draw(storm, "flow", playing=walk(storm)).html()
    output = {"output_type": "display_data", "data": {"text/html": shows}, "metadata": {}}
    cell = {"cell_type": "code", "source": "page", "outputs": [output], "metadata": {}, "execution_count": 1}
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = {"nbformat": 4, "nbformat_minor": 4, "cells": [cell], "metadata": {"kernelspec": kernel}}
    (lab.folder / "notebooks" / "playing.ipynb").write_text(json.dumps(notebook))
    open_notebook(page, lab, "playing.ipynb")
    trusted = "() => window.jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.trusted)"
    assert page.evaluate(trusted) == [False]
    image = page.locator(".jp-OutputArea-output img")
    image.evaluate("image => image.decode()")
    shown = set()
    for _ in range(8):
        shown.add(image.screenshot())
        if len(shown) > 1:
            break
        page.wait_for_timeout(250)
    assert len(shown) > 1
