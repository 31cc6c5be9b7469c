"""Encryption with a key of choice: AWS's own, one that the bus stack makes, or one that the team names.

With ``bus: {key: own}`` or the ARN of a key, everything that is stored is encrypted with it. Schema discovery
is impossible on a bus with such a key (EventBridge); nothing of ours uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..storm.model import Storm
from .names import parameter_name
from .reasons import explained
from .resources import resource
from .roles import needed_by_aws, this_account
from .stack import Stack, Template

REUSE_SECONDS = 300
"""How long a data key is used before a new one is asked for: each asking costs, and is a call of KMS."""


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
            "Value": _in_bus_stack(storm),
            "Description": "The ARN of the key that encrypts what the event bus and its services store",
        },
    )
    if storm.bus.key != "own":
        return {"KeyParameter": parameter}
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
    because["Account"] = f"{_ITSELF} Without kms:* for the account nobody could ever change the key again."
    return {"Key": explained(key, because), "KeyParameter": parameter}


def key_policy(storm: Storm) -> list[Template]:
    """What a key's policy has to say so that AWS's services can use it; a team's own key needs the same.

    In the policy of a key ``*`` means the key itself. Archives carry no source ARN, but the bus in the
    encryption context; for encrypted topics and queues as targets EventBridge documents no condition.
    """
    logs = _sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*")
    bus = _sub(
        f"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:event-bus/{storm.bus_name}"
    )
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
            _sub("logs.${AWS::Region}.amazonaws.com"),
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


def with_key(storm: Storm, stack: Stack) -> Stack:
    """The stack with everything encrypted by the chosen key, and the roles that have to use it."""
    if not chosen(storm):
        return stack
    key = _in_bus_stack(storm) if stack.kind == "bus" else {"Ref": "KeyArn"}
    found = stack.template["Resources"]
    resources = {name: _encrypted(one, key) for name, one in found.items()}
    if resources == found or stack.kind == "bus":
        return replace(stack, template={**stack.template, "Resources": resources})
    parameters = {**stack.template.get("Parameters", {}), **_parameter(storm)}
    rest = {key: value for key, value in stack.template.items() if key not in ("Parameters", "Resources")}
    head = {**rest, "Parameters": parameters, "Resources": resources}
    return replace(stack, template=head)


def _encrypted(one: Template, key: Any) -> Template:
    properties = one.get("Properties", {})
    if one["Type"] == "AWS::IAM::Role":
        return _user_of_key(one, key)
    change = _ENCRYPTED.get(one["Type"])
    return {**one, "Properties": change(properties, key)} if change else one


def _queue(properties: Template, key: Any) -> Template:
    rest = {name: value for name, value in properties.items() if name != "SqsManagedSseEnabled"}
    return {**rest, "KmsMasterKeyId": key, "KmsDataKeyReusePeriodSeconds": REUSE_SECONDS}


def _workflow(properties: Template, key: Any) -> Template:
    chosen_key = {
        "Type": "CUSTOMER_MANAGED_KMS_KEY",
        "KmsKeyId": key,
        "KmsDataKeyReusePeriodSeconds": REUSE_SECONDS,
    }
    return {**properties, "EncryptionConfiguration": chosen_key}


def _table(properties: Template, key: Any) -> Template:
    return {
        **properties,
        "SSESpecification": {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": key},
    }


def _in_property(name: str) -> Callable[[Template, Any], Template]:
    return lambda properties, key: {**properties, name: key}


_ENCRYPTED: dict[str, Callable[[Template, Any], Template]] = {
    "AWS::DynamoDB::Table": _table,
    "AWS::Events::Archive": _in_property("KmsKeyIdentifier"),
    "AWS::Events::EventBus": _in_property("KmsKeyIdentifier"),
    "AWS::Lambda::Function": _in_property("KmsKeyArn"),
    "AWS::Logs::LogGroup": _in_property("KmsKeyId"),
    "AWS::SNS::Topic": _in_property("KmsMasterKeyId"),
    "AWS::SQS::Queue": _queue,
    "AWS::Scheduler::Schedule": _in_property("KmsKeyArn"),
    "AWS::StepFunctions::StateMachine": _workflow,
}
"""How each type of resource that stores something is told its key."""

_USERS = (
    *("states.amazonaws.com", "scheduler.amazonaws.com", "lambda.amazonaws.com", "pipes.amazonaws.com"),
)
"""Services that use the key in the name of a role; EventBridge and SNS use it in their own."""


def _user_of_key(role: Template, key: Any) -> Template:
    """The role with the use of the key, where what it does is encrypted."""
    trusted = role["Properties"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"].get("Service")
    if trusted not in _USERS:
        return role
    statement = needed_by_aws("use of the key", key)
    policies = role["Properties"].get("Policies") or [
        {"PolicyName": "exactly-its-work", "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}
    ]
    first = policies[0]
    document = {
        **first["PolicyDocument"],
        "Statement": [*first["PolicyDocument"]["Statement"], statement],
    }
    changed = [{**first, "PolicyDocument": document}, *policies[1:]]
    return {**role, "Properties": {**role["Properties"], "Policies": changed}}


def _parameter(storm: Storm) -> Template:
    return {
        "KeyArn": {
            "Type": "AWS::SSM::Parameter::Value<String>",
            "Default": parameter_name(storm, "key"),
            "Description": "SSM parameter with the ARN of the key that encrypts what is stored",
        }
    }


def _in_bus_stack(storm: Storm) -> Any:
    return {"Fn::GetAtt": ["Key", "Arn"]} if storm.bus.key == "own" else storm.bus.key


def _sub(text: str) -> Template:
    return {"Fn::Sub": text}


def _service(sid: str, service: Any, actions: list[str], condition: Template | None = None) -> Template:
    return _allow(sid, {"Service": service}, actions, condition)


def _allow(sid: str, principal: Template, actions: list[str], condition: Template | None = None) -> Template:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": actions, "Resource": "*"}
    return {**statement, **({"Condition": condition} if condition else {})}
