"""Events that stand in one JSON list, however long: read one by one, never the list as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from ...bus.recording import Recorded, Unread
from .found import HOLDERS, found_in_text, held, unread
from .lines import LONGEST, TOKEN, TOO_LONG, lines_of, read_lines
from .spelling import UnreadableError, parsed

_LIST = re.compile(rb'\s*\[\s*(?=["{\]]|$)')
_HOLDER = re.compile(rb'\s*\{\s*"(' + "|".join(HOLDERS).encode() + rb')"\s*:\s*\[')
_CLOSES = {b"}": b"{", b"]": b"["}


def list_in(beginning: bytes) -> tuple[int, str] | None:
    """Where in the beginning of a file its list of events begins, and the key of an event's text in it.

    None where the file is no such list: where it is one document a line, or anything else.
    """
    if found := _LIST.match(beginning):
        return found.end(), ""
    line, newline, _ = beginning.partition(b"\n")
    found = _HOLDER.match(beginning)
    if not found or (newline and _is_whole(line)):
        return None
    return found.end(), HOLDERS[found[1].decode()]


def read_list(pieces: Iterable[bytes], key: str) -> Iterator[Recorded | Unread]:
    """The events of a list.

    Parameters
    ----------
    pieces : of the file, from behind the bracket that opens the list.
    key : where the text of an event stands in an element of the list; without one, the element is the event.
    """
    place = 0
    rest: list[bytes] = []
    for place, element in enumerate(elements(pieces, rest), 1):
        if len(element) > LONGEST:
            yield unread(place, TOO_LONG, element)
            continue
        try:
            yield from held(place, parsed(element), key)
        except UnreadableError as error:
            yield unread(place, str(error), element)
    if rest:
        too_long = len(rest[0]) > LONGEST
        yield unread(place + 1, TOO_LONG if too_long else "The list ends before this element does.", rest[0])
        lines = (line.strip().removesuffix(b",").rstrip(b"]") for line in rest[0].split(b"\n")[1:])
        yield from read_lines(lines_of([b"\n".join(lines)], first=place + 2), found_in_text)


def elements(pieces: Iterable[bytes], rest: list[bytes]) -> Iterator[bytes]:
    """The texts of a list's elements, from behind its bracket on.

    What is left where the list never ends is put into ``rest``.
    """
    buffer, at, begin = b"", 0, 0
    open_: list[bytes] = []
    too_long = b""
    enough = 0  # bytes before a text that has begun is looked through again
    for piece in chain(pieces, (b"",)):
        buffer, at, begin = buffer[begin:] + piece, at - begin, 0
        if piece and len(buffer) < enough:
            continue
        while token := TOKEN.search(buffer, at):
            mark = token[0]
            if mark == b'"' and buffer.find(b"\n", at) < 0:
                enough = min(2 * (len(buffer) - begin), LONGEST)
                at = token.start()
                break  # a text that goes on in the next piece
            at = token.end()
            if mark in (b"{", b"["):
                open_.append(mark)
            elif mark in _CLOSES and open_:
                while open_ and open_.pop() != _CLOSES[mark]:
                    pass
            elif mark in (b",", b"]") and not open_:
                element = buffer[begin : token.start()].strip()
                if element or too_long:
                    yield too_long or element
                begin, too_long = at, b""
                if mark == b"]":
                    return
        if at - begin > LONGEST:
            too_long = too_long or buffer[begin : begin + LONGEST + 1]
            begin = at
        elif len(buffer) - begin > LONGEST:
            too_long = too_long or buffer[begin : begin + LONGEST + 1]
            buffer, begin, at = b"", 0, 0
    if too_long or buffer[begin:].strip():
        rest.append(too_long or buffer[begin:].strip())


def _is_whole(line: bytes) -> bool:
    try:
        parsed(line)
    except UnreadableError:
        return False
    return True
