"""What people say about watching: how often an event is expected, how many are too many, whose key."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field as Key

from .part import Part, Text
from .spans import seconds_of

SHORTEST_WINDOW, LONGEST_WINDOW = 60, 86_400
"""Seconds that events can be counted over: metrics come once a minute (EventBridge); our most is a day."""

KEY_ARN = re.compile(r"arn:[\w-]+:kms:[\w-]+:\d{12}:key/[\w-]{1,64}")
"""The ARN of a key; an alias may come to mean another key, so AWS asks for keys themselves."""


def _every(text: str) -> str:
    expected_seconds(text)
    return text


def expected_seconds(text: str) -> int:
    """The seconds within which an event is expected again.

    Raises
    ------
    ValueError
        if the text does not say it, or says less than a minute.

    >>> expected_seconds("every 1 hour"), expected_seconds("every 30 minutes")
    (3600, 1800)
    """
    word, _, span = text.strip().partition(" ")
    if word != "every":
        raise ValueError(f"{text[:60]!r} says no expectation: write every and a span, such as every 1 hour")
    seconds = seconds_of(span)
    if seconds < SHORTEST_WINDOW:
        raise ValueError("an event can be expected every minute at most: metrics come once a minute")
    return seconds


def _window(text: str) -> str:
    seconds = seconds_of(text)
    if seconds % 60 or not SHORTEST_WINDOW <= seconds <= LONGEST_WINDOW:
        raise ValueError("events are counted over whole minutes, from 1 minute up to 1 day")
    return text


def _key(text: str) -> str:
    if text not in ("aws", "own") and not KEY_ARN.fullmatch(text):
        raise ValueError(
            f"{text[:100]!r} is no key: write aws (AWS keeps one), own (the bus stack makes one) or the ARN "
            "of a key, arn:aws:kms:REGION:ACCOUNT:key/ID"
        )
    return text


Expectation = Annotated[Text, AfterValidator(_every)]
"""How often an event is expected: ``every 1 hour``."""

ChosenKey = Annotated[Text, AfterValidator(_key)]
"""Whose key encrypts what is stored: ``aws``, ``own``, or the ARN of a key."""

Days = Annotated[int, Key(ge=1, le=3_653)]
"""How long something is kept; ten years are the longest a log group keeps (CloudWatch Logs)."""


class MoreThan(Part):
    """More than so many events within a time: what a rule cannot count, an alarm does."""

    count: Annotated[int, Key(ge=0, le=1_000_000_000)]
    within: Annotated[Text, AfterValidator(_window)]

    @property
    def seconds(self) -> int:
        """The time over which events are counted."""
        return seconds_of(self.within)
