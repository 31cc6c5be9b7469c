"""One path of the event, and what branches ask of it: which of them its value lets stay, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..pattern.values import Scalar
from .conditions import Asked, Conditions, bits_of
from .memory import LONGEST_TEXT, Memory


class Slot:
    """What many branches ask of one path.

    Parameters
    ----------
    path : of the field.
    all_ : the bits of all branches, also of those that ask nothing of this path.
    asked : the conditions of each branch that asks, each branch once.
    memory : counts what is remembered.
    """

    def __init__(self, path: str, all_: int, asked: Sequence[Asked], memory: Memory) -> None:
        self.path = path
        self.keys = path.split(".")
        self.texts: dict[str, int] = {}
        self.others: dict[tuple[type, Scalar], int] = {}
        self.table: tuple[Any, Any] | None = None
        """What classes of values keep, with the classes; for columns."""
        self.conditions = Conditions(asked)
        self.asked = bits_of(branch for branch, _ in asked)
        self.may_be_absent = self.conditions.may_be_absent
        self._indifferent = all_ & ~self.asked
        self.kept_without = self._indifferent | self.may_be_absent
        self._memory = memory
        self._size = all_.bit_length() // 8

    def kept_by(self, value: Scalar) -> int:
        """The branches that stay where this is the only value."""
        kept = self._indifferent | self.conditions.met(value)
        kind = type(value)
        if kind is not str:
            self._memory.keep(self.others, (kind, value), kept, self._size)
        elif len(value) <= LONGEST_TEXT:  # type: ignore[arg-type]
            self._memory.keep(self.texts, value, kept, self._size + len(value))  # type: ignore[arg-type]
        return kept

    def kept_by_all(self, values: Sequence[Any]) -> int:
        """The branches that stay where these are the values, of which any may meet them."""
        kept = self._indifferent
        for value in values:
            kind = type(value)
            known = self.texts.get(value) if kind is str else self.others.get((kind, value))
            kept |= self.kept_by(value) if known is None else known
        return kept

    def forget(self) -> None:
        """Forget the values that were seen."""
        self.texts.clear()
        self.others.clear()
        self.table = None
