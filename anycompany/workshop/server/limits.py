"""How much a guest may say, and how many guests may come from one place."""

from __future__ import annotations

from collections import Counter, OrderedDict

LARGEST = 262_144
"""Bytes of one message of a guest's; the longest note takes a quarter of it."""

LARGEST_FIRST = 4_096
"""Bytes of what is said by somebody who is not in yet: a code, a name, a key, and no more."""

LARGEST_OF_KERNEL = 100_000_000
"""Bytes of one message of a kernel's: a whole storm, for many guests at once."""

A_SECOND, AT_ONCE = 20.0, 60.0
"""Messages of one socket a second, and at once after a rest."""

BYTES_A_SECOND, BYTES_AT_ONCE = 131_072.0, 1_048_576.0
"""The same in bytes."""

ADDRESS_A_SECOND, ADDRESS_AT_ONCE = 400.0, 1200.0
"""Messages of one address: a whole workshop may be behind it."""

ADDRESS_BYTES_A_SECOND, ADDRESS_BYTES_AT_ONCE = 1_048_576.0, 8_388_608.0
"""The same in bytes."""

MOST_ADDRESSES = 10_000
"""Addresses of which it is remembered how much has come from there, though nobody is there any more."""

MOST_FROM_ONE_ADDRESS = 300
"""Sockets from one address: a proxy, or a hall of people behind one router."""

MOST_TOGETHER = 600
"""Sockets of guests at all."""

LATE = 2_000_000
"""Bytes that may wait for a guest who does not take them; then the socket is closed, and the page returns."""

LATE_OF_KERNEL = 100_000_000
"""The same for a kernel: more than all guests can say while it is busy for a minute or two."""


class Bucket:
    """A bucket of tokens: so many a second, and so many at once after a rest."""

    def __init__(self, a_second: float, at_once: float, now: float) -> None:
        self._a_second, self._at_once = a_second, at_once
        self._left, self._last = at_once, now

    def take(self, amount: float, now: float) -> bool:
        """Take tokens out, if there are enough; says whether."""
        self._left = min(self._at_once, self._left + (now - self._last) * self._a_second)
        self._last = now
        if amount > self._left:
            return False
        self._left -= amount
        return True


class Flow:
    """How much comes from one address: messages and their bytes."""

    def __init__(self, now: float) -> None:
        self._messages = Bucket(ADDRESS_A_SECOND, ADDRESS_AT_ONCE, now)
        self._bytes = Bucket(ADDRESS_BYTES_A_SECOND, ADDRESS_BYTES_AT_ONCE, now)

    def take(self, size: int, now: float) -> bool:
        """Take a message of so many bytes; says whether that is not too much."""
        return self._messages.take(1, now) & self._bytes.take(size, now)


class Places:
    """How many sockets there are from each address, and how much comes from there.

    What has come from an address is remembered when its last socket goes: coming back makes nobody fresh.
    """

    def __init__(self) -> None:
        self._sockets: Counter[str] = Counter()
        self._flows: OrderedDict[str, Flow] = OrderedDict()

    def full(self, address: str) -> bool:
        """Whether no more sockets may come from an address, or at all."""
        return self._sockets[address] >= MOST_FROM_ONE_ADDRESS or self._sockets.total() >= MOST_TOGETHER

    def come(self, address: str, now: float) -> Flow:
        """A socket has come; gives what all of its address share."""
        self._sockets[address] += 1
        flow = self._flows.setdefault(address, Flow(now))
        self._flows.move_to_end(address)
        while len(self._flows) > MOST_ADDRESSES:
            self._flows.popitem(last=False)
        return flow

    def go(self, address: str) -> None:
        """A socket has gone."""
        self._sockets[address] -= 1
        if self._sockets[address] <= 0:
            del self._sockets[address]
