"""A workflow at work: how long an execution takes and how it ends, who waits, and what was counted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from math import inf
from random import Random
from typing import Any

from .distributions import Distribution
from .measuring import Spread
from .network import Workflow
from .outage import Hours
from .over_time import Slices
from .settings import Work

SUCCEEDED, FAILED, BROKEN, TIMED_OUT = range(4)
"""How an execution ends: by the policy's success or its failure branch, or as AWS says FAILED, TIMED_OUT."""

A_TASK = Distribution(constant=0.2)
"""What a task takes where nobody has said it."""

Execution = tuple[float, int, int]
"""The seconds that an execution takes, how it ends, and how many retries are in it."""


class Desk:
    """Where the executions of one workflow run.

    Parameters
    ----------
    workflow : what is executed.
    work : how it works.
    outages : when it cannot be started.
    seed : of all its randomness, which no other workflow shares: what is changed for one changes no other.
    """

    def __init__(self, workflow: Workflow, work: Work, outages: Sequence[Hours], seed: int) -> None:
        self.workflow = workflow
        self.random = Random(f"{seed}/workflows/{workflow.note}")
        self.twice = Random(f"{seed}/twice/{workflow.note}").random
        self.seconds, self.draw = _executions(workflow, work, self.random)
        self.people = work.people.sampler(self.random) if work.people else None
        self.at_once = work.at_once or inf
        self.outages = outages
        self.timeout = workflow.timeout
        self.running = 0
        self.most_running = 0
        self.queue: deque[Any] = deque()
        self.longest_queue = 0
        self.ended = [0, 0, 0, 0]
        self.retries = 0
        self.stopped = 0
        self.redelivered = 0
        self.dead_letters = 0
        self.redriven = 0
        self.repeated = 0
        self.ignored = 0
        self.services: list[float] = []
        self.waits: list[float] = []
        self.queued: list[tuple[float, int]] = []
        self.waiting = Slices("most")
        self.service = Spread()
        self.wait = Spread()
        self.billed = 0.0
        self.waited_for_people = 0.0

    def flush(self) -> None:
        """Put what was noted one by one into the measures."""
        import numpy as np

        self.service.extend(self.services)
        self.wait.extend(self.waits)
        if self.queued:
            self.waiting.extend(*zip(*self.queued, strict=True))
        # express workflows are billed by 100 milliseconds
        self.billed += float(np.ceil(np.round(np.asarray(self.services) * 10, 6)).sum()) / 10
        self.services.clear()
        self.waits.clear()
        self.queued.clear()


def _executions(
    workflow: Workflow, work: Work, random: Random
) -> tuple[Callable[[], float], Callable[[bool], Execution] | None]:
    """How long an execution takes, where nothing can go wrong with it; else also how it ends."""
    takes = work.takes if isinstance(work.takes, list) else [work.takes] if work.takes else None
    said = [A_TASK] * workflow.tasks if takes is None else takes
    parts = [one.sampler(random) for one in said]

    def seconds() -> float:
        return sum([part() for part in parts])

    once = parts[0] if len(parts) == 1 else seconds
    if all(part.constant is not None for part in said):
        once = Distribution(constant=min(sum(part.mean for part in said), 1e9)).sampler(random)
    if not work.errs and not work.fails:
        return once, None

    def draw(told_to_fail: bool) -> Execution:
        total, pause = once(), work.backoff
        for retries in range(work.retries + 1):
            if random.random() >= work.errs:
                fails = told_to_fail or random.random() < work.fails
                return total, (FAILED if workflow.fails else BROKEN) if fails else SUCCEEDED, retries
            if retries < work.retries:
                total += pause + once()
                pause *= 2
        return total, FAILED if workflow.fails else BROKEN, work.retries

    return once, draw
