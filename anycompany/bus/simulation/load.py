"""How much is asked of AWS in the busiest second: what its quotas are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil

from .measuring import Peak
from .network import Route, Workflow
from .over_time import Slices

STATES_A_PUT = 10
"""Entries in one PutEvents call (EventBridge quota): so many events are put by one state."""


def transitions(workflow: Workflow, *, failed: bool = False) -> int:
    """The state transitions of an execution: to hear the event, to do the tasks, to put events on the bus."""
    puts = workflow.fails if failed else workflow.emits
    return 1 + workflow.tasks + ceil(len(puts) / STATES_A_PUT)


_MEASURES: dict[str, Callable[[Route], float]] = {
    "puts": lambda route: 1 if route.own_bus else 0,
    "invocations": lambda route: len(route.rules),
    "express": lambda route: sum(workflow.kind == "express" for workflow in route.workflows),
    "standard": lambda route: sum(workflow.kind == "standard" for workflow in route.workflows),
    "transitions": lambda route: sum(
        transitions(workflow) for workflow in route.workflows if workflow.kind == "standard"
    ),
}


class Load:
    """The busiest second of each measure, how many events there were in all, and when."""

    def __init__(self) -> None:
        self.peaks = {measure: Peak() for measure in _MEASURES}
        self.events = 0
        self.slices = Slices("sum")

    def flush(self, routes: Iterable[Route]) -> None:
        """Take the times noted at the routes since the last flush, and empty them."""
        import numpy as np

        busy = [route for route in routes if route.times]
        if not busy:
            return
        lengths = [len(route.times) for route in busy]
        seconds = np.concatenate([np.asarray(route.times) for route in busy])
        self.slices.extend(seconds)
        for measure, weight_of in _MEASURES.items():
            weights = [float(weight_of(route)) for route in busy]
            if any(weights):
                self.peaks[measure].extend(seconds, np.repeat(weights, lengths))
        for route, length in zip(busy, lengths, strict=True):
            route.count += length
            self.events += length
            route.times.clear()
