"""One path of the event, and what branches ask of it: which of them its value fails, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..pattern.errors import EventError
from ..pattern.model import Exists
from ..pattern.values import Scalar, is_value
from .conditions import Asked, Conditions, bits_of
from .memory import LONGEST_TEXT, Memory

_ABSENT = Exists(False)


class Slot:
    """What many branches ask of one path.

    Parameters
    ----------
    path : of the field.
    bit : its own bit among the paths.
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
        self.asked = bits_of(asked)
        self.may_be_absent = bits_of(one for one in asked if _ABSENT in one[1])
        self._memory = memory
        self._size = self.asked.bit_length() // 8

    def failed(self, value: Scalar) -> int:
        """The branches that fail where this is the only value.

        Raises
        ------
        EventError
            for what is no value of JSON.
        """
        kind = value.__class__
        known = self.texts.get(value) if kind is str else self.others.get((kind, value))  # type: ignore[arg-type]
        if known is not None:
            return known
        if not is_value(value):
            raise EventError(f"The field is {value!r:.80}, which is no value of JSON.", self.path)
        failed = self.asked & ~self.conditions.met(value)
        if kind is not str:
            self._memory.keep(self.others, (kind, value), failed, self._size)
        elif len(value) <= LONGEST_TEXT:  # type: ignore[arg-type]
            self._memory.keep(self.texts, value, failed, self._size + len(value))  # type: ignore[arg-type]
        return failed

    def failed_by_all(self, values: Sequence[Any]) -> int:
        """The branches that fail where these are the values, of which any may meet them."""
        failed = self.asked
        for value in values:
            failed &= self.failed(value)
            if not failed:
                break
        return failed

    def forget(self) -> None:
        """Forget the values that were seen."""
        self.texts.clear()
        self.others.clear()
