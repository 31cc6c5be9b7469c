"""Encryption with a key of choice: AWS's own, one that the bus stack makes, or one that the team names.

With ``bus: {key: own}`` or the ARN of a key, everything that is stored is encrypted with it. Schema discovery
is impossible on a bus with such a key (EventBridge); nothing of ours uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..storm.model import Storm
from .key import KEY_FAULTS, chosen, key_in_bus_stack
from .names import parameter_name
from .roles import needed_by_aws
from .stack import Stack, Template

REUSE_SECONDS = 300
"""How long a data key is used before a new one is asked for: each asking costs, and is a call of KMS."""


def with_key(storm: Storm, stack: Stack) -> Stack:
    """The stack with everything encrypted by the chosen key, and the roles that have to use it."""
    if not chosen(storm):
        return stack
    key = key_in_bus_stack(storm) if stack.kind == "bus" else {"Ref": "KeyArn"}
    found = stack.template["Resources"]
    resources = {
        name: one if name == KEY_FAULTS and stack.kind == "bus" else _encrypted(one, key)
        for name, one in found.items()
    }
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


def _bus(properties: Template, key: Any) -> Template:
    faults = {"Arn": {"Fn::GetAtt": [KEY_FAULTS, "Arn"]}}
    return {**properties, "KmsKeyIdentifier": key, "DeadLetterConfig": faults}


def _in_property(name: str) -> Callable[[Template, Any], Template]:
    return lambda properties, key: {**properties, name: key}


_ENCRYPTED: dict[str, Callable[[Template, Any], Template]] = {
    "AWS::DynamoDB::Table": _table,
    "AWS::Events::Archive": _in_property("KmsKeyIdentifier"),
    "AWS::Events::EventBus": _bus,
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
