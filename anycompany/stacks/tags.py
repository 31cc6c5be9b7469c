"""Tags: every resource that takes them says its sticky note, its storm and its service."""

from __future__ import annotations

from dataclasses import replace

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

TAKES_TAGS = frozenset({
    "AWS::CloudWatch::Alarm",
    "AWS::DynamoDB::Table",
    "AWS::EventSchemas::Registry",
    "AWS::EventSchemas::Schema",
    "AWS::Events::EventBus",
    "AWS::Events::Rule",
    "AWS::IAM::Role",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Function",
    "AWS::Logs::LogGroup",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::StepFunctions::StateMachine",
})  # fmt: skip
"""The types of resources that take a list of tags (CloudFormation resource schemas).

Archives, policies, schedules, subscriptions and metric filters take none. Those of dashboards, keys and SSM
parameters are not read everywhere as CloudFormation writes them. All of them say their note in their
Metadata, and CloudFormation passes the tags of the stack on where it can.
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
    note = resource.get("Metadata", {}).get("AnyCompany", {}).get("Note")
    if note is None or resource["Type"] not in TAKES_TAGS:
        return resource
    written = [{"Key": key, "Value": value} for key, value in {NOTE: note, **common}.items()]
    return {**resource, "Properties": {**resource["Properties"], "Tags": written}}
