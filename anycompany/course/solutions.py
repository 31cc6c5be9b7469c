"""Worked solutions: one good answer to each exercise, with its reasons. A learner edition has none."""

from __future__ import annotations

from dataclasses import dataclass

from ..storm.errors import StormError
from .exercise import Exercise
from .shipped import course_data

FOLDER = "solutions"


@dataclass(frozen=True)
class Solution:
    """One good answer, not the only one.

    Parameters
    ----------
    answer : what to type, as Python.
    because : its reasons, one after the other.
    """

    answer: str
    because: tuple[str, ...]


def has_solutions() -> bool:
    """Whether this installation has the worked solutions; that of a learner edition has not."""
    return course_data(FOLDER).is_dir()


def solution_of(exercise: Exercise) -> Solution:
    """The worked solution of an exercise.

    Raises ``StormError`` where there is none, as in a learner edition.
    """
    from ..files.prices import read_yaml

    path = course_data(FOLDER, f"{exercise.step:02d}.yaml")
    if not path.is_file():
        raise StormError(
            "This is a learner edition: it comes without the worked solutions.",
            exercise.id,
            f"Ask your instructor, or take the hints: page.hint({exercise.id!r}).",
        )
    said = read_yaml(path)
    one = said.get(exercise.id) if isinstance(said, dict) else None
    if not isinstance(one, dict):
        raise StormError("There is no worked solution of this exercise.", exercise.id, "Take the hints.")
    return Solution(str(one["answer"]).rstrip(), tuple(str(reason) for reason in one["because"]))
