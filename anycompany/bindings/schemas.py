"""One JSON Schema for each service: the events it emits and hears, each as a type with a name for code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..bus.contract import event_schema
from ..bus.contract.openapi import type_name
from ..bus.contract.schema import DRAFT_4
from ..storm.model import Storm

ANY_EVENT = "Events"
"""The type that is any of a service's events; no event's type is called so: theirs end in ``Event``."""


@dataclass(frozen=True)
class ServiceSchema:
    """What the typed code of one service is made from.

    Parameters
    ----------
    service : its id.
    file : the name of its file, without an ending: a name that any language can import.
    emits, hears : the names of the types of whole events.
    schema : JSON Schema draft 4 with a definition for each type.
    """

    service: str
    file: str
    emits: tuple[str, ...]
    hears: tuple[str, ...]
    schema: dict[str, Any]

    @property
    def says(self) -> tuple[str, ...]:
        """What stands at the beginning of the file, line by line."""
        lines = [f"The events of the service {self.service}, from their contracts. Generated: do not edit."]
        if self.emits:
            lines.append(f"It emits {', '.join(self.emits)}.")
        if self.hears:
            lines.append(f"It hears {', '.join(self.hears)}.")
        return tuple(lines)


def service_schemas(storm: Storm) -> tuple[ServiceSchema, ...]:
    """The schema of every service that emits or hears anything."""
    names = _type_names(storm)
    files: set[str] = set()
    found = []
    for service in storm.services:
        emits = storm.relations.events_of_service.get(service, ())
        policies = storm.relations.policies_of.get(service, ())
        hears = tuple(
            dict.fromkeys(
                event for policy in policies for event in storm.policies[policy].when if event in storm.events
            )
        )
        if emits or hears:
            found.append(
                ServiceSchema(
                    service,
                    _file_name(service, files),
                    tuple(f"{names[event]}Event" for event in emits),
                    tuple(f"{names[event]}Event" for event in hears),
                    _schema(storm, names, tuple(dict.fromkeys((*emits, *hears)))),
                )
            )
    return tuple(found)


def _type_names(storm: Storm) -> dict[str, str]:
    """A name for each event, of which no two differ in the case of letters alone."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for event, said in storm.events.items():
        base = name = type_name(said.name, event)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}{number}"
        taken.add(name.casefold())
        names[event] = name
    return names


def _file_name(service: str, taken: set[str]) -> str:
    """A name for a module: a letter first, no keyword, and no file of another service."""
    base = f"{service.replace('-', '_').lower()}_events"
    base = name = base if base[0].isalpha() else f"s_{base}"
    number = 1
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    taken.add(name)
    return name


def _schema(storm: Storm, names: dict[str, str], events: tuple[str, ...]) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    for event in events:
        whole = event_schema(storm, event)
        detail = f"{names[event]}Detail"
        definitions[detail] = _unmarked(whole["properties"]["detail"])
        definitions[f"{names[event]}Event"] = {
            "type": "object",
            "required": whole["required"],
            "properties": {**whole["properties"], "detail": {"$ref": f"#/definitions/{detail}"}},
        }
    wholes = [name for name in definitions if name.endswith("Event")]
    return {
        "$schema": DRAFT_4,
        "title": ANY_EVENT,
        "anyOf": [{"$ref": f"#/definitions/{name}"} for name in wholes],
        "definitions": definitions,
    }


def _unmarked(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without our own marks: a risk in a person's words has no business in code."""
    made = {key: value for key, value in schema.items() if not key.startswith("x-")}
    if "properties" in made:
        made["properties"] = {name: _unmarked(inner) for name, inner in made["properties"].items()}
    if "items" in made:
        made["items"] = _unmarked(made["items"])
    return made
