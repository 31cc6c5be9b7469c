"""The tables of a simulated day: what is used how often, how long it takes, what it comes near to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..storm.coupling import coupling
from .charts import dollars
from .costs import bill_of, cost
from .latency_plot import short
from .naming import called
from .simulated import A_DAY, Simulation
from .table import Cell, Table

if TYPE_CHECKING:
    from ..bus.simulation import Run
    from ..bus.simulation.measuring import Latency

NOTHING = "Nothing arrives yet: there is no event that anything starts."
NO_WORK = "No policy yet: nothing is done when an event happens."


def assumptions(simulation: Simulation) -> Table:
    """What the day goes by: rates, times and odds, each said by the team or assumed."""
    rows = tuple(
        (one.about, one.value, "said" if one.said else "assumed") for one in simulation.assumptions()
    )
    return Table("What the simulation goes by", ("what", "how", "by whom"), rows, NOTHING)


def usage(simulation: Simulation) -> Table:
    """How often each event, workflow and listener is used, a day and a month."""
    run, storm = simulation.run, simulation.storm
    counted = {use.event: use for use in run.events if use.event}

    def rows() -> Iterator[tuple[Cell, ...]]:
        for event in storm.relations.in_order:
            use = counted.get(event)
            said = f"heard by no rule {use.unheard:,} times" if use and use.unheard else ""
            yield _used("event", storm.events[event].name, use.count if use else 0, run, said)
        for use in (use for use in run.events if not use.event):
            yield _used("unknown event", use.called, use.count, run, "the storm does not know it")
        for workflow in run.workflows:
            name = called(storm, workflow.note)
            yield _used("rule and workflow", name, workflow.started, run)
        for heard in run.listening:
            listener = storm.listeners[heard.listener]
            limit = listener.more_than
            said = f"rings {heard.rang:,} times: more than {limit.count} in {limit.within}" if limit else ""
            yield _used("rule and listener", listener.title(heard.listener), heard.count, run, said)

    columns = ("kind", "which", "times a day", "times a month", "remark")
    return Table("How often each is used", columns, tuple(rows()), NOTHING)


def _used(kind: str, name: str, count: int, run: Run, remark: str = "") -> tuple[Cell, ...]:
    return (kind, name, a_day(count, run), a_month(count, run), remark if count else "never used")


def workflows(simulation: Simulation) -> Table:
    """How the workflows ran: how they ended, how long they took and waited, how many at once."""
    rows = tuple(
        (
            called(simulation.storm, use.note),
            use.kind,
            use.started,
            use.succeeded,
            use.failed,
            use.broken + use.timed_out,
            use.retries,
            _at(use.service, "p50"),
            _at(use.service, "p95"),
            _at(use.wait, "p95"),
            use.most_running,
            use.longest_queue,
        )
        for use in simulation.run.workflows
    )
    columns = (
        *("workflow", "kind", "ran", "succeeded", "failed", "broke", "retries"),
        *("takes, p50", "takes, p95", "waits, p95", "most at once", "longest queue"),
    )
    return Table("Workflows", columns, rows, NO_WORK)


def latencies(simulation: Simulation) -> Table:
    """How long it takes until nothing more follows from an event, in percentiles."""
    events = simulation.storm.events
    marks = ("p50", "p90", "p95", "p99", "most")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            events[flow.start].name if flow.start in events else flow.start,
            flow.count,
            *(_at(flow.total, mark) for mark in marks),
            flow.lost,
        )
        for flow in simulation.run.flows
    )
    columns = ("flow from", "times", "p50", "p90", "p95", "p99", "longest", "lost")
    return Table("Latencies", columns, rows, NOTHING)


def unheard(simulation: Simulation) -> Table:
    """Events that nobody heard, and those that only listeners did: normal, and worth knowing."""
    rows = tuple(
        (
            use.name or use.called,
            use.count,
            use.unheard,
            use.unanswered - use.unheard,
            use.count - use.unanswered,
        )
        for use in simulation.run.events
        if use.unheard
    )
    columns = ("event", "on the bus", "heard by nobody", "by listeners only", "answered")
    empty = "Every event that was put on the bus was heard." if simulation.run.events else NOTHING
    return Table("Events nobody heard", columns, rows, empty)


def loops(simulation: Simulation) -> Table:
    """Policies that may start each other again, with the condition that would break the loop."""
    rows = tuple(
        (
            loop.told,
            " or ".join(loop.ends_when) or "nothing that the storm says",
            loop.rounds,
            loop.stopped,
        )
        for loop in simulation.run.loops
    )
    columns = ("loop", "ends when", "rounds at most", "stopped by the hop limit")
    return Table("Loops", columns, rows, "No policies can start each other again.")


def quotas(simulation: Simulation) -> Table:
    """How much of AWS's quotas the day uses, the fullest first."""
    used = sorted(simulation.run.quotas, key=lambda quota: -quota.share)
    rows = tuple(
        (
            quota.name,
            f"{quota.used:,.0f}",
            f"{quota.limit:,.0f}",
            quota.unit,
            f"{quota.share:.2%}",
            "yes" if quota.adjustable else "no",
            _guide(quota.source),
        )
        for quota in used
    )
    columns = ("quota", "used at most", "limit", "per", "share", "can be raised", "AWS guide")
    as_of = ", ".join(sorted({quota.as_of for quota in used}))
    return Table(f"AWS quotas, as of {as_of}", columns, rows)


def what_ifs(simulation: Simulation) -> Table:
    """The same day with twice the traffic, and with the busiest service down for an hour."""
    runs = [("as it is", simulation.run)]
    if not simulation.run.arrived:
        return Table("What if", ("",), (), NOTHING)
    runs += [(one.name, one.run) for one in simulation.what_ifs]
    measures: tuple[tuple[str, Callable[[Run], Cell]], ...] = (
        ("events on the bus a day", lambda run: a_day(sum(use.count for use in run.events), run)),
        ("slowest flow, p95", lambda run: _slowest(run, "p95")),
        ("slowest flow, longest", lambda run: _slowest(run, "most")),
        ("longest queue", lambda run: max((use.longest_queue for use in run.workflows), default=0)),
        ("most workflows at once", lambda run: max((use.most_running for use in run.workflows), default=0)),
        ("tries of delivery again", lambda run: sum(use.redelivered for use in run.workflows)),
        ("dead letters", lambda run: sum(use.dead_letters for use in run.workflows)),
        ("fullest quota", _fullest),
        ("cost a month", lambda run: dollars(bill_of(simulation.storm, run).total)),
    )
    rows = tuple((name, *(f"{_plain(measure(run))}" for _, run in runs)) for name, measure in measures)
    return Table("What if", ("measure", *(name for name, _ in runs)), rows)


def traffic(simulation: Simulation) -> Table:
    """How many events cross each border a day and a month, the busiest first."""
    storm, run = simulation.storm, simulation.run
    counts = {use.event: use.count for use in run.events}
    found = sorted(coupling(storm).crossings, key=lambda one: -counts.get(one.event, 0))
    total = sum(counts.get(one.event, 0) for one in found)
    rows = tuple(
        (
            storm.contexts[one.giver].title(one.giver),
            storm.contexts[one.taker].title(one.taker),
            storm.events[one.event].name,
            storm.policies[one.policy].title(one.policy) if one.policy in storm.policies else one.policy,
            a_day(counts.get(one.event, 0), run),
            a_month(counts.get(one.event, 0), run),
            f"{counts.get(one.event, 0) / total:.0%}" if total else "",
        )
        for one in found
    )
    columns = ("from", "to", "event", "for policy", "a day", "a month", "share")
    empty = "Nothing crosses a border." if storm.contexts else "No context yet: nothing can cross a border."
    return Table("Borders, weighed by a simulated day", columns, rows, empty)


SIMULATED: dict[str, Callable[[Simulation], Table]] = {
    "assumptions": assumptions,
    "usage": usage,
    "workflows": workflows,
    "latencies": latencies,
    "unheard": unheard,
    "loops": loops,
    "quotas": quotas,
    "what-ifs": what_ifs,
    "cost": cost,
    "traffic": traffic,
}
"""Every table of a simulation, by the name a notebook cell calls it."""


def _guide(source: str) -> str:
    """The guide that a page of AWS's documentation belongs to.

    >>> _guide("https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html")
    'Step Functions'
    """
    name = source.removeprefix("https://docs.aws.amazon.com/").partition("/")[0]
    return {"eventbridge": "EventBridge", "step-functions": "Step Functions"}.get(name, name)


def a_day(count: int, run: Run) -> Cell:
    """A count in a day, from what was counted in the run."""
    return round(count * A_DAY / run.seconds) if run.a_month else count


def a_month(count: int, run: Run) -> Cell:
    """A count in a month (730 hours, as AWS counts), from what was counted in the run."""
    return round(count * run.a_month) if run.a_month else None


def _at(latency: Latency | None, mark: str) -> str:
    return short(getattr(latency, mark)) if latency else ""


def _slowest(run: Run, mark: str) -> str:
    values = [getattr(flow.total, mark) for flow in run.flows if flow.total]
    return short(max(values)) if values else ""


def _fullest(run: Run) -> str:
    quota = max((one for one in run.quotas if one.unit == "a second"), key=lambda one: one.share)
    return f"{quota.share:.2%} of {quota.name}"


def _plain(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
