"""The values of an event, and what EventBridge compares them by."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from .errors import EventError
from .model import Key

_EXACT = 2**53
MOST_BITS = 200_000
"""Of an integer that has more, not even the digits could be written in any sensible time."""
SHORT = 15
"""Every decimal of so many digits is told from its neighbours by a double."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number that no double is equal to: EventBridge compares its spelling, and orders it nowhere."""

    text: str


Scalar = str | int | float | bool | None | Spelled
"""A value that EventBridge can compare: everything but objects and arrays."""


def number(text: str) -> float | Spelled:
    """The number that a JSON text spells, as EventBridge compares it.

    >>> number("3.0e2"), number("0.1"), number("12345678901234567891"), number("1e400")
    (300.0, 0.1, Spelled(text='12345678901234567891'), Spelled(text='1e400'))
    """
    value = float(text)
    if len(text) <= SHORT and "e" not in text and "E" not in text:
        return value + 0.0
    if value - value != 0.0 or Decimal(repr(value)) != _decimal(text):
        return Spelled(text)
    return value + 0.0  # no negative zero


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:  # an exponent beyond any
        return None


def comparable(value: Scalar) -> float | None:
    """The number that numeric conditions compare, or None for anything else.

    >>> comparable(300), comparable("300"), comparable(True), comparable(2**60 + 1)
    (300.0, None, None, None)
    """
    if isinstance(value, float):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    if isinstance(value, int) and -_EXACT <= value <= _EXACT:
        return float(value)
    found = number(_spelling(value))
    return found if isinstance(found, float) else None


def key_of(value: Scalar) -> Key:
    """What a value is compared by.

    Raises
    ------
    EventError
        for what is no value of JSON.

    >>> key_of("team"), key_of(300.0), key_of(300), key_of(True), key_of(None), key_of(-0.0)
    ('"team', '#300', '#300', 'true', 'null', '#0')
    """
    kind = type(value)
    if kind is str:
        return '"' + value  # type: ignore[operator]  # a text, as its type says
    if kind is float:
        return _key_of_float(value)  # type: ignore[arg-type]
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int and -_EXACT <= value <= _EXACT:  # type: ignore[operator]
        return f"#{value}"
    return _key_of_other(value)


def is_value(value: Any) -> bool:
    """Whether this is a value that ``key_of`` has a key for."""
    if isinstance(value, float):
        return value - value == 0.0
    if isinstance(value, int):
        return value.bit_length() <= MOST_BITS
    return value is None or isinstance(value, str | Decimal | Spelled)


def _key_of_float(value: float) -> Key:
    spelled = repr(value + 0.0)
    return "#" + (spelled[:-2] if spelled.endswith(".0") else spelled)


def _key_of_other(value: Any) -> Key:
    if isinstance(value, Spelled):
        return "#" + value.text
    if isinstance(value, str):
        return '"' + value
    if isinstance(value, float):
        return _key_of_float(float(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        spelled = _spelling(value)
        found = number(spelled)
        return "#" + spelled if isinstance(found, Spelled) else _key_of_float(found)
    raise EventError(
        f"An event holds a {type(value).__name__}, which is no value of JSON.", "", "Give what JSON can hold."
    )


def _spelling(value: int | Decimal) -> str:
    """The digits of a number; by way of a decimal, since Python refuses to spell integers of many digits."""
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise EventError("A number in the event has too many digits.", "", "Give one that can be read.")
    return str(Decimal(value))


@lru_cache(maxsize=4096)
def cases(text: str) -> tuple[tuple[str, str], ...]:
    """The lower and the upper case of each character, which are all that a text ignoring case may have there.

    >>> cases("ß"), cases("Ab")
    ((('ß', 'SS'),), (('a', 'A'), ('b', 'B')))
    """
    return tuple(
        (letter, letter) if letter > "\uffff" else (letter.lower(), letter.upper()) for letter in text
    )
