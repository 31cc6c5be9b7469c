"""What a page shows of a simulated day beside its tables: what it is, its plots, its trace on the flow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..bus.playback import clock
from ..storm.errors import StormError
from .naming import called
from .screen import Markup, bullets, callout, line
from .simulated import Simulation

if TYPE_CHECKING:
    from ..board import Board
    from ..bus.trace import Trace
    from ..storm.model import Storm
    from .plots import Plot

PLOTS = ("load", "latency", "queues", "cost")
"""Every plot of a simulation, by the name a notebook cell calls it."""

_NOTHING_TO_PLOT = {
    "load": "Nothing arrives yet, so there is no load to plot.",
    "latency": "Nothing follows from any event yet, so nothing takes time.",
    "queues": "No execution had to wait: as many may run at once as are needed.",
    "cost": "Nothing costs anything yet.",
}


def summary(simulation: Simulation) -> Markup:
    """What was simulated, and what there is to say of it beyond its tables."""
    run = simulation.run
    if not run.arrived:
        what = "Nothing arrives yet: there is no event that anything starts (steps 1 to 3)."
        return callout("note", what) + _notes(simulation)
    on_the_bus = sum(use.count for use in run.events)
    assumed = [one for one in simulation.assumptions() if not one.said]
    rests = f"{len(assumed)} of its rates and times are assumed; the table below says which."
    text = f"{run.arrived:,} events arrived in {clock(run.seconds)}, {on_the_bus:,} were put on the bus."
    return callout("note", text, rests if assumed else "") + _notes(simulation)


def _notes(simulation: Simulation) -> Markup:
    return bullets("To be noted", (line(note, 400) for note in simulation.run.notes[:12]))


def plot_of(simulation: Simulation, name: str) -> Plot | Markup:
    """One of ``PLOTS``, or a sentence where there is nothing to plot.

    Raises ``StormError`` when there is no plot of that name.
    """
    if name not in PLOTS:
        raise StormError(f"There is no plot {name!r}.", remedy=f"Choose one of: {', '.join(PLOTS)}.")
    drawn = _drawn(simulation, name)
    return callout("note", _NOTHING_TO_PLOT[name]) if drawn is None else drawn


def plots_of(simulation: Simulation, drawn: Mapping[str, Plot] | None = None) -> dict[str, Plot]:
    """Every plot that there is something to draw for, by its name; those ``drawn`` before as they are."""
    before = drawn or {}
    found = ((name, before.get(name) or _drawn(simulation, name)) for name in PLOTS)
    return {name: plot for name, plot in found if plot is not None}


def _drawn(simulation: Simulation, name: str) -> Plot | None:
    from . import charts
    from .costs import cost_plot
    from .latency_plot import latency

    if name == "load":
        return charts.load(simulation.run)
    if name == "latency":
        return latency(simulation.run, simulation.storm)
    if name == "queues":
        return charts.queues(simulation.run, lambda note: called(simulation.storm, note))
    return cost_plot(simulation)


def playing(storm: Storm, trace: Trace, board: Board | None = None) -> Markup:
    """The flow with a trace playing over it; hidden as long as a board is alive that plays it instead."""
    from ..diagrams import draw

    bundle = draw(storm, "flow", playing=trace)._repr_mimebundle_()
    hidden_by = f' class="{board.twin}"' if board else ""
    return Markup(f"<div{hidden_by}>{bundle['text/html']}</div>", bundle["text/plain"])
