"""The answers to whether a pattern can ever match an event of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ....storm.checks.finding import listed


@dataclass(frozen=True, slots=True)
class Matchable:
    """It can: ``example`` is a whole event that keeps the contract and matches the pattern."""

    example: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one combination of a pattern can never match.

    Parameters
    ----------
    kind : ``missing``: the contract has no such field; ``type``: its values are of another type than the
        pattern compares with; ``values``: no value of its type will do; ``there``: the field always is there,
        and the pattern wants it absent; ``at odds``: the fields the pattern wants exclude each other;
        ``refused``: EventBridge does not take the pattern.
    path : the field it is about.
    what : the reason as a part of a sentence.
    """

    kind: Literal["missing", "type", "values", "there", "at odds", "refused"]
    path: str
    what: str


@dataclass(frozen=True, slots=True)
class NeverMatches:
    """It cannot; ``reasons`` has one for each combination of the pattern's ``$or``, each told once."""

    reasons: tuple[Reason, ...]

    @property
    def because(self) -> str:
        """Why, as a sentence."""
        said = listed(list(dict.fromkeys(reason.what for reason in self.reasons)), 4)
        return f"{said[:1].upper()}{said[1:]}."


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither an event was found nor a proof that there is none; ``because`` says what stood in the way."""

    because: str


Answer = Matchable | NeverMatches | Undecided


NOTHING = object()
"""What stands for a value where it is proved that there is none."""


class ImpossibleError(Exception):
    """What is asked for cannot be made, and this is proved."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.what)
        self.reason = reason


class TooHardError(Exception):
    """The search was given up; the text says over what."""


class Budget:
    """How much work may still be spent on one answer."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Use up some of it; raises ``TooHardError`` when nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise TooHardError("there are more combinations than are worth trying")
