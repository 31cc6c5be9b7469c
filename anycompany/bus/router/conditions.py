"""What thousands of branches ask of the values at one path, as an index: which of them a value meets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from ..pattern import model as m
from ..pattern.values import Scalar, comparable, key_of
from .ranges import Range, Ranges
from .texts import Addresses, Affixes, Blocks, Mark, OfTexts, Rest, SameIgnoringCase, Wildcards

Asked = tuple[int, Sequence[m.Condition]]
"""The number of a branch, which is the place of its bit, and its conditions; it is met by any of them."""
_Item = TypeVar("_Item")


class Conditions:
    """The conditions of many branches, each branch a bit that comes once.

    >>> conditions = Conditions([(0, [m.Equals("#5")]), (1, [m.Numeric(low=1.0)])])
    >>> conditions.met(5), conditions.met(6.5), conditions.met("5")
    (3, 2, 0)
    """

    def __init__(self, asked: Iterable[Asked]) -> None:
        equal: dict[m.Key, list[int]] = {}
        present: list[int] = []
        absent: list[int] = []
        begins, ends = Affixes(at_end=False), Affixes(at_end=True)
        same, wildcards, rest = SameIgnoringCase(), Wildcards(), Rest()
        numbers: list[list[Range]] = []
        addresses: dict[int, list[list[Range]]] = {}
        but: list[list[Asked]] = []
        for branch, conditions in asked:
            bit = 1 << branch
            had = dict.fromkeys((Ranges, 4, 6, m.AnythingBut), 0)
            for condition in conditions:
                match condition:
                    case m.Equals(key):
                        equal.setdefault(key, []).append(branch)
                    case m.Exists(there):
                        (present if there else absent).append(branch)
                    case m.Numeric(low, low_open, high, high_open):
                        begin = None if low is None else (low, 2 if low_open else 0)
                        end = None if high is None else (high, 0 if high_open else 2)
                        _layer(numbers, had, Ranges).append((bit, begin, end))
                    case m.AnythingBut(unwanted):
                        _layer(but, had, m.AnythingBut).append((branch, unwanted))
                    case m.EqualsIgnoreCase(text):
                        same.add(text, bit)
                    case m.Wildcard():
                        wildcards.add(condition, bit)
                    case m.Prefix(text, ignore_case) if Affixes.takes(text, ignore_case):
                        begins.add(text, ignore_case, bit)
                    case m.Suffix(text, ignore_case) if Affixes.takes(text, ignore_case):
                        ends.add(text, ignore_case, bit)
                    case m.Cidr(version, first, last):
                        layers = addresses.setdefault(version, [])
                        _layer(layers, had, version).append((bit, (first, 0), (last, 2)))
                    case _:
                        rest.add(condition, bit)
        self._any_value = bits_of(present)
        self.may_be_absent = bits_of(absent)
        """The branches that are met where there is no value."""
        self._equal = {key: bits_of(branches) for key, branches in equal.items()}
        ip = Addresses({version: [Ranges(one) for one in layers] for version, layers in addresses.items()})
        self._of_texts: list[OfTexts] = [one for one in (begins, ends, same, wildcards, ip, rest) if one]
        self._of_numbers = [Ranges(layer) for layer in numbers]
        self._but = [(bits_of(branch for branch, _ in layer), Conditions(layer)) for layer in but]

    @property
    def compares_texts(self) -> bool:
        """Whether more is asked of texts than what they are equal to."""
        return bool(self._of_texts)

    def met(self, value: Scalar) -> int:
        """The bits of the branches that a value meets."""
        found = self._any_value
        if self._equal:
            found |= self._equal.get(key_of(value), 0)
        if isinstance(value, str):
            for texts in self._of_texts:
                found |= texts.found(value)
        elif self._of_numbers:
            number = value if type(value) is float else comparable(value)
            if number is not None:
                for ranges in self._of_numbers:
                    found |= ranges.holding(number)
        for wanted, unwanted in self._but:
            found |= wanted & ~unwanted.met(value)
        return found

    def turning_points(self) -> set[float]:
        """The numbers at which another answer may begin: between two of them all have one answer."""
        found = {float(key[1:]) for key in self._equal if key[0] == "#"}
        found.update(number for ranges in self._of_numbers for number, _ in ranges.bounds())
        return found.union(*(unwanted.turning_points() for _, unwanted in self._but))

    def marks(self) -> Iterator[Mark | Blocks | None]:
        """What texts are told apart by; None where there is more to it than that."""
        yield Mark(frozenset(key[1:] for key in self._equal if key[0] == '"'))
        for texts in self._of_texts:
            yield from texts.marks()
        for _, unwanted in self._but:
            yield from unwanted.marks()


def bits_of(branches: Iterable[int]) -> int:
    """The bits of these branches, together; in a time that their number alone decides.

    >>> bits_of([0, 9])
    513
    """
    data = bytearray()
    for branch in branches:
        place = branch >> 3
        if place >= len(data):
            data.extend(bytes(place + 1 - len(data)))
        data[place] |= 1 << (branch & 7)
    return int.from_bytes(data, "little")


def _layer(layers: list[list[_Item]], had: dict[object, int], kind: object) -> list[_Item]:
    """Where a branch's first, second … of a kind goes, so that each branch comes once a layer."""
    number = had[kind]
    had[kind] = number + 1
    while len(layers) <= number:
        layers.append([])
    return layers[number]
