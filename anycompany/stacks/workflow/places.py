"""Where the tasks of a policy do their work: in what a service's stack makes for them, or what is there."""

from __future__ import annotations

import json
import re
from typing import Any, Literal

from ...bus.names import digest
from ...storm.model import Storm
from ...storm.parts import Task
from ...storm.tasks import is_arn, single_tasks
from ..names import logical_id

LAMBDA_ARN = re.compile(r"arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]+)?")

SEEN = "Seen"
"""The logical id of the table of event ids that workflows have seen, one for each service."""


def service_call(api: str) -> str:
    """The resource of a state that calls a service, in the partition that the workflow runs in.

    Step Functions refuses a state of another partition when it runs: in China, GovCloud and others.

    >>> service_call("sns:publish")
    'arn:${AWS::Partition}:states:::sns:publish'
    """
    return f"arn:${{AWS::Partition}}:states:::{api}"


def place_id(kind: Literal["table", "topic", "queue"], name: str) -> str:
    """The logical id of a table, topic or queue that is made with the service."""
    return logical_id(kind.capitalize(), name)


def function_id(storm: Storm, policy: str, task: Task) -> str:
    """The logical id of the function that runs a task's code; no two policies share one.

    Nor do tasks of one folder of code that read or write other tables: each has a function, and so a role,
    that may do no more than it says. The first of them has the folder's name alone.
    """
    first = next((one for one in single_tasks(storm.policies[policy].does) if one.run == task.run), task)
    other = "" if _tables(first) == _tables(task) else f"/{digest(_tables(task))}"
    return logical_id("Function", f"{policy}/{task.run}{other}")


def _tables(task: Task) -> str:
    """The tables that a task reads and writes, as one text."""
    return json.dumps([sorted(set(task.reads or ())), sorted(set(task.writes or ()))])


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
