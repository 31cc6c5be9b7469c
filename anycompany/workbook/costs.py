"""What a simulated day would cost a month, line by line with the arithmetic, and as a plot."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..storm.model import Storm
from . import charts
from .table import Cell, Table

if TYPE_CHECKING:
    from ..bus.simulation import Run
    from ..bus.simulation.bill import Bill
    from ..bus.simulation.prices import Prices
    from .plots import Plot
    from .simulated import Simulation


def bill_of(storm: Storm, run: Run) -> Bill:
    """What a run costs by the prices that come with AnyCompany."""
    from ..bus.simulation.bill import bill
    from ..stacks.standing import standing
    from ..stacks.synth import synth

    return bill(storm, run, _prices(), standing(storm, synth(storm).stacks) if run.a_month else {})


@cache
def _prices() -> Prices:
    from ..files.prices import read_prices

    return read_prices()


def cost(simulation: Simulation) -> Table:
    """Every line of the bill, the dearest first, with its arithmetic."""
    found = bill_of(simulation.storm, simulation.run)
    rows: list[tuple[Cell, ...]] = [
        (_whose(simulation.storm, one.of), one.aws, one.told, charts.dollars(one.dollars))
        for one in found.lines
    ]
    if rows:
        rows.append(("all together", "", f"list prices of {found.region}", charts.dollars(found.total)))
    columns = ("for", "AWS service", "arithmetic", found.period)
    return Table(f"Cost {found.period}", columns, tuple(rows), "Nothing costs anything yet.")


def cost_plot(simulation: Simulation) -> Plot | None:
    """What each part of the storm costs a month; None where nothing costs anything."""
    found = bill_of(simulation.storm, simulation.run)
    lines: dict[str, float] = {}
    for of, amount in found.by("of").items():
        whose = _whose(simulation.storm, of)
        lines[whose] = lines.get(whose, 0.0) + amount
    return charts.cost(lines, f"Cost {found.period}, in {found.currency}")


def _whose(storm: Storm, of: str) -> str:
    """What people call whose cost it is."""
    section, _, key = of.partition("/")
    if section == "services" and key in storm.services:
        return storm.services[key].title(key)
    if section == "listeners" and key in storm.listeners:
        return f"{storm.listeners[key].title(key)} (listener)"
    return {"bus": "the bus and its archive", "outside": "no service's"}.get(of, of)
