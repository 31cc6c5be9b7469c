"""What a policy's workflow calls: which action on which resource, task by task, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from ...storm.model import Storm
from ...storm.parts import Task
from ...storm.tasks import single_tasks
from .places import SEEN, arn_of, asks_id, function_id, runs_lambda


@dataclass(frozen=True)
class Call:
    """One call: ``action`` as IAM has it, ``resource`` as a template's value (an ARN, ``Ref``, ``GetAtt``).

    ``task`` is the task it is made for, empty for the workflow's own work; ``events`` are the ids of the
    events that are put on the bus.
    """

    action: str
    resource: Any
    task: str = ""
    events: tuple[str, ...] = ()


def calls(storm: Storm, policy: str, code: AbstractSet[str] = frozenset()) -> tuple[Call, ...]:
    """Every call that the workflow of a policy makes, each once.

    Parameters
    ----------
    storm, policy : whose workflow.
    code : the folders of code that become functions; a task that names another one is a placeholder.
    """
    said = storm.policies[policy]
    found: list[Call] = []
    if said.once:
        found.append(Call("dynamodb:PutItem", {"Fn::GetAtt": [SEEN, "Arn"]}))
    for task in single_tasks(said.does):
        found += _of_task(storm, policy, task, code)
    puts = tuple(dict.fromkeys(e for e in (*said.emits, *said.fails) if e in storm.events))
    if puts:
        found.append(Call("events:PutEvents", {"Ref": "BusArn"}, events=puts))
    different: list[Call] = []
    for call in found:
        if (call.action, call.resource) not in [(one.action, one.resource) for one in different]:
            different.append(call)
    return tuple(different)


def _of_task(storm: Storm, policy: str, task: Task, code: AbstractSet[str]) -> Iterator[Call]:
    if runs_lambda(task):
        yield Call("lambda:InvokeFunction", task.run, task.title)
    elif task.run is not None and task.run in code:
        function = {"Fn::GetAtt": [function_id(storm, policy, task), "Arn"]}
        yield Call("lambda:InvokeFunction", function, task.title)
    elif task.table is not None:
        yield Call("dynamodb:PutItem", arn_of("table", task.table), task.title)
    elif task.topic is not None:
        yield Call("sns:Publish", arn_of("topic", task.topic), task.title)
    elif task.queue is not None:
        yield Call("sqs:SendMessage", arn_of("queue", task.queue), task.title)
    elif task.ask is not None:
        yield Call("sqs:SendMessage", {"Fn::GetAtt": [asks_id(policy), "Arn"]}, task.title)
