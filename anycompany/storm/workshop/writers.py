"""Who wrote which note and who voted for what, read from the log: the ids of edits tell people apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from .. import edits as e
from .steering import GoTo, steers

if TYPE_CHECKING:
    from ..model import Storm

_OF_A_PERSON = re.compile(r"([0-9a-f]{8})[0-9a-f]{4}_[0-9]{1,20}")

VOTED: tuple[Literal["hotspots", "contexts"], ...] = ("hotspots", "contexts")
"""The sections whose things dots are put on."""

SCREEN = "5c4ee400"
"""The person that big screens are: they own nothing and say nothing."""

Voted = dict[tuple[str, str], str]
"""What a person has a dot on, by section and id, with the name under which the dot is there."""


def person_of(entry: str) -> str | None:
    """The person whose edit it is, by the edit's id; None for edits of commands, cells and hands in the file.

    >>> person_of("1a2b3c4d0001_7"), person_of("9f2c0a1b2c3d")
    ('1a2b3c4d', None)
    """
    found = _OF_A_PERSON.fullmatch(entry)
    return found[1] if found else None


class Writers:
    """Who did what so far. Give it every entry of the log once, in order."""

    def __init__(self) -> None:
        self._writer: dict[str, str | None] = {}
        self._own: dict[str, set[str]] = {}
        self._name_of: dict[str, str] = {}
        self._spoken: set[str] = set()
        self._on = False

    def take(self, entry: str, edit: e.AnyEdit) -> None:
        """One more entry: its id and its edit."""
        person = person_of(entry)
        for ref in _added(edit):
            self._writer.setdefault(ref, person)
            if person and self._writer[ref] == person:
                self._own.setdefault(person, set()).add(ref)
        for merge in _merges(edit):
            kept, gone = (self._writer.get(f"events/{one}") for one in (merge.keep, merge.gone))
            if kept and kept != gone:  # it is several people's now
                self._own[kept].discard(f"events/{merge.keep}")
        for vote in _votes(edit):
            if person:
                self._name_of.setdefault(vote.who, person)
        if isinstance(edit, GoTo):
            if edit.phase and not self._on:
                self._spoken.clear()
            self._on = edit.phase is not None
        elif person and not steers(edit):
            self._spoken.add(person)

    def own(self, person: str) -> frozenset[str]:
        """The notes a person wrote, such as ``events/room-booked``, whatever became of them since.

        A note that another's was merged into is nobody's own.
        """
        return frozenset(self._own.get(person, ()))

    def spoke(self, person: str) -> bool:
        """Whether a person has written or voted since the workshop began."""
        return person in self._spoken

    def voted(self, person: str, storm: Storm) -> Voted:
        """What a person has dots on in a storm, whatever way they came there."""
        return {
            (section, key): who
            for section in VOTED
            for key, thing in getattr(storm, section).items()
            for who in thing.votes
            if self._name_of.get(who) == person
        }

    def name_for(self, person: str, name: str) -> str:
        """The name under which a person's dots count: their own, told apart from others of that name.

        >>> writers = Writers()
        >>> writers.take("1a2b3c4d0001_1", e.Vote(hotspot="fees", who="Ada"))
        >>> writers.name_for("1a2b3c4d", "Ada"), writers.name_for("99999999", "Ada")
        ('Ada', 'Ada 2')
        """
        name = name or "Somebody"
        free, number = name, 1
        while self._name_of.get(free, person) != person:
            number += 1
            free = f"{name} {number}"
        return free


def _added(edit: e.AnyEdit) -> Iterator[str]:
    for one in _single(edit):
        if isinstance(one, e.Add) and one.id is not None:
            yield f"{one.to}/{one.id}"


def _votes(edit: e.AnyEdit) -> Iterator[e.Vote]:
    yield from (one for one in _single(edit) if isinstance(one, e.Vote))


def _merges(edit: e.AnyEdit) -> Iterator[e.Merge]:
    yield from (one for one in _single(edit) if isinstance(one, e.Merge))


def _single(edit: e.AnyEdit) -> Iterator[e.AnyEdit]:
    if isinstance(edit, e.Batch):
        for one in edit.edits:
            yield from _single(one)
    else:
        yield edit
