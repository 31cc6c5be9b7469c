"""Write what is made from the course's data: ``python docs/write_course.py``.

That is ``docs/glossary.md``, and in each notebook the cells of its exercises, before *What next*.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from anycompany.course.exercises import IDS, exercises_of
from anycompany.course.glossary import as_markdown, terms

ROOT = Path(__file__).parent.parent
BEFORE = "about-next"
INTRO = """## Exercises

For whoever learns alone; a workshop goes past them. They are about *Spoke*, a bicycle rental, and never \
touch your storm. Write into a cell and run it, as often as you like: what is right in another way is right. \
`page.hint("…")` gives the next of three hints, `page.solution("…")` a worked solution with its reasons. \
Your progress is shown in `00_start_here`."""


def cells_of(step: int) -> list[dict[str, Any]]:
    """The cells of the exercises of a step."""
    cells = [_markdown("exercises", INTRO)]
    for exercise in exercises_of(step):
        cells.append(_markdown(f"task-{exercise.id}", f"### {exercise.title}\n\n{exercise.task}"))
        source = f"attempt = {exercise.start}\npage.check({json.dumps(exercise.id)}, attempt)"
        empty: dict[str, Any] = {"execution_count": None, "metadata": {}, "outputs": []}
        written = source.splitlines(keepends=True)
        cells.append({"cell_type": "code", "id": f"attempt-{exercise.id}", "source": written, **empty})
    return cells


def with_exercises(document: dict[str, Any], step: int) -> dict[str, Any]:
    """A notebook with the exercises of its step in the place of those it has."""
    ours = ("exercises", "task-", "attempt-")
    cells = [cell for cell in document["cells"] if not cell["id"].startswith(ours)]
    at = next(number for number, cell in enumerate(cells) if cell["id"] == BEFORE)
    return {**document, "cells": [*cells[:at], *cells_of(step), *cells[at:]]}


def _markdown(id: str, text: str) -> dict[str, Any]:  # noqa: A002
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": text.splitlines(keepends=True)}


if __name__ == "__main__":
    Path(__file__).with_name("glossary.md").write_text(as_markdown(terms()), encoding="utf-8")
    for step in IDS:
        [path] = (ROOT / "notebooks").glob(f"{step:02d}_*.ipynb")
        made = with_exercises(json.loads(path.read_text("utf-8")), step)
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
