"""The storm at any revision of its log."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..storm.describe import describe
from ..storm.edits import AnyEdit, Batch, Merge, Park, Patch, Remove, Unset
from ..storm.fitting import fitted
from ..storm.model import Storm
from .journal import Entry

ORIGIN = Storm(name="")
"""What every log begins from."""

MOST_KEPT = 200
"""Storms that are kept of the latest revisions; they share nearly everything."""


class States:
    """The storm at every revision of a log, replayed from the nearest one before it that is known.

    Several threads may ask at once.
    """

    def __init__(self) -> None:
        self._known: dict[int, Storm] = {0: ORIGIN}
        self._guard = threading.Lock()

    def know(self, revision: int, storm: Storm) -> None:
        """Keep the storm at a revision."""
        with self._guard:
            self._known[revision] = storm
            if len(self._known) > MOST_KEPT:
                for old in sorted(self._known)[1 : MOST_KEPT // 2]:
                    del self._known[old]

    def knows(self, revision: int) -> bool:
        """Whether the storm at a revision is at hand."""
        return revision in self._known

    def at(self, revision: int, entries: Sequence[Entry]) -> Storm:
        """The storm after the first ``revision`` entries."""
        with self._guard:
            known = max(number for number in self._known if number <= revision)
            storm = self._known[known]
        if known < revision:
            before = {entry.id for entry in entries[:known]}
            for entry in entries[known:revision]:
                storm = storm if entry.id in before else after(storm, entry)
                before.add(entry.id)
            self.know(revision, storm)
        return storm


def after(storm: Storm, entry: Entry) -> Storm:
    """The storm after one entry; what of it does not fit changes nothing (see ``storm.fitting``)."""
    return fitted(storm, entry.edit)


def in_words(entries: Sequence[Entry]) -> list[Entry]:
    """A whole log, each entry told in words."""
    storm, told = ORIGIN, []
    for entry in entries:
        began = entry.revision == 1 and entry.file
        words = "began the log with the storm as it was" if began else describe(entry.edit, storm)
        told.append(replace(entry, words=words))
        storm = after(storm, entry)
    return told


def as_saved(storm: Storm, entries: Sequence[Entry]) -> Storm:
    """A storm that was read from its file: it must not use ids again that went before these entries' end."""
    return storm.retiring({identifier for entry in entries for identifier in _ids_gone(entry.edit)})


def _ids_gone(edit: AnyEdit) -> Iterator[str]:
    if isinstance(edit, Batch):
        for one in edit.edits:
            yield from _ids_gone(one)
    elif isinstance(edit, Remove) and edit.of != "contracts":
        yield edit.id
    elif isinstance(edit, Merge):
        yield edit.gone
    elif isinstance(edit, Park):
        yield edit.event
    elif isinstance(edit, Patch):
        yield from (step.path[1] for step in edit.steps if isinstance(step, Unset) and len(step.path) == 2)
