"""Recorded events: what was read of a log, line by line, and what could not be read. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event as it was recorded.

    Parameters
    ----------
    line : where it stands in its log, from 1; of an event in a JSON list, its place in the list.
    event : as EventBridge delivers events: ``source``, ``detail-type``, ``detail`` and what else was kept.
    """

    line: int
    event: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is no event, and why; ``text`` is its beginning."""

    line: int
    why: str
    text: str = ""
