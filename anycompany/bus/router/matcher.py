"""Many rules at once: one walk over the event, in which each value strikes out the branches that it fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..pattern.elements import met
from ..pattern.fields import flatten
from ..pattern.model import Branch, wanted
from .conditions import Asked
from .memory import Memory
from .slot import Slot

Paths = dict[str, tuple[Slot | None, "Paths"]]
"""The keys that rules ask for: of each the slot of its path, and the keys below."""

_SIMPLE = frozenset({int, float, bool, type(None)})


class Matcher:
    """The rules whose branches these are; each branch is a bit, and stays where no path failed it.

    Parameters
    ----------
    branches : with the name of the rule that each belongs to, in the order of the rules.
    memory : counts what is remembered.
    settled : paths whose conditions the branches are known to meet.
    """

    def __init__(
        self, branches: Sequence[tuple[str, Branch]], memory: Memory, settled: Iterable[str] = ()
    ) -> None:
        self.branches = branches
        self.alive = (1 << len(branches)) - 1
        self.slots = _slots(branches, memory, frozenset(settled))
        self.wanted = wanted(iter(self.slots))
        self._paths = _paths(self.slots)
        self._failed_without: dict[int, int] = {}
        self._names: dict[int, tuple[str, ...]] = {}
        self._memory = memory
        memory.joined_by(self)

    def match(self, event: Mapping[str, Any]) -> tuple[str, ...]:
        """The names of the rules that an event matches, in order.

        Raises
        ------
        EventError
            where a field that a rule asks for is no value of JSON.
        """
        failed = present = 0
        todo: list[tuple[Paths, Mapping[str, Any]]] = [(self._paths, event)]
        for paths, part in todo:  # which grows underway
            asked_for = paths.get
            for key, value in part.items():
                asked = asked_for(key)
                if asked is None:
                    if key.__class__ is str and ("." not in key or key.partition(".")[0] not in paths):
                        continue
                    return self.match_thoroughly(event)
                slot, below = asked
                kind = value.__class__
                if kind is str:
                    if slot is not None:
                        known = slot.texts.get(value)
                        failed |= slot.failed(value) if known is None else known
                        present |= slot.bit
                elif kind is dict:
                    if below:
                        todo.append((below, value))
                elif kind in _SIMPLE:
                    if slot is not None:
                        known = slot.others.get((kind, value))
                        failed |= slot.failed(value) if known is None else known
                        present |= slot.bit
                elif kind is list:
                    if not value:
                        continue
                    for one in value:
                        if one.__class__ is not str and one.__class__ not in _SIMPLE:
                            return self.match_thoroughly(event)
                    if slot is not None:
                        failed |= slot.failed_by_all(value)
                        present |= slot.bit
                else:
                    return self.match_thoroughly(event)
        return self.names_of(self.alive & ~(failed | self.failed_without(present)))

    def match_thoroughly(self, event: Mapping[str, Any]) -> tuple[str, ...]:
        """The same for any event: with objects in arrays, dotted keys, or numbers that only texts tell."""
        laid = flatten(event, self.wanted)
        once = in_doubt = 0
        for path in laid.places:
            in_doubt |= once & self.slots[path].asked
            once |= self.slots[path].asked
        failed = present = 0
        for path, values in laid.values.items():
            slot = self.slots[path]
            fails = slot.failed_by_all(values)
            failed |= fails & ~(slot.may_be_absent & in_doubt) if path in laid.places else fails
            present |= slot.bit
        left = self.alive & ~(failed | self.failed_without(present))
        for index in ones(left & in_doubt):
            if not met(self.branches[index][1], laid):
                left &= ~(1 << index)
        return self.names_of(left)

    def failed_without(self, present: int) -> int:
        """The branches that fail where only these paths have values."""
        failed = self._failed_without.get(present)
        if failed is None:
            failed = 0
            for slot in self.slots.values():
                if not present & slot.bit:
                    failed |= slot.asked & ~slot.may_be_absent
            size = (len(self.branches) + len(self.slots)) // 8
            self._memory.keep(self._failed_without, present, failed, size)
        return failed

    def names_of(self, branches: int) -> tuple[str, ...]:
        """The rules that these branches belong to."""
        names = self._names.get(branches)
        if names is None:
            names = tuple(dict.fromkeys(self.branches[index][0] for index in ones(branches)))
            self._memory.keep(self._names, branches, names, len(self.branches) // 8 + 8 * len(names))
        return names

    def forget(self) -> None:
        """Forget the events that were seen."""
        self._failed_without.clear()
        self._names.clear()
        for slot in self.slots.values():
            slot.forget()


def ones(bits: int) -> Iterator[int]:
    """The places of the ones of a number, from the lowest.

    >>> list(ones(0b1010))
    [1, 3]
    """
    for place, byte in enumerate(bits.to_bytes(bits.bit_length() // 8 + 1, "little")):
        left = byte
        while left:
            lowest = left & -left
            yield place * 8 + lowest.bit_length() - 1
            left ^= lowest


def _slots(
    branches: Sequence[tuple[str, Branch]], memory: Memory, settled: frozenset[str]
) -> dict[str, Slot]:
    asked: dict[str, list[Asked]] = {}
    for index, (_, branch) in enumerate(branches):
        for path, conditions in branch.fields:
            if path not in settled:
                asked.setdefault(path, []).append((1 << index, conditions))
    return {path: Slot(path, 1 << number, of, memory) for number, (path, of) in enumerate(asked.items())}


def _paths(slots: Mapping[str, Slot]) -> Paths:
    found: Paths = {}
    for path, slot in slots.items():
        *above, last = path.split(".")
        paths = found
        for key in above:
            paths = paths.setdefault(key, (None, {}))[1]
        paths[last] = (slot, paths[last][1] if last in paths else {})
    return found
