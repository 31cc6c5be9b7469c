"""Two versions of a contract: each difference, and which direction it breaks (see ``comparison``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...storm.checks.finding import listed, quoted
from ...storm.errors import StormError
from .comparison import Comparison, Difference, Direction
from .kinds import a_kind, kinds_of, same

_BACKWARD: tuple[Direction, ...] = ("backward",)
_FORWARD: tuple[Direction, ...] = ("forward",)
_BOTH: tuple[Direction, ...] = ("backward", "forward")

MOST_LEVELS = 100
"""Levels of nesting that are compared."""


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """What differs between two versions of a contract, each difference with the directions it breaks.

    Parameters
    ----------
    old, new : JSON Schema draft 4, such as ``json_schema`` and ``inferred`` make. What else draft 4 has
        (``anyOf``, ``pattern`` and so on) breaks both directions where it differs.

    Raises
    ------
    StormError
        for what is no schema, or nested more than 100 deep.

    >>> text = {"type": "object", "properties": {"amount": {"type": "string"}}}
    >>> number = {"type": "object", "properties": {"amount": {"type": "number"}}}
    >>> compare(text, number).compatibility, compare(text, number).differences[0].kind
    ('none', 'type changed')
    """
    try:
        found = _schemas("", old, new, 0)
        return Comparison(tuple(replace(one, what=f"{one.what[:1].upper()}{one.what[1:]}") for one in found))
    except (TypeError, AttributeError, ValueError, KeyError, RecursionError) as error:
        raise StormError(
            f"A contract is no schema that can be compared ({type(error).__name__}).",
            remedy="Write JSON Schema draft 4, not nested out of reach.",
        ) from None


def _schemas(path: str, old: Mapping[str, Any], new: Mapping[str, Any], level: int) -> Iterator[Difference]:
    if level > MOST_LEVELS:
        raise RecursionError
    if same(dict(old), dict(new)):
        return
    yield from _types(path, old, new)
    yield from _enums(path, old, new)
    yield from _bounds(path, old, new)
    yield from _others(path, old, new)
    kinds = kinds_of(old) & kinds_of(new)
    if "object" in kinds:
        yield from _objects(path, old, new, level)
    if "array" in kinds:
        yield from _schemas(path, _items(old), _items(new), level + 1)


def _items(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    items = schema.get("items", {})
    return items if isinstance(items, Mapping) else {}


def _name(path: str) -> str:
    return quoted(path, 120) if path else "the event"


def _types(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    before, after = (
        kinds_of({key: schema[key] for key in ("type", "nullable") if key in schema}) for schema in (old, new)
    )
    if before == after:
        return
    change = f"from {a_kind(before)} to {a_kind(after)}"
    if before < after:
        yield Difference(path, "type widened", f"{_name(path)} is widened {change}.", _FORWARD)
    elif before > after:
        yield Difference(path, "type narrowed", f"{_name(path)} is narrowed {change}.", _BACKWARD)
    else:
        yield Difference(path, "type changed", f"{_name(path)} changes {change}.", _BOTH)


def _enums(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    name = _name(path)
    if "enum" not in old and "enum" not in new:
        return
    if "enum" not in old:
        what = f"{name} has to be {_values(new['enum'])} from now on."
        yield Difference(path, "values limited", what, _BACKWARD)
    elif "enum" not in new:
        what = f"{name} may be more than {_values(old['enum'])} now."
        yield Difference(path, "values freed", what, _FORWARD)
    else:
        gone, fresh = _without(old["enum"], new["enum"]), _without(new["enum"], old["enum"])
        if gone and fresh:
            what = f"{name} may be {_values(fresh)} now, and is never {_values(gone)} any more."
            yield Difference(path, "values changed", what, _BOTH)
        elif fresh:
            yield Difference(path, "values widened", f"{name} may be {_values(fresh)} now.", _FORWARD)
        elif gone:
            what = f"{name} is never {_values(gone)} any more."
            yield Difference(path, "values narrowed", what, _BACKWARD)


def _without(values: list[Any], others: list[Any]) -> list[Any]:
    return [value for value in values if not any(same(value, one) for one in others)]


def _values(values: list[Any]) -> str:
    return listed([quoted(one) if isinstance(one, str) else str(one)[:60] for one in values], 4)


_LOWER = ("minimum", "minLength", "minItems", "minProperties")
_UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")


def _bounds(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for name in (*_LOWER, *_UPPER):
        exclusive = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}.get(name, "")
        before, after = ((schema.get(name), schema.get(exclusive) is True) for schema in (old, new))
        if before == after or (before[0] is None and after[0] is None):
            continue
        said = f"{name} of {_name(path)}"
        if _tighter(name in _LOWER, before, after):
            yield Difference(path, "bound narrowed", f"{said} is narrower: {after[0]}.", _BACKWARD)
        else:
            yield Difference(path, "bound widened", f"{said} is wider than {before[0]}.", _FORWARD)


def _tighter(lower: bool, before: tuple[Any, bool], after: tuple[Any, bool]) -> bool:
    if before[0] is None or after[0] is None:
        return before[0] is None
    if before[0] == after[0]:
        return after[1]
    return bool(after[0] > before[0]) if lower else bool(after[0] < before[0])


_HINTS = ("$schema", "id", "title", "description", "default", "example", "examples", "format")
_SHAPE = ("type", "nullable", "enum", "properties", "required", "items", "additionalProperties")
_COMPARED = frozenset((*_HINTS, *_SHAPE, *_LOWER, *_UPPER, "exclusiveMinimum", "exclusiveMaximum"))


def _others(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """Keywords whose difference is not understood, and ``format``, which is a hint and breaks nobody."""
    if old.get("format") != new.get("format"):
        hints = (str(schema.get("format", "of no certain format"))[:40] for schema in (old, new))
        what = f"{_name(path)} was said to be {next(hints)}, and is now {next(hints)}."
        yield Difference(path, "format changed", what)
    names = [*old, *(name for name in new if name not in old)]
    lists = [isinstance(schema.get("items", {}), list) for schema in (old, new)]
    for name in names:
        known = name in _COMPARED and not (name == "items" and any(lists))
        known = known and not (
            name.startswith("exclusive") and not isinstance(old.get(name, new.get(name)), bool)
        )
        if not known and not name.startswith("x-") and not same(old.get(name), new.get(name)):
            yield Difference(path, "rule changed", f"{_name(path)} has another {quoted(name)}.", _BOTH)


def _objects(path: str, old: Mapping[str, Any], new: Mapping[str, Any], level: int) -> Iterator[Difference]:
    before, after = old.get("properties", {}), new.get("properties", {})
    must, must_now = set(old.get("required", ())), set(new.get("required", ()))
    names = [
        *before,
        *(
            name
            for name in (*after, *old.get("required", ()), *new.get("required", ()))
            if name not in before
        ),
    ]
    for name in dict.fromkeys(names):
        here = f"{path}.{name}" if path else name
        was, is_ = _field(old, name), _field(new, name)
        if name in must_now and name not in must and was is not None:
            yield Difference(
                here, "became required", f"{_name(here)} has to be there from now on.", _BACKWARD
            )
        if name in must and name not in must_now and is_ is not None:
            yield Difference(here, "became optional", f"{_name(here)} may be missing from now on.", _FORWARD)
        if was is not None and is_ is not None:
            yield from _schemas(here, was, is_, level + 1)
        elif is_ is not None:
            yield _added(here, name in must_now, old.get("additionalProperties") is False)
        elif was is not None:
            yield _removed(here, name in must, new.get("additionalProperties") is False)
    yield from _openness(path, old, new, level)


def _field(schema: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """The schema of a field: its own, or that of fields that are not named; None where events lack it."""
    own = schema.get("properties", {}).get(name)
    if own is not None or name in schema.get("required", ()):
        return own if own is not None else {}
    return _rest(schema)


def _rest(schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The schema of the fields that are not named; None where events carry none."""
    said = schema.get("additionalProperties")
    if isinstance(said, Mapping):
        return said
    return {} if said is True or (said is None and "properties" not in schema) else None


def _added(here: str, required: bool, was_closed: bool) -> Difference:
    breaks: tuple[Direction, ...] = (*(_BACKWARD if required else ()), *(_FORWARD if was_closed else ()))
    word = "required" if required else "optional"
    return Difference(here, f"field added, {word}", f"{_name(here)} is new, and {word}.", breaks)


def _removed(here: str, required: bool, is_closed: bool) -> Difference:
    breaks: tuple[Direction, ...] = (*(_BACKWARD if is_closed else ()), *(_FORWARD if required else ()))
    word = "required" if required else "optional"
    return Difference(here, f"field removed, {word}", f"{_name(here)} is gone; it was {word}.", breaks)


def _openness(path: str, old: Mapping[str, Any], new: Mapping[str, Any], level: int) -> Iterator[Difference]:
    """Fields that are not named: whether there may be any, and of which kind."""
    before, after = _rest(old), _rest(new)
    if before is not None and after is not None:
        yield from _schemas(f"{path}.*" if path else "*", before, after, level + 1)
    elif before is not None:
        closed = new.get("additionalProperties") is False
        what = f"{_name(path)} has no other fields any more than those that are named."
        yield Difference(path, "other fields removed", what, _BACKWARD if closed else ())
    elif after is not None:
        closed = old.get("additionalProperties") is False
        what = f"{_name(path)} may have other fields than those that are named."
        yield Difference(path, "other fields allowed", what, _FORWARD if closed else ())
    elif (old.get("additionalProperties") is False) != (new.get("additionalProperties") is False):
        closed = new.get("additionalProperties") is False
        kind = "other fields refused" if closed else "other fields ignored"
        yield Difference(
            path,
            kind,
            f"Fields that {_name(path)} does not name are {'refused' if closed else 'ignored'} now.",
        )
