"""What guests are told of what the room tells: the storm and what becomes of their edits, and no more.

Where the file lies, who works on it with which account, findings and pointers are nothing for phones.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..storm.model import Storm

_SNAPSHOT = ("type", "to", "protocol", "revision", "doc", "n")
_PASSED = frozenset(["patch", "ack", "nack", "outdated", "workshop"])


def for_guests(message: dict[str, Any], workshop: str) -> dict[str, Any] | None:
    """A message of the room's as guests get it; None where it is nothing for them.

    Parameters
    ----------
    message : as the room says it.
    workshop : the workshop's id, by which phones keep what is on its way; a path would say too much.
    """
    if message.get("type") == "snapshot":
        told = {key: message[key] for key in _SNAPSHOT if key in message}
        return {**told, "path": workshop, "people": [], "insight": None, "author": ""}
    if message.get("type") == "patch":
        return {key: value for key, value in message.items() if key != "author"}
    return message if message.get("type") in _PASSED else None


def own_notes(own: Iterable[str], storm: Storm) -> list[str]:
    """The keys of a guest's own notes that are still on the wall."""
    standing_ones = {f"events/{key}" for key in storm.events} | {f"hotspots/{key}" for key in storm.hotspots}
    return sorted(standing_ones.intersection(own))
