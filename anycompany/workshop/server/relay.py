"""Between guests and the kernels that host: texts go to and fro, and only envelopes are read.

The kernel's socket carries envelopes in JSON. To the kernel: ``knock`` (a guest's first word, and where it
comes from), ``said`` (any later one), ``gone``, ``elsewhere`` (another workshop has taken the guest in). From
the kernel: ``in`` (the guest is that kernel's now), ``no`` (it is not), ``tell`` (a text for some guests),
``out`` (a last text; the guest has to knock again).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Protocol

RESTING = json.dumps({"type": "resting"})
"""What guests are told while no kernel hosts: they keep what they type and wait."""

BACK = json.dumps({"type": "back"})
"""What waiting guests are told when a kernel hosts: knock again."""


class Socket(Protocol):
    """One end of a connection."""

    def pass_on(self, text: str) -> None:
        """Send a text; what is not sent in time is the socket's own business."""


@dataclass(eq=False)
class Guest:
    """One guest's socket, and the workshop that it is in."""

    socket: Socket
    number: str
    address: str
    workshop: str | None = None
    knocking: set[str] = field(default_factory=set)
    refusal: str = ""


class Relay:
    """All guests and all hosting kernels of one server. Everything happens on the server's one loop."""

    def __init__(self) -> None:
        self._hosts: dict[str, Socket] = {}
        self._guests: dict[str, Guest] = {}
        self._count = 0

    @property
    def workshops(self) -> list[str]:
        """The ids of the workshops that are hosted now."""
        return sorted(self._hosts)

    # -- guests

    def come(self, socket: Socket, address: str) -> Guest:
        """A guest's socket has opened; ``address`` is where it comes from."""
        self._count += 1
        guest = Guest(socket, str(self._count), address)
        self._guests[guest.number] = guest
        if not self._hosts:
            socket.pass_on(RESTING)
        return guest

    def hear(self, guest: Guest, text: str) -> None:
        """A guest has said something: to their kernel, or to every kernel while they knock."""
        if guest.workshop is not None:
            if host := self._hosts.get(guest.workshop):
                _post(host, op="said", guest=guest.number, text=text)
            return
        if guest.knocking:
            return  # one knock at a time
        if self._hosts and not _is_knock(text):
            return  # it was on its way when the kernel went; the page says it again when it is in
        if not self._hosts:
            guest.socket.pass_on(RESTING)
            return
        guest.knocking, guest.refusal = set(self._hosts), ""
        for host in self._hosts.values():
            _post(host, op="knock", guest=guest.number, address=guest.address, text=text)

    def go(self, guest: Guest) -> None:
        """A guest's socket has closed."""
        self._guests.pop(guest.number, None)
        if guest.workshop in self._hosts:
            _post(self._hosts[guest.workshop], op="gone", guest=guest.number)

    # -- kernels

    def host(self, workshop: str, socket: Socket) -> bool:
        """A kernel wants to host a workshop; False while another one does."""
        if workshop in self._hosts:
            return False
        self._hosts[workshop] = socket
        for guest in self._guests.values():
            if guest.workshop in (None, workshop):
                guest.workshop = None
                guest.socket.pass_on(BACK)
        return True

    def order(self, workshop: str, envelope: dict[str, Any]) -> None:
        """A kernel says what is to be done with its guests."""
        guests = [one for number in _list(envelope.get("guests")) if (one := self._guests.get(number))]
        text = str(envelope.get("text", ""))
        match envelope.get("op"):
            case "in":
                for guest in guests:
                    if guest.workshop is None:
                        for other in set(self._hosts) - {workshop}:
                            _post(self._hosts[other], op="elsewhere", address=guest.address)
                        guest.workshop, guest.knocking = workshop, set()
                        guest.socket.pass_on(text)
            case "no":
                for guest in guests:
                    self._refuse(guest, workshop, text)
            case "tell":
                for guest in guests:
                    if guest.workshop == workshop:
                        guest.socket.pass_on(text)
            case "out":
                for guest in guests:
                    if guest.workshop == workshop:
                        guest.workshop = None
                        guest.socket.pass_on(text)

    def leave(self, workshop: str, socket: Socket) -> None:
        """A kernel's socket has closed: its guests wait for another one."""
        if self._hosts.get(workshop) is not socket:
            return
        del self._hosts[workshop]
        for guest in list(self._guests.values()):
            if guest.workshop == workshop:
                guest.workshop = None
                guest.socket.pass_on(RESTING)
            elif workshop in guest.knocking:
                self._refuse(guest, workshop, RESTING)

    def _refuse(self, guest: Guest, workshop: str, text: str) -> None:
        """One kernel does not know the guest; when the last one has said so, the guest is told."""
        if workshop not in guest.knocking:
            return
        guest.knocking.discard(workshop)
        guest.refusal = text if text != RESTING or not guest.refusal else guest.refusal
        if not guest.knocking:
            guest.socket.pass_on(guest.refusal)


def _is_knock(text: str) -> bool:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("type") == "knock"


def _post(host: Socket, **envelope: Any) -> None:
    host.pass_on(json.dumps(envelope))


def _list(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
