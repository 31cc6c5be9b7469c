"""What else there is to say of a run: what did not run, what cannot be meant, what a number hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...storm.checks.finding import listed, quoted
from ..quotas import TIMEOUT_SECONDS
from .arrivals import Arrival, ByRate, Given
from .engine import Engine
from .run import QuotaUse, WorkflowUse
from .spans import span


def notes_on(
    engine: Engine, arrivals: Iterable[Arrival], uses: Sequence[WorkflowUse], quotas: Sequence[QuotaUse]
) -> Iterator[str]:
    """Sentences on a run that has ended."""
    storm = engine.network.storm
    running = {use.policy for use in uses}
    still = [key for key in storm.policies if key not in running]
    if still:
        yield f"What does not run, as it hears no event or nobody owns it (steps 3 to 6): {listed(still)}."
    if not engine.arrived:
        yield "Nothing arrived: no trigger starts an event yet (step 3), or the list was empty."
    if isinstance(arrivals, Given) and arrivals.unread:
        yield f"{arrivals.unread:,} lines of the log could not be read, and were passed over."
    if isinstance(arrivals, Given) and arrivals.late:
        yield f"{arrivals.late:,} events are older than one before them and came with it: sort them by time."
    if engine.refused:
        yield f"{engine.refused:,} of what was to arrive are no events: {engine.first_refusal}"
    if isinstance(arrivals, Given) and engine.arrived and not arrivals.timed:
        yield "The events carry no time: they arrived one a second, which says nothing of rates and queues."
    if isinstance(arrivals, Given):
        given = {route.event for route in engine.network.routes.values() if route.arrived and route.event}
        again = [storm.events[event].name for event in given if event in storm.relations.emitters_of]
        if again:
            names = listed([quoted(name) for name in sorted(again)])
            yield (
                f"{names} arrived though policies put such events on the bus themselves: where what arrives "
                "is a log of the whole bus, let only what starts something arrive."
            )
    if isinstance(arrivals, ByRate):
        yield from _rates(engine, arrivals)
    for use in uses:
        yield from _workflow(storm.policies[use.policy].title(use.policy) if use.policy else use.note, use)
    yield from _quotas(quotas)
    lost = sum(flow.lost for flow in engine.flows.values())
    if lost:
        yield f"{lost:,} flows were never finished: a part of them is a dead letter."


def _rates(engine: Engine, arrivals: ByRate) -> Iterator[str]:
    storm, seconds = engine.network.storm, engine.last_arrival
    for event, trigger in storm.triggers.items():
        if event in storm.events and event not in arrivals.rates:
            yield (
                f"{quoted(storm.events[event].name)} comes only once, {trigger.schedule}, and was left out: "
                "say a rate for it, or let it arrive from a file."
            )
    for event, rate in arrivals.rates.items():
        if event not in engine.flows and engine.arrived:
            every = 1 / (rate.a_second * engine.settings.traffic)
            yield (
                f"No {quoted(storm.events[event].name)} arrived in the {span(seconds)} of this run: "
                f"it comes every {span(every)}."
            )


def _workflow(name: str, use: WorkflowUse) -> Iterator[str]:
    if use.timed_out:
        limit = span(TIMEOUT_SECONDS[use.kind])
        remedy = " A standard workflow may wait for a day." if use.kind == "express" else ""
        yield f"{quoted(name)} timed out {use.timed_out:,} times: it may take {limit}.{remedy}"
    if use.repeated > use.ignored:
        yield (
            f"{quoted(name)} heard {use.repeated:,} events a second time and did its work again: "
            "with once: true it would do nothing."
        )
    if use.busy is not None and use.busy >= 1:
        yield (
            f"{quoted(name)} cannot keep up: it is asked for {use.busy:.0%} of its places. "
            "Its queue grows for as long as events arrive."
        )
    if use.broken:
        yield (
            f"{quoted(name)} broke for good {use.broken:,} times, and nothing on the bus says so: "
            "it has no failure branch for that."
        )
    if use.retries > use.started:
        yield (
            f"{quoted(name)} tries again more often than it starts: {use.retries:,} retries in "
            f"{use.started:,} executions, each of them more load for what breaks already."
        )
    if use.stopped:
        yield f"{quoted(name)} loops: the hop limit stopped it {use.stopped:,} times."


def _quotas(quotas: Sequence[QuotaUse]) -> Iterator[str]:
    for use in quotas:
        if use.share > 1:
            where = "In the busiest second" if use.unit == "a second" else "In all"
            remedy = "ask AWS to raise it, or spread the load" if use.adjustable else "spread the load"
            yield (
                f"{where} there are {use.used:,.0f} {use.name}, and AWS allows {use.limit:,.0f}: {remedy}."
            )
