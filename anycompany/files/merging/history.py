"""What was made on what: the edits of several logs as one history, and the one order in which all read it.

An edit comes after those it was made on. Among edits made apart the earlier comes first, by the time at which
it was made, but no edit counts as made before one it was made on, whatever its clock said; then by how many
edits lie between it and the beginning, then by id. Nothing of this depends on the copy in which it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from ..errors import StormFileError
from ..journal import Entry

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """An entry, and the ids of those it was made on."""

    entry: Entry
    on: frozenset[str]


def history_of(entries: Sequence[Entry]) -> dict[str, Made]:
    """What one log tells, without the hot spots that merging added; of entries with one id the first."""
    found: dict[str, Made] = {}
    heads: frozenset[str] = frozenset()
    for entry in entries:
        if entry.between or entry.id in found:
            continue
        on = heads if entry.after is None else frozenset(entry.after)
        found[entry.id] = Made(entry, on - {entry.id})
        heads = heads - on | {entry.id}
    return found


def heads_of(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The entries of a log on which no other was made: what one made on all of it names."""
    made = history_of(entries)
    return tuple(made.keys() - {one for each in made.values() for one in each.on})


class History:
    """Edits with what they were made on, in their order, and which was made before which."""

    def __init__(self, made: Mapping[str, Made], where: str) -> None:
        """Put edits into their order; ``where`` is named where they cannot be."""
        self.on = {key: frozenset(one for one in each.on if one in made) for key, each in made.items()}
        self._key: dict[str, tuple[datetime, int, str]] = {}
        for key in self._one_after_another(where):
            keys = [self._key[one] for one in self.on[key]]
            time = max([time_of(made[key].entry), *(time for time, _, _ in keys)])
            self._key[key] = (time, 1 + max((depth for _, depth, _ in keys), default=0), key)
        self.order = sorted(self._key, key=self._key.__getitem__)
        self._clock: dict[str, dict[int, int]] = {}
        self._place: dict[str, tuple[int, int]] = {}
        self._count()

    def at(self, key: str) -> tuple[datetime, int, str]:
        """By what an edit is put into order."""
        return self._key[key]

    def before(self, one: str, other: str) -> bool:
        """Whether an edit was known to whoever made the other one."""
        chain, place = self._place[one]
        return one != other and self._clock[other].get(chain, -1) >= place

    def apart(self, one: str, other: str) -> bool:
        """Whether neither of two edits was known to whoever made the other."""
        return one != other and not self.before(one, other) and not self.before(other, one)

    def known_to(self, key: str) -> int:
        """How many edits were known to whoever made this one."""
        return sum(place + 1 for place in self._clock[key].values()) - 1

    def latest(self, keys: Iterable[str]) -> list[str]:
        """Those of some edits that were not known to whoever made another of them, in order."""
        found: list[str] = []
        for key in sorted(set(keys), key=self.at, reverse=True):
            if not any(self.before(key, other) for other in found):
                found.append(key)
        return found[::-1]

    @cached_property
    def ends(self) -> list[str]:
        """The edits on which no other was made."""
        on = {one for each in self.on.values() for one in each}
        return [key for key in self.order if key not in on]

    def _one_after_another(self, where: str) -> list[str]:
        waits = {key: len(on) for key, on in self.on.items()}
        follow: dict[str, list[str]] = {}
        for key, on in self.on.items():
            for one in on:
                follow.setdefault(one, []).append(key)
        ready = [key for key, number in waits.items() if not number]
        for key in ready:
            for other in follow.get(key, ()):
                waits[other] -= 1
                if not waits[other]:
                    ready.append(other)
        if len(ready) < len(waits):
            raise StormFileError(
                "The logs contradict each other: each of two edits was made on the other.",
                where,
                "Somebody has changed the order of lines in a log. Take it from a copy, or set it aside:"
                " the storm file alone can be merged.",
            )
        return ready

    def _count(self) -> None:
        """Give each edit its place in a chain, and say how far along each chain it knew of edits."""
        ends: dict[int, str] = {}
        for key in self.order:
            clock: dict[int, int] = {}
            for one in self.on[key]:
                for chain, place in self._clock[one].items():
                    clock[chain] = max(clock.get(chain, -1), place)
            own = [self._place[one][0] for one in self.on[key] if ends[self._place[one][0]] == one]
            chain = min(own, default=len(ends))
            place = clock.get(chain, -1) + 1
            clock[chain], ends[chain] = place, key
            self._clock[key], self._place[key] = clock, (chain, place)


def time_of(entry: Entry) -> datetime:
    """When an entry was made, in UTC; the beginning of time where it says no time."""
    try:
        said = datetime.fromisoformat(entry.time)
        return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except (ValueError, OverflowError):
        return _NEVER
