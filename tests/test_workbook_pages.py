import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from anycompany.files import open_storm, read_storm
from anycompany.storm.edits import Add, Remove
from anycompany.storm.errors import StormError
from anycompany.storm.method import STEPS
from anycompany.storm.model import Storm
from anycompany.workbook import Page, open_page
from anycompany.workbook.chapters import CHAPTERS, footer, header
from anycompany.workbook.lessons import minimal_bus
from anycompany.workbook.pages import PageError
from anycompany.workbook.screen import callout, line, paragraph, problem, somebody_looks_on

from .markup import check_harmless, pictures
from .storms import ALL, EXAMPLE, load


@pytest.fixture
def storm(tmp_path: Path) -> Path:
    """A copy of the worked example."""
    return shutil.copy(EXAMPLE, tmp_path / "team.storm.yaml")


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody looks on."""
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "0")
    yield


def texts(page: Page) -> list[str]:
    """What is on the page now, piece by piece, as text."""
    for slot in page.slots:
        check_harmless(slot.shown._repr_mimebundle_())
    return [slot.shown._repr_mimebundle_()["text/plain"] for slot in page.slots]


@pytest.mark.parametrize("number", range(11))
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_page_has_a_head_and_a_foot_for_every_domain(path: Path, number: int) -> None:
    page = open_page(str(path), number)
    page.header()
    page.finish()
    head, foot = texts(page)
    assert load(path).name in head
    if number < 10:
        assert f"{CHAPTERS[number + 1].notebook}.ipynb" in foot
    if 1 <= number <= 8:
        step = STEPS[number - 1]
        assert f"[{number} {step.short}" in head
        assert str(step.minutes) in head and step.not_yet in head and step.people[0] in head
        assert step.done_when in foot


def test_the_foot_counts_what_is_missing_and_lists_the_first() -> None:
    storm = Storm(name="Inn").add_events(f"Room {number} Booked" for number in range(20))
    said = footer(CHAPTERS[2], storm).text
    assert (
        "0 of 20 so far" in said
        and "“Room 0 Booked” is not on the timeline" in said
        and "… and 12 more" in said
    )


def test_the_start_points_at_the_first_step_that_is_not_finished() -> None:
    storm = Storm(name="Inn").add_event("Room Booked")
    assert "2 Temporal Sequencing" in footer(CHAPTERS[0], storm).text


def test_hostile_names_stay_texts_in_head_and_foot() -> None:
    storm = Storm(name="<script>alert(1)</script>\x1b[31m").add_event("<b>x</b>")
    for chapter in CHAPTERS:
        check_harmless((header(chapter, storm) + footer(chapter, storm))._repr_mimebundle_())


def test_an_edit_is_in_the_file_and_redraws_diagram_table_findings_and_foot(
    storm: Path, watched: None
) -> None:
    page = open_page(str(storm), 1)
    page.diagram("timeline")
    page.table("events")
    page.findings()
    page.finish()
    before = texts(page)
    page.do(Add(to="events", name="Send Invoice"))
    after = texts(page)
    assert all("Send Invoice" in text or "12 of 12" in text for text in after)
    assert before != after
    assert "send-invoice" in read_storm(storm).events
    with open_storm(storm) as elsewhere:
        elsewhere.undo()
    page.refresh()
    assert texts(page) == before


def test_what_another_process_does_is_shown_on_demand(storm: Path, watched: None) -> None:
    page = open_page(str(storm), 1)
    page.table("events")
    with open_storm(storm) as elsewhere:
        elsewhere.add_event("Invoice Sent")
    page.refresh()
    assert "Invoice Sent" in texts(page)[0]


def test_an_edit_that_cannot_be_done_changes_nothing_on_the_page(storm: Path, watched: None) -> None:
    page = open_page(str(storm), 1)
    page.table("events")
    before = texts(page)
    with pytest.raises(StormError, match="no event 'gone'"):
        page.do(Remove(of="events", id="gone"))
    assert texts(page) == before


def test_nobody_edits_where_nobody_looks_on_and_nothing_is_written(storm: Path) -> None:
    page = open_page(str(storm), 1)
    page.board()
    with pytest.raises(StormError, match="not open for edits"):
        page.do(Add(to="events", name="Invoice Sent"))
    assert [path.name for path in storm.parent.iterdir()] == [storm.name]


def test_a_storm_that_is_not_there_is_explained_once_and_the_rest_stays_quiet(
    tmp_path: Path, watched: None
) -> None:
    page = open_page(str(tmp_path / "none.storm.yaml"), 1)
    page.header()
    page.diagram("timeline")
    page.table("events")
    page.board()
    page.findings()
    page.place("local").who()
    page.finish()
    [said] = texts(page)
    assert "none.storm.yaml" in said and "anycompany new" in said


def test_the_last_cell_fails_the_run_where_nobody_looks_on(tmp_path: Path) -> None:
    page = open_page(str(tmp_path / "none.storm.yaml"), 1)
    with pytest.raises(PageError) as failed:
        page.finish()
    assert failed.value._render_traceback_() == [f"PageError: {failed.value}"]


@pytest.mark.parametrize("unclear", [{"target": "azure"}, {"target": "local", "apply": "yes"}])
def test_a_place_that_is_not_clear_is_explained_and_nothing_is_asked_there(
    storm: Path, unclear: dict[str, str], watched: None
) -> None:
    page = open_page(str(storm), 9)
    place = page.place(**unclear)  # type: ignore[arg-type]
    place.who()
    place.plan()
    place.apply()
    place.trace_table()
    [said] = texts(page)
    assert said.startswith("Problem.") and list(unclear.values())[-1] in said


def test_a_diagram_that_is_not_there_does_not_keep_the_others_away(storm: Path, watched: None) -> None:
    page = open_page(str(storm), 1)
    page.diagram("timelime")
    page.diagram("timeline")
    assert "no diagram 'timelime'" in texts(page)[0]
    assert pictures(page.slots[1].shown._repr_mimebundle_()["text/html"])


def test_anything_else_made_from_the_storm_can_be_shown(storm: Path) -> None:
    page = open_page(str(storm), 7)
    page.show(minimal_bus)
    assert "AWS::Events::EventBus" in texts(page)[0]


def test_a_table_is_also_a_frame(storm: Path) -> None:
    frame = open_page(str(storm), 1).frame("events")
    assert "Account Created" in set(frame["event"])


@pytest.mark.parametrize(("said", "looks_on"), [("1", False), ("0", True)])
def test_the_environment_says_whether_somebody_looks_on(
    said: str, looks_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", said)
    assert somebody_looks_on() is looks_on


def test_without_a_kernel_nobody_looks_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANYCOMPANY_HEADLESS", raising=False)
    assert not somebody_looks_on()


def test_a_problem_names_what_where_and_the_remedy() -> None:
    shown = problem(StormError("It <b>broke</b>.", "file:3", "Mend it."))
    assert shown.text.splitlines() == ["Problem. It <b>broke</b>.", "  Where: file:3", "  Mend it."]
    assert "&lt;b&gt;" in shown.html


def test_texts_are_one_line_and_said_twice() -> None:
    assert line("a\nb\tc  d") == "a b c d"
    assert (paragraph("a < b") + callout("note", "c")).text == "a < b\nc"
