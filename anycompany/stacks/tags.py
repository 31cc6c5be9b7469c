"""Tags: every resource that takes them says its sticky note, its storm and its service."""

from __future__ import annotations

from dataclasses import replace

from ..storm.model import Storm
from .names import audience_of, stack_base
from .stack import Stack, Template

NOTE, STORM, STAGE, SERVICE, AUDIENCE = (
    "anycompany:note",
    "anycompany:storm",
    "anycompany:stage",
    "anycompany:service",
    "anycompany:audience",
)
"""The keys of our tags; that of the storm is what the names of its stacks begin with, on this stage."""

TAKES_TAGS = frozenset({
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
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

Archives, policies, schedules, subscriptions and metric filters take none. A key's and an SSM parameter's are
left out: moto 5, an endpoint that templates deploy on as they are, fails on tags as CloudFormation writes
them there. All of them say their note in their Metadata, and CloudFormation passes the tags of the stack on.
"""

TAKES_A_MAP = frozenset({"AWS::Pipes::Pipe"})
"""Those that take tags as a mapping."""


def with_tags(storm: Storm, stack: Stack, stage: str | None = None) -> Stack:
    """The stack with our tags on every resource that takes them; without a ``stage`` none is said."""
    common = {STORM: stack_base(storm), **({STAGE: stage} if stage else {})}
    if stack.kind in ("service", "contracts"):
        common[SERVICE] = stack.of
    elif stack.kind == "listeners":
        common[AUDIENCE] = audience_of(stack.of)
    resources = {key: _tagged(one, common) for key, one in stack.template["Resources"].items()}
    return replace(stack, template={**stack.template, "Resources": resources})


def _tagged(resource: Template, common: dict[str, str]) -> Template:
    note = resource.get("Metadata", {}).get("AnyCompany", {}).get("Note")
    said = {NOTE: note, **common}
    if note is None or resource["Type"] not in TAKES_TAGS | TAKES_A_MAP:
        return resource
    in_a_map = resource["Type"] in TAKES_A_MAP
    written = said if in_a_map else [{"Key": key, "Value": value} for key, value in said.items()]
    return {**resource, "Properties": {**resource["Properties"], "Tags": written}}
