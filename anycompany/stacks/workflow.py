"""A policy's workflow in Amazon States Language (JSONata): hear an event, do the work, put events on the bus.

Business logic is a placeholder that succeeds, unless the team names a Lambda function for it (``run``). With
the test marker a placeholder can be told to fail, so that the failure branch is seen running too.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ..bus.contract import example_detail, fields_of
from ..bus.marker import MARKER, MOST_HOPS
from ..bus.quotas import TIMEOUT_SECONDS
from ..storm.model import Storm
from ..storm.parts import Policy, Task

State = dict[str, Any]

LONGEST_STATE_NAME = 80
"""Characters of a state's name (Amazon States Language)."""

MOST_ENTRIES = 10
"""Entries in one PutEvents call (EventBridge quota)."""

LAMBDA_ARN = re.compile(r"arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]+)?")


def state_machine(storm: Storm, policy: str, *, with_marker: bool) -> dict[str, Any]:
    """The state machine of a policy in Amazon States Language.

    ``${BusName}`` in it is a template's variable; all other text is literal. ``with_marker`` builds in what
    the workbook's test events need.
    """
    said = storm.policies[policy]
    emits = [event for event in said.emits if event in storm.events]
    fails = [event for event in said.fails if event in storm.events]
    names = _StateNames()
    start = names.new("Hear the event")
    works = [(names.new(task.do), task) for task in said.does]
    succeeded = _putting(storm, policy, emits, names, with_marker)
    failed = _putting(storm, policy, fails, names, with_marker)
    on_success = next(iter(succeeded), None)
    on_failure = next(iter(failed), None)

    states: dict[str, State] = {}
    first_work = next((name for name, _ in works), on_success)
    turns = _turns_of_a_test(storm, policy, on_failure) if with_marker else []
    choice, end = names.new("Is this a test?"), names.new("Nothing more to do")
    states[start] = _hear() | _then(choice if turns else first_work)
    if turns:
        states[choice] = {
            "Type": "Choice",
            "Comment": "Only the workbook's own test events carry the marker that leads anywhere else",
            "Choices": [{"Condition": condition, "Next": then or end} for condition, then in turns],
            "Default": first_work or end,
        }
        if first_work is None or not all(then for _, then in turns):
            states[end] = {"Type": "Succeed"}
    for index, (name, task) in enumerate(works):
        following = works[index + 1][0] if index + 1 < len(works) else on_success
        states[name] = _work(task, on_failure) | _then(following)
    states |= succeeded | failed
    return {
        "Comment": f"Policy {policy}: whenever {', '.join(said.when) or 'nothing yet'}, "
        f"then {', '.join(emits) or 'nothing more'}",
        "QueryLanguage": "JSONata",
        "StartAt": start,
        "TimeoutSeconds": TIMEOUT_SECONDS[said.kind],
        "States": states,
    }


def _turns_of_a_test(storm: Storm, policy: str, on_failure: str | None) -> list[tuple[str, str | None]]:
    """Where a test event's marker leads: conditions, and the state each leads to; None ends the workflow."""
    turns: list[tuple[str, str | None]] = []
    hops = f"$event.detail.`{MARKER}`.hops"
    if policy in storm.relations.looping:
        turns.append((f"{{% $exists({hops}) and {hops} >= {MOST_HOPS} %}}", None))
    if on_failure:
        turns.append((f"{{% {_jsonata(policy)} in $event.detail.`{MARKER}`.fails %}}", on_failure))
    return turns


def translator(storm: Storm, event: str, *, with_marker: bool) -> dict[str, Any]:
    """The state machine that says an AWS service's event in the team's own words."""
    names = _StateNames()
    start = names.new("Hear the event")
    puts = _putting(storm, f"aws-{event}", [event], names, with_marker)
    return {
        "Comment": f"Whenever AWS says so, {event} happened",
        "QueryLanguage": "JSONata",
        "StartAt": start,
        "TimeoutSeconds": TIMEOUT_SECONDS["express"],
        "States": {start: _hear() | _then(next(iter(puts))), **puts},
    }


def lambda_functions(policy: Policy) -> list[str]:
    """The ARNs of the Lambda functions that a policy's tasks run; a folder of code is none yet."""
    return list(
        dict.fromkeys(task.run for task in policy.does if task.run and LAMBDA_ARN.fullmatch(task.run))
    )


def _hear() -> State:
    detail = "$exists($states.input.detail) ? $states.input.detail : {}"
    return {
        "Type": "Pass",
        "Comment": "Keep the event, and what is known so far, for the states that follow",
        "Assign": {"event": "{% $states.input %}", "known": f"{{% {detail} %}}"},
    }


def _then(following: str | None) -> State:
    return {"Next": following} if following else {"End": True}


def _work(task: Task, on_failure: str | None) -> State:
    if not (task.run and LAMBDA_ARN.fullmatch(task.run)):
        return {"Type": "Pass", "Comment": "A placeholder for the team's own business logic: it succeeds"}
    answer = "$type($states.result.Payload) = 'object' ? $states.result.Payload : {}"
    state: State = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {"FunctionName": task.run, "Payload": "{% $event %}"},
        "Assign": {"known": f"{{% $merge([$known, {answer}]) %}}"},
        "Retry": [
            {
                "ErrorEquals": [
                    "Lambda.ServiceException",
                    "Lambda.AWSLambdaException",
                    "Lambda.SdkClientException",
                    "Lambda.TooManyRequestsException",
                ],
                "IntervalSeconds": 1,
                "MaxAttempts": 3,
                "BackoffRate": 2,
                "JitterStrategy": "FULL",
            }
        ],
    }
    if on_failure:
        state["Catch"] = [{"ErrorEquals": ["States.ALL"], "Next": on_failure}]
    return state


def _putting(
    storm: Storm, policy: str, events: list[str], names: _StateNames, with_marker: bool
) -> dict[str, State]:
    """The states that put events on the bus, the last of which ends the workflow."""
    batches = [events[i : i + MOST_ENTRIES] for i in range(0, len(events), MOST_ENTRIES)]
    named = [
        (names.new("Put " + " and ".join(storm.events[event].name for event in batch)), batch)
        for batch in batches
    ]
    states: dict[str, State] = {}
    for index, (name, batch) in enumerate(named):
        entries = [
            {
                "EventBusName": "${BusName}",
                "Source": _plain(storm.source_of(event)),
                "DetailType": _plain(storm.detail_type(event)),
                "Detail": _detail(storm, policy, event, with_marker),
            }
            for event in batch
        ]
        following = named[index + 1][0] if index + 1 < len(named) else None
        states[name] = {
            "Type": "Task",
            "Resource": "arn:aws:states:::events:putEvents",
            "Arguments": {"Entries": entries},
            "Retry": [
                {
                    "ErrorEquals": ["EventBridge.FailedEntry", "States.TaskFailed"],
                    "IntervalSeconds": 1,
                    "MaxAttempts": 5,
                    "BackoffRate": 2,
                    "JitterStrategy": "FULL",
                }
            ],
            **_then(following),
        }
    return states


def _detail(storm: Storm, policy: str, event: str, with_marker: bool) -> str:
    """The JSONata that makes an event's detail: what is known of its contract's fields, and no other field.

    A field that nobody has filled in yet comes from the contract's example, as long as the business logic is
    a placeholder.
    """
    fields = fields_of(storm, event)
    said = storm.policies.get(policy)
    written = said is not None and said.does and len([t for t in said.does if t.run]) == len(said.does)
    parts = [] if written else [_jsonata(example_detail(storm, event))]
    if fields:
        parts.append(f"$sift($known, function($value, $name) {{ $name in {_jsonata(list(fields))} }})")
    if with_marker:
        marker = f"$event.detail.`{MARKER}`"
        hops = f"($exists({marker}.hops) ? {marker}.hops : 0) + 1"
        answered = f'{{"by": {_jsonata(policy)}, "after": $event.id, "hops": {hops}}}'
        parts.append(f'($exists({marker}) ? {{"{MARKER}": $merge([{marker}, {answered}])}} : {{}})')
    return f"{{% $merge([{', '.join(parts)}]) %}}" if parts else "{% {} %}"


def _jsonata(value: Any) -> str:
    """Plain data as a JSONata literal: JSON is one, but for two characters its own parsers trip over."""
    return json.dumps(value, ensure_ascii=True)


def _plain(text: str) -> str:
    """A text that Step Functions takes as it stands, even one that looks like an expression."""
    return f"{{% {_jsonata(text)} %}}" if text.startswith("{%") else text


class _StateNames:
    """State names that are unique, printable and short enough."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, wish: str) -> str:
        """A name near to the wish."""
        printable = " ".join("".join(c if c.isprintable() else " " for c in wish).split())
        base = printable[: LONGEST_STATE_NAME - 6].strip() or "Work"
        name, number = base, 1
        while name in self._taken:
            number += 1
            name = f"{base} ({number})"
        self._taken.add(name)
        return name
