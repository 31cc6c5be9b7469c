"""What people see and do in JupyterLab."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from anycompany.files import open_storm

from ..notebooks.executing import execute
from ..storms import ROOT
from .conftest import Lab, open_notebook, run_all

SETTLED = 30_000
"""Milliseconds: tables follow once people pause."""


@pytest.fixture
def storm(lab: Lab) -> Path:
    """The storm that the lab's notebooks open."""
    return lab.folder / "data" / "anycompany.storm.yaml"


def test_what_another_process_edits_appears_on_an_open_page(page: Page, lab: Lab, storm: Path) -> None:
    open_notebook(page, lab, "02_temporal_sequencing.ipynb")
    run_all(page)
    cells = page.locator(".jp-OutputArea-output td", has_text="Inspector Called")
    expect(page.locator(".jp-OutputArea-output td", has_text="Payment Failed").first).to_be_visible()
    with open_storm(storm) as book:
        book.add_event("Inspector Called")
        expect(cells.first).to_be_visible(timeout=SETTLED)
        book.undo()
        expect(cells).to_have_count(0, timeout=SETTLED)


def test_an_executed_notebook_shows_its_diagrams_and_tables_to_those_who_do_not_trust_it(
    page: Page, lab: Lab
) -> None:
    name = "02_temporal_sequencing.ipynb"
    executed = lab.folder / "notebooks" / f"executed_{name}"
    execute(ROOT / "notebooks" / name, executed)
    open_notebook(page, lab, executed.name)
    cells = page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.trusted)"
    )
    assert not all(cells)
    picture = page.locator(".jp-OutputArea-output img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    assert page.wait_for_function("image => image.naturalWidth > 0", arg=picture.element_handle())
    assert "Payment Failed" in (picture.get_attribute("alt") or "")
    expect(
        page.locator(".jp-OutputArea-output table", has_text="Payment Succeeded, Payment Failed").first
    ).to_be_visible()


def image_loads(page: Page, words: str) -> None:
    """Wait until the picture that is described with these words has been drawn by the browser."""
    picture = page.locator(f'.jp-OutputArea-output img[alt*="{words}"]').first
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    assert page.wait_for_function("image => image.naturalWidth > 0", arg=picture.element_handle())


PLOTS = ("Load: events on the bus", "Latency: until nothing more follows", "Cost a month")


def test_plots_and_the_playing_flow_are_shown_to_those_who_do_not_trust_the_notebook(
    page: Page, lab: Lab
) -> None:
    name = "07_event_bus.ipynb"
    executed = lab.folder / "notebooks" / f"executed_{name}"
    execute(ROOT / "notebooks" / name, executed)
    open_notebook(page, lab, executed.name)
    for words in (*PLOTS, "Flow of AnyCompany"):
        image_loads(page, words)


def test_the_simulated_day_plays_on_the_wall_above_and_follows_an_edit(
    page: Page, lab: Lab, storm: Path
) -> None:
    open_notebook(page, lab, "07_event_bus.ipynb")
    run_all(page)
    page.locator(".anycompany-board").first.scroll_into_view_if_needed()
    trace = page.locator(".anycompany-board").first.get_by_role("group", name="Trace")
    expect(trace).to_be_visible()
    expect(trace).to_contain_text("Account Created")
    plots = page.locator('.jp-OutputArea-output img[alt*="Inspector Called"]')
    with open_storm(storm) as book:
        book.add_event("Inspector Called")
        expect(plots.first).to_be_attached(timeout=SETTLED)
        book.undo()
        expect(plots).to_have_count(0, timeout=SETTLED)


def test_the_real_trace_plays_on_a_wall_in_notebook_10(page: Page, lab: Lab) -> None:
    open_notebook(page, lab, "10_watch_events.ipynb")
    run_all(page)
    board = page.locator(".anycompany-board").first
    board.scroll_into_view_if_needed()
    trace = board.get_by_role("group", name="Trace")
    expect(trace).to_be_visible()
    expect(page.locator('.jp-OutputArea-output img[alt^="Flow of AnyCompany"]')).to_be_hidden()
    expect(
        page.locator(".jp-OutputArea-output", has_text="The simulation gives the same trace").first
    ).to_be_attached()
