"""Roles and statements: who may do what, and nothing more.

A ``*`` as a resource stands only where AWS knows no smaller one, and never without its reason: those actions
are in ``EXTRAS``, by name, and the role that has one says why in its Metadata.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..storm.model import Storm
from .reasons import explained
from .resources import resource
from .stack import Template

if TYPE_CHECKING:
    from .workflow.calls import Call


@dataclass(frozen=True)
class Extra:
    """What AWS itself needs of a role beside the calls of its workflow or function.

    Parameters
    ----------
    sid : the id of its statement in a policy.
    actions : the actions; all but those on a key know no resource smaller than ``*``.
    because : why they are needed, and why on ``*``.
    """

    sid: str
    actions: tuple[str, ...]
    because: str


ExtraName = Literal["log delivery", "X-Ray", "X-Ray of a function", "use of the key"]

EXTRAS: dict[ExtraName, Extra] = {
    "log delivery": Extra(
        "LogDelivery",
        (
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:UpdateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
        ),
        "Step Functions writes a workflow's log by the log deliveries of CloudWatch Logs, whose actions know "
        "no resource to name (Step Functions Developer Guide, Logging using CloudWatch Logs).",
    ),
    "X-Ray": Extra(
        "XRay",
        (
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
        ),
        "A trace is sent to X-Ray by actions that know no resource to name (Step Functions Developer Guide, "
        "Trace data with X-Ray).",
    ),
    "X-Ray of a function": Extra(
        "XRayOfTheFunction",
        ("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
        "A trace is sent to X-Ray by actions that know no resource to name (Lambda Developer Guide, Visualize"
        " function invocations using X-Ray).",
    ),
    "use of the key": Extra(
        "UseOfTheKey",
        ("kms:Decrypt", "kms:GenerateDataKey"),
        "What is encrypted with a key of the team's is read and written in the name of the role, on that key "
        "alone (AWS KMS Developer Guide, How AWS services use KMS keys).",
    ),
}
"""AWS's own needs, by name: nothing else in a role may be on ``*``."""


def needed_by_aws(name: ExtraName, resource: Any = "*") -> Template:
    """The statement for one of ``EXTRAS``; a role that gets one on ``*`` says the reason in its Metadata."""
    extra = EXTRAS[name]
    return {"Sid": extra.sid, "Effect": "Allow", "Action": list(extra.actions), "Resource": resource}


def trusted_role(note: str, service: str, statements: Iterable[Template], condition: Template) -> Template:
    """A role that one AWS service may take on, under a condition, to do what the statements say.

    Parameters
    ----------
    note : the sticky note that the role comes from.
    service : the service principal, such as ``states.amazonaws.com``.
    statements : what the role may do; one on ``*`` has to be of ``needed_by_aws``.
    condition : for whom the service has to act: ``for_this_source``.
    """
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    said = list(statements)
    properties: Template = {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]}}
    if said:
        document = {"Version": "2012-10-17", "Statement": said}
        properties["Policies"] = [{"PolicyName": "exactly-its-work", "PolicyDocument": document}]
    because = {extra.sid: extra.because for extra in EXTRAS.values()}
    wild = {one["Sid"]: because[one["Sid"]] for one in said if one["Resource"] == "*"}
    return explained(resource("AWS::IAM::Role", note, properties), wild)


def this_account() -> Template:
    """The condition that a service acts for this account (confused deputy)."""
    return {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def for_this_source(arn: Template) -> Template:
    """The condition that a service acts for this account and for exactly one resource (confused deputy).

    Parameters
    ----------
    arn : the resource's ARN, made of its name: a reference to it would be circular, as it refers to the role.
    """
    return this_account() | {"ArnEquals": {"aws:SourceArn": arn}}


def workflow_arn(name: str) -> Template:
    """The ARN of a state machine by its name, for its own role's trust policy."""
    return _arn("states", f"stateMachine:{name}")


def schedules_arn() -> Template:
    """The ARN of the default group of schedules: Scheduler says for which group it acts, not which schedule.

    EventBridge Scheduler User Guide, Confused deputy prevention.
    """
    return _arn("scheduler", "schedule-group/default")


def _arn(service: str, what: str) -> Template:
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{what}"}


def may_call(storm: Storm, calls: Iterable[Call]) -> list[Template]:
    """The statements that let a workflow make exactly these calls: one for each action."""
    on: dict[str, list[Any]] = {}
    puts: dict[str, None] = {}
    for call in calls:
        puts |= dict.fromkeys(call.events)
        if not call.events:
            on.setdefault(call.action, []).append(call.resource)
    said = [{"Effect": "Allow", "Action": action, "Resource": things} for action, things in on.items()]
    return [*([may_put(storm, list(puts))] if puts else []), *said]


LARGEST_ROLE = 10_240
"""Characters of all inline policies of a role, white space not counted (IAM quota)."""

_REFERENCE = 120
"""About how many characters longer an ARN is than the reference to it."""


def size_of_role(storm: Storm, calls: Iterable[Call]) -> int:
    """About how many characters the policy has of the role that a workflow of these calls gets."""
    wanted = tuple(calls)
    extras = [needed_by_aws(name) for name in ("log delivery", "X-Ray", "use of the key")]
    written = json.dumps([*may_call(storm, wanted), *extras], separators=(",", ":"), ensure_ascii=False)
    return len(written) + _REFERENCE * len(wanted)


def may_put(storm: Storm, events: list[str], bus: Template | None = None) -> Template:
    """The statement that lets somebody put exactly these events on the bus.

    An absent key passes ``ForAllValues``, so the keys have to be there (``Null``; IAM). All events of one
    request have to be among them: a request of several services' events needs one statement for all.
    """
    return {
        "Effect": "Allow",
        "Action": "events:PutEvents",
        "Resource": bus or {"Ref": "BusArn"},
        "Condition": {
            "ForAllValues:StringEquals": {
                "events:source": sorted({storm.source_of(event) for event in events}),
                "events:detail-type": sorted({storm.detail_type(event) for event in events}),
            },
            "Null": {"events:source": "false", "events:detail-type": "false"},
        },
    }
