"""What notebooks 07 and 08 show beside the team's own storm: the smallest bus, and numbers that are texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from ..bus.contract import example_detail
from ..bus.rules import listening_pattern
from ..bus.samples import bent_to
from ..stacks.bus import bus_stack, minimal_template
from ..stacks.stack import Stack, Template
from ..stacks.synth import template_yaml
from ..storm.model import Storm
from .layout import shipped
from .screen import Markup
from .table import Cell, Table

TEXT_AMOUNT = "transaction-initiated-with-text-amount.json"
"""The shipped events of which one has its amount as a text."""

_BUYS: dict[str, str] = {
    "AWS::Events::EventBus": "the bus itself: what the talk's first template makes, and nothing else",
    "AWS::Events::Archive": "keeps the events, so that a new or repaired service can be shown the past (replay)",
    "AWS::EventSchemas::Registry": "the place where step 8 publishes what each event says",
    "AWS::SSM::Parameter": "others find the bus by this name, and IAM says who may; the talk added the ARN's at its end",
    "AWS::Logs::ResourcePolicy": "lets the bus write to listeners' log groups; an account may have ten, so all share one",
}

Ask = Any
"""A client of the EventBridge API: its ``test_event_pattern`` is asked whether a pattern matches."""


def minimal_bus(storm: Storm) -> Markup:
    """The talk's template for this storm: one resource, two outputs."""
    text = template_yaml(Stack(storm.bus_name, "bus", minimal_template(storm)))
    return Markup(f"<pre><code>{escape(text)}</code></pre>", text)


def additions(storm: Storm) -> Table:
    """Every resource of the bus stack, and what each buys beyond the talk's template."""
    smallest: Template = minimal_template(storm)
    rows = tuple(
        (logical, resource["Type"], logical in smallest["Resources"], _BUYS[resource["Type"]])
        for logical, resource in bus_stack(storm).template["Resources"].items()
    )
    return Table("The bus stack", ("resource", "type", "in the talk's template", "what it buys"), rows)


def numbers_as_texts(storm: Storm, ask: Ask) -> Table:
    """Whether filters match, event by event: the shipped transactions, then the storm's own listeners.

    Each listener with a filter is asked twice: with an example that the filter lets through, and with the
    same example in which every number is written as a text. EventBridge itself answers.
    """
    filter_ = {"transaction-amount": [{"numeric": [">", 10000]}]}
    asked: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    for entry in json.loads((shipped("data") / "events" / TEXT_AMOUNT).read_text("utf-8")):
        pattern = {"source": [entry["Source"]], "detail": filter_}
        asked.append((entry["DetailType"], pattern, _event(entry["Source"], entry["DetailType"], entry["Detail"])))
    for key, listener in storm.listeners.items():
        heard = storm.events if listener.hears == "all" else listener.hears
        event = next((event for event in heard if event in storm.events), None)
        if listener.where and event:
            detail = bent_to(example_detail(storm, event), listener.where)
            for body in (detail, _texts(detail)) if _texts(detail) != detail else (detail,):
                sent = _event(storm.source_of(event), storm.detail_type(event), json.dumps(body))
                asked.append((listener.title(key), listening_pattern(storm, key), sent))
    rows: list[tuple[Cell, ...]] = []
    for name, pattern, event in asked:
        answer = ask.test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(event))
        matches = "yes" if answer["Result"] else "no"
        rows.append((name, json.dumps(pattern["detail"]), json.dumps(event["detail"]), matches))
    return Table("Does the filter match?", ("asked for", "filter", "detail", "matches"), tuple(rows))


def _event(source: str, detail_type: str, detail: str) -> dict[str, Any]:
    """An event in the envelope that EventBridge delivers it in."""
    return {
        "version": "0",
        "id": "00000000-0000-0000-0000-000000000000",
        "account": "123456789012",
        "time": "2026-01-01T00:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "source": source,
        "detail-type": detail_type,
        "detail": json.loads(detail),
    }


def _texts(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The detail with every number written as a text, at any depth."""

    def text(value: Any) -> Any:
        if isinstance(value, dict):
            return _texts(value)
        if isinstance(value, list):
            return [text(item) for item in value]
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value

    return {field: text(value) for field, value in detail.items()}
