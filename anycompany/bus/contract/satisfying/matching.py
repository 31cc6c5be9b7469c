"""The search for an event of a contract that a pattern matches."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice, product
from typing import Any

from ....storm.errors import StormError
from ...pattern import matches
from ...pattern.model import Branch, Condition, Exists, Pattern
from ..kinds import a_kind
from ..validating import violations
from .answers import (
    Answer,
    Budget,
    ImpossibleError,
    Matchable,
    NeverMatches,
    Reason,
    TooHardError,
    Undecided,
)
from .building import Builder, Wish
from .places import Place, places
from .scalars import value_for
from .telling import quoted_path

STEPS = 200_000
"""How much work is spent on one answer: letters read, values and places tried."""

MOST_EVENTS = 20
"""Events that are made and compared before it is given up."""

MOST_WAYS = 64
"""Ways to lay the fields of one combination into an event that are tried."""

REPLAYED = "replay-name"
"""What EventBridge adds to an event replayed from an archive, and no contract speaks of."""

Option = tuple[Place | None, tuple[Condition, ...]]
"""One way to satisfy a field: a value at a place, or None for its absence."""


def can_match(pattern: Pattern, schema: Mapping[str, Any], like: Mapping[str, Any] | None = None) -> Answer:
    """Whether a pattern can ever match an event of a contract.

    ``Matchable`` holds a whole event that keeps the contract and does match: both were tried.
    ``NeverMatches`` holds the reason, for events that carry what the contract names and nothing else. On the
    wire an object is open, but nobody can rely on a field that no contract has, and a filter on it is the
    mistake that is looked for; an object that names no fields at all, or says ``additionalProperties``, may
    hold anything. ``Undecided`` is for contracts that ask more than is understood here (regular expressions,
    ``anyOf`` and its like), and where the search would take out of proportion long.

    Parameters
    ----------
    pattern : as ``anycompany.bus.pattern.parse`` reads it.
    schema : the contract, JSON Schema draft 4 of whole events.
    like : an event whose values the example takes where it can.

    >>> from ...pattern import parse
    >>> schema = {"type": "object", "properties": {"detail": {"properties": {"amount": {"type": "string"}}}}}
    >>> can_match(parse({"detail": {"amount": [{"numeric": [">", 10000]}]}}), schema).because
    '“detail.amount” is a text, and a text never equals a number.'
    """
    try:
        return _Search(pattern, schema).answer(like)
    except TooHardError as error:
        return Undecided(f"No event was found that matches, and {error}.")
    except RecursionError:
        return Undecided("The contract is nested too deeply.")
    except (TypeError, AttributeError, ValueError, KeyError, ArithmeticError, StormError):
        return Undecided("The contract is no schema that is understood.")


def never_met(path: str, conditions: tuple[Condition, ...], schema: Mapping[str, Any]) -> Reason | None:
    """Why none of the conditions on one field can ever be met by an event of a contract; None if one may be.

    Parameters
    ----------
    path : the field, its keys joined by dots.
    conditions : as a pattern's branch has them.
    schema : the contract, as for ``can_match``.
    """
    try:
        found = _Search(Pattern(()), schema).options(path, conditions)
    except (TooHardError, RecursionError, TypeError, AttributeError, ValueError, KeyError, ArithmeticError):
        return None
    return found if isinstance(found, Reason) else None


class _Search:
    """The search for one answer."""

    def __init__(self, pattern: Pattern, schema: Mapping[str, Any]) -> None:
        self.pattern = pattern
        self.schema = schema
        self.budget = Budget(STEPS)
        self.tried = 0
        self.doubt = ""
        self.reasons: list[Reason] = []
        self.known: dict[tuple[str, tuple[Condition, ...]], list[Option] | Reason] = {}
        properties = schema.get("properties", {})
        whole = {**properties, REPLAYED: properties.get(REPLAYED, {"type": "string"})}
        self.seen = {**schema, "properties": whole} if "detail" in properties else schema

    def answer(self, like: Mapping[str, Any] | None) -> Answer:
        """The answer: each combination of ``$or`` is tried until one can be met."""
        for branch in self.pattern.branches:
            found = self._event(branch, like)
            if found is not None:
                return Matchable(found)
        if self.doubt:
            return Undecided(self.doubt)
        return NeverMatches(tuple(dict.fromkeys(self.reasons)))

    def _event(self, branch: Branch, like: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """An event that meets one combination, or None; why not is noted."""
        options = []
        for path, conditions in branch.fields:
            found = self.options(path, conditions)
            if isinstance(found, Reason):
                self.reasons.append(found)
                return None
            options.append(found)
        ways = product(*options)
        reason = None
        for way in islice(ways, MOST_WAYS):
            for example in (like, None) if like is not None else (None,):
                try:
                    event = self._built(branch, way, example)
                except ImpossibleError as error:
                    reason = error.reason
                except TooHardError as error:
                    self.budget.spend()
                    self.doubt = f"No event was found that matches, and {error}."
                else:
                    if isinstance(event, dict) and self._holds(event):
                        return event
        if next(ways, None) is not None:
            self.doubt = "There are more ways to make such an event than were tried."
        elif reason:
            self.reasons.append(reason)
        return None

    def options(self, path: str, conditions: tuple[Condition, ...]) -> list[Option] | Reason:
        """The ways to satisfy one field by itself, or why there is none."""
        key = (path, conditions)
        if key not in self.known:
            self.known[key] = self._look(path, conditions)
        return self.known[key]

    def _look(self, path: str, conditions: tuple[Condition, ...]) -> list[Option] | Reason:
        wanted = tuple(one for one in conditions if not (isinstance(one, Exists) and not one.there))
        found = places(self.seen, path)
        options: list[Option] = []
        why = _not_there(path, found.holds)
        for place in found.found if wanted else ():
            try:
                value_for(place.schema, wanted, path, None, self.budget)
            except ImpossibleError as error:
                why = error.reason
                continue
            except TooHardError:
                self.budget.spend()
            options.append((place, wanted))
        if found.cut:
            raise TooHardError(f"{quoted_path(path)} leads to too many places")
        if len(wanted) < len(conditions):
            options.append((None, ()))
        return options or why

    def _built(self, branch: Branch, way: tuple[Option, ...], like: Mapping[str, Any] | None) -> Any:
        wish = Wish()
        absent: dict[str | None, str] = {}
        for (path, _), (place, conditions) in zip(branch.fields, way, strict=True):
            if place is None:
                absent[path] = path
            else:
                wish.add(place, path, conditions)
        return Builder(self.budget).build(self.seen, wish, absent, like)

    def _holds(self, event: dict[str, Any]) -> bool:
        """Whether an event that was made keeps the contract and matches; else a doubt remains."""
        self.tried += 1
        if self.tried > MOST_EVENTS:
            raise TooHardError("every event that was tried breaks the contract or does not match")
        broken = violations(self.schema, event)
        if broken:
            self.doubt = (
                f"The contract asks what is not understood here: in every event that was tried, {broken[0]}."
            )
            return False
        if not matches(self.pattern, event):
            self.doubt = "No event that was tried does match."
            return False
        return True


def _not_there(path: str, holds: frozenset[str]) -> Reason:
    if holds:
        what = f"{quoted_path(path)} is {a_kind(holds)}, and only the fields within an object can be compared"
        return Reason("type", path, what)
    return Reason("missing", path, f"the contract has no field {quoted_path(path)}")
