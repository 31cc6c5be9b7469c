"""Ids in copies: two people who wrote one name apart made two notes, though each copy calls its own alike."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...storm.renaming import Thing, made_by
from ..journal import Entry
from .history import History

_LONGEST = 90


@dataclass(frozen=True)
class Names:
    """The ids that things of one log have in all logs together, where they are others, and who made them."""

    of: Mapping[Thing, str]
    makers: Mapping[Thing, str]

    def for_entry(self, entry: str, history: History) -> dict[Thing, str]:
        """Those of things that an entry could mean: what it made, and what was there then."""
        return {
            thing: name
            for thing, name in self.of.items()
            if self.makers[thing] == entry or history.before(self.makers[thing], entry)
        }


def names_in_common(logs: Sequence[Sequence[Entry]], history: History) -> list[Names]:
    """For each log, the ids that its things have in all logs together.

    Of several things that were made apart under one id, the first in the history keeps it. Each other one
    gets an addition that follows from the edit that made it, so it is the same whoever merges what with whom.
    """
    own = [_things(entries) for entries in logs]
    makers: dict[Thing, set[str]] = {}
    for things in own:
        for (section, identifier), maker in things.items():
            makers.setdefault((section, _plain(identifier, maker)), set()).add(maker)
    first = {thing: min(those, key=history.at) for thing, those in makers.items()}
    found: list[Names] = []
    for things in own:
        changed: dict[Thing, str] = {}
        for (section, identifier), maker in things.items():
            plain = _plain(identifier, maker)
            name = plain if first[section, plain] == maker else _with_addition(plain, maker)
            if name != identifier:
                changed[section, identifier] = name
        found.append(Names(changed, things))
    return found


def _things(entries: Sequence[Entry]) -> Mapping[Thing, str]:
    """What a log's entries made, each with the entry that made it first."""
    found: dict[Thing, str] = {}
    for entry in entries:
        for thing in made_by(entry.edit) if not entry.between else ():
            found.setdefault(thing, entry.id)
    return found


def _addition(maker: str) -> str:
    return "-" + hashlib.sha256(maker.encode()).hexdigest()[:5]


def _plain(identifier: str, maker: str) -> str:
    return identifier.removesuffix(_addition(maker)) or identifier


def _with_addition(identifier: str, maker: str) -> str:
    return identifier[:_LONGEST] + _addition(maker)
