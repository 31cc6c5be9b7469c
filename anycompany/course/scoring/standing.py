"""Where an event stands in a storm beside known ones: in time, by what starts it, in which entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from ...storm.model import Storm
from .wording import Wording

NEAREST = 3
"""Known events on each side in time that an event's place is told by."""


class Standing:
    """Compares the places of events in the reference and in an attempt.

    Parameters
    ----------
    wording : for the names of those who start events.
    reference, attempt : the two storms.
    known : for each event of the reference that was found, the attempt's.
    """

    def __init__(self, wording: Wording, reference: Storm, attempt: Storm, known: Mapping[str, str]) -> None:
        self._wording = wording
        self._reference, self._attempt = reference, attempt
        self._known = known

    @cached_property
    def _back(self) -> dict[str, str]:
        return {own: event for event, own in self._known.items()}

    def alike(self, event: str, own: str) -> float:
        """How far an event of the reference and one of the attempt stand alike, 0 to 1; 0 if hardly told."""
        told = [self._in_time(event, own), self._by_start(event, own), self._in_entity(event, own)]
        said = [one for one in told if one is not None]
        return sum(said) / len(said) if len(said) > 1 else 0.0

    def _in_time(self, event: str, own: str) -> float | None:
        mine, theirs = self._reference.relations.moment_of, self._attempt.relations.moment_of
        if event not in mine or own not in theirs:
            return None
        pairs = [
            (mine[one] - mine[event], theirs[other] - theirs[own])
            for one, other in self._known.items()
            if one in mine and other in theirs
        ]
        near = {*_nearest(pairs, 0), *_nearest(pairs, 1)}
        same = sum(_side(here) == _side(there) for here, there in near)
        return same / len(near) if near else None

    def _by_start(self, event: str, own: str) -> float | None:
        mine = {one for one in self._causes(self._reference, event) if one in self._known}
        theirs = {self._back[one] for one in self._causes(self._attempt, own) if one in self._back}
        if mine or theirs:
            return float(bool(mine & theirs))
        here, there = self._reference.triggers.get(event), self._attempt.triggers.get(own)
        if here is None or there is None:
            return None
        if here.kind != there.kind:
            return 0.25
        if here.actor and there.actor:
            wanted, said = self._wording.name(here.actor), self._wording.name(there.actor)
            return 1.0 if wanted.likeness(said) else 0.5
        return 1.0

    def _in_entity(self, event: str, own: str) -> float | None:
        mine = {one for one in self._mates(self._reference, event) if one in self._known}
        theirs = {self._back[one] for one in self._mates(self._attempt, own) if one in self._back}
        return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else None

    @staticmethod
    def _causes(storm: Storm, event: str) -> set[str]:
        return {one for key in storm.relations.emitters_of.get(event, ()) for one in storm.policies[key].when}

    @staticmethod
    def _mates(storm: Storm, event: str) -> set[str]:
        entities = storm.relations.entities_of.get(event, ())
        return {one for key in entities for one in storm.entities[key].events} - {event}


def _nearest(pairs: Iterable[tuple[int, int]], of: int) -> list[tuple[int, int]]:
    ordered = sorted(pairs, key=lambda pair: abs(pair[of]))
    before = [pair for pair in ordered if pair[of] < 0][:NEAREST]
    after = [pair for pair in ordered if pair[of] > 0][:NEAREST]
    return [*before, *after]


def _side(distance: int) -> int:
    return (distance > 0) - (distance < 0)
