"""Where in an event a pattern's path leads, as a contract has it: through keys, and into arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..kinds import KINDS, SCALARS, kinds_of

Step = str | None
"""A key of an object, or None for the elements of an array."""

MOST_PLACES = 8
"""Places that are told apart for one path; keys with dots in them may make many."""

ANYTHING: Mapping[str, Any] = {}

_BEYOND = ("$ref", "anyOf", "oneOf", "allOf", "patternProperties")


@dataclass(frozen=True)
class Place:
    """One place that a path leads to, and the schema of the values there."""

    steps: tuple[Step, ...]
    schema: Mapping[str, Any]


@dataclass
class Places:
    """All places of a path.

    ``holds`` are the kinds that stand there where no value can be compared, such as an object; ``cut`` says
    that there are more places than were followed.
    """

    found: list[Place]
    holds: frozenset[str]
    cut: bool = False


def unnamed(schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The schema of fields that an object's schema does not name; None: it has no others.

    An object whose fields are named has those and no others, though on the wire it may carry more: what a
    contract does not name nobody can rely on. An object without named fields, or one that says
    ``additionalProperties``, may have any.
    """
    said = schema.get("additionalProperties")
    if any(key in schema for key in _BEYOND) or said is True:
        return ANYTHING
    if isinstance(said, Mapping):
        return said
    return None if said is False or "properties" in schema else ANYTHING


def named(schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The fields that an object's schema names, each with its own; of one only required nothing is known."""
    required = dict.fromkeys(schema.get("required", ()), ANYTHING)
    return {**required, **schema.get("properties", {})}


def elements(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of an array's elements."""
    items = schema.get("items")
    return items if isinstance(items, Mapping) else ANYTHING


def allowed(schema: Mapping[str, Any]) -> frozenset[str]:
    """The kinds of values that may stand at a schema; of one that is referred to nothing is known."""
    return kinds_of(schema) if "$ref" not in schema else kinds_of(ANYTHING)


def places(schema: Mapping[str, Any], path: str) -> Places:
    """Every place that a path leads to; a key with a dot in it equals the nested keys.

    Parameters
    ----------
    schema : the contract.
    path : keys joined by dots, as a pattern's fields have it.
    """
    answer = Places([], frozenset())
    for place in _walk(schema, path, (), answer):
        if len(answer.found) == MOST_PLACES:
            answer.cut = True
            break
        answer.found.append(place)
    return answer


def _walk(
    schema: Mapping[str, Any], rest: str | None, steps: tuple[Step, ...], answer: Places
) -> Iterator[Place]:
    kinds = allowed(schema)
    if rest is None:
        if kinds.intersection(SCALARS):
            yield Place(steps, schema)
        elif "object" in kinds:
            answer.holds |= {"object"}
    elif "object" in kinds:
        fields, others = named(schema), unnamed(schema)
        for name, after in _ways(fields, others is not None, rest):
            yield from _walk(fields.get(name, others or ANYTHING), after, (*steps, name), answer)
    # where anything may stand, what an array could hold can stand there itself
    if "array" in kinds and ("items" in schema or kinds != KINDS):
        yield from _walk(elements(schema), rest, (*steps, None), answer)


def _ways(fields: Mapping[str, Any], has_others: bool, rest: str) -> Iterator[tuple[str, str | None]]:
    """Each key of an object that a path may go on with, and what is left of the path then."""
    dots = [index for index, char in enumerate(rest) if char == "."]
    for end in (*dots, None):
        if rest[:end] in fields:
            yield rest[:end], None if end is None else rest[end + 1 :]
    if has_others:
        first, dot, after = rest.partition(".")
        if first not in fields:
            yield first, after if dot else None
        elif rest not in fields:
            yield rest, None
