"""All exercises, step by step; the module of a step is loaded when one of its exercises is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from ...storm.errors import StormError
from ..asked import remedy_for

if TYPE_CHECKING:
    from ..exercise import Exercise

IDS: dict[int, tuple[str, ...]] = {
    1: ("name-events", "sort-notes", "mend-names"),
    2: ("put-in-order", "and-if-not"),
    3: ("what-starts-it", "write-a-policy"),
    4: ("group-events", "which-are-entities"),
    5: ("draw-borders", "loosen"),
    6: ("split-the-monolith", "least-privilege"),
    7: ("write-a-pattern", "connect-services", "stop-the-loop"),
    8: ("write-a-contract", "next-version", "who-owns-it"),
    9: ("smallest-bus", "order-of-stacks", "read-the-plan"),
    10: ("send-a-test-event", "who-heard-it", "fault-or-normal"),
}
"""The ids of the exercises of each step."""


def exercises_of(step: int) -> tuple[Exercise, ...]:
    """The exercises of a step, in their order."""
    if step not in IDS:
        return ()
    found: tuple[Exercise, ...] = import_module(f".step_{step:02d}", __name__).EXERCISES
    return found


def exercise(id: object) -> Exercise:  # noqa: A002
    """The exercise of an id, as a learner typed it.

    Raises
    ------
    StormError
        if there is none, with the one that was probably meant.
    """
    text = str.strip(cast(str, id)) if issubclass(type(id), str) else ""
    asked = text[:80].lower().replace("_", "-").replace(" ", "-")
    known = {one: step for step, ids in IDS.items() for one in ids}
    if asked in known:
        return next(one for one in exercises_of(known[asked]) if one.id == asked)
    what = f"There is no exercise {asked!r}." if asked else "No exercise is named."
    raise StormError(what, "", remedy_for(asked, known))
