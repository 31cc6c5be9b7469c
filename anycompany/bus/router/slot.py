"""One path of the event, and what branches ask of it: which of them its value strikes out, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..pattern.model import Exists
from ..pattern.values import Scalar
from .conditions import Asked, Conditions, bits_of
from .memory import LONGEST_TEXT, Memory

_ABSENT = Exists(False)


class Slot:
    """What many branches ask of one path.

    Parameters
    ----------
    path : of the field.
    bit : its own bit, beyond those of the branches. It stands in whatever a value strikes out, and so says
        that there was a value.
    asked : the conditions of each branch, each branch once.
    memory : counts what is remembered.
    """

    __slots__ = ("_memory", "_size", "asked", "bit", "conditions", "may_be_absent", "others", "path", "texts")

    def __init__(self, path: str, bit: int, asked: Sequence[Asked], memory: Memory) -> None:
        self.path = path
        self.bit = bit
        self.texts: dict[str, int] = {}
        self.others: dict[tuple[type, Scalar], int] = {}
        self.conditions = Conditions(asked)
        self.asked = bits_of(branch for branch, _ in asked)
        self.may_be_absent = bits_of(branch for branch, conditions in asked if _ABSENT in conditions)
        self._memory = memory
        self._size = self.asked.bit_length() // 8

    @property
    def needed(self) -> int:
        """The branches that are struck out where there is no value."""
        return self.asked & ~self.may_be_absent

    def struck_by(self, value: Scalar) -> int:
        """The branches that a value strikes out where it is the only one."""
        struck = (self.asked & ~self.conditions.met(value)) | self.bit
        kind = type(value)
        if kind is not str:
            self._memory.keep(self.others, (kind, value), struck, self._size)
        elif len(value) <= LONGEST_TEXT:  # type: ignore[arg-type]
            self._memory.keep(self.texts, value, struck, self._size + len(value))  # type: ignore[arg-type]
        return struck

    def struck_by_all(self, values: Sequence[Any]) -> int:
        """The branches that are struck out where these are the values, of which any may meet them."""
        struck = self.asked | self.bit
        for value in values:
            kind = type(value)
            known = self.texts.get(value) if kind is str else self.others.get((kind, value))
            struck &= self.struck_by(value) if known is None else known
            if struck == self.bit:
                break
        return struck

    def forget(self) -> None:
        """Forget the values that were seen."""
        self.texts.clear()
        self.others.clear()
