"""Many rules at once: one walk over the event, in which each value strikes out the branches that it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..pattern.elements import met
from ..pattern.fields import flatten
from ..pattern.model import Branch, wanted
from ..pattern.values import is_value
from .conditions import Asked as AskedOfPath
from .memory import LONGEST_TEXT, Memory
from .slot import Slot
from .texts import union

Strikes = Callable[[Any], int | None]
"""What a value is known to strike out, or None."""
Asked = tuple[Strikes, Strikes, Slot | None, "Paths"]
"""A key that rules ask for: what texts and what other values are known to strike out there, the slot of its
path where that is asked for itself, and the keys below."""
Paths = dict[str, Asked | None]
"""The keys that rules ask for; None is one that came and that no rule asks for."""
Several = dict[Slot, tuple[bool, list[Any]]]
"""The values of paths that have several, and whether they lie in arrays of objects."""

_UNKNOWN: Asked = ({}.get, {}.get, None, {})
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
        self._paths: Paths = {}
        self._levels = [self._paths]
        for slot in self.slots.values():
            self._ask(slot)
        self._struck_without: dict[int, int] = {}
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
        struck = 0
        late: list[tuple[Slot, Any]] = []
        several: Several = {}
        todo: list[tuple[Paths, Mapping[str, Any]]] = [(self._paths, event)]
        for paths, part in todo:  # which grows underway
            asked_for = paths.get
            for key, value in part.items():
                asked = asked_for(key, _UNKNOWN)
                if asked is None:
                    continue
                if asked is _UNKNOWN:
                    if self._nobody_asks_for(key, paths):
                        continue
                    return self.match_thoroughly(event)
                struck_by_text, struck_by_other, slot, below = asked
                kind = type(value)
                if kind is str:
                    strikes = struck_by_text(value)
                elif kind in _SIMPLE:
                    strikes = struck_by_other((kind, value))
                elif kind is dict:
                    if below:
                        todo.append((below, value))
                    continue
                elif kind is list:
                    if not self._gather(asked, value, several):
                        return self.match_thoroughly(event)
                    continue
                else:
                    return self.match_thoroughly(event)
                if strikes is not None:
                    struck |= strikes
                elif slot is not None:
                    if not is_value(value):
                        return self.match_thoroughly(event)  # which says what is wrong with it
                    struck |= slot.bit
                    late.append((slot, value))
        in_doubt = 0
        if several:
            in_doubt = self.in_doubt(slot for slot, (placed, _) in several.items() if placed)
            for slot, (placed, values) in several.items():
                strikes = slot.struck_by_all(values)
                struck |= strikes & ~(slot.may_be_absent & in_doubt) if placed else strikes
        left = self.alive & ~(struck | self._struck_by_absence(struck >> len(self.branches)))
        for slot, value in late:
            if left & slot.asked:
                left &= ~slot.struck_by(value)
        return self.match_thoroughly(event) if left & in_doubt else self._names_of(left)

    def match_thoroughly(self, event: Mapping[str, Any]) -> tuple[str, ...]:
        """The same for any event: with objects in arrays, dotted keys, or numbers that only texts tell."""
        laid = flatten(event, self.wanted)
        in_doubt = self.in_doubt(self.slots[path] for path in laid.places)
        struck = 0
        for path, values in laid.values.items():
            slot = self.slots[path]
            strikes = slot.struck_by_all(values)
            struck |= strikes & ~(slot.may_be_absent & in_doubt) if path in laid.places else strikes
        left = self.alive & ~(struck | self._struck_by_absence(struck >> len(self.branches)))
        for index in ones(left & in_doubt):
            if not met(self.branches[index][1], laid):
                left &= ~(1 << index)
        return self._names_of(left)

    def _gather(self, asked: Asked, array: list[Any], several: Several) -> bool:
        """Put the values in an array to those of their slots; False where that is not as simple."""
        _, _, slot, below = asked
        scalars = []
        for element in array:
            kind = type(element)
            if kind is str or kind in _SIMPLE:
                scalars.append(element)
            elif kind is dict:
                if below and not self._gather_object(below, element, several):
                    return False
            else:
                return False
        if slot is not None and scalars:
            if not all(map(is_value, scalars)):
                return False
            several.setdefault(slot, (False, []))[1].extend(scalars)
        return True

    def _gather_object(self, paths: Paths, element: dict[str, Any], several: Several) -> bool:
        """The same for an object in an array."""
        for key, value in element.items():
            asked = paths.get(key, _UNKNOWN)
            if asked is _UNKNOWN and not self._nobody_asks_for(key, paths):
                return False
            if asked is None or asked is _UNKNOWN:
                continue
            _, _, slot, below = asked
            kind = type(value)
            if kind is dict:
                if below and not self._gather_object(below, value, several):
                    return False
            elif kind is str or (kind in _SIMPLE and is_value(value)):
                if slot is not None:
                    several.setdefault(slot, (True, []))[1].append(value)
            else:
                return False
        return True

    def in_doubt(self, placed: Iterable[Slot]) -> int:
        """The branches that ask for several of these fields, which lie in arrays of objects.

        That each of them has a value that fits is not enough: the values have to lie in one element.
        """
        once = twice = 0
        for slot in placed:
            twice |= once & slot.asked
            once |= slot.asked
        return twice

    def _struck_by_absence(self, present: int) -> int:
        """The branches that are struck out where only these paths have values."""
        struck = self._struck_without.get(present)
        if struck is None:
            bits = present << len(self.branches)
            struck = union(slot.needed for slot in self.slots.values() if not bits & slot.bit)
            size = (len(self.branches) + len(self.slots)) // 8
            self._memory.keep(self._struck_without, present, struck, size)
        return struck

    def _names_of(self, branches: int) -> tuple[str, ...]:
        """The rules that these branches belong to."""
        names = self._names.get(branches)
        if names is None:
            names = tuple(dict.fromkeys(self.branches[index][0] for index in ones(branches)))
            self._memory.keep(self._names, branches, names, len(self.branches) // 8 + 8 * len(names))
        return names

    def forget(self) -> None:
        """Forget the events that were seen."""
        self._struck_without.clear()
        self._names.clear()
        for slot in self.slots.values():
            slot.forget()
        for paths in self._levels:
            for key in [key for key, asked in paths.items() if asked is None]:
                del paths[key]

    def _ask(self, slot: Slot) -> None:
        paths = self._paths
        *above, last = slot.path.split(".")
        for key in above:
            paths = (paths.get(key) or self._asked(paths, key, None))[3]
        self._asked(paths, last, slot)

    def _asked(self, paths: Paths, key: str, slot: Slot | None) -> Asked:
        known = paths.get(key)
        if known:
            below = known[3]
        else:
            below = {}
            self._levels.append(below)
        nothing: dict[Any, int] = {}
        texts, others = (slot.texts, slot.others) if slot else (nothing, nothing)
        asked = paths[key] = (texts.get, others.get, slot, below)
        return asked

    def _nobody_asks_for(self, key: Any, paths: Paths) -> bool:
        """Whether no rule asks for a key that is not among those asked for: a dotted one may be."""
        if key.__class__ is not str:
            return False
        if "." in key:
            return not paths.get(key.partition(".")[0])
        if len(key) <= LONGEST_TEXT:
            self._memory.keep(paths, key, None, len(key))
        return True


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
    asked: dict[str, list[AskedOfPath]] = {}
    for index, (_, branch) in enumerate(branches):
        for path, conditions in branch.fields:
            if path not in settled:
                asked.setdefault(path, []).append((index, conditions))
    return {
        path: Slot(path, 1 << (len(branches) + number), of, memory)
        for number, (path, of) in enumerate(asked.items())
    }
