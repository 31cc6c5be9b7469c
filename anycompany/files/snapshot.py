"""The storm file as a snapshot of its log: stamped with the revision it was made from, saved atomically."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..storm.apply import apply
from ..storm.edits import Patch
from ..storm.model import Storm
from ..storm.patch import diff
from .document import Document, document_of, text_of_file
from .errors import StormFileError, refused_by_the_system
from .journal import Entry

_STAMP = re.compile(
    r"^# anycompany: revision (\d+), edit (\w+), sha256 ([0-9a-f]{16})[ \t]*\r?\n?\Z", re.MULTILINE
)

ORIGIN = Storm(name="")
"""What every log begins from."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A storm file that was read: what it says, and which revision it was saved from, if it was saved so.

    ``revision`` is None for a file without a stamp; ``untouched`` tells whether it is as it was saved.
    """

    document: Document
    revision: int | None
    edit: str
    untouched: bool


def read_snapshot(path: Path) -> Snapshot | None:
    """The storm file as it stands; None when it is missing or blank.

    Raises ``StormFileError`` with file and line when it cannot be read.
    """
    text = text_of_file(path)
    if text is None or not text.strip():
        return None
    found = _STAMP.search(text)
    if not found:
        return Snapshot(document_of(text, str(path)), None, "", False)
    body = text[: found.start()]
    untouched = _digest(body) == found[3]
    return Snapshot(document_of(body, str(path)), int(found[1]), found[2], untouched)


def changed_by_hand(snapshot: Snapshot, entries: Sequence[Entry]) -> Patch | None:
    """What somebody changed in the file since it was saved, as an edit for the log's end; None if nothing.

    The change is what differs from the revision the file was saved from. A file without a stamp has not been
    saved since the log began, so it is compared with the log's first line; one with the stamp of another log
    is compared with the log's end.
    """
    if not entries:
        return None
    base = 1
    if snapshot.revision is not None:
        known = 0 < snapshot.revision <= len(entries)
        belongs = known and entries[snapshot.revision - 1].id == snapshot.edit
        if belongs and snapshot.untouched:
            return None
        base = snapshot.revision if belongs else len(entries)
    patch = diff(replay(entries[:base]), snapshot.document.storm)
    return patch if patch.steps else None


def replay(entries: Sequence[Entry], storm: Storm = ORIGIN) -> Storm:
    """The storm after these edits."""
    for entry in entries:
        storm = apply(storm, entry.edit)
    return storm


def write_snapshot(path: Path, body: str, last: Entry | None) -> None:
    """Save a storm file, whole or not at all, stamped with the last edit it contains.

    Raises ``StormFileError`` when the disk refuses; the old file is still there then.
    """
    if not body.endswith("\n"):
        body += "\n"
    stamp = (
        f"# anycompany: revision {last.revision}, edit {last.id}, sha256 {_digest(body)}\n" if last else ""
    )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write((body + stamp).encode())
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise refused_by_the_system(path, "Saving the storm file", error) from None


def restore(path: Path, entries: Sequence[Entry]) -> Path | None:
    """Write a storm file anew from its log; the one that was there is kept beside it, and its path returned.

    Raises ``StormFileError`` when there is no log to restore from.
    """
    from .page import new_page

    if not entries:
        raise StormFileError("There is no log to restore it from.", str(path), "Correct the file by hand.")
    kept = None
    if path.exists():
        stem = path.name.removesuffix(".yaml")
        names = (path.with_name(f"{stem}.broken-{number}.yaml") for number in itertools.count(1))
        kept = path.replace(next(name for name in names if not name.exists()))
    write_snapshot(path, new_page(replay(entries)).text, entries[-1])
    return kept


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
