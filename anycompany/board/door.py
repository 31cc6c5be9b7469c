"""The way into a room: one room per storm file and kernel, for as long as somebody is in it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from .people import Member
from .room import Room

_ROOMS: dict[Path, tuple[Room, list[Member]]] = {}
_DOOR = threading.Lock()


def enter(path: str | os.PathLike[str], member: Member) -> Room:
    """The room of a storm file, with a member in it; it is made when the first one comes.

    Raises ``StormFileError`` when there is no such storm, or it cannot be read.
    """
    real = Path(os.path.realpath(path))
    with _DOOR:
        if real not in _ROOMS:
            _ROOMS[real] = (Room(real), [])
        room, members = _ROOMS[real]
        members.append(member)
        return room


def leave(room: Room, member: Member) -> None:
    """A member leaves a room; the last one closes it."""
    room.leave(member)
    with _DOOR:
        known, members = _ROOMS.get(room.path, (None, []))
        if known is room:
            members[:] = [other for other in members if other is not member]
            if not members:
                del _ROOMS[room.path]
                room.close()
