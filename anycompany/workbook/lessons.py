"""What notebooks 07 and 08 show beside the team's own storm: the smallest bus, and numbers that are texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from ..bus.rules import listening_pattern
from ..bus.scenarios import scenarios
from ..stacks.bus import minimal_template
from ..stacks.stack import Stack, Template
from ..stacks.synth import synth, template_yaml
from ..storm.model import Storm
from .layout import shipped
from .screen import Markup
from .table import Cell, Table

TEXT_AMOUNT = "transaction-initiated-with-text-amount.json"
"""The shipped events of which one has its amount as a text."""

_BUYS: dict[str, str] = {
    "AWS::Events::EventBus": "the bus itself: all that the talk's first template makes",
    "AWS::Events::Archive": "keeps the events, to show the past to a new or repaired service (replay)",
    "AWS::EventSchemas::Registry": "the place where step 8 publishes what each event says",
    "AWS::SSM::Parameter": "others find the bus by this name, and IAM says who may; the talk ends with one",
    "AWS::CloudWatch::Dashboard": "shows in one place what passes, what works, what waits and what rings",
    "AWS::Events::EventBusPolicy": "says which other accounts may put events on the bus",
    "AWS::IAM::ManagedPolicy": "says who may find the bus",
    "AWS::IAM::Role": "says who of another account may find the bus",
    "AWS::KMS::Key": "encrypts all that is stored with a key of the team's own",
    "AWS::SNS::Topic": "where every alarm of the storm rings; whoever cares subscribes",
    "AWS::Logs::ResourcePolicy": "lets the bus write to listeners' log groups; all share the one",
}


def minimal_bus(storm: Storm) -> Markup:
    """The talk's template for this storm: one resource, two outputs."""
    text = template_yaml(Stack(storm.bus_name, "bus", minimal_template(storm)))
    return Markup(f"<pre><code>{escape(text)}</code></pre>", text)


def additions(storm: Storm) -> Table:
    """Every resource of the bus stack, and what each buys beyond the talk's template."""
    smallest: Template = minimal_template(storm)
    rows = tuple(
        (logical, resource["Type"], logical in smallest["Resources"], _BUYS[resource["Type"]])
        for logical, resource in synth(storm).stacks[0].template["Resources"].items()
    )
    return Table("The bus stack", ("resource", "type", "in the talk's template", "what it buys"), rows)


def numbers_as_texts(storm: Storm, events: Any) -> Table:
    """Whether filters match, event by event: the shipped transactions, then the storm's own listeners.

    Each listener with a filter is asked twice: with an example that the filter lets through, and with the
    same example in which every number is written as a text. ``events``, boto3's client of EventBridge, is
    asked. Raises ``AwsError`` when it does not answer.
    """
    from ..aws.errors import explaining

    filter_ = {"transaction-amount": [{"numeric": [">", 10000]}]}
    asked: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    for entry in json.loads((shipped("data") / "events" / TEXT_AMOUNT).read_text("utf-8")):
        pattern = {"source": [entry["Source"]], "detail": filter_}
        asked.append(
            (entry["DetailType"], pattern, _event(entry["Source"], entry["DetailType"], entry["Detail"]))
        )
    for scenario in scenarios(storm):
        if scenario.kind == "listener":
            key = scenario.because.removeprefix("listeners/")
            for detail in _with_and_without_numbers(scenario.detail):
                sent = _event(
                    storm.source_of(scenario.event), storm.detail_type(scenario.event), json.dumps(detail)
                )
                asked.append((storm.listeners[key].title(key), listening_pattern(storm, key), sent))
    rows: list[tuple[Cell, ...]] = []
    for name, pattern, sent in asked:
        with explaining("ask whether a filter matches", name):
            answer = events.test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(sent))
        matches = "yes" if answer["Result"] else "no"
        rows.append(
            (name, json.dumps(pattern["detail"]), json.dumps(sent["detail"]), matches, _why(pattern, sent))
        )
    columns = ("asked for", "filter", "detail", "EventBridge: it matches", "why")
    return Table("Does the filter match?", columns, tuple(rows))


def _why(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    """Why an event matches a pattern's filter or not, in our own words."""
    from ..bus.pattern import explain, parse

    said = explain(parse({"detail": pattern["detail"]}), {"detail": event["detail"]})
    if said.matches:
        return " ".join(said.because)
    return " ".join(failed.why for failed in said.branches[0].failed[:3])


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


def _with_and_without_numbers(detail: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The detail, and where it has numbers, the detail with those written as texts."""
    written = _texts(detail)
    return [detail] if written == detail else [detail, written]


def _texts(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The detail with every number written as a text, at any depth."""

    def text(value: Any) -> Any:
        if isinstance(value, dict):
            return _texts(value)
        if isinstance(value, list):
            return [text(item) for item in value]
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value

    return {field: text(value) for field, value in detail.items()}
