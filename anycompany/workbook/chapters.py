"""The eleven notebooks in their order, and what stands at the head and the foot of each page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ..storm.method import STEPS, Progress, Step, next_step
from ..storm.model import Storm
from .screen import Markup, bullets, callout, line

MOST_MISSING = 8
"""Things that are listed as missing; the others are counted."""


@dataclass(frozen=True)
class Chapter:
    """One notebook: its number, title, file name without ending, and the step of the method it is about."""

    number: int
    title: str
    notebook: str
    step: Step | None = None

    def following(self) -> Chapter | None:
        """The notebook that comes next, or None after the last."""
        return CHAPTERS[self.number + 1] if self.number + 1 < len(CHAPTERS) else None

    def link(self, words: str = "") -> str:
        """A link to the notebook, as HTML."""
        return f'<a href="{self.notebook}.ipynb">{escape(words or self.title)}</a>'


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(0, "Start here", "00_start_here"),
    *(Chapter(step.number, step.name, step.notebook, step) for step in STEPS),
    Chapter(9, "Deploy", "09_deploy"),
    Chapter(10, "Watch events", "10_watch_events"),
)
"""Every notebook of the workbook that teaches and builds, by its number."""

WORKSHOP = Chapter(len(CHAPTERS), "Workshop", "workshop")
"""The notebook from which a workshop is steered."""

FAULTS = Chapter(len(CHAPTERS) + 1, "Find the fault", "find_the_fault")
"""The notebook in which learners find faults and mend them."""

BESIDE: dict[str, Chapter] = {one.notebook: one for one in (FAULTS, WORKSHOP)}
"""The notebooks that stand beside the numbered ones, by what ``open_page`` calls them."""


def header(chapter: Chapter, storm: Storm) -> Markup:
    """Where we are in the workbook, and what a facilitator needs to know of the step."""
    bar = _step_bar(chapter, storm)
    return bar + _for_the_facilitator(chapter.step) if chapter.step else bar


def footer(chapter: Chapter, storm: Storm) -> Markup:
    """How far the step is, what is missing, and the notebook that comes next."""
    said = Markup("", "")
    if chapter.step:
        now = chapter.step.progress(storm)
        said = _how_far(chapter.step, now) + bullets("Still missing", _missing(now))
    elif step := next_step(storm):
        there = CHAPTERS[step.number]
        said = Markup(
            f"<p>The first step that is not finished: {there.link(f'{step.number} {step.name}')}</p>",
            f"The first step that is not finished: {step.number} {step.name} ({there.notebook}.ipynb)",
        )
    following = chapter.following()
    if following is None:
        return said + Markup(
            f"<p>Back to the {CHAPTERS[0].link('start')}.</p>", "Back to the start: 00_start_here.ipynb"
        )
    asks = f": {following.step.question}" if following.step else ""
    return said + Markup(
        f"<p>Next: {following.link()}{escape(asks)}</p>",
        f"Next: {following.title}{asks} ({following.notebook}.ipynb)",
    )


def _step_bar(chapter: Chapter, storm: Storm) -> Markup:
    links, words = [], []
    for step in STEPS:
        short = f"{step.number} {step.short}{' ✓' if step.progress(storm).finished else ''}"
        here = step is chapter.step
        link = CHAPTERS[step.number].link(short)
        links.append(f"<strong>{link}</strong>" if here else link)
        words.append(f"[{short}]" if here else short)
    name = line(storm.name)
    return Markup(
        f"<p><strong>{escape(name)}</strong><br>{' · '.join(links)}</p>", f"{name}\n{' · '.join(words)}"
    )


def _for_the_facilitator(step: Step) -> Markup:
    optional = " This step is optional." if step.optional else ""
    facts = (
        ("Time", f"{step.minutes} minutes.{optional}"),
        ("Who", ", ".join(step.people)),
        ("Adds", step.adds),
        ("Not yet", step.not_yet),
        ("Begin", step.hint),
        ("Done when", step.done_when),
    )
    rows = "".join(
        f'<tr><th style="text-align: left">{what}</th><td style="text-align: left">{escape(said)}</td></tr>'
        for what, said in facts
    )
    text = "\n".join(f"{what + ':':<11}{said}" for what, said in facts)
    return Markup(f"<table>{rows}</table>", text)


def _how_far(step: Step, now: Progress) -> Markup:
    if now.finished:
        return callout("good", f"{now.done} of {now.total}. A team is done when {step.done_when}.")
    return callout("note", f"{now.done} of {now.total} so far. A team is done when {step.done_when}.")


def _missing(now: Progress) -> list[str]:
    rest = len(now.missing) - MOST_MISSING
    return [line(what) for what in now.missing[:MOST_MISSING]] + ([f"… and {rest} more"] if rest > 0 else [])
