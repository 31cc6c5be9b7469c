"""Who may answer what workflows ask people: a policy to attach, for the questions of one service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..storm.model import Storm
from ..storm.tasks import single_tasks
from .reasons import explained
from .resources import resource
from .roles import needed_by_aws
from .stack import Template
from .workflow.places import asks_id

_BY_TOKEN = (
    "Step Functions knows no resource smaller than * for an answer: the token, which only those get who read "
    "the queue of questions, says which task is answered (Service Authorization Reference)."
)


def answerers(storm: Storm, service: str, policies: Iterable[str]) -> Template:
    """The policy that lets somebody read a service's questions and answer them; none where nobody is asked.

    Parameters
    ----------
    storm, service : whose stack.
    policies : the ids of the policies that run in it.
    """
    asking = [
        key for key in policies if any(one.ask is not None for one in single_tasks(storm.policies[key].does))
    ]
    if not asking:
        return {}
    queues: list[Any] = [{"Fn::GetAtt": [asks_id(key), "Arn"]} for key in asking]
    reads = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]
    finds = ["cloudformation:DescribeStacks", "cloudformation:ListStackResources"]
    answers = ["states:SendTaskSuccess", "states:SendTaskFailure"]
    statements: list[Template] = [
        {"Sid": "Questions", "Effect": "Allow", "Action": reads, "Resource": queues},
        {"Sid": "WhereTheyWait", "Effect": "Allow", "Action": finds, "Resource": {"Ref": "AWS::StackId"}},
        {"Sid": "Answers", "Effect": "Allow", "Action": answers, "Resource": "*"},
    ]
    if storm.bus.key != "aws":
        statements.append(needed_by_aws("use of the key", {"Ref": "KeyArn"}))
    policy = resource(
        "AWS::IAM::ManagedPolicy",
        f"services/{service}",
        {
            "Description": f"May read and answer what the workflows of the {service} service ask people",
            "PolicyDocument": {"Version": "2012-10-17", "Statement": statements},
        },
    )
    return {"Answerers": explained(policy, {"Answers": _BY_TOKEN})}
