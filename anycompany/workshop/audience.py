"""The guests who are in a workshop, and how something is told to some or all of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from typing import Any

from .reception import Guest

Post = Callable[[dict[str, Any]], None]
"""Takes an envelope for the server, from any thread; envelopes keep their order."""


class Audience:
    """Who is in; any thread may ask and tell.

    Parameters
    ----------
    post : takes envelopes for the server.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._guests: dict[str, Guest] = {}
        self._guard = threading.Lock()

    @property
    def guests(self) -> list[Guest]:
        """Everybody who is in, big screens too."""
        with self._guard:
            return list(self._guests.values())

    def names(self) -> list[str]:
        """Who is in, each person once, without screens."""
        people = {guest.person: guest.name for guest in self.guests if not guest.is_screen}
        return sorted(people.values(), key=str.casefold)

    def find(self, number: str) -> Guest | None:
        """The guest behind a socket's number."""
        return self._guests.get(number)

    def welcome(self, guest: Guest, workshop: str) -> None:
        """A guest comes in."""
        with self._guard:
            self._guests[guest.number] = guest
        said = {"type": "welcome", "person": guest.person, "name": guest.name, "key": guest.key}
        self.say("in", [guest], {**said, "workshop": workshop})

    def go(self, number: str) -> Guest | None:
        """A guest goes; gives who it was if none of their sockets is left for that tab."""
        with self._guard:
            guest = self._guests.pop(number, None)
            still = guest is not None and any(one.to == guest.to for one in self._guests.values())
        return None if still else guest

    def empty(self) -> None:
        """Everybody goes."""
        with self._guard:
            self._guests.clear()

    def tell(self, message: dict[str, Any], guests: Iterable[Guest] | None = None) -> None:
        """Tell a message to guests; by default to whom it is addressed, or to all."""
        if guests is None:
            to = message.get("to")
            guests = [guest for guest in self.guests if to in (None, guest.to)]
        self.say("tell", guests, message)

    def refuse(self, number: str, message: dict[str, Any]) -> None:
        """Tell somebody who is not in why."""
        self._post({"op": "no", "guests": [number], "text": _text(message)})

    def say(self, op: str, guests: Iterable[Guest], message: dict[str, Any]) -> None:
        """Say something to guests, and what the server is to do about them."""
        numbers = [guest.number for guest in guests]
        if numbers:
            self._post({"op": op, "guests": numbers, "text": _text(message)})


def _text(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, allow_nan=False)
