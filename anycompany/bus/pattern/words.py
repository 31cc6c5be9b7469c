"""Conditions and values in words, for people: cut to a length, and never with a character that acts."""

from __future__ import annotations

from .meeting import meets
from .model import (
    AnythingBut,
    Cidr,
    Condition,
    Equals,
    EqualsIgnoreCase,
    Exists,
    Key,
    Numeric,
    Prefix,
    Suffix,
    Wildcard,
)
from .values import Scalar, key_of

LONGEST = 80
_MOST_EXCLUDED = 5


def quoted(text: str) -> str:
    r"""A text in quotes, cut to a readable length, with whatever does not print written out.

    >>> print(quoted('a"b\x1b[0m\u202e'))
    "a\"b\x1b[0m\u202e"
    """
    return f'"{plain(text, escape_quotes=True)}"'


def plain(text: str, escape_quotes: bool = False) -> str:
    """A text without quotes, cut to a readable length, with whatever does not print written out."""
    cut = text[:LONGEST]
    written = "".join(
        letter
        if letter.isprintable() and not (escape_quotes and letter in '"\\')
        else "\\" + letter
        if letter in '"\\'
        else letter.encode("unicode_escape").decode("ascii")
        for letter in cut
    )
    return written + ("…" if len(text) > LONGEST else "")


def of_key(key: Key) -> str:
    """The value that a key is of."""
    if key.startswith('"'):
        return quoted(key[1:])
    return plain(key.removeprefix("#"))


def of_value(value: Scalar) -> str:
    """A value of an event, with its kind where that may matter.

    >>> of_value("300"), of_value(300), of_value(None)
    ('the text "300"', 'the number 300', 'null')
    """
    key = key_of(value)
    kind = {'"': "the text ", "#": "the number "}.get(key[:1], "")
    return kind + of_key(key)


def of_condition(condition: Condition) -> str:
    """What a condition asks, by the name of its operator.

    >>> of_condition(Numeric(0, True, 5, False)), of_condition(Prefix("us-", ignore_case=True))
    ('numeric > 0 and <= 5', 'prefix equals-ignore-case "us-"')
    """
    match condition:
        case Equals():
            return f"equals {of_key(condition.key)}"
        case EqualsIgnoreCase():
            return f"equals-ignore-case {quoted(condition.text)}"
        case Prefix():
            return f"prefix{_case(condition)} {quoted(condition.text)}"
        case Suffix():
            return f"suffix{_case(condition)} {quoted(condition.text)}"
        case Wildcard():
            return f"wildcard {quoted(of_wildcard(condition))}"
        case Numeric():
            return f"numeric {_bounds(condition)}"
        case Cidr() if condition.low == condition.high:
            return f"equals the IP address {plain(condition.text)}"
        case Cidr():
            return f"cidr {plain(condition.text)}"
        case Exists():
            return f"exists {'true' if condition.there else 'false'}"
        case AnythingBut():
            return f"anything-but {_excluded(condition)}"


def of_wildcard(condition: Wildcard) -> str:
    """A wildcard as a pattern writes it."""
    return "*".join(part.replace("\\", "\\\\").replace("*", "\\*") for part in condition.parts)


def first_met(conditions: tuple[Condition, ...], values: list[Scalar]) -> tuple[Scalar, Condition] | None:
    """The first value that meets a condition, with it."""
    for value in values:
        key = key_of(value)
        for condition in conditions:
            if meets(condition, value, key):
                return value, condition
    return None


def _case(condition: Prefix | Suffix) -> str:
    return " equals-ignore-case" if condition.ignore_case else ""


def _bounds(condition: Numeric) -> str:
    if condition.low is not None and condition.low == condition.high:
        return f"= {of_key(key_of(condition.low))}"
    bounds = []
    if condition.low is not None:
        bounds.append(f"{'>' if condition.low_open else '>='} {of_key(key_of(condition.low))}")
    if condition.high is not None:
        bounds.append(f"{'<' if condition.high_open else '<='} {of_key(key_of(condition.high))}")
    return " and ".join(bounds)


def _excluded(condition: AnythingBut) -> str:
    said = [of_condition(one).removeprefix("equals ") for one in condition.conditions[:_MOST_EXCLUDED]]
    more = len(condition.conditions) - len(said)
    return ", ".join(said) + (f", and {more} more" if more else "")
