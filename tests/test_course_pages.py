"""What a notebook's page does for a learner, in their own folder and away from the storm."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anycompany.course.edition import MARK, SAYS
from anycompany.course.progress import FILE, read_progress
from anycompany.files import open_storm, read_storm
from anycompany.workbook import learning
from anycompany.workbook.pages import Page
from anycompany.workbook.screen import HEADLESS

from .course_attempts import STORY
from .markup import check_harmless
from .storms import EXAMPLE


class Shown(list[Any]):
    """All that a page said, one after the other."""

    @property
    def last(self) -> str:
        return str(self[-1])


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Shown]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HEADLESS, "1")
    said = Shown()
    monkeypatch.setattr(learning, "Slot", lambda draw: said.append(draw()))
    yield said
    for one in said:
        check_harmless(one._repr_mimebundle_())


def page(number: int = 1) -> Page:
    return Page(str(EXAMPLE), number)


def test_check_tells_hints_give_more_each_time_and_all_of_it_is_kept_in_the_folder(
    shown: Shown, tmp_path: Path
) -> None:
    here = page()
    here.check("name-events", [])
    assert shown.last == "○ Not attempted yet: name-events" and not (tmp_path / FILE).exists()
    here.check("name-events", ["Book bike <b>"])
    assert "Not right yet" in shown.last and "A command instead of an event" in shown.last
    hints = []
    for _ in range(4):
        here.hint("name-events")
        hints.append(shown.last)
    assert [hint.split(":")[0] for hint in hints] == [
        "Hint 1 of 3",
        "Hint 2 of 3",
        "Hint 3 of 3",
        "Hint 3 of 3",
    ]
    assert hints[0].splitlines()[1] in hints[2] and len(hints[2]) > len(hints[1]) > len(hints[0])
    page(2).hint("name-events")  # another kernel goes on where this one is
    assert "Hint 3 of 3" in shown.last
    here.check("name-events", STORY)
    assert shown.last.startswith("✓ Right")
    here.solution("name-events")
    assert "One good answer; yours may be another" in shown.last and "Bike Reserved" in shown.last
    record = read_progress(tmp_path)["name-events"]
    assert (record.state, record.tries, record.hints, record.solved_for) == ("right", 2, 3, False)
    page(0).progress()
    assert "1 of 25 exercises are right" in shown.last and "■□□" in shown.last
    assert set(json.loads((tmp_path / FILE).read_text())) == {"format", "exercises"}


def test_cells_that_were_deleted_or_run_out_of_order_are_answered_in_words(shown: Shown) -> None:
    here = page(5)
    for call in (here.check, here.hint, here.solution, here.practice):
        for named in (None, 7, "no-such", [], object()):
            call(named)
            assert "exercise" in shown.last
    here.check()
    here.check("sort-notes")
    assert "Not attempted" in shown.last
    here.check("name-events", {"Bike": 1, "b": [object()]})
    assert "Not right yet" in shown.last
    here.practice("name-events")
    assert "has no board" in shown.last
    here.glossary("dead-letter")
    assert "Dead-letter queue" in shown.last
    here.glossary(3)
    assert "Bounded context" in shown.last
    here.glossary("no such word")
    assert "There is no" in shown.last
    assert here.failures == []


def test_an_exercise_needs_no_storm_and_touches_none(shown: Shown, tmp_path: Path) -> None:
    before = EXAMPLE.read_bytes()
    lost = Page(str(tmp_path / "lost.storm.yaml"), 1)
    lost.check("name-events", STORY)
    assert shown.last.startswith("✓ Right")
    nobody = page(5).practice("draw-borders")
    assert nobody is not None
    page(5).check("draw-borders", nobody)
    assert "Not attempted" in shown.last
    assert EXAMPLE.read_bytes() == before
    assert not list(tmp_path.glob("practice-*"))


def test_a_board_to_practise_on_is_a_file_of_ones_own_and_is_judged_as_it_is_now(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anycompany.workbook import walls

    opened: list[Path] = []
    monkeypatch.setattr(walls, "wall", lambda path, step: opened.append(path))
    monkeypatch.setenv(HEADLESS, "0")
    here = page(0)
    practice = here.practice("group-events")
    assert practice is not None and opened == [tmp_path / "practice-group-events.storm.yaml"]
    with open_storm(opened[0]) as book:
        book.add_entity("tbl_payments", ["payment-failed"])
    here.check("group-events", practice)
    assert "A table instead of a thing of the business" in shown.last
    assert here.practice("group-events") is not None
    assert "tbl-payments" in read_storm(opened[0]).entities  # what was done before is still there
    opened[0].write_text("- broken")
    Path(f"{opened[0]}".replace(".yaml", ".log.jsonl")).unlink(missing_ok=True)
    here.check("group-events", practice)
    assert "Not right yet" in shown.last


def test_where_the_folder_cannot_be_written_to_everything_but_the_keeping_works(
    shown: Shown, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    here = page()
    here._folder = gone
    gone.rmdir()
    here.check("name-events", STORY)
    assert "✓ Right" in shown.last and "cannot be kept here" in shown.last
    for number in (1, 2, 3):
        here.hint("sort-notes")
        assert f"Hint {number} of 3" in shown.last


def test_in_a_learner_edition_the_solutions_stay_shut_even_where_the_package_has_them(
    shown: Shown, tmp_path: Path
) -> None:
    (tmp_path / MARK).write_text(SAYS)
    page().solution("name-events")
    assert "This is a learner edition" in shown.last and "Bike Reserved" not in shown.last
