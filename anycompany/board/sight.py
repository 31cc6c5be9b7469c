"""What each person in a room sees while people see different things: before the reveal, in a hidden vote.

Each has a storm of their own then (see ``storm.workshop.blind``) with revisions of its own, so that neither
a change nor a number tells of what others do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..files.journal import Entry
from ..storm.model import Storm
from ..storm.workshop.blind import hides, hides_votes, is_blind, seen_by
from ..storm.workshop.steering import steers
from ..storm.workshop.writers import Writers, person_of
from .delta import delta


@dataclass
class Seen:
    """The storm as a person was told it last, and its revision among those that they were told."""

    storm: Storm
    revision: int = 1


class Sights:
    """Who sees what of one storm. The room's lock is held by whoever calls."""

    def __init__(self) -> None:
        self.writers = Writers()
        self._seen: dict[str, Seen] = {}

    def take(self, entries: Sequence[Entry]) -> None:
        """Note who wrote what in these entries."""
        for entry in entries:
            self.writers.take(entry.id, entry.edit)

    def of(self, person: str, storm: Storm) -> Storm:
        """The storm as a person sees it."""
        if not hides(storm):
            return storm
        voted = self.writers.voted(person, storm) if hides_votes(storm) else {}
        return seen_by(storm, self.writers.own(person), voted)

    def shown(self, person: str, storm: Storm) -> Seen:
        """What a person is shown who asks for the whole storm."""
        seen = self._seen.get(person)
        if seen is None:
            seen = self._seen[person] = Seen(self.of(person, storm))
        return seen

    def begin(self) -> None:
        """People see different things from now on, or others than before: everybody is shown all anew."""
        self._seen.clear()

    def patches(
        self, people: Sequence[str], entries: Sequence[Entry], storm: Storm
    ) -> dict[str, dict[str, Any]]:
        """What to tell whom of these entries: the message without the address, by person."""
        told: dict[str, dict[str, Any]] = {}
        by_all = any(person_of(entry.id) is None or steers(entry.edit) for entry in entries)
        writers = {person_of(entry.id) for entry in entries}
        for person in people:
            if not by_all and person not in writers and is_blind(storm):
                continue  # before the reveal what one writes changes nothing for others
            seen = self.shown(person, storm)
            now = self.of(person, storm)
            ops = delta(seen.storm, now)
            ids = [entry.id for entry in entries if person_of(entry.id) == person]
            if ops or ids:
                self._seen[person] = Seen(now, seen.revision + 1)
                told[person] = {
                    "type": "patch",
                    "from": seen.revision,
                    "revision": seen.revision + 1,
                    "delta": ops,
                    "ids": ids,
                    "author": "",
                }
        return told
