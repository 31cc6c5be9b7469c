"""What notebook 10 shows of a trace: step by step, by scenario, beside the simulation, what was missed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..storm.model import Storm
from .naming import titles
from .screen import Markup, bullets, callout, line
from .table import Cell, Table

if TYPE_CHECKING:
    from ..bus.trace import Step, Trace


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
    scenarios: dict[str, list[Step]] = {}
    for step in trace.steps:
        scenarios.setdefault(step.scenario, []).append(step)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            scenario,
            len([step for step in found if step.event_id]),
            len({(step.policy, step.after) for step in found if step.policy}),
            sum(len(step.listeners) for step in found),
            f"{max(step.seconds for step in found):.2f}",
        )
        for scenario, found in scenarios.items()
    )
    columns = ("scenario", "events", "runs of policies", "hearings of listeners", "last second")
    return Table("By scenario", columns, rows, "Nothing was seen.")


def not_seen(storm: Storm, trace: Trace) -> Markup:
    """What should have been seen and was not, and what no trace can show, each with the reason."""
    missed = [line(f"{note}: {why}") for note, why in trace.not_seen]
    beyond = [line(f"{note}: {why}") for note, why in trace.not_observable]
    all_seen = callout("good", "All of the design that a trace can show was seen running.")
    said = bullets("Not seen", missed) if missed else all_seen
    return said + bullets("No trace can show", beyond)


def beside_simulation(storm: Storm, trace: Trace) -> Markup:
    """The trace that the simulation gives for the same test events, with what is different named."""
    from ..bus.scenarios import scenarios
    from ..bus.simulation import of_scenarios, simulate

    simulated = simulate(storm, of_scenarios(storm, scenarios(storm))).trace()
    real, model = Counter(trace.shape()), Counter(simulated.shape())
    rows = [*_only(real - model, "on the target"), *_only(model - real, "in the simulation")]
    if not rows:
        said = callout(
            "good", f"The simulation gives the same trace, all {sum(real.values()):,} steps of it."
        )
    else:
        said = callout("warning", f"{len(rows):,} steps were seen on one side only.")
    columns = ("only", "scenario", "what happened", "rule", "heard by")
    different = Table("What is different", columns, tuple(rows)).markup() if rows else Markup("", "")
    return said + different + _times(trace, simulated).markup()


def _only(steps: Counter[tuple[str, ...]], where: str) -> list[tuple[Cell, ...]]:
    return [
        (where, scenario, told, rule, heard)
        for (scenario, told, rule, _, heard), count in sorted(steps.items())
        for _ in range(count)
    ]


def _times(trace: Trace, simulated: Trace) -> Table:
    """For each scenario, the steps and the seconds of both sides."""

    def spans(of: Trace) -> dict[str, tuple[int, float]]:
        found: dict[str, list[float]] = {}
        for step in of.steps:
            found.setdefault(step.scenario, []).append(step.seconds)
        return {scenario: (len(times), max(times) - min(times)) for scenario, times in found.items()}

    real, model = spans(trace), spans(simulated)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (scenario, *_span(real.get(scenario)), *_span(model.get(scenario)))
        for scenario in dict.fromkeys([*real, *model])
    )
    columns = ("scenario", "steps seen", "took", "steps simulated", "takes")
    return Table("Seen and simulated", columns, rows, "Nothing was seen.")


def _span(found: tuple[int, float] | None) -> tuple[Cell, Cell]:
    return (found[0], f"{found[1]:.2f} s") if found else (0, "")
