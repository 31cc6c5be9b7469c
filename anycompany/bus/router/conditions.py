"""What thousands of branches ask of the values at one path, as an index: which of them a value meets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from ..pattern import model as m
from ..pattern.addresses import address
from ..pattern.meeting import meets, same_ignoring_case
from ..pattern.values import Scalar, comparable, fold, key_of
from .affixes import Affixes
from .ranges import Range, Ranges

Asked = tuple[int, Sequence[m.Condition]]
"""The bit of a branch, and its conditions; it is met by any of them."""
_Item = TypeVar("_Item")


class Conditions:
    """The conditions of many branches, each branch a bit that comes once.

    What is common is looked up: equal values, texts ignoring case, beginnings and ends by their length,
    ranges by bisection. Wildcards are tried one by one.
    """

    def __init__(self, asked: Iterable[Asked]) -> None:
        self.equal: dict[m.Key, int] = {}
        self._any_value = 0
        self._same_ignoring_case: dict[str, dict[str, int]] = {}
        self._begins, self._ends = Affixes(at_end=False), Affixes(at_end=True)
        self._one_by_one: dict[m.Condition, int] = {}
        self._asks_texts = False
        numbers: list[list[Range]] = []
        addresses: dict[int, list[list[Range]]] = {}
        but: list[list[Asked]] = []
        for bit, conditions in asked:
            had = dict.fromkeys((Ranges, 4, 6, m.AnythingBut), 0)
            for condition in conditions:
                match condition:
                    case m.Equals(key):
                        self.equal[key] = self.equal.get(key, 0) | bit
                        continue
                    case m.Exists(there):
                        self._any_value |= bit if there else 0
                        continue
                    case m.Numeric(low, low_open, high, high_open):
                        begin = None if low is None else (low, 2 if low_open else 0)
                        end = None if high is None else (high, 0 if high_open else 2)
                        _layer(numbers, had, Ranges).append((bit, begin, end))
                        continue
                    case m.AnythingBut(unwanted):
                        _layer(but, had, m.AnythingBut).append((bit, unwanted))
                        continue
                    case m.EqualsIgnoreCase(text):
                        same = self._same_ignoring_case.setdefault(fold(text), {})
                        same[text] = same.get(text, 0) | bit
                    case m.Prefix(text, ignore_case) if Affixes.takes(text, ignore_case):
                        self._begins.add(text, ignore_case, bit)
                    case m.Suffix(text, ignore_case) if Affixes.takes(text, ignore_case):
                        self._ends.add(text, ignore_case, bit)
                    case m.Cidr(version, first, last):
                        layers = addresses.setdefault(version, [])
                        _layer(layers, had, version).append((bit, (first, 0), (last, 2)))
                    case _:
                        self._one_by_one[condition] = self._one_by_one.get(condition, 0) | bit
                self._asks_texts = True
        self._numbers = [Ranges(layer) for layer in numbers]
        self._addresses = {version: [Ranges(one) for one in layers] for version, layers in addresses.items()}
        self._but = [(bits_of(layer), Conditions(layer)) for layer in but]

    def met(self, value: Scalar) -> int:
        """The bits of the branches that a value meets."""
        key = key_of(value)
        found = self._any_value | self.equal.get(key, 0)
        if isinstance(value, str):
            if self._asks_texts:
                found |= self._met_by_text(value, key)
        elif self._numbers and (number := comparable(value)) is not None:
            for layer in self._numbers:
                found |= layer.holding(number)
        for wanted, unwanted in self._but:
            found |= wanted & ~unwanted.met(value)
        return found

    def turning_points(self) -> set[float]:
        """The numbers at which another answer may begin: every number between two of them has one answer."""
        found = {float(key[1:]) for key in self.equal if key[0] == "#"}
        found.update(bound for layer in self._numbers for bound in layer.bounds())
        return found.union(*(unwanted.turning_points() for _, unwanted in self._but))

    def _met_by_text(self, text: str, key: m.Key) -> int:
        found = self._begins.found(text) | self._ends.found(text)
        if self._same_ignoring_case:
            for same, bits in self._same_ignoring_case.get(fold(text), {}).items():
                if same_ignoring_case(same, text):
                    found |= bits
        for condition, bits in self._one_by_one.items():
            if bits & ~found and meets(condition, text, key):
                found |= bits
        if self._addresses and (spelled := address(text)) is not None:
            for layer in self._addresses.get(spelled[0], ()):
                found |= layer.holding(spelled[1])
        return found


def bits_of(asked: Iterable[Asked]) -> int:
    """The bits of these branches, together."""
    found = 0
    for bit, _ in asked:
        found |= bit
    return found


def _layer(layers: list[list[_Item]], had: dict[object, int], kind: object) -> list[_Item]:
    """Where a branch's first, second … of a kind goes, so that each branch comes once a layer."""
    number = had[kind]
    had[kind] = number + 1
    while len(layers) <= number:
        layers.append([])
    return layers[number]
