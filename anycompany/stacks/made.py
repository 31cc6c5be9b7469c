"""What a service's stack makes for the tasks of its policies: tables, topics, queues, and questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..storm.model import Storm
from ..storm.parts import Task
from ..storm.tasks import is_arn, single_tasks
from .resources import resource
from .stack import Template
from .workflow.places import SEEN, asks_id, place_id

_KEPT = {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Retain"}
"""A table goes with its stack, which can be protected; one that is replaced is kept: nobody asked for it."""
_PASSING = {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}


def made_for(storm: Storm, service: str, policies: Iterable[str]) -> Template:
    """The resources that the tasks of a service's policies name and that are not there yet.

    Parameters
    ----------
    storm, service : whose stack.
    policies : the ids of the policies that run in it.
    """
    made: Template = {}
    policies = list(policies)
    if any(storm.policies[policy].once for policy in policies):
        made[SEEN] = _seen(f"services/{service}")
    keys = {
        task.table: task.key
        for policy in policies
        for task in single_tasks(storm.policies[policy].does)
        if task.table is not None
    }
    for policy in policies:
        note = f"policies/{policy}"
        for task in single_tasks(storm.policies[policy].does):
            for key, one in _of_task(task, policy, note, keys):
                made.setdefault(key, one)
    return made


def _of_task(
    task: Task, policy: str, note: str, keys: dict[str, str | None]
) -> Iterator[tuple[str, Template]]:
    """What is made for one task; a table that only code uses finds its items by ``id``."""
    for table in (*([task.table] if task.table else []), *(task.reads or ()), *(task.writes or ())):
        if not is_arn(table):
            yield place_id("table", table), _table(note, keys.get(table) or "id", **_KEPT)
    if task.topic is not None and not is_arn(task.topic):
        yield place_id("topic", task.topic), resource("AWS::SNS::Topic", note, {})
    if task.queue is not None and not is_arn(task.queue):
        yield place_id("queue", task.queue), _queue(note)
    if task.ask is not None:
        yield asks_id(policy), _queue(note)


def _queue(note: str) -> Template:
    properties = {"MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": True}
    return resource("AWS::SQS::Queue", note, properties, **_PASSING)


def _table(note: str, key: str, expires: str = "", **policies: str) -> Template:
    """A table that is billed by request, encrypted, and can be restored to any second (DynamoDB)."""
    properties: Template = {
        "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
        "SSESpecification": {"SSEEnabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    if expires:
        properties["TimeToLiveSpecification"] = {"AttributeName": expires, "Enabled": True}
    return resource("AWS::DynamoDB::Table", note, properties, **policies)


def _seen(note: str) -> Template:
    """The table of the ids of events that workflows have seen; it forgets them by itself."""
    return _table(note, "id", "expires", **_PASSING)
