"""The reveal: notes that were written apart are laid side by side, what is alike next to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import edits as e

if TYPE_CHECKING:
    from ..model import Storm

ACROSS, DOWN = 156, 112
"""How far one note lies from the next; the board's notes are 132 by 88."""

COLUMNS = 8

Place = tuple[float, float]


def gathered(storm: Storm) -> list[e.AnyEdit]:
    """The moves that gather events on the wall: what is alike in groups, and no note on another.

    What lies alone and is like no other stays where it is.

    >>> from ..model import Storm
    >>> storm = Storm(name="Inn").add_events(["Room Booked", "Bill Paid", "Room Booked"])
    >>> [move.note for move in gathered(storm)]
    ['events/room-booked', 'events/room-booked-2']
    """
    groups = _groups(storm)
    places = {event: place for event in storm.events if (place := _place(storm, event))}
    kept: list[Place] = []
    loose: list[str] = []
    together = {event for group in groups for event in group}
    for event, place in places.items():
        if event in together:
            continue
        if any(abs(place[0] - x) < ACROSS - 24 and abs(place[1] - y) < DOWN - 24 for x, y in kept):
            loose.append(event)
        else:
            kept.append(place)
    free = sum(event not in places and event not in together for event in storm.events)
    top = max([y + DOWN for _, y in kept] + [DOWN * -(-free // COLUMNS)], default=0.0)
    rows = [*groups, *(loose[at : at + COLUMNS] for at in range(0, len(loose), COLUMNS))]
    return list(_laid(rows, top))


def _laid(rows: list[list[str]], top: float) -> list[e.AnyEdit]:
    """Groups one after the other, each begun where it fits into its row, a column apart."""
    moves: list[e.AnyEdit] = []
    row = column = 0
    for group in rows:
        if column and column + len(group) > COLUMNS:
            row, column = row + 1, 0
        for event in group:
            if column == COLUMNS:
                row, column = row + 1, 0
            moves.append(e.Move(note=f"events/{event}", x=column * ACROSS, y=top + row * DOWN))
            column += 1
        column += 1
    return moves


def _groups(storm: Storm) -> list[list[str]]:
    """Events that are alike, each group in the order in which they were written."""
    from ..joining import alike

    group_of: dict[str, list[str]] = {}
    for pair in alike(storm):
        if pair.section == "events":
            one, other = (group_of.get(event, [event]) for event in (pair.keep, pair.gone))
            if one is not other:
                one = [*one, *other]
                group_of |= dict.fromkeys(one, one)
    order = {event: number for number, event in enumerate(storm.events)}
    groups = {id(group): sorted(group, key=order.__getitem__) for group in group_of.values()}
    return sorted(groups.values(), key=lambda group: order[group[0]])


def _place(storm: Storm, event: str) -> Place | None:
    notes: Any = storm.board.get("notes", {})
    place = notes.get(f"events/{event}") if isinstance(notes, dict) else None
    if isinstance(place, list) and len(place) == 2 and all(isinstance(one, int | float) for one in place):
        return float(place[0]), float(place[1])
    return None
