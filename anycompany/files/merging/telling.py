"""A history as the lines of one log, with hot spots for what could not all hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...storm.apply import apply
from ...storm.describe import describe
from ...storm.edits import Add, AnyEdit, Batch, Park, Remove
from ...storm.errors import EditError
from ...storm.fitting import fitted
from ...storm.model import Storm
from ...storm.workshop.minutes import plain
from ..journal import Entry
from ..replaying import ORIGIN
from .history import History
from .wishes import Conflict, conflicts_in

MERGED_BY = "anycompany merge"
"""The author of hot spots that tell of conflicts."""

_MOST_WISHES = 6


class Telling:
    """The lines of a merged log, its storm, and its conflicts; made once from entries and their history."""

    def __init__(self, entries: Mapping[str, Entry], history: History) -> None:
        self.lines: list[Entry] = []
        self.storm: Storm = ORIGIN
        self.conflicts: dict[str, str] = {}
        self._history = history
        self._entries = entries
        self._line_of: dict[str, int] = {}
        self._before: dict[str, Storm] = {}
        conflicts = conflicts_in(history, {key: entry.edit for key, entry in entries.items()})
        self._explained = {key for one in conflicts if one.gone for key, _ in one.wishes}
        self._involved = {key for one in conflicts for key, _ in one.wishes}
        ending: dict[str, list[Conflict]] = {}
        for one in conflicts:
            ending.setdefault(one.wishes[-1][0], []).append(one)
        for number, key in enumerate(history.order):
            self._tell(entries[key], number)
            for one in sorted(ending.get(key, ()), key=lambda one: one.id):
                self._tell_of(one)

    def _tell(self, entry: Entry, above: int) -> None:
        """One entry; ``above`` is how many real ones stand above it."""
        if entry.id in self._involved:
            self._before[entry.id] = self.storm
        on = self._history.latest(self._history.on[entry.id])
        after = tuple(on) if self._history.known_to(entry.id) < above else None
        made_on = len(self.lines) if after is None else max((self._line_of[one] for one in on), default=0)
        self._line_of[entry.id] = len(self.lines) + 1
        before = self.storm
        self._write(replace(entry, on=made_on, after=after))
        misfits = list(_misfits(before, entry.edit))[:_MOST_WISHES]
        if misfits and entry.id not in self._explained:
            said = "; ".join(f"{describe(edit, before)} ({why.rstrip('.')})" for edit, why in misfits)
            text = f"{_who(entry)} {said}: it no longer fits what others did. What is meant?"
            self._add_hotspot(_id("misfit", entry.id), text, None, (entry.id,))

    def _tell_of(self, conflict: Conflict) -> None:
        before = self._before[conflict.wishes[0][0]]  # with the names that all of them saw
        said = list(
            dict.fromkeys(
                f"{_who(self._entries[key])} {describe(edit, before)}" for key, edit in conflict.wishes
            )
        )
        more = f"; and {len(said) - _MOST_WISHES} more" if len(said) > _MOST_WISHES else ""
        end = "It is gone for now." if conflict.gone else "The last one holds for now."
        text = f"Which one is meant? {'; '.join(said[:_MOST_WISHES])}{more}. {end}"
        self._add_hotspot(conflict.id, text, conflict.thing, tuple(key for key, _ in conflict.wishes))

    def _add_hotspot(
        self, identifier: str, text: str, thing: tuple[str, str] | None, between: tuple[str, ...]
    ) -> None:
        section, about = thing or ("", "")
        section = "events" if section in ("contracts", "triggers") else section
        there = about in getattr(self.storm, section, {}) if about else False
        keys = {"about": about} if there else {}
        edit = Add(to="hotspots", name=text, id=identifier, keys=keys)
        time = self.lines[-1].time
        line = len(self.lines)
        self._write(
            Entry(line + 1, identifier.replace("-", "_"), MERGED_BY, time, line, edit, between=between)
        )
        self.conflicts[identifier] = text

    def _write(self, entry: Entry) -> None:
        self.lines.append(replace(entry, revision=len(self.lines) + 1))
        self.storm = fitted(self.storm, entry.edit)


def _misfits(storm: Storm, edit: AnyEdit) -> Iterator[tuple[AnyEdit, str]]:
    """The parts of an edit that have no meaning for a storm, each with the reason."""
    try:
        apply(storm, edit)
    except EditError as error:
        if isinstance(edit, Batch):
            for one in edit.edits:
                yield from _misfits(storm, one)
                storm = fitted(storm, one)
        elif not isinstance(edit, Remove | Park):  # somebody else did it already
            yield edit, error.what


def _who(entry: Entry) -> str:
    return plain(entry.author, 60) or "Somebody"


def _id(kind: str, key: str) -> str:
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:10]}"
