"""What is written from the course's data is in step with it: the glossary's page, the notebooks' exercises."""

import ast
import json
import re
import runpy

import pytest

from anycompany.course.exercises import IDS, exercises_of
from anycompany.course.glossary import GROUPS, as_markdown, terms
from anycompany.course.reading import plain

from .storms import ROOT

WRITING = runpy.run_path(str(ROOT / "docs" / "write_course.py"))


def test_the_glossarys_page_is_written_from_the_terms() -> None:
    assert (ROOT / "docs" / "glossary.md").read_text("utf-8") == as_markdown(terms())


def test_every_term_says_something_exact_and_short_and_names_its_source() -> None:
    names = [term.term for term in terms()]
    assert names == sorted(names, key=str.lower) and len(set(names)) == len(names) >= 60
    for term in terms():
        assert term.of in GROUPS and term.source
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", term.says)) <= 2, term.term
        assert term.says.endswith(".") and 20 < len(term.says) < 220


@pytest.mark.parametrize("step", IDS)
def test_a_notebooks_exercises_are_those_of_its_step_before_what_comes_next(step: int) -> None:
    [path] = (ROOT / "notebooks").glob(f"{step:02d}_*.ipynb")
    document = json.loads(path.read_text("utf-8"))
    assert WRITING["with_exercises"](document, step) == document, "run: python docs/write_course.py"
    ids = [cell["id"] for cell in document["cells"]]
    assert (
        ids.index("lesson") < ids.index("lesson-mistakes") < ids.index("exercises") < ids.index("about-next")
    )
    lesson = "".join(next(cell for cell in document["cells"] if cell["id"] == "lesson")["source"])
    for part in ("**What.**", "**Why.**", "**You see that it is done**", "“App 2025”, episode 1"):
        assert part in lesson


@pytest.mark.parametrize("step", IDS)
def test_the_cell_of_an_exercise_begins_as_the_exercise_says(step: int) -> None:
    assert 2 <= len(exercises_of(step)) <= 3
    assert tuple(one.id for one in exercises_of(step)) == IDS[step]
    for one in exercises_of(step):
        assert one.step == step
        assert one.begins_with == plain(ast.literal_eval(one.start))
        assert "solution" not in one.task.lower()
