"""``AWS::EventSchemas::Registry`` and ``AWS::EventSchemas::Schema``.

Return values and replacing properties are those of the AWS CloudFormation resource schemas.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from anycompany.aws.completions.resource_types import Created, Properties, add_resource_type, generated_name
from anycompany.aws.completions.schema_registry import NoSuchSchemaError, SchemaRegistry

_LONGEST_REGISTRY_NAME = 64
_LONGEST_SCHEMA_NAME = 385


def install(registry: SchemaRegistry) -> None:
    """Add both types; what stacks make is kept in the registry that the API answers from."""
    registries, schemas = _Registries(registry), _Schemas(registry)
    add_resource_type(
        "AWS::EventSchemas::Registry",
        registries.create,
        registries.update,
        registries.delete,
        ("RegistryName",),
    )
    add_resource_type(
        "AWS::EventSchemas::Schema",
        schemas.create,
        schemas.update,
        schemas.delete,
        ("RegistryName", "SchemaName"),
    )


class _Registries:
    def __init__(self, registry: SchemaRegistry) -> None:
        self._registry = registry

    def create(self, logical_id: str, properties: Properties, stack_name: str) -> Created:
        name = properties.get("RegistryName") or generated_name(
            stack_name, logical_id, _LONGEST_REGISTRY_NAME
        )
        return self._made(self._registry.create_registry(name, _settings(properties)))

    def update(self, arn: str, _old: Properties, new: Properties, _stack_name: str) -> Created:
        return self._made(self._registry.update_registry(arn.split("/")[1], _settings(new)))

    def delete(self, arn: str, _properties: Properties) -> None:
        with suppress(NoSuchSchemaError):
            self._registry.delete_registry(arn.split("/")[1])

    @staticmethod
    def _made(registry: dict[str, Any]) -> Created:
        return registry["RegistryArn"], {key: registry[key] for key in ("RegistryArn", "RegistryName")}


class _Schemas:
    def __init__(self, registry: SchemaRegistry) -> None:
        self._registry = registry

    def create(self, logical_id: str, properties: Properties, stack_name: str) -> Created:
        name = properties.get("SchemaName") or generated_name(stack_name, logical_id, _LONGEST_SCHEMA_NAME)
        settings = _settings(properties)
        return self._made(self._registry.create_schema(properties["RegistryName"], name, settings))

    def update(self, arn: str, _old: Properties, new: Properties, _stack_name: str) -> Created:
        _, registry_name, name = arn.split("/")
        return self._made(self._registry.update_schema(registry_name, name, _settings(new)))

    def delete(self, arn: str, _properties: Properties) -> None:
        _, registry_name, name = arn.split("/")
        with suppress(NoSuchSchemaError):
            self._registry.delete_schema(registry_name, name)

    @staticmethod
    def _made(schema: dict[str, Any]) -> Created:
        shown = ("SchemaArn", "SchemaName", "SchemaVersion", "LastModified", "VersionCreatedDate")
        return schema["SchemaArn"], {key: schema[key] for key in shown}


def _settings(properties: Properties) -> dict[str, Any]:
    """The members of an API request that the properties stand for."""
    return {
        "Type": properties.get("Type"),
        "Content": properties.get("Content"),
        "Description": properties.get("Description", ""),
        "tags": {tag["Key"]: tag["Value"] for tag in properties.get("Tags") or []},
    }
