"""The log of a storm: one JSON line for each edit. Its line number is the revision.

An edit has happened when its whole line is on the disk. A last line that is torn was never acknowledged:
readers pass over it, and the next writer cuts it off.
"""

from __future__ import annotations

import getpass
import json
import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from ..storm.edits import AnyEdit, edit_from
from ..storm.errors import EditError
from .errors import StormFileError, refused_by_the_system

REMEDY = "Take the line from a copy of the log, or set the log aside: the storm file keeps what it says."


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit that has happened: its revision, who made it, when (UTC, ISO 8601), on which revision.

    ``file`` is the digest of the storm file's content where the edit was read from there: a file with just
    that content has been taken in already.

    In a log that was merged from copies, ``after`` are the ids of the entries on which this one was made,
    with all that those were made on; an entry without them was made on all before it. ``between`` are the
    entries whose conflict this one, a hot spot of the merge itself, tells of.
    """

    revision: int
    id: str
    author: str
    time: str
    on: int
    edit: AnyEdit
    file: str = ""
    words: str = ""
    after: tuple[str, ...] | None = None
    between: tuple[str, ...] = ()


class Log:
    """A log file, read on from where one has come; writers hold the storm's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_to = 0
        self._inode = 0
        self._entries: list[Entry] = []
        self._revisions: dict[str, int] = {}
        self._together = False

    @property
    def entries(self) -> Sequence[Entry]:
        """Every entry read so far, the first one first."""
        return self._entries

    def revision_of(self, id: str) -> int | None:  # noqa: A002
        """The number of the entry with an id, of several with one id the first; None if there is none."""
        return self._revisions.get(id)

    def read_on(self) -> Sequence[Entry]:
        """The entries that have come since the last call; a whole line each.

        Raises ``StormFileError`` for a line that is no edit, and when what was read has been cut off.
        """
        try:
            state = self.path.stat() if self.path.exists() else None
            size = state.st_size if state else 0
            if size < self._read_to or (state and self._inode not in (0, state.st_ino)):
                raise StormFileError(
                    "The log is another one than before.", str(self.path), "Open the storm again."
                )
            if size == self._read_to or state is None:
                return ()
            with self.path.open("rb") as file:
                file.seek(self._read_to)
                data = file.read()
        except OSError as error:
            raise refused_by_the_system(self.path, "Reading the log", error) from None
        self._inode = state.st_ino
        lines = data.split(b"\n")[:-1]
        if lines and not _is_json(lines[-1]):
            del lines[-1]
        first = len(self._entries) + 1
        news = [self._entry(line, first + number) for number, line in enumerate(lines)]
        self._read_to += sum(len(line) + 1 for line in lines)
        self._take(news)
        return news

    def append(
        self,
        edits: Sequence[AnyEdit],
        author: str,
        file: str = "",
        id: str | None = None,  # noqa: A002
    ) -> Sequence[Entry]:
        """Write edits down, all or none, on the disk; the caller holds the lock and has read on.

        ``file`` is the digest of the content that the first of them was read from, if it was, and ``id`` its
        id, if it has one already.
        Raises ``StormFileError`` when the disk refuses; nothing has happened then.
        """
        base = len(self._entries)
        author = author.encode("utf-8", "replace").decode()
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        news = [
            Entry(
                base + number,
                id if id and number == 1 else uuid.uuid4().hex[:12],
                author,
                time,
                base,
                edit,
                file if number == 1 else "",
            )
            for number, edit in enumerate(edits, 1)
        ]
        data = lines_of(news)
        try:
            begun = not self.path.exists()
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o666)
            try:
                os.ftruncate(handle, self._read_to)  # what follows was never acknowledged
                os.lseek(handle, self._read_to, os.SEEK_SET)
                _write_all(handle, data)
                if not self._together:
                    os.fsync(handle)
                self._inode = os.fstat(handle).st_ino
            except OSError:
                os.ftruncate(handle, self._read_to)
                raise
            finally:
                os.close(handle)
            if begun:
                _sync_folder(self.path.parent)
        except OSError as error:
            raise refused_by_the_system(self.path, "Writing the log", error) from None
        self._read_to += len(data)
        self._take(news)
        return news

    @contextmanager
    def together(self) -> Iterator[None]:
        """Have the disk take all that is appended within at once; the caller holds the lock throughout.

        Raises ``StormFileError`` when the disk refuses: nothing of it has happened then, and the log has to
        be opened again.
        """
        before, self._together = self._read_to, True
        try:
            yield
        finally:
            self._together = False
            if self._read_to != before:
                self._sync(before)

    def _sync(self, before: int) -> None:
        try:
            handle = os.open(self.path, os.O_WRONLY)
            try:
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, before)
                raise
            finally:
                os.close(handle)
        except OSError as error:
            raise refused_by_the_system(self.path, "Writing the log", error) from None

    def _take(self, news: Sequence[Entry]) -> None:
        self._entries += news
        for entry in news:
            self._revisions.setdefault(entry.id, entry.revision)

    def _entry(self, line: bytes, revision: int) -> Entry:
        try:
            said = json.loads(line)
            who, author, time = (str(said[key]) for key in ("id", "author", "time"))
            edit, file = edit_from(said["edit"]), str(said.get("file", ""))
            after = tuple(map(str, said["after"])) if "after" in said else None
            between = tuple(map(str, said.get("between", ())))
            return Entry(revision, who, author, time, int(said["on"]), edit, file, "", after, between)
        except (ValueError, KeyError, TypeError, ValidationError):
            place = f"{self.path}:{revision}"
            raise StormFileError("This line of the log is no edit.", place, REMEDY) from None


def default_author() -> str:
    """Who edits where nobody says: ``ANYCOMPANY_AUTHOR``, else the user of this computer."""
    try:
        return os.environ.get("ANYCOMPANY_AUTHOR") or getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def as_logged(edit: AnyEdit) -> AnyEdit:
    """The edit as it will be read from its line again: plain JSON, and nothing that UTF-8 cannot say.

    Raises ``EditError`` when it holds a value that JSON cannot say.
    """
    try:
        said = json.dumps(edit.record(), ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError) as error:
        raise EditError(
            f"The edit holds a value that JSON cannot say: {error}.",
            "",
            "Use texts, finite numbers, true, false, null, and lists and mappings of them.",
        ) from None
    return edit_from(json.loads(said.encode("utf-8", "replace")))


def lines_of(entries: Sequence[Entry]) -> bytes:
    """Entries as the lines of a log."""
    return b"".join(_line(entry) for entry in entries)


def _line(entry: Entry) -> bytes:
    said: dict[str, object] = {"id": entry.id, "author": entry.author, "time": entry.time, "on": entry.on}
    said |= {key: value for key in ("file", "between") if (value := getattr(entry, key))}
    said |= {"after": entry.after} if entry.after is not None else {}
    return json.dumps({**said, "edit": entry.edit.record()}, separators=(",", ":")).encode() + b"\n"


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _sync_folder(folder: Path) -> None:
    """Let the log's name survive a power failure, where the system can promise that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
