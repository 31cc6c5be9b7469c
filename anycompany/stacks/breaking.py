"""Contracts that break whoever hears the event now: the deployed templates beside those to deploy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..bus.contract.comparing import compare
from ..bus.contract.satisfying import NeverMatches, can_match
from ..bus.pattern import Pattern, PatternError, parse
from ..storm.errors import StormError
from .meaning import meaning, note_of
from .stack import Template
from .wording import shown

_RULE, _SCHEMA = "AWS::Events::Rule", "AWS::EventSchemas::Schema"


@dataclass(frozen=True)
class Break:
    """A difference in a contract with which consumers of the deployed version cannot read new events.

    ``contract`` is its sticky note or logical id, ``what`` a sentence, ``consumers`` the notes of the
    deployed rules that hear the event.
    """

    contract: str
    what: str
    consumers: tuple[str, ...] = ()

    def __str__(self) -> str:
        heard = f" It is heard by {', '.join(self.consumers)}." if self.consumers else ""
        return f"{self.contract}: {self.what}{heard}"


def contract_breaks(old: Mapping[str, Template], new: Mapping[str, Template]) -> tuple[Break, ...]:
    """What breaks those who hear an event as it is deployed: forward compatibility, contract by contract.

    A contract that moves from one stack to another is the same contract. A field that is added breaks
    nobody who hears the event already.

    Parameters
    ----------
    old, new : templates by the names of their stacks: those deployed, and those that would be.
    """
    before, after = _contracts(old), _contracts(new)
    hearing, will_hear = _rules(old), _rules(new)
    found: list[Break] = []
    for name, schema in before.items():
        if after.get(name) == schema:
            continue
        consumers = _hearers(hearing, schema)
        if name not in after:
            what = "The contract is withdrawn: nothing is promised of the event any more."
            found.append(Break(name, what, consumers))
        else:
            found += (Break(name, what, consumers) for what in _broken(schema, after[name]))
            heard = {note: will_hear[note] for note in consumers if note in will_hear}
            found += (Break(name, what) for what in _deaf(heard, schema, after[name]))
    return tuple(found)


def _contracts(templates: Mapping[str, Template]) -> dict[str, Mapping[str, Any]]:
    return {
        one.note or logical: one.schema
        for template in templates.values()
        for logical, one in meaning(template).items()
        if one.type == _SCHEMA and isinstance(one.schema, Mapping)
    }


@dataclass(frozen=True)
class _Rule:
    """A rule's pattern, and the detail-types it names, where it names nothing but those."""

    pattern: Pattern
    detail_types: frozenset[str] | None

    def concerns(self, schema: Mapping[str, Any]) -> bool:
        """Whether it could hear an event of this schema as far as the detail-type goes."""
        named: Any = schema
        for key in ("properties", "detail-type", "enum"):
            named = named.get(key) if isinstance(named, Mapping) else None
        if self.detail_types is None or not isinstance(named, list):
            return True
        return any(name in self.detail_types for name in named if isinstance(name, str))


def _rules(templates: Mapping[str, Template]) -> dict[str, _Rule]:
    """The rules by their sticky notes; what EventBridge would refuse hears nothing."""
    found = {}
    for template in templates.values():
        for logical, resource in template.get("Resources", {}).items():
            pattern = resource.get("Properties", {}).get("EventPattern")
            if resource.get("Type") == _RULE and isinstance(pattern, Mapping):
                try:
                    found[note_of(resource) or logical] = _Rule(parse(pattern), _named(pattern))
                except PatternError:
                    continue
    return found


def _named(pattern: Mapping[str, Any]) -> frozenset[str] | None:
    values = pattern.get("detail-type")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return None
    return frozenset(values)


def _hearers(rules: Mapping[str, _Rule], schema: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        note for note, rule in rules.items() if rule.concerns(schema) and not _never(rule.pattern, schema)
    )


def _never(pattern: Pattern, schema: Mapping[str, Any]) -> str:
    """Why a pattern never matches an event that keeps the contract, or nothing where it may."""
    try:
        answer = can_match(pattern, schema)
    except StormError:
        return ""
    return answer.because if isinstance(answer, NeverMatches) else ""


def _broken(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    try:
        differences = compare(old, new).differences
    except StormError as error:
        yield shown(error.what)
        return
    for one in differences:
        if "forward" in one.breaks:
            yield shown(one.what)


def _deaf(will_hear: Mapping[str, _Rule], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Of the rules that hear the event now, those that, as they will be, never hear it again."""
    for note, rule in will_hear.items():
        because = _never(rule.pattern, new)
        if because and not _never(rule.pattern, old):
            yield f"{note} never hears the new events: {shown(because)}"
