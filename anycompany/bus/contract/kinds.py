"""The kinds of JSON values, of schemas, and what people call them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

SCALARS = ("string", "number", "integer", "boolean", "null")
"""The kinds of values that an event pattern can compare; an ``integer`` is a ``number``, too."""

KINDS = frozenset([*SCALARS, "object", "array"])
"""Every kind of value, by its name in JSON Schema draft 4."""

_WORDS = {
    "string": "a text",
    "number": "a number",
    "integer": "an integer",
    "boolean": "true or false",
    "null": "null",
    "object": "an object",
    "array": "an array",
}


def kind_of(value: Any) -> str:
    """The kind of a value of JSON; an integer is one however it is written (``3.0``).

    >>> [kind_of(value) for value in (True, 3, 3.5, 3.0, "3", None, {}, [])]
    ['boolean', 'integer', 'number', 'integer', 'string', 'null', 'object', 'array']
    """
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float | Decimal):
        return "integer" if math.isfinite(value) and value == int(value) else "number"
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "object"
    return "array" if isinstance(value, list | tuple) else "unknown"


def kinds_of(schema: Mapping[str, Any]) -> frozenset[str]:
    """The kinds of values that a schema allows, by its ``type`` and its ``enum``.

    Where it allows numbers, ``integer`` is among them.
    """
    said = schema.get("type", KINDS)
    kinds = frozenset([said] if isinstance(said, str) else [kind for kind in said if isinstance(kind, str)])
    if schema.get("nullable") is True:  # OpenAPI 3.0
        kinds |= {"null"}
    if "number" in kinds:
        kinds |= {"integer"}
    if "enum" in schema:
        listed = frozenset(kind_of(value) for value in schema["enum"])
        kinds &= listed | ({"number"} if "integer" in listed else frozenset())
    return kinds


def a_kind(kinds: Iterable[str] | str) -> str:
    """What people call a kind, or several of which one holds.

    >>> a_kind("string"), a_kind(["integer", "number", "null"])
    ('a text', 'a number or null')
    """
    given = [kinds] if isinstance(kinds, str) else [kind for kind in _WORDS if kind in set(kinds)]
    if "number" in given and "integer" in given:
        given.remove("integer")
    if set(given) | {"integer"} == KINDS:
        return "anything"
    words = [_WORDS.get(kind, f"no kind of JSON ({kind})") for kind in given]
    return " or ".join(words) if words else "nothing"


def same(one: Any, other: Any) -> bool:
    """Whether two values of JSON are equal: ``300`` and ``300.0`` are, ``1`` and ``true`` are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
