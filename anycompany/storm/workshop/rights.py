"""What a guest may do: add events and hot spots, edit or take back their own, put dots. Nothing else.

What of it is open at the moment is for ``phases`` to say.
"""

from __future__ import annotations

from collections.abc import Collection

from .. import edits as e

NOTES = ("events", "hotspots")
"""The sections of a storm that guests may write into."""

ONLY_OWN = ("Only those who wrote a note may change it or take it back.", "Stick a hot spot to it instead.")
NOT_FOR_GUESTS = (
    "Guests add notes and hot spots, change their own, and vote.",
    "Ask somebody at the board for anything else.",
)


def refused_to_guest(edit: e.AnyEdit, own: Collection[str]) -> tuple[str, str] | None:
    """Why a guest may not make an edit, and what to do instead; None when they may.

    Parameters
    ----------
    edit : what the guest wants.
    own : the notes the guest wrote, such as ``events/room-booked``.

    >>> refused_to_guest(e.Add(to="events", name="Room Booked"), ()) is None
    True
    >>> refused_to_guest(e.Remove(of="events", id="room-booked"), {"events/bill-paid"})[0]
    'Only those who wrote a note may change it or take it back.'
    """
    match edit:
        case e.Add(to=section, keys=keys) if section in NOTES:
            allowed = {"about"} if section == "hotspots" else set()
            return None if set(keys) <= allowed else NOT_FOR_GUESTS
        case e.Rename(of=section, id=identifier) | e.Remove(of=section, id=identifier) if section in NOTES:
            return None if f"{section}/{identifier}" in own else ONLY_OWN
        case e.Vote():
            return None
    return NOT_FOR_GUESTS


def as_guest(edit: e.AnyEdit, name: str) -> e.AnyEdit:
    """The edit as it is believed: a dot under the guest's own name, a new note under an id of its own.

    >>> as_guest(e.Vote(hotspot="fees", who="Somebody else"), "Ada").who
    'Ada'
    """
    if isinstance(edit, e.Vote):
        return edit.model_copy(update={"who": name})
    return edit.model_copy(update={"id": None}) if isinstance(edit, e.Add) else edit
