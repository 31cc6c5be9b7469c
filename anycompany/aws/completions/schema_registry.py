"""The registries and schemas of the EventBridge schema registry, in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

SCHEMA_TYPES = ("OpenApi3", "JSONSchemaDraft4")
_REGISTRY_NAME = re.compile(r"[0-9A-Za-z_.-]{1,64}")
_SCHEMA_NAME = re.compile(r"[0-9A-Za-z_.@-]{1,385}")


class SchemasError(ValueError):
    """An error answer of the schemas API.

    ``code`` is the name of the exception in that API, ``status`` its HTTP status.
    """

    def __init__(self, code: str, status: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class NoSuchSchemaError(SchemasError):
    """The registry, schema or version named does not exist."""

    def __init__(self, message: str) -> None:
        super().__init__("NotFoundException", 404, message)


class SchemaRegistry:
    """All registries and schemas, by account and region of the request being served.

    Methods give and take what the API calls give and take, in the API's names; ``settings`` are the members
    of a request's body.
    """

    def __init__(self) -> None:
        from ministack.core.responses import AccountRegionScopedDict

        self._registries = AccountRegionScopedDict()
        self._schemas = AccountRegionScopedDict()  # (registry, schema): the versions, oldest first

    def reset(self) -> None:
        """Forget everything; MiniStack calls it when it is reset."""
        self._registries.clear()
        self._schemas.clear()

    def create_registry(self, name: str, settings: dict[str, Any]) -> dict[str, Any]:
        """Make a registry; a name may be taken once."""
        if not _REGISTRY_NAME.fullmatch(name) or name.startswith("aws."):
            raise _bad_request(f"{name!r} is not a valid registry name.")
        if name in self._registries:
            raise SchemasError("ConflictException", 409, f"Registry {name} already exists.")
        self._registries[name] = {
            "RegistryName": name,
            "RegistryArn": _arn(f"registry/{name}"),
            "Description": settings.get("Description", ""),
            "tags": settings.get("tags") or {},
        }
        return self.registry(name)

    def registry(self, name: str) -> dict[str, Any]:
        """One registry."""
        if name not in self._registries:
            raise NoSuchSchemaError(f"Registry {name} does not exist.")
        found: dict[str, Any] = self._registries[name]
        return found

    def registries(self, prefix: str = "") -> list[dict[str, Any]]:
        """The registries, by name."""
        return [self.registry(name) for name in sorted(self._registries) if name.startswith(prefix)]

    def update_registry(self, name: str, settings: dict[str, Any]) -> dict[str, Any]:
        """Change a registry's description or tags."""
        registry = self.registry(name)
        registry.update({key: settings[key] for key in ("Description", "tags") if key in settings})
        return registry

    def delete_registry(self, name: str) -> None:
        """Remove a registry; it has to be empty."""
        self.registry(name)
        if any(registry == name for registry, _ in self._schemas):
            raise _bad_request(f"Registry {name} still has schemas.")
        del self._registries[name]

    def create_schema(self, registry: str, name: str, settings: dict[str, Any]) -> dict[str, Any]:
        """Make a schema, in its first version."""
        self.registry(registry)
        if not _SCHEMA_NAME.fullmatch(name):
            raise _bad_request(f"{name!r} is not a valid schema name.")
        if (registry, name) in self._schemas:
            raise SchemasError("ConflictException", 409, f"Schema {name} already exists in {registry}.")
        arn = _arn(f"schema/{registry}/{name}")
        self._schemas[registry, name] = [
            _version(settings, {"SchemaName": name, "SchemaArn": arn, "SchemaVersion": "1"})
        ]
        return self.schema(registry, name)

    def schema(self, registry: str, name: str, version: str | None = None) -> dict[str, Any]:
        """One version of a schema, the newest unless named."""
        wanted = [
            candidate
            for candidate in self.schema_versions(registry, name)
            if version is None or candidate["SchemaVersion"] == version
        ]
        if not wanted:
            raise NoSuchSchemaError(f"Schema {name} in {registry} has no version {version}.")
        return wanted[-1]

    def schema_versions(self, registry: str, name: str) -> list[dict[str, Any]]:
        """Every version of a schema, oldest first."""
        if (registry, name) not in self._schemas:
            raise NoSuchSchemaError(f"Schema {name} does not exist in {registry}.")
        found: list[dict[str, Any]] = self._schemas[registry, name]
        return found

    def schemas(self, registry: str, prefix: str = "") -> Iterator[list[dict[str, Any]]]:
        """The versions of each schema of a registry, by name."""
        self.registry(registry)
        for owner, name in sorted(self._schemas):
            if owner == registry and name.startswith(prefix):
                yield self.schema_versions(owner, name)

    def update_schema(self, registry: str, name: str, settings: dict[str, Any]) -> dict[str, Any]:
        """Change a schema; another content or type makes a new version, description and tags do not."""
        versions = self.schema_versions(registry, name)
        newest = versions[-1]
        wanted = {**newest, **{key: value for key, value in settings.items() if value is not None}}
        if all(wanted[key] == newest[key] for key in ("Content", "Type")):
            versions[-1] = {**_version(wanted, newest), "VersionCreatedDate": newest["VersionCreatedDate"]}
        else:
            versions.append(_version(wanted, {**newest, "SchemaVersion": str(len(versions) + 1)}))
        return self.schema(registry, name)

    def delete_schema(self, registry: str, name: str) -> None:
        """Remove a schema with all its versions."""
        self.schema(registry, name)
        del self._schemas[registry, name]


def _arn(resource: str) -> str:
    from ministack.core.responses import get_account_id, get_region

    return f"arn:aws:schemas:{get_region()}:{get_account_id()}:{resource}"


def _version(settings: dict[str, Any], identity: dict[str, Any]) -> dict[str, Any]:
    """One version of a schema, after looking whether its type and content can be."""
    if settings.get("Type") not in SCHEMA_TYPES:
        raise _bad_request(f"The type of a schema is one of {', '.join(SCHEMA_TYPES)}.")
    try:
        if not isinstance(json.loads(settings.get("Content") or ""), dict):
            raise ValueError("it is no object")
    except ValueError as error:
        raise _bad_request(f"The content of the schema is not a JSON object: {error}.") from None
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        **{key: identity[key] for key in ("SchemaName", "SchemaArn", "SchemaVersion")},
        "Type": settings["Type"],
        "Content": settings["Content"],
        "Description": settings.get("Description", ""),
        "tags": settings.get("tags") or {},
        "LastModified": now,
        "VersionCreatedDate": now,
    }


def _bad_request(message: str) -> SchemasError:
    return SchemasError("BadRequestException", 400, message)
