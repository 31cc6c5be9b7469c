"""Whom a new version of a contract breaks: the policies and listeners that hear the event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...storm.checks.finding import called, listed, quoted
from ...storm.model import Storm
from ..pattern import Pattern, PatternError, parse
from ..pattern.model import Exists
from ..rules import Rule, rules
from .comparing import compare
from .comparison import Comparison, Difference, Direction
from .satisfying import Matchable, NeverMatches, can_match
from .schema import event_schema


@dataclass(frozen=True, slots=True)
class Affected:
    """A consumer of an event that a difference in its contract touches.

    Parameters
    ----------
    note : its sticky note, as ``policies/settle`` or ``listeners/alarm``.
    direction : ``forward``: as it is in the old storm, on events of the new contract; ``backward``: as it is
        in the new storm, on events of the old one.
    why : what it does with the field, as a sentence.
    """

    note: str
    direction: Direction
    why: str


@dataclass(frozen=True)
class ContractChange:
    """How the contract of one event differs between two storms.

    Parameters
    ----------
    event : the event's id.
    name : what people call it.
    comparison : the differences.
    affected : for each difference, in the same order, the consumers it touches.
    """

    event: str
    name: str
    comparison: Comparison
    affected: tuple[tuple[Affected, ...], ...]


def contract_changes(old: Storm, new: Storm) -> tuple[ContractChange, ...]:
    """Every contract that differs between two storms, with the consumers that each difference breaks.

    An event without a contract, or whose contract names no fields, may carry anything.

    Parameters
    ----------
    old, new : the two versions of the storm; consumers are looked up in both.

    >>> old = Storm(name="Inn").add_event("Room Booked").add_contract("room-booked", {"nights": {}})
    >>> new = old.change("contracts", "room-booked", fields={"nights": {}, "guest": {}})
    >>> [change.comparison.compatibility for change in contract_changes(old, new)]
    ['forward']
    """
    by_storm = [_rules_of(storm) for storm in (old, new)]
    found = []
    for event in dict.fromkeys([*old.contracts, *new.contracts]):
        if event not in old.events:
            continue
        if event not in new.events:
            what = f"{called(old, event)} is gone: nobody puts it on the bus any more."
            comparison = Comparison((Difference("", "event gone", what, ("forward",)),))
            hearers = tuple(
                Affected(rule.note, "forward", "It waits for the event in vain.")
                for rule, _ in by_storm[0].get(event, [])
            )
            found.append(ContractChange(event, old.events[event].name, comparison, (hearers,)))
            continue
        schemas = event_schema(old, event), event_schema(new, event)
        comparison = compare(*schemas)
        if comparison.differences:
            affected = tuple(
                (
                    *_touched(old, by_storm[0].get(event, []), difference, schemas[1], "forward"),
                    *_touched(new, by_storm[1].get(event, []), difference, schemas[0], "backward"),
                )
                for difference in comparison.differences
            )
            found.append(ContractChange(event, new.events[event].name, comparison, affected))
    return tuple(found)


Hearing = tuple[Rule, Pattern]


def _rules_of(storm: Storm) -> Mapping[str, list[Hearing]]:
    """For each event the rules that hear it, with their patterns; what EventBridge refuses hears nothing."""
    found: dict[str, list[Hearing]] = {}
    for rule in rules(storm):
        if rule.bus == "own":
            try:
                pattern = parse(rule.pattern)
            except PatternError:
                continue
            for event in rule.hears:
                found.setdefault(event, []).append((rule, pattern))
    return found


def _touched(
    storm: Storm,
    hearing: list[Hearing],
    difference: Difference,
    others: Mapping[str, Any],
    direction: Direction,
) -> Iterator[Affected]:
    """The consumers of one storm that a difference breaks, or whose filters ask about the field."""
    for rule, pattern in hearing:
        asks = any(_is_about(path, difference.path) for path, _ in pattern.conditions())
        if asks:
            answer = can_match(pattern, others)
            if isinstance(answer, NeverMatches):
                age = "new" if direction == "forward" else "old"
                yield Affected(rule.note, direction, f"It never hears the {age} events: {answer.because}")
                continue
            if direction == "forward" and _wants_absent(pattern, difference):
                why = f"It hears only events without {quoted(difference.path, 120)}."
                yield Affected(rule.note, direction, why)
                continue
            if isinstance(answer, Matchable) and not (difference.breaks and _is_in_detail(difference.path)):
                continue
        if asks and rule.section == "listeners":
            yield Affected(rule.note, direction, f"Its filter asks about {quoted(difference.path, 120)}.")
        elif direction in difference.breaks:
            yield Affected(rule.note, direction, _reading(storm, rule, difference.path))


def _wants_absent(pattern: Pattern, difference: Difference) -> bool:
    """Whether a filter asks that a field is absent which events carry from now on."""
    return difference.kind.startswith("field added") and any(
        condition == Exists(False) and _is_about(path, difference.path)
        for path, condition in pattern.conditions()
    )


def _is_in_detail(path: str) -> bool:
    return path == "detail" or path.startswith("detail.")


def _is_about(asked: str, changed: str) -> bool:
    """Whether a filter's path is the changed field, above it or below it."""
    return asked == changed or asked.startswith(f"{changed}.") or changed.startswith(f"{asked}.")


def _reading(storm: Storm, rule: Rule, path: str) -> str:
    """What a consumer does with a field, as far as the storm says."""
    key = path.removeprefix("detail.").partition(".")[0]
    if rule.section == "policies" and path.startswith("detail."):
        said = storm.policies[rule.id]
        outputs = [
            called(storm, put)
            for put in dict.fromkeys((*said.emits, *said.fails))
            if put in storm.contracts and put in storm.events
            if any(name.partition(".")[0] == key for name in storm.contracts[put].fields_)
        ]
        if outputs:
            return f"It passes {quoted(key)} on to {listed(outputs, 3)}."
    return "It hears the event, and may read the field."
