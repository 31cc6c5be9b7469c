"""The copies of a storm: each a file, or a log, or both, read and brought to what they have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ...storm.edits import Patch
from ...storm.model import Storm
from ..errors import StormFileError, refused_by_the_system
from ..journal import Entry, Log, as_logged
from ..replaying import States
from ..resting import log_path, nothing_there
from ..snapshot import Snapshot, read_snapshot, storm_in
from .history import heads_of


@dataclass
class Copy:
    """One copy: its file, its log, and what it stands for in the history of all.

    ``entries`` are its edits, those by hand in its file among them; ``snapshot`` is its file, None where only
    the log came. ``loose`` says that its file was not saved from its log, or came without one.
    """

    path: Path
    snapshot: Snapshot | None
    entries: list[Entry]
    loose: bool = False
    states: States = field(default_factory=States)

    @property
    def log(self) -> Path:
        """Where its log is, or would be."""
        return log_path(self.path)

    def storm_at(self, revision: int) -> Storm:
        """The storm after the first entries of its log."""
        return self.states.at(revision, self.entries)

    @property
    def storm(self) -> Storm:
        """What the copy says."""
        if self.loose and self.snapshot:
            return self.snapshot.document.storm
        return self.storm_at(len(self.entries))

    def begin_with(self, entries: Sequence[Entry], instead_of: int = 0) -> None:
        """Let its log begin with these entries, instead of its own first ones."""
        gone = {entry.id for entry in self.entries[:instead_of]}
        heads = heads_of(entries)
        kept = [
            entry
            if entry.after is None or gone.isdisjoint(entry.after)
            else replace(entry, after=tuple(sorted({*heads, *entry.after} - gone)))
            for entry in self.entries[instead_of:]
        ]
        self.entries = [*entries, *kept]
        self.states = States()

    @property
    def written(self) -> str:
        """When its file was written, as entries say times."""
        try:
            seconds = self.path.stat().st_mtime
        except OSError as error:
            raise refused_by_the_system(self.path, "Reading the copy", error) from None
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")

    def add_by_hand(self, edit: Patch, after: Sequence[str] | None = None) -> None:
        """Add what somebody changed in the file to the entries; its id follows from the file's content.

        It was made on the entries ``after``, with None on all.
        """
        self.loose = False
        if not edit.steps:
            return
        digest = self.snapshot.digest if self.snapshot else ""
        identifier = "h" + hashlib.sha256(digest.encode()).hexdigest()[:11]
        author = f"by hand in {self.path.name}"
        line = len(self.entries) + 1
        made_on = tuple(sorted(after)) if after is not None else None
        self.entries.append(
            Entry(line, identifier, author, self.written, 0, as_logged(edit), digest, after=made_on)
        )


def read_copy(path: Path) -> Copy:
    """A copy as it stands, with what its file says by hand beyond its log where the log knows that file.

    Raises ``StormFileError`` when there is nothing, or it cannot be read.
    """
    if path.name.endswith(".log.jsonl"):
        path = path.with_name(path.name.removesuffix(".log.jsonl") + ".yaml")
    snapshot = read_snapshot(path)
    log = Log(log_path(path))
    log.read_on()
    if snapshot is None and not log.entries:
        raise nothing_there(path)
    copy = Copy(path, snapshot, list(log.entries))
    if snapshot is not None:
        _ = snapshot.document  # whatever is wrong with the file is said now
    if snapshot is not None and snapshot.belongs_to(copy.entries):
        _, patch = storm_in(snapshot, copy.entries, copy.states)
        if patch:
            copy.add_by_hand(patch, heads_of(copy.entries[: snapshot.revision]))
    elif snapshot is not None:
        copy.loose = not any(entry.file == snapshot.digest for entry in copy.entries)
    return copy


def unlike(one: Storm, other: Storm) -> bool:
    """Whether two storms have nothing to do with each other: another name, and hardly an event in common."""
    if one.name.split() == other.name.split():
        return False
    common = {key for key, event in one.events.items() if other.events.get(key) == event}
    return 2 * len(common) < max(1, min(len(one.events), len(other.events)))


def another_storm(copy: Copy, target: Copy) -> StormFileError:
    """What to say of a copy that is none."""
    return StormFileError(
        f"This is another storm, {copy.storm.name[:60]!r}, and no copy of {target.storm.name[:60]!r}.",
        str(copy.path),
        "Name copies of one storm; nothing was merged.",
    )
