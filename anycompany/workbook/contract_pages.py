"""Contracts as the registry has them, and what a new version of one would break."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from ..bus.rules import rules
from ..storm.model import Storm
from .naming import called
from .screen import Markup, callout, line, paragraph
from .table import Cell, Table

if TYPE_CHECKING:
    from ..aws.session import Clients
    from ..bus.contract import Comparison

MOST_SHOWN = 40
"""Contracts that a page shows in full."""

_ANSWERS = {
    "full": "old and new read each other's events",
    "backward": "breaks who still expects the old version",
    "forward": "breaks who expects the new version and gets old events",
    "none": "breaks both directions",
}


def schemas(storm: Storm) -> Markup:
    """Every contract as JSON Schema and as OpenAPI 3, folded away."""
    from ..bus.contract import json_schema, openapi

    events = [event for event in storm.relations.in_order if event in storm.contracts]
    if not events:
        return callout("note", "No contract yet: begin with an example of what one event says.")
    shown = paragraph(f"{len(events)} contracts, each in both forms that the schema registry takes.")
    for event in events[:MOST_SHOWN]:
        for form, document in (
            ("JSON Schema", json_schema(storm, event)),
            ("OpenAPI 3", openapi(storm, event)),
        ):
            shown += _folded(f"{line(storm.events[event].name, 90)}: {form}", document)
    if len(events) > MOST_SHOWN:
        shown += paragraph(f"… and {len(events) - MOST_SHOWN} more: anycompany synth writes them all.")
    return shown


def _folded(title: str, document: dict[str, Any]) -> Markup:
    text = json.dumps(document, indent=2, ensure_ascii=False)
    shown = escape("\n".join(_one_line(one) for one in text.split("\n")))
    return Markup(
        f"<details><summary>{escape(title)}</summary><pre><code>{shown}</code></pre></details>", title
    )


def _one_line(text: str) -> str:
    """A line of JSON as a page can hold it, still indented."""
    return " " * (len(text) - len(text.lstrip())) + line(text, 2_000)


def versions(storm: Storm, clients: Clients) -> Table:
    """The contracts in the registry beside those of the storm: what a deploy would break, and for whom.

    Raises ``AwsError`` when the registry does not answer.
    """
    rows = tuple(_rows(storm, clients))
    columns = ("event", "difference", "compatible", "which means", "heard by")
    empty = "Nothing to compare: no contract of this storm is published yet, or none has changed."
    return Table("Contracts, published and now", columns, rows, empty)


def _rows(storm: Storm, clients: Clients) -> Iterator[tuple[Cell, ...]]:
    from ..bus.contract import compare, json_schema

    hearers: dict[str, list[str]] = {}
    for rule in rules(storm):
        for event in rule.hears:
            hearers.setdefault(event, []).append(called(storm, rule.note))
    for event in storm.relations.in_order:
        if event not in storm.contracts:
            continue
        published = _published(storm, event, clients)
        if published is None:
            continue
        found: Comparison = compare(published, json_schema(storm, event))
        means = _ANSWERS[found.compatibility]
        for one in found.differences:
            breaks = " and ".join(one.breaks) or "nothing"
            what = f"{one.what} It breaks: {breaks}."
            heard = ", ".join(hearers.get(event, ())) or "nobody"
            yield (storm.events[event].name, what, found.compatibility, means, heard)


def _published(storm: Storm, event: str, clients: Clients) -> dict[str, Any] | None:
    """The contract that the registry has of an event; None where it has none that can be read."""
    from ..aws.errors import explaining
    from ..bus.names import limited
    from ..stacks.names import schema_name

    name, registry = schema_name(storm, event), clients.client("schemas")
    with explaining("read the published contract", name):
        try:
            answer = registry.describe_schema(RegistryName=limited(storm.bus_name, 64), SchemaName=name)
        except registry.exceptions.NotFoundException:
            return None
    try:
        content = json.loads(answer["Content"])
    except (KeyError, ValueError):
        return None
    return content if isinstance(content, dict) and "properties" in content else None
