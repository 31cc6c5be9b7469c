"""Whether a value of an event meets what a pattern asks of it."""

from __future__ import annotations

from .addresses import address
from .model import (
    AnyOf,
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
    fold,
)
from .values import Scalar, cases, comparable, key_of


def meets_any(asked: AnyOf, value: Scalar) -> bool:
    """Whether a value meets one of these conditions."""
    return _meets_any(asked, value, key_of(value))


def _meets_any(asked: AnyOf, value: Scalar, key: Key) -> bool:
    if key in asked.keys:
        return True
    if isinstance(value, str):
        for length, texts in asked.prefixes.items():
            if value[:length] in texts:
                return True
        for length, texts in asked.suffixes.items():
            if value[len(value) - length :] in texts and length <= len(value):
                return True
        if asked.folded and any(
            same_ignoring_case(text, value) for text in asked.folded.get(fold(value), ())
        ):
            return True
    return any(meets(condition, value, key) for condition in asked.others)


def meets(condition: Condition, value: Scalar, key: Key) -> bool:
    """Whether a value meets a condition.

    Parameters
    ----------
    condition : what is asked.
    value : a value of the event; ``exists: false`` is met by none.
    key : its key, as by ``key_of``.
    """
    match condition:
        case Equals():
            return key == condition.key
        case AnythingBut():
            return not _meets_any(condition.excluded, value, key)
        case Exists():
            return condition.there
        case Numeric():
            number = comparable(value)
            return number is not None and in_range(condition, number)
    if not isinstance(value, str):
        return False
    match condition:
        case Prefix():
            return _begins(condition, value)
        case Suffix():
            return _ends(condition, value)
        case Wildcard():
            return fits(condition, value)
        case EqualsIgnoreCase():
            return same_ignoring_case(condition.text, value)
        case Cidr():
            return in_block(condition, value)


def in_range(condition: Numeric, number: float) -> bool:
    """Whether a number lies between the bounds."""
    low, high = condition.low, condition.high
    if low is not None and (number <= low if condition.low_open else number < low):
        return False
    return high is None or (number < high if condition.high_open else number <= high)


def in_block(condition: Cidr, text: str) -> bool:
    """Whether a text spells an IP address of the block."""
    found = address(text)
    return found is not None and found[0] == condition.version and condition.low <= found[1] <= condition.high


def fits(condition: Wildcard, text: str) -> bool:
    """Whether a text fits a wildcard: each part is taken as early as it comes, which finds a fit if any is.

    >>> from anycompany.bus.pattern.wildcards import wildcard
    >>> fits(wildcard("a*b*"), "a-b"), fits(wildcard("a*b"), "ab-")
    (True, False)
    """
    first, *rest = condition.parts
    if not rest:
        return text == first
    *middle, last = rest
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def same_ignoring_case(asked: str, text: str) -> bool:
    """Whether a text is the asked one, where each of its characters may have either case.

    >>> same_ignoring_case("straße", "STRASSE"), same_ignoring_case("strasse", "STRAßE")
    (True, False)
    """
    return _after_beginning(asked, text) == len(text)


def _begins(condition: Prefix, text: str) -> bool:
    if condition.ignore_case:
        return _after_beginning(condition.text, text) is not None
    return text.startswith(condition.text)


def _ends(condition: Suffix, text: str) -> bool:
    if not condition.ignore_case:
        return text.endswith(condition.text)
    if condition.text.isascii():
        return _same_ascii(condition.text, text[max(len(text) - len(condition.text), 0) :])
    end = len(text)
    for lower, upper in reversed(cases(condition.text)):
        if text.endswith(lower, 0, end):
            end -= len(lower)
        elif text.endswith(upper, 0, end):
            end -= len(upper)
        else:
            return False
    return True


def _after_beginning(asked: str, text: str) -> int | None:
    if asked.isascii():
        return len(asked) if _same_ascii(asked, text[: len(asked)]) else None
    at = 0
    for lower, upper in cases(asked):
        if text.startswith(lower, at):
            at += len(lower)
        elif text.startswith(upper, at):
            at += len(upper)
        else:
            return None
    return at


def _same_ascii(asked: str, text: str) -> bool:
    """Whether texts are the same ignoring case, where the asked one is ASCII: then the other is, too."""
    return text.isascii() and text.lower() == asked.lower()
