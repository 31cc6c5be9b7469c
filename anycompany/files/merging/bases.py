"""What copies have in common: the history from which each went on, found where its own log does not tell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...storm import edits as e
from ...storm.model import Storm
from ...storm.patch import diff
from ...storm.renaming import made_by
from ...storm.touching import touches
from ..journal import Entry
from ..replaying import ORIGIN, States
from .copies import Copy, another_storm, unlike
from .history import History, history_of, time_of
from .joined import joined


def on_one_base(copies: Sequence[Copy]) -> None:
    """Let the entries of all copies begin with the same history.

    Raises ``StormFileError`` for a copy of another storm.
    """
    _one_id_for_one_file(copies)
    for copy in copies:
        if copy.loose and copy.snapshot:
            _on_the_entry_of_its_stamp(copy, copies)
    logs = sorted((copy for copy in copies if copy.entries), key=_began)
    if not logs:
        logs = [_first_of_files(copies)]
    first = logs[0]
    for copy in logs[1:]:
        if copy.entries[0].id != first.entries[0].id and not _related(copy, first):
            _ = _began_from(copy, first) or _began_from(first, copy)
    related = [copy for copy in logs if _related(copy, first)]
    for copy in [*(one for one in logs if one not in related), *(one for one in copies if not one.entries)]:
        _refuse_another_storm(copy, copies[0], related)
        _add_what_is_new(copy, related)
    for copy in copies:
        if copy.loose and copy.entries:  # its own log's end is what it is compared with
            copy.add_by_hand(diff(copy.storm_at(len(copy.entries)), copy.storm))


def _began(copy: Copy) -> tuple[object, str]:
    return time_of(copy.entries[0]), copy.entries[0].id


def _related(one: Copy, other: Copy) -> bool:
    return not {entry.id for entry in one.entries}.isdisjoint(entry.id for entry in other.entries)


def _one_id_for_one_file(copies: Sequence[Copy]) -> None:
    """An edit by hand that several copies have read from the same file is one, under its least id."""
    found: dict[tuple[str, str], list[set[str]]] = {}
    for number, copy in enumerate(copies):
        for entry in copy.entries:
            if entry.file:
                said = (entry.file, json.dumps(entry.edit.record(), sort_keys=True))
                each = found.setdefault(said, [set() for _ in copies])
                each[number].add(entry.id)
    names: dict[str, str] = {}
    for each in found.values():
        ids = set().union(*each)
        if len(ids) > 1 and all(len(own) < 2 for own in each):
            names |= dict.fromkeys(ids, min(ids))
    for copy in copies if names else ():
        copy.entries = [
            replace(
                entry,
                id=names.get(entry.id, entry.id),
                after=tuple(names.get(one, one) for one in entry.after) if entry.after is not None else None,
            )
            for entry in copy.entries
        ]


def _on_the_entry_of_its_stamp(copy: Copy, copies: Sequence[Copy]) -> None:
    """Put a file onto the entry from which it was saved, where any log has that: what differs is news."""
    snapshot = copy.snapshot
    if snapshot is None or snapshot.revision is None:
        return
    others = [other for other in copies if other is not copy and other.entries]
    for other in others:
        if snapshot.belongs_to(other.entries):
            entries = other.entries[: snapshot.revision]
            copy.begin_with(entries, len(copy.entries))
            copy.add_by_hand(diff(other.storm_at(snapshot.revision), copy.storm))
            return
    for other in others:
        if all(entry.id != snapshot.edit for entry in other.entries) or copy.entries:
            continue
        history = History(history_of(other.entries), str(other.log))
        entries = [
            one
            for one in other.entries
            if one.id == snapshot.edit or (not one.between and history.before(one.id, snapshot.edit))
        ]
        before = States().at(len(entries), entries)
        patch = diff(before, copy.storm)
        if len(entries) != snapshot.revision:  # the file was saved from another merge than this log
            patch = e.Patch(steps=list(_news(patch, before, entries)))
        copy.begin_with(entries)
        copy.add_by_hand(patch)
        return


def _first_of_files(copies: Sequence[Copy]) -> Copy:
    """Where no copy has a log, the file that nobody edited by hand, or the oldest, begins one."""

    def rank(copy: Copy) -> tuple[bool, str, str]:
        snapshot = copy.snapshot
        return (
            not snapshot or snapshot.digest != snapshot.stamped,
            copy.written,
            snapshot.digest if snapshot else "",
        )

    first = min(copies, key=rank)
    saved = first.snapshot
    first.add_by_hand(diff(ORIGIN, first.storm))
    for copy in copies:
        own = copy.snapshot
        same = (
            own
            and saved
            and own.revision is not None
            and (own.revision, own.edit) == (saved.revision, saved.edit)
        )
        if copy is not first and same and saved and saved.digest == saved.stamped:
            before = first.storm
            after_it = diff(before, copy.storm)
            copy.begin_with(first.entries)
            copy.add_by_hand(after_it)
    return first


def _began_from(copy: Copy, other: Copy) -> bool:
    """Whether a copy's log began with a storm as the other's log had it; then it begins with that log."""
    start = copy.storm_at(1)
    for revision in range(len(other.entries), 0, -1):
        storm = other.storm_at(revision)
        if _same_size(storm, start) and not diff(storm, start).steps:
            copy.begin_with(other.entries[:revision], 1)
            return True
    return False


def _same_size(one: Storm, other: Storm) -> bool:
    return all(
        len(getattr(one, section)) == len(getattr(other, section)) for section in (*e.SINGULAR, "timeline")
    )


def _refuse_another_storm(copy: Copy, target: Copy, related: Sequence[Copy]) -> None:
    """Refuse a copy that has nothing to do with any of the others; blame is on it, never on the target."""
    if all(unlike(copy.storm, other.storm) for other in related):
        blamed = copy if copy is not target else related[0]
        raise another_storm(blamed, target)


def _add_what_is_new(copy: Copy, related: list[Copy]) -> None:
    """Take what no other says from a copy made on nobody knows what; it takes nothing away."""
    merged = joined(related)
    first = related[0].entries[0]
    said = [entry for other in related for entry in other.entries]
    start = copy.storm_at(1) if copy.entries else copy.storm
    before = related[0].storm_at(1)
    if not copy.entries and _made_on_the_first(copy.storm, before, said[1:]):
        copy.begin_with([first])
        copy.add_by_hand(diff(before, copy.storm))
        related.append(copy)
        return
    patch = e.Patch(steps=list(_news(diff(merged.storm, start), merged.storm, said)))
    if copy.entries:
        root = replace(copy.entries[0], edit=patch, after=(first.id,))
        copy.begin_with([first, root], 1)
    else:
        copy.begin_with([first])
        copy.add_by_hand(patch)
    related.append(copy)


def _made_on_the_first(storm: Storm, first: Storm, later: Sequence[Entry]) -> bool:
    """Whether a file was made on what all logs began with: it has most of that, nothing that came later."""
    shared = len(storm.events.keys() & first.events.keys())
    made = {thing for entry in later for thing in made_by(entry.edit)}
    has = {(section, key) for section in e.SINGULAR for key in getattr(storm, section)}
    begun = {(section, key) for section in e.SINGULAR for key in getattr(first, section)}
    return 2 * shared > len(first.events) and not (made - begun) & has


def _news(patch: e.Patch, storm: Storm, entries: Sequence[Entry]) -> Iterator[e.PatchStep]:
    """The steps that say what was never said before; nothing is taken away."""
    places = {(touch.place, touch.said) for entry in entries for touch in touches(entry.edit)}
    made = {thing for entry in entries for thing in made_by(entry.edit)}
    fresh: set[str] = set()
    for step in patch.steps:
        if isinstance(step, e.Timeline):
            if step.place and (step.place in fresh or step.place not in storm.relations.moment_of):
                yield step
        elif isinstance(step, e.Insert):
            yield step
        elif isinstance(step, e.Set) and len(step.path) == 2 and step.was is None:
            if (step.path[0], step.path[1]) not in made:
                fresh.add(step.path[1])
                yield step
        elif (
            isinstance(step, e.Set)
            and not {(one.place, one.said) for one in touches(e.Patch(steps=[step]))} <= places
        ):
            yield step
