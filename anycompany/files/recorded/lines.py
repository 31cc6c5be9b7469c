"""Events that stand one a line, several on a line, or one over many lines, with a time before them or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ...bus.recording import Unread
from .found import STAMP, unread, without_stamp

T = TypeVar("T")

LONGEST = 16_000_000
"""How many bytes one event, with what is around it, may have; EventBridge takes a million at most."""

TOKEN = re.compile(rb'"(?:[^"\\\n]++|\\[^\n])*+"|["{}\[\],]')
"""A whole text, a lone quote, or a mark of JSON's structure."""

TOO_LONG = f"This is longer than {LONGEST:,} bytes."


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a log; of one that is too long, its beginning."""

    number: int
    text: bytes
    too_long: bool = False


def lines_of(pieces: Iterable[bytes], first: int = 1) -> Iterator[Line]:
    """The lines that pieces of a file make, of which no more is kept than one line and one piece."""
    number, begun, skipping = first, b"", False
    for piece in pieces:
        head, *rest = piece.split(b"\n")
        if not skipping:
            begun += head
        for more in rest:
            if not skipping:
                yield Line(number, begun)
            number, begun, skipping = number + 1, more, False
        if len(begun) > LONGEST:
            yield Line(number, begun[:100], too_long=True)
            begun, skipping = b"", True
    if begun and not skipping:
        yield Line(number, begun)


def read_lines(lines: Iterable[Line], read: Callable[[int, bytes], Iterator[T]]) -> Iterator[T | Unread]:
    """What is read from the JSON texts of these lines, given each with its line.

    A line that only begins a document is read on to where that document ends. Where it never does, the
    lines are read each for itself.
    """
    begun: list[Line] = []
    depth = size = 0
    for line in lines:
        if begun and (line.too_long or line.text.startswith(b"{") or STAMP.match(line.text)):
            yield from _each(begun, read)
            begun, size = [], 0
        if begun:
            begun.append(line)
            depth += _deeper(line.text)
            size += len(line.text)
            if depth <= 0:
                text = b"\n".join(one.text for one in begun)
                yield from read(begun[0].number, without_stamp(text))
            elif size > LONGEST:
                yield from _each(begun, read)
            else:
                continue
            begun, size = [], 0
        elif _begins(line):
            begun, depth, size = [line], _deeper(line.text), len(line.text)
        else:
            yield from _each([line], read)
    yield from _each(begun, read)


def _begins(line: Line) -> bool:
    """Whether a line looks like the first of a document over several lines."""
    text = line.text.rstrip()
    return (
        not line.too_long
        and text.endswith((b"{", b"[", b","))
        and without_stamp(text).startswith((b"{", b"["))
        and _deeper(text) > 0
    )


def _deeper(text: bytes) -> int:
    """By how much a line's end is nested deeper than its beginning."""
    marks = TOKEN.findall(text)
    return marks.count(b"{") + marks.count(b"[") - marks.count(b"}") - marks.count(b"]")


def _each(lines: Iterable[Line], read: Callable[[int, bytes], Iterator[T]]) -> Iterator[T | Unread]:
    """What is read from lines each for itself."""
    for line in lines:
        text = line.text.strip()
        if line.too_long:
            yield unread(line.number, TOO_LONG, text)
        elif text.startswith((b"{", b"[")) or STAMP.match(text):
            documents = list(_documents(without_stamp(text)))
            for document in documents:
                yield from read(line.number, document)
        elif text:
            yield unread(line.number, "This is neither JSON nor a time with JSON after it.", text)


def _documents(text: bytes) -> Iterator[bytes]:
    """The JSON documents that stand one after the other on a line, as Firehose writes them."""
    if text.find(b"}{") < 0 and text.find(b"} {") < 0:
        yield text
        return
    begin = depth = 0
    for token in TOKEN.finditer(text):
        mark = token[0]
        depth += (mark in b"{[") - (mark in b"}]")
        if depth == 0 and mark in b"}]":
            yield text[begin : token.end()]
            begin = token.end()
    if text[begin:].strip():
        yield text[begin:].strip()
