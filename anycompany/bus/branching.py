"""Branches of a policy's work: which one an event takes, and an event for every branch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..storm.model import Storm
from ..storm.parts import Branch
from ..storm.tasks import branching_tasks
from .contract import Matchable, can_match, event_schema, example_detail
from .pattern import Pattern, PatternError, matches, parse

MOST_TRIED = 50
"""Branches of one policy that events are made for."""


@dataclass(frozen=True)
class Way:
    """An event that takes one branch: of which policy and task, and which one, counted from 1."""

    policy: str
    task: str
    number: int
    event: str
    detail: dict[str, Any]


def taken(branches: Sequence[Branch], event: Mapping[str, Any]) -> int | None:
    """The index of the branch that an event takes; None where none matches.

    A pattern that EventBridge does not take matches nothing.
    """
    for index, branch in enumerate(branches):
        if branch.where is None:
            return index
        pattern = _pattern(branch.where)
        if pattern is not None and matches(pattern, event):
            return index
    return None


def ways(storm: Storm) -> Iterator[Way]:
    """For every branch that an event of the contracts can take, such an event.

    It is made from the example of the contract; the way to where none matches counts as a branch.
    """
    for policy in storm.policies:
        yield from ways_of(storm, policy)


def ways_of(storm: Storm, policy: str) -> Iterator[Way]:
    """For every branch of a policy that an event of the contracts can take, such an event."""
    said = storm.policies[policy]
    heard = [event for event in dict.fromkeys(said.when) if event in storm.events]
    tried = 0
    for task in branching_tasks(said.does):
        branches = list(task.branch or ())
        for index in range(len(branches) + (branches[-1].where is not None)):
            tried += 1
            found = _event_for(storm, heard, branches, index) if tried <= MOST_TRIED else None
            if found:
                yield Way(policy, task.title, index + 1, *found)


def _event_for(
    storm: Storm, heard: Sequence[str], branches: Sequence[Branch], index: int
) -> tuple[str, dict[str, Any]] | None:
    """An event that the policy hears and that takes the branch of an index, with its detail."""
    wanted = index if index < len(branches) else None
    where = branches[index].where if index < len(branches) else None
    for event in heard:
        for detail in _details(storm, event, branches, where):
            if taken(branches, {"detail": detail}) == wanted:
                return event, detail
    return None


def _details(
    storm: Storm, event: str, branches: Sequence[Branch], where: Mapping[str, Any] | None
) -> Iterator[dict[str, Any]]:
    """Details of the contract that may take a branch.

    The example, one that the branch's pattern asks for, and where others must not match: the example without
    what may be missing, and with another value of what is asked about.
    """
    usual = example_detail(storm, event)
    yield usual
    if where is not None:
        yield from _asked_for(storm, event, where, usual)
    asked = sorted({key for branch in branches for key in branch.where or ()} & usual.keys())
    contract = storm.contracts.get(event)
    fields = contract.fields_ if contract else {}
    spare = [key for key in asked if not fields or (key in fields and fields[key].optional)]
    for key in spare:
        yield {name: value for name, value in usual.items() if name != key}
    yield {name: value for name, value in usual.items() if name not in spare}
    for key in asked:
        if isinstance(usual[key], str | int | float) and not isinstance(usual[key], bool):
            bounds = [usual[key]] if isinstance(usual[key], str) else [0, usual[key]]
            for other in ({key: [{"anything-but": bounds}]}, {key: [0]}, {key: [-1]}):
                yield from _asked_for(storm, event, other, usual)


def _asked_for(
    storm: Storm, event: str, where: Mapping[str, Any], usual: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    pattern = _pattern(where)
    answer = can_match(pattern, event_schema(storm, event), {"detail": usual}) if pattern else None
    if isinstance(answer, Matchable):
        yield answer.example["detail"]


def _pattern(where: Mapping[str, Any]) -> Pattern | None:
    try:
        return parse({"detail": where})
    except PatternError:
        return None
