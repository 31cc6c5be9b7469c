"""How a run went over time, for plots: in slices of equal length, whose number stays small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLICES = 360
"""Slices at most; when time goes on, two become one."""


@dataclass(frozen=True)
class Course:
    """Something over time: a value for each slice of so many seconds, from the beginning on."""

    seconds: float
    values: tuple[float, ...]


@dataclass(frozen=True)
class OverTime:
    """The courses of a run, and the spreads of its latencies.

    Parameters
    ----------
    load : events put on the bus in each slice.
    waiting : for each workflow where something waited (``section/id``), the longest queue in each slice.
    totals : for each event that starts flows, how many flows took up to how many seconds.
    """

    load: Course
    waiting: Mapping[str, Course]
    totals: Mapping[str, tuple[tuple[float, int], ...]]


class Slices:
    """A course that grows: values in a slice are added up, or the highest is kept.

    >>> slices = Slices("sum")
    >>> slices.extend([0.1, 0.2, 1.5])
    >>> slices.course().values
    (2.0, 1.0)
    """

    def __init__(self, keep: Literal["sum", "most"]) -> None:
        self._keep = keep
        self._width = 1.0
        self._values: NDArray[Any] | None = None
        self._used = 0

    def extend(self, seconds: Any, values: Any = 1.0) -> None:
        """Take what came when, none of it before the beginning."""
        import numpy as np

        if not len(seconds):
            return
        combine = np.add if self._keep == "sum" else np.maximum
        if self._values is None:
            self._values = np.zeros(SLICES)
        given = np.asarray(seconds, dtype=float)
        while given.max() >= self._width * SLICES:
            self._width *= 2
            folded = combine(self._values[0::2], self._values[1::2])
            self._values = np.concatenate([folded, np.zeros(SLICES - len(folded))])
            self._used = -(-self._used // 2)
        places = (given / self._width).astype(int)
        combine.at(self._values, places, values)
        self._used = max(self._used, int(places.max()) + 1)

    def course(self) -> Course:
        """What was taken so far."""
        values = () if self._values is None else self._values[: self._used].tolist()
        return Course(self._width, tuple(values))
