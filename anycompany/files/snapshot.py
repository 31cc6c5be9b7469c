"""The storm file as a snapshot of its log: stamped with the revision it was made from, saved atomically."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..storm.apply import KINDS_OF_PART, apply
from ..storm.edits import Patch, PatchStep, Set, Timeline
from ..storm.errors import EditError
from ..storm.model import Storm
from ..storm.patch import diff
from .document import Document, document_of, text_of_file
from .errors import StormFileError, refused_by_the_system
from .journal import Entry
from .page import new_page
from .replaying import States, as_saved

_STAMP = re.compile(
    r"^# anycompany: revision (\d{1,9}), edit (\w+), sha256 ([0-9a-f]{16})[ \t]*(?:\r?\n|\Z)", re.MULTILINE
)


Signature = tuple[int, int, int]
"""When a file was written (ns), its size, and its inode."""


@dataclass(frozen=True)
class Snapshot:
    """A storm file that was read: its text without the stamp, and what the stamp says.

    ``revision`` is None for a file without a stamp; ``digest`` is of the text as it is, ``stamped`` what it
    was when saved.
    """

    path: Path
    text: str
    digest: str
    revision: int | None
    edit: str
    stamped: str

    @cached_property
    def document(self) -> Document:
        """What the text says. Raises ``StormFileError`` with file and line when it cannot be read."""
        return document_of(self.text, str(self.path))

    def belongs_to(self, entries: Sequence[Entry]) -> bool:
        """Whether it was saved from this log, perhaps edited by hand since."""
        known = self.revision is not None and 0 < self.revision <= len(entries)
        return known and entries[(self.revision or 0) - 1].id == self.edit

    def is_as_saved(self, entries: Sequence[Entry]) -> bool:
        """Whether it was saved from this log and nobody has edited it since."""
        return self.digest == self.stamped and self.belongs_to(entries)


def read_snapshot(path: Path) -> Snapshot | None:
    """The storm file as it stands; None when it is missing or blank.

    Raises ``StormFileError`` when it cannot be read as text.
    """
    text = text_of_file(path)
    return None if text is None or not text.strip() else _snapshot_in(path, text)


def _snapshot_in(path: Path, text: str) -> Snapshot:
    stamps = _STAMP.findall(text)  # wherever somebody's editing has left them
    revision, edit, digest = stamps[-1] if stamps else (None, "", "")
    body = _STAMP.sub("", text)
    return Snapshot(path, body, _digest(body), int(revision) if revision else None, edit, digest)


def storm_in(
    snapshot: Snapshot | None, entries: Sequence[Entry], states: States
) -> tuple[Storm, Patch | None]:
    """What a file and its log say together, and what of it somebody did by hand in the file.

    A change by hand is what differs from the revision the file was saved from. A file that lost its stamp,
    or has that of another log, is compared with the log's end. What was taken into the log already, as the
    entries' ``file`` tells, is not taken in again, though the file may not have been saved since.

    Raises ``StormFileError`` when the file has to be understood and cannot be.
    """
    if snapshot is None:
        return states.at(len(entries), entries), None
    if not entries:
        return snapshot.document.storm, None
    try:
        return _merged(snapshot, entries, states)
    except StormFileError as error:
        if snapshot.path.name not in error.where:
            raise
        error.remedy += " Or move the file away: it comes back from its log, with every edit."
        raise


def _merged(snapshot: Snapshot, entries: Sequence[Entry], states: States) -> tuple[Storm, Patch | None]:
    saved_at = snapshot.revision or 0 if snapshot.belongs_to(entries) else 0
    base = saved_at or len(entries)
    if snapshot.is_as_saved(entries):
        if not states.knows(base):
            states.know(base, as_saved(snapshot.document.storm, entries[:base]))
        return states.at(len(entries), entries), None
    head = states.at(len(entries), entries)
    if any(entry.file == snapshot.digest for entry in entries[saved_at:]):
        return head, None
    patch = diff(states.at(base, entries), snapshot.document.storm)
    try:
        return apply(head, patch), patch if patch.steps else None
    except EditError:  # hand and log did things to a note that exclude each other: what the file says holds
        patch = _fitting(patch, head, states.at(base, entries), snapshot.document.storm)
        return apply(head, patch), patch


def _fitting(patch: Patch, head: Storm, before: Storm, after: Storm) -> Patch:
    """The patch from ``before`` to ``after``, with those notes as a whole where it does not fit ``head``."""
    by_note: dict[tuple[str, ...], list[PatchStep]] = {}
    for step in patch.steps:
        path = () if isinstance(step, Timeline) else tuple(step.path[:2])
        by_note.setdefault(path if len(path) == 2 and path[0] in KINDS_OF_PART else (), []).append(step)
    steps: list[PatchStep] = []
    for note, own in by_note.items():
        try:
            apply(head, patch.model_copy(update={"steps": own}))
            steps += own
        except EditError:
            was, to = (getattr(storm, note[0])[note[1]].document() for storm in (before, after))
            steps.append(Set(path=list(note), to=to, was=was))
    return patch.model_copy(update={"steps": steps})


def signature_of(path: Path) -> Signature | None:
    """What tells one content of a file from another without reading it; None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def write_snapshot(path: Path, body: str, last: Entry | None) -> tuple[Snapshot, Signature | None]:
    """Save a storm file, whole or not at all, stamped with the last edit it contains.

    The caller holds the lock: a draft that was left behind by a crash is written over. Returns what was
    written and its signature, both from before it took its place: an editor may write there right after.
    Raises ``StormFileError`` when the disk refuses; the old file is still there then.
    """
    newline = "\r\n" if "\r\n" in body else "\n"
    body += "" if body.endswith("\n") else newline
    stamp = (
        f"# anycompany: revision {last.revision}, edit {last.id}, sha256 {_digest(body)}{newline}"
        if last
        else ""
    )
    draft = path.with_name(f".{path.name}.draft")
    try:
        mode = path.stat().st_mode & 0o7777 if path.exists() else None
        with draft.open("wb") as file:
            file.write((body + stamp).encode())
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            draft.chmod(mode)
        signature = signature_of(draft)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise refused_by_the_system(path, "Saving the storm file", error) from None
    return _snapshot_in(path, body + stamp), signature


def restore(path: Path, entries: Sequence[Entry]) -> Path | None:
    """Write a storm file anew from its log; the one that was there is kept beside it, and its path returned.

    Raises ``StormFileError`` when there is no log to restore from.
    """
    if not entries:
        raise StormFileError("There is no log to restore it from.", str(path), "Correct the file by hand.")
    kept = None
    if path.exists():
        stem = path.name.removesuffix(".yaml")
        names = (path.with_name(f"{stem}.broken-{number}.yaml") for number in itertools.count(1))
        kept = path.replace(next(name for name in names if not name.exists()))
    write_snapshot(path, new_page(States().at(len(entries), entries)).text, entries[-1])
    return kept


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]
