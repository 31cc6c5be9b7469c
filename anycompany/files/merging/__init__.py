"""Copies of one storm brought together, edit by edit: the same result in any order, and nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...storm.joining import Alike, alike
from ...storm.model import Storm
from ...storm.renaming import made_by
from ..errors import StormFileError, refused_by_the_system
from ..journal import Entry, lines_of
from ..locking import StormLock
from ..page import new_page, page_after, page_of
from ..resting import log_path
from ..snapshot import write_snapshot
from .bases import on_one_base
from .copies import Copy, read_copy
from .joined import joined

__all__ = ["Alike", "Merged", "merge"]


@dataclass(frozen=True)
class Merged:
    """What merging has made.

    ``path`` is the file, ``added`` how many entries each copy brought that the storm's log had not,
    ``conflicts`` the hot spots that tell what could not all hold, by id, those of this merge alone;
    ``offers`` the notes that may mean the same.
    """

    path: Path
    storm: Storm
    entries: Sequence[Entry]
    added: dict[str, int]
    conflicts: dict[str, str]
    offers: Sequence[Alike]


def merge(
    path: str | os.PathLike[str],
    copies: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str] | None = None,
) -> Merged:
    """Bring copies of a storm together, and write the file and its log.

    Parameters
    ----------
    path : the storm file.
    copies : its copies: files with or without their logs beside them, or logs alone.
    out : where to write instead; a file there is not written over.

    Raises ``StormFileError`` where a copy cannot be read, is one of another storm, or its log was forged;
    nothing is written then.
    """
    target = Path(os.path.realpath(path))
    place = Path(os.path.realpath(out)) if out is not None else target
    others = list(dict.fromkeys(Path(os.path.realpath(copy)) for copy in copies))
    if place != target:
        for existing in (place, log_path(place)):
            if existing.exists():
                raise StormFileError("There is a file already.", str(existing), "Choose another name.")
    with StormLock(place):
        own = read_copy(target)
        known = {entry.id for entry in own.entries}
        told = {key for entry in own.entries if entry.between for _, key in made_by(entry.edit)}
        read = [own, *(read_copy(other) for other in others if other != target)]
        on_one_base(read)
        merged = joined(read)
        added = {
            str(copy.path): len({entry.id for entry in copy.entries if not entry.between} - known)
            for copy in read[1:]
        }
        if [*merged.lines] != own.entries or place != target or own.snapshot is None:
            _write(place, own, merged.lines, merged.storm)
    fresh = {key: text for key, text in merged.conflicts.items() if key not in told}
    return Merged(place, merged.storm, merged.lines, added, fresh, alike(merged.storm))


def _write(path: Path, own: Copy, lines: Sequence[Entry], storm: Storm) -> None:
    """Write the log, whole or not at all, then the file."""
    log = log_path(path)
    draft = log.with_name(f".{log.name}.draft")
    page = page_after(page_of(own.snapshot.document), storm) if own.snapshot else new_page(storm)
    try:
        with draft.open("wb") as file:
            file.write(lines_of(lines))
            file.flush()
            os.fsync(file.fileno())
        if log.exists():
            draft.chmod(log.stat().st_mode & 0o7777)
        draft.replace(log)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise refused_by_the_system(log, "Writing the log", error) from None
    write_snapshot(path, page.text, lines[-1] if lines else None)
