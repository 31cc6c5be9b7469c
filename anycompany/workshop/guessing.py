"""Guessing codes takes longer with every wrong one, and is refused after a while."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

FREE = 3
"""Wrong codes from one address that cost no time: people mistype."""

LONGEST = 60.0
"""Seconds to wait after a wrong code, at most, before the address is refused altogether."""

REFUSED_AFTER = 12
"""Wrong codes from one address after which it is refused for a while."""

REFUSED_FOR = 600.0
"""Seconds for which an address is refused; wrong codes are forgotten after as long a rest."""

MOST_TOGETHER = 120
"""Wrong codes from all addresses together, within ``REFUSED_FOR``, after which codes wait for a while."""

REST_OF_ALL = 60.0
"""Seconds for which no code is looked at then; guests who were in before need none."""

MOST_ADDRESSES = 10_000
"""Addresses that are remembered."""


@dataclass
class _Tries:
    wrong: int = 0
    last: float = 0.0
    again: float = 0.0
    before: float = 0.0  # what ``again`` was before the last one
    counted: bool = False  # whether the code that was said last is among the wrong ones


class Guesses:
    """Who has said wrong codes lately. Times are seconds of one steady clock, given by whoever calls."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._together: list[float] = []
        self._rest_until = 0.0

    def wait(self, address: str, now: float) -> float:
        """Seconds until a code from an address is looked at; 0 when it may be looked at now."""
        tries = self._tries.get(address)
        wait = max(0.0, self._rest_until - now, tries.again - now if tries else 0.0)
        if tries and wait:
            tries.counted = False
        return wait

    def wrong(self, address: str, now: float) -> float:
        """Note a wrong code; the seconds until the next one from there is looked at."""
        tries = self._tries.pop(address, None) or _Tries()
        if now - tries.last > REFUSED_FOR:
            tries = _Tries()
        tries.wrong += 1
        tries.last, tries.before = now, tries.again
        if tries.wrong >= REFUSED_AFTER:
            tries.again = now + REFUSED_FOR
        elif tries.wrong > FREE:
            tries.again = now + min(2.0 ** (tries.wrong - FREE - 1), LONGEST)
        self._tries[address] = tries
        if len(self._tries) > MOST_ADDRESSES:
            self._tries.popitem(last=False)
        self._together = [one for one in self._together if now - one < REFUSED_FOR] + [now]
        if len(self._together) >= MOST_TOGETHER:
            self._rest_until, self._together = now + REST_OF_ALL, self._together[-MOST_TOGETHER // 2 :]
        wait = self.wait(address, now)
        tries.counted = True
        return wait

    def right(self, address: str) -> None:
        """Note a right code: people at one address share its mistakes, and its luck."""
        self._tries.pop(address, None)

    def forgive(self, address: str) -> None:
        """Take the code back that an address said last: it was no guess. Those before it stay."""
        tries = self._tries.get(address)
        if tries and tries.counted:
            tries.wrong, tries.again, tries.counted = tries.wrong - 1, tries.before, False
            self._together = self._together[:-1]
