"""Flows as given/when/then: what starts each, and what the design says that follows, as data and sentences.

One flow for each trigger, one for each failure branch, and for each listener with a filter one that it hears
and one that its filter keeps out. What a flow expects is what the team said, not what its rules would do: a
filter that lets nothing through makes its flow fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..storm.checks.finding import called, listed, quoted
from ..storm.errors import StormError
from ..storm.guesses import with_guesses
from ..storm.ids import slug
from ..storm.model import Storm
from .contract import example_detail
from .outcomes import answer_detail, outcome
from .pattern import Pattern, matches, parse
from .rules import listening_pattern
from .scenarios import Scenario, scenarios


@dataclass(frozen=True)
class Follows:
    """An event that a policy puts on the bus, in answer to another."""

    event: str
    by: str
    after: str


@dataclass(frozen=True)
class Runs:
    """A policy that does its work in answer to an event, and puts nothing on the bus."""

    policy: str
    after: str


@dataclass(frozen=True)
class Hears:
    """A listener that hears an event, or does not because its filter keeps it out."""

    listener: str
    event: str
    heard: bool = True


Then = Follows | Runs | Hears
"""One thing that should be seen of a flow."""


@dataclass(frozen=True)
class Flow:
    """One flow of a storm, as a test has it.

    ``id`` is a name in small words and hyphens, different for every flow, and what its scenario is called;
    ``given`` says what starts it, as a sentence.
    """

    id: str
    given: str
    scenario: Scenario
    then: tuple[Then, ...]

    @property
    def events(self) -> tuple[str, ...]:
        """The events of the flow, the first one first."""
        return (self.scenario.event, *dict.fromkeys(t.event for t in self.then if isinstance(t, Follows)))


def flows(storm: Storm) -> tuple[Flow, ...]:
    r"""Every flow of a storm. Where step 3 was skipped, what the order of events suggests stands in.

    >>> storm = Storm(name="Inn").add_events(["Room Booked", "Room Cleaned"])
    >>> storm = storm.trigger("room-booked", actor="Guest", command="Book a room")
    >>> storm = storm.add_policy("Clean", when=["room-booked"], emits=["room-cleaned"])
    >>> flows(storm)[0].id
    'room-booked-leads-to-room-cleaned'
    >>> print("\n".join(sentences(flows(storm)[0], storm)))
    Given Guest does “Book a room”
    When “Room Booked” is put on the bus
    Then “Room Cleaned” follows from “Clean”
    """
    storm = with_guesses(storm)
    found: list[Flow] = []
    taken: set[str] = set()
    tried = scenarios(storm)
    begun = [scenario for scenario in tried if scenario.kind != "listener"]
    passing = {scenario.because: scenario for scenario in tried if scenario.kind == "listener"}
    for scenario in (*_started(storm), *begun, *_heard(storm, passing)):
        then = tuple(_then(storm, scenario))
        identifier = _unique(_name(storm, scenario, then), taken)
        found.append(Flow(identifier, _given(storm, scenario), replace(scenario, name=identifier), then))
    return tuple(found)


def _started(storm: Storm) -> Iterator[Scenario]:
    """The events that policies hear, and nothing is said to start."""
    relations = storm.relations
    for event in storm.events:
        starts = event not in relations.emitters_of and event not in storm.triggers
        if event in relations.hearers_of and starts:
            yield Scenario("", event, "external", example_detail(storm, event))


_KEPT_OUT = "kept out"


def _heard(storm: Storm, passing: Mapping[str, Scenario]) -> Iterator[Scenario]:
    """For each listener with a filter, an event that it lets through and one that it keeps out.

    Where no event can pass the filter, one is tried as its contract has it.
    """
    for key, said in storm.listeners.items():
        about = f"listeners/{key}"
        heard = [e for e in (storm.events if said.hears == "all" else said.hears) if e in storm.events]
        if not said.where or not heard:
            continue
        usual = Scenario("", heard[0], "listener", example_detail(storm, heard[0]), (), about)
        yield passing.get(about, usual)
        pattern = _pattern(storm, key)
        kept_out = (_kept_out(storm, event, pattern, said.where) for event in heard)
        if found := next((found for found in kept_out if found), None):
            yield replace(usual, **found, name=_KEPT_OUT)


def _pattern(storm: Storm, listener: str) -> Pattern | None:
    try:
        return parse(listening_pattern(storm, listener))
    except StormError:
        return None


def _kept_out(
    storm: Storm, event: str, pattern: Pattern | None, where: Mapping[str, Any]
) -> dict[str, Any] | None:
    """An event that a pattern keeps out: its example, or that without what the filter asks for."""
    usual = example_detail(storm, event)
    for detail in (usual, {key: value for key, value in usual.items() if key not in where}):
        if pattern is not None and not matches(pattern, _event(storm, event, detail)):
            return {"event": event, "detail": detail}
    return None


def _event(storm: Storm, event: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    source, detail_type = storm.relations.address_of[event]
    return {"source": source, "detail-type": detail_type, "detail": detail}


def _then(storm: Storm, scenario: Scenario) -> Iterator[Then]:
    """What follows a scenario, in order; each event and each looping policy counts once."""
    relations = storm.relations
    seen: dict[str, None] = {}
    ran: set[str] = set()
    waiting = [(scenario.event, scenario.detail)]
    while waiting:
        event, detail = waiting.pop(0)
        if event in seen:
            continue
        seen[event] = None
        for policy in relations.hearers_of.get(event, ()):
            runs = relations.service_of_policy(policy) or not storm.services
            if not runs or (policy in relations.looping and policy in ran):
                continue
            ran.add(policy)
            follow = outcome(storm, policy, detail, failing=policy in scenario.failing)
            yield from (Follows(after, policy, event) for after in follow)
            if not follow:
                yield Runs(policy, event)
            waiting += [(after, answer_detail(storm, policy, detail, after)) for after in follow]
    kept_out = scenario.because.removeprefix("listeners/") if scenario.name == _KEPT_OUT else ""
    for event in seen:
        for listener in relations.listeners_of.get(event, ()):
            made_for_it = scenario.because == f"listeners/{listener}" and event == scenario.event
            if made_for_it or not storm.listeners[listener].where:
                yield Hears(listener, event, not (made_for_it and listener == kept_out))


def _name(storm: Storm, scenario: Scenario, then: tuple[Then, ...]) -> str:
    """What a flow is called: a sentence of ids."""
    if scenario.kind == "listener":
        listener = scenario.because.removeprefix("listeners/")
        verb = "does not hear" if scenario.name == _KEPT_OUT else "hears"
        return f"{listener} {verb} {scenario.event}"
    follows = [one for one in then if isinstance(one, Follows)]
    if scenario.kind == "fails":
        policy = scenario.because.removeprefix("policies/")
        led = [one.event for one in follows if one.by == policy]
        return f"{policy} fails and {' and '.join(led[:2])} follows"
    if scenario.kind in ("branch", "refusal"):
        return scenario.name
    answered = {one.after for one in follows}
    ends = list(dict.fromkeys(one.event for one in follows if one.event not in answered))
    if ends:
        return f"{scenario.event} leads to {' and '.join(ends[:2])}"
    runs = [one.policy for one in then if isinstance(one, Runs)]
    return f"{scenario.event} starts {runs[0]}" if runs else f"{scenario.event} is heard"


def _unique(name: str, taken: set[str]) -> str:
    wish = slug(name)[:90].strip("-") or "flow"
    number, found = 1, wish
    while found in taken:
        number += 1
        found = f"{wish}-{number}"
    taken.add(found)
    return found


def _given(storm: Storm, scenario: Scenario) -> str:
    """What has to be so before the first event."""
    if scenario.kind == "listener":
        listener = scenario.because.removeprefix("listeners/")
        said = storm.listeners[listener]
        verb = "keeps out" if scenario.name == _KEPT_OUT else "lets through"
        return f"an event that the filter of {quoted(said.title(listener))} {verb}"
    if scenario.kind == "branch":
        policy = scenario.because.removeprefix("policies/")
        return f"an event that takes a way of its own in {_policy(storm, policy)}"
    if scenario.refused:
        asking = listed([_policy(storm, policy) for policy in scenario.refused])
        return f"an event about which {asking} asks, and people who say no"
    given = _who(storm, scenario.event)
    fails = [quoted(storm.policies[policy].title(policy)) for policy in scenario.fails]
    return f"{given}, and {listed(fails)} {'fail' if len(fails) > 1 else 'fails'}" if fails else given


def _who(storm: Storm, event: str) -> str:
    """What starts an event, as a part of a sentence."""
    trigger = storm.triggers.get(event)
    if trigger is None:
        return "whatever starts it"
    if trigger.aws:
        return f"{quoted(trigger.aws.source)} says {quoted(trigger.aws.detail_type)}"
    if trigger.external:
        return f"{_plain(trigger.external)} says so"
    if trigger.schedule:
        because = f": {_plain(trigger.says)}" if trigger.says else ""
        return f"it is time, {_plain(trigger.schedule)}{because}"
    who = _plain(trigger.actor) if trigger.actor else "somebody"
    return f"{who} does {quoted(trigger.command)}" if trigger.command else f"{who} acts"


def _plain(text: str) -> str:
    return quoted(text).strip("“”")


def sentences(flow: Flow, storm: Storm) -> list[str]:
    """A flow in sentences, for people: Given, When, Then, and."""
    then = [sentence(one, storm) for one in _told(flow, storm)] or ["nothing follows"]
    return [
        f"Given {flow.given}",
        f"When {called(storm, flow.scenario.event)} is put on the bus",
        f"Then {then[0]}",
        *(f"and {one}" for one in then[1:]),
    ]


def _told(flow: Flow, storm: Storm) -> Iterator[Then]:
    """What is worth a sentence: a listener that hears everything is told once."""
    told: set[str] = set()
    for one in flow.then:
        if not isinstance(one, Hears) or one.listener not in told:
            yield one
        if isinstance(one, Hears):
            told.add(one.listener)


def sentence(then: Then, storm: Storm) -> str:
    """One thing that should be seen, in words."""
    match then:
        case Follows():
            return f"{called(storm, then.event)} follows from {_policy(storm, then.by)}"
        case Runs():
            return f"{_policy(storm, then.policy)} runs"
        case Hears():
            said = storm.listeners.get(then.listener)
            name = quoted(said.title(then.listener)) if said else repr(then.listener)
            who = f"{name} ({_plain(said.for_)})" if said and said.for_ else name
            return f"{who} {'hears' if then.heard else 'does not hear'} {called(storm, then.event)}"


def _policy(storm: Storm, policy: str) -> str:
    said = storm.policies.get(policy)
    return quoted(said.title(policy)) if said else repr(policy)
