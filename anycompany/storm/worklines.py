"""The work of a policy in lines, as people read it: what is side by side or a branch stands further in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .parts import Task
from .tasks import ANSWER_WITHIN

_LONGEST_ASKED = 60


class WorkLine(NamedTuple):
    """One line: how far in it stands, its text, and whether it is work itself."""

    level: int
    text: str
    is_work: bool = True


def work_lines(
    tasks: Sequence[Task], level: int = 0, called: Callable[[str], str] = str
) -> Iterator[WorkLine]:
    """The lines of tasks, each task before those that it holds; ``called`` gives an event's name by its id.

    >>> [line.text for line in work_lines([Task(do="Approve", ask="Boss"), Task(parallel=[["a"], ["b"]])])]
    ['Approve (asks Boss, within 1 day)', 'Side by side', 'at once', 'a', 'at once', 'b']
    """
    for task in tasks:
        if not task.holds:
            yield WorkLine(level, _single(task))
            continue
        yield WorkLine(level, task.title, False)
        headings = ["at once"] * len(task.rows)
        if task.branch is not None:
            headings = [_asked(branch.where) + _leads_to(branch.emits, called) for branch in task.branch]
        for heading, row in zip(headings, task.rows, strict=True):
            yield WorkLine(level + 1, heading, False)
            yield from work_lines(row, level + 2, called)


def _asked(where: dict[str, object] | None) -> str:
    if where is None:
        return "otherwise"
    text = json.dumps(where, ensure_ascii=False)
    return f"if {text if len(text) <= _LONGEST_ASKED else text[: _LONGEST_ASKED - 1] + '…'}"


def _leads_to(events: Sequence[str], called: Callable[[str], str]) -> str:
    return f", leads to {', '.join(called(event) for event in events)}" if events else ""


def _single(task: Task) -> str:
    """A task's name, and how it is done where that is said."""
    how = []
    if task.ask is not None:
        how.append(f"asks {task.ask}")
    for way, says in (("table", "into table"), ("topic", "to topic"), ("queue", "to queue")):
        place = getattr(task, way)
        if place is not None:
            how.append(f"{says} {place.rsplit(':', 1)[-1].rsplit('/', 1)[-1]}")
    if task.within is not None or task.ask is not None:
        how.append(f"within {task.within or ANSWER_WITHIN}")
    if task.retry is not None and task.retry.times:
        how.append(f"tried {task.retry.times + 1} times")
    return f"{task.title} ({', '.join(how)})" if how else task.title
