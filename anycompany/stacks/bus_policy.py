"""Who else may reach the bus: the bus policy for other accounts, and who may read where the bus is.

An account's own roles need no bus policy: what they may put is said by their own policies, and an Allow here
would restrict none of them. Only a Deny restricts everybody, so that is what is said to all.
"""

from __future__ import annotations

import json

from ..bus.names import digest
from ..storm.model import Storm
from .names import logical_id, parameter_name
from .reasons import explained
from .resources import resource
from .roles import may_put
from .stack import Template

LARGEST_BUS_POLICY = 10_240
"""Bytes of all statements of a bus's policy (EventBridge quota)."""

_LONGEST_STATEMENT_ID = 64

_ANYBODY = (
    "The condition on aws:PrincipalOrgID narrows it to the accounts of one organization; IAM has no "
    "principal that names an organization."
)


def bus_policy(storm: Storm) -> Template:
    """The statements of the bus policy, one resource each; none while nobody else is said to put events.

    Other accounts may put what people and outside systems start, service by service: a request with events
    of two services is refused. Nobody else may put anything, and nobody, in this account neither, puts
    events of a source that is none of the storm's.
    """
    if not _outsiders(storm):
        return {}
    bus = {"Fn::GetAtt": ["EventBus", "Arn"]}
    made: Template = {}
    for service, events in _published(storm).items():
        allow = may_put(storm, events, bus)
        for who, principal, condition in _outsiders(storm):
            made |= _statement(
                logical_id(f"{who}MayPut", service),
                {**allow, "Principal": principal, "Condition": {**allow["Condition"], **condition}},
            )
    made |= _statement(
        "NobodyElse",
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "events:PutEvents",
            "Resource": bus,
            "Condition": _not_one_of_us(storm),
        },
        "A Deny: it has to hold for everybody who is not named in its condition.",
    )
    return made | _statement(
        "OnlyOurSources",
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "events:PutEvents",
            "Resource": bus,
            "Condition": {"ForAnyValue:StringNotEquals": {"events:source": _sources(storm)}},
        },
        "A Deny: it has to hold for everybody, whatever their own policies allow.",
    )


def size_of_bus_policy(storm: Storm) -> int:
    """About how many bytes the bus's policy has once its references are filled in."""
    statements = [one["Properties"]["Statement"] for one in bus_policy(storm).values()]
    return len(json.dumps(statements, separators=(",", ":")).encode()) + 80 * len(statements)


def readers(storm: Storm) -> Template:
    """Who may read where the bus is: a policy to attach, and a role for accounts that may put events."""
    parameters = [
        {
            "Fn::Sub": "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter"
            + parameter_name(storm, what)
        }
        for what in ("name", "arn")
    ]
    may_read = {
        "Effect": "Allow",
        "Action": ["ssm:GetParameter", "ssm:GetParameters"],
        "Resource": parameters,
    }
    made = {
        "FindTheBus": resource(
            "AWS::IAM::ManagedPolicy",
            "bus",
            {
                "Description": "May read the name and the ARN of the event bus",
                "PolicyDocument": {"Version": "2012-10-17", "Statement": [may_read]},
            },
        )
    }
    if not (outsiders := _outsiders(storm)):
        return made
    trust = [
        {"Sid": who, "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
        | ({"Condition": condition} if condition else {})
        for who, principal, condition in outsiders
    ]
    role = resource(
        "AWS::IAM::Role",
        "bus",
        {
            "Description": "For other accounts that may put events: reads the name and the ARN of the bus",
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": trust},
            "ManagedPolicyArns": [{"Ref": "FindTheBus"}],
        },
    )
    wild = {who: _ANYBODY for who, principal, _ in outsiders if principal == "*"}
    return made | {"BusReader": explained(role, wild)}


def _outsiders(storm: Storm) -> list[tuple[str, Template | str, Template]]:
    """Who else is said: a word for them, the principal, and the condition on it."""
    found: list[tuple[str, Template | str, Template]] = []
    if storm.bus.accounts:
        roots = [
            {"Fn::Sub": f"arn:${{AWS::Partition}}:iam::{account}:root"}
            for account in dict.fromkeys(storm.bus.accounts)
        ]
        found.append(("Accounts", {"AWS": roots}, {}))
    if storm.bus.organization:
        condition = {"StringEquals": {"aws:PrincipalOrgID": storm.bus.organization}}
        found.append(("Organization", "*", condition))
    return found


def _published(storm: Storm) -> dict[str, list[str]]:
    """For each service what people and outside systems start of its events."""
    return {
        service: started
        for service, events in storm.relations.events_of_service.items()
        if (
            started := [
                event
                for event in events
                if event in storm.triggers and storm.triggers[event].kind in ("actor", "external")
            ]
        )
    }


def _not_one_of_us(storm: Storm) -> Template:
    """The condition that somebody is neither of this account nor said; AWS's own services are not meant."""
    condition: Template = {
        "StringNotEquals": {"aws:PrincipalAccount": [{"Ref": "AWS::AccountId"}, *storm.bus.accounts]},
        "Bool": {"aws:PrincipalIsAWSService": "false"},
    }
    if storm.bus.organization:
        condition["StringNotEquals"]["aws:PrincipalOrgID"] = storm.bus.organization
    return condition


def _sources(storm: Storm) -> list[str]:
    services = {storm.service_source(service) for service in storm.services}
    return sorted(services | {storm.source_of(event) for event in storm.events})


def _statement(sid: str, statement: Template, because: str = _ANYBODY) -> Template:
    """One statement of the bus policy as a resource; its id is the logical id (at most 64 characters)."""
    if len(sid) > _LONGEST_STATEMENT_ID:
        sid = sid[: _LONGEST_STATEMENT_ID - 6] + digest(sid)
    properties = {
        "EventBusName": {"Ref": "EventBus"},
        "StatementId": sid,
        "Statement": {"Sid": sid, **statement},
    }
    made = resource("AWS::Events::EventBusPolicy", "bus", properties)
    return {sid: explained(made, {sid: because} if statement["Principal"] == "*" else {})}
