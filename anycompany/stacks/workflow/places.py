"""Where the tasks of a policy do their work: in what a service's stack makes for them, or what is there."""

from __future__ import annotations

import re
from typing import Any, Literal

from ...storm.parts import Task
from ...storm.tasks import is_arn
from ..names import logical_id

LAMBDA_ARN = re.compile(r"arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]+)?")

SEEN = "Seen"
"""The logical id of the table of event ids that workflows have seen, one for each service."""


def place_id(kind: Literal["table", "topic", "queue"], name: str) -> str:
    """The logical id of a table, topic or queue that is made with the service."""
    return logical_id(kind.capitalize(), name)


def function_id(policy: str, run: str) -> str:
    """The logical id of the function that runs a folder of code for a policy; no two policies share one."""
    return logical_id("Function", f"{policy}/{run}")


def asks_id(policy: str) -> str:
    """The logical id of the queue in which a policy's questions to people wait."""
    return logical_id("Asks", policy)


def runs_lambda(task: Task) -> bool:
    """Whether a task names a Lambda function that is there."""
    return bool(task.run and LAMBDA_ARN.fullmatch(task.run))


def arn_of(kind: Literal["table", "topic", "queue"], place: str) -> Any:
    """The ARN of a table, topic or queue, as a template's value."""
    if is_arn(place):
        return place
    made = place_id(kind, place)
    return {"Ref": made} if kind == "topic" else {"Fn::GetAtt": [made, "Arn"]}


def address_of(kind: Literal["table", "topic", "queue"], place: str) -> str:
    """How a state names a table, topic or queue: its name or ARN, its ARN, or its URL.

    A name in ``${…}`` is a template's variable.
    """
    if not is_arn(place):
        return f"${{{place_id(kind, place)}}}"
    if kind != "queue":
        return place
    _, _, _, region, account, name = place.split(":")
    return f"https://sqs.{region}.${{AWS::URLSuffix}}/{account}/{name}"
