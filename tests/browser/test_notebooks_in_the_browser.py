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
