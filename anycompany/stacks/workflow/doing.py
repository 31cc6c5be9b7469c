"""How a single task is done: by a function, a table, a topic, a queue or a person, or by nobody yet."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from ...bus.marker import MARKER
from ...storm.model import Storm
from ...storm.parts import Task
from ...storm.spans import seconds_of
from ...storm.tasks import ANSWER_WITHIN
from .expressions import evaluated, jsonata, plain
from .places import address_of, asks_id, function_id, runs_lambda, service_call
from .retries import State, retrying


@dataclass(frozen=True)
class Scope:
    """What a state keeps its answers in, and where all that is known stands.

    Rows of tasks that run side by side each keep what they learn in a variable of their own, because an inner
    scope must not assign what an outer one has (Step Functions: variables).
    """

    variable: str = "known"
    outer: tuple[str, ...] = ()

    def within(self, variable: str) -> Scope:
        """The scope of a row within this one."""
        return Scope(variable, (*self.outer, self.variable))

    @property
    def known(self) -> str:
        """The JSONata of all that is known here."""
        if not self.outer:
            return f"${self.variable}"
        return f"$merge([{', '.join(f'${name}' for name in (*self.outer, self.variable))}])"


def answers(task: Task, code: AbstractSet[str]) -> bool:
    """Whether something is known after a task that was not known before."""
    return task.output is not None or task.ask is not None or runs_lambda(task) or task.run in code


def single(storm: Storm, policy: str, task: Task, scope: Scope, code: AbstractSet[str]) -> State:
    """The state of a single task, without where it leads to."""
    state, answer = _done(storm, policy, task, scope, code)
    if task.output is not None:
        shaped = f"($known := {scope.known}; $answer := {answer or '{}'}; {task.output})"
        state["Assign"] = {scope.variable: evaluated(f"$merge([${scope.variable}, {shaped}])")}
    elif answer:
        state["Assign"] = {scope.variable: evaluated(f"$merge([${scope.variable}, {answer}])")}
    if state["Type"] == "Task":
        if task.ask is not None:
            state["TimeoutSeconds"] = seconds_of(task.within or ANSWER_WITHIN)
        elif task.within is not None:
            state["TimeoutSeconds"] = seconds_of(task.within)
        if retriers := retrying(task.retry, of_function=task.run is not None, waits=task.ask is not None):
            state["Retry"] = retriers
    return state


def _done(storm: Storm, policy: str, task: Task, scope: Scope, code: AbstractSet[str]) -> tuple[State, str]:
    """How a task is done, and the JSONata of what it answers; empty where it answers nothing."""
    gets = seen_by(storm, policy, task, scope)
    if runs_lambda(task) or (task.run is not None and task.run in code):
        function = task.run if runs_lambda(task) else f"${{{function_id(storm, policy, task)}.Arn}}"
        payload = "$states.result.Payload"
        arguments: dict[str, Any] = {"FunctionName": function, "Payload": evaluated(gets)}
        answer = f"($type({payload}) = 'object' ? {payload} : {{}})"
        return _calling("lambda:invoke", arguments), answer
    if task.table is not None:
        item = _item(task, gets, scope)
        arguments = {"TableName": address_of("table", task.table), "Item": evaluated(item)}
        return _calling("dynamodb:putItem", arguments), ""
    if task.topic is not None:
        arguments = {"TopicArn": address_of("topic", task.topic), "Message": evaluated(f"$string({gets})")}
        return _calling("sns:publish", arguments), ""
    if task.queue is not None:
        arguments = {
            "QueueUrl": address_of("queue", task.queue),
            "MessageBody": evaluated(f"$string({gets})"),
        }
        return _calling("sqs:sendMessage", arguments), ""
    if task.ask is not None:
        question = {
            "asks": plain(task.ask),
            "task": plain(task.title),
            "policy": policy,
            "event": evaluated(gets),
            "token": "{% $states.context.Task.Token %}",
        }
        arguments = {"QueueUrl": f"${{{asks_id(policy)}}}", "MessageBody": question}
        answer = "($type($states.result) = 'object' ? $states.result : {})"
        return _calling("sqs:sendMessage.waitForTaskToken", arguments), answer
    return {"Type": "Pass", "Comment": "A placeholder for the team's own business logic: it succeeds"}, ""


def _calling(what: str, arguments: dict[str, Any]) -> State:
    return {"Type": "Task", "Resource": service_call(what), "Arguments": arguments}


def seen_by(storm: Storm, policy: str, task: Task, scope: Scope) -> str:
    """The JSONata of what a task gets: the event, with the fields of its detail that the task needs.

    Without a word on what it needs these are all that is known but what a contract marks as personal; with
    ``input`` what that makes.
    """
    if task.input is not None:
        return f"($known := {scope.known}; {task.input})"
    if task.needs is not None:
        kept = f"$name in {jsonata(task.needs)}"
    else:
        kept = f"$not($name in {jsonata([MARKER, *personal_fields(storm, policy)])})"
    detail = f"$sift({scope.known}, function($value, $name) {{ {kept} }})"
    return f'$merge([$event, {{"detail": $exists({detail}) ? {detail} : {{}}}}])'


def personal_fields(storm: Storm, policy: str) -> list[str]:
    """The fields that a contract of an event which the policy hears or puts marks as personal."""
    said = storm.policies[policy]
    events = [event for event in (*said.when, *said.emits, *said.fails) if event in storm.events]
    contracts = [storm.contracts[event] for event in events if event in storm.contracts]
    return sorted({name for one in contracts for name, field in one.fields_.items() if field.personal})


def _item(task: Task, gets: str, scope: Scope) -> str:
    """The JSONata of a DynamoDB item: each field by its type, the key as text.

    Where the event lacks the field that is the key, its id stands in.
    """
    key = jsonata(task.key)
    typed = (
        "function($value, $name) {{$name: $type($value) = 'number' ? {'N': $string($value)} : "
        "$type($value) = 'boolean' ? {'BOOL': $value} : {'S': $string($value)}}}"
    )
    found = f"$lookup({scope.known}, {key})"
    return (
        f"($gets := {gets}; $detail := $exists($gets.detail) ? $gets.detail : $gets; "
        f"$merge([$each($detail, {typed}), "
        f"{{{key}: {{'S': $exists({found}) ? $string({found}) : $event.id}}, "
        "'event-id': {'S': $event.id}}]))"
    )
