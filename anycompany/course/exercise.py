"""An exercise: a task, how it begins, what is right, which misconceptions are seen, hints; all of it data."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from ..storm.model import Storm
from .reading import Plain, UnreadableError, is_blank, plain
from .verdict import Misconception, Seen, Verdict, slip

Judge = Callable[[Any], Iterable[Seen]]
"""Says what stands between an attempt and its being right; nothing for one that is right."""

MOST_SAID = 6
"""Things that are told of one attempt; the others can wait until these are put right."""


@dataclass(frozen=True)
class Exercise:
    """Something to do at a step.

    Parameters
    ----------
    id : in kebab case; a learner types it.
    step : the number of the notebook, 1 to 10.
    title : what it is called.
    task : what to do, in Markdown.
    start : what stands in the notebook's cell to begin with: a Python literal, as source.
    judge : says what is wrong with an attempt.
    misconceptions : all that the judge can see.
    hints : three, each giving more.
    why : what is to be learned from a right attempt.
    practice : for those that can be done on a board: the storm that it begins with.
    of_storm : reads an attempt off a storm.
    """

    id: str
    step: int
    title: str
    task: str
    start: str
    judge: Judge = field(repr=False)
    misconceptions: tuple[Misconception, ...]
    hints: tuple[str, str, str]
    why: str
    practice: Callable[[], Storm] | None = field(default=None, repr=False)
    of_storm: Callable[[Storm], Any] | None = field(default=None, repr=False)

    @cached_property
    def begins_with(self) -> Plain:
        """What ``start`` is as data."""
        return plain(ast.literal_eval(self.start))

    def check(self, attempt: object = None) -> Verdict:
        """What there is to say of an attempt: any object whatever. Never raises.

        >>> from anycompany.course.exercises import exercise
        >>> exercise("name-events").check([]).state, exercise("name-events").check(["Book bike"]).state
        ('not attempted', 'wrong')
        """
        try:
            return self._checked(attempt)
        except UnreadableError as error:
            return self._wrong([slip(str(error))])
        except Exception as error:  # an attempt may be anything, and a learner is not to see a traceback
            return self._wrong(
                [slip(f"This attempt cannot be judged ({type(error).__name__}). Look at the task.")]
            )

    def _checked(self, attempt: object) -> Verdict:
        if issubclass(type(attempt), Storm):  # isinstance would ask the attempt itself
            attempt = self._read_off(cast(Storm, attempt))
        said = plain(attempt)
        if is_blank(said) or said == self.begins_with:
            return Verdict(self.id, "not attempted", ("Not attempted yet.",))
        wrong = list(dict.fromkeys(self.judge(said)))
        return self._wrong(wrong) if wrong else Verdict(self.id, "right", (self.why,))

    def _read_off(self, storm: Storm) -> object:
        if self.of_storm is None:
            raise UnreadableError(
                "This exercise is not done on a board. Write the answer as the task shows it."
            )
        return self.of_storm(storm)

    def _wrong(self, seen: list[Seen]) -> Verdict:
        told: Counter[str] = Counter()
        ranks = {}
        for one in seen:  # each misconception once before any twice, and a way of thinking before a slip
            ranks[one] = (not one.misconception, told[one.misconception])
            told[one.misconception] += 1
        seen.sort(key=lambda one: ranks[one])
        named = dict.fromkeys(one.misconception for one in seen)
        by_id = {one.id: one for one in self.misconceptions}
        rest = len(seen) - MOST_SAID
        says = [one.what for one in seen[:MOST_SAID]] + ([f"… and {rest} more."] if rest > 0 else [])
        return Verdict(
            self.id,
            "wrong",
            tuple(says),
            tuple(seen),
            tuple(by_id[key] for key in named if key in by_id),
        )
