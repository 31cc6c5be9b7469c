"""Which of a storm's events a recorded one is, and the nearest where it is none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
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


_NEAR = 70
"""Of 100: how alike the words of two names have to be for the one to be taken for the other."""


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
        from rapidfuzz import fuzz, process

        wanted = " ".join(_telling(address[1]))
        near = process.extract(wanted, list(self._by_words), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=5)
        candidates = [(score, event) for words, score, _ in near for event in self._by_words[words]]

        def nearness(candidate: tuple[float, str]) -> tuple[float, float]:
            score, event = candidate
            source = self._storm.relations.address_of[event][0]
            return score, fuzz.ratio(address[0][:200], source[:200])

        return max(candidates, key=nearness, default=(0.0, None))[1]

    @cached_property
    def _by_words(self) -> dict[str, list[str]]:
        """For each way in which the storm's events are called, in words, those that are called so."""
        found: dict[str, list[str]] = {}
        for (_, name), event in self._known.items():
            for called in dict.fromkeys((name, self._storm.events[event].name)):
                found.setdefault(" ".join(_telling(called)), []).append(event)
        return found


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
