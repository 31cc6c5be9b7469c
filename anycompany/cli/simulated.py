"""What `anycompany simulate` prints of a run: tables for people, one document for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from .output import Format, say, show

if TYPE_CHECKING:
    from anycompany.bus.simulation import Run
    from anycompany.bus.simulation.bill import Bill
    from anycompany.bus.simulation.measuring import Latency

_MOST_LINES = 40


@dataclass(frozen=True)
class Shown:
    """A run, and what it costs."""

    run: Run
    bill: Bill

    def document(self) -> dict[str, Any]:
        """Both as data that JSON can hold."""
        return {"run": self.run.as_json(), "bill": asdict(self.bill) | {"total": self.bill.total}}


def show_run(shown: Shown, other: Shown | None, format_: Format) -> None:
    """Print a run and, if there is another under a change, how it differs."""
    if format_ is Format.JSON:
        print(json.dumps(shown.document() | ({"what_if": other.document()} if other else {}), indent=2))
        return
    from anycompany.bus.simulation.spans import span

    run, bill = shown.run, shown.bill
    total = sum(use.count for use in run.events)
    say(f"{run.arrived:,} events arrived in {span(run.seconds)}; {total:,} were on the bus.")
    for title, rows in _tables(run):
        if rows:
            say(title)
            show(rows[:_MOST_LINES], list(rows[0]), Format.TABLE, empty="")
            if len(rows) > _MOST_LINES:
                say(f"… and {len(rows) - _MOST_LINES} more: --format json has all of them.")
    say(f"What {bill.period} costs: {bill.currency} {bill.total:,.2f}, at list prices of {bill.region}")
    lines = [{"of": line.of, "service": line.aws, "arithmetic": line.told} for line in bill.lines]
    show(lines[:_MOST_LINES], ["of", "service", "arithmetic"], Format.TABLE, empty="Nothing costs anything.")
    if other:
        _show_differences(shown, other)
    for note in run.notes:
        say(f"- {note}")


def _tables(run: Run) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield (
        "Events",
        [
            {
                "event": use.name,
                "on the bus": f"{use.count:,}",
                "arrived": f"{use.given:,}",
                "heard by no rule": f"{use.unheard:,}" if use.unheard else "",
                "answered by no workflow": f"{use.unanswered:,}" if use.unanswered else "",
            }
            for use in run.events
        ],
    )
    yield (
        "Workflows",
        [
            {
                "workflow": use.policy or use.note,
                "ran": f"{use.started:,}",
                "failed": _share(use.failed, use.started),
                "broke": _share(use.broken + use.timed_out, use.started),
                "takes p50": _seconds(use.service, "p50"),
                "takes p95": _seconds(use.service, "p95"),
                "waits p95": _seconds(use.wait, "p95"),
                "at once": f"{use.most_running:,}",
                "longest queue": f"{use.longest_queue:,}" if use.longest_queue else "",
                "busy": f"{use.busy:.0%}" if use.busy is not None else "",
                "dead letters": f"{use.dead_letters:,}" if use.dead_letters else "",
            }
            for use in run.workflows
        ],
    )
    yield (
        "Flows, from what arrived to the last that followed",
        [
            {
                "started by": flow.start,
                "flows": f"{flow.count:,}",
                "p50": _seconds(flow.total, "p50"),
                "p95": _seconds(flow.total, "p95"),
                "p99": _seconds(flow.total, "p99"),
                "never finished": f"{flow.lost:,}" if flow.lost else "",
            }
            for flow in run.flows
        ],
    )
    yield (
        "From service to service",
        [
            {
                "event": use.event,
                "of": use.of,
                "heard by": f"{use.policy} of {use.by}",
                "times": f"{use.count:,}",
            }
            for use in run.crossings
        ],
    )
    yield "Listeners", [{"listener": key, "heard": f"{count:,}"} for key, count in run.listeners.items()]
    yield (
        "Loops",
        [
            {
                "loop": loop.told,
                "ends when": " or ".join(loop.ends_when) or "never",
                "rounds at most": f"{loop.rounds:,}",
                "stopped": f"{loop.stopped:,}",
            }
            for loop in run.loops
        ],
    )
    yield (
        "Quotas of AWS",
        [
            {
                "quota": use.name,
                "used": f"{use.used:,.0f} {use.unit}",
                "limit": f"{use.limit:,.0f}",
                "share": f"{use.share:.1%}",
            }
            for use in run.quotas
        ],
    )


def _show_differences(shown: Shown, other: Shown) -> None:
    from anycompany.bus.simulation.what_if import differences

    found = [
        (one.of, one.measure, _number(one.before), _number(one.after))
        for one in differences(shown.run, other.run)
    ]
    bill, other_bill = shown.bill, other.bill
    if bill.period == other_bill.period:
        measure = f"{bill.currency} {bill.period}"
        found.append(("AWS", measure, f"{bill.total:,.2f}", f"{other_bill.total:,.2f}"))
    rows = [dict(zip(("of", "measure", "as it is", "what if"), one, strict=True)) for one in found]
    say("What if")
    show(rows, ["of", "measure", "as it is", "what if"], Format.TABLE, empty="Nothing changes.")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.4g}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if part else ""


def _seconds(latency: Latency | None, which: str) -> str:
    from anycompany.bus.simulation.spans import span

    return span(getattr(latency, which)) if latency else ""
