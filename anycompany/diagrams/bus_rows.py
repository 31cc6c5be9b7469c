"""Which events and workflows stand together in one row of the architecture diagram."""

from __future__ import annotations

from typing import NamedTuple

from ..storm.model import Storm
from ..storm.parts import Alternatives, events_of

_EVENTS = 11
_WORKFLOWS = 8
UNORDERED = "not in order yet"


class Group(NamedTuple):
    """Events side by side on the bus that belong to one moment, and the word that joins them (or nothing)."""

    events: list[str]
    word: str


class Row(NamedTuple):
    """One stretch of the bus with the workflows that hang below it."""

    groups: list[Group]
    policies: list[str]

    @property
    def events(self) -> list[str]:
        """The events of the row from left to right."""
        return [event for group in self.groups for event in group.events]


def rows_of_bus(storm: Storm) -> list[Row]:
    """The bus cut into rows short enough to read, each policy in the row of the first event that it hears.

    A moment that more workflows hear than fit below one row is drawn again in the next row for the others.
    """
    waiting = _policies_by_event(storm)
    rows = [Row([], [])]
    for group in _groups(storm):
        policies = [policy for event in group.events for policy in waiting.pop(event, [])]
        for start in range(0, max(len(policies), 1), _WORKFLOWS):
            part = policies[start : start + _WORKFLOWS]
            row = rows[-1]
            full = len(row.events) + len(group.events) > _EVENTS or len(row.policies) + len(part) > _WORKFLOWS
            if row.groups and (full or start):
                rows.append(Row([], []))
            rows[-1].groups.append(group)
            rows[-1].policies.extend(part)
    rows[-1].policies.extend(policy for policies in waiting.values() for policy in policies)
    return rows


def _groups(storm: Storm) -> list[Group]:
    """The timeline's moments, then the events that have no place in it; large ones in pieces."""
    found, drawn = [], set[str]()
    for moment in storm.timeline:
        events = [
            event
            for event in dict.fromkeys(events_of(moment))
            if event in storm.events and event not in drawn
        ]
        drawn.update(events)
        word = ("or" if isinstance(moment, Alternatives) else "and") if len(events) > 1 else ""
        found.append(Group(events, word))
    found.append(Group([event for event in storm.events if event not in drawn], UNORDERED))
    return [
        Group(group.events[start : start + _EVENTS], group.word)
        for group in found
        for start in range(0, len(group.events), _EVENTS)
    ]


def _policies_by_event(storm: Storm) -> dict[str, list[str]]:
    """Each policy under the event below which it hangs: the earliest it hears, else the first it emits."""
    order = {event: place for place, event in enumerate(storm.relations.in_order)}
    found: dict[str, list[str]] = {}
    for key, policy in storm.policies.items():
        heard = sorted((event for event in policy.when if event in order), key=order.__getitem__)
        put = [event for event in (*policy.emits, *policy.fails) if event in order]
        found.setdefault(next(iter((*heard, *put)), ""), []).append(key)
    return found
