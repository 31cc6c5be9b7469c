"""Notes from elsewhere: a pasted list of lines, or a board's CSV export, as one batch of edits.

No note is ever lost: what is not understood becomes an event, for the team to sort out.
"""

from __future__ import annotations

import colorsys
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..storm import edits as e
from ..storm.errors import StormError
from ..storm.ids import mint
from ..storm.model import Storm

Kind = Literal["event", "hotspot", "command", "actor", "policy", "external", "read model", "aggregate"]

TEXT_COLUMNS = ("text", "content", "note", "sticky note", "title", "plain text", "description", "name")
"""Headings under which boards export what a note says (Mural: Text; Miro and others: Content, Title, …)."""

LONGEST_FILE = 10_000_000
"""Bytes that are read at most."""

_BULLET = re.compile(r"^(?:[-*+•‣◦▪–—]|\[[ xX]?\]|\(?\d{1,4}[.)])\s+")
_KIND_WORDS: dict[str, Kind] = {
    "event": "event",
    "domain event": "event",
    "hot spot": "hotspot",
    "hotspot": "hotspot",
    "question": "hotspot",
    "command": "command",
    "actor": "actor",
    "policy": "policy",
    "external system": "external",
    "read model": "read model",
    "aggregate": "aggregate",
}


@dataclass(frozen=True)
class Note:
    """A note of another board: what it says, its kind, and where it lay."""

    text: str
    kind: Kind = "event"
    place: tuple[float, float] | None = None


def lines_to_notes(text: str) -> list[Note]:
    r"""The notes of a pasted list, one a line; bullets and numbers are cleaned away, duplicates stay.

    >>> [note.text for note in lines_to_notes("- Room Booked\n\n2) Room Booked\n[ ] Key Lost")]
    ['Room Booked', 'Room Booked', 'Key Lost']
    """
    notes = []
    for line in text.removeprefix("\ufeff").splitlines():
        said = line.strip()
        while found := _BULLET.match(said):
            said = said[found.end() :].strip()
        if said:
            notes.append(Note(said))
    return notes


def csv_to_notes(data: bytes, column: str | None = None) -> list[Note]:
    """The notes of a board's CSV export.

    Delimiter and encoding are found out. The text is in ``column``, else under a heading that boards use,
    else in the column with the most text. A type or tag column, or EventStorming colours (only where some
    notes are orange: elsewhere colours mean something else), tell the kind; x and y columns the place. Cells
    that begin like a formula are text like any other.

    Raises ``StormError`` when the file is too large or there is no such column.
    """
    if len(data) > LONGEST_FILE:
        raise StormError(
            f"The file has {len(data):,} bytes.", "CSV", f"Export at most {LONGEST_FILE:,} bytes."
        )
    rows = _rows(decoded(data))
    if not rows:
        return []
    headings = [cell.strip().lower() for cell in rows[0]]
    texts = _text_column(rows, headings, column)
    has_headings = column is not None or any(name in headings for name in TEXT_COLUMNS)
    kinds, colours = (
        _column(headings, "type", "kind", "tags", "tag"),
        _column(headings, "color", "colour", "bg", "fill"),
    )
    across, down = (
        _column(headings, "x", "position x", "x position"),
        _column(headings, "y", "position y", "y position"),
    )
    found = []
    for row in rows[1:] if has_headings else rows:
        text = " ".join(_cell(row, texts).split())
        if text:
            place = _place(_cell(row, across), _cell(row, down)) if has_headings else None
            found.append((text, _cell(row, kinds), _cell(row, colours), place))
    grammar = any(_kind_of_colour(colour) == "event" for _, _, colour, _ in found)
    return [Note(text, _kind(said, colour, grammar), place) for text, said, colour, place in found]


def notes_to_edit(storm: Storm, notes: Sequence[Note]) -> e.Batch:
    """One edit that adds the notes to a storm; undone as one.

    Hot spots become hot spots. Commands, actors, policies and other kinds stand in no storm alone: they are
    parked on the board, with their kind.
    """
    taken = {*storm.events, *storm.retired, *storm.board.get("parked", {})}
    spots = {*storm.hotspots, *storm.retired}
    batch: list[e.AnyEdit] = []
    for note in notes:
        if note.kind == "hotspot":
            identifier = mint(note.text, spots, "hotspot")
            spots.add(identifier)
            batch.append(e.Add(to="hotspots", name=note.text, id=identifier))
        else:
            identifier = mint(note.text, taken, "event")
            taken.add(identifier)
            keys: dict[str, Any] = {} if note.kind == "event" else {"x-kind": note.kind}
            batch.append(e.Add(to="events", name=note.text, id=identifier, keys=keys))
            if note.kind != "event":
                batch.append(e.Park(event=identifier))
        if note.place:
            section = "hotspots" if note.kind == "hotspot" else "events"
            batch.append(e.Move(note=f"{section}/{identifier}", x=note.place[0], y=note.place[1]))
    return e.Batch(edits=batch)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or else in Windows' Western code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str) -> list[list[str]]:
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""),
        delimiter=dialect.delimiter,
        quotechar='"',
        doublequote=True,
    )
    before = csv.field_size_limit(LONGEST_FILE)
    try:
        return [row for row in reader if any(cell.strip() for cell in row)]
    finally:
        csv.field_size_limit(before)


def _text_column(rows: list[list[str]], headings: list[str], column: str | None) -> int:
    if column is not None:
        if column.strip().lower() not in headings:
            raise StormError(
                f"There is no column {column!r}; the first line has {', '.join(rows[0])[:300]}.",
                "CSV",
                "Name one.",
            )
        return headings.index(column.strip().lower())
    for name in TEXT_COLUMNS:
        if name in headings:
            return headings.index(name)
    width = max(len(row) for row in rows)
    return max(
        range(width), key=lambda i: sum(len(_cell(row, i)) for row in rows if not _is_number(_cell(row, i)))
    )


def _column(headings: list[str], *names: str) -> int | None:
    exact = next((headings.index(name) for name in names if name in headings), None)
    if exact is not None:
        return exact
    return next(
        (i for i, head in enumerate(headings) for name in names if len(name) > 1 and name in head), None
    )


def _cell(row: list[str], index: int | None) -> str:
    return row[index].strip() if index is not None and index < len(row) else ""


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+([.,]\d+)?", text) is not None


def _place(x: str, y: str) -> tuple[float, float] | None:
    if not (_is_number(x) and _is_number(y)):
        return None
    return float(x.replace(",", ".")), float(y.replace(",", "."))


def _kind(said: str, colour: str, grammar: bool) -> Kind:
    for word in re.split(r"[,;|]", said.lower()):
        if word.strip() in _KIND_WORDS:
            return _KIND_WORDS[word.strip()]
    return (_kind_of_colour(colour) or "event") if grammar else "event"


def _kind_of_colour(colour: str) -> Kind | None:
    """The kind of a note by its colour, named or in hexadecimal (EventStorming's paper)."""
    named: dict[str, Kind] = {
        "orange": "event",
        "blue": "command",
        "violet": "policy",
        "purple": "policy",
        "lilac": "policy",
        "green": "read model",
        "pink": "hotspot",
        "red": "hotspot",
    }
    for word in re.findall(r"[a-z]+", colour.lower()):
        if word in named:
            return named[word]
    found = re.search(r"#?([0-9a-fA-F]{6})", colour)
    if not found:
        return None
    red, green, blue = (int(found[1][i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.3:
        return None
    hues: tuple[tuple[float, Kind | None], ...] = (
        *((12, "hotspot"), (44, "event"), (75, None), (165, "read model"), (250, "command")),
        *((300, "policy"), (361, "hotspot")),
    )
    return next(kind for limit, kind in hues if hue * 360 < limit)
