"""What a page does for a learner: checks attempts, gives hints, shows solutions, keeps the progress."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..storm.errors import StormError
from .live import LivePage, Where
from .screen import Markup, Slot, callout

if TYPE_CHECKING:
    from ..course.exercise import Exercise
    from ..course.progress import Record
    from .practising import Practice


class LearningPage(LivePage):
    """A page with exercises. None of them touches the storm of the page, and nothing typed makes it fail."""

    def __init__(self, path: str, number: Where) -> None:
        super().__init__(path, number)
        self._folder = _here()  # a learner's cell may go elsewhere later
        self._hints: dict[str, int] = {}

    def check(self, exercise: object = None, attempt: object = None) -> None:
        """Say of an attempt at an exercise whether it is right, and if not, what it shows.

        Parameters
        ----------
        exercise : the exercise's id, such as ``"name-events"``.
        attempt : whatever was typed; an attempt that was not begun is told from a wrong one.
        """
        from .learning_pages import told

        found = self._exercise(exercise)
        if found is None:
            return
        verdict = found.check(_read_off(attempt))
        record, kept = self._noted(
            found, lambda record: record.after(verdict.state), verdict.state != "not attempted"
        )
        self._say(told(found, verdict, record, kept=kept))

    def hint(self, exercise: object = None) -> None:
        """The next of an exercise's three hints, and those before it."""
        from .learning_pages import hints

        found = self._exercise(exercise)
        if found is None:
            return
        record, _ = self._noted(found, one_hint_more)
        self._say(hints(found, self._hints_shown(found.id, record)))

    def solution(self, exercise: object = None) -> None:
        """The worked solution of an exercise with its reasons; a learner edition has none."""
        from dataclasses import replace

        from ..course.edition import refuse_in_learner_edition
        from ..course.solutions import solution_of
        from .learning_pages import solution

        found = self._exercise(exercise)
        if found is None:
            return
        try:
            refuse_in_learner_edition(self._folder)
            worked = solution_of(found)
        except StormError as error:
            self._say(callout("note", error.what, error.remedy))
            return
        self._noted(
            found, lambda record: replace(record, solved_for=record.solved_for or record.state != "right")
        )
        self._say(solution(found, worked))

    def practice(self, exercise: object = None) -> Practice | None:
        """A small board of one's own for an exercise that can be done on one; check what it returns."""
        from .practising import practice

        found = self._exercise(exercise)
        if found is None:
            return None
        try:
            return practice(found, self._folder)
        except StormError as error:
            self._say(callout("note", error.what, error.remedy))
            return None

    def progress(self) -> None:
        """How far the learner of this folder is, step by step."""
        from ..course.progress import read_progress
        from .learning_pages import also_done, progress

        done = progress(read_progress(self._folder))
        faults, domains = (read_progress(self._folder, of) for of in ("faults", "domains"))
        self._say(done + also_done(faults, domains))

    def glossary(self, term: object = None) -> None:
        """The terms of the method and of AWS: all of them, or those that one is looking for."""
        from .glossary_page import glossary

        self._say(glossary(term if isinstance(term, str) else ""))

    def score(self, domain: object = None) -> None:
        """How far the storm of this page is as an attempt at a domain of the course, step by step.

        Parameters
        ----------
        domain : the domain's id, such as ``"bicycle-repair"``; None for the one that the storm says.
        """
        from ..course.domains import domain_in, refuse_to_score_in
        from ..course.progress import note_progress
        from ..course.scoring import score
        from .score_page import told

        try:
            storm = self._storm_now()
            of = domain_in(storm, domain if isinstance(domain, str) else None)
            refuse_to_score_in(self._folder, of)
            found = score(storm, of)
            if found.points is not None:
                note_progress(self._folder, of.id, found.noted, "domains")
            self._say(told(found))
        except StormError as error:
            self._say(callout("note", error.what, error.remedy))

    # -- within

    def _hints_shown(self, named: str, record: Record) -> int:
        """How many hints to show: as many as were ever asked for, also where nothing can be kept."""
        self._hints[named] = min(max(record.hints, self._hints.get(named, 0) + 1), 3)
        return self._hints[named]

    def _exercise(self, named: object) -> Exercise | None:
        from ..course.exercises import exercise

        try:
            return exercise(named)
        except StormError as error:
            self._say(callout("note", error.what, error.remedy))
            return None

    def _noted(self, exercise: Exercise, change: Any, really: bool = True) -> tuple[Record, bool]:
        from ..course.progress import Record, note_progress, read_progress

        if not really:
            return read_progress(self._folder).get(exercise.id, Record()), True
        return note_progress(self._folder, exercise.id, change)

    def _say(self, said: Markup) -> None:
        """Show something that stays as it is, whatever becomes of the storm."""
        Slot(lambda: said)


def one_hint_more(record: Record) -> Record:
    """The record after a hint was asked for."""
    from dataclasses import replace

    return replace(record, hints=min(record.hints + 1, 3))


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:  # the folder is gone
        return Path()


def _read_off(attempt: object) -> object:
    """The storm of what carries one: a practice board, or a storm file that is open."""
    from ..files.opened import OpenStorm
    from .practising import Practice

    if not issubclass(type(attempt), Practice | OpenStorm):  # isinstance would ask the attempt itself
        return attempt
    try:
        return cast(Practice | OpenStorm, attempt).storm
    except StormError as error:
        return f"{error}"
