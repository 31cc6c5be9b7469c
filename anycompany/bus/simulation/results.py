"""From what was counted to what people read: a :class:`Run` of an engine that has stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ...storm.model import Storm
from ..quotas import (
    AS_OF,
    EXPRESS_STARTS,
    INVOCATIONS,
    PUT_EVENTS,
    RULES,
    STANDARD_STARTS,
    TRANSITIONS,
    Quota,
)
from .arrivals import Arrival, Given
from .desk import BROKEN, FAILED, SUCCEEDED, TIMED_OUT, Desk
from .engine import Engine
from .load import transitions
from .loops import loops_of
from .network import Route, chunks_of
from .notes import notes_on
from .over_time import OverTime
from .ringing import Ringing
from .run import Crossing, EventUse, FlowUse, ListenerUse, QuotaUse, RuleUse, Run, WorkflowUse
from .settings import HOURS_A_MONTH
from .tally import FlowTally


def run_of(engine: Engine, arrivals: Iterable[Arrival]) -> Run:
    """What came of a run of what arrived."""
    network, storm = engine.network, engine.network.storm
    routes = [route for route in network.routes.values() if route.count]
    seconds = engine.last_arrival
    heard = Counter[str]()
    for route in routes:
        for note in route.rules:
            heard[note] += route.count
    uses = tuple(_workflow(desk, seconds) for desk in engine.desks)
    quotas = tuple(_quotas(engine))
    started = {use.policy: use.started for use in uses if use.policy}
    stopped = {use.policy: use.stopped for use in uses if use.policy}
    untimed = isinstance(arrivals, Given) and not arrivals.timed
    return Run(
        storm=storm.name,
        settings=engine.settings,
        arrived=engine.arrived,
        seconds=seconds,
        ended=engine.ended,
        a_month=None if untimed or not seconds else HOURS_A_MONTH * 3_600 / seconds,
        events=tuple(_events(routes)),
        rules=tuple(RuleUse(note, heard[note]) for note in network.rules),
        workflows=uses,
        crossings=tuple(_crossings(storm, routes)),
        listening=tuple(_listening(storm, routes, engine.ringing)),
        flows=tuple(_flow(tally) for tally in engine.flows.values()),
        loops=loops_of(storm, started, stopped),
        quotas=quotas,
        notes=(*network.notes, *engine.notes, *notes_on(engine, arrivals, uses, quotas)),
        over_time=_over_time(engine),
        _trace=engine.tracer.trace(),
    )


def _events(routes: list[Route]) -> Iterator[EventUse]:
    """Routes of one event counted together: they differ in the listeners' filters only."""
    together: dict[tuple[str, str, str], list[Route]] = {}
    for route in routes:
        together.setdefault((route.event, route.source, route.detail_type), []).append(route)
    for (event, source, detail_type), same in together.items():
        yield EventUse(
            event=event,
            name=same[0].name,
            source=source,
            detail_type=detail_type,
            count=sum(route.count for route in same),
            given=sum(route.arrived for route in same),
            unheard=sum(route.count for route in same if not route.rules),
            unanswered=sum(route.count for route in same if not route.workflows),
            own_bus=same[0].own_bus,
            bytes=sum(_bytes(route) for route in same),
            chunks=sum(_chunks(route) for route in same),
        )


def _listening(storm: Storm, routes: list[Route], ringing: Ringing) -> Iterator[ListenerUse]:
    heard: dict[str, list[Route]] = {key: [] for key in storm.listeners}
    for route in routes:
        for key in route.listeners:
            heard[key].append(route)
    for key, found in heard.items():
        count = sum(route.count for route in found)
        size, chunks = sum(_bytes(route) for route in found), sum(_chunks(route) for route in found)
        yield ListenerUse(key, count, size, chunks, ringing.rang(key))


def _bytes(route: Route) -> int:
    return route.given_bytes + (route.count - route.measured) * route.bytes


def _chunks(route: Route) -> int:
    return route.given_chunks + (route.count - route.measured) * chunks_of(route.bytes)


def _workflow(desk: Desk, seconds: float) -> WorkflowUse:
    workflow, ended = desk.workflow, desk.ended
    started = desk.service.count
    waited = desk.wait.count
    desk.wait.zeros(started - waited)
    places = desk.at_once if isinstance(desk.at_once, int) else 0
    worked = desk.service.total - desk.waited_for_people
    good, bad = transitions(workflow), transitions(workflow, failed=True)
    return WorkflowUse(
        note=workflow.note,
        policy=workflow.policy,
        service_id=workflow.service,
        kind=workflow.kind,
        started=started,
        succeeded=ended[SUCCEEDED],
        failed=ended[FAILED],
        broken=ended[BROKEN],
        timed_out=ended[TIMED_OUT],
        retries=desk.retries,
        stopped=desk.stopped,
        redelivered=desk.redelivered,
        dead_letters=desk.dead_letters,
        redriven=desk.redriven,
        repeated=desk.repeated,
        ignored=desk.ignored,
        service=desk.service.latency(),
        wait=desk.wait.latency(),
        most_running=desk.most_running,
        longest_queue=desk.longest_queue,
        busy=worked / (seconds * places) if places and seconds else None,
        billed=desk.billed,
        transitions=(started - ended[FAILED]) * good + ended[FAILED] * bad + desk.retries,
        tasks=workflow.tasks,
        functions=workflow.functions,
        worked=worked,
    )


def _crossings(storm: Storm, routes: list[Route]) -> Iterator[Crossing]:
    counted = Counter[tuple[str, str, str, str]]()
    for route in routes:
        owner = storm.relations.owner_of(route.event) if route.event else None
        for workflow in route.workflows:
            if workflow.policy and owner and workflow.service and owner != workflow.service:
                counted[route.event, workflow.policy, owner, workflow.service] += route.count
    for place, count in counted.items():
        yield Crossing(*place, count)


def _over_time(engine: Engine) -> OverTime:
    return OverTime(
        engine.load.slices.course(),
        {desk.workflow.note: desk.waiting.course() for desk in engine.desks if desk.longest_queue},
        {start: flow.total.histogram() for start, flow in engine.flows.items()},
    )


def _flow(tally: FlowTally) -> FlowUse:
    latencies = {event: found for event, spread in tally.reached.items() if (found := spread.latency())}
    return FlowUse(
        tally.start,
        tally.count,
        tally.alone,
        tally.lost,
        tally.total.latency(),
        latencies,
        tally.most_hops,
    )


def _quotas(engine: Engine) -> Iterator[QuotaUse]:
    peaks = {measure: peak.most for measure, peak in engine.load.peaks.items()}
    used: list[tuple[Quota, float]] = [
        (RULES, len(engine.network.rules)),
        (PUT_EVENTS, peaks["puts"]),
        (INVOCATIONS, peaks["invocations"]),
        (EXPRESS_STARTS, peaks["express"]),
        (STANDARD_STARTS, peaks["standard"]),
        (TRANSITIONS, peaks["transitions"]),
    ]
    for quota, much in used:
        share = much / quota.limit
        yield QuotaUse(
            quota.name, much, quota.limit, quota.unit, share, quota.adjustable, quota.source, AS_OF
        )
