"""What a learner reads: the verdict on an attempt, hints, a worked solution, and how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..course.exercise import Exercise
from ..course.exercises import IDS, exercise as exercise_of
from ..course.progress import Record
from ..course.solutions import Solution
from ..course.verdict import Verdict
from .chapters import CHAPTERS, Chapter
from .screen import Markup, bullets, callout, line, paragraph
from .table import Table

LONGEST = 500
MARKS = {"right": "✓", "wrong": "…", "not attempted": ""}


def told(exercise: Exercise, verdict: Verdict, record: Record, *, kept: bool) -> Markup:
    """What there is to say of an attempt."""
    if verdict.state == "not attempted":
        before = " (It was right before.)" if record.state == "right" else ""
        return Markup(
            f"<p>○ Not attempted yet: {escape(exercise.title)}{before}</p>",
            f"○ Not attempted yet: {exercise.id}{before}",
        )
    unkept = "" if kept else "Your progress cannot be kept here: the folder cannot be written to."
    says = [line(_unmarked(one), LONGEST) for one in verdict.says]
    if verdict.right:
        return callout("good", f"Right: {exercise.title}", *says, unkept)
    said = callout("note", f"Not right yet: {exercise.title}", unkept)
    if verdict.misconceptions:
        said += bullets("What it shows", [f"{one.name}. {one.instead}" for one in verdict.misconceptions])
    said += bullets("In your attempt", says)
    if record.hints < 3:
        said += paragraph(f"A hint: page.hint({exercise.id!r})")
    return said


def hints(exercise: Exercise, how_many: int) -> Markup:
    """The first so many hints of an exercise."""
    said = bullets(
        f"Hint {how_many} of {len(exercise.hints)}: {exercise.title}",
        [_unmarked(one) for one in exercise.hints[:how_many]],
    )
    if how_many == len(exercise.hints):
        return said + paragraph(f"These are all. A worked solution: page.solution({exercise.id!r})")
    return said


def solution(exercise: Exercise, worked: Solution) -> Markup:
    """A worked solution, with its reasons."""
    code = Markup(f"<pre><code>{escape(worked.answer)}</code></pre>", worked.answer)
    head = callout("note", f"A worked solution: {exercise.title}", "One good answer; yours may be another.")
    return head + code + bullets("Why", worked.because) + paragraph(_unmarked(exercise.why))


def progress(records: Mapping[str, Record]) -> Markup:
    """How far somebody is: a bar for each step, and a row for each exercise that was begun."""
    steps, rows = [], []
    done = total = 0
    for chapter in CHAPTERS:
        ids = IDS.get(chapter.number, ())
        if not ids:
            continue
        states = [records.get(one, Record()) for one in ids]
        right = sum(record.state == "right" for record in states)
        done, total = done + right, total + len(states)
        bar = "".join("■" if record.state == "right" else "▪" if record.tries else "□" for record in states)
        steps.append((f"{chapter.number} {chapter.title}", bar, f"{right} of {len(states)}", chapter))
        rows += [
            (
                one,
                exercise_of(one).title,
                MARKS[record.state],
                record.tries,
                record.hints,
                "yes" if record.solved_for else "",
            )
            for one, record in zip(ids, states, strict=True)
            if record != Record()
        ]
    said = _picture(steps, done, total)
    table = Table(
        "What you have begun",
        ("exercise", "task", "right", "tries", "hints", "solution read"),
        tuple(rows),
        "Nothing has been begun.",
    )
    if rows:
        said += table.markup()
    return said + paragraph(
        "Kept in course.progress.json beside these notebooks, and nowhere else. Delete the file to "
        "begin anew."
    )


def also_done(faults: Mapping[str, Record], domains: Mapping[str, Record]) -> Markup:
    """The domains that somebody has scored, and the faults that they have worked on."""
    from ..course.domains import domains as all_domains
    from ..course.faults import faults as all_faults

    scored = tuple(
        (one.id, one.title, f"{domains[one.id].points}%", MARKS[domains[one.id].state], domains[one.id].tries)
        for one in all_domains()
        if one.id in domains
    )
    known = all_faults()
    mended = tuple(
        (one.id, one.title, MARKS[faults[one.id].state], faults[one.id].tries, faults[one.id].hints)
        for one in known
        if one.id in faults
    )
    right = sum(one.state == "right" for key, one in faults.items() if key in {fault.id for fault in known})
    said = paragraph(f"{right} of {len(known)} faults are mended: find_the_fault.ipynb")
    if mended:
        said += Table("Faults", ("fault", "title", "mended", "tries", "hints"), mended).markup()
    if scored:
        columns = ("domain", "title", "best score of the eight steps", "full", "scored")
        said += Table("Domains", columns, scored).markup()
    return said


def _picture(steps: list[tuple[str, str, str, Chapter]], done: int, total: int) -> Markup:
    left = 'style="text-align: left"'
    rows = "".join(
        f"<tr><th {left}>{chapter.link(name)}</th><td {left}>{bar}</td><td {left}>{count}</td></tr>"
        for name, bar, count, chapter in steps
    )
    how_many = f"{done} of {total} exercises are right"
    caption = f"<caption {left}><strong>{how_many}</strong> (■ right, ▪ begun, □ not begun)</caption>"
    width = max(len(name) for name, *_ in steps)
    text = "\n".join(
        [
            how_many,
            *(f"{name.ljust(width)}  {bar}  {count}" for name, bar, count, _ in steps),
        ]
    )
    return Markup(f"<table>{caption}<tbody>{rows}</tbody></table>", text)


def _unmarked(text: str) -> str:
    """A text without the few marks of Markdown that hints use."""
    return text.replace("`", "").replace("*", "")
