"""Many rules at once: path by path, in which each value keeps the branches that it meets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..pattern.elements import met
from ..pattern.fields import flatten
from ..pattern.model import Branch, wanted
from ..pattern.values import is_value
from .conditions import Asked
from .memory import Memory
from .slot import Slot

_SIMPLE = frozenset({int, float, bool, type(None)})
_IN_LISTS = frozenset({str, int, bool, type(None)})
_DEEP = 100
_ABSENT = object()
_NOTHING: dict[str, Any] = {}


_Known = Callable[[Any], int | None]
_Level = tuple[int, str, frozenset[str]]
"""An object in the event with fields that rules ask for: in which other one it lies, under which key, and
which keys are asked for in it."""
_Step = tuple[int, int, str, _Known, _Known, Slot]
"""A path to look at: the branches that ask for it, the object and the key where it lies, what texts and other
values there are known to keep, and its slot."""


class Matcher:
    """The rules whose branches these are; each branch is a bit, and stays where every path keeps it.

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
        self._keys, self._levels, self._steps = _steps(self.slots)
        self._names: dict[int, tuple[str, ...]] = {}
        self._memory = memory
        self._without_dots = memory.without_dots.issuperset
        memory.joined_by(self)

    def match(self, event: Mapping[str, Any]) -> tuple[str, ...]:
        """The names of the rules that an event matches, in order.

        Paths are looked at as long as rules are left that ask for them.

        Raises
        ------
        EventError
            where a field that is looked at is no value of JSON.
        """
        without_dots = self._without_dots
        if not without_dots(event) and self._memory.has_dotted(event, self._keys):
            return self.match_thoroughly(event)
        parts: list[Any] = [event]
        for parent, key, keys in self._levels:
            above = parts[parent]
            part = above.get(key, _ABSENT) if above is not None else above
            if type(part) is dict:
                if not without_dots(part) and self._memory.has_dotted(part, keys):
                    return self.match_thoroughly(event)
            elif above is not None:
                nothing = part is _ABSENT or type(part) is str or type(part) in _SIMPLE
                part = _NOTHING if nothing else None
            parts.append(part)
        left, doubt = self.alive, None
        for asked, level, key, kept_by_text, kept_by_other, slot in self._steps:
            if not left & asked:
                continue
            part = parts[level]
            if part is None:
                if doubt is None:
                    doubt = self.in_doubt(of for _, at, _, _, _, of in self._steps if parts[at] is None)
                values: list[Any] = []
                if len(slot.keys) > _DEEP or not self._gather(event, slot.keys, 0, values):
                    return self.match_thoroughly(event)
                left &= (slot.kept_by_all(values) if values else slot.kept_without) | (
                    slot.may_be_absent & doubt
                )
                continue
            value = part.get(key, _ABSENT)
            kind = type(value)
            if kind is str:
                kept = kept_by_text(value)
            elif kind in _SIMPLE:
                kept = kept_by_other((kind, value))
                if kept is None and not is_value(value):
                    return self.match_thoroughly(event)  # which says what is wrong with it
            elif value is _ABSENT or kind is dict:
                kept = slot.kept_without
            elif kind is list and _IN_LISTS.issuperset(map(type, value)):
                kept = slot.kept_by_all(value) if value else slot.kept_without
            else:
                return self.match_thoroughly(event)
            left &= slot.kept_by(value) if kept is None else kept
            if not left:
                return ()
        return self.match_thoroughly(event) if doubt and left & doubt else self._names_of(left)

    def match_thoroughly(self, event: Mapping[str, Any]) -> tuple[str, ...]:
        """The same for any event: with arrays of objects, dotted keys, or numbers that only texts tell."""
        laid = flatten(event, self.wanted)
        in_doubt = self.in_doubt(self.slots[path] for path in laid.places)
        left = self.alive
        for path, slot in self.slots.items():
            if left & slot.asked:
                values = laid.values.get(path)
                kept = slot.kept_by_all(values) if values else slot.kept_without
                left &= kept | (slot.may_be_absent & in_doubt) if path in laid.places else kept
        for index in ones(left & in_doubt):
            if not met(self.branches[index][1], laid):
                left &= ~(1 << index)
        return self._names_of(left)

    def _gather(self, value: Any, keys: Sequence[str], at: int, found: list[Any]) -> bool:
        """Find the values that keys lead to through objects in arrays; False where it is not so simple."""
        kind = type(value)
        if kind is dict:
            if at == len(keys):
                return True
            if not self._without_dots(value) and self._memory.has_dotted(value, (keys[at],)):
                return False
            inner = value.get(keys[at], _ABSENT)
            return inner is _ABSENT or self._gather(inner, keys, at + 1, found)
        if kind is list:
            for one in value:
                if type(one) is list:
                    return False
                if not self._gather(one, keys, at, found):
                    return False
            return True
        if not is_value(value):
            return False
        if at == len(keys):
            found.append(value)
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

    def forget(self) -> None:
        """Forget the events that were seen."""
        self._names.clear()
        for slot in self.slots.values():
            slot.forget()

    def _names_of(self, branches: int) -> tuple[str, ...]:
        """The rules that these branches belong to."""
        names = self._names.get(branches)
        if names is None:
            names = tuple(dict.fromkeys(self.branches[index][0] for index in ones(branches)))
            self._memory.keep(self._names, branches, names, len(self.branches) // 8 + 8 * len(names))
        return names


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
                asked.setdefault(path, []).append((index, conditions))
    all_ = (1 << len(branches)) - 1
    return {path: Slot(path, all_, of, memory) for path, of in asked.items()}


def _steps(slots: Mapping[str, Slot]) -> tuple[frozenset[str], list[_Level], list[_Step]]:
    """The keys asked for in an event, the objects in it to look into, and the paths in the order of looking.

    First come the paths whose values are few or soon told, of those the ones that most branches ask for.
    """
    numbers: dict[tuple[str, ...], int] = {(): 0}
    asked_for: list[set[str]] = [set()]
    steps: list[_Step] = []
    for slot in slots.values():
        *above, last = slot.path.split(".")
        for depth, key in enumerate(above):
            asked_for[numbers[tuple(above[:depth])]].add(key)
            if numbers.setdefault(tuple(above[: depth + 1]), len(numbers)) == len(asked_for):
                asked_for.append(set())
        level = numbers[tuple(above)]
        asked_for[level].add(last)
        steps.append((slot.asked, level, last, slot.texts.get, slot.others.get, slot))
    steps.sort(key=lambda step: (step[-1].conditions.compares_texts, -step[0].bit_count()))
    levels = [
        (numbers[way[:-1]], way[-1], frozenset(asked_for[number])) for way, number in numbers.items() if way
    ]
    return frozenset(asked_for[0]), levels, steps
