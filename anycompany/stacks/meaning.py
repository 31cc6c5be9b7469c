"""What a template means, resource by resource: what a rule hears, who may do what, what a workflow does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .grants import Grant, document, grants_of
from .stack import Template
from .wording import as_json

KINDS = {
    "AWS::CloudWatch::Alarm": "alarm",
    "AWS::CloudWatch::CompositeAlarm": "alarm",
    "AWS::CloudWatch::Dashboard": "dashboard",
    "AWS::DynamoDB::Table": "table",
    "AWS::EventSchemas::Registry": "schema registry",
    "AWS::EventSchemas::RegistryPolicy": "registry policy",
    "AWS::EventSchemas::Schema": "contract",
    "AWS::Events::Archive": "archive",
    "AWS::Events::EventBus": "event bus",
    "AWS::Events::EventBusPolicy": "bus policy",
    "AWS::Events::Rule": "rule",
    "AWS::IAM::ManagedPolicy": "policy",
    "AWS::IAM::Policy": "policy",
    "AWS::IAM::Role": "role",
    "AWS::KMS::Key": "key",
    "AWS::Lambda::Function": "function",
    "AWS::Logs::LogGroup": "log",
    "AWS::Logs::ResourcePolicy": "log policy",
    "AWS::SNS::Subscription": "subscription",
    "AWS::SNS::Topic": "topic",
    "AWS::SNS::TopicPolicy": "topic policy",
    "AWS::SQS::Queue": "queue",
    "AWS::SQS::QueuePolicy": "queue policy",
    "AWS::SSM::Parameter": "parameter",
    "AWS::Scheduler::Schedule": "schedule",
    "AWS::StepFunctions::StateMachine": "workflow",
}
"""What people call the types of resources."""


@dataclass(frozen=True)
class Meaning:
    """What one resource means.

    ``pattern`` is for each path of an event pattern the values it asks for; ``grants`` what its policies
    say; ``steps`` the states of a workflow by name; ``schema`` a contract; ``settings`` everything else, by
    the names of properties, and under ``shows`` what a dashboard shows.
    """

    kind: str
    type: str
    note: str
    pattern: Mapping[str, tuple[str, ...]]
    grants: tuple[Grant, ...]
    steps: Mapping[str, Any]
    schema: Any
    settings: Mapping[str, Any]


def meaning(template: Template) -> dict[str, Meaning]:
    """What each resource of a template means, by its logical id.

    Parameters
    ----------
    template : any CloudFormation template; what is not understood stands under ``settings``.

    >>> rule = {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"source": ["com.inn"]}}}
    >>> meaning({"Resources": {"Rule": rule}})["Rule"].pattern
    {'source': ('"com.inn"',)}
    """
    resources = template.get("Resources")
    if not isinstance(resources, Mapping):
        return {}
    return {
        str(logical): _meaning(resource)
        for logical, resource in resources.items()
        if isinstance(resource, Mapping)
    }


def note_of(resource: Mapping[str, Any]) -> str:
    """The sticky note that a resource comes from, or nothing."""
    said: Any = resource.get("Metadata")
    for key in ("AnyCompany", "Note"):
        said = said.get(key) if isinstance(said, Mapping) else None
    return said if isinstance(said, str) else ""


def _meaning(resource: Mapping[str, Any]) -> Meaning:
    kind = str(resource.get("Type", ""))
    given = resource.get("Properties")
    properties: dict[str, Any] = dict(given) if isinstance(given, Mapping) else {}
    properties.pop("Tags", None)
    for attribute in ("DeletionPolicy", "UpdateReplacePolicy", "Condition"):
        if attribute in resource:
            properties[attribute] = resource[attribute]
    pattern = document(properties.pop("EventPattern", None))
    definition = properties.pop("DefinitionString", None) or properties.pop("Definition", None)
    schema = document(properties.pop("Content", None)) if kind == "AWS::EventSchemas::Schema" else None
    grants = tuple(sorted(set(grants_of(properties))))
    steps = dict(_steps("", document(definition)))
    if "DashboardBody" in properties:
        properties["shows"] = [*_titles(properties["DashboardBody"])]
    return Meaning(
        KINDS.get(kind, kind.rpartition("::")[2] or "resource"),
        kind,
        note_of(resource),
        dict(_asked("", pattern)) if isinstance(pattern, Mapping) else {},
        grants,
        steps,
        schema,
        properties,
    )


def _asked(path: str, pattern: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each path of an event pattern what it asks for; alternatives (``$or``) stand as they are."""
    for key, value in pattern.items():
        here = f"{path}.{key}" if path else str(key)
        if isinstance(value, Mapping):
            yield from _asked(here, value)
        elif isinstance(value, list):
            yield here, tuple(as_json(item) for item in value)


def _steps(within: str, definition: Any) -> Iterator[tuple[str, Any]]:
    """The states of a workflow, those of parallel branches and of maps too, by a name that says where."""
    if not isinstance(definition, Mapping) or not isinstance(definition.get("States"), Mapping):
        return
    yield (
        f"{within}the start",
        {"StartAt": definition.get("StartAt"), "Timeout": definition.get("TimeoutSeconds")},
    )
    for name, state in definition["States"].items():
        if not isinstance(state, Mapping):
            continue
        inner = {"Branches", "Iterator", "ItemProcessor"}
        yield f"{within}{name}", {key: value for key, value in state.items() if key not in inner}
        branches = state.get("Branches")
        for number, branch in enumerate(branches if isinstance(branches, list) else (), 1):
            yield from _steps(f"{within}{name}, branch {number}: ", branch)
        for key in ("Iterator", "ItemProcessor"):
            yield from _steps(f"{within}{name}, each: ", state.get(key))


def _titles(body: Any) -> tuple[str, ...]:
    """What a dashboard shows: the titles of its widgets."""
    parsed = document(body)
    widgets = parsed.get("widgets") if isinstance(parsed, Mapping) else None
    shows = (
        [one.get("properties") for one in widgets if isinstance(one, Mapping)]
        if isinstance(widgets, list)
        else []
    )
    return tuple(str(one["title"]) for one in shows if isinstance(one, Mapping) and one.get("title"))
