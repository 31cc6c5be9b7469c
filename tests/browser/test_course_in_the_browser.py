"""Somebody learns alone: exercises in a real JupyterLab, and the tour of the board on first opening."""

import json
import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from anycompany.course.progress import FILE
from anycompany.course.shipped import course_data
from anycompany.files import read_storm

from ..storms import ROOT
from .conftest import Lab, open_notebook, run_all

AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
WRONG_OUTPUTS = """async () => {
  const cells = [...document.querySelectorAll('.jp-CodeCell, .jp-MarkdownCell')];
  const parts = cells.flatMap(cell => [...cell.querySelectorAll('.jp-RenderedHTMLCommon')]);
  const { violations } = await axe.run({ include: parts }, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)}`));
}"""
"""What axe finds in what cells show; the notebook around them is not ours."""
RUN = """async ([id, source]) => {
  const { content, context } = window.jupyterapp.shell.currentWidget;
  const at = content.widgets.findIndex(cell => cell.model.id === id);
  content.activeCellIndex = at;
  content.activeCell.model.sharedModel.setSource(source);
  await window.jupyterapp.commands.execute('notebook:run-cell');
  await content.scrollToItem(at, 'smart');
}"""
"""Writes into a cell and runs it."""


OPEN = "from anycompany.workbook import open_page\npage = open_page('../data/anycompany.storm.yaml', 5)"


SHOW = """async (source) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  const at = content.widgets.findIndex(cell => cell.model.sharedModel.getSource() === source);
  content.activeCellIndex = at;
  await content.scrollToItem(at, 'start');
}"""
"""Goes to the cell with this source."""


def answer(page: Page, exercise: str, source: str) -> None:
    page.evaluate(RUN, [f"attempt-{exercise}", source])


def look(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it: ``LOOK=/tmp pytest …``."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_a_learner_is_told_what_an_attempt_shows_and_axe_finds_nothing(
    page: Page, lab: Lab, theme: str
) -> None:
    storm = lab.folder / "data" / "anycompany.storm.yaml"
    before = read_storm(storm)
    (lab.folder / "notebooks" / FILE).unlink(missing_ok=True)
    open_notebook(page, lab, "03_trigger_detection.ipynb")
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    run_all(page)
    said = page.locator(".jp-OutputArea-output")
    expect(said.filter(has_text="Not attempted yet").first).to_be_attached()
    answer(page, "write-a-policy", 'page.check("write-a-policy", {"when": ["Charge fee"]})')
    expect(said.filter(has_text="A policy that waits for a command").first).to_be_visible()
    look(page, f"wrong-{theme[-4:]}")
    answer(page, "what-starts-it", 'page.hint("what-starts-it")\npage.solution("what-starts-it")')
    expect(said.filter(has_text="Hint 1 of 3").first).to_be_visible()
    expect(said.filter(has_text="A worked solution").first).to_be_visible()
    look(page, f"hint-{theme[-4:]}")
    right = {
        "when": ["Bike Returned"],
        "does": ["Charge the card"],
        "emits": ["Fee Charged"],
        "fails": ["Card Declined"],
    }
    answer(page, "write-a-policy", f'page.check("write-a-policy", {right!r})\npage.progress()\npage.header()')
    expect(said.filter(has_text="✓ Right").first).to_be_visible()
    expect(said.filter(has_text="1 of 25 exercises are right").first).to_be_visible()
    page.locator("summary", has_text="Glossary").last.click()
    expect(page.locator("strong", has_text="Bounded context").last).to_be_visible()
    look(page, f"right-{theme[-4:]}")
    page.add_script_tag(path=str(AXE))
    assert page.evaluate(WRONG_OUTPUTS) == []
    kept = json.loads((lab.folder / "notebooks" / FILE).read_text("utf-8"))["exercises"]
    assert kept["write-a-policy"]["state"] == "right" and kept["what-starts-it"]["hints"] == 1
    assert read_storm(storm) == before


def test_the_tour_is_shown_once_and_a_board_to_practise_on_is_judged(browser: Browser, lab: Lab) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(60_000)
    open_notebook(page, lab, "05_bounded_contexts.ipynb")
    answer(page, "draw-borders", f"{OPEN}\npractice = page.practice('draw-borders')")
    tour = page.get_by_role("dialog", name="The wall")
    expect(tour).to_be_visible()
    look(page, "tour")
    page.add_script_tag(path=str(AXE))
    assert (
        page.evaluate("async () => (await axe.run('.anycompany-board')).violations.map(one => one.id)") == []
    )
    tour.get_by_role("button", name="Next").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="Eight steps")).to_be_visible()
    look(page, "tour-2")
    page.keyboard.press("Escape")
    expect(page.locator(".f-tour")).to_have_count(0)
    practised = lab.folder / "notebooks" / "practice-draw-borders.storm.yaml"
    assert "reservation" in read_storm(practised).entities
    answer(page, "loosen", "page.check('draw-borders', practice)")
    said = page.locator(".jp-OutputArea-output")
    expect(said.filter(has_text="Not attempted yet").last).to_be_visible()
    draw(practised)
    answer(page, "loosen", "page.check('draw-borders', practice)")
    expect(said.filter(has_text="✓ Right").last).to_be_visible()
    answer(page, "draw-borders", "page.practice('draw-borders')")
    expect(page.locator(".anycompany-board[data-status=live]").first).to_be_visible()
    expect(page.locator(".f-tour")).to_have_count(0)
    page.locator(".anycompany-board").first.get_by_role("button", name="Keys").click()
    page.get_by_role("button", name="Glossary").click()
    page.get_by_label("Find a term").fill("dead-letter")
    expect(page.locator("dt", has_text="Dead-letter queue")).to_be_visible()
    look(page, "glossary")
    context.close()


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_all_faults_are_on_one_page_as_pictures_and_a_board_opens_where_one_is_wanted(
    page: Page, lab: Lab, theme: str
) -> None:
    notebooks = lab.folder / "notebooks"
    (notebooks / FILE).unlink(missing_ok=True)
    shutil.rmtree(notebooks / "faults", ignore_errors=True)
    open_notebook(page, lab, "find_the_fault.ipynb")
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    run_all(page)
    said = page.locator(".jp-OutputArea-output")
    expect(said.filter(has_text="Not attempted yet: The role that may do anything")).to_be_attached()
    assert page.locator(".anycompany-board").count() == 0
    button = page.get_by_role("button", name="Open the board")
    page.add_script_tag(path=str(AXE))
    for of in ("almighty-role", "silent-alarm", "row-updated"):  # Lab renders what is in view
        page.evaluate(SHOW, f'page.fault("{of}")')
        page.wait_for_timeout(500)
        look(page, f"fault-{of}-{theme[-4:]}")
        assert page.evaluate(WRONG_OUTPUTS) == []
    expect(button.first).to_be_visible()
    before = button.count()
    button.first.click()
    expect(page.locator(".anycompany-board[data-status=live]")).to_have_count(1)
    expect(button).to_have_count(before - 1)
    look(page, f"fault-board-{theme[-4:]}")
    fault_with_its_button = sorted(path.name for path in (notebooks / "faults").glob("*.storm.yaml"))
    assert len(fault_with_its_button) == 9
    shutil.copy(
        course_data("faults", "row-updated", "mended.storm.yaml"),
        notebooks / "faults" / "row-updated.storm.yaml",
    )
    page.evaluate(SHOW, 'page.mended("row-updated")')
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-cell')")
    expect(said.filter(has_text="✓ Mended: The event named after a table")).to_be_attached()
    kept = json.loads((notebooks / FILE).read_text("utf-8"))["faults"]
    assert kept["row-updated"]["state"] == "right"


def draw(path: Path) -> None:
    """Draw good borders, as on the board."""
    from anycompany.files import open_storm

    with open_storm(path) as book:
        for name, entities in (
            ("Renting", ["reservation", "ride"]),
            ("Fleet", ["bike", "damage"]),
            ("Accounts", ["payment", "rider"]),
        ):
            book.add_context(name, entities)
