"""An event pattern over the detail as a JSONata condition that is true for exactly the events that match.

What JSONata cannot ask exactly is refused: it has no addresses, no wildcards but regular expressions, and
another idea of upper and lower case than EventBridge. ``$`` by itself, the context of JSONata, does not stand
in a condition: engines of Step Functions differ on where they allow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ...bus.pattern import PatternError, parse
from ...bus.pattern.model import (
    AnythingBut,
    Branch,
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
from .expressions import jsonata

EVENT = "$event.detail"

_LEAVES = (
    "$leaves := function($x) {$type($x) = 'array' "
    "? $reduce($x, function($all, $one) {$append($all, $leaves($one))}, []) "
    ": $type($x) = 'object' ? [] : [$x]}; "
)
"""The values of a field as an event pattern sees them: of nested lists all, of objects none."""


class NotExactError(Exception):
    """A pattern that cannot be said exactly in JSONata, and why."""


def condition(where: Mapping[str, Any]) -> str:
    """A JSONata expression that is true where ``$event.detail`` matches, and false where it does not.

    Raises
    ------
    PatternError
        if it is no event pattern.
    NotExactError
        if JSONata cannot ask exactly this; the message names the operator.
    """
    pattern = parse({"detail": where})
    tree = " or ".join(f"({_branch(branch)})" for branch in pattern.branches)
    return f"({_LEAVES}{tree})"


def fault_in_condition(where: Mapping[str, Any]) -> str | None:
    """Why a branch cannot have this pattern, in words; None if it can."""
    try:
        condition(where)
    except PatternError as error:
        return error.what
    except NotExactError as error:
        return str(error)
    return None


def _branch(branch: Branch) -> str:
    paths: dict[tuple[str, ...], tuple[Condition, ...]] = {}
    for path, conditions in branch.fields:
        keys = tuple(path.split("."))
        if any(not key for key in keys):
            raise NotExactError(f"the field {path.removeprefix('detail.')!r} has an empty name")
        paths[keys[1:]] = conditions
    return _tree(paths, EVENT)


def _tree(paths: Mapping[tuple[str, ...], tuple[Condition, ...]], at: str) -> str:
    """All the fields of one object: those below one key have to be met by one and the same element."""
    asked: list[str] = []
    for key in dict.fromkeys(path[0] for path in paths):
        field = f"{at}.{_name(key)}"
        own = paths.get((key,))
        below = {path[1:]: conditions for path, conditions in paths.items() if path[0] == key and path[1:]}
        if own is not None:
            asked.append(_leaf(field, own))
        if below:
            asked.append(_below(field, below))
    return " and ".join(asked)


_OBJECT = "$type($x) = 'object'"


def _below(field: str, below: Mapping[tuple[str, ...], tuple[Condition, ...]]) -> str:
    """What is asked of the object, or of one of the objects of a list, that stands at a field."""
    absent = all(Exists(False) in conditions for conditions in below.values())
    met = _some(field, f"$type($x) = 'object' ? ({_tree(below, '$x')}) : false")
    return f"({met} or $not({_some(field, _OBJECT)}))" if absent else met


def _some(values: str, asked: str) -> str:
    """Whether any of some values, ``$x``, is as asked."""
    return f"$count($filter({values}, function($x) {{{asked}}})) > 0"


def _name(key: str) -> str:
    if "`" in key or "\\" in key:
        raise NotExactError(f"the field {key!r} cannot be named in JSONata")
    return f"`{key}`"


def _leaf(field: str, conditions: Iterable[Condition]) -> str:
    values = f"$leaves({field})"
    return "(" + " or ".join(_asked(values, one) for one in conditions) + ")"


def _asked(values: str, one: Condition) -> str:
    if isinstance(one, Exists):
        return f"$count({values}) {'>' if one.there else '='} 0"
    if isinstance(one, AnythingBut):
        excluded = " or ".join(_meets(inner) for inner in one.conditions)
        return _some(values, f"$not({excluded})")
    return _some(values, _meets(one))


def _meets(one: Condition) -> str:
    """Whether a single value, ``$x``, meets a condition."""
    if isinstance(one, Equals):
        return _equals(one.key)
    if isinstance(one, Prefix) and not one.ignore_case:
        text = jsonata(one.text)
        return f"($type($x) = 'string' ? $substring($x, 0, $length({text})) = {text} : false)"
    if isinstance(one, Suffix) and not one.ignore_case:
        text, length = jsonata(one.text), f"$length({jsonata(one.text)})"
        end = f"$substring($x, $length($x) - {length}) = {text}"
        return f"($type($x) = 'string' ? ($length($x) >= {length} ? {end} : false) : false)"
    if isinstance(one, Numeric):
        bounds = []
        if one.low is not None:
            bounds.append(f"$x {'>' if one.low_open else '>='} {_number(one.low)}")
        if one.high is not None:
            bounds.append(f"$x {'<' if one.high_open else '<='} {_number(one.high)}")
        return f"($type($x) = 'number' ? {' and '.join(bounds) or 'true'} : false)"
    raise NotExactError(f"JSONata cannot ask for {_OPERATORS[type(one)]} exactly as EventBridge does")


_OPERATORS: dict[type, str] = {
    Prefix: "a prefix without regard to case",
    Suffix: "a suffix without regard to case",
    EqualsIgnoreCase: "a text without regard to case (equals-ignore-case)",
    Wildcard: "a wildcard",
    Cidr: "an IP address (cidr)",
}


def _equals(key: str) -> str:
    if key.startswith('"'):
        return f"($type($x) = 'string' ? $x = {jsonata(key[1:])} : false)"
    if key.startswith("#"):
        return f"($type($x) = 'number' ? $x = {_number(key[1:])} : false)"
    if key == "null":
        raise NotExactError("engines of JSONata differ on null: ask whether the field is there, with exists")
    return f"($type($x) = 'boolean' ? $x = {key} : false)"


def _number(value: float | str) -> str:
    """A number as JSONata reads it: with digits and a point only where that is exact."""
    number = Decimal(str(value))
    if number != Decimal(repr(float(number))):
        raise NotExactError(f"the number {value} is more exact than JSONata's numbers")
    text = format(number, "f")
    return text if len(text) <= 30 else repr(float(number))
