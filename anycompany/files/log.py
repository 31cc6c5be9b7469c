"""The log of a storm: one line of JSON for each edit, whose line number is the revision it made.

An edit has happened when its line is in the log, flushed to the disk; nothing else decides. A last line that
is torn (a crash, a full disk) was never acknowledged: readers pass over it and the next writer cuts it off.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..storm.edits import AnyEdit, edit_from
from ..storm.errors import EditError
from .errors import StormFileError, refused_by_the_system


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log.

    Parameters
    ----------
    revision : the line's number, from 1.
    id : unique, for ever.
    author : who made the edit.
    time : when, in UTC, as ISO 8601.
    on : the revision that the author saw when making it.
    record : the edit as JSON data.
    file : for an edit by hand in the storm file, the SHA-256 of the content it was read from, else None.
    where : ``FILE:LINE``, for messages.
    """

    revision: int
    id: str
    author: str
    time: str
    on: int
    record: dict[str, Any]
    file: str | None
    where: str

    @property
    def edit(self) -> AnyEdit:
        """The edit itself.

        Raises ``StormFileError`` when this version does not know such an edit.
        """
        try:
            return edit_from(self.record)
        except ValidationError as error:
            first = error.errors()[0]
            raise StormFileError(
                f"This line is not an edit that this version knows: {first['msg']}.",
                self.where,
                "Upgrade with `pip install --upgrade anycompany`, or correct the line.",
            ) from None


def new_line(edit: AnyEdit, author: str, on: int, file: str | None = None) -> bytes:
    """The line for an edit that happens now.

    Raises ``EditError`` when the edit holds something that JSON cannot say.
    """
    said: dict[str, Any] = {
        "id": secrets.token_hex(8),
        "on": on,
        "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "author": author,
    }
    if file is not None:
        said["file"] = file
    try:
        said["edit"] = edit.record()
        line = json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (ValueError, TypeError) as error:
        raise EditError(
            f"The edit holds a value that JSON cannot say: {error}.",
            "",
            "Use texts, finite numbers, true, false, null, lists and keys with values.",
        ) from None
    return line.encode("utf-8", "replace") + b"\n"


def entry_of(line: bytes, revision: int, path: Path) -> LogEntry:
    """One complete line of the log.

    Raises ``ValueError`` when it is not JSON, and ``StormFileError`` when it is other JSON than an edit.
    """
    said = json.loads(line)
    where = f"{path}:{revision}"
    expected = {"id": str, "author": str, "time": str, "on": int, "edit": dict}
    wrong = [key for key, kind in expected.items() if not isinstance(said, dict) or not isinstance(said.get(key), kind)]
    if wrong:
        raise StormFileError(
            f"This line of the log lacks {' and '.join(wrong)}.",
            where,
            "Correct or delete the line; the storm file itself is untouched.",
        )
    return LogEntry(
        revision, said["id"], said["author"], said["time"], said["on"], said["edit"], said.get("file"), where
    )


class Log:
    """The log file of one storm, read as far as it goes; ``entries`` are all its lines so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[LogEntry] = []
        self._read_to = 0
        self._seen: tuple[int, int] | None = None  # inode and size when it was last read

    def follow(self) -> bool:
        """Read the lines that were added since; True when there are any, or when the log is another one now.

        Raises ``StormFileError`` for a broken line that is not the last.
        """
        try:
            state = self.path.stat()
        except FileNotFoundError:
            gone = bool(self.entries)
            self.__init__(self.path)  # type: ignore[misc]
            return gone
        except OSError as error:
            raise refused_by_the_system(self.path, "Reading the log", error) from None
        seen = (state.st_ino, state.st_size)
        if seen == self._seen:
            return False
        replaced = self._seen is not None and (seen[0] != self._seen[0] or seen[1] < self._read_to)
        if replaced:
            self.entries, self._read_to = [], 0
        before = len(self.entries)
        try:
            with self.path.open("rb") as file:
                file.seek(self._read_to)
                data = file.read()
        except OSError as error:
            raise refused_by_the_system(self.path, "Reading the log", error) from None
        self._take(data)
        self._seen = seen
        return replaced or len(self.entries) > before

    def _take(self, data: bytes) -> None:
        lines = data.split(b"\n")[:-1]
        for number, line in enumerate(lines):
            try:
                entry = entry_of(line, len(self.entries) + 1, self.path)
            except ValueError:
                if number == len(lines) - 1:
                    return  # torn, as far as anybody can tell
                raise StormFileError(
                    "This line of the log is broken.",
                    f"{self.path}:{len(self.entries) + 1}",
                    "Correct or delete it (conflict markers too), or fetch the log from version control; "
                    "the storm file itself is untouched.",
                ) from None
            self.entries.append(entry)
            self._read_to += len(line) + 1

    def append(self, line: bytes) -> LogEntry:
        """Write one line down for good; the caller holds the file lock and has followed the log.

        Raises ``StormFileError`` when that fails; then the log is as it was.
        """
        entry = entry_of(line, len(self.entries) + 1, self.path)
        try:
            begun = not self.path.exists()
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise refused_by_the_system(self.path, "Writing the log", error) from None
        try:
            os.ftruncate(handle, self._read_to)
            os.lseek(handle, 0, os.SEEK_END)
            try:
                _write_all(handle, line)
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, self._read_to)
                raise
            state = os.fstat(handle)
        except OSError as error:
            raise refused_by_the_system(self.path, "Writing the log", error) from None
        finally:
            os.close(handle)
        if begun:
            sync_folder(self.path.parent)
        self._read_to += len(line)
        self._seen = (state.st_ino, state.st_size)
        self.entries.append(entry)
        return entry


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power failure, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def ids_gone(record: dict[str, Any]) -> Iterator[str]:
    """The ids that an edit, as JSON data, takes from the storm and that must never be minted again."""
    kind = record.get("kind")
    if kind == "batch":
        for one in record.get("edits", []):
            yield from ids_gone(one)
    elif kind in ("remove", "merge", "park") and record.get("of") != "contracts":
        yield str(record.get("id") or record.get("gone") or record.get("event"))
    elif kind == "patch":
        for step in record.get("steps", []):
            path = step.get("path", [])
            if len(path) == 2 and "to" not in step and "item" not in step and "drop" not in step:
                yield path[1]
