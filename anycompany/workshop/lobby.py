"""Between the guests of one workshop and the board's room: who may come in, and what each may do.

To the room it is one member with a tab for every guest. It works on a thread of its own: while the disk takes
some notes, the next ones gather and are then written down together.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from ..board import door
from ..board.messages import EditSent, MessageError, message_from
from ..board.room import Room
from ..files.journal import Entry
from ..storm import edits as e
from ..storm.workshop.rights import as_guest, refused_for_others, refused_to_guest
from ..storm.workshop.writers import Writers, person_of
from . import addresses
from .audience import Audience, Post
from .codes import Codes, shown
from .reception import Guest, Reception, Refused
from .telling import for_guests, own_notes

ALLOWED = frozenset(["hello", "edit", "presence", "bye"])
"""What guests may say to the room; questions, undo and redo are not for them."""

PUT_OUT = Refused(
    "The facilitator has closed the door of this workshop.", "Ask for the new code.", key_is_void=True
)
SECONDS_BETWEEN_GREETINGS = 1.0
"""How often one page is given the whole storm, at most; who asks more often waits for the next time."""

MOST_AT_ONCE = 1_000
"""Things that are done before it is looked what else has come."""

STUMBLED = "Try it again; report this if it stays."
NEWS: dict[str, Any] = {"op": "news"}
LOOK: dict[str, Any] = {"op": "look"}
END: dict[str, Any] = {"op": "end"}


class Lobby:
    """The guests of a workshop.

    Parameters
    ----------
    storm : the storm file.
    codes : of the workshop.
    public : the server's address for guests.
    post : takes envelopes for the server.

    Raises ``StormFileError`` when there is no storm, or it cannot be read.
    """

    def __init__(self, storm: Path, codes: Codes, public: str, post: Post) -> None:
        self._codes = codes
        self.public = public
        self.audience = Audience(post)
        self._jobs: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._writers = Writers()
        self._read = 0
        self._door: dict[str, Any] = {}
        self._greeted: dict[str, float] = {}
        self._to_greet: dict[str, dict[str, Any]] = {}
        self._room: Room = door.enter(storm, self)
        self._reception = Reception(codes, at_boards=self._room.here)
        self._read_on()
        threading.Thread(target=self._work, name="anycompany-lobby", daemon=True).start()

    def hear(self, envelope: dict[str, Any]) -> None:
        """Something has come from the server; it is done soon, in order."""
        self._jobs.put(envelope)

    def look(self) -> None:
        """Put out who may not stay, and tell what has changed about the door, soon."""
        self._jobs.put(LOOK)

    def close(self) -> None:
        """Everybody is gone: leave the room."""
        self._jobs.put(END)

    def send(self, content: dict[str, Any]) -> None:
        """A member's: what the room tells, to one tab or to all, on any thread."""
        if told := for_guests(content, self._codes.id):
            self.audience.tell(told)
        if content.get("type") == "patch":
            self._jobs.put(NEWS)

    # -- on the lobby's own thread

    def _work(self) -> None:
        while True:
            jobs = [self._jobs.get()]
            with suppress(Empty):
                while len(jobs) < MOST_AT_ONCE:
                    jobs.append(self._jobs.get_nowait())
            edits: list[dict[str, Any]] = []
            for job in jobs:
                if job is END:
                    self._pass_on(edits)
                    door.leave(self._room, self)
                    self.audience.empty()
                    return
                edits += self._carefully(job, edits)
            self._pass_on(edits)

    def _carefully(self, job: dict[str, Any], edits: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Do a job, with the edits before it done first where that matters; gives the edits to be done later.

        Nothing is raised: what one guest says must not put the others out.
        """
        guest, said = self.audience.find(str(job.get("guest"))), _json(job.get("text"))
        try:
            if job["op"] == "said" and guest and isinstance(said, dict):
                if said.get("type") == "edit" and (said.get("edit") or {}).get("kind") == "add":
                    return list(self._allowed(guest, said))
                self._pass_on(edits)
                self._hear(guest, said)
            elif job["op"] == "knock":
                self._knock(str(job.get("guest")), str(job.get("address")), said)
            elif job["op"] == "elsewhere":
                self._reception.elsewhere(str(job.get("address")))
            elif job["op"] == "gone":
                self._go(str(job.get("guest")))
            elif job is LOOK:
                self._look()
            elif job is NEWS:
                self._tell_owners(self._read_on())
        except Exception as error:
            if guest and isinstance(said, dict):
                self._nack(guest, said, _stumbled(error), STUMBLED)
        return []

    def _pass_on(self, edits: list[dict[str, Any]]) -> None:
        try:
            if edits:
                self._room.receive_all(list(edits), self)
        except Exception as error:
            for said in edits:
                nack = {
                    "type": "nack",
                    "to": f"{said['person']}{said['tab']}",
                    "id": said["id"],
                    "again": True,
                }
                self.audience.tell({**nack, "why": _stumbled(error), "remedy": STUMBLED})
        edits.clear()

    def _knock(self, number: str, address: str, said: Any) -> None:
        answer = self._reception.knock(number, address, said)
        if isinstance(answer, Refused):
            self.audience.refuse(number, answer.told())
            return
        self.audience.welcome(answer, self._codes.id)
        if answer.is_screen:
            self.public = addresses.learnt(self.public, answer.at)
            self.audience.tell(self._door_now(), [answer])

    def _hear(self, guest: Guest, said: dict[str, Any]) -> None:
        if said.get("type") == "edit":
            for allowed in self._allowed(guest, said):
                self._room.receive(allowed, self)
            return
        kind, said = said.get("type"), _signed(guest, said)
        if kind not in ALLOWED:
            self._nack(guest, said, "That is not for guests.", "Ask somebody at the board.")
            return
        if kind == "presence":
            said = _signed(guest, {"type": "presence"})
        if kind == "hello":
            self._greet_in_time(guest, said)
        else:
            self._room.receive(said, self)

    def _greet_in_time(self, guest: Guest, said: dict[str, Any]) -> None:
        """Give a guest the whole storm, now or soon: it is much, and any number of questions gets it once."""
        if time.monotonic() - self._greeted.get(guest.number, -SECONDS_BETWEEN_GREETINGS) < (
            SECONDS_BETWEEN_GREETINGS
        ):
            self._to_greet[guest.number] = said
        else:
            self._greet(guest, said)

    def _greet(self, guest: Guest, said: dict[str, Any]) -> None:
        self._to_greet.pop(guest.number, None)
        self._greeted[guest.number] = time.monotonic()
        self._room.receive(said, self)
        if not guest.is_screen:
            own = own_notes(self._writers.own(guest.person), self._room.since(self._read)[1])
            self._tell_own(guest, own, afresh=True)

    def _allowed(self, guest: Guest, said: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The edit as a guest may make it; none where it was refused, and the guest was told."""
        if guest.is_screen or not self._codes.may_stay(guest.person):
            self._out(guest)
            return
        said = _signed(guest, said)
        try:
            message = message_from(said)
        except MessageError as error:
            self._nack(guest, said, error.what, error.remedy)
            return
        if not isinstance(message, EditSent):
            return
        if not isinstance(message.edit, e.Add):
            self._tell_owners(self._read_on())
        name, storm = self._writers.name_for(guest.person, guest.name), self._room.since(self._read)[1]
        refusal = refused_to_guest(message.edit, self._writers.own(guest.person))
        if refusal := refusal or refused_for_others(message.edit, storm, name):
            self._nack(guest, said, *refusal)
            return
        edit = as_guest(message.edit, name)
        yield {**said, "edit": edit.record()}

    def _nack(self, guest: Guest, said: dict[str, Any], why: str, remedy: str) -> None:
        identifier = said.get("id")
        named = identifier[:100] if isinstance(identifier, str) else ""
        nack = {"type": "nack", "to": guest.to, "id": named, "why": why, "remedy": remedy, "again": False}
        self.audience.tell(nack, [guest])

    def _out(self, guest: Guest) -> None:
        self.audience.say("out", [guest], PUT_OUT.told())
        self._go(guest.number)

    def _go(self, number: str) -> None:
        self._greeted.pop(number, None)
        self._to_greet.pop(number, None)
        if guest := self.audience.go(number):
            self._room.receive(_signed(guest, {"type": "bye"}), self)

    def _look(self) -> None:
        for guest in self.audience.guests:
            if not (guest.is_screen or self._codes.may_stay(guest.person)):
                self._out(guest)
            elif said := self._to_greet.get(guest.number):
                self._greet_in_time(guest, said)
        door_now = self._door_now()
        if door_now != self._door:
            self._door = door_now
            self.audience.tell(door_now, [guest for guest in self.audience.guests if guest.is_screen])

    def _door_now(self) -> dict[str, Any]:
        code, address, names = self._codes.code, addresses.join_address(self.public), self.audience.names()
        told: dict[str, Any] = {"type": "door", "address": address, "code": None, "qr": [], "guests": names}
        if code:
            told |= {"code": shown(code), "qr": addresses.qr(f"{address}#{code}")}
        return told

    def _read_on(self) -> Sequence[Entry]:
        """Take down who wrote what since the last time; gives the entries."""
        entries, _ = self._room.since(self._read)
        for entry in entries:
            self._writers.take(entry.id, entry.edit)
        self._read += len(entries)
        return entries

    def _tell_owners(self, entries: Sequence[Entry]) -> None:
        """Tell guests which of these notes are theirs."""
        fresh: dict[str, list[str]] = {}
        for entry in entries:
            if person := person_of(entry.id):
                refs = fresh.setdefault(person, [])
                if isinstance(entry.edit, e.Add):
                    refs.append(f"{entry.edit.to}/{entry.edit.id}")
        for guest in self.audience.guests if fresh else ():
            if guest.person in fresh and not guest.is_screen:
                self._tell_own(guest, fresh[guest.person])

    def _tell_own(self, guest: Guest, keys: list[str], *, afresh: bool = False) -> None:
        voted = self._writers.voted(guest.person, self._room.since(self._read)[1])
        votes = [f"{section}/{key}" for section, key in voted]
        self.audience.tell({"type": "own", "keys": keys, "votes": votes, "afresh": afresh}, [guest])


def _stumbled(error: Exception) -> str:
    """What guests are told of a fault of ours: its own words may be about files, or about others' notes."""
    return f"The kernel stumbled over that ({type(error).__name__})."


def _signed(guest: Guest, said: dict[str, Any]) -> dict[str, Any]:
    """A message as its sender's: whatever it claims about that is overwritten."""
    return {**said, "person": guest.person, "tab": guest.tab, "name": guest.name}


def _json(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
