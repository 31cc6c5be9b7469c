"""News of something that takes a while: one line that follows it and ends as what came of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .screen import Markup, Slot, callout, line

if TYPE_CHECKING:
    from ..aws.following import Progress

SECONDS_BETWEEN = 0.2
"""How often the line changes at most."""


class News:
    """A line on the page that says what is being done and, at the end of the block, what was done.

    >>> with News() as news:
    ...     news.say("1 of 2")
    ...     news.end(callout("good", "Both."))
    """

    def __init__(self) -> None:
        self._said = callout("note", "Beginning …")
        self._ended = callout("warning", "This did not reach its end.")
        self._slot = Slot(lambda: self._said)
        self._shown = 0.0

    def tell(self, news: Progress) -> None:
        """Say what a deployment has just told."""
        what = (
            f"{news.stack} {news.resource} {news.status}" if news.resource else f"{news.stack} {news.status}"
        )
        self.say(f"{news.done} of {news.total} stacks. {what}")

    def tell_seen(self, seen: int, expected: int, latest: str) -> None:
        """Say what a trace has just told."""
        self.say(f"{seen} of {expected} events seen. {latest}")

    def say(self, text: str) -> None:
        """Say this, unless something was said only just now."""
        self._said = callout("note", line(text))
        if time.monotonic() - self._shown >= SECONDS_BETWEEN:
            self._shown = time.monotonic()
            self._slot.redraw()

    def end(self, said: Markup) -> None:
        """Say what was done; without it, the line will say that the end was not reached."""
        self._ended = said

    def __enter__(self) -> News:
        return self

    def __exit__(self, *_: object) -> None:
        self._said = self._ended
        self._slot.redraw()
