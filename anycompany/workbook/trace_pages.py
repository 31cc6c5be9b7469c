"""What notebook 10 shows of a trace: drawn over the flow, step by step, by scenario, and what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..storm.model import Storm
from .screen import Markup, bullets, callout, line
from .table import Cell, Table
from .tables import titles

if TYPE_CHECKING:
    from ..bus.trace import Trace


def diagram(storm: Storm, trace: Trace) -> Any:
    """The flow of events and policies with how often each was seen."""
    from ..diagrams import Seen, draw

    seen = Seen(events=trace.seen_events, policies=trace.seen_policies, listeners=trace.seen_listeners)
    return draw(storm, "flow", overlay=seen)


def steps(storm: Storm, trace: Trace) -> Table:
    """Every event that was seen, in order of time within its scenario."""
    rows: list[tuple[Cell, ...]] = [
        (
            row["scenario"],
            f"{row['seconds']:.2f}",
            row["event"] or row["detail-type"],
            row["after"],
            titles(storm, "policies", [row["policy"]] if row["policy"] else []),
            row["workflow"],
            row["failed"],
            titles(storm, "listeners", row["heard by"]),
        )
        for row in trace.rows()
    ]
    columns = ("scenario", "second", "event", "after", "policy", "workflow", "failed", "heard by")
    return Table("The trace", columns, tuple(rows), "Nothing was seen.")


def summary(storm: Storm, trace: Trace) -> Table:
    """How many events, workflows and hearings each scenario had, and when its last event came."""
    import pandas

    frame = pandas.DataFrame(trace.rows())
    if frame.empty:
        return Table("By scenario", (), (), "Nothing was seen.")
    frame["hearings"] = frame["heard by"].map(len)
    frame["answered"] = frame["policy"].ne("")
    counted = frame.groupby("scenario", sort=False).agg(
        events=("event", "count"),
        answers=("answered", "sum"),
        hearings=("hearings", "sum"),
        last=("seconds", "max"),
    )
    counted["last"] = counted["last"].map("{:.2f}".format)
    rows = tuple(tuple(row) for row in counted.reset_index().astype(object).to_numpy().tolist())
    columns = ("scenario", "events", "answers of policies", "hearings of listeners", "last second")
    return Table("By scenario", columns, rows)


def not_seen(storm: Storm, trace: Trace) -> Markup:
    """What should have been seen and was not, and what no trace can show, each with the reason."""
    missed = [line(f"{note}: {why}") for note, why in trace.not_seen]
    beyond = [line(f"{note}: {why}") for note, why in trace.not_observable]
    all_seen = callout("good", "All of the design that a trace can show was seen running.")
    said = bullets("Not seen", missed) if missed else all_seen
    return said + bullets("No trace can show", beyond)
