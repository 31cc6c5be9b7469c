"""Spans of time as people write them: ``30 seconds``, ``5 minutes``, ``3 days``."""

from __future__ import annotations

import re

_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}

LONGEST_SPAN = 31_536_000
"""Seconds of the longest span: a standard workflow runs for at most a year (Step Functions quota)."""


def seconds_of(text: str) -> int:
    """The seconds of a span.

    Raises
    ------
    ValueError
        if it is none, or longer than a year; the message says how spans are written.

    >>> seconds_of("5 minutes"), seconds_of("1 day")
    (300, 86400)
    """
    found = re.fullmatch(r"([1-9]\d{0,8}) (second|minute|hour|day|week)s?", text.strip(), re.ASCII)
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
    if not 0 < seconds <= LONGEST_SPAN:
        raise ValueError(
            f"{text[:60]!r} is no span of time: write a whole number and seconds, minutes, hours, days or "
            "weeks, such as 30 seconds, up to a year"
        )
    return seconds


def said(seconds: int) -> str:
    """A span of seconds in the largest unit that says it exactly.

    >>> said(300), said(86_400), said(61)
    ('5 minutes', '1 day', '61 seconds')
    """
    unit = next(unit for unit in reversed(_SECONDS) if seconds % _SECONDS[unit] == 0)
    count = seconds // _SECONDS[unit]
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
