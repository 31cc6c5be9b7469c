"""Whether recorded events keep their contracts: which were broken, how, and how often."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...storm.checks.finding import quoted
from ...storm.model import Storm
from ..contract import json_schema, violations
from .report import MOST_EXAMPLES, Example

MOST_WAYS = 1_000
"""Ways of breaking contracts that are told apart; all others are counted together."""

_MOST_SHAPES = 2_000
_MOST_PARTS = 200
_MOST_LEVELS = 8


@dataclass(slots=True)
class Broken:
    """One way in which a contract was broken: how often, and cases of it."""

    count: int = 0
    examples: list[Example] = field(default_factory=list)


class Contracts:
    """Holds recorded events against the contracts of a storm.

    A storm's contracts say of which type fields are and whether they have to be there, so that a detail of
    the same shape as one that kept its contract keeps it too.
    """

    def __init__(self, storm: Storm) -> None:
        self._schemas = {
            event: json_schema(storm, event)["properties"]["detail"]
            for event in storm.contracts
            if event in storm.events
        }
        self._fine: dict[str, set[Any]] = {event: set() for event in self._schemas}
        self.broken: dict[tuple[str, str], Broken] = {}
        self.beyond = 0

    def note(self, event: str, line: int, recorded: Mapping[str, Any]) -> None:
        """Take one more event."""
        if event not in self._schemas:
            return
        detail, fine = recorded.get("detail"), self._fine[event]
        shape = shape_of(detail)
        if shape is not None and shape in fine:
            return
        found = violations(self._schemas[event], detail)
        if not found and shape is not None and len(fine) < _MOST_SHAPES:
            fine.add(shape)
        for one in dict.fromkeys(f"{quoted(_place(said.path), 120)} {said.what}" for said in found):
            case = self.broken.get((event, one))
            if case is None:
                if len(self.broken) >= MOST_WAYS:
                    self.beyond += 1
                    continue
                case = self.broken[event, one] = Broken()
            case.count += 1
            if len(case.examples) < MOST_EXAMPLES:
                case.examples.append(Example(line))


def _place(path: str) -> str:
    """A place in a detail as a place in the event; elements of an array stand for each other."""
    kept = re.sub(r"\[\d+\]", "[]", path[:400])
    return f"detail.{kept}" if kept and not kept.startswith("[") else f"detail{kept}"


def shape_of(value: Any) -> Any:
    """The keys of a value and the types of what they hold; None where that is much, or deep.

    >>> shape_of({"a": 1, "b": ["x", "y"]}) == shape_of({"a": 2, "b": ["z"]})
    True
    """
    if isinstance(value, dict) and len(value) <= _MOST_PARTS:
        types = tuple(map(type, value.values()))
        if dict not in types and list not in types:
            return tuple(value), types
    parts = [_MOST_PARTS]
    shape = _shape(value, parts, 0)
    return shape if parts[0] else None


def _shape(value: Any, parts: list[int], level: int) -> Any:
    if not isinstance(value, dict | list):
        return type(value)
    if parts[0] <= len(value) or level > _MOST_LEVELS:
        parts[0] = 0
        return None
    parts[0] -= len(value)
    if isinstance(value, dict):
        return tuple((key, _shape(inner, parts, level + 1)) for key, inner in value.items())
    return frozenset(_shape(inner, parts, level + 1) for inner in value)
