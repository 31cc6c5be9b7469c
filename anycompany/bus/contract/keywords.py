"""The keywords of JSON Schema draft 4, each saying in words what breaks it and never spelling values out.

The library's own messages spell the value out, which a value nested 1,000 deep or a number of 5,000 digits
does not survive; so the keywords that tell of values are written here, the others are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from jsonschema import Draft4Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from ...storm.checks.finding import listed, quoted
from .kinds import KINDS, a_kind, kind_of, same

Errors = Iterator[ValidationError]
Keyword = Callable[[Any, Any, Any, Mapping[str, Any]], Any]


def validator(schema: Mapping[str, Any]) -> Any:
    """A validator of draft 4 that speaks in our words and fetches nothing from outside."""
    return _class()(schema, registry=Registry())


@lru_cache(maxsize=1)
def _class() -> Any:
    ours: dict[str, Keyword] = {
        "type": _type,
        "nullable": _ignored,
        "enum": _enum,
        "required": _required,
        "additionalProperties": _additional,
        "format": _ignored,
        "pattern": _pattern,
        **{name: _bounded(name, size, words) for name, (size, words) in _BOUNDS.items()},
        **{name: _in_general(name) for name in _GENERAL},
    }
    return extend(Draft4Validator, ours)  # type: ignore[no-untyped-call]


def _ignored(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> None:
    return None


def _type(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
    wanted = [value] if isinstance(value, str) else list(value)
    if not KINDS.issuperset(wanted):
        raise ValueError("an unknown type")
    kind = kind_of(instance)
    if instance is None and schema.get("nullable") is True:
        return
    if kind not in wanted and not (kind == "integer" and "number" in wanted):
        yield ValidationError(f"is {a_kind(kind)}, not {a_kind(wanted)}")


def _enum(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
    if not any(same(one, instance) for one in value):
        told = f"is {quoted(instance)}" if isinstance(instance, str) else f"is {a_kind(kind_of(instance))}"
        words = listed([quoted(one) if isinstance(one, str) else _short(one) for one in value])
        yield ValidationError(
            f"{told}, which is none of {words}" if len(value) != 1 else f"{told}, not {words}"
        )


def _short(value: Any) -> str:
    scalar = (
        value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 10**18)
    )
    return (
        {True: "true", False: "false", None: "null"}.get(value, str(value))
        if scalar
        else a_kind(kind_of(value))
    )


def _required(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
    if isinstance(instance, dict):
        for name in value:
            if name not in instance:
                yield ValidationError("is missing", path=[name])


def _additional(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
    if isinstance(value, Mapping):
        yield from Draft4Validator.VALIDATORS["additionalProperties"](validator, value, instance, schema)
    elif value is False and isinstance(instance, dict) and not schema.get("patternProperties"):
        for name in instance:
            if name not in schema.get("properties", {}):
                yield ValidationError("is no field of the contract", path=[name])


def _pattern(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
    import re

    if isinstance(instance, str) and not re.search(value, instance):
        yield ValidationError(f"does not look like {quoted(value)}")


_BOUNDS: dict[str, tuple[str, str]] = {
    "minLength": ("string", "has fewer than {} characters"),
    "maxLength": ("string", "has more than {} characters"),
    "minItems": ("array", "has fewer than {} elements"),
    "maxItems": ("array", "has more than {} elements"),
    "minProperties": ("object", "has fewer than {} fields"),
    "maxProperties": ("object", "has more than {} fields"),
}


def _bounded(name: str, kind: str, words: str) -> Keyword:
    lower = name.startswith("min")

    def check(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
        if kind_of(instance) == kind and (len(instance) < value if lower else len(instance) > value):
            yield ValidationError(words.format(value))

    return check


_GENERAL = (
    "minimum",
    "maximum",
    "multipleOf",
    "uniqueItems",
    "additionalItems",
    "anyOf",
    "oneOf",
    "not",
    "dependencies",
)
_SAYING = {
    "minimum": "is below {}",
    "maximum": "is above {}",
    "multipleOf": "is no multiple of {}",
    "uniqueItems": "has an element twice",
}


def _in_general(name: str) -> Keyword:
    original = Draft4Validator.VALIDATORS[name]
    said = _SAYING.get(name, f"breaks the contract's {name}")

    def check(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> Errors:
        for error in original(validator, value, instance, schema) or ():
            yield ValidationError(
                said.format(_short(value)), path=error.path if name == "dependencies" else ()
            )

    return check
