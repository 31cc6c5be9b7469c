"""Recorded events, read from a file as logs and archives have them, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from ...bus.recording import Recorded, Unread
from . import parquet
from .found import found_in_text, unread
from .lines import lines_of, read_lines
from .lists import list_in, read_list
from .parquet import ReadColumns, read_columns, tells_by_columns
from .stream import CutOffError, Progress, opened, pieces

__all__ = ["Progress", "ReadColumns", "has_columns", "read_columns", "read_recorded"]

_BEGINNING = 1 << 16
"""Bytes by which the kind of a file is told."""


def read_recorded(path: Path, progress: Progress | None = None) -> Iterator[Recorded | Unread]:
    """The events in a file, in order, and what in it is no event, with the reason; in bounded memory.

    Parameters
    ----------
    path : one event a line (NDJSON), JSON documents one after the other, or one JSON list; events as
        EventBridge delivers them (an archive replayed into a log, a queue or Firehose) or as PutEvents
        takes them; lines of CloudWatch Logs, with their time before the event, or the answers of
        ``aws logs filter-log-events``; Parquet. All but the last may be packed by gzip.
    progress : told how much of the file is read, of how much: bytes, or rows of Parquet.

    Raises
    ------
    StormError
        if the file cannot be opened, or says that it is Parquet and is not.
    """
    if _is_parquet(path):
        yield from parquet.read_rows(path, progress)
        return
    cut_off: list[str] = []
    line = 0
    with opened(path) as file:
        source = _until_cut_off(pieces(file, progress), cut_off)
        first = b""
        while len(first) < _BEGINNING and (piece := next(source, b"")):
            first += piece
        if listed := list_in(first):
            begin, key = listed
            events = read_list(chain([first[begin:]], source), key)
        else:
            events = read_lines(lines_of(chain([first], source)), found_in_text)
        for event in events:
            line = event.line
            yield event
        for why in cut_off:
            yield unread(line + 1, why, "")


def has_columns(path: Path) -> bool:
    """Whether ``read_columns`` can read a file: Parquet whose columns are the fields of its events.

    Raises
    ------
    StormError
        if the file cannot be opened, or says that it is Parquet and is not.
    """
    return _is_parquet(path) and tells_by_columns(path)


def _is_parquet(path: Path) -> bool:
    with opened(path) as file:
        return path.is_file() and file.peek(4).startswith(parquet.MAGIC)


def _until_cut_off(source: Iterator[bytes], cut_off: list[str]) -> Iterator[bytes]:
    """The same pieces; where they end too early, the reason is kept."""
    try:
        yield from source
    except CutOffError as error:
        cut_off.append(str(error))
