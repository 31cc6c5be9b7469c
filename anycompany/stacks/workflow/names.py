"""Names of states: near to what people wrote, and what Amazon States Language takes."""

from __future__ import annotations

LONGEST_STATE_NAME = 80
"""Characters of a state's name (Amazon States Language)."""


class StateNames:
    """State names that are unique, printable and short enough."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, wish: str) -> str:
        """A name near to the wish."""
        printable = " ".join("".join(c if c.isprintable() else " " for c in wish).split())
        base = printable[: LONGEST_STATE_NAME - 6].strip() or "Work"
        name, number = base, 1
        while name in self._taken:
            number += 1
            name = f"{base} ({number})"
        self._taken.add(name)
        return name
