"""An event pattern that has been read: which of an event's fields it asks about, and what it asks of them.

Nothing but data. The names of the conditions are those of the EventBridge user guide (comparison operators
for use in event patterns).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


def fold(text: str) -> str:
    """A text without its case, for looking up: texts that are the same ignoring case have the same fold.

    The reverse does not hold: of few characters do the cases differ in a way that only ``cases`` knows.

    >>> fold("Straße") == fold("STRASSE")
    True
    """
    return text.upper().casefold()


Key = str
"""What a value in an event is compared by: a text with a quote before it (``"team``), a number as its
shortest decimal with a hash before it (``#300``, also for ``300.0``), or ``true``, ``false``, ``null``;
``key_of`` makes it. A number that is no double is compared by its spelling: ``#12345678901234567891``."""


@dataclass(frozen=True, slots=True)
class Equals:
    """The value is this one: a text, number, boolean or null."""

    key: Key


@dataclass(frozen=True, slots=True)
class EqualsIgnoreCase:
    """The value is this text, or has the upper or lower case of any of its characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """The value is a text that begins with this one."""

    text: str
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Suffix:
    """The value is a text that ends with this one."""

    text: str
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Wildcard:
    """The value is a text made of these parts, in order, with anything between them (a ``*`` each)."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numeric:
    """The value is a number in a range; None is no bound, ``open`` leaves the bound itself out."""

    low: float | None = None
    low_open: bool = False
    high: float | None = None
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Cidr:
    """The value is a text that spells an IP address from ``low`` to ``high``, of version 4 or 6.

    An IP address that stands alone in a pattern is such a range of one: it is met by its other spellings.
    """

    version: int
    low: int
    high: int
    text: str
    """As the pattern has it."""


@dataclass(frozen=True, slots=True)
class Exists:
    """The field is there as a value (True), or is not (False)."""

    there: bool


@dataclass(frozen=True)
class AnythingBut:
    """The field is there, and its value meets none of these conditions."""

    conditions: tuple[Equals | EqualsIgnoreCase | Prefix | Suffix | Wildcard, ...]

    @cached_property
    def excluded(self) -> AnyOf:
        """The same for looking up."""
        return any_of(self.conditions)


Condition = Equals | EqualsIgnoreCase | Prefix | Suffix | Wildcard | Numeric | Cidr | Exists | AnythingBut
"""What may be asked of a field."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions of which one has to be met, for looking up in a time that their number does not matter to.

    Parameters
    ----------
    keys : what the value may equal.
    prefixes, suffixes : what it may begin or end with, by length.
    folded : the texts that it may be ignoring case, by their ``fold``.
    others : the conditions that have to be tried one by one.
    absent : whether the field may be absent.
    """

    keys: frozenset[Key]
    prefixes: dict[int, frozenset[str]]
    suffixes: dict[int, frozenset[str]]
    folded: dict[str, tuple[str, ...]]
    others: tuple[Condition, ...]
    absent: bool


def any_of(conditions: tuple[Condition, ...]) -> AnyOf:
    """Conditions of which one has to be met, for looking up."""
    keys: set[Key] = set()
    prefixes: dict[int, set[str]] = {}
    suffixes: dict[int, set[str]] = {}
    folded: dict[str, set[str]] = {}
    others: dict[Condition, None] = {}
    for one in conditions:
        if isinstance(one, Equals):
            keys.add(one.key)
        elif isinstance(one, Prefix) and not one.ignore_case:
            prefixes.setdefault(len(one.text), set()).add(one.text)
        elif isinstance(one, Suffix) and not one.ignore_case:
            suffixes.setdefault(len(one.text), set()).add(one.text)
        elif isinstance(one, EqualsIgnoreCase):
            folded.setdefault(fold(one.text), set()).add(one.text)
        elif one != Exists(False):
            others[one] = None
    return AnyOf(
        frozenset(keys),
        {length: frozenset(texts) for length, texts in prefixes.items()},
        {length: frozenset(texts) for length, texts in suffixes.items()},
        {key: tuple(texts) for key, texts in folded.items()},
        tuple(others),
        Exists(False) in conditions,
    )


@dataclass(frozen=True)
class Branch:
    """One combination of a pattern's ``$or``: each field has to meet one of its conditions.

    A field's path is its keys joined by dots, as EventBridge reads them: a key with a dot in it equals the
    nested keys. Each path stands once, in the order of UTF-16; the conditions stand as they were written.
    """

    fields: tuple[tuple[str, tuple[Condition, ...]], ...]

    @cached_property
    def asked(self) -> tuple[tuple[str, AnyOf], ...]:
        """The same for looking up."""
        return tuple((path, any_of(conditions)) for path, conditions in self.fields)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which fields are asked about: ``paths``, and ``inner``, the dotted beginnings that lead to them."""

    paths: frozenset[str]
    inner: frozenset[str]


@dataclass(frozen=True)
class Pattern:
    """An event pattern: an event matches where it meets any of the branches."""

    branches: tuple[Branch, ...]

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Every condition with its field's path, branch by branch."""
        for branch in self.branches:
            for path, conditions in branch.fields:
                for condition in conditions:
                    yield path, condition

    @cached_property
    def wanted(self) -> Wanted:
        """The fields that any branch asks about."""
        return wanted(path for branch in self.branches for path, _ in branch.fields)


def wanted(paths: Iterator[str]) -> Wanted:
    """The fields at these paths, and the ways to them.

    >>> sorted(wanted(iter(["detail.order.id", "source"])).inner)
    ['detail', 'detail.order']
    """
    leaves = frozenset(paths)
    inner: set[str] = set()
    for path in leaves:
        before = path.rpartition(".")[0] if "." in path else None
        while before is not None and before not in inner:
            inner.add(before)
            before = before.rpartition(".")[0] if "." in before else None
    return Wanted(leaves, frozenset(inner))
