"""What the resources of all our stacks have in common: notes, parameters, dead-letter queues, targets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from ..storm.model import Storm
from .names import parameter_name
from .reasons import explained, without_condition
from .stack import Template


def line(text: str, longest: int = 200) -> str:
    r"""What people typed as one printable line for a description, in which nothing looks like code.

    >>> line("a\nb ${AWS::AccountId} {{resolve:ssm:x}}")
    'a b $(AWS::AccountId} {(resolve:ssm:x}}'
    """
    printable = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return printable.replace("${", "$(").replace("{{", "{(")[:longest]


def json_text(data: Any, indent: int | None = None) -> str:
    """Data as JSON text within a template, in which CloudFormation sees no dynamic reference.

    ``{{`` cannot stand in JSON but within a text, where the escape means the same.
    """
    close = (",", ":") if indent is None else None
    return json.dumps(data, indent=indent, separators=close, ensure_ascii=False).replace("{{", "{\\u007b")


def json_literal(data: Any, indent: int | None = None) -> str:
    r"""Data as JSON text in which nothing is filled in, and nothing looks as if it were.

    >>> json_literal({"a": "${AWS::Region} {{resolve:ssm:x}}"})
    '{"a":"\\u0024{AWS::Region} {\\u007bresolve:ssm:x}}"}'
    """
    return json_text(data, indent).replace("${", "\\u0024{")


def template(description: str, resources: Template, **more: Any) -> Template:
    """A template of these resources; ``more`` are further sections such as ``Parameters``."""
    head = {"AWSTemplateFormatVersion": "2010-09-09", "Description": line(description, 1000)}
    return {**head, **{key: value for key, value in more.items() if value}, "Resources": resources}


def resource(kind: str, note: str, properties: Template, **more: Any) -> Template:
    """A resource that can be traced to its sticky note by its metadata; see ``tags`` for its tags."""
    return {"Type": kind, **more, "Metadata": {"AnyCompany": {"Note": note}}, "Properties": properties}


def bus_parameters(storm: Storm) -> Template:
    """The template parameters by which a stack finds the bus; no two stacks know each other otherwise."""
    return {
        "BusName": {
            "Type": "AWS::SSM::Parameter::Value<String>",
            "Default": parameter_name(storm, "name"),
            "Description": "SSM parameter with the name of the event bus",
        },
        "BusArn": {
            "Type": "AWS::SSM::Parameter::Value<String>",
            "Default": parameter_name(storm, "arn"),
            "Description": "SSM parameter with the ARN of the event bus",
        },
    }


def literal(text: str) -> str:
    """A text as it stands within ``Fn::Sub``: what looks like a variable is none.

    >>> literal("${AWS::AccountId}")
    '${!AWS::AccountId}'
    """
    return text.replace("${", "${!")


def named_rule_arn(rule_name: str, bus: Literal["own", "default"] = "own") -> Template:
    """The ARN of a rule by its name, for trust and queue policies; ``Ref`` would make a circle."""
    middle = "${BusName}/" if bus == "own" else ""
    arn = f"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:rule/{middle}{rule_name}"
    return {"Fn::Sub": arn}


def dead_letters(
    note: str, name: str, rule_arns: list[Template], topics: Sequence[Template] = ()
) -> Template:
    """A queue for what a target could not take, and the policy that lets exactly these write to it.

    Parameters
    ----------
    note : the sticky note that it comes from.
    name : the name of the queue.
    rule_arns, topics : the ARNs of the rules, and of the topics with subscribers, that may write to it.

    Without rules it has no policy: who may write says so in a role of its own.

    Fourteen days are the longest a queue keeps a message (SQS).
    """
    queue = resource(
        "AWS::SQS::Queue",
        note,
        {"QueueName": name, "MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": True},
        DeletionPolicy="Delete",
        UpdateReplacePolicy="Delete",
    )
    if not rule_arns:
        return {"DeadLetters": queue}
    condition, because = written_by(rule_arns)
    statements = [
        {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": {"Service": f"{service}.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": {"Fn::GetAtt": ["DeadLetters", "Arn"]},
            "Condition": allowed,
        }
        for sid, service, allowed in (
            ("Rules", "events", condition),
            ("Topics", "sns", {"ArnEquals": {"aws:SourceArn": list(topics)}}),
        )
        if sid == "Rules" or topics
    ]
    policy = resource(
        "AWS::SQS::QueuePolicy",
        note,
        {
            "Queues": [{"Ref": "DeadLetters"}],
            "PolicyDocument": {"Version": "2012-10-17", "Statement": statements},
        },
    )
    return {"DeadLetters": queue, "DeadLettersPolicy": explained(policy, because)}


def hears_from_eventbridge(note: str, topic: str) -> Template:
    """The policy that lets EventBridge publish to a topic.

    Parameters
    ----------
    note : the sticky note that it comes from.
    topic : the topic's logical id.
    """
    statement = {
        "Sid": "EventBridge",
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": {"Ref": topic},
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    policy = resource("AWS::SNS::TopicPolicy", note, {"Topics": [{"Ref": topic}], "PolicyDocument": document})
    because = (
        "For topics EventBridge documents no condition, such as on the rule (EventBridge User Guide, Amazon "
        "SNS permissions); the topic's name ends in letters that CloudFormation makes up."
    )
    return without_condition(policy, {"EventBridge": because})


LARGEST_QUEUE_POLICY = 8_192
"""Bytes of a queue's policy (SQS quota)."""

_LONGEST_BUS_NAME, _REST_OF_A_POLICY = 100, 500


def written_by(rule_arns: list[Template]) -> tuple[Template, dict[str, str]]:
    """The condition that a message is of one of these rules, and the reason for a ``*`` in it.

    The statement that has the condition is called ``Rules``. Rules whose ARNs are too many for a policy are
    named by what the ARNs begin with, bus by bus.
    """
    texts = [str(arn["Fn::Sub"]) for arn in rule_arns]
    size = sum(len(text.encode()) + _LONGEST_BUS_NAME for text in texts)
    if size <= LARGEST_QUEUE_POLICY - _REST_OF_A_POLICY:
        return {"ArnEquals": {"aws:SourceArn": rule_arns}}, {}
    buses: dict[str, list[str]] = {}
    for text in texts:
        buses.setdefault(text.rpartition("/")[0], []).append(text)
    patterns = [{"Fn::Sub": f"{_beginning(of_one_bus)}*"} for of_one_bus in buses.values()]
    because = (
        f"The ARNs of {len(texts)} rules are more than the {LARGEST_QUEUE_POLICY:,} bytes that SQS takes."
    )
    return {"ArnLike": {"aws:SourceArn": patterns}}, {"Rules": because}


def _beginning(texts: list[str]) -> str:
    """What all of these texts begin with."""
    first, last = min(texts), max(texts)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:same]


RETRY = {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400}
"""How long EventBridge tries a target before the dead-letter queue: its own default, said aloud."""


def target(identifier: str, arn: Any, **more: Any) -> Template:
    """A rule's target with its dead-letter queue and retry policy."""
    queue = {"Arn": {"Fn::GetAtt": ["DeadLetters", "Arn"]}}
    return {"Id": identifier, "Arn": arn, **more, "DeadLetterConfig": queue, "RetryPolicy": RETRY}
