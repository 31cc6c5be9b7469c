"""Contracts: the schema of an event as the registry holds it, and example events made from it."""

from __future__ import annotations

from typing import Any

from ...storm.model import Storm

SAMPLES: dict[str, Any] = {
    "string": "text",
    "number": 1.5,
    "integer": 1,
    "boolean": True,
    "object": {},
    "array": [],
}
"""What stands for a field of each type where the team gave no example."""


def json_schema(storm: Storm, event: str) -> dict[str, Any]:
    """The contract of an event as JSON Schema draft 4, in the envelope EventBridge delivers it in.

    Draft 4 is what the registry takes (schema type ``JSONSchemaDraft4``). Fields marked personal carry
    ``x-personal``, those with a risk ``x-risk``.
    """
    contract = storm.contracts[event]
    fields = {
        name: {
            "type": field.type,
            **({"x-personal": True} if field.personal else {}),
            **({"x-risk": field.risk} if field.risk else {}),
        }
        for name, field in contract.fields_.items()
    }
    required = [name for name, field in contract.fields_.items() if not field.optional]
    detail: dict[str, Any] = {"type": "object", "properties": fields}
    if required:
        detail["required"] = required
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": storm.events[event].name[:200],
        "x-version": contract.version,
        "x-note": f"events/{event}",
        "type": "object",
        "required": ["source", "detail-type", "detail"],
        "properties": {
            "source": {"type": "string", "enum": [storm.source_of(event)]},
            "detail-type": {"type": "string", "enum": [storm.detail_type(event)]},
            "detail": detail,
        },
    }


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
    samples = {name: SAMPLES[field.type] for name, field in contract.fields_.items() if not field.optional}
    return {**samples, **(contract.example or {})}


def fields_of(storm: Storm, event: str) -> tuple[str, ...]:
    """The names of the fields an event may carry: those of its contract, else of its example."""
    contract = storm.contracts.get(event)
    if not contract:
        return ()
    return tuple(contract.fields_) or tuple(contract.example or ())
