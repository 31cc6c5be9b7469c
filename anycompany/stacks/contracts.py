"""The contracts stack of a service: its schemas in the registry, before there is any service."""

from __future__ import annotations

from ..bus.contract import json_schema
from ..bus.names import limited
from ..storm.model import Storm
from .names import bus_stack_name, contracts_stack_name, logical_id, schema_name
from .resources import json_literal, line, resource, template
from .stack import Stack


def contracts_stack(storm: Storm, service: str) -> Stack | None:
    """The stack of the contracts a service owns, or None while it owns none."""
    events = [
        event for event in storm.relations.events_of_service.get(service, ()) if event in storm.contracts
    ]
    if not events:
        return None
    schemas = {
        logical_id("Schema", event): resource(
            "AWS::EventSchemas::Schema",
            f"contracts/{event}",
            {
                "RegistryName": {"Ref": "RegistryName"},
                "SchemaName": schema_name(storm, event),
                "Type": "JSONSchemaDraft4",
                "Description": line(
                    f"version {storm.contracts[event].version} of {storm.detail_type(event)}"
                ),
                "Content": json_literal(json_schema(storm, event)),
            },
        )
        for event in events
    }
    registry = {
        "RegistryName": {
            "Type": "String",
            "Default": limited(storm.bus_name, 64),
            "Description": "The schema registry that the bus stack makes",
        }
    }
    title = f"{storm.name}: contracts of the {service} service"
    return Stack(
        contracts_stack_name(storm, service),
        "contracts",
        template(title, schemas, Parameters=registry),
        (bus_stack_name(storm),),
        service,
    )
