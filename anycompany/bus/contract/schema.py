"""Contracts: the schema of an event as the registry holds it, and example events made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...storm.model import Storm
from ...storm.parts import Contract, ContractField

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
"""The JSON Schema that the registry takes (schema type ``JSONSchemaDraft4``)."""

DELIVERED = ("version", "id", "account", "time", "region", "resources")
"""What EventBridge adds to an event that was put on the bus (user guide, event structure)."""

SAMPLES: dict[str, Any] = {
    "string": "text",
    "number": 1.5,
    "integer": 1,
    "boolean": True,
    "object": {},
    "array": [],
}
"""What stands for a field of each type where the team gave no example."""

_MOST_LEVELS = 32


def json_schema(storm: Storm, event: str) -> dict[str, Any]:
    """The contract of an event as JSON Schema draft 4, in the envelope EventBridge delivers it in.

    A dotted field name is a field within a field, or within the objects of an array. Fields marked personal
    carry ``x-personal``, those with a risk ``x-risk``. An object is open on the wire: a hearer ignores what
    it does not know, so that fields can be added.

    >>> storm = Storm(name="Inn").add_event("Room Booked")
    >>> storm = storm.add_contract("room-booked", {"guest.id": {}})
    >>> json_schema(storm, "room-booked")["properties"]["detail"]["properties"]["guest"]["required"]
    ['id']
    """
    contract = storm.contracts[event]
    return {
        "$schema": DRAFT_4,
        "title": storm.events[event].name[:200],
        "x-version": contract.version,
        "x-note": f"events/{event}",
        **envelope([storm.source_of(event)], [storm.detail_type(event)], detail_schema(contract.fields_)),
    }


def event_schema(storm: Storm, event: str) -> dict[str, Any]:
    """The contract of an event as a schema; without one its detail may be anything."""
    if event in storm.contracts:
        return json_schema(storm, event)
    return envelope([storm.source_of(event)], [storm.detail_type(event)], {"type": "object"})


def envelope(sources: list[str], detail_types: list[str], detail: dict[str, Any]) -> dict[str, Any]:
    """The schema of a whole event with one of these sources and detail-types, around that of its detail."""
    text: dict[str, Any] = {"type": "string"}
    return {
        "type": "object",
        "required": ["source", "detail-type", "detail", *DELIVERED],
        "properties": {
            "source": {"type": "string", "enum": sources},
            "detail-type": {"type": "string", "enum": detail_types},
            "detail": detail,
            "version": text,
            "id": text,
            "account": text,
            "time": {"type": "string", "format": "date-time"},
            "region": text,
            "resources": {"type": "array", "items": text},
        },
    }


def detail_schema(fields: Mapping[str, ContractField]) -> dict[str, Any]:
    """The schema of an event's detail with the fields of a contract, dotted names nested.

    A field with fields below it is an object, or an array of such objects where its type says so; without a
    word of its own it has to be there if any of them has to. No fields at all say nothing: any detail does.
    """
    top = _Level()
    for name, said in fields.items():
        level = top
        for part in parts_of(name):
            level = level.below.setdefault(part, _Level())
        level.said = said
    return top.schema()


def parts_of(name: str) -> list[str]:
    """The keys that a field's dotted name leads through; a name with an empty key stands as it is.

    >>> parts_of("card.country"), parts_of("..."), parts_of("amount")
    (['card', 'country'], ['...'], ['amount'])
    """
    parts = name.split(".")
    return parts if all(parts) and len(parts) <= _MOST_LEVELS else [name]


@dataclass
class _Level:
    """A field on its way to being a schema: what was said of it, and the fields below it."""

    said: ContractField | None = None
    below: dict[str, _Level] = field(default_factory=dict)

    @property
    def required(self) -> bool:
        return not self.said.optional if self.said else any(one.required for one in self.below.values())

    def schema(self) -> dict[str, Any]:
        marks: dict[str, Any] = {}
        if self.said and self.said.personal:
            marks["x-personal"] = True
        if self.said and self.said.risk:
            marks["x-risk"] = self.said.risk
        if not self.below:
            return {"type": self.said.type if self.said else "object", **marks}
        inner: dict[str, Any] = {
            "type": "object",
            "properties": {name: one.schema() for name, one in self.below.items()},
        }
        required = [name for name, one in self.below.items() if one.required]
        if required:
            inner["required"] = required
        if self.said and self.said.type == "array":
            return {"type": "array", "items": inner, **marks}
        return {**inner, **marks}


def example_detail(storm: Storm, event: str) -> dict[str, Any]:
    """An event's detail as its contract has it: the team's example, completed with a sample for each field.

    Empty when there is no contract.

    >>> storm = Storm(name="Inn").add_event("Room Booked")
    >>> example_detail(storm.add_contract("room-booked", {"nights": {"type": "integer"}}), "room-booked")
    {'nights': 1}
    """
    contract = storm.contracts.get(event)
    if not contract:
        return {}
    sample = _sample(detail_schema(contract.fields_))
    return _completed(nested_example(contract), sample)


def _sample(schema: dict[str, Any]) -> dict[str, Any]:
    """A value for each field that has to be there."""
    made: dict[str, Any] = {}
    for name in schema.get("required", ()):
        field_ = schema["properties"][name]
        nested = field_["type"] == "object" and "properties" in field_
        made[name] = _sample(field_) if nested else SAMPLES[field_["type"]]
    return made


def nested_example(contract: Contract) -> dict[str, Any]:
    """A contract's example, in which fields written with dots, as in the contract, are nested ones."""
    made: dict[str, Any] = {}
    for name, value in (contract.example or {}).items():
        *above, last = parts_of(name) if name in contract.fields_ else [name]
        inner = made
        for part in above:
            there = inner.get(part)
            inner[part] = inner = dict(there) if isinstance(there, dict) else {}
        inner[last] = value
    return made


def _completed(example: dict[str, Any], sample: dict[str, Any]) -> dict[str, Any]:
    """An example with what it lacks of a sample, within objects too."""
    rest = {
        name: _completed(example[name], inner)
        for name, inner in sample.items()
        if isinstance(inner, dict) and isinstance(example.get(name), dict)
    }
    return {**sample, **example, **rest}


def fields_of(storm: Storm, event: str) -> tuple[str, ...]:
    """The keys that an event's detail may carry: those of its contract, else of its example."""
    contract = storm.contracts.get(event)
    if not contract:
        return ()
    keys = dict.fromkeys(parts_of(name)[0] for name in contract.fields_)
    return tuple(keys) or tuple(contract.example or ())
