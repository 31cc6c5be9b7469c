"""The HTTP API of the schema registry, as far as workbooks, stacks and the AWS command line use it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from anycompany.aws.completions.schema_registry import SchemaRegistry, SchemasError

_Answer = tuple[int, dict[str, str], bytes]
_Names = tuple[str, ...]  # in the path: the registry's, then the schema's
_Query = dict[str, str]
_Body = dict[str, Any]


def install(registry: SchemaRegistry) -> None:
    """Let MiniStack answer for the service ``schemas``, and reset the registry when it is reset."""
    from ministack import app
    from ministack.core import router

    async def handle(
        method: str, path: str, _headers: dict[str, str], body: bytes, query: dict[str, list[str]]
    ) -> _Answer:
        return _answer(registry, method, path, body, query)

    module_name = "anycompany_schemas"
    app.SERVICE_HANDLERS["schemas"] = handle
    app.SERVICE_REGISTRY["schemas"] = {"module": module_name}
    app._loaded_modules[module_name] = registry
    # Without a pattern, the first call of a service makes it read all of botocore's 435 service models.
    router.SERVICE_PATTERNS["schemas"] = {"host_patterns": [r"^schemas\."]}


def _answer(
    registry: SchemaRegistry, method: str, path: str, body: bytes, query: dict[str, list[str]]
) -> _Answer:
    """Answer one request, by the first route that fits it."""
    try:
        for route_method, route, status, call in _ROUTES:
            fits = re.fullmatch(route, path)
            if fits and route_method == method:
                asked = {key: values[0] for key, values in query.items()}
                settings = json.loads(body or b"{}")
                return _response(status, call(registry, fits.groups(), asked, settings))
        raise SchemasError("BadRequestException", 400, f"The embedded AWS does not know {method} {path}.")
    except SchemasError as error:
        status, headers, content = _response(error.status, {"Code": error.code, "Message": str(error)})
        return status, {**headers, "x-amzn-errortype": error.code}, content


def _response(status: int, content: dict[str, Any] | None) -> _Answer:
    body = b"" if content is None else json.dumps(content).encode()
    return status, {"Content-Type": "application/json"}, body


def _list_registries(registry: SchemaRegistry, _names: _Names, query: _Query, _body: _Body) -> dict[str, Any]:
    found = registry.registries(query.get("registryNamePrefix", ""))
    return _page("Registries", [_only(one, "RegistryArn RegistryName tags") for one in found], query)


def _list_schemas(registry: SchemaRegistry, names: _Names, query: _Query, _body: _Body) -> dict[str, Any]:
    found = registry.schemas(names[0], query.get("schemaNamePrefix", ""))
    return _page(
        "Schemas",
        [
            {**_only(versions[-1], "LastModified SchemaArn SchemaName tags"), "VersionCount": len(versions)}
            for versions in found
        ],
        query,
    )


def _search_schemas(registry: SchemaRegistry, names: _Names, query: _Query, _body: _Body) -> dict[str, Any]:
    """The schemas whose name or content has every keyword."""
    keywords = query.get("keywords", "").lower().split()
    found = []
    for versions in registry.schemas(names[0]):
        text = f"{versions[-1]['SchemaName']} {versions[-1]['Content']}".lower()
        if all(keyword in text for keyword in keywords):
            dated = [
                {**_only(version, "SchemaVersion Type"), "CreatedDate": version["VersionCreatedDate"]}
                for version in versions
            ]
            identity = _only(versions[-1], "SchemaArn SchemaName")
            found.append({"RegistryName": names[0], **identity, "SchemaVersions": dated})
    return _page("Schemas", found, query)


def _list_versions(registry: SchemaRegistry, names: _Names, query: _Query, _body: _Body) -> dict[str, Any]:
    versions = registry.schema_versions(names[0], names[1])
    shown = [_only(version, "SchemaArn SchemaName SchemaVersion Type") for version in reversed(versions)]
    return _page("SchemaVersions", shown, query)


def _only(record: dict[str, Any], keys: str) -> dict[str, Any]:
    return {key: record[key] for key in keys.split()}


def _page(key: str, items: list[dict[str, Any]], query: _Query) -> dict[str, Any]:
    """One page of a list; the token of the next page is its offset."""
    first = int(query.get("nextToken") or 0)
    after = first + int(query.get("limit") or len(items) or 1)
    return {key: items[first:after], **({"NextToken": str(after)} if after < len(items) else {})}


_REGISTRIES = "/v1/registries"
_REGISTRY = f"{_REGISTRIES}/name/([^/]+)"
_SCHEMAS = f"{_REGISTRY}/schemas"
_SCHEMA = f"{_SCHEMAS}/name/([^/]+)"
_Route = tuple[str, str, int, Callable[[SchemaRegistry, _Names, _Query, _Body], dict[str, Any] | None]]
# Each call is given the registry, the names in the path, the query and the body.
_ROUTES: list[_Route] = [
    ("GET", _REGISTRIES, 200, _list_registries),
    ("POST", _REGISTRY, 201, lambda r, names, _, body: r.create_registry(names[0], body)),
    ("GET", _REGISTRY, 200, lambda r, names, _, __: r.registry(names[0])),
    ("PUT", _REGISTRY, 200, lambda r, names, _, body: r.update_registry(names[0], body)),
    ("DELETE", _REGISTRY, 204, lambda r, names, _, __: r.delete_registry(names[0])),
    ("GET", _SCHEMAS, 200, _list_schemas),
    ("GET", f"{_SCHEMAS}/search", 200, _search_schemas),
    ("POST", _SCHEMA, 201, lambda r, names, _, body: r.create_schema(names[0], names[1], body)),
    (
        "GET",
        _SCHEMA,
        200,
        lambda r, names, query, _: r.schema(names[0], names[1], query.get("schemaVersion")),
    ),
    ("PUT", _SCHEMA, 200, lambda r, names, _, body: r.update_schema(names[0], names[1], body)),
    ("DELETE", _SCHEMA, 204, lambda r, names, _, __: r.delete_schema(names[0], names[1])),
    ("GET", f"{_SCHEMA}/versions", 200, _list_versions),
]
