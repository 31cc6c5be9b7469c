"""Which kind of state machine work asks for: express, or standard where it has to be."""

from __future__ import annotations

from typing import Literal

from .spans import seconds_of
from .tasks import ANSWER_WITHIN, Retry, Task, single_tasks

EXPRESS_SECONDS = 300
"""Express workflows end after five minutes (Step Functions quota)."""


def longest_seconds(tasks: list[Task] | tuple[Task, ...]) -> int:
    """How long the work may take at most, as far as time limits and retries say."""
    total = 0
    for task in tasks:
        if task.holds:
            total += max((longest_seconds(row) for row in task.rows), default=0)
        elif task.ask is not None:
            total += seconds_of(task.within or ANSWER_WITHIN)
        else:
            tries = 1 + (task.retry.times if task.retry else 0)
            total += tries * (seconds_of(task.within) if task.within else 0) + _waits(task.retry)
    return total


def _waits(retry: Retry | None) -> int:
    """The seconds between the tries, at most."""
    if retry is None:
        return 0
    first, most = seconds_of(retry.after), seconds_of(retry.most)
    return round(sum(min(first * retry.backoff**number, most) for number in range(retry.times)))


def reasons_for_standard(does: list[Task], once: bool) -> tuple[str, ...]:
    """Why work cannot be an express workflow; empty where it can.

    Express workflows end after five minutes, wait for nobody, and may run twice (Step Functions developer
    guide: choosing a workflow type).
    """
    reasons = []
    if any(task.ask is not None for task in single_tasks(does)):
        reasons.append("it waits for a person")
    if longest_seconds(does) > EXPRESS_SECONDS:
        reasons.append("it may take longer than five minutes")
    if once:
        reasons.append("it does its work once for each event")
    return tuple(reasons)


def chosen_kind(
    said: Literal["express", "standard"] | None, does: list[Task], once: bool
) -> Literal["express", "standard"]:
    """The kind of state machine: what is said, unless it has to be a standard one."""
    return "standard" if reasons_for_standard(does, once) else said or "express"
