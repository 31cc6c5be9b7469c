"""Roles and statements: who may do what, and nothing more."""

from __future__ import annotations

from ..storm.model import Storm
from .resources import resource
from .stack import Template


def trusted_role(note: str, service: str, statements: list[Template], condition: Template) -> Template:
    """A role that one AWS service may take on, under a condition, to do what the statements say."""
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    properties: Template = {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]}}
    if statements:
        document = {"Version": "2012-10-17", "Statement": statements}
        properties["Policies"] = [{"PolicyName": "exactly-its-work", "PolicyDocument": document}]
    return resource("AWS::IAM::Role", note, properties, tagged=True)


def this_account() -> Template:
    """The condition that only this account's resources may use a role (confused deputy)."""
    return {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def may_put(storm: Storm, events: list[str]) -> Template:
    """The statement that lets somebody put exactly these events on the bus.

    An absent key passes ``ForAllValues``, so the keys have to be there (``Null``; IAM).
    """
    return {
        "Effect": "Allow",
        "Action": "events:PutEvents",
        "Resource": {"Ref": "BusArn"},
        "Condition": {
            "ForAllValues:StringEquals": {
                "events:source": sorted({storm.source_of(event) for event in events}),
                "events:detail-type": sorted({storm.detail_type(event) for event in events}),
            },
            "Null": {"events:source": "false", "events:detail-type": "false"},
        },
    }
