"""What the work of policies asks of AWS in a run: executions, their logs, and the calls of their tasks."""

from __future__ import annotations

from collections.abc import Iterator

from ...storm.model import Storm
from ...storm.parts import Policy
from ...storm.tasks import single_tasks
from .run import Run, WorkflowUse

EXPRESS_GIGABYTES = 64 / 1024
"""Memory of an express workflow: billed by 64 MB, and small events need no more (Step Functions pricing)."""

LAMBDA_GIGABYTES = 128 / 1024
"""Memory of a Lambda function where nobody has asked for more (Lambda)."""

REQUESTS_A_MESSAGE = 3
"""To send a message, to receive it, to delete it."""

LOGGED_A_TRANSITION = 1_024
"""Bytes that a workflow logs of a state: that it was entered and left and, of a task, what became of it."""

LONGEST_KEPT_DAYS = 365
"""What is kept is billed as it stands after a year at most."""

DAYS_A_MONTH = 30.4

Used = Iterator[tuple[str, float]]
"""Keys of the price table, and how much."""


def kept(gigabytes: float, days: int) -> float:
    """The gigabyte-months that are paid for each month's gigabytes, once so many days of them are kept."""
    return gigabytes * min(days, LONGEST_KEPT_DAYS) / DAYS_A_MONTH


def of_workflows(storm: Storm, run: Run) -> Iterator[tuple[str, str, float]]:
    """Of whom, what and how much, for every workflow of a run."""
    for use in run.workflows:
        of = f"services/{use.service_id}" if use.service_id else "outside"
        yield from ((of, what, much) for what, much in _of_executions(storm, use))
        if use.policy:
            yield from ((of, what, much) for what, much in _of_tasks(storm.policies[use.policy], use))


def _of_executions(storm: Storm, use: WorkflowUse) -> Used:
    if use.kind == "express":
        yield "express-requests", use.started
        yield "express-gigabyte-seconds", use.billed * EXPRESS_GIGABYTES
    else:
        yield "standard-transitions", use.transitions
    if use.functions and use.service:
        share = use.functions / use.tasks
        yield "lambda-requests", use.functions * (use.started + use.retries)
        yield "lambda-gigabyte-seconds", use.worked * share * LAMBDA_GIGABYTES
    yield "queue-requests", use.dead_letters * REQUESTS_A_MESSAGE
    logged = use.transitions * LOGGED_A_TRANSITION / 1024**3
    yield "logged-gigabytes", logged
    yield "kept-log-gigabyte-months", kept(logged, storm.bus.logs)


def _of_tasks(policy: Policy, use: WorkflowUse) -> Used:
    """What tasks call, as if each of them ran each time, and what stands before the workflow."""
    for task in single_tasks(policy.does):
        if task.table is not None:
            yield "table-writes", use.started
        elif task.topic is not None:
            yield "topic-publishes", use.started
        elif task.queue is not None:
            yield "queue-requests", use.started
        elif task.ask is not None:
            yield "queue-requests", use.started * REQUESTS_A_MESSAGE
    if policy.once:
        yield "table-writes", use.started
    if policy.buffer:
        yield "topic-publishes", use.started
        yield "queue-requests", use.started * REQUESTS_A_MESSAGE
        yield "pipe-requests", use.started
