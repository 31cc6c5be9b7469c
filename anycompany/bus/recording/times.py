"""When recorded events happened: times in whatever way they were written, and a log in order of time."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from .recorded import Recorded

WINDOW = 10_000
"""How many events a log is put in order over: an event may stand this far from its place."""

_MILLISECONDS_FROM = 1e11
_LATEST = 253_402_300_799  # the last second of the year 9999


def seconds_of(event: dict[str, Any]) -> float | None:
    """When an event happened, in seconds since 1970; None where it does not say, or says it wrongly.

    ``time`` is a text in ISO 8601, or a number of seconds or milliseconds; without a time zone it is UTC.

    >>> seconds_of({"time": "2026-01-31T00:00:00Z"}), seconds_of({"time": 1769817600000})
    (1769817600.0, 1769817600.0)
    >>> seconds_of({"time": "yesterday"}), seconds_of({})
    (None, None)
    """
    time = event.get("time")
    if isinstance(time, str):
        return _of_text(time) if len(time) <= 40 else None
    if isinstance(time, int | float) and not isinstance(time, bool) and abs(time) < 1e15:
        if not math.isfinite(time):
            return None
        seconds = time / 1000 if time > _MILLISECONDS_FROM else float(time)
        return seconds if 0 <= seconds <= _LATEST else None
    return None


@lru_cache(maxsize=4096)
def _of_text(text: str) -> float | None:
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


@dataclass
class Clock:
    """What the times of a log were like; filled while :func:`in_time_order` runs.

    ``untimed`` events say no time that can be read: they are taken to have happened with the one before.
    ``misplaced`` ones stand further from their place than the window reaches.
    """

    first: float | None = None
    last: float | None = None
    untimed: int = 0
    misplaced: int = 0

    @property
    def tells(self) -> bool:
        """Whether the times tell anything: there are at least two different ones."""
        return self.first is not None and self.first != self.last


def in_time_order(
    records: Iterable[Recorded], clock: Clock, window: int = WINDOW
) -> Iterator[tuple[float, Recorded]]:
    """Recorded events in order of time, each with its time, as far as a window of them tells.

    Events of one time stay in the order of the log. Memory holds no more than the window.
    """
    waiting: list[tuple[float, int, Recorded]] = []
    now, latest_out = 0.0, -math.inf
    for number, record in enumerate(records):
        time = seconds_of(record.event)
        if time is None:
            clock.untimed += 1
        else:
            now = time
            clock.first = time if clock.first is None else min(clock.first, time)
            clock.last = time if clock.last is None else max(clock.last, time)
            if time < latest_out:
                clock.misplaced += 1
        heapq.heappush(waiting, (now, number, record))
        if len(waiting) > window:
            latest_out, _, earliest = heapq.heappop(waiting)
            yield latest_out, earliest
    while waiting:
        time, _, record = heapq.heappop(waiting)
        yield time, record
