"""Times as people say them."""

from __future__ import annotations


def span(seconds: float) -> str:
    """A time in the unit that people would say it in.

    >>> span(0.25), span(90), span(7_200), span(86_400)
    ('0.25 s', '1.5 minutes', '2 hours', '1 day')
    """
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 1.5 * size or (seconds >= size and seconds % size == 0):
            return f"{seconds / size:,.3g} {unit}{'' if seconds == size else 's'}"
    return f"{seconds:.3g} s"
