"""Step 7: findings on filters and rules, by themselves and against the contracts of what they hear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...storm.checks.finding import Found, called, check, listed, quoted
from ...storm.model import Storm
from ..contract import NeverMatches, Reason, can_match, event_schema, never_met
from ..contract.kinds import a_kind
from ..contract.satisfying.telling import kinds_wanted
from ..pattern import PatternError, parse
from ..pattern.model import AnythingBut, Condition
from ..rules import rules
from .patterns import contracts_with_fields, fields_asked, filters, heard_by

NEVER = "EventBridge: a number never matches a text, nor a missing field anything but `exists: false`"


@check(
    "filter-syntax",
    "error",
    7,
    title="A filter is an event pattern",
    why="EventBridge refuses the rule, and the stack fails.",
    remedy='Write fields with lists of values or conditions, such as {amount: [{numeric: [">", 100]}]}.',
    source="EventBridge user guide: comparison operators for use in event patterns",
)
def filter_syntax(storm: Storm) -> Iterator[Found]:
    """Filters that EventBridge would refuse, with its own words, and other rules that it would refuse."""
    refused = set()
    for key, listener in storm.listeners.items():
        if listener.where is not None and (error := _refusal({"detail": listener.where})):
            refused.add(f"listeners/{key}")
            what = f"{_filter_of(storm, key)} is refused: {_sentence(error)}"
            yield Found((f"listeners/{key}/where",), what, error.remedy or None)
    for rule in rules(storm):
        if rule.note not in refused and (error := _refusal(rule.pattern)):
            what = f"The rule of {rule.id!r} is refused: {_sentence(error)}"
            yield Found((rule.note,), what, error.remedy or None)


def _refusal(pattern: dict[str, Any]) -> PatternError | None:
    try:
        parse(pattern)
    except PatternError as error:
        return error
    return None


def _sentence(error: PatternError) -> str:
    """AWS's own text, on one line and not longer than a note takes."""
    text = " ".join(error.what.split())[:300]
    return text if text.endswith((".", "…")) else f"{text}."


@check(
    "filter-field-missing",
    "error",
    7,
    title="A filter asks about a field that the events have",
    why="The rule never matches, and nobody is told: the audience hears nothing and takes it for quiet.",
    remedy="Correct the field's name, or add it to the contract with the service that owns it.",
    source=NEVER,
)
def filter_field_missing(storm: Storm) -> Iterator[Found]:
    """Filters by a field that no contract of the events heard has."""
    for key, path, lacking, all_ in _missing(storm):
        if all_:
            yield Found((_place(key, path),), _asks_in_vain(storm, key, path, lacking))


@check(
    "filter-field-missing-in-some",
    "warning",
    7,
    title="A filter asks about a field that all events it hears have",
    why="Those without the field never come through.",
    remedy="Hear those events by a listener without this filter, or add the field to their contracts.",
    source=NEVER,
)
def filter_field_missing_in_some(storm: Storm) -> Iterator[Found]:
    """Filters by a field that some of the events named in ``hears`` lack."""
    for key, path, lacking, all_ in _missing(storm):
        if not all_ and storm.listeners[key].hears != "all":
            yield Found((_place(key, path),), _asks_in_vain(storm, key, path, lacking))


def _missing(storm: Storm) -> Iterator[tuple[str, str, list[str], bool]]:
    """Each field asked about in vain: the listener, the path, the events without it, and whether all are."""
    schemas = contracts_with_fields(storm)
    for key, pattern in filters(storm):
        contracts = {event: schemas[event] for event in heard_by(storm, key) if event in schemas}
        for path, conditions in fields_asked(pattern).items():
            wanted = tuple(conditions)
            reasons = {event: never_met(path, wanted, schema) for event, schema in contracts.items()}
            lacking = [event for event, reason in reasons.items() if reason and reason.kind == "missing"]
            if lacking:
                yield key, path, lacking, len(lacking) == len(contracts)


@check(
    "filter-type",
    "error",
    7,
    title="A filter compares a field with values of its own type",
    why='`amount > 10000` never matches "10001": the alarm that everybody relies on never rings.',
    remedy="Compare with the type in the contract, or let the contract say the type that the events carry.",
    source=NEVER,
)
def filter_type(storm: Storm) -> Iterator[Found]:
    """Conditions that no value of the field's type in the contract can meet, or that every value meets."""
    schemas = contracts_with_fields(storm)
    for key, pattern in filters(storm):
        contracts = {event: schemas[event] for event in heard_by(storm, key) if event in schemas}
        for path, conditions in fields_asked(pattern).items():
            told = []
            for event, schema in contracts.items():
                reasons = (_of_another_type(path, condition, schema) for condition in conditions)
                reason = next((one for one in reasons if one), None)
                if reason:
                    told.append(f"in {called(storm, event)} {reason}")
            if told:
                yield Found(
                    (_place(key, path),),
                    f"{_filter_of(storm, key)} asks about {_field(path)}: {listed(told, 3)}.",
                )


def _of_another_type(path: str, condition: Condition, schema: dict[str, Any]) -> str | None:
    """Why a condition is about another type than the field's, or None."""
    reason = never_met(path, (condition,), schema)
    if reason is not None:
        return reason.what.replace(quoted(path, 120), "it", 1) if reason.kind == "type" else None
    if isinstance(condition, AnythingBut):
        excluded = frozenset().union(*(kinds_wanted(one) for one in condition.conditions))
        if all(never_met(path, (one,), schema) for one in condition.conditions):
            held = never_met(path, condition.conditions, schema)
            if held is not None and held.kind == "type":
                said = held.what.replace(quoted(path, 120), "it", 1)
                return f"{said}: it always is anything but {a_kind(excluded)}"
    return None


@check(
    "rule-never-matches",
    "error",
    7,
    title="A rule can match an event that it hears",
    why="It costs nothing and does nothing, and nobody is told.",
    remedy="Correct the filter, or the contract with the service that owns it.",
    source="the contracts of the events, and how EventBridge matches patterns",
)
def rule_never_matches(storm: Storm) -> Iterator[Found]:
    """Rules whose filter no event of the contracts they hear can pass, whatever its values.

    A rule without a filter is made of the sources and detail-types of the events it hears, and so matches
    them. What is only a matter of missing fields and of types is said by other checks.
    """
    for rule in rules(storm):
        if rule.section != "listeners" or "detail" not in rule.pattern:
            continue
        try:
            pattern = parse(rule.pattern)
        except PatternError:
            continue
        reasons: dict[Reason, None] = {}
        for event in heard_by(storm, rule.id):
            answer = can_match(pattern, event_schema(storm, event))
            if not isinstance(answer, NeverMatches):
                break
            reasons.update(dict.fromkeys(answer.reasons))
        else:
            if any(reason.kind not in ("missing", "type") for reason in reasons):
                because = NeverMatches(tuple(reasons)).because
                what = f"{quoted(storm.listeners[rule.id].title(rule.id))} never hears anything. {because}"
                yield Found((f"listeners/{rule.id}",), what)


def _place(listener: str, path: str) -> str:
    return f"listeners/{listener}/where/{path.removeprefix('detail.')}"


def _field(path: str) -> str:
    return quoted(path.removeprefix("detail."))


def _filter_of(storm: Storm, listener: str) -> str:
    return f"The filter of {quoted(storm.listeners[listener].title(listener))}"


def _asks_in_vain(storm: Storm, listener: str, path: str, lacking: list[str]) -> str:
    names = listed([called(storm, event) for event in lacking])
    return f"{_filter_of(storm, listener)} asks about {_field(path)}, which {names} does not have."


CHECKS = (
    filter_syntax,
    filter_field_missing,
    filter_field_missing_in_some,
    filter_type,
    rule_never_matches,
)
