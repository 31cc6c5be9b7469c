"""What is counted while a storm runs, flow by flow."""

from __future__ import annotations

from collections import defaultdict

from .measuring import Spread
from .network import Kind, Route
from .tracing import Traced


class FlowTally:
    """All flows that one event starts: how often, how long until all is done, and until each event."""

    def __init__(self, start: str) -> None:
        self.start = start
        self.count = 0
        self.alone = 0
        self.lost = 0
        self.most_hops = 0
        self.totals: list[float] = []
        self.total = Spread()
        self.reached_at: defaultdict[Route, list[float]] = defaultdict(list)
        self.reached: dict[str, Spread] = {}

    def flush(self) -> None:
        """Put what was noted one by one into the measures."""
        self.total.extend(self.totals)
        self.totals.clear()
        for route, seconds in self.reached_at.items():
            if seconds:
                self.reached.setdefault(route.called, Spread()).extend(seconds)
                seconds.clear()


class Flow:
    """One event that arrived, and all that follows it; ``open`` is how much of it is still to come."""

    __slots__ = ("began", "lost", "open", "tally", "traced")

    def __init__(self, began: float, tally: FlowTally, traced: Traced | None) -> None:
        self.began = began
        self.tally = tally
        self.traced = traced
        self.open = 0
        self.lost = False


Token = tuple[Kind, Flow, int, str]
"""An event on the bus: its kind, its flow, after how many hops, and its id where it is traced."""
