"""Measures that stay small however many events there are: spreads with percentiles, and peaks per second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP = log(1.02)
"""Logarithm of how much wider each bucket is than the one before: percentiles are within one percent."""


@dataclass(frozen=True)
class Latency:
    """How long something took, in seconds; percentiles are within one percent of the true ones."""

    count: int
    mean: float
    least: float
    p50: float
    p90: float
    p95: float
    p99: float
    most: float


class Spread:
    """Values seen, as counts in buckets: percentiles without keeping the values (as DDSketch does it).

    >>> spread = Spread()
    >>> spread.extend([1.0, 2.0, 3.0])
    >>> spread.latency().mean, spread.latency().most
    (2.0, 3.0)
    """

    def __init__(self) -> None:
        self.count = 0
        self.total = 0.0
        self.least = float("inf")
        self.most = 0.0
        self._zeros = 0
        self._buckets: dict[int, int] = {}

    def extend(self, values: Sequence[float]) -> None:
        """Take values, none of them negative."""
        import numpy as np

        if not values:
            return
        given = np.asarray(values, dtype=float)
        self.count += len(given)
        self.total += float(given.sum())
        self.least = min(self.least, float(given.min()))
        self.most = max(self.most, float(given.max()))
        above = given[given > 1e-9]
        self._zeros += len(given) - len(above)
        places, counts = np.unique(np.ceil(np.log(above) / _STEP).astype(int), return_counts=True)
        for place, count in zip(places.tolist(), counts.tolist(), strict=True):
            self._buckets[place] = self._buckets.get(place, 0) + count

    def zeros(self, count: int) -> None:
        """Take so many zeros."""
        if count:
            self.count += count
            self._zeros += count
            self.least = 0.0

    def quantile(self, share: float) -> float:
        """The value that this share of all values does not exceed."""
        rank = max(ceil(share * self.count), 1)
        passed = self._zeros
        if rank <= passed:
            return max(0.0, self.least)
        for place in sorted(self._buckets):
            passed += self._buckets[place]
            if rank <= passed:
                return min(max(exp((place - 0.5) * _STEP), self.least), self.most)
        return self.most

    def histogram(self) -> tuple[tuple[float, int], ...]:
        """How many values there were up to each bound, from the lowest bound on."""
        zeros = ((0.0, self._zeros),) if self._zeros else ()
        return (*zeros, *((exp(place * _STEP), self._buckets[place]) for place in sorted(self._buckets)))

    def latency(self) -> Latency | None:
        """What people want to know of it; None where nothing was seen."""
        if not self.count:
            return None
        p50, p90, p95, p99 = (self.quantile(share) for share in (0.5, 0.9, 0.95, 0.99))
        mean = min(max(self.total / self.count, self.least), self.most)
        return Latency(self.count, mean, self.least, p50, p90, p95, p99, self.most)


class Peak:
    """The most that came in one second; times are given in order, a few thousand at a time."""

    def __init__(self) -> None:
        self.most = 0.0
        self._open: tuple[float, float] = (-1.0, 0.0)

    def extend(self, seconds: NDArray[Any], weights: NDArray[Any]) -> None:
        """Take how much came when."""
        import numpy as np

        if not len(seconds):
            return
        places, where = np.unique(np.floor(seconds), return_inverse=True)
        sums = np.bincount(where, weights=weights)
        if places[0] == self._open[0]:
            sums[0] += self._open[1]
        self.most = max(self.most, float(sums.max()))
        self._open = (float(places[-1]), float(sums[-1]))
