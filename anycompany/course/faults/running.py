"""Checks of faults that run the storm: events through its rules and workflows, and what that costs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ...bus.contract import (
    NeverMatches,
    can_match,
    compare,
    event_schema,
    example_detail,
    violations,
)
from ...bus.contract.schema import detail_schema
from ...bus.pattern import matches, parse
from ...bus.rules import listening_pattern
from ...bus.scenarios import Scenario
from ...bus.simulation import Run, Settings, of_scenarios, simulate
from ...bus.simulation.bill import bill as bill_of
from ...storm.checks.finding import listed
from ...storm.checks.loops import endless_cycles
from ...storm.errors import StormError
from ...storm.model import Storm
from .case import Asked, Case

A_MONTH = 30_000
"""A thousand a day: what one flow costs is told for so many."""

_MOST_HOPS = 200


def _run(storm: Storm, event: str) -> Run:
    """The storm after one event, in the model of its rules and workflows."""
    scenario = Scenario("", event, "actor", dict(example_detail(storm, event)))
    settings = Settings(most_hops=_MOST_HOPS, most_events=5_000, traced=0)
    return simulate(storm, of_scenarios(storm, [scenario]), settings)


def flow(case: Case, asked: Asked) -> Iterator[str]:
    """One event, put on the bus, leads to what it has to, and not to what it must not."""
    start = case.event(asked["start"])
    if start is None:
        yield f"There is no event that says {case.called(asked['start'])}, and it has to be there."
        return
    run = _run(case.now, start)
    seen = {use.event for use in run.events if use.count}
    gone = [one for one in asked.get("reaches", ()) if case.event(one) not in seen]
    if gone:
        told = listed([case.called(one) for one in gone])
        said = f"{case.called(asked['start'])} was put on the bus, and {told} did not follow"
        yield f"{said}: the behaviour is gone."
    more = [one for one in asked.get("not", ()) if case.event(one) in seen]
    if more:
        told = listed([case.called(one) for one in more])
        yield f"{case.called(asked['start'])} was put on the bus, and {told} followed too."


def no_loop(case: Case, asked: Asked) -> Iterator[str]:
    """No policy may wake itself again for ever."""
    for cycle in list(endless_cycles(case.now))[:3]:
        yield f"It still goes round: {cycle.told}"


def bill(case: Case, asked: Asked) -> Iterator[str]:
    """What the flow of the fault costs, at most so much of what it cost before."""
    start = next(one["start"] for one in case.fault.asks if one["kind"] == "flow")
    own = case.event(start)
    if own is None:
        return
    before, now = _costs(case.before, start), _costs(case.now, own)
    rounds = max(use.count for use in _run(case.before, start).events)
    case.measured.append(
        f"{A_MONTH:,} a month cost ${before:,.2f} before, where the model gave up after {rounds} rounds "
        f"each, and cost ${now:,.2f} now."
    )
    if now > before * float(asked["at-most"]):
        yield f"It costs ${now:,.2f} still: the bill has hardly fallen."


def _costs(storm: Storm, event: str) -> float:
    from ...files.prices import read_prices

    cost = bill_of(storm, _run(storm, event), read_prices(None)).total
    schemas = bill_of(storm, simulate(storm, (), Settings(traced=0)), read_prices(None)).total
    return max(0.0, cost - schemas) * A_MONTH if math.isfinite(cost) else math.inf


def heard(case: Case, asked: Asked) -> Iterator[str]:
    """An event with this detail reaches the audience."""
    if not _hears(case, asked):
        yield f"{case.called(asked['event'])} with {_detail(asked)} does not reach {asked['for']}."


def not_heard(case: Case, asked: Asked) -> Iterator[str]:
    """An event with this detail does not reach the audience."""
    if _hears(case, asked):
        said = f"{case.called(asked['event'])} with {_detail(asked)} reaches {asked['for']}"
        yield f"{said}, who cannot read them all."


def _detail(asked: Asked) -> str:
    return ", ".join(f"{key} {value}" for key, value in asked["detail"].items())


def _hears(case: Case, asked: Asked) -> bool:
    own = case.event(asked["event"])
    if own is None:
        return False
    source, detail_type = case.now.relations.address_of[own]
    detail = {**example_detail(case.now, own), **_as_called(case, own, asked["detail"])}
    event = {"source": source, "detail-type": detail_type, "detail": detail}
    return any(_matches(case.now, key, event) for key in case.listeners_of(asked["for"]))


def _as_called(case: Case, own: str, detail: dict[str, Any]) -> dict[str, Any]:
    """A detail with its numbers written as the contract has them now: as texts where it says so."""
    contract = case.now.contracts.get(own)
    fields = contract.fields_ if contract else {}
    given = dict(detail)
    for key, value in detail.items():
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        if not numeric:
            continue
        if key in fields and fields[key].type == "string":
            given[key] = f"{value:.2f}"
        others = [
            name for name, one in fields.items() if one.type in ("number", "integer") and name not in detail
        ]
        if len(others) == 1:  # the one number of the contract, under another name
            given[others[0]] = value
    return given


def _matches(storm: Storm, listener: str, event: dict[str, Any]) -> bool:
    try:
        return bool(matches(parse(listening_pattern(storm, listener)), event)) and _listens(storm, listener)
    except StormError:
        return False


def _listens(storm: Storm, listener: str) -> bool:
    said = storm.listeners[listener]
    return bool(said.hears)


def can_match_all(case: Case, asked: Asked) -> Iterator[str]:
    """Every rule of the audience can match an event that keeps its contract."""
    listeners = case.listeners_of(asked["for"])
    if not listeners:
        yield f"Nobody listens for {asked['for']} any more: the behaviour is gone."
    for key in listeners:
        said = case.now.listeners[key]
        try:
            pattern = parse(listening_pattern(case.now, key))
        except StormError as error:
            yield f"EventBridge refuses the filter: {error.what}"
            continue
        events = [
            one for one in (case.now.events if said.hears == "all" else said.hears) if one in case.now.events
        ]
        answers = [can_match(pattern, event_schema(case.now, event)) for event in events]
        never = [one for one in answers if isinstance(one, NeverMatches)]
        if not answers or len(never) == len(answers):
            because = never[0].because if never else "it hears no event."
            yield f"The rule of {asked['for']} can never match: {because}"


def example(case: Case, asked: Asked) -> Iterator[str]:
    """The example of an event's contract keeps the contract."""
    own = case.event(asked["event"])
    contract = case.now.contracts.get(own) if own else None
    if own is None or contract is None:
        yield f"{case.called(asked['event'])} has no contract any more."
        return
    for one in list(violations(detail_schema(contract.fields_), contract.example or {}))[:3]:
        yield f"The example of {case.called(asked['event'])} does not keep its contract: {one}."


def compatible(case: Case, asked: Asked) -> Iterator[str]:
    """Whoever relied on what was published reads the events of now."""
    from ...files import read_storm

    published = read_storm(case.fault.folder / str(asked["with"]))
    for event in published.contracts:
        own = case.event(event)
        if own is None:
            yield f"{case.called(event)} is gone, and others hear it."
            continue
        if case.now.relations.address_of[own][1] != published.relations.address_of[event][1]:
            yield f"{case.called(event)} has another detail-type on the bus than before: nobody hears it."
        if own not in case.now.contracts:
            yield f"{case.called(event)} has no contract any more."
            continue
        found = compare(event_schema(published, event), event_schema(case.now, own))
        for one in found.differences:
            if "forward" in one.breaks and "detail-type" not in one.path and one.path != "source":
                yield f"It breaks those who rely on {case.called(event)}: {one.what}"
