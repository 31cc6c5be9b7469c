"""Tags: every resource that takes them says its sticky note, its storm and its service."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ..storm.model import Storm
from .names import audience_of, stack_base
from .stack import Stack, Template

NOTE, STORM, SERVICE, AUDIENCE = (
    "anycompany:note",
    "anycompany:storm",
    "anycompany:service",
    "anycompany:audience",
)
"""The keys of our tags; the stage is in the storm's, as it is in the name of the bus."""

TAKES_TAGS: dict[str, Literal["list", "map"]] = {
    "AWS::CloudWatch::Alarm": "list",
    "AWS::DynamoDB::Table": "list",
    "AWS::EventSchemas::Registry": "list",
    "AWS::EventSchemas::Schema": "list",
    "AWS::Events::EventBus": "list",
    "AWS::Events::Rule": "list",
    "AWS::IAM::Role": "list",
    "AWS::KMS::Key": "list",
    "AWS::Lambda::EventSourceMapping": "list",
    "AWS::Lambda::Function": "list",
    "AWS::Logs::LogGroup": "list",
    "AWS::SNS::Topic": "list",
    "AWS::SQS::Queue": "list",
    "AWS::SSM::Parameter": "map",
    "AWS::StepFunctions::StateMachine": "list",
}
"""The types of resources that take tags, and how they are written (CloudFormation resource schemas).

Archives, policies, schedules, subscriptions and metric filters take none, and dashboards not everywhere.
Their Metadata says the note.
"""


def with_tags(storm: Storm, stack: Stack) -> Stack:
    """The stack with our tags on every resource that takes them."""
    common = {STORM: stack_base(storm)}
    if stack.kind in ("service", "contracts"):
        common[SERVICE] = stack.of
    elif stack.kind == "listeners":
        common[AUDIENCE] = audience_of(stack.of)
    resources = {key: _tagged(one, common) for key, one in stack.template["Resources"].items()}
    return replace(stack, template={**stack.template, "Resources": resources})


def _tagged(resource: Template, common: dict[str, str]) -> Template:
    shape = TAKES_TAGS.get(resource["Type"])
    note = resource.get("Metadata", {}).get("AnyCompany", {}).get("Note")
    if shape is None or note is None:
        return resource
    tags = {NOTE: note, **common}
    written = tags if shape == "map" else [{"Key": key, "Value": value} for key, value in tags.items()]
    return {**resource, "Properties": {**resource["Properties"], "Tags": written}}
