"""A detail that an event pattern lets through: the example of an event, bent to a filter."""

from __future__ import annotations

import ipaddress
from typing import Any

ABSENT = object()
"""What stands for a field that must not be there."""


def bent_to(detail: dict[str, Any], where: dict[str, Any]) -> dict[str, Any]:
    """A detail with the fields that a filter over it names changed so that the filter matches.

    Of alternatives (``$or``, several values of a field) the first is taken. Fields in dotted keys are the
    nested ones.

    >>> bent_to({"amount": 49.0, "plan": "team"}, {"amount": [{"numeric": [">", 10000]}]})
    {'amount': 10001, 'plan': 'team'}
    """
    bent = dict(detail)
    for key, condition in where.items():
        if key == "$or" and isinstance(condition, list) and condition and isinstance(condition[0], dict):
            bent = bent_to(bent, condition[0])
        elif "." in key and key not in bent:
            first, rest = key.split(".", 1)
            bent = bent_to(bent, {first: {rest: condition}})
        elif isinstance(condition, dict):
            inner = bent.get(key)
            bent[key] = bent_to(inner if isinstance(inner, dict) else {}, condition)
        elif isinstance(condition, list) and condition:
            value = _value_for(condition[0], bent.get(key))
            if value is ABSENT:
                bent.pop(key, None)
            else:
                bent[key] = value
    return bent


def _value_for(condition: Any, now: Any) -> Any:
    """A value that one condition of an event pattern lets through."""
    if not isinstance(condition, dict) or not condition:
        return condition
    operator, operand = next(iter(condition.items()))
    if operator == "numeric" and isinstance(operand, list):
        return _number_within(operand)
    if operator == "exists":
        return (now if now is not None else "text") if operand else ABSENT
    if operator == "anything-but":
        return _anything_but(operand)
    if operator == "wildcard":
        return str(operand).replace("\\*", "\0").replace("*", "").replace("\0", "*").replace("\\\\", "\\")
    if operator == "cidr":
        return str(ipaddress.ip_network(str(operand), strict=False)[1])
    if isinstance(operand, dict):  # {"prefix": {"equals-ignore-case": …}}
        return next(iter(operand.values()), "")
    return operand  # prefix, suffix, equals-ignore-case: the operand itself matches


def _number_within(bounds: list[Any]) -> float:
    low, high = None, None
    for operator, limit in zip(bounds[::2], bounds[1::2], strict=False):
        if operator == "=":
            return float(limit) if isinstance(limit, float) else int(limit)
        if operator.startswith(">"):
            low = limit if operator == ">=" else limit + 1
        else:
            high = limit if operator == "<=" else limit - 1
    if low is not None and high is not None and high < low:
        return float(bounds[1] + bounds[3]) / 2
    return low if low is not None else high if high is not None else 0


def _anything_but(operand: Any) -> Any:
    forbidden = operand if isinstance(operand, list) else [operand]
    if any(isinstance(one, int | float) and not isinstance(one, bool) for one in forbidden):
        return max(one for one in forbidden if isinstance(one, int | float)) + 1
    texts = [str(text) for one in forbidden for text in (one.values() if isinstance(one, dict) else [one])]
    return "other-than-" + "-".join(text[::-1] for text in texts) + "-x" if texts else "text"
