"""A service that is down: EventBridge tries again for a day, and then the event is a dead letter."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

MOST_TRIES = 185
"""Retries of a delivery, by default (EventBridge user guide, retry policy and dead-letter queues)."""

LONGEST_SECONDS = 86_400.0
"""The time for them, by default: 24 hours (same page)."""

LONGEST_PAUSE = 488.0
"""AWS says of the pauses only that they grow exponentially, with jitter: doubled from one second up to this
one, 185 of them fill the 24 hours."""

Hours = tuple[float, float]
"""From when until when, in seconds after the beginning."""


def is_within(seconds: float, outages: Sequence[Hours]) -> bool:
    """Whether it is down at a time."""
    return any(start <= seconds < end for start, end in outages)


def next_delivery(put: float, outages: Sequence[Hours], random: Random) -> tuple[float | None, int]:
    """When an event that could not be delivered at once is delivered, and after how many retries.

    None for the time if it becomes a dead letter.
    """
    at, pause = put, 1.0
    for tries in range(1, MOST_TRIES + 1):
        at += pause * random.uniform(0.9, 1.1)
        pause = min(pause * 2, LONGEST_PAUSE)
        if at - put > LONGEST_SECONDS:
            return None, tries
        if not is_within(at, outages):
            return at, tries
    return None, MOST_TRIES
