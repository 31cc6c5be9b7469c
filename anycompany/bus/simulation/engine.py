"""The run itself: what happens next, in order of time, from a heap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from typing import Any

from ...storm.errors import StormError
from ..marker import marker_of
from .arrivals import Arrival, ByRate, Given, in_order
from .desk import BROKEN, FAILED, SUCCEEDED, TIMED_OUT, Desk
from .load import Load
from .network import Kind, Network
from .outage import LONGEST_SECONDS, is_within, next_delivery
from .ringing import Ringing
from .settings import Settings, Work
from .spans import span
from .tally import Flow, FlowTally, Token
from .tracing import Answer, Traced, Tracer

# What an entry of the heap stands for: 0 to 3 are how an execution ends, which lets the next one begin.
_WORKED, _DELIVERED, _REDRIVEN, _REPEATED = 4, 5, 6, 7
_AFTER_PEOPLE = 10
_TURNS_BETWEEN_FLUSHES = 20_000
_TRANSLATING = Work()

REPEATED_AFTER = 60.0
"""Seconds until an event is delivered a second time, where it is; AWS does not say how long that takes."""

UNSAID_SHARE = 0.25
"""How much of the time that they have people take for an answer, where nobody has said how long."""

MOST_AT_ONCE = 500_000
"""Executions that may be open in a run where each leads to many more, before it ends."""

Entry = tuple[float, int, int, Desk, Token, Any]
"""On the heap: when, in which order, what, where, with which event, and what else has to be known then."""

Progress = Callable[[int, int, str], None]
"""Told how many events have arrived, of how many (0 if nobody knows), and what is done now."""


class Engine:
    """A storm that runs.

    Parameters
    ----------
    network : the storm, ready to run.
    settings : how it runs.
    """

    def __init__(self, network: Network, settings: Settings) -> None:
        self.network = network
        self.settings = settings
        self.desks = [self._desk(number) for number in range(len(network.workflows))]
        self.flows: dict[str, FlowTally] = {}
        self.load = Load()
        self.ringing = Ringing(network.storm)
        self.tracer = Tracer(network.storm, f"simulated-{settings.seed}")
        self.arrived = 0
        self.last_arrival = 0.0
        self.ended = 0.0
        self.notes: list[str] = []
        self.refused = 0
        self.first_refusal = ""
        self._lenient = False
        self._heap: list[Entry] = []
        self._turn = 0
        self._letters = 0

    def _desk(self, number: int) -> Desk:
        workflow, said = self.network.workflows[number], self.settings
        work = said.workflows.get(workflow.policy, said.otherwise) if workflow.policy else _TRANSLATING
        outages = [
            (down.after * 3_600, (down.after + down.hours) * 3_600)
            for down in said.down
            if down.service == workflow.service
        ]
        return Desk(workflow, work, outages, said.seed)

    def run(self, arrivals: Iterable[Arrival], progress: Progress | None = None) -> None:
        """Let everything arrive, and happen until nothing more does.

        Raises
        ------
        StormError
            for something that arrives and is no event, or at no time; in a log such things are counted.
        """
        heap, coming = self._heap, in_order(arrivals, self.settings)
        self._lenient = isinstance(arrivals, Given)
        repeated = self._repeated(arrivals)
        following = next(coming, None)
        flush_at = _TURNS_BETWEEN_FLUSHES
        while heap or following is not None:
            if self._turn >= flush_at:
                flush_at = self._turn + _TURNS_BETWEEN_FLUSHES
                if not self._may_go_on(progress):
                    break
            if heap and (following is None or heap[0][0] <= following[0]):
                self._next(*heappop(heap))
            elif following is not None:
                self._arrive(following, repeated)
                following = next(coming, None)
        self.flush()

    def _repeated(self, arrivals: Iterable[Arrival]) -> dict[int, Kind]:
        """The kinds of events that arrive again and again, by identity: they live as long as the rates do."""
        if not isinstance(arrivals, ByRate):
            return {}
        return {id(event): self.network.kind_of(event) for event in arrivals.templates.values()}

    def _may_go_on(self, progress: Progress | None) -> bool:
        self.flush()
        if progress:
            progress(self.arrived, self.settings.count or 0, f"{self.load.events:,} events on the bus")
        open_ones = len(self._heap) + sum(len(desk.queue) for desk in self.desks)
        too_many = open_ones > max(MOST_AT_ONCE, 4 * self.arrived)
        if self.load.events <= self.settings.most_events and not too_many:
            return True
        self.notes.append(
            f"The run ended after {self.load.events:,} events, {span(self.ended)} after its beginning, with "
            f"{open_ones:,} executions still to end: "
            + ("each leads to many more." if too_many else "that is more than most_events allows.")
        )
        return False

    def flush(self) -> None:
        """Put what was noted one by one into the measures."""
        self.ringing.flush(self.network.routes.values())
        self.load.flush(self.network.routes.values())
        for desk in self.desks:
            desk.flush()
        for flow in self.flows.values():
            flow.flush()

    def _arrive(self, arrival: tuple[float, Any, str], repeated: dict[int, Kind]) -> None:
        at, event, scenario = arrival
        kind, hops = repeated.get(id(event)), 0
        if kind is None:
            try:
                kind = self.network.kind_of(event)
            except StormError as error:
                if not self._lenient:
                    raise
                self.refused += 1
                self.first_refusal = self.first_refusal or f"{error.where}: {error.what}"
                return
            kind.route.measure(self.network.size_of(event))
            hops = _hops_of(event) if kind.marked else 0
        route = kind.route
        tally = self.flows.get(route.start)
        if tally is None:
            tally = self.flows[route.start] = FlowTally(route.start)
        traced, mark = None, ""
        if self.arrived < self.settings.traced:
            traced = Traced(self.arrived, scenario or route.name)
            mark = self.tracer.event(traced, at, route)
        self.arrived += 1
        self._turn += 1
        self.last_arrival = at
        tally.count += 1
        route.arrived += 1
        flow = Flow(at, tally, traced)
        self._put(at, (kind, flow, hops, mark))
        if not flow.open:
            tally.alone += 1

    def _put(self, at: float, token: Token) -> None:
        """Put an event on the bus, and start whoever hears it."""
        route = token[0].route
        route.times.append(at)
        for workflow in route.workflows:
            token[1].open += 1
            desk = self.desks[workflow.number]
            if self.settings.twice and desk.twice() < self.settings.twice:
                token[1].open += 1
                self._push(at + REPEATED_AFTER, _REPEATED, desk, token, at + REPEATED_AFTER)
            if desk.outages and is_within(at, desk.outages):
                self._deliver_later(at, desk, token)
            else:
                self._start(at, desk, token, at)

    def _start(self, at: float, desk: Desk, token: Token, since: float) -> None:
        """Start an execution, or let it wait until one before it has ended."""
        if desk.running >= desk.at_once:
            desk.queue.append((token, since))
            desk.longest_queue = max(desk.longest_queue, len(desk.queue))
            desk.queued.append((at, len(desk.queue)))
            return
        if at > since:
            desk.waits.append(at - since)
        workflow, (kind, flow, hops, _) = desk.workflow, token
        if workflow.looping and hops >= self.settings.most_hops:
            desk.stopped += 1
            self._close(at, flow)
            return
        desk.running += 1
        if desk.running > desk.most_running:  # noqa: PLR1730  # max() takes twice as long, for every event
            desk.most_running = desk.running
        told = bool(kind.told) and bool(workflow.fails) and workflow.policy in kind.told
        if desk.draw is None:
            seconds, outcome = desk.seconds(), FAILED if told else SUCCEEDED
        else:
            seconds, outcome, retries = desk.draw(told)
            desk.retries += retries
        waits = desk.people() * 3_600 if desk.people and outcome <= FAILED else 0.0
        if workflow.answer_within and outcome <= FAILED:
            within = self.network.answer_within(kind, workflow)
            waits = min(waits if desk.people else within * UNSAID_SHARE, within)
            if waits and waits == within:
                outcome = FAILED if workflow.fails else BROKEN
        if seconds + waits > desk.timeout:
            seconds = min(seconds, desk.timeout)
            waits, outcome = desk.timeout - seconds, TIMED_OUT
        desk.services.append(seconds + waits)
        if waits:
            desk.waited_for_people += waits
            self._push(at + seconds, _WORKED, desk, token, (outcome, waits))
        else:
            self._turn += 1
            heappush(self._heap, (at + seconds, self._turn, outcome, desk, token, None))

    def _push(self, at: float, what: int, desk: Desk, token: Token, more: Any) -> None:
        self._turn += 1
        heappush(self._heap, (at, self._turn, what, desk, token, more))

    def _next(self, at: float, _: int, what: int, desk: Desk, token: Token, more: Any) -> None:
        """Let the next thing happen."""
        self.ended = at
        if what <= TIMED_OUT:
            self._end(at, what, desk, token)
            desk.running -= 1
            if desk.queue:
                self._free(at, desk)
        elif what >= _AFTER_PEOPLE:
            self._end(at, what - _AFTER_PEOPLE, desk, token)
        elif what == _WORKED:
            outcome, waits = more
            self._push(at + waits, _AFTER_PEOPLE + outcome, desk, token, None)
            desk.running -= 1
            self._free(at, desk)
        elif what == _REPEATED and (desk.workflow.once or is_within(at, desk.outages)):
            desk.repeated += 1
            desk.ignored += 1
            self._close(at, token[1])
        elif what == _DELIVERED or not is_within(at, desk.outages):
            desk.redriven += what == _REDRIVEN
            desk.repeated += what == _REPEATED
            self._start(at, desk, token, more)
        else:
            self._lose(at, token[1])

    def _free(self, at: float, desk: Desk) -> None:
        """Let the first that waits begin."""
        while desk.queue and desk.running < desk.at_once:
            desk.queued.append((at, len(desk.queue)))
            self._start(at, desk, *desk.queue.popleft())

    def _end(self, at: float, outcome: int, desk: Desk, token: Token) -> None:
        """End an execution: what it puts on the bus is put there now."""
        desk.ended[outcome] += 1
        heard, flow, hops, after = token
        if outcome <= FAILED:
            workflow, failed = desk.workflow, outcome == FAILED
            kinds = self.network.follow(heard, workflow, failed)
            if workflow.looping or heard.marked:
                hops += 1
                flow.tally.most_hops = max(flow.tally.most_hops, hops)
            began, reached_at, mark = flow.began, flow.tally.reached_at, ""
            for kind in kinds:
                reached_at[kind.route].append(at - began)
                if flow.traced is not None:
                    answer = Answer(after, workflow, failed)
                    mark = self.tracer.event(flow.traced, at, kind.route, answer)
                self._put(at, (kind, flow, hops, mark))
            if not kinds and flow.traced is not None:
                self.tracer.silent(flow.traced, at, Answer(after, workflow, failed))
        self._close(at, flow)

    def _close(self, at: float, flow: Flow) -> None:
        flow.open -= 1
        if not flow.open:
            if flow.lost:
                flow.tally.lost += 1
            else:
                flow.tally.totals.append(at - flow.began)

    def _lose(self, at: float, flow: Flow) -> None:
        flow.lost = True
        self._close(at, flow)

    def _deliver_later(self, at: float, desk: Desk, token: Token) -> None:
        """Try again as EventBridge does; what it gives up is a dead letter, which may be put back."""
        delivered, tries = next_delivery(at, desk.outages, desk.random)
        desk.redelivered += tries
        if delivered is not None:
            self._push(delivered, _DELIVERED, desk, token, at)
            return
        desk.dead_letters += 1
        redrive = self.settings.redrive
        if redrive is None:
            self._lose(at, token[1])
            return
        self._letters += 1
        back = max(redrive.after * 3_600, at + LONGEST_SECONDS) + self._letters / redrive.per_second
        self._push(back, _REDRIVEN, desk, token, at)


def _hops_of(event: Any) -> int:
    hops = marker_of(event).get("hops", 0)
    return hops if isinstance(hops, int) and 0 <= hops <= 1_000_000 else 0
