"""What is watched of every rule, workflow and dead-letter queue, and the alarms that watch it."""

from __future__ import annotations

from typing import Any, Literal

from ..bus.names import rule_name
from ..bus.rules import Rule
from ..storm.model import Storm
from ..storm.spans import said
from .alarms import FIVE_MINUTES, LONGEST_TITLE, Metric, alarm, alarm_name, query
from .names import logical_id
from .resources import line
from .stack import Template

LONGEST_WAIT = 900
"""Seconds after which an event in a buffer is late."""

_TROUBLES = ("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionThrottled")
"""The metrics of a workflow that did not come to its end (Step Functions, namespace AWS/States)."""


def title_of(storm: Storm, rule: Rule) -> str:
    """What people call the policy, the listener or the event that a rule stands for, in a few words."""
    if rule.section == "triggers":
        return line(storm.events[rule.id].name, LONGEST_TITLE)
    part = storm.policies[rule.id] if rule.section == "policies" else storm.listeners[rule.id]
    return line(part.title(rule.id), LONGEST_TITLE)


def rule_metric(name: str, metric: str, bus: Literal["own", "default"] = "own") -> Metric:
    """A metric of one rule; rules of the default bus are known by their names alone (EventBridge)."""
    own: dict[str, Any] = {"EventBusName": {"Ref": "BusName"}} if bus == "own" else {}
    return "AWS/Events", metric, {**own, "RuleName": name}


def workflow_metric(arn: Any, metric: str) -> Metric:
    """A metric of one workflow."""
    return "AWS/States", metric, {"StateMachineArn": arn}


def rule_alarm(storm: Storm, rule: Rule) -> Template:
    """The alarm that rings when a rule could not hand an event over for good."""
    title = title_of(storm, rule)
    return {
        logical_id("Undelivered" + rule.section.title(), rule.id): alarm(
            rule.note,
            alarm_name(storm, rule.note, title, "an event was not delivered"),
            f"EventBridge gave up handing an event to {title!r}. First read this stack's dead-letter queue: "
            "each message says why. Then correct the cause and send it again.",
            rule_metric(rule_name(storm, rule), "FailedInvocations", rule.bus),
        )
    }


def workflow_alarm(storm: Storm, rule: Rule, workflow: str) -> Template:
    """The alarm that rings when a workflow failed, took too long or was throttled.

    ``workflow`` is the logical id of its state machine.
    """
    title, arn = title_of(storm, rule), {"Ref": workflow}
    queries = [
        query(f"m{number}", workflow_metric(arn, metric), FIVE_MINUTES)
        for number, metric in enumerate(_TROUBLES)
    ]
    total = {
        "Id": "troubles",
        "Expression": "+".join(f"FILL(m{number},0)" for number in range(len(_TROUBLES))),
    }
    return {
        logical_id("Broken" + rule.section.title(), rule.id): alarm(
            rule.note,
            alarm_name(storm, rule.note, title, "its workflow failed"),
            f"{title!r} was not done: a workflow failed, took too long or was throttled. First open its "
            "executions (of an express workflow, its log) and where it stopped. Then send the event again.",
            [total, *queries],
        )
    }


def function_alarm(storm: Storm, policy: str, function: str, name: str) -> Template:
    """The alarm that rings when a policy's function was throttled: a failure event would hide it.

    ``function`` is the function's logical id, ``name`` what it is called.
    """
    note, title = f"policies/{policy}", line(storm.policies[policy].title(policy), LONGEST_TITLE)
    return {
        f"{function}Throttled": alarm(
            note,
            alarm_name(storm, note, title, f"its function {name} was throttled"),
            f"Lambda would not run a function of {title!r} as often as it was called: what waited for it was "
            "tried again, or failed. First look at the account's concurrency; a buffer (buffer: true) evens "
            "bursts out.",
            ("AWS/Lambda", "Throttles", {"FunctionName": {"Ref": function}}),
        )
    }


def waiting_alarm(storm: Storm, rule: Rule) -> Template:
    """The alarm that rings when events wait in the buffer of a policy longer than a burst explains."""
    title = title_of(storm, rule)
    return {
        logical_id("WaitingLong", rule.id): alarm(
            rule.note,
            alarm_name(storm, rule.note, title, "events wait too long"),
            f"An event has waited in the buffer of {title!r} for {said(LONGEST_WAIT)}. First look "
            "whether its pipe runs and its workflows end; then whether more come in than it can do.",
            (
                "AWS/SQS",
                "ApproximateAgeOfOldestMessage",
                {"QueueName": {"Fn::GetAtt": [logical_id("Waiting", rule.id), "QueueName"]}},
            ),
            more_than=LONGEST_WAIT,
            stat="Maximum",
        )
    }


def dead_letters_alarm(storm: Storm, note: str, of: str) -> Template:
    """The alarm that rings as long as a stack's dead-letter queue holds anything."""
    title = line(of, LONGEST_TITLE)
    return {
        "DeadLettersAlarm": alarm(
            note,
            alarm_name(storm, note, title, "its dead-letter queue is not empty"),
            f"Events of {title!r} could not be handled and wait for up to 14 days. First read one: it says "
            "which rule failed and why. Then correct the cause and move them back.",
            (
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                {"QueueName": {"Fn::GetAtt": ["DeadLetters", "QueueName"]}},
            ),
            stat="Maximum",
        )
    }
