"""The tables of rules: what each lets through, and whether it can ever match an event that it hears."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..bus.rules import Rule, rules
from ..storm.errors import StormError
from ..storm.model import Storm
from .naming import called, names
from .table import Cell, Table

Answer = Literal["yes", "never", "no contract yet", "nobody knows", "refused"]

MOST_EVENTS = 400
"""Events of rules that are tried; the others are counted."""


@dataclass(frozen=True)
class Hearing:
    """Whether a rule can match the events that it hears, those with the same answer together.

    Parameters
    ----------
    rule : the rule.
    answer : ``yes``, ``never``, ``no contract yet``, ``nobody knows``, or ``refused`` for no pattern.
    events : the ids of the events.
    because : the reason; for ``yes`` an event that keeps the contract and that the rule lets through.
    """

    rule: Rule
    answer: Answer
    events: tuple[str, ...]
    because: str


def hearings(storm: Storm) -> Iterator[Hearing]:
    """For every rule of a storm, whether it can ever match an event of the contracts it hears."""
    left = MOST_EVENTS
    for rule in rules(storm):
        together: dict[tuple[Answer, str], list[str]] = {}
        example = ""
        for event in rule.hears[: max(left, 0)]:
            answer, because = _answer(storm, rule, event)
            if answer == "yes":
                example = example or because
                because = ""
            together.setdefault((answer, because), []).append(event)
        left -= len(rule.hears)
        for (answer, because), events in together.items():
            yield Hearing(rule, answer, tuple(events), because or example)


def _answer(storm: Storm, rule: Rule, event: str) -> tuple[Answer, str]:
    """Whether one rule can match one event, and why not, or with which event."""
    from ..bus.contract import Matchable, NeverMatches, can_match, json_schema, violations
    from ..bus.pattern import matches, parse

    try:
        pattern = parse(rule.pattern)
        if rule.bus == "default":
            return "no contract yet", "AWS puts it on the default bus; its contract is AWS's own."
        if event not in storm.contracts:
            return "no contract yet", "Step 8 writes down what the event says."
        schema = json_schema(storm, event)
        example = _own_example(storm, event)
        if example and matches(pattern, example) and not violations(schema, example):
            return "yes", _in_short(example)
        found = can_match(pattern, schema)
    except StormError as error:
        return "refused", error.what
    if isinstance(found, Matchable):
        return "yes", _in_short(found.example)
    return ("never" if isinstance(found, NeverMatches) else "nobody knows"), found.because


def _own_example(storm: Storm, event: str) -> dict[str, Any]:
    """The team's own example of an event, which says more to people than one that is made up."""
    from ..bus.contract import example_detail

    if not storm.contracts[event].example:
        return {}
    source, name = storm.source_of(event), storm.detail_type(event)
    return {"source": source, "detail-type": name, "detail": example_detail(storm, event)}


def _in_short(event: dict[str, Any]) -> str:
    """What of an event tells it apart, as JSON."""
    said = {key: event[key] for key in ("source", "detail-type", "detail") if key in event}
    return json.dumps(said, ensure_ascii=False)


def bus_rules(storm: Storm) -> Table:
    """Step 7: every rule on the bus, what it lets through and where that goes."""
    rows = tuple(
        (
            called(storm, rule.note),
            rule.home or "nobody yet",
            names(storm, rule.hears),
            json.dumps(rule.pattern, ensure_ascii=False),
            rule.target,
        )
        for rule in rules(storm)
    )
    columns = ("rule for", "of", "hears", "event pattern", "target")
    empty = "No rule yet: policies (step 3) and listeners (this step) become rules."
    return Table("Rules on the bus", columns, rows, empty)


def matches(storm: Storm) -> Table:
    """Step 7: whether each rule can ever match, with an event that it lets through or the reason."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (called(storm, one.rule.note), names(storm, one.events), one.answer, one.because)
        for one in hearings(storm)
    )
    columns = ("rule for", "hears", "can it match?", "such as, or why not")
    empty = "No rule yet: policies (step 3) and listeners (this step) become rules."
    return Table("Can each rule ever match?", columns, rows, empty)
