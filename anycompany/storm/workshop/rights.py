"""What a guest may do: add events and hot spots, edit or take back their own, put dots. Nothing else.

What of it is open at the moment is for ``phases`` to say.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from .. import edits as e

if TYPE_CHECKING:
    from ..model import Storm

NOTES = ("events", "hotspots")
"""The sections of a storm that guests may write into."""

ONLY_OWN = ("Only those who wrote a note may change it or take it back.", "Stick a hot spot to it instead.")
NOT_FOR_GUESTS = (
    "Guests add notes and hot spots, change their own, and vote.",
    "Ask somebody at the board for anything else.",
)
BUILT_ON = (
    "Others have built on this note.",
    "Ask somebody at the board to take it away, or stick a hot spot to it.",
)
VOTED_ON = (
    "There may be dots on this hot spot: it stays as it was when they were put.",
    "Write another one, or ask somebody at the board.",
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


def refused_for_others(edit: e.AnyEdit, storm: Storm, name: str) -> tuple[str, str] | None:
    """Why a guest may not change a note of their own any more, and what to do instead; None when they may.

    What others did with it would go with it. While a vote is open nobody learns whether there are dots.

    Parameters
    ----------
    edit : what the guest wants.
    storm : as it is now.
    name : the name that the guest's dots have.

    >>> from ..model import Storm
    >>> inn = Storm(name="Inn").add_event("Room Booked").add_entity("Room", events=["room-booked"])
    >>> refused_for_others(e.Remove(of="events", id="room-booked"), inn, "Ada")[0]
    'Others have built on this note.'
    """
    match edit:
        case e.Remove(of="events", id=identifier) if _is_built_on(storm, identifier):
            return BUILT_ON
        case e.Remove(of="hotspots", id=identifier) | e.Rename(of="hotspots", id=identifier):
            spot, workshop = storm.hotspots.get(identifier), storm.workshop
            voting = workshop is not None and workshop.voting is not None
            return VOTED_ON if spot and (voting or set(spot.votes) - {name}) else None
    return None


def _is_built_on(storm: Storm, event: str) -> bool:
    """Whether an event has become part of what the team worked out: taking it away takes that away."""
    relations = storm.relations
    users = (relations.hearers_of, relations.emitters_of, relations.entities_of)
    heard = any(listener.hears != "all" and event in listener.hears for listener in storm.listeners.values())
    return heard or event in storm.triggers or event in storm.contracts or any(event in one for one in users)


def as_guest(edit: e.AnyEdit, name: str) -> e.AnyEdit:
    """The edit as it is believed: a dot under the guest's own name, a new note under an id of its own.

    >>> as_guest(e.Vote(hotspot="fees", who="Somebody else"), "Ada").who
    'Ada'
    """
    if isinstance(edit, e.Vote):
        return edit.model_copy(update={"who": name})
    return edit.model_copy(update={"id": None}) if isinstance(edit, e.Add) else edit
