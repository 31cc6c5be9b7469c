"""Whether an event matches a pattern: one pattern, plainly."""

from __future__ import annotations

from .elements import met
from .events import Event, as_event
from .fields import flatten
from .model import Pattern


def matches(pattern: Pattern, event: str | bytes | Event) -> bool:
    """Whether EventBridge would find that an event matches a pattern.

    Parameters
    ----------
    pattern : as by ``parse``.
    event : any JSON object, as data or as JSON text. Of a text the spelling of numbers counts where
        EventBridge cannot compare them.

    Raises
    ------
    EventError
        for what is no event.

    >>> from anycompany.bus.pattern.parse import parse
    >>> over = parse({"detail": {"amount": [{"numeric": [">", 10000]}]}})
    >>> matches(over, {"detail": {"amount": 928309.42}}), matches(over, {"detail": {"amount": "928309.42"}})
    (True, False)
    """
    laid = flatten(as_event(event), pattern.wanted)
    return any(met(branch, laid) for branch in pattern.branches)
