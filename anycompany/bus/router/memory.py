"""What a router remembers of events it has seen, within bounds: hostile events must not make it grow."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, Protocol
from weakref import WeakSet

MOST_BYTES = 64_000_000
"""About how much a router remembers before it forgets everything and learns again."""
LONGEST_TEXT = 256
"""A longer text is looked up anew each time."""
_ENTRY = 150
_MOST_KEYS = 10_000


class Remembers(Protocol):
    """What remembers something, and can be told to forget it."""

    def forget(self) -> None:
        """Forget all of it."""


class Memory:
    """Counts what several hold in mind; once it is too much, all of them are told to forget.

    >>> class Mind:
    ...     def __init__(self): self.known = {}
    ...     def forget(self): self.known.clear()
    >>> memory, mind = Memory(most_bytes=1000), Mind()
    >>> memory.joined_by(mind)
    >>> for number in range(10): memory.keep(mind.known, number, 0, size=50)
    >>> sorted(mind.known)
    [5, 6, 7, 8, 9]
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self.without_dots: set[str] = set()
        """Keys that came in events and have no dot, of which a few thousand are kept."""
        self._minds: WeakSet[Remembers] = WeakSet()

    def joined_by(self, mind: Remembers) -> None:
        """From now on, tell this one too to forget."""
        self._minds.add(mind)

    def has_dotted(self, keys: Iterable[Any], asked_for: Container[str]) -> bool:
        """Whether one of an object's keys is dotted and leads where keys that are asked for lead.

        Keys without dots are remembered. What is no text counts as dotted: it is no key either.
        """
        for key in keys:
            if type(key) is not str or ("." in key and key.partition(".")[0] in asked_for):
                return True
            if "." not in key and len(key) <= LONGEST_TEXT:
                if len(self.without_dots) >= _MOST_KEYS:
                    self.without_dots.clear()
                self.without_dots.add(key)
        return False

    def keep(self, known: dict[Any, Any], key: Any, value: Any, size: int) -> None:
        """Remember something of about this size in bytes."""
        self._bytes += size + _ENTRY
        if self._bytes > self._most_bytes:
            for mind in self._minds:
                mind.forget()
            self._bytes = size + _ENTRY
        known[key] = value
