"""A contract as OpenAPI 3, in the form that EventBridge's own schema registry uses."""

from __future__ import annotations

import re
from typing import Any

from ...storm.ids import slug
from ...storm.model import Storm
from .schema import json_schema


def openapi(storm: Storm, event: str) -> dict[str, Any]:
    """The contract of an event as OpenAPI 3 (schema type ``OpenApi3``): ``AWSEvent`` and the detail.

    ``x-amazon-events-source`` and ``x-amazon-events-detail-type`` are what the code bindings of the registry
    read (EventBridge user guide, schemas).

    >>> storm = Storm(name="Inn").add_event("Room Booked").add_contract("room-booked", {"nights": {}})
    >>> list(openapi(storm, "room-booked")["components"]["schemas"])
    ['AWSEvent', 'RoomBooked']
    """
    schema = json_schema(storm, event)
    name = type_name(storm.events[event].name, event)
    properties = schema["properties"]
    detail = {"$ref": f"#/components/schemas/{name}"}
    return {
        "openapi": "3.0.0",
        "info": {"version": f"{schema['x-version']}.0.0", "title": schema["title"] or name},
        "paths": {},
        "components": {
            "schemas": {
                "AWSEvent": {
                    "type": "object",
                    "required": schema["required"],
                    "x-amazon-events-source": properties["source"]["enum"][0],
                    "x-amazon-events-detail-type": properties["detail-type"]["enum"][0],
                    "properties": {**properties, "detail": detail},
                },
                name: {**_open_api(properties["detail"]), "x-note": schema["x-note"]},
            }
        },
    }


def _open_api(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema as OpenAPI 3.0 has it: an array says what its items are, if only that they are anything."""
    made = dict(schema)
    if "properties" in made:
        made["properties"] = {name: _open_api(inner) for name, inner in made["properties"].items()}
    if made.get("type") == "array":
        made["items"] = _open_api(made.get("items", {}))
    return made


def type_name(name: str, fallback: str) -> str:
    """A name as a type's in code: words of ASCII letters and digits with capitals, never ``AWSEvent``.

    A letter after a digit is a capital, as generators of code for several languages have it.

    >>> type_name("Payment Attempted", "x"), type_name("3D Model Made", "x"), type_name("!!!", "event-2")
    ('PaymentAttempted', 'E3DModelMade', 'Event2')
    """
    words = re.findall("[a-z]+|[0-9]+", slug(name)[:80] or slug(fallback) or "nameless")
    joined = "".join(word.capitalize() for word in words)
    if joined[:1].isdigit():
        joined = f"E{joined}"
    return f"{joined}Event" if joined.casefold() == "awsevent" else joined
