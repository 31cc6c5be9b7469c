"""The log of a storm: one JSON line for each edit. Its line number is the revision.

An edit has happened when its whole line is on the disk. A last line without its end was never acknowledged:
readers pass over it, and the next writer cuts it off.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from ..storm.edits import AnyEdit, edit_from
from .errors import StormFileError, refused_by_the_system

REMEDY = "Take the line from a copy of the log, or set the log aside: the storm file keeps what it says."


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit that has happened: its revision, who made it, when (UTC, ISO 8601), on which revision."""

    revision: int
    id: str
    author: str
    time: str
    on: int
    edit: AnyEdit
    words: str = ""


class Log:
    """A log file, read on from where one has come; writers hold the storm's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_to = 0
        self._entries: list[Entry] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """Every entry read so far, the first one first."""
        return self._entries

    def read_on(self) -> Sequence[Entry]:
        """The entries that have come since the last call; a whole line each.

        Raises ``StormFileError`` for a line that is no edit, and when what was read has been cut off.
        """
        try:
            size = self.path.stat().st_size if self.path.exists() else 0
            if size == self._read_to:
                return ()
            if size < self._read_to:
                raise StormFileError(
                    "The log has become shorter than it was.", str(self.path), "Open the storm again."
                )
            with self.path.open("rb") as file:
                file.seek(self._read_to)
                data = file.read()
        except OSError as error:
            raise refused_by_the_system(self.path, "Reading the log", error) from None
        whole = data[: data.rfind(b"\n") + 1]
        first = len(self._entries) + 1
        news = [self._entry(line, first + number) for number, line in enumerate(whole.splitlines())]
        self._read_to += len(whole)
        self._entries += news
        return news

    def append(self, edits: Iterable[AnyEdit], author: str) -> Sequence[Entry]:
        """Write edits down, all or none, on the disk; the caller holds the lock and has read on.

        Raises ``StormFileError`` when the disk refuses; nothing has happened then.
        """
        base = len(self._entries)
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        news = [
            Entry(base + number, uuid.uuid4().hex[:12], author, time, base, edit)
            for number, edit in enumerate(edits, 1)
        ]
        data = b"".join(_line(entry) for entry in news)
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o644)
            try:
                os.ftruncate(handle, self._read_to)  # what follows was never acknowledged
                os.lseek(handle, self._read_to, os.SEEK_SET)
                _write_all(handle, data)
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, self._read_to)
                raise
            finally:
                os.close(handle)
        except OSError as error:
            raise refused_by_the_system(self.path, "Writing the log", error) from None
        self._read_to += len(data)
        self._entries += news
        return news

    def _entry(self, line: bytes, revision: int) -> Entry:
        try:
            said = json.loads(line)
            who, author, time = (str(said[key]) for key in ("id", "author", "time"))
            return Entry(revision, who, author, time, int(said["on"]), edit_from(said["edit"]))
        except (ValueError, KeyError, TypeError, ValidationError):
            place = f"{self.path}:{revision}"
            raise StormFileError("This line of the log is no edit.", place, REMEDY) from None


def _line(entry: Entry) -> bytes:
    who = {"id": entry.id, "author": entry.author, "time": entry.time, "on": entry.on}
    return json.dumps({**who, "edit": entry.edit.record()}, separators=(",", ":")).encode() + b"\n"


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
