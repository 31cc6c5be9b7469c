"""How much a guest may say, and how many guests may come from one place."""

from __future__ import annotations

from collections import Counter

LARGEST = 262_144
"""Bytes of one message of a guest's; the longest note takes a quarter of it."""

LARGEST_OF_KERNEL = 100_000_000
"""Bytes of one message of a kernel's: a whole storm, for many guests at once."""

A_SECOND, AT_ONCE = 20.0, 60.0
"""Messages of one socket a second, and at once after a rest."""

BYTES_A_SECOND, BYTES_AT_ONCE = 131_072.0, 1_048_576.0
"""The same in bytes."""

ADDRESS_A_SECOND, ADDRESS_AT_ONCE = 400.0, 1200.0
"""Messages of one address: a whole workshop may be behind it."""

MOST_FROM_ONE_ADDRESS = 300
"""Sockets from one address: a proxy, or a hall of people behind one router."""

MOST_TOGETHER = 600
"""Sockets of guests at all."""

LATE = 2_000_000
"""Bytes that may wait for a guest who does not take them; then the socket is closed, and the page returns."""


class Bucket:
    """A bucket of tokens: so many a second, and so many at once after a rest."""

    def __init__(self, a_second: float, at_once: float, now: float) -> None:
        self._a_second, self._at_once = a_second, at_once
        self._left, self._last = at_once, now

    def take(self, amount: float, now: float) -> bool:
        """Take tokens out; says whether there were enough."""
        self._left = min(self._at_once, self._left + (now - self._last) * self._a_second)
        self._last = now
        self._left -= amount
        return self._left >= 0


class Places:
    """How many sockets there are from each address, and how much comes from there."""

    def __init__(self) -> None:
        self._sockets: Counter[str] = Counter()
        self._buckets: dict[str, Bucket] = {}

    def full(self, address: str) -> bool:
        """Whether no more sockets may come from an address, or at all."""
        return self._sockets[address] >= MOST_FROM_ONE_ADDRESS or self._sockets.total() >= MOST_TOGETHER

    def come(self, address: str, now: float) -> Bucket:
        """A socket has come; the bucket that all of its address share."""
        self._sockets[address] += 1
        if address not in self._buckets:
            self._buckets[address] = Bucket(ADDRESS_A_SECOND, ADDRESS_AT_ONCE, now)
        return self._buckets[address]

    def go(self, address: str) -> None:
        """A socket has gone."""
        self._sockets[address] -= 1
        if self._sockets[address] <= 0:
            del self._sockets[address]
            self._buckets.pop(address, None)
