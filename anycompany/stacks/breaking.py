"""Contracts that break whoever hears the event now: the deployed templates beside those to deploy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..bus.contract.comparing import compare
from ..bus.contract.satisfying import NeverMatches, can_match
from ..bus.pattern import Pattern, PatternError, parse
from ..storm.errors import StormError
from .meaning import meaning, note_of, shown
from .stack import Template

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
        consumers = _hearers(hearing, schema)
        if name not in after:
            what = "The contract is withdrawn: nothing is promised of the event any more."
            found.append(Break(name, what, consumers))
        elif after[name] != schema:
            found += (Break(name, what, consumers) for what in _broken(schema, after[name]))
            found += (Break(name, what) for what in _deaf(hearing, will_hear, schema, after[name]))
    return tuple(found)


def _contracts(templates: Mapping[str, Template]) -> dict[str, Mapping[str, Any]]:
    return {
        one.note or logical: one.schema
        for template in templates.values()
        for logical, one in meaning(template).items()
        if one.type == _SCHEMA and isinstance(one.schema, Mapping)
    }


def _rules(templates: Mapping[str, Template]) -> dict[str, Pattern]:
    """The rules by their sticky notes; what EventBridge would refuse hears nothing."""
    found = {}
    for template in templates.values():
        for logical, resource in template.get("Resources", {}).items():
            pattern = resource.get("Properties", {}).get("EventPattern")
            if resource.get("Type") == _RULE and isinstance(pattern, Mapping):
                try:
                    found[note_of(resource) or logical] = parse(pattern)
                except PatternError:
                    continue
    return found


def _hearers(rules: Mapping[str, Pattern], schema: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(note for note, pattern in rules.items() if not _never(pattern, schema))


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


def _deaf(
    hearing: Mapping[str, Pattern],
    will_hear: Mapping[str, Pattern],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> Iterator[str]:
    """The rules that hear the event now and, as they will be, never hear it again."""
    for note, pattern in hearing.items():
        if note in will_hear and not _never(pattern, old):
            because = _never(will_hear[note], new)
            if because and not _never(will_hear[note], old):
                yield f"{note} never hears the new events: {shown(because)}"
