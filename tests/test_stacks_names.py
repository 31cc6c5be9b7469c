"""However long and alike the ids of a storm are: all names are legal on AWS, and no two are the same."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from anycompany.stacks.stages import staged
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm

LONG = "x" * 90
ALIKE = [f"{LONG}-a", f"{LONG}-b", f"{LONG}_a", f"{LONG}-A", f"{LONG}-a-a", "a-1", "a1", "a_1", "A1"]
"""Ids may have a hundred characters."""

# Longest names and their characters: the services' API references.
NAMES: dict[str, tuple[str, str]] = {
    "AWS::Events::EventBus": ("Name", r"[A-Za-z0-9._-]{1,256}"),
    "AWS::Events::Rule": ("Name", r"[A-Za-z0-9._-]{1,64}"),
    "AWS::Events::Archive": ("ArchiveName", r"[A-Za-z0-9._-]{1,48}"),
    "AWS::StepFunctions::StateMachine": ("StateMachineName", r"[A-Za-z0-9_-]{1,80}"),
    "AWS::IAM::Role": ("RoleName", r"[A-Za-z0-9+=,.@_-]{1,64}"),
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName", r"[A-Za-z0-9+=,.@_-]{1,128}"),
    "AWS::SQS::Queue": ("QueueName", r"[A-Za-z0-9_-]{1,80}"),
    "AWS::SNS::Topic": ("TopicName", r"[A-Za-z0-9_-]{1,256}"),
    "AWS::Scheduler::Schedule": ("Name", r"[A-Za-z0-9._-]{1,64}"),
    "AWS::Logs::LogGroup": ("LogGroupName", r"[A-Za-z0-9._/#-]{1,512}"),
    "AWS::EventSchemas::Registry": ("RegistryName", r"[A-Za-z0-9._@-]{1,64}"),
    "AWS::EventSchemas::Schema": ("SchemaName", r"[A-Za-z0-9._@-]{1,385}"),
    "AWS::SSM::Parameter": ("Name", r"(/[A-Za-z0-9._-]+){1,15}"),
    "AWS::CloudWatch::Alarm": ("AlarmName", r"[^\x00-\x1f]{1,255}"),
    "AWS::CloudWatch::Dashboard": ("DashboardName", r"[A-Za-z0-9_-]{1,255}"),
    "AWS::DynamoDB::Table": ("TableName", r"[A-Za-z0-9._-]{3,255}"),
    "AWS::Lambda::Function": ("FunctionName", r"[A-Za-z0-9_-]{1,64}"),
    "AWS::Pipes::Pipe": ("Name", r"[A-Za-z0-9._-]{1,64}"),
    "AWS::KMS::Alias": ("AliasName", r"alias/[A-Za-z0-9/_-]{1,250}"),
}


def long_storm(bus: str) -> Storm:
    """A storm in which every kind of thing has ids that are too long, and differ only where they are cut."""
    events = [f"{key}-p" for key in ALIKE]
    paid = [f"{key}-q" for key in ALIKE]
    everything: dict[str, Any] = {
        "format": 1,
        "name": LONG,
        "source": f"com.{'y' * 200}",
        "bus": {"name": bus},
        "events": {event: {"name": event} for event in events + paid},
        "timeline": events + paid,
        "triggers": {event: {"schedule": "rate(1 day)"} for event in events[:4]}
        | {event: {"actor": "Guest"} for event in events[4:]},
        "policies": {
            key: {"when": [event], "does": ["Charge"], "emits": [done]}
            for key, event, done in zip(ALIKE, events, paid, strict=True)
        },
        "entities": {key: [event, done] for key, event, done in zip(ALIKE, events, paid, strict=True)},
        "contexts": {key: {"entities": [key]} for key in ALIKE},
        "services": {key: {"context": key, "source": f"com.{'y' * 200}.{n}"} for n, key in enumerate(ALIKE)},
        "contracts": {event: {"fields": {"id": {"type": "string"}}} for event in events},
        "listeners": {
            key: {"for": f"{audience}{key}", "hears": "all", "to": ["log", "queue", "topic"][n % 3]}
            for n, (key, audience) in enumerate(
                zip(ALIKE, itertools.cycle([LONG, "監査", "مراجعة"]), strict=False)
            )
        },
    }
    return Storm.model_validate(everything)


def written(value: Any) -> Iterator[str]:
    """A name as it will be: what CloudFormation fills in is as long as it can be."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and "Fn::Sub" in value:
        text = value["Fn::Sub"] if isinstance(value["Fn::Sub"], str) else value["Fn::Sub"][0]
        yield re.sub(r"\$\{AWS::[A-Za-z]+\}", "ap-southeast-2", text)


@pytest.mark.parametrize(
    ("bus", "stage"),
    [("b", None), ("b" * 100, "p" * 20), ("B.u_s-" + "9" * 90, "test")],
    ids=["b", "bb", "B"],
)
def test_all_names_are_legal_and_distinct_however_long_ids_are(bus: str, stage: str | None) -> None:
    stacks = synth(staged(long_storm(bus), stage)).stacks
    assert len({stack.name for stack in stacks}) == len(stacks)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,127}", stack.name) for stack in stacks)
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for stack in stacks:
        assert all(re.fullmatch(r"[A-Za-z0-9]{1,255}", logical) for logical in stack.template["Resources"])
        for one in stack.template["Resources"].values():
            if one["Type"] in NAMES:
                key, legal = NAMES[one["Type"]]
                for name in written(one["Properties"].get(key)):
                    assert re.fullmatch(legal, name), (one["Type"], name, len(name))
                    names[one["Type"]][name] += 1
    assert {kind: name for kind, found in names.items() for name, count in found.items() if count > 1} == {}
    assert {"AWS::Events::Rule", "AWS::StepFunctions::StateMachine", "AWS::SQS::Queue"} <= names.keys()


def test_stages_of_a_bus_with_a_long_name_differ() -> None:
    one, other = (staged(long_storm("b" * 100), stage) for stage in ("test-1", "test-2"))
    assert {stack.name for stack in synth(one).stacks}.isdisjoint(stack.name for stack in synth(other).stacks)
