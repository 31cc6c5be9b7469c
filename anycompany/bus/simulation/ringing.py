"""How often a listener's rate would have rung: windows in which it heard more than it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...storm.model import Storm
from .network import Route


class Ringing:
    """Counts, for each listener that says ``more-than``, what it hears in one window after the other."""

    def __init__(self, storm: Storm) -> None:
        self._limits = {
            key: listener.more_than for key, listener in storm.listeners.items() if listener.more_than
        }
        self._windows: dict[str, Counter[int]] = {key: Counter() for key in self._limits}

    def flush(self, routes: Iterable[Route]) -> None:
        """Take the times noted at the routes, without emptying them."""
        import numpy as np

        if not self._limits:
            return
        for route in routes:
            for key in self._limits.keys() & route.listeners if route.times else ():
                windows = (np.asarray(route.times) // self._limits[key].seconds).astype(int)
                found, counts = np.unique(windows, return_counts=True)
                self._windows[key].update(dict(zip(found.tolist(), counts.tolist(), strict=True)))

    def rang(self, listener: str) -> int:
        """In how many windows the listener heard too many events; none where it says no rate."""
        limit = self._limits.get(listener)
        return sum(count > limit.count for count in self._windows[listener].values()) if limit else 0
