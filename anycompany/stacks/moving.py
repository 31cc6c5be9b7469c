"""Names that move: what one stack would make while another still has something of that name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .meaning import KINDS, note_of
from .stack import Template
from .wording import shown

_NAMES = {
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::CloudWatch::CompositeAlarm": "AlarmName",
    "AWS::CloudWatch::Dashboard": "DashboardName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::EventSchemas::Registry": "RegistryName",
    "AWS::EventSchemas::Schema": "SchemaName",
    "AWS::Events::Archive": "ArchiveName",
    "AWS::Events::EventBus": "Name",
    "AWS::Events::Rule": "Name",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::KMS::Alias": "AliasName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Logs::ResourcePolicy": "PolicyName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SSM::Parameter": "Name",
    "AWS::Scheduler::Schedule": "Name",
    "AWS::StepFunctions::StateMachine": "StateMachineName",
}
"""The property that names a resource; of one name there is only one of a type in an account and region."""


@dataclass(frozen=True)
class Move:
    """A name that the stack ``to`` would give while the stack ``of`` has it still.

    ``what`` says what is called so, ``note`` is the sticky note it comes from.
    """

    what: str
    note: str
    of: str
    to: str

    def __str__(self) -> str:
        whose = f" ({self.note})" if self.note else ""
        return f"the {self.what}{whose} is in {self.of} still, and would be made in {self.to}"


def moves(old: Mapping[str, Template], new: Mapping[str, Template]) -> tuple[Move, ...]:
    """The names that move from one stack to another.

    CloudFormation makes nothing of a name that is there already: the one has to give it up before the other
    is begun.

    Parameters
    ----------
    old, new : templates by the names of their stacks: those deployed, and those that would be.
    """
    if not old:
        return ()
    has = {key: stack for stack, template in old.items() for _, key, _ in _named(template)}
    stays = {(stack, key) for stack, template in old.items() for _, key, _ in _named(template)}
    found = []
    for stack, template in new.items():
        for _, key, note in _named(template):
            if key in has and (stack, key) not in stays:
                kind, name = key
                found.append(Move(f"{KINDS.get(kind, kind)} {name}", note, has[key], stack))
    return tuple(found)


def called(template: Template) -> dict[str, str]:
    """What resources are called, by their logical ids; those are left out that CloudFormation names."""
    return {logical: name for logical, (_, name), _ in _named(template)}


def _named(template: Template) -> Iterator[tuple[str, tuple[str, str], str]]:
    """For each resource with a name of its own: its logical id, its type and name, its sticky note."""
    resources = template.get("Resources")
    for logical, resource in resources.items() if isinstance(resources, Mapping) else ():
        if not isinstance(resource, Mapping):
            continue
        kind, properties = str(resource.get("Type", "")), resource.get("Properties")
        name = properties.get(_NAMES.get(kind, "")) if isinstance(properties, Mapping) else None
        if name:
            text = shown(name) if isinstance(name, str) else json.dumps(name, sort_keys=True)
            yield str(logical), (kind, text), note_of(resource)
