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


MOST_QUEUES = 40
"""Queues in one of these policies: of their longest ARNs a managed policy (IAM quota) holds as many."""


def answerers(storm: Storm, service: str, policies: Iterable[str]) -> tuple[Template, Template]:
    """The policies that let somebody read and answer a service's questions, and the outputs that name them.

    There is one, unless the queues of questions are more than it holds; none where nobody is asked.

    Parameters
    ----------
    storm, service : whose stack.
    policies : the ids of the policies that run in it.
    """
    asking = [
        key for key in policies if any(one.ask is not None for one in single_tasks(storm.policies[key].does))
    ]
    made: Template = {}
    outputs: Template = {}
    for number, start in enumerate(range(0, len(asking), MOST_QUEUES), 1):
        after, part = ("", "") if number == 1 else (str(number), f", part {number}")
        queues: list[Any] = [{"Fn::GetAtt": [asks_id(key), "Arn"]} for key in asking[start:][:MOST_QUEUES]]
        policy = resource(
            "AWS::IAM::ManagedPolicy",
            f"services/{service}",
            {
                "Description": "May read and answer what the workflows of the "
                f"{service} service ask people{part}",
                "PolicyDocument": {"Version": "2012-10-17", "Statement": _statements(storm, queues)},
            },
        )
        made[f"Answerers{after}"] = explained(policy, {"Answers": _BY_TOKEN})
        outputs[f"AnswererPolicy{after}"] = {
            "Description": "Attach this policy to the people who answer what the service's workflows ask"
            f"{part}",
            "Value": {"Ref": f"Answerers{after}"},
        }
    return made, outputs


def _statements(storm: Storm, queues: list[Any]) -> list[Template]:
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
    return statements
