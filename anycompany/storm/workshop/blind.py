"""What a person sees before the reveal: only their own notes, and only their own dots.

The view is a storm of its own, built from what may be seen and nothing else, so that no list, count, finding
or picture made from it can tell more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from ..parts import Alternatives, Context, HotSpot, Moment, events_of
from .writers import VOTED, Voted

if TYPE_CHECKING:
    from ..model import Storm

NOBODY: frozenset[str] = frozenset()
"""The own notes of a viewer who has none, such as a page that several people look at."""


def is_blind(storm: Storm) -> bool:
    """Whether each person sees only their own notes now."""
    return storm.workshop is not None and storm.workshop.blind


def hides_votes(storm: Storm) -> bool:
    """Whether each person sees only their own dots now."""
    return storm.workshop is not None and storm.workshop.voting is not None and storm.workshop.voting.hidden


def hides(storm: Storm) -> bool:
    """Whether people see different things now."""
    return is_blind(storm) or hides_votes(storm)


def seen_by(storm: Storm, own: Collection[str] = NOBODY, voted: Voted | None = None) -> Storm:
    """The storm as one person sees it now; the storm itself where nothing is hidden.

    Parameters
    ----------
    storm : the whole storm.
    own : the notes the person wrote, such as ``events/room-booked`` (see ``writers.Writers.own``).
    voted : the dots the person has put (``writers.Writers.voted``).

    >>> from ..edits import Conduct
    >>> from ..model import Storm
    >>> storm = Storm(name="Inn").add_events(["Room Booked", "Bill Paid"]).do(Conduct(keys={"blind": True}))
    >>> list(seen_by(storm, {"events/bill-paid"}).events)
    ['bill-paid']
    """
    if is_blind(storm):
        storm = _own_notes(storm, own)
    return _own_votes(storm, voted or {}) if hides_votes(storm) else storm


def _own_notes(storm: Storm, own: Collection[str]) -> Storm:
    from ..model import Storm as Model

    kept: dict[str, Any] = {
        section: {key: thing for key, thing in getattr(storm, section).items() if f"{section}/{key}" in own}
        for section in ("events", "hotspots")
    }
    timeline = (_moment(moment, kept["events"]) for moment in storm.timeline)
    said = ("format", "name", "language", "source", "technical", "workshop")
    shown = {key: getattr(storm, key) for key in said if key in storm.model_fields_set}
    sections = {**kept, "timeline": [moment for moment in timeline if moment], "board": _board(storm, own)}
    return Model(name=storm.name).changed(**shown, **{key: value for key, value in sections.items() if value})


def _moment(moment: Moment, events: Collection[str]) -> Moment | None:
    ids = [event for event in events_of(moment) if event in events]
    if len(ids) < 2:
        return ids[0] if ids else None
    return Alternatives(**{"or": ids}) if isinstance(moment, Alternatives) else ids


def _board(storm: Storm, own: Collection[str]) -> dict[str, Any]:
    notes, parked = storm.board.get("notes", {}), storm.board.get("parked", {})
    shown = {
        "notes": {key: place for key, place in _entries(notes) if key in own},
        "parked": {key: note for key, note in _entries(parked) if f"events/{key}" in own},
    }
    return {key: value for key, value in shown.items() if value}


def _entries(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _own_votes(storm: Storm, voted: Voted) -> Storm:
    return storm.changed(
        **{
            section: _with_own_votes(section, getattr(storm, section), voted)
            for section in VOTED
            if section in storm.model_fields_set
        }
    )


def _with_own_votes(section: str, things: Mapping[str, Any], voted: Voted) -> dict[str, HotSpot | Context]:
    shown = {}
    for key, thing in things.items():
        mine = [who for who in thing.votes if who == voted.get((section, key))]
        shown[key] = thing if mine == thing.votes else thing.model_copy(update={"votes": mine})
    return shown
