"""A number that meets a condition within the bounds of a contract, or the proof that there is none."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from ...pattern.meeting import in_range, meets
from ...pattern.model import AnythingBut, Condition, Equals, Exists, Numeric
from ...pattern.values import comparable, key_of
from .answers import NOTHING, TooHardError

_EXACT = 2**53


def number_for(condition: Condition, schema: Mapping[str, Any], integer: bool) -> Any:
    """A number that meets a condition within the bounds of a schema, or ``NOTHING`` where there is none.

    Parameters
    ----------
    condition : one that numbers can meet.
    schema : what stands at the field.
    integer : whether it has to be a whole number.

    Raises
    ------
    TooHardError
        if none was found, and it is not proved that there is none.
    """
    own = list(_bounds(schema))
    if isinstance(condition, Equals):
        number = _from_key(condition.key)
        fits = all(in_range(one, number) for one in own) and (not integer or number == int(number))
        return number if fits else NOTHING
    low, high = -math.inf, math.inf
    if isinstance(condition, Numeric):
        low = condition.low if condition.low is not None else low
        high = condition.high if condition.high is not None else high
    excluded = 0
    if isinstance(condition, AnythingBut):
        excluded = len(condition.conditions)
    low = max([low, *(bound.low for bound in own if bound.low is not None)])
    high = min([high, *(bound.high for bound in own if bound.high is not None)])
    # of so many numbers from a bound on, at least one is neither excluded nor the bound itself
    beyond = False
    for number in _numbers(low, high, excluded + 3):
        value = comparable(number)
        beyond = beyond or value is None or abs(value) > _EXACT
        if (
            value is None
            or not meets(condition, number, key_of(number))
            or not all(in_range(one, value) for one in own)
        ):
            continue
        whole = value == int(value)
        if whole or not integer:
            return int(value) if whole and abs(value) <= _EXACT else number
    # between two doubles lie numbers that a text of JSON can hold, and that are compared by their spelling
    between = not integer and low < high and isinstance(condition, AnythingBut | Exists)
    if (integer and beyond) or between:
        raise TooHardError("the numbers are too large, or too close together, to be told apart")
    return NOTHING


def _from_key(key: str) -> Any:
    text = key[1:]
    try:
        return int(text)
    except ValueError:
        pass
    number = float(text)
    if key_of(number) != key:
        raise TooHardError("the number is written more exactly than a double holds it")
    return number


def _bounds(schema: Mapping[str, Any]) -> Iterator[Numeric]:
    """The bounds of a schema; those of later drafts, where the exclusive ones are numbers, too."""
    for name, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        bound, open_ = schema.get(name), schema.get(exclusive)
        for value, is_open in ((bound, open_ is True), (open_, True)):
            if _is_number(value):
                number = float(value)
                yield Numeric(number, is_open) if name == "minimum" else Numeric(None, False, number, is_open)


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numbers(low: float, high: float, count: int) -> Iterator[Any]:
    """Numbers from one bound on: so many whole ones, then so many of all that a double can hold."""
    from_low = math.isfinite(low)
    if not from_low and not math.isfinite(high):
        yield from range(1, count + 1)
        return
    start, away = (low, math.inf) if from_low else (high, -math.inf)
    first = math.ceil(low) if from_low else math.floor(high)
    yield from (first + number if from_low else first - number for number in range(count))
    number = start
    for _ in range(count):
        if math.isfinite(number):
            yield number
            number = math.nextafter(number, away)
