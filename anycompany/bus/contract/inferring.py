"""A contract from samples: the schema that all of them keep, and the fields that a storm says it with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from .schema import DRAFT_4, envelope, parts_of

MOST_LEVELS = 32
"""Levels of nesting that are looked into; what lies deeper may be anything."""

MOST_FIELDS = 1_000
"""Fields of one object that are told apart; one with more is a table of whatever."""

_MOST_NAMES = 100
_DATE_TIME = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
    r"(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)


def inferred(samples: Iterable[Any]) -> dict[str, Any]:
    """The schema (JSON Schema draft 4) that samples follow: each of them keeps it.

    A field has to be there if all samples have it; it is an integer if all its values are, else a number; of
    mixed kinds it lists them all; a text is a ``date-time`` if all are (RFC 3339). Elements of an array are
    taken together. No samples allow anything.

    Parameters
    ----------
    samples : data from JSON, read one by one. If all of them are events as EventBridge delivers them, the
        schema is that of whole events, with the sources and detail-types that were seen.

    >>> schema = inferred([{"amount": 1, "plan": "team"}, {"amount": 1.5}])
    >>> schema["properties"]["amount"], schema["required"]
    ({'type': 'number'}, ['amount'])
    """
    seen = Seen()
    sources: dict[str, None] = {}
    detail_types: dict[str, None] = {}
    are_events = True
    for sample in samples:
        seen.add(sample)
        are_events = are_events and is_event(sample)
        if are_events:
            sources.setdefault(sample["source"])
            detail_types.setdefault(sample["detail-type"])
            are_events = max(len(sources), len(detail_types)) <= _MOST_NAMES
    schema = seen.schema()
    if are_events and "properties" in schema:
        told = envelope(list(sources), list(detail_types), schema["properties"]["detail"])["properties"]
        unseen = {name: one for name, one in told.items() if name not in schema["properties"]}
        named = {name: told[name] for name in ("source", "detail-type")}
        schema["properties"] = {**schema["properties"], **named, **unseen}
    return {"$schema": DRAFT_4, **schema}


def is_event(sample: Any) -> bool:
    """Whether a sample is an event as EventBridge delivers it, and not a detail or something else.

    What EventBridge adds may be missing, and is of its kind where it is there.
    """
    if not isinstance(sample, dict) or not isinstance(sample.get("detail"), dict):
        return False
    texts = ("source", "detail-type")
    added = ("version", "id", "account", "time", "region")
    resources = sample.get("resources", [])
    return (
        all(isinstance(sample.get(key), str) for key in texts)
        and all(isinstance(sample.get(key, ""), str) for key in added)
        and isinstance(resources, list)
        and all(isinstance(one, str) for one in resources)
    )


class Seen:
    """What was seen at one place of samples that come one by one."""

    def __init__(self, level: int = 0) -> None:
        self.level = level
        self.count = 0
        self.objects = 0
        self.kinds: dict[str, None] = {}
        self.dates = True
        self.fields: dict[str, Seen] = {}
        self.too_many = False
        self.items: Seen | None = None

    def add(self, value: Any) -> None:
        """Take one more sample."""
        self.count += 1
        if self.level > MOST_LEVELS:
            return
        kind = _kind(value)
        self.kinds.setdefault(kind)
        if kind == "string":
            self.dates = self.dates and len(value) < 40 and bool(_DATE_TIME.fullmatch(value))
        elif kind == "object":
            self.objects += 1
            self._add_fields(value)
        elif kind == "array":
            self.items = self.items or Seen(self.level + 1)
            for item in value:
                self.items.add(item)

    def _add_fields(self, value: Mapping[str, Any]) -> None:
        if self.too_many or len(value) > MOST_FIELDS:
            self.too_many = True
            return
        for name, inner in value.items():
            self.fields.setdefault(str(name), Seen(self.level + 1)).add(inner)
        self.too_many = len(self.fields) > MOST_FIELDS

    def schema(self) -> dict[str, Any]:
        """The schema that every sample so far follows."""
        if self.level > MOST_LEVELS or not self.kinds or "unknown" in self.kinds:
            return {}
        kinds = [kind for kind in self.kinds if not (kind == "integer" and "number" in self.kinds)]
        schema: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else kinds}
        if "string" in kinds and self.dates:
            schema["format"] = "date-time"
        if self.fields and not self.too_many:
            schema["properties"] = {name: seen.schema() for name, seen in self.fields.items()}
            required = [name for name, seen in self.fields.items() if seen.count == self.objects]
            if required:
                schema["required"] = required
        if self.items is not None and self.items.count:
            schema["items"] = self.items.schema()
        return schema


def _kind(value: Any) -> str:
    """The kind of a value as it is written: ``3.0`` is no integer, as not every reader takes it for one."""
    if isinstance(value, bool):
        return "boolean"
    if value is None:
        return "null"
    for type_, kind in (
        (str, "string"),
        (int, "integer"),
        (float, "number"),
        (Decimal, "number"),
        (dict, "object"),
    ):
        if isinstance(value, type_):
            return kind
    return "array" if isinstance(value, list | tuple) else "unknown"


def fields_from(schema: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields of a storm's contract that say what a schema says: ``{name: {type, optional}}``.

    Nested fields get dotted names, those within an array's objects too. A contract's field has one type: of
    several the first, null making it optional; what may be anything is no field, nor is what has a dot or
    nothing as its key.

    Parameters
    ----------
    schema : the schema of a detail, or of whole events, such as ``inferred`` makes.

    >>> fields_from(inferred([{"card": {"country": "IT"}}, {"card": {}}]))
    {'card': {'type': 'object'}, 'card.country': {'type': 'string', 'optional': True}}
    """
    properties = schema.get("properties", {})
    if {"source", "detail-type", "detail"} <= properties.keys():
        return fields_from(properties["detail"])
    fields: dict[str, dict[str, Any]] = {}
    _collect(schema, "", fields)
    return fields


def _collect(schema: Mapping[str, Any], above: str, fields: dict[str, dict[str, Any]]) -> None:
    required = set(schema.get("required", ()))
    for name, inner in schema.get("properties", {}).items():
        said = inner.get("type", [])
        kinds = [said] if isinstance(said, str) else list(said)
        known = [kind for kind in kinds if kind != "null"]
        if not name or parts_of(name) != [name] or not known:
            continue
        optional = name not in required or "null" in kinds
        fields[f"{above}{name}"] = {"type": known[0], **({"optional": True} if optional else {})}
        below = inner.get("items", {}) if known[0] == "array" else inner
        if below.get("properties") and _as_list(below.get("type")) == ["object"]:
            _collect(below, f"{above}{name}.", fields)


def _as_list(said: Any) -> list[Any]:
    return [said] if isinstance(said, str) else list(said or ())
