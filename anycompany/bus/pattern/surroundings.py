"""What an event has where a pattern asks for a value and there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

_MOST = 2000
"""Fields, and elements of arrays, that are looked at."""
_NEAR = 0.75


def what_is_there(event: Mapping[str, Any], path: str) -> str:
    """What lies at a path at which there is no value: an object, an empty array, or nothing.

    >>> what_is_there({"a": {"b": {}}}, "a.b"), what_is_there({"a.b": []}, "a.b"), what_is_there({}, "a.b")
    ('an empty object', 'an empty array', 'nothing')
    """
    todo: list[tuple[Any, str]] = [(event, path)]
    found = "nothing"
    for _ in range(_MOST):
        if not todo:
            break
        value, rest = todo.pop()
        if isinstance(value, list | tuple):
            if not rest and not value:
                found = "an empty array"
            todo.extend((element, rest) for element in value[:_MOST])
        elif not isinstance(value, Mapping):
            continue
        elif not rest:
            if value:
                return "an object"
            found = "an empty object"
        else:
            todo.extend(_below(value, rest))
    return found


def _below(value: Mapping[str, Any], rest: str) -> Iterator[tuple[Any, str]]:
    for at in [*(at for at, letter in enumerate(rest) if letter == "."), len(rest)]:
        if rest[:at] in value:
            after = rest[at + 1 :]
            if at < len(rest) and not after:
                continue
            yield value[rest[:at]], after


def nearest_field(event: Mapping[str, Any], path: str) -> str:
    """The field of an event whose path looks most like this one, or an empty text where none is like it.

    >>> nearest_field({"detail": {"amount": 1, "currency": "EUR"}}, "detail.Ammount")
    'detail.amount'
    """
    name = path.rpartition(".")[2].casefold()
    fields = list(_fields(event))
    for field in fields:
        if field.casefold() == path.casefold() and field != path:
            return field
    elsewhere = [field for field in fields if field.rpartition(".")[2].casefold() == name and field != path]
    if elsewhere:
        return max(elsewhere, key=lambda field: _shared(field, path))
    short = [field for field in fields if len(field) <= 2 * len(path) + 10]
    near = get_close_matches(path, short, n=1, cutoff=_NEAR) if len(path) <= 200 else []
    return near[0] if near else ""


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one.split("."), other.split("."), strict=False):
        if left != right:
            break
        count += 1
    return count


def _fields(event: Mapping[str, Any]) -> Iterator[str]:
    """The paths of the first fields of an event that have a value."""
    todo: list[tuple[Any, str]] = [(event, "")]
    steps = 0
    while todo and steps < _MOST:
        steps += 1
        value, path = todo.pop(0)
        if isinstance(value, Mapping):
            for key, inner in list(value.items())[:_MOST]:
                if isinstance(key, str) and len(path) + len(key) < 500:
                    todo.append((inner, f"{path}.{key}" if path else key))
        elif isinstance(value, list | tuple):
            todo.extend((inner, path) for inner in value[:20])
        elif path:
            yield path
