"""An event of a contract with certain values in certain places, and with certain fields absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...pattern.model import Condition, Exists
from ..kinds import SCALARS, kind_of
from .answers import Budget, ImpossibleError, Reason
from .places import ANYTHING, Place, Step, allowed, elements, named, unnamed
from .scalars import value_for
from .telling import quoted_path

Absent = Mapping[str | None, str]
"""The paths from here on at which there must be no value, with their whole paths; None is this very place."""


@dataclass
class Wish:
    """What an event has to hold at one place: a value that meets a condition, or what lies below it."""

    path: str = ""
    conditions: tuple[Condition, ...] | None = None
    below: dict[Step, Wish] = field(default_factory=dict)

    def add(self, place: Place, path: str, conditions: tuple[Condition, ...]) -> None:
        """Wish for a value at a place further down."""
        wish = self
        for step in place.steps:
            wish = wish.below.setdefault(step, Wish(path))
        wish.conditions = conditions


@dataclass
class Builder:
    """Makes events. Elements of an array are all alike: what is asked of them has to meet in one element."""

    budget: Budget

    def build(self, schema: Mapping[str, Any], wish: Wish, absent: Absent, like: Any) -> Any:
        """A value that a schema allows, with what is wished for in it.

        Parameters
        ----------
        schema : the contract from here on.
        wish : what has to be there.
        absent : what must not be there.
        like : an example whose values are taken where nothing speaks against them.

        Raises
        ------
        ImpossibleError
            if there is no such value.
        TooHardError
            if none was found, and it is not proved that there is none.
        """
        self.budget.spend()
        at_odds = (wish.conditions is not None and (wish.below or None in absent)) or (
            None in wish.below and len(wish.below) > 1
        )
        if at_odds:
            what = (
                f"what is asked of {quoted_path(wish.path)} and of the fields around it excludes each other"
            )
            raise ImpossibleError(Reason("at odds", wish.path, what))
        if wish.conditions is not None:
            return value_for(schema, wish.conditions, wish.path, like, self.budget)
        if None in wish.below:
            element = like[0] if isinstance(like, list) and like else None
            made = self.build(elements(schema), wish.below[None], absent, element)
            return [made] * max(1, _least_items(schema))
        return (
            self._object(schema, wish, absent, like) if wish.below else self._anything(schema, absent, like)
        )

    def _object(self, schema: Mapping[str, Any], wish: Wish, absent: Absent, like: Any) -> dict[str, Any]:
        example = like if isinstance(like, Mapping) else {}
        required = schema.get("required", ())
        fields, others = named(schema), unnamed(schema) or ANYTHING
        made = {}
        for name in dict.fromkeys([*example, *required, *wish.below]):
            assert name is not None  # elements are no keys: `build` has seen to that
            inner_absent = _below(absent, name)
            if inner_absent and name not in required and name not in wish.below:
                continue  # the example has it, and the pattern may want it away
            inner = fields.get(name, others)
            inner_wish = wish.below.get(name, Wish(wish.path))
            made[name] = self.build(inner, inner_wish, inner_absent, example.get(name))
        return made

    def _anything(self, schema: Mapping[str, Any], absent: Absent, like: Any) -> Any:
        """A value of which nothing is asked, but that nothing lies where nothing may lie."""
        kinds = allowed(schema)
        if like is not None and not absent and not isinstance(like, Mapping) and kind_of(like) in kinds:
            return like
        ways: list[Callable[[], Any]] = []
        if "object" in kinds:
            ways.append(lambda: self._object(schema, Wish(), absent, like))
        if "array" in kinds:
            ways.append(lambda: self._array(schema, absent))
        if None not in absent and kinds.intersection(SCALARS):
            value = lambda: value_for(schema, (Exists(True),), "", like, self.budget)  # noqa: E731
            ways.insert(len(ways) if isinstance(like, Mapping) else 0, value)
        last = ImpossibleError(_always_there(absent))
        for way in ways:
            try:
                return way()
            except ImpossibleError as error:
                last = error
        raise last

    def _array(self, schema: Mapping[str, Any], absent: Absent) -> list[Any]:
        count = _least_items(schema)
        return [self._anything(elements(schema), absent, None)] * count if count else []


def _least_items(schema: Mapping[str, Any]) -> int:
    least = schema.get("minItems", 0)
    return min(least, 1_000) if isinstance(least, int) else 0


def _below(absent: Absent, name: str) -> Absent:
    """What must not be there from a key on."""
    found: dict[str | None, str] = {}
    for rest, path in absent.items():
        if rest == name:
            found[None] = path
        elif rest is not None and rest.startswith(f"{name}."):
            found[rest[len(name) + 1 :]] = path
    return found


def _always_there(absent: Absent) -> Reason:
    path = next(iter(absent.values()), "")
    return Reason("there", path, f"{quoted_path(path)} is in every event, and is asked to be absent")
