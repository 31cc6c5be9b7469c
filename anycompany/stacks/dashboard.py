"""The dashboard of a storm: what comes by, what works, how long it takes, what waits, and what rings.

It is made from the templates alone, so that it shows exactly what they deploy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ..bus.names import limited
from ..storm.model import Storm
from .resources import json_text, line, resource
from .stack import Stack, Template

MOST_WIDGETS, MOST_METRICS = 500, 2_500
"""Widgets and metrics on one dashboard (CloudWatch quotas)."""

LARGEST_BODY = 400_000
"""Bytes of the dashboard's text: it is one resource, which no nested stack makes smaller, and the bus stack
has to stay below what CloudFormation takes for a template."""

IN_ONE_GRAPH, IN_ONE_LIST = 25, 100
"""Lines that can still be told apart in one graph; alarms in one list (CloudWatch: 100)."""

WIDTH, HEIGHT = 24, 6
"""Columns of a dashboard, and rows of a graph (CloudWatch)."""

_AROUND = 80
"""Bytes of a widget beside its properties."""

_HERE = {"region": "${AWS::Region}", "period": 300}

Widget = dict[str, Any]
Line = list[Any]
Item = TypeVar("Item")


def with_dashboard(storm: Storm, stacks: Sequence[Stack]) -> tuple[Stack, ...]:
    """The stacks, where the first, of the bus, has the dashboard of all of them."""
    bus, *others = stacks
    name = limited(re.sub(r"[^A-Za-z0-9_-]+", "-", storm.bus_name), 255)
    body = json_text({"widgets": _placed(_fitting(widgets_of(storm, stacks)))})
    dashboard = resource(
        "AWS::CloudWatch::Dashboard", "bus", {"DashboardName": name, "DashboardBody": {"Fn::Sub": body}}
    )
    resources = {**bus.template["Resources"], "Dashboard": dashboard}
    return (replace(bus, template={**bus.template, "Resources": resources}), *others)


def widgets_of(storm: Storm, stacks: Sequence[Stack]) -> list[Widget]:
    """Everything that a dashboard of these stacks would show, if it had the room."""
    return list(_widgets(storm, stacks))


def _widgets(storm: Storm, stacks: Sequence[Stack]) -> Iterator[Widget]:
    """All widgets: first what rings, then stack by stack what passes, what works, what waits."""
    yield _text(storm)
    names = [one["AlarmName"] for stack in stacks for _, one in _of(stack, "AWS::CloudWatch::Alarm")]
    for group in _batches(names, IN_ONE_LIST):
        arns = [
            f"arn:${{AWS::Partition}}:cloudwatch:${{AWS::Region}}:${{AWS::AccountId}}:alarm:{name}"
            for name in group
        ]
        yield _widget("alarm", WIDTH, {"title": "Alarms", "alarms": arns})
    for stack in stacks:
        where = line(stack.of or "the bus", 80)
        rules = [
            _rule(storm, note, one["Name"], bool(one.get("EventBusName")))
            for note, one in _of(stack, "AWS::Events::Rule")
        ]
        yield from _graphs(f"{where}: events heard", rules, "Sum")
        workflows = [
            (title_of_note(storm, note), one["StateMachineName"])
            for note, one in _of(stack, "AWS::StepFunctions::StateMachine")
        ]
        for metric, says, stat in (
            ("ExecutionsStarted", "workflows started", "Sum"),
            ("ExecutionsFailed", "workflows failed", "Sum"),
            ("ExecutionTime", "time a workflow takes, in 95 of 100 cases", "p95"),
        ):
            lines = [_workflow(title, name, metric) for title, name in workflows]
            yield from _graphs(f"{where}: {says}", lines, stat)
    waiting = [
        ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", one["QueueName"], {"label": stack.of}]
        for stack in stacks
        for _, one in _of(stack, "AWS::SQS::Queue")
        if one.get("QueueName")
    ]
    yield from _graphs("Dead letters that wait", [_labelled(each) for each in waiting], "Maximum")


def _of(stack: Stack, kind: str) -> Iterator[tuple[str, Template]]:
    """The properties of a stack's resources of one type, each with its sticky note."""
    for one in stack.template["Resources"].values():
        if one["Type"] == kind:
            yield one["Metadata"]["AnyCompany"]["Note"], one["Properties"]


def title_of_note(storm: Storm, note: str) -> str:
    """What people call a sticky note, ``section/id``.

    >>> title_of_note(Storm(name="Inn").add_event("Room Booked"), "events/room-booked")
    'Room Booked'
    """
    section, _, key = note.partition("/")
    if section in ("events", "triggers", "contracts"):
        return storm.events[key].name if key in storm.events else key
    found = getattr(storm, section, {})
    return str(found[key].title(key)) if key and key in found else note


def _rule(storm: Storm, note: str, name: str, own: bool) -> Line:
    bus = ["EventBusName", storm.bus_name] if own else []
    return ["AWS/Events", "MatchedEvents", *bus, "RuleName", name, {"label": title_of_note(storm, note)}]


def _workflow(title: str, name: str, metric: str) -> Line:
    arn = f"arn:${{AWS::Partition}}:states:${{AWS::Region}}:${{AWS::AccountId}}:stateMachine:{name}"
    return ["AWS/States", metric, "StateMachineArn", arn, {"label": title}]


def _labelled(metric: Line) -> Line:
    """The metric with a label that is one printable line, in which CloudWatch finds nothing to fill in."""
    *rest, options = metric
    return [*rest, {"label": line(options["label"], 80)}]


def _graphs(title: str, lines: Sequence[Line], stat: str) -> Iterator[Widget]:
    for group in _batches(lines, IN_ONE_GRAPH):
        metrics = _abbreviated([_labelled(each) for each in group])
        yield _widget("metric", WIDTH // 3, {"title": title, "stat": stat, "metrics": metrics, **_HERE})


def _abbreviated(lines: Sequence[Line]) -> list[Line]:
    """The lines, where what is as in the line before is written as dots (CloudWatch, metrics array)."""
    found: list[Line] = []
    for before, each in zip([[], *lines], lines, strict=False):
        *same, value, options = each
        found.append(["...", value, options] if same and same == before[:-2] else each)
    return found


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _text(storm: Storm) -> Widget:
    name = re.sub(r"([^\w\s])", r"\\\1", line(storm.name))
    says = "What passes over the event bus and what it sets off. Metrics are best effort: no audit evidence."
    return _widget("text", WIDTH, {"markdown": f"# {name}\n\n{says}"}, 3)


def _widget(kind: str, width: int, properties: dict[str, Any], height: int = HEIGHT) -> Widget:
    return {"type": kind, "width": width, "height": height, "properties": properties}


def _fitting(widgets: list[Widget]) -> list[Widget]:
    """As many of the widgets as one dashboard can show; a check says when some are left out."""
    found, metrics, size = [], 0, 0
    for widget in widgets[:MOST_WIDGETS]:
        metrics += len(widget["properties"].get("metrics", ()))
        size += len(json_text(widget["properties"]).encode()) + _AROUND
        if metrics <= MOST_METRICS and size <= LARGEST_BODY:
            found.append(widget)
    return found


def _placed(widgets: list[Widget]) -> list[Widget]:
    """The widgets from left to right and from top to bottom; each wide one on rows of its own."""
    x = y = 0
    placed = []
    for widget in widgets:
        if x + widget["width"] > WIDTH:
            x, y = 0, y + HEIGHT
        placed.append({**widget, "x": x, "y": y})
        x += widget["width"]
        if x >= WIDTH:
            x, y = 0, y + widget["height"]
    return placed
