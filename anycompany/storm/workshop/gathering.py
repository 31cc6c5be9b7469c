"""The reveal: notes that were written apart are laid side by side, what is alike next to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import edits as e

if TYPE_CHECKING:
    from ..model import Storm

NOTE = (132, 88)
"""How large a note is on the board."""

ACROSS, DOWN = 156, 112
"""How far one note lies from the next."""

COLUMNS, ROWS, SHEETS_ACROSS = 8, 6, 4
"""The grid of the board, in which notes lie that nobody laid anywhere: sheets side by side."""

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
    kept = _Ground()
    loose: list[str] = []
    together = {event for group in groups for event in group}
    for number, event in enumerate(storm.events):
        if event not in places and event not in together:
            kept.takes(_cell(number))
    for event, place in places.items():
        if event not in together and not kept.takes(place):
            loose.append(event)
    rows = [*groups, *(loose[at : at + COLUMNS] for at in range(0, len(loose), COLUMNS))]
    return list(_laid(rows, kept.bottom))


class _Ground:
    """Where notes lie, found by the cell of a grid, each as large as a note."""

    def __init__(self) -> None:
        self.bottom = 0.0
        self._cells: dict[tuple[int, int], Place] = {}

    def takes(self, place: Place) -> bool:
        """Whether a note has room here; it lies here then."""
        column, row = int(place[0] // NOTE[0]), int(place[1] // NOTE[1])
        near = ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        found = (self._cells[cell] for cell in near if cell in self._cells)
        if any(abs(place[0] - x) < NOTE[0] and abs(place[1] - y) < NOTE[1] for x, y in found):
            return False
        self._cells[column, row] = place
        self.bottom = max(self.bottom, place[1] + DOWN)
        return True


def _cell(number: int) -> Place:
    """Where the board shows the event of a number that nobody laid anywhere (see discovery_layout.js)."""
    sheet, within = divmod(number, COLUMNS * ROWS)
    down, across = divmod(sheet, SHEETS_ACROSS)
    row, column = divmod(within, COLUMNS)
    between = 2 * (ACROSS - NOTE[0])
    return (
        float((across * COLUMNS + column) * ACROSS + across * between),
        float((down * ROWS + row) * DOWN + down * between),
    )


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
