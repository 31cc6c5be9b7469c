"""Which of a storm's events a recorded one is, and the nearest where it is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...storm.model import Storm
from .subjects import words_in

Address = tuple[str, str]
"""``source`` and ``detail-type``."""


def address_of(event: Mapping[str, Any]) -> Address:
    """What a recorded event is known by; texts that no file can hold are cleaned as the storm's are."""
    return _text(event.get("source")), _text(event.get("detail-type"))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


class Vocabulary:
    """The events that a storm knows, by their addresses.

    What AWS says on its own bus is known where a trigger names it.
    """

    def __init__(self, storm: Storm) -> None:
        self._storm = storm
        self._known: dict[Address, str] = {}
        for event, trigger in storm.triggers.items():
            if trigger.aws and event in storm.events:
                self._known[trigger.aws.source, trigger.aws.detail_type] = event
        for event, address in storm.relations.address_of.items():
            self._known.setdefault(address, event)

    def event(self, address: Address) -> str | None:
        """The id of the event at an address."""
        return self._known.get(address)

    def nearest(self, address: Address) -> str | None:
        """The id of the known event that an unknown one may mean: by its words first, then by its source."""
        from rapidfuzz import fuzz

        source, name = address
        best, nearest = 0.0, None
        wanted = " ".join(_telling(name))
        for (other_source, other_name), event in self._known.items():
            score = fuzz.ratio(wanted, " ".join(_telling(other_name)))
            if event in self._storm.events:
                score = max(score, fuzz.ratio(wanted, " ".join(_telling(self._storm.events[event].name))))
            score += fuzz.ratio(source[:200], other_source[:200]) / 100
            if score > best:
                best, nearest = score, event
        return nearest if best >= 70 else None


def event_name(detail_type: str) -> str:
    """The name of an event as people write it, from its detail-type; a version is no part of it.

    What is written in words already stays as it is.

    >>> event_name("payment-attempted"), event_name("PaymentAttempted"), event_name("payment.attempted.v2")
    ('Payment Attempted', 'Payment Attempted', 'Payment Attempted')
    """
    if " " in detail_type.strip():
        return " ".join(detail_type.split())
    said = _telling(detail_type)
    return " ".join(word[:1].upper() + word[1:] for word in said) or detail_type.strip()


def _telling(detail_type: str) -> tuple[str, ...]:
    """The words of a detail-type without the version at its end."""
    words = words_in(detail_type)
    while len(words) > 1 and (words[-1].isdecimal() or (words[-1][0] == "v" and words[-1][1:].isdecimal())):
        words = words[:-1]
    return words
