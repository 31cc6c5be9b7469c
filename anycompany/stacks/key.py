"""The key of choice: the one that the bus stack makes, or how to find the one that the team has.

A key of the team's own needs a policy like ``key_policy``. What cannot be encrypted or decrypted, because a
key was disabled or its policy changed, is kept in a queue under a key of SQS's own.
"""

from __future__ import annotations

from typing import Any

from ..storm.model import Storm
from .alarms import alarm, alarm_name
from .names import parameter_name
from .reasons import explained
from .resources import resource
from .roles import this_account
from .stack import Template

KEY_FAULTS = "KeyFaults"
"""The logical id of the queue of events that the bus could not encrypt or decrypt."""

_ITSELF = "In the policy of a key, * is the key itself (AWS KMS Developer Guide)."


def chosen(storm: Storm) -> bool:
    """Whether the storm has a key other than the ones that AWS keeps."""
    return storm.bus.key != "aws"


def key_resources(storm: Storm) -> Template:
    """What the bus stack makes: the key itself where the team has none, and how others find the key."""
    if not chosen(storm):
        return {}
    parameter = resource(
        "AWS::SSM::Parameter",
        "bus",
        {
            "Name": parameter_name(storm, "key"),
            "Type": "String",
            "Value": key_in_bus_stack(storm),
            "Description": "The ARN of the key that encrypts what the event bus and its services store",
        },
    )
    found = {"KeyParameter": parameter, **_faults(storm)}
    if storm.bus.key != "own":
        return found
    key = resource(
        "AWS::KMS::Key",
        "bus",
        {
            "Description": f"Encrypts what the event bus {storm.bus_name} and its services store",
            "EnableKeyRotation": True,
            "KeyPolicy": {"Version": "2012-10-17", "Statement": key_policy(storm)},
        },
        # What was encrypted with a key is lost with it: the key outlives its stack.
        DeletionPolicy="Retain",
        UpdateReplacePolicy="Retain",
    )
    because = {one["Sid"]: _ITSELF for one in key_policy(storm)}
    because["Targets"] = (
        f"{_ITSELF} A condition is not supported for what EventBridge sends to encrypted topics (Amazon SNS "
        "Developer Guide, Key management)."
    )
    because["Account"] = f"{_ITSELF} Without kms:* for the account nobody could ever change the key again."
    return {"Key": explained(key, because), **found}


def _faults(storm: Storm) -> Template:
    """Where events go that the key keeps from being delivered, and the alarm that says so."""
    queue = resource(
        "AWS::SQS::Queue",
        "bus",
        {"MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": True},
        DeletionPolicy="Delete",
        UpdateReplacePolicy="Delete",
    )
    queue["Metadata"]["checkov"] = {
        "skip": [
            {"id": "CKV_AWS_27", "comment": "It takes what the chosen key is at fault for: SQS's own holds."}
        ]
    }
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": {"Fn::GetAtt": [KEY_FAULTS, "Arn"]},
        "Condition": {"ArnEquals": {"aws:SourceArn": _bus_arn(storm)}},
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    rings = alarm(
        "bus",
        alarm_name(storm, "bus", storm.name, "its key is not usable"),
        "The event bus could not encrypt or decrypt events with its key; they wait for up to 14 days. "
        "First look whether the key is enabled and its policy lets EventBridge in. Then move them back.",
        (
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            {"QueueName": {"Fn::GetAtt": [KEY_FAULTS, "QueueName"]}},
        ),
        stat="Maximum",
        topic={"Ref": "Alarms"},
    )
    return {
        KEY_FAULTS: queue,
        f"{KEY_FAULTS}Policy": resource(
            "AWS::SQS::QueuePolicy", "bus", {"Queues": [{"Ref": KEY_FAULTS}], "PolicyDocument": document}
        ),
        f"{KEY_FAULTS}Alarm": rings,
    }


def _bus_arn(storm: Storm) -> Template:
    return _sub(
        f"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:event-bus/{storm.bus_name}"
    )


def key_policy(storm: Storm) -> list[Template]:
    """What a key's policy has to say so that AWS's services can use it; a team's own key needs the same.

    In the policy of a key ``*`` means the key itself. Archives carry no source ARN, but the bus in the
    encryption context; for encrypted topics and queues as targets EventBridge documents no condition.
    """
    logs = _sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*")
    bus = _bus_arn(storm)
    for_us = this_account()
    use = ["kms:Decrypt", "kms:GenerateDataKey"]
    root = _sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")
    return [
        _allow("Account", {"AWS": root}, ["kms:*"]),
        _service("BusDescribes", "events.amazonaws.com", ["kms:DescribeKey"], for_us),
        _service(
            "Bus",
            "events.amazonaws.com",
            [*use, "kms:ReEncryptFrom", "kms:ReEncryptTo"],
            {"StringEquals": {"kms:EncryptionContext:aws:events:event-bus:arn": bus}},
        ),
        _service("Targets", "events.amazonaws.com", use),
        _service("Topics", "sns.amazonaws.com", use, for_us),
        _service("Alarms", "cloudwatch.amazonaws.com", use, for_us),
        _service(
            "LogGroups",
            _sub("logs.${AWS::Region}.${AWS::URLSuffix}"),
            ["kms:Encrypt", "kms:DescribeKey", *use, "kms:ReEncryptFrom", "kms:ReEncryptTo"],
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}},
        ),
        _service(
            "LogDelivery",
            "delivery.logs.amazonaws.com",
            ["kms:Decrypt"],
            {"StringEquals": {"kms:EncryptionContext:SourceArn": logs}},
        ),
    ]


def key_in_bus_stack(storm: Storm) -> Any:
    """The ARN of the key as the bus stack knows it."""
    return {"Fn::GetAtt": ["Key", "Arn"]} if storm.bus.key == "own" else storm.bus.key


def _sub(text: str) -> Template:
    return {"Fn::Sub": text}


def _service(sid: str, service: Any, actions: list[str], condition: Template | None = None) -> Template:
    return _allow(sid, {"Service": service}, actions, condition)


def _allow(sid: str, principal: Template, actions: list[str], condition: Template | None = None) -> Template:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": actions, "Resource": "*"}
    return {**statement, **({"Condition": condition} if condition else {})}
