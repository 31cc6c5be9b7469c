"""What checks have in common that look at event patterns and contracts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...storm.model import Storm
from ..contract import inferred, json_schema, never_met
from ..pattern import Pattern, PatternError, explain, parse
from ..pattern.model import AnythingBut, Condition, Wildcard


def filter_of(storm: Storm, listener: str) -> Pattern | None:
    """The filter of a listener as a pattern by itself; None without one, or where EventBridge refuses it."""
    where = storm.listeners[listener].where
    if where is None:
        return None
    try:
        return parse({"detail": where})
    except PatternError:
        return None


def fields_asked(pattern: Pattern) -> dict[str, dict[Condition, None]]:
    """The fields that a filter asks about, each with every condition on it in any branch."""
    asked: dict[str, dict[Condition, None]] = {}
    for path, condition in pattern.conditions():
        asked.setdefault(path, {})[condition] = None
    return asked


def has_wildcard(pattern: Pattern) -> bool:
    """Whether a pattern counts against the quota of rules with wildcards."""
    return any(
        isinstance(one, Wildcard)
        for _, condition in pattern.conditions()
        for one in (condition.conditions if isinstance(condition, AnythingBut) else (condition,))
    )


def heard_by(storm: Storm, listener: str) -> list[str]:
    """The events that a listener hears, before its filter."""
    hears = storm.listeners[listener].hears
    return [
        event for event in (storm.events if hears == "all" else dict.fromkeys(hears)) if event in storm.events
    ]


def contracts_with_fields(storm: Storm) -> dict[str, dict[str, Any]]:
    """The contracts that say fields, as schemas."""
    return {
        event: json_schema(storm, event)
        for event, contract in storm.contracts.items()
        if event in storm.events and contract.fields_
    }


def filters(storm: Storm) -> Iterator[tuple[str, Pattern]]:
    """Each listener that filters, with its filter as far as EventBridge would take it."""
    for key in storm.listeners:
        pattern = filter_of(storm, key)
        if pattern is not None:
            yield key, pattern


def types_at_odds(pattern: Pattern, event: dict[str, Any]) -> list[str]:
    """Why events like this one never match, whatever their values: fields of another type than is asked for.

    Empty where an event with the same fields of the same types could match.

    >>> types_at_odds(parse({"amount": [{"numeric": [">", 5]}]}), {"amount": "928309.42"})
    ['amount is the text "928309.42", and numeric > 5 asks for a number: a text never matches a number']
    """
    schema = inferred([event])
    at_odds: set[str] = set()
    for branch in pattern.branches:
        reasons = [never_met(path, conditions, schema) for path, conditions in branch.fields]
        wrong = {reason.path for reason in reasons if reason and reason.kind == "type"}
        if not wrong:
            return []
        at_odds |= wrong
    return [
        failed.why.removesuffix(".")
        for branch in explain(pattern, event).branches
        for failed in branch.failed
        if failed.path in at_odds
    ]
