"""What people see and do in JupyterLab."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from anycompany.files import read_storm

from ..notebooks.executing import execute
from ..storms import ROOT
from .conftest import Lab, open_notebook, run_all


@pytest.fixture
def storm(lab: Lab) -> Path:
    """The storm that the lab's notebooks open."""
    return lab.folder / "data" / "anycompany.storm.yaml"


def test_an_event_is_added_by_typing_and_enter_and_undone_by_a_button(
    page: Page, lab: Lab, storm: Path
) -> None:
    before = set(read_storm(storm).events)
    open_notebook(page, lab, "01_event_discovery.ipynb")
    run_all(page)
    field = page.get_by_label("Event", exact=True).first
    expect(field).to_be_visible()
    field.click()
    page.keyboard.type("Invoice Sent")
    page.keyboard.press("Enter")
    added = page.locator(".jp-OutputArea-output td", has_text="Invoice Sent").first
    expect(added).to_be_visible()
    assert set(read_storm(storm).events) - before == {"invoice-sent"}
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    page.keyboard.type("Invoice Paid")  # the focus has stayed, so the next one is only typed
    page.keyboard.press("Enter")
    expect(page.locator(".jp-OutputArea-output td", has_text="Invoice Paid").first).to_be_visible()
    for name in ("Invoice Paid", "Invoice Sent"):
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".jp-OutputArea-output td", has_text=name)).to_have_count(0)
    assert set(read_storm(storm).events) == before


def test_what_another_process_edits_appears_on_an_open_page(page: Page, lab: Lab, storm: Path) -> None:
    from anycompany.files import open_storm

    open_notebook(page, lab, "02_temporal_sequencing.ipynb")
    run_all(page)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    with open_storm(storm) as book:
        book.add_event("Auditor Visited")
        expect(page.locator(".jp-OutputArea-output td", has_text="Auditor Visited").first).to_be_visible()
        book.undo()
        expect(page.locator(".jp-OutputArea-output td", has_text="Auditor Visited")).to_have_count(0)


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
