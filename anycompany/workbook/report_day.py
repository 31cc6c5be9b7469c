"""The simulated day in the report: its numbers, its tables, and what there is to say of it."""

from __future__ import annotations

from typing import Any

from ..bus.playback import clock
from . import simulation_tables as tables
from .charts import dollars
from .costs import bill_of, cost
from .latency_plot import short
from .simulated import Simulation


def day_of(simulation: Simulation) -> dict[str, Any] | None:
    """All that the report says of a simulated day; None where nothing arrives yet."""
    run = simulation.run
    if not run.arrived:
        return None
    return {
        "figures": _figures(simulation),
        "length": clock(run.seconds),
        "assumed": sum(not one.said for one in simulation.assumptions()),
        "notes": run.notes[:12],
        "loops": tables.loops(simulation),
        "unheard": tables.unheard(simulation),
        "quotas": tables.quotas(simulation),
        "what_ifs": tables.what_ifs(simulation),
        "folded": (
            tables.usage(simulation),
            tables.workflows(simulation),
            tables.latencies(simulation),
            tables.traffic(simulation),
            cost(simulation),
            tables.assumptions(simulation),
        ),
    }


def _figures(simulation: Simulation) -> list[dict[str, str]]:
    """The numbers of the day that matter."""
    run = simulation.run
    bill = bill_of(simulation.storm, run)
    on_the_bus = tables.a_day(sum(use.count for use in run.events), run)
    slowest = max((flow.total.p95 for flow in run.flows if flow.total), default=None)
    busiest = max((one for one in run.quotas if one.unit == "a second"), key=lambda one: one.share)
    never = sum(not use.count for use in run.rules)
    return [
        {
            "number": f"{on_the_bus:,}",
            "what": "events on the bus a day" if run.a_month else "events on the bus",
        },
        {"number": "–" if slowest is None else short(slowest), "what": "p95 of the slowest flow"},
        {"number": f"{never:,}", "what": "rule was never used" if never == 1 else "rules were never used"},
        {"number": f"{busiest.share:.2%}", "what": f"of AWS’s quota: {busiest.name}"},
        {"number": dollars(bill.total), "what": f"{bill.period}, list prices"},
    ]
