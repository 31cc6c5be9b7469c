"""What a page shows of a score: a row for each step, and in words what is missing and what was credited."""

from __future__ import annotations

from ..course.scoring import Score
from .screen import Markup, bullets, callout, line
from .table import Cell, Table

LONGEST = 300


def told(score: Score) -> Markup:
    """A score as a table, and what there is to say of each step."""
    if score.points is None:
        return callout("note", f"Not attempted yet: {score.domain}", "Read brief.md, and begin with step 1.")
    rows: list[tuple[Cell, ...]] = [
        (
            step.number,
            step.title,
            f"{step.points:.0%}" if step.state == "scored" else "not attempted",
            len(step.missing),
            len(step.wrong),
            len(step.credited),
        )
        for step in score.steps
    ]
    columns = ("step", "title", "points", "missing", "not so", "right too")
    said = callout(
        "good" if score.full else "note", f"{score.domain}: {score.points:.0%} of what was attempted"
    )
    said += Table("The score, step by step", columns, tuple(rows), "").markup()
    for step in score.steps:
        for head, sentences in (
            ("missing", step.missing),
            ("not so", step.wrong),
            ("right too, although it differs", step.credited),
        ):
            if sentences:
                said += bullets(
                    f"{step.number} {step.title}: {head}", [line(one, LONGEST) for one in sentences]
                )
    return said
