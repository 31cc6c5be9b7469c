"""The board where people meet it: JupyterLab, Notebook 7 and Voila, on real kernels."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from anycompany.files import open_storm

from .conftest import Lab, open_notebook, run_all

BOARD = ".anycompany-board"
LIVE = f'{BOARD}[data-status="live"][data-pending="0"]'


@pytest.fixture
def storm(lab: Lab) -> Path:
    """The storm that the lab's notebooks open."""
    return lab.folder / "data" / "anycompany.storm.yaml"


def note(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(f"{BOARD} .note", has_text=name).first


def type_a_note(page: Page, name: str) -> None:
    field = page.locator(f"{BOARD} .typing input")
    field.click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(note(page, name)).to_be_visible()
    expect(page.locator(LIVE)).to_be_visible()


def test_a_note_typed_in_jupyterlab_is_in_the_file_and_the_picture_is_hidden(
    page: Page, lab: Lab, storm: Path
) -> None:
    open_notebook(page, lab, "01_event_discovery.ipynb")
    run_all(page)
    expect(page.locator(LIVE)).to_be_visible()
    type_a_note(page, "Invoice Sent")
    assert "invoice-sent" in read_storm_of(storm)
    assert page.locator('img[alt^="Wall of"]:visible').count() == 0
    with open_storm(storm) as book:
        book.add_event("Auditor Visited")
    expect(note(page, "Auditor Visited")).to_be_visible()


def read_storm_of(path: Path) -> set[str]:
    with open_storm(path) as book:
        return set(book.storm.events)


def test_a_board_goes_on_by_itself_after_its_kernel_was_restarted(page: Page, lab: Lab, storm: Path) -> None:
    open_notebook(page, lab, "01_event_discovery.ipynb")
    run_all(page)
    expect(page.locator(LIVE)).to_be_visible()
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    expect(page.locator(f'{BOARD}[data-status="away"]')).to_be_visible()
    expect(page.locator(LIVE)).to_be_visible()
    type_a_note(page, "Kernel Restarted")
    assert "kernel-restarted" in read_storm_of(storm)


def test_two_windows_on_one_notebook_are_one_wall(
    page: Page, browser: Browser, lab: Lab, storm: Path
) -> None:
    open_notebook(page, lab, "01_event_discovery.ipynb")
    run_all(page)
    expect(page.locator(LIVE)).to_be_visible()
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    other = context.new_page()
    other.set_default_timeout(60_000)
    try:
        other.goto(lab.address("01_event_discovery.ipynb").replace("&reset", ""))
        expect(other.locator(LIVE)).to_be_visible()
        type_a_note(page, "Door Opened")
        expect(note(other, "Door Opened")).to_be_visible()
        type_a_note(other, "Door Closed")
        expect(note(page, "Door Closed")).to_be_visible()
    finally:
        context.close()


def test_the_keys_of_the_notebook_do_not_fire_from_within_the_board(page: Page, lab: Lab) -> None:
    open_notebook(page, lab, "02_temporal_sequencing.ipynb")
    run_all(page)
    expect(page.locator(LIVE)).to_be_visible()
    cells = "() => window.jupyterapp.shell.currentWidget.content.widgets.length"
    before = page.evaluate(cells)
    note(page, "Payment Failed").click()
    for key in ("x", "d", "d", "a", "b", "y"):
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    assert page.evaluate(cells) == before


def test_the_board_works_in_notebook_7(browser: Browser, notebook_7: Lab) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{notebook_7.url}/notebooks/notebooks/01_event_discovery.ipynb?token={notebook_7.token}")
    page.wait_for_function(
        "() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    errors: list[str] = []  # Notebook 7 has some of its own while it starts
    page.on("pageerror", lambda error: errors.append(str(error)))
    run_all(page)
    expect(page.locator(LIVE)).to_be_visible()
    type_a_note(page, "Notebook Seven Opened")
    context.close()
    assert "notebook-seven-opened" in read_storm_of(notebook_7.folder / "data" / "anycompany.storm.yaml")
    assert errors == []


def test_the_board_works_in_voila(page: Page, lab: Lab, storm: Path) -> None:
    page.goto(f"{lab.url}/voila/render/notebooks/01_event_discovery.ipynb?token={lab.token}")
    expect(page.locator(LIVE)).to_be_visible()
    type_a_note(page, "Voila Opened")
    assert "voila-opened" in read_storm_of(storm)


def test_a_closed_notebook_shows_the_picture_of_the_wall(page: Page, lab: Lab) -> None:
    open_notebook(page, lab, "04_entities_and_aggregates.ipynb")
    run_all(page)
    expect(page.locator(LIVE)).to_be_visible()
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.reload()
    picture = page.locator('img[alt^="Entities of"]').first
    expect(picture).to_be_visible()
    expect(page.get_by_text("Error displaying widget")).to_have_count(0)
