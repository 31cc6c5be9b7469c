"""What a condition of a pattern is about, and how it is said in a sentence."""

from __future__ import annotations

from ....storm.checks.finding import listed, quoted
from ...pattern.model import (
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
)
from ..kinds import SCALARS

_NUMBERS = frozenset(["number", "integer"])
_TEXTS = frozenset(["string"])


def kinds_wanted(condition: Condition) -> frozenset[str]:
    """The kinds of values that can meet a condition; none for one that wants the field absent."""
    match condition:
        case Equals():
            return {'"': _TEXTS, "#": _NUMBERS, "n": frozenset(["null"])}.get(
                condition.key[:1], frozenset(["boolean"])
            )
        case Numeric():
            return _NUMBERS
        case Exists():
            return frozenset(SCALARS) if condition.there else frozenset()
        case AnythingBut():
            return frozenset(SCALARS)
    return _TEXTS


def quoted_path(path: str) -> str:
    """A field's path in quotes, as in the event."""
    return quoted(path, 120)


def condition_in_words(condition: Condition) -> str:
    """What a value has to be to meet a condition, as it stands after “is” or “never”.

    >>> condition_in_words(Numeric(low=10000, low_open=True)), condition_in_words(Prefix("eu-"))
    ('a number above 10000', 'a text that begins with “eu-”')
    """
    match condition:
        case Equals():
            text = condition.key[1:]
            return (
                quoted(text)
                if condition.key[:1] == '"'
                else text
                if condition.key[:1] == "#"
                else condition.key
            )
        case EqualsIgnoreCase():
            return f"{quoted(condition.text)} in any case"
        case Prefix():
            return f"a text that begins with {quoted(condition.text)}{_cased(condition.ignore_case)}"
        case Suffix():
            return f"a text that ends with {quoted(condition.text)}{_cased(condition.ignore_case)}"
        case Wildcard():
            return f"a text like {quoted('*'.join(condition.parts))}"
        case Numeric():
            return f"a number {_range(condition)}"
        case Cidr():
            return f"an IP address in {quoted(condition.text)}"
        case Exists():
            return "there" if condition.there else "absent"
    return f"anything but {listed([condition_in_words(one) for one in condition.conditions], 3)}"


def _cased(ignored: bool) -> str:
    return " in any case" if ignored else ""


def _range(bounds: Numeric) -> str:
    if bounds.low is not None and bounds.low == bounds.high:
        return f"equal to {bounds.low:g}"
    parts = []
    if bounds.low is not None:
        parts.append(f"{'above' if bounds.low_open else 'from'} {_plain(bounds.low)}")
    if bounds.high is not None:
        parts.append(f"{'below' if bounds.high_open else 'up to'} {_plain(bounds.high)}")
    return " and ".join(parts)


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
