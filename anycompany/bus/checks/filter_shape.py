"""The shape of a listener's filter: an event pattern over the detail, taken apart leaf by leaf.

Source of every rule here: EventBridge user guide, event pattern syntax and comparison operators, and the
reasons that AWS gives for refusing a pattern.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any, NamedTuple

TEXT_OPERATORS = frozenset(["prefix", "suffix", "wildcard", "equals-ignore-case", "cidr"])
"""Operators that only a text can match."""

OPERATORS = frozenset([*TEXT_OPERATORS, "anything-but", "numeric", "exists"])
"""Every comparison operator of an event pattern."""

COMPARISONS = frozenset(["=", "<", "<=", ">", ">="])


class Leaf(NamedTuple):
    """A field by its path, its keys joined by dots, and the conditions of which one has to hold."""

    path: str
    conditions: list[Any]


def leaves(where: Any, path: str = "") -> Iterator[Leaf]:
    """The fields a filter asks about, those within ``$or`` too; what is no filter is passed over.

    >>> list(leaves({"a": {"b": ["x"]}, "$or": [{"c": [1]}, {"d.e": [2]}]}))
    [Leaf(path='a.b', conditions=['x']), Leaf(path='c', conditions=[1]), Leaf(path='d.e', conditions=[2])]
    """
    if not isinstance(where, dict):
        return
    for key, value in where.items():
        if _is_or(key, value):
            for branch in value:
                yield from leaves(branch, path)
        elif isinstance(value, dict):
            yield from leaves(value, f"{path}{key}.")
        elif isinstance(value, list):
            yield Leaf(f"{path}{key}", value)


def faults(where: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What AWS would refuse in a filter, each as (path, what is wrong there).

    >>> list(faults({"amount": 5, "plan": [{"begins-with": "t"}]}))
    [('amount', 'a field takes a list of values'), ('plan', "there is no operator 'begins-with'")]
    """
    if not isinstance(where, dict):
        yield path.rstrip("."), "a filter is fields with lists of values"
        return
    if not where:
        yield path.rstrip("."), "an empty object matches nothing"
    for key, value in where.items():
        here = f"{path}{key}"
        if _is_or(key, value):
            if len(value) < 2:
                yield here, "$or takes two or more filters"
            for branch in value:
                yield from faults(branch, path)
        elif isinstance(value, dict):
            yield from faults(value, f"{here}.")
        elif not isinstance(value, list):
            yield here, "a field takes a list of values"
        elif not value:
            yield here, "an empty list matches nothing"
        else:
            yield from ((here, fault) for condition in value if (fault := _fault_in(condition)))


def _is_or(key: str, value: Any) -> bool:
    """Whether this is the relation, and not a field that happens to be called so."""
    return (
        key == "$or"
        and isinstance(value, list)
        and value != []
        and all(isinstance(branch, dict) and not OPERATORS.intersection(branch) for branch in value)
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fault_in(condition: Any) -> str | None:
    """What is wrong with one condition of a field."""
    if isinstance(condition, list):
        return "a list within a list"
    if not isinstance(condition, dict):
        return (
            None
            if condition is None or isinstance(condition, str | bool | int | float)
            else "no value of JSON"
        )
    if len(condition) != 1:
        return "a condition has exactly one operator"
    operator, operand = next(iter(condition.items()))
    if operator not in OPERATORS:
        return f"there is no operator {str(operator)[:40]!r}"
    if operator == "exists":
        return None if isinstance(operand, bool) else "exists takes true or false"
    if operator == "numeric":
        return _fault_in_numeric(operand)
    if operator == "anything-but":
        return _fault_in_anything_but(operand)
    return _fault_in_text(operator, operand)


def _fault_in_text(operator: str, operand: Any) -> str | None:
    if operator in ("prefix", "suffix") and isinstance(operand, dict):
        inner = operand.get("equals-ignore-case")
        return None if len(operand) == 1 and isinstance(inner, str) else f"{operator} takes a text"
    if not isinstance(operand, str):
        return f"{operator} takes a text"
    if operator == "wildcard" and "**" in operand.replace("\\\\", "").replace("\\*", ""):
        return "two * in a row"
    if operator == "cidr":
        try:
            ipaddress.ip_network(operand, strict=False)
        except ValueError:
            return f"{operand[:40]!r} is no range of IP addresses"
    return None


def _fault_in_numeric(operand: Any) -> str | None:
    wrong = 'numeric takes a comparison and a number, such as [">", 5] or [">", 0, "<=", 5]'
    if not isinstance(operand, list) or len(operand) not in (2, 4):
        return wrong
    pairs = list(zip(operand[::2], operand[1::2], strict=True))
    if not all(
        isinstance(sign, str) and sign in COMPARISONS and _is_number(number) for sign, number in pairs
    ):
        return wrong
    if len(pairs) == 2:
        (low_sign, low), (high_sign, high) = pairs
        if low_sign[0] != ">" or high_sign[0] != "<" or low >= high:
            return "a range runs from a lower bound (> or >=) to a higher one (< or <=)"
    return None


def _fault_in_anything_but(operand: Any) -> str | None:
    if isinstance(operand, dict):
        if len(operand) != 1 or next(iter(operand)) not in TEXT_OPERATORS - {"cidr"}:
            return "anything-but takes values, or one of prefix, suffix, wildcard, equals-ignore-case"
        texts = next(iter(operand.values()))
        fits = isinstance(texts, str) or (
            isinstance(texts, list) and texts and all(isinstance(text, str) for text in texts)
        )
        return None if fits else "anything-but takes texts here"
    values = operand if isinstance(operand, list) else [operand]
    texts_only = all(isinstance(value, str) for value in values)
    numbers_only = all(_is_number(value) for value in values)
    if not values or not (texts_only or numbers_only):
        return "anything-but takes texts or numbers, not both"
    return None
