"""A board goes on after its kernel was restarted, without a cell being run.

The widget's half in the kernel is gone then. The page has the new kernel call ``listen`` and opens a comm of
its own, which becomes a member of the room.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from ..storm.errors import StormError
from .door import enter, leave
from .entrance import Host, door_answer

TARGET = "anycompany.board"
"""The name under which pages open their comms."""


def listen(host: Host | None = None) -> None:
    """Take boards in that come back; calling it again changes nothing.

    Parameters
    ----------
    host : lets guests in again, for boards that steer a workshop.
    """
    from comm import get_comm_manager

    get_comm_manager().register_target(TARGET, partial(_take_in, host=host))


class _Line:
    """A comm of a page, as a member of a room."""

    def __init__(self, comm: Any, facilitates: bool) -> None:
        self._comm = comm
        self.facilitates = facilitates

    def send(self, content: dict[str, Any]) -> None:
        self._comm.send(data=content)


def _take_in(comm: Any, message: Any, host: Host | None = None) -> None:
    """A page has opened a comm; its data name the storm file, and whether its board steers the workshop.

    Whoever opens a comm may run any code in this kernel: there is nothing that this could be kept from.
    """
    data = message.get("content", {}).get("data", {})
    line = _Line(comm, isinstance(data, dict) and data.get("facilitates") is True)
    try:
        room = enter(_storm_path(message), line)
    except StormError as error:
        line.send({"type": "nack", "id": "", "why": error.what, "remedy": error.remedy, "again": False})
        comm.close()
        return
    hosted = host(room.path) if host and line.facilitates else None

    def hear(heard: Any) -> None:
        said = heard["content"]["data"]
        if answer := door_answer(said, hosted):
            line.send(answer)
        else:
            room.receive(said, line)

    comm.on_msg(hear)
    comm.on_close(lambda _: leave(room, line))


def _storm_path(message: Any) -> Path:
    """The storm file that a page asks for. Raises ``StormError`` when it is none."""
    try:
        path = Path(message["content"]["data"]["path"])
        if path.name.endswith(".storm.yaml") and path.is_file():
            return path
    except (KeyError, TypeError, ValueError, OSError):
        pass
    raise StormError(
        "The storm of this board is not there any more.",
        remedy="Open the storm again: run the cell of its board.",
    )
