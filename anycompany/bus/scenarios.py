"""Scenarios: the events that make a whole design be seen running, and what should follow each.

One for each actor, external system, schedule and AWS event, once more for every failure branch, for every way
that the work of a policy may go and for every person who may say no, and one for each listener that filters,
with a detail that its contract allows and its filter lets through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ..storm.model import Storm
from .branching import ways, ways_of
from .contract import Matchable, can_match, event_schema, example_detail
from .outcomes import answer_detail, outcome, reached
from .pattern import PatternError, parse
from .rules import Rule, rules


@dataclass(frozen=True)
class Scenario:
    """A first event to put on the bus: its id and detail, and the policies told to fail.

    ``refused`` are the policies whose questions people answer with no; all others they answer with yes.
    """

    name: str
    event: str
    kind: Literal["actor", "external", "schedule", "aws", "fails", "branch", "refusal", "listener"]
    detail: dict[str, Any]
    fails: tuple[str, ...] = ()
    because: str = ""
    refused: tuple[str, ...] = ()

    @property
    def failing(self) -> frozenset[str]:
        """The policies whose failure follows: those told to fail, and those that are refused."""
        return frozenset((*self.fails, *self.refused))


@dataclass(frozen=True)
class Expected:
    """What follows a scenario on the model: events, policies, and listeners before their filters."""

    events: tuple[str, ...]
    policies: tuple[str, ...]
    listeners: tuple[str, ...]


def scenarios(storm: Storm) -> tuple[Scenario, ...]:
    """Every scenario of a storm, those of triggers first.

    >>> storm = Storm(name="Inn").add_event("Room Booked").trigger("room-booked", actor="Guest")
    >>> [scenario.name for scenario in scenarios(storm)]
    ['Guest: Room Booked']
    """
    found: list[Scenario] = []
    for event, trigger in storm.triggers.items():
        if event in storm.events:
            who = (
                trigger.actor
                or trigger.external
                or trigger.says
                or trigger.schedule
                or trigger.command
                or "AWS"
            )
            name = f"{who}: {storm.events[event].name}"
            found.append(
                Scenario(name, event, trigger.kind, example_detail(storm, event), because=f"triggers/{event}")
            )
    for policy in storm.policies:
        route = _route_to_failure(storm, policy)
        if route:
            name = f"{storm.policies[policy].title(policy)} fails"
            detail = example_detail(storm, route[0])
            found.append(Scenario(name, route[0], "fails", detail, route[1], f"policies/{policy}"))
    for way in ways(storm):
        name = f"{storm.policies[way.policy].title(way.policy)}, {way.task}: way {way.number}"
        found.append(Scenario(name, way.event, "branch", way.detail, (), f"policies/{way.policy}"))
    for policy in storm.policies:
        asked = _asking(storm, policy)
        if asked:
            who, event, detail = asked
            name = f"{storm.policies[policy].title(policy)}: {who} says no"
            found.append(Scenario(name, event, "refusal", detail, (), f"policies/{policy}", (policy,)))
    for rule in rules(storm):
        heard = _heard_through_its_filter(storm, rule) if rule.section == "listeners" else None
        if heard:
            name = f"{storm.listeners[rule.id].title(rule.id)} hears"
            found.append(Scenario(name, *heard, (), f"listeners/{rule.id}"))
    return tuple(found)


def _asking(storm: Storm, policy: str) -> tuple[str, str, dict[str, Any]] | None:
    """Whom a policy asks, and an event that makes it ask, with its detail; None where a no says nothing."""
    said = storm.policies[policy]
    if not storm.events.keys() & said.fails:
        return None
    heard = [event for event in dict.fromkeys(said.when) if event in storm.events]
    tried = [(event, example_detail(storm, event)) for event in heard]
    tried += [(way.event, way.detail) for way in ways_of(storm, policy)]
    for event, detail in tried:
        for task in reached(said.does, {"detail": detail}):
            if task.ask is not None:
                return task.ask, event, detail
    return None


def _heard_through_its_filter(
    storm: Storm, rule: Rule
) -> tuple[str, Literal["listener"], dict[str, Any]] | None:
    """An event that a listener's filter lets through, with its detail; None without a filter, or any such.

    It is made from the example of the contract; events whose contract says their fields come first.
    """
    if not storm.listeners[rule.id].where:
        return None
    try:
        pattern = parse(rule.pattern)
    except PatternError:
        return None
    said = {event for event in rule.hears if event in storm.contracts and storm.contracts[event].fields_}
    for event in sorted(rule.hears, key=lambda event: event not in said):
        like = {"detail": example_detail(storm, event)}
        answer = can_match(pattern, event_schema(storm, event), like)
        if isinstance(answer, Matchable):
            return event, "listener", answer.example["detail"]
    return None


def expected(storm: Storm, scenario: Scenario) -> Expected:
    """What should follow a scenario; each policy counts once, so a loop of policies ends here."""
    events: dict[str, None] = {}
    policies: dict[str, None] = {}
    waiting = [(scenario.event, scenario.detail)]
    while waiting:
        event, detail = waiting.pop(0)
        if event in events:
            continue
        events[event] = None
        for policy in storm.relations.hearers_of.get(event, ()):
            if policy not in policies and storm.relations.service_of_policy(policy):
                policies[policy] = None
                for after in outcome(storm, policy, detail, failing=policy in scenario.failing):
                    waiting.append((after, answer_detail(storm, policy, detail, after)))
    listeners = {
        listener: None for event in events for listener in storm.relations.listeners_of.get(event, ())
    }
    return Expected(tuple(events), tuple(policies), tuple(listeners))


def _route_to_failure(storm: Storm, policy: str) -> tuple[str, tuple[str, ...]] | None:
    """The trigger from which a policy is reached soonest, and the policies that must fail on the way.

    Where no trigger leads to it, the event it hears is put on the bus itself.
    """
    said = storm.policies[policy]
    heard = {event for event in said.when if event in storm.events}
    if not any(event in storm.events for event in said.fails) or not heard:
        return None
    routes: dict[str, tuple[str, tuple[str, ...]]] = {
        event: (event, ()) for event in storm.triggers if event in storm.events
    }
    details = {event: example_detail(storm, event) for event in routes}
    waiting = list(routes)
    while waiting:
        event = waiting.pop(0)
        start, told = routes[event]
        if event in heard and policy not in told:
            return start, tuple(dict.fromkeys((*told, policy)))
        for hearer in storm.relations.hearers_of.get(event, ()):
            for failing in ((), (hearer,)):
                for after in outcome(storm, hearer, details[event], failing=bool(failing)):
                    details.setdefault(after, answer_detail(storm, hearer, details[event], after))
                    if after not in routes and not (failing and not storm.policies[hearer].fails):
                        routes[after] = (start, (*told, *failing))
                        waiting.append(after)
    return next(iter(heard)), (policy,)
