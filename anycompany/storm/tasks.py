"""The work of a policy: tasks in sequence, side by side or by branches; done by code, a person or AWS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    Field as Key,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from .part import Id, Part, Text
from .shaping import fault_in_expression
from .spans import seconds_of

MOST_LEVELS = 4
"""How deep parallel steps and branches may stand in one another."""

ANSWER_WITHIN = "1 day"
"""How long a person has for an answer where ``within`` does not say it."""

_ARNS = {
    "table": re.compile(r"arn:[\w-]{1,20}:dynamodb:[\w-]{1,30}:\d{12}:table/[\w.-]{3,255}", re.ASCII),
    "topic": re.compile(r"arn:[\w-]{1,20}:sns:[\w-]{1,30}:\d{12}:[\w-]{1,256}", re.ASCII),
    "queue": re.compile(r"arn:[\w-]{1,20}:sqs:[\w-]{1,30}:\d{12}:[\w-]{1,80}", re.ASCII),
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


def is_arn(place: str) -> bool:
    """Whether a table, topic or queue is one that is there already, named by its ARN."""
    return place.startswith("arn:")


def _place(kind: str) -> AfterValidator:
    def valid(text: str) -> str:
        if not (_NAME.fullmatch(text) or _ARNS[kind].fullmatch(text)):
            raise ValueError(
                f"{text[:80]!r} names no {kind}: write a name of letters, digits, hyphens and underscores "
                f"for one that is made with the service, or the ARN of one that is there"
            )
        return text

    return AfterValidator(valid)


def _span(text: str) -> str:
    seconds_of(text)
    return text


def _expression(text: str) -> str:
    if fault := fault_in_expression(text):
        raise ValueError(f"this is no JSONata expression: {fault}")
    return text


Span = Annotated[Text, AfterValidator(_span)]
Expression = Annotated[Text, AfterValidator(_expression)]


class Retry(Part):
    """How often a task is tried again: first ``after`` so long, growing by ``backoff`` up to ``most``."""

    times: Annotated[int, Key(ge=0, le=100)] = 3
    after: Span = "1 second"
    backoff: Annotated[float, Key(ge=1, le=10, allow_inf_nan=False)] = 2
    most: Span = "1 minute"

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: Any) -> Any:
        return {"times": value} if isinstance(value, int) and not isinstance(value, bool) else value

    @model_serializer(mode="wrap")
    def _to_number(self, handler: SerializerFunctionWrapHandler) -> Any:
        document = handler(self)
        return self.times if set(document) == {"times"} else document


class Branch(Part):
    """One way that the work may go: where the event's detail matches, or otherwise.

    ``emits`` are those of the policy's events that only this way leads to.
    """

    where: dict[str, Any] | None = None
    does: list[Task] = []
    emits: list[Id] = []


class Task(Part):
    """A piece of work: the team's own logic, named here and written elsewhere (``run``), or what AWS does.

    One of ``run``, ``table``, ``topic``, ``queue``, ``ask``, ``parallel`` and ``branch`` says how it is done;
    without any of them it is a placeholder.
    """

    do: Text = ""
    run: Text | None = None
    table: Annotated[Text, _place("table")] | None = None
    key: Text | None = None
    topic: Annotated[Text, _place("topic")] | None = None
    queue: Annotated[Text, _place("queue")] | None = None
    ask: Text | None = None
    parallel: Annotated[list[list[Task]], Key(min_length=2, max_length=20)] | None = None
    branch: Annotated[list[Branch], Key(min_length=1, max_length=20)] | None = None
    needs: list[Text] | None = None
    reads: list[Annotated[Text, _place("table")]] | None = None
    writes: list[Annotated[Text, _place("table")]] | None = None
    input: Expression | None = None
    output: Expression | None = None
    within: Span | None = None
    retry: Retry | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"do": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_done_one_way(self) -> Self:
        ways = [way for way in WAYS if getattr(self, way) is not None]
        if len(ways) > 1:
            raise ValueError(f"a task is done one way, not by {' and '.join(ways)}: keep one of them")
        if not ways and "do" not in self.model_fields_set:
            raise ValueError(f"a task needs a name, do, or one of {', '.join(WAYS)}: say what is done")
        if self.holds and (lost := [key for key in _OF_ONE if getattr(self, key) is not None]):
            raise ValueError(
                f"{lost[0]!r} belongs to a single task, not to a {ways[0]}: write it into its tasks"
            )
        if (self.table is None) != (self.key is None):
            raise ValueError("table and key go together: key is the field that the table finds an item by")
        if self.run is None and (self.reads is not None or self.writes is not None):
            raise ValueError("reads and writes belong to a task that runs code: say what it runs, run")
        for branch in (self.branch or [])[:-1]:
            if branch.where is None:
                raise ValueError("a branch without where is the last one: it is taken when no other is")
        return self

    @model_serializer(mode="wrap")
    def _to_text(self, handler: SerializerFunctionWrapHandler) -> Any:
        document = handler(self)
        return self.do if set(document) == {"do"} else document

    @property
    def holds(self) -> bool:
        """Whether it is no work itself, but holds other tasks."""
        return self.parallel is not None or self.branch is not None

    @property
    def title(self) -> str:
        """What people call it."""
        return self.do or ("Side by side" if self.parallel is not None else "Which way")

    @property
    def rows(self) -> tuple[tuple[Task, ...], ...]:
        """The sequences of tasks that it holds: those side by side, or those of its branches."""
        if self.parallel is not None:
            return tuple(tuple(row) for row in self.parallel)
        return tuple(tuple(branch.does) for branch in self.branch or ())


WAYS = ("run", "table", "topic", "queue", "ask", "parallel", "branch")
"""The keys that say how a task is done."""

_OF_ONE = ("needs", "input", "output", "within", "retry")


def not_too_deep(tasks: list[Task]) -> list[Task]:
    """The tasks, if they do not stand too deep in one another; raises ``ValueError``."""
    level = [task for task in tasks if task.holds]
    for _ in range(MOST_LEVELS):
        level = [inner for task in level for row in task.rows for inner in row if inner.holds]
        if not level:
            return tasks
    raise ValueError(
        f"parallel steps and branches stand more than {MOST_LEVELS} deep in one another: "
        "let an event lead to a policy of its own"
    )


def single_tasks(tasks: list[Task] | tuple[Task, ...]) -> Iterator[Task]:
    """Every task that is work itself, in order, those side by side and of all branches too.

    >>> one = Task(parallel=[["a", "b"], ["c"]])
    >>> [task.do for task in single_tasks([one])]
    ['a', 'b', 'c']
    """
    for task in tasks:
        if task.holds:
            for row in task.rows:
                yield from single_tasks(row)
        else:
            yield task


def branching_tasks(tasks: list[Task] | tuple[Task, ...]) -> Iterator[Task]:
    """Every task that is a branch, at any depth, in order.

    >>> inner = Task(branch=[{"does": ["b"]}], do="B")
    >>> [task.do for task in branching_tasks([Task(parallel=[["a"], [inner]])])]
    ['B']
    """
    for task in tasks:
        if task.branch is not None:
            yield task
        for row in task.rows:
            yield from branching_tasks(row)


def with_events(tasks: list[Task], change: Callable[[list[str]], list[str]]) -> list[Task]:
    """Tasks with every list of events that a way leads to changed.

    >>> (one,) = with_events([Task(branch=[{"emits": ["a", "b"]}])], lambda ids: ids[1:])
    >>> one.branch[0].emits
    ['b']
    """

    def changed_way(way: Branch) -> Branch:
        emits = {"emits": change(way.emits)} if way.emits else {}
        return way.model_copy(update={"does": with_events(way.does, change), **emits})

    def changed(task: Task) -> Task:
        if task.branch is not None:
            return task.model_copy(update={"branch": [changed_way(way) for way in task.branch]})
        if task.parallel is not None:
            return task.model_copy(update={"parallel": [with_events(row, change) for row in task.parallel]})
        return task

    return [changed(task) for task in tasks]


def is_written(tasks: list[Task] | tuple[Task, ...]) -> bool:
    """Whether there is work, and how it is done is said for all of it: nothing is a placeholder."""
    single = list(single_tasks(tasks))
    return bool(single) and all(any(getattr(task, way) is not None for way in WAYS) for task in single)
