"""Why a value does not meet a condition, and how near it comes."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from .addresses import address
from .meeting import meets, same_ignoring_case
from .model import (
    AnythingBut,
    Cidr,
    Condition,
    Equals,
    EqualsIgnoreCase,
    Exists,
    Numeric,
    Prefix,
    Suffix,
    Wildcard,
    fold,
)
from .values import Scalar, Spelled, comparable, key_of
from .words import of_condition, plain, quoted

_COMPARED = 200
"""Letters of two texts that are compared to say how alike they are."""

_KIND_DIFFERS = 0.9
_CASE_DIFFERS = 0.98
_SPACE_DIFFERS = 0.97


@dataclass(frozen=True, slots=True)
class Miss:
    """That a value does not meet a condition.

    Parameters
    ----------
    nearness : from 0 to 1, to tell the nearest miss.
    why : as a clause that goes on from what the value is and what is asked.
    """

    nearness: float
    why: str


def miss(condition: Condition, value: Scalar) -> Miss:
    """Why a value does not meet a condition.

    >>> miss(Numeric(low=10000.0, low_open=True), "928309.42").why
    'asks for a number: a text never matches a number'
    """
    match condition:
        case Equals():
            return _equals(condition, value)
        case Numeric():
            return _numeric(condition, value)
        case AnythingBut():
            return _excluded(condition, value)
        case Exists():
            return Miss(0.5, "asks that there is none")
    if not isinstance(value, str):
        return Miss(0.2, f"asks for a text: {_kind(value)} is none")
    match condition:
        case Cidr():
            return _cidr(condition, value)
        case EqualsIgnoreCase():
            return _ignoring_case(condition.text, value)
        case Wildcard():
            return _wildcard(condition, value)
        case Prefix():
            return _end(condition, condition.text, value, value[: len(condition.text)], "beginning")
        case Suffix():
            end = value[-len(condition.text) :] if condition.text else ""
            return _end(condition, condition.text, value, end, "end")


def _equals(condition: Equals, value: Scalar) -> Miss:
    asked = condition.key
    if isinstance(value, str):
        if asked.startswith('"'):
            return _like(asked[1:], value, "asks for another text")
        kind = "number" if asked.startswith("#") else asked
        if value.strip() == asked.removeprefix("#") or (kind == "number" and _spells(value) == asked):
            return Miss(_KIND_DIFFERS, f"asks for {_no_text(kind)}: a text never matches {_a(kind)}")
        return Miss(0.1, f"asks for {_no_text(kind)}")
    kind = _kind(value)
    if asked.startswith('"'):
        same = asked[1:] == key_of(value).removeprefix("#")
        rule = f": {kind} never matches a text" if same else ""
        return Miss(_KIND_DIFFERS if same else 0.1, f"asks for a text{rule}")
    number = comparable(value)
    if asked.startswith("#") and isinstance(value, Spelled):
        return Miss(0.4, "does not hold: a number that no double is equal to is compared by its spelling")
    return Miss(0.5 if asked.startswith("#") and number is not None else 0.15, "does not hold for it")


def _numeric(condition: Numeric, value: Scalar) -> Miss:
    number = comparable(value)
    if number is not None:
        return Miss(0.6, "does not hold for it")
    if isinstance(value, str):
        spells_one = _spells(value) is not None
        return Miss(_KIND_DIFFERS if spells_one else 0.3, "asks for a number: a text never matches a number")
    if isinstance(value, bool) or value is None:
        return Miss(0.2, f"asks for a number: {_kind(value)} is none")
    return Miss(0.5, "does not hold: a number that no double is equal to cannot be compared")


def _excluded(condition: AnythingBut, value: Scalar) -> Miss:
    key = key_of(value)
    by = next(one for one in condition.conditions if meets(one, value, key))
    return Miss(0.5, f"excludes it: {of_condition(by)} holds")


def _cidr(condition: Cidr, value: str) -> Miss:
    found = address(value)
    if found is None:
        return Miss(0.2, "asks for an IP address: this text spells none")
    if found[0] != condition.version:
        return Miss(0.4, f"asks for an address of IPv{condition.version}: this is one of IPv{found[0]}")
    return Miss(0.6, "does not hold for it")


def _wildcard(condition: Wildcard, value: str) -> Miss:
    folded = Wildcard(tuple(fold(part) for part in condition.parts))
    if meets(folded, fold(value), ""):
        return Miss(_CASE_DIFFERS, "minds the case of letters, which differs")
    first, *rest = condition.parts
    if not rest:
        return _like(first, value, "asks for another text")
    *middle, last = rest
    if not value.startswith(first):
        return Miss(0.3, f"asks for a text that begins with {quoted(first)}")
    if not value.endswith(last):
        return Miss(0.4, f"asks for a text that ends with {quoted(last)}")
    at, before = len(first), first
    for part in middle:
        found = value.find(part, at)
        if found < 0:
            after = f" after {quoted(before)}" if before else ""
            return Miss(0.3, f"asks for {quoted(part)}{after}, which does not come there")
        at, before = found + len(part), part
    return Miss(0.4, f"asks for {quoted(last)} at the end, after {quoted(before)}: one letter counts once")


def _end(condition: Prefix | Suffix, asked: str, value: str, end: str, which: str) -> Miss:
    if not condition.ignore_case and same_ignoring_case(asked, end):
        return Miss(_CASE_DIFFERS, "minds the case of letters, which differs")
    if value.strip() != value and meets(condition, value.strip(), ""):
        return Miss(_SPACE_DIFFERS, f"minds white space, and there is some at the {which}")
    return Miss(0.6 * _alike(asked, end), f"asks for another {which}")


def _like(asked: str, value: str, otherwise: str) -> Miss:
    if fold(asked) == fold(value):
        return Miss(_CASE_DIFFERS, "minds the case of letters, which differs")
    if "".join(asked.split()) == "".join(value.split()):
        return Miss(_SPACE_DIFFERS, "minds white space, which differs")
    return Miss(0.8 * _alike(asked, value), otherwise)


def _ignoring_case(asked: str, value: str) -> Miss:
    if fold(asked) == fold(value):
        return Miss(_CASE_DIFFERS, "ignores case letter by letter only, and here one letter stands for two")
    return _like(asked, value, "asks for other letters")


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:_COMPARED], other[:_COMPARED], autojunk=False).ratio()


def _spells(text: str) -> str | None:
    """The key of the number that a text spells, if it spells one."""
    from .values import number

    try:
        return key_of(number(text.strip().replace(",", "")))
    except ValueError:
        return None


def _kind(value: Scalar) -> str:
    key = key_of(value)
    return {'"': "a text", "#": "a number"}.get(key[:1], key)


def _a(kind: str) -> str:
    return "a number" if kind == "number" else plain(kind)


def _no_text(kind: str) -> str:
    return f"{_a(kind)}, not a text" if kind != "number" else "a number"
