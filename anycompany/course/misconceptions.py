"""The misconceptions that checks can name: each once, wherever it is met."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from .shipped import course_data
from .verdict import Misconception


@lru_cache(maxsize=1)
def misconceptions() -> Mapping[str, Misconception]:
    """Every misconception by its id."""
    said = json.loads(course_data("misconceptions.json").read_text("utf-8"))["misconceptions"]
    return {one["id"]: Misconception(**one) for one in said}


def named(*ids: str) -> tuple[Misconception, ...]:
    """The misconceptions of these ids, in this order.

    >>> [one.name for one in named("command")]
    ['A command instead of an event']
    """
    return tuple(misconceptions()[one] for one in ids)
