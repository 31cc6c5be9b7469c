"""The JSON texts in a file, exactly as they are written: lines, a list, or one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import chain

from ..bus.recording import Unread
from .recorded.found import unread
from .recorded.lines import LONGEST, TOO_LONG, lines_of, read_lines
from .recorded.lists import elements
from .recorded.stream import CutOffError, pieces


@dataclass(frozen=True, slots=True)
class JsonText:
    """A JSON text.

    Parameters
    ----------
    line : the line it begins on; in a list, its place there.
    text : as it is written.
    """

    line: int
    text: bytes


def json_texts(file: BufferedReader) -> Iterator[JsonText | Unread]:
    """The JSON texts in an opened file, in order, and what in it is none; in bounded memory.

    Parameters
    ----------
    file : one JSON document a line, documents over several lines, or one list; may be packed by gzip.
    """
    cut_off: list[str] = []
    source = _until_cut_off(file, cut_off)
    first = next(source, b"")
    begun = first.lstrip()
    line = 0
    if begun.startswith(b"["):
        found = _of_list(chain([begun[1:]], source))
    else:
        found = read_lines(lines_of(chain([first], source)), _as_written)
    for one in found:
        line = one.line
        yield one
    for why in cut_off:
        yield unread(line + 1, why, "")


def _until_cut_off(file: BufferedReader, cut_off: list[str]) -> Iterator[bytes]:
    """The pieces of a file; where they end too early, the reason is kept."""
    try:
        yield from pieces(file, None)
    except CutOffError as error:
        cut_off.append(str(error))


def _as_written(line: int, text: bytes) -> Iterator[JsonText]:
    yield JsonText(line, text)


def _of_list(source: Iterator[bytes]) -> Iterator[JsonText | Unread]:
    place = 0
    rest: list[bytes] = []
    for place, element in enumerate(elements(source, rest), 1):
        yield unread(place, TOO_LONG, element) if len(element) > LONGEST else JsonText(place, element)
    if rest:
        yield unread(place + 1, "The list ends before this element of it does.", rest[0])
