"""Ranges of numbers, thousands at once: which of them hold a number, by bisection."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

_STEP = 32
Bound = tuple[float, int]
"""A number and a side: 0 just below the number, 1 the number itself, 2 just above it."""
Range = tuple[int, Bound | None, Bound | None]
"""The bit of a branch, where its range begins, and where it ends."""


class Ranges:
    """Ranges that each belong to a branch, as a bit; a branch has one of them at most.

    >>> ranges = Ranges([(0b01, (1, 0), (5, 0)), (0b10, (5, 0), None)])
    >>> [ranges.holding(number) for number in (0, 1, 5)]
    [0, 1, 2]
    """

    def __init__(self, ranges: Iterable[Range]) -> None:
        lows: list[tuple[Bound, int]] = []
        highs: list[tuple[Bound, int]] = []
        self._without_low = self._without_high = 0
        for bit, low, high in ranges:
            if low is None:
                self._without_low |= bit
            else:
                lows.append((low, bit))
            if high is None:
                self._without_high |= bit
            else:
                highs.append((high, bit))
        lows.sort()
        highs.sort()
        self._lows = [bound for bound, _ in lows]
        self._highs = [bound for bound, _ in highs]
        self._begun = _Sums([bit for _, bit in lows])
        self._unended = _Sums([bit for _, bit in reversed(highs)])

    def holding(self, number: float) -> int:
        """The bits of the ranges that hold a number."""
        here = (number, 1)
        begun = self._without_low | self._begun.first(bisect_left(self._lows, here))
        unended = self._unended.first(len(self._highs) - bisect_left(self._highs, here))
        return begun & (self._without_high | unended)

    def bounds(self) -> Iterable[Bound]:
        """Where ranges begin and end."""
        return (*self._lows, *self._highs)


class _Sums:
    """The first so many of many bits, together: those before every so many are kept."""

    def __init__(self, bits: list[int]) -> None:
        self._bits = bits
        self._kept, total = [0], 0
        for count, bit in enumerate(bits, 1):
            total |= bit
            if count % _STEP == 0:
                self._kept.append(total)

    def first(self, count: int) -> int:
        whole = count // _STEP
        total = self._kept[whole]
        for bit in self._bits[whole * _STEP : count]:
            total |= bit
        return total
