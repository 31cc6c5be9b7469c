"""The tables of rules: what each lets through, and whether it can ever match an event that it hears."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..bus.rules import Rule, rules
from ..storm.model import Storm
from .naming import called, names
from .table import Cell, Table

if TYPE_CHECKING:
    from ..bus.contract import RuleAnswer

Answer = Literal["yes", "never", "refused", "no contract yet", "nobody knows"]


@dataclass(frozen=True)
class Hearing:
    """Whether a rule can match the events that it hears, those with the same answer together.

    Parameters
    ----------
    rule : the rule.
    answer : ``yes``, ``never``, ``refused`` for what is no pattern, ``no contract yet``, ``nobody knows``.
    events : the ids of the events.
    because : the reason; for ``yes`` an event that keeps the contract and that the rule lets through.
    """

    rule: Rule
    answer: Answer
    events: tuple[str, ...]
    because: str


def hearings(storm: Storm) -> list[Hearing]:
    """For every rule of a storm, whether it can ever match an event of the contracts it hears."""
    from ..bus.contract import rule_answers

    together: dict[tuple[str, Answer, str], list[RuleAnswer]] = {}
    for one in rule_answers(storm):
        answer, because = _answer(storm, one)
        together.setdefault((one.rule.note, answer, because), []).append(one)
    return [
        Hearing(found[0].rule, answer, tuple(one.event for one in found), because or _example(found[0]))
        for (_, answer, because), found in together.items()
    ]


def _answer(storm: Storm, one: RuleAnswer) -> tuple[Answer, str]:
    """The answer, and the reason where it is not yes."""
    from ..bus.contract import Matchable, NeverMatches

    if isinstance(one.answer, Matchable):
        if one.rule.bus == "default":
            return "no contract yet", "It comes from AWS, whose own schemas say what it carries."
        if one.event not in storm.contracts:
            return "no contract yet", "Step 8 writes down what the event says."
        return "yes", ""
    if isinstance(one.answer, NeverMatches):
        refused = any(reason.kind == "refused" for reason in one.answer.reasons)
        return ("refused" if refused else "never"), one.answer.because
    return "nobody knows", one.answer.because


def _example(one: RuleAnswer) -> str:
    """What of the event that the rule lets through tells it apart, as JSON."""
    from ..bus.contract import Matchable

    if not isinstance(one.answer, Matchable):
        return ""
    event = one.answer.example
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
