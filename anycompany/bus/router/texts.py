"""What branches ask of texts, thousands at once: each kind of condition looked up in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ..pattern import model as m
from ..pattern.addresses import address
from ..pattern.meeting import fits, meets, same_ignoring_case
from .ranges import Ranges


@dataclass(frozen=True)
class Mark:
    """By what texts are told apart: whether they are among these; with a length, a beginning or an end."""

    texts: frozenset[str]
    length: int | None = None
    at_end: bool = False
    ignore_case: bool = False


@dataclass(frozen=True)
class Blocks:
    """By what IP addresses are told apart: between which of these they lie, of each version, in order."""

    bounds: dict[int, list[int]]


class OfTexts(Protocol):
    """Conditions on texts that belong to branches, of one kind."""

    def found(self, text: str) -> int:
        """The bits of all that a text meets."""

    def marks(self) -> Iterator[Mark | Blocks | None]:
        """What texts are told apart by, if they are of ASCII; None where there is more to it."""


class Affixes:
    """Beginnings, or endings, that belong to branches, by their length.

    Ignoring case it holds for ASCII alone, of which both cases are as long; ``takes`` says so.

    >>> beginnings = Affixes(at_end=False)
    >>> beginnings.add("ab", False, 0b01)
    >>> beginnings.add("Ab", True, 0b10)
    >>> beginnings.found("abc"), beginnings.found("ABC"), beginnings.found("a")
    (3, 2, 0)
    """

    def __init__(self, *, at_end: bool) -> None:
        self._at_end = at_end
        self._by_length: dict[tuple[int, bool], dict[str, int]] = {}

    @staticmethod
    def takes(text: str, ignore_case: bool) -> bool:
        """Whether this can be looked up."""
        return not ignore_case or text.isascii()

    def add(self, text: str, ignore_case: bool, bit: int) -> None:
        """Take one, for a branch."""
        texts = self._by_length.setdefault((len(text), ignore_case), {})
        said = text.lower() if ignore_case else text
        texts[said] = texts.get(said, 0) | bit

    def found(self, text: str) -> int:
        """The bits of all that a text begins, or ends, with."""
        found, whole = 0, len(text)
        for (length, ignore_case), texts in self._by_length.items():
            if length > whole:
                continue
            affix = text[whole - length :] if self._at_end else text[:length]
            if not ignore_case:
                found |= texts.get(affix, 0)
            elif affix.isascii():
                found |= texts.get(affix.lower(), 0)
        return found

    def marks(self) -> Iterator[Mark | Blocks | None]:
        """The beginnings or ends of each length."""
        for (length, ignore_case), texts in self._by_length.items():
            if length:
                yield Mark(frozenset(texts), length, self._at_end, ignore_case)

    def __bool__(self) -> bool:
        return bool(self._by_length)


class Wildcards:
    """Wildcards that belong to branches; those are tried whose first part the text begins with."""

    def __init__(self) -> None:
        self._by_length: dict[int, dict[str, dict[m.Wildcard, int]]] = {}

    def add(self, wildcard: m.Wildcard, bit: int) -> None:
        """Take one, for a branch."""
        first = wildcard.parts[0]
        same = self._by_length.setdefault(len(first), {}).setdefault(first, {})
        same[wildcard] = same.get(wildcard, 0) | bit

    def found(self, text: str) -> int:
        """The bits of all that a text fits."""
        found = 0
        for length, firsts in self._by_length.items():
            for wildcard, bits in firsts.get(text[:length], {}).items():
                if text.endswith(wildcard.parts[-1]) and fits(wildcard, text):
                    found |= bits
        return found

    def marks(self) -> Iterator[Mark | Blocks | None]:
        """More than texts being among others."""
        yield None

    def __bool__(self) -> bool:
        return bool(self._by_length)


class SameIgnoringCase:
    """Texts that belong to branches, whatever the case of their letters."""

    def __init__(self) -> None:
        self._by_fold: dict[str, dict[str, int]] = {}

    def add(self, text: str, bit: int) -> None:
        """Take one, for a branch."""
        same = self._by_fold.setdefault(m.fold(text), {})
        same[text] = same.get(text, 0) | bit

    def found(self, text: str) -> int:
        """The bits of all that are the same."""
        found = 0
        for same, bits in self._by_fold.get(m.fold(text), {}).items():
            if same_ignoring_case(same, text):
                found |= bits
        return found

    def marks(self) -> Iterator[Mark | Blocks | None]:
        """The texts, whose only other letters of ASCII are those of the other case."""
        yield Mark(
            frozenset(same.lower() for texts in self._by_fold.values() for same in texts), ignore_case=True
        )

    def __bool__(self) -> bool:
        return bool(self._by_fold)


class Addresses:
    """Ranges of IP addresses that belong to branches."""

    def __init__(self, ranges: dict[int, list[Ranges]]) -> None:
        self._by_version = ranges

    def found(self, text: str) -> int:
        """The bits of all that hold the address that a text spells, if it spells one."""
        spelled = address(text)
        found = 0
        if spelled is not None:
            for layer in self._by_version.get(spelled[0], ()):
                found |= layer.holding(spelled[1])
        return found

    def marks(self) -> Iterator[Mark | Blocks | None]:
        """The addresses at which a range begins, and those behind which one ends."""
        bounds = {
            version: sorted({int(bound) + (side == 2) for layer in layers for bound, side in layer.bounds()})
            for version, layers in self._by_version.items()
        }
        yield Blocks(bounds)

    def __bool__(self) -> bool:
        return bool(self._by_version)


class Rest:
    """Conditions that nothing looks up: tried one by one."""

    def __init__(self) -> None:
        self._conditions: dict[m.Condition, int] = {}

    def add(self, condition: m.Condition, bit: int) -> None:
        """Take one, for a branch."""
        self._conditions[condition] = self._conditions.get(condition, 0) | bit

    def found(self, text: str) -> int:
        """The bits of all that a text meets."""
        return union(bits for one, bits in self._conditions.items() if meets(one, text, '"' + text))

    def marks(self) -> Iterator[Mark | Blocks | None]:
        """More than texts being among others."""
        yield None

    def __bool__(self) -> bool:
        return bool(self._conditions)


def union(bits: Iterable[int]) -> int:
    """All these bits together.

    >>> union([0b001, 0b100])
    5
    """
    found = 0
    for one in bits:
        found |= one
    return found
