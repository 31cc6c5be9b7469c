"""What a page shows of the faults to find: all of them, one with its story, the verdict on a mended one."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..course.faults import Fault
from ..course.verdict import Verdict
from .screen import Markup, bullets, callout, line, paragraph
from .table import Cell, Table

LONGEST = 500


def all_faults(faults: tuple[Fault, ...]) -> Table:
    """All faults, with the step they belong to."""
    rows: list[tuple[Cell, ...]] = [(one.id, one.step, one.title) for one in faults]
    return Table("Faults to find", ("fault", "step", "title"), tuple(rows))


def story(fault: Fault, path: Path | None) -> Markup:
    """The story of a fault, where to look, and where its file is."""
    said = Markup(f"<p><strong>{escape(fault.title)}</strong></p>", fault.title) + paragraph(fault.story)
    said += bullets("Where to look", fault.look)
    if path is None:
        return said
    return said + paragraph(f"Mend {path.name}, in any right way, then: page.mended({fault.id!r})")


def template(text: str) -> Markup:
    """A template as it is now."""
    return Markup(f"<pre><code>{escape(text)}</code></pre>", text)


def told(fault: Fault, verdict: Verdict) -> Markup:
    """Whether it is mended, what it does not do yet, and what was measured."""
    says = [line(one, LONGEST) for one in verdict.says]
    if verdict.state == "not attempted":
        return callout("note", f"○ Not attempted yet: {fault.title}")
    if verdict.right:
        return callout("good", f"Mended: {fault.title}", *says)
    said = callout("note", f"Not mended yet: {fault.title}") + bullets("What it does", says)
    return said + paragraph(f"A hint: page.fault_hint({fault.id!r})")


def hints(fault: Fault, how_many: int) -> Markup:
    """The first so many hints."""
    return bullets(f"Hint {how_many} of {len(fault.hints)}: {fault.title}", fault.hints[:how_many])
