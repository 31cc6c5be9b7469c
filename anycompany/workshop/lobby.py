"""Between the guests of one workshop and the board's room: who is in, what they may do, what they are told.

To the room it is one member with a tab for every guest. All envelopes are made on the hosting's thread, in
the order in which the room has spoken.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..board import door
from ..board.messages import EditSent, MessageError, message_from
from ..board.room import Room
from ..storm.model import Storm
from ..storm.workshop.rights import as_guest, refused_to_guest
from ..storm.workshop.writers import Writers
from . import addresses
from .codes import Codes, shown
from .reception import Guest, Reception, Refused
from .telling import for_guests, own_notes, standing

ALLOWED = frozenset(["hello", "edit", "presence", "bye"])
"""What guests may say to the room; questions, undo and redo are not for them."""

PUT_OUT = {
    "type": "refused",
    "why": "The facilitator has closed the door of this workshop.",
    "remedy": "Ask for the new code.",
    "wait": 0,
    "void": True,
}

Post = Callable[[Callable[[], "dict[str, Any] | None"]], None]


class Lobby:
    """The guests of a workshop.

    Parameters
    ----------
    storm : the storm file.
    codes : of the workshop.
    public : the server's address for guests.
    post : takes what makes an envelope for the server.
    """

    def __init__(self, storm: Path, codes: Codes, public: str, post: Post) -> None:
        self._path = storm
        self._codes = codes
        self._public = public
        self._post = post
        self._reception = Reception(codes)
        self._guests: dict[str, Guest] = {}
        self._guard = threading.Lock()
        self._room: Room | None = None
        self._writers = Writers()
        self._read = 0
        self._storm: Storm | None = None
        self._stood: tuple[str, Any] | None = None
        self._door: dict[str, Any] = {}

    def names(self) -> list[str]:
        """Who is here, each person once."""
        with self._guard:
            people = {guest.person: guest.name for guest in self._guests.values() if not guest.is_screen}
        return sorted(people.values(), key=str.casefold)

    # -- on the hosting's thread

    def open(self) -> None:
        """Go into the room, so that guests can come.

        Raises ``StormFileError`` when there is no storm, or it cannot be read.
        """
        if self._room is None:
            self._room = door.enter(self._path, self)
        self._read_on()

    def empty(self) -> None:
        """Nobody is connected any more."""
        with self._guard:
            self._guests.clear()
        if self._room is not None:
            door.leave(self._room, self)
            self._room = None

    def hear(self, envelope: dict[str, Any]) -> None:
        """Something has come from a guest. Nothing is raised: it must not put the others out."""
        number, said = str(envelope.get("guest")), _json(str(envelope.get("text", "")))
        guest = self._guests.get(number)
        try:
            match envelope.get("op"):
                case "knock":
                    self._knock(number, str(envelope.get("address")), said)
                case "said" if guest:
                    self._hear(guest, said)
                case "gone":
                    self._go(number)
        except Exception as error:
            if guest and isinstance(said, dict):
                why = f"The kernel stumbled over that ({type(error).__name__}: {str(error)[:200]})."
                self._nack(guest, said, why, "Try it again; report this if it stays.")

    def look(self) -> None:
        """Put out who may not stay, and tell what has changed about the door."""
        for guest in list(self._guests.values()):
            stays = self._codes.may_stay(guest.person) if not guest.is_screen else True
            if not stays:
                self._out(guest, PUT_OUT)
        door_now = self._door_now()
        if door_now != self._door:
            self._door = door_now
            self._tell(door_now, (guest for guest in self._guests.values() if guest.is_screen))

    # -- from the room, on any thread

    def send(self, content: dict[str, Any]) -> None:
        """A member's: what the room tells, to one tab or to all."""
        self._post(lambda: self._passed_on(content))

    # -- guests

    def _knock(self, number: str, address: str, said: Any) -> None:
        answer = self._reception.knock(number, address, said)
        if isinstance(answer, Refused):
            self._post(lambda: {"op": "no", "guests": [number], "text": json.dumps(answer.told())})
            return
        with self._guard:
            self._guests[number] = answer
        welcome: dict[str, Any] = {
            "type": "welcome",
            "person": answer.person,
            "name": answer.name,
            "key": answer.key,
            "workshop": self._codes.id,
        }
        self._post(lambda: {"op": "in", "guests": [number], "text": json.dumps(welcome)})
        if answer.is_screen:
            self._tell(self._door_now(), [answer])

    def _hear(self, guest: Guest, said: Any) -> None:
        if not isinstance(said, dict) or self._room is None:
            return
        if not guest.is_screen and not self._codes.may_stay(guest.person):
            self._out(guest, PUT_OUT)
            return
        kind = said.get("type")
        said = {**said, "person": guest.person, "tab": guest.tab, "name": guest.name}
        if kind == "presence":
            said = {key: said[key] for key in ("type", "person", "tab", "name")}
        if kind not in ALLOWED or (guest.is_screen and kind == "edit"):
            self._nack(guest, said, "That is not for guests.", "Ask somebody at the board.")
            return
        if kind == "edit":
            allowed = self._allowed(guest, said)
            if allowed is None:
                return
            said = allowed
        self._room.receive(said, self)
        if kind == "hello":
            self._tell(self._standing(), [guest])
            self._tell_own(guest)

    def _allowed(self, guest: Guest, said: dict[str, Any]) -> dict[str, Any] | None:
        """An edit that a guest may make; None where it was refused, and the guest was told."""
        try:
            message = message_from(said)
        except MessageError as error:
            self._nack(guest, said, error.what, error.remedy)
            return None
        if not isinstance(message, EditSent):
            return None
        self._read_on()
        if refusal := refused_to_guest(message.edit, self._writers.own(guest.person)):
            self._nack(guest, said, *refusal)
            return None
        edit = as_guest(message.edit, self._writers.name_for(guest.person, guest.name))
        return {**said, "edit": edit.record()}

    def _nack(self, guest: Guest, said: dict[str, Any], why: str, remedy: str) -> None:
        identifier = said.get("id")
        named = identifier if isinstance(identifier, str) else ""
        nack = {
            "type": "nack",
            "to": guest.to,
            "id": named[:100],
            "why": why,
            "remedy": remedy,
            "again": False,
        }
        self._tell(nack, [guest])

    def _out(self, guest: Guest, said: dict[str, Any]) -> None:
        self._go(guest.number)
        self._post(lambda: {"op": "out", "guests": [guest.number], "text": json.dumps(said)})

    def _go(self, number: str) -> None:
        with self._guard:
            guest = self._guests.pop(number, None)
        if guest is None or self._room is None or any(one.to == guest.to for one in self._guests.values()):
            return
        bye = {"type": "bye", "person": guest.person, "tab": guest.tab, "name": guest.name}
        self._room.receive(bye, self)

    # -- what guests are told

    def _tell(self, message: dict[str, Any], guests: Iterable[Guest]) -> None:
        numbers = [guest.number for guest in guests]
        if numbers:
            text = json.dumps(message, ensure_ascii=False, allow_nan=False)
            self._post(lambda: {"op": "tell", "guests": numbers, "text": text})

    def _passed_on(self, content: dict[str, Any]) -> dict[str, Any] | None:
        told = for_guests(content, self._codes.id)
        if content.get("type") in ("patch", "snapshot"):
            self._read_on()
            self._tell_standing()
            self._tell_owners(content.get("ids", ()))
        if told is None:
            return None
        to = content.get("to")
        numbers = [guest.number for guest in self._guests.values() if to in (None, guest.to)]
        text = json.dumps(told, ensure_ascii=False, allow_nan=False)
        return {"op": "tell", "guests": numbers, "text": text} if numbers else None

    def _tell_owners(self, ids: Iterable[str]) -> None:
        """Tell those whose edits have happened which notes are theirs."""
        people = {identifier[:8] for identifier in ids}
        for guest in list(self._guests.values()):
            if guest.person in people and not guest.is_screen:
                self._tell_own(guest)

    def _tell_own(self, guest: Guest) -> None:
        if self._storm is not None:
            own = own_notes(self._writers.own(guest.person), self._storm)
            voted = [f"{section}/{key}" for section, key in self._writers.voted(guest.person, self._storm)]
            self._tell({"type": "own", "keys": own, "votes": voted}, [guest])

    def _tell_standing(self) -> None:
        """Tell where the workshop stands, if that is another place now; clocks run by themselves."""
        assert self._storm is not None
        stands = (self._storm.name, self._storm.workshop)
        if stands != self._stood:
            self._stood = stands
            self._tell(self._standing(), self._guests.values())

    def _standing(self) -> dict[str, Any]:
        assert self._storm is not None
        return standing(self._storm)

    def _door_now(self) -> dict[str, Any]:
        code = self._codes.code
        address = addresses.join_address(self._public)
        told: dict[str, Any] = {
            "type": "door",
            "address": address,
            "code": None,
            "qr": [],
            "guests": self.names(),
        }
        if code:
            told |= {"code": shown(code), "qr": list(addresses.qr(f"{address}#{code}"))}
        return told

    def _read_on(self) -> None:
        assert self._room is not None
        entries, self._storm = self._room.since(self._read)
        for entry in entries:
            self._writers.take(entry.id, entry.edit)
        self._read += len(entries)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
