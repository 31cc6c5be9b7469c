"""The business's own failures: how many of a policy's outcomes are its failure events.

A workflow that says ``Payment Failed`` has done its work: no metric of AWS counts that as a failure. Its log
says which state put which event on the bus, and two filters on the log count them; no code runs for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..bus.outcomes import always
from ..bus.rules import Rule
from ..storm.model import Storm
from .alarms import LONGEST_TITLE, Metric, alarm, alarm_name, query
from .names import logical_id
from .resources import line, resource
from .stack import Template
from .watched import title_of, workflow_metric
from .workflow.places import service_call

AN_HOUR = 3_600
LEAST_OUTCOMES = 3
"""Outcomes within the hour below which a share says nothing."""

LONGEST_FILTER = 1_024
"""Characters of a metric filter's pattern (CloudWatch Logs)."""


def share_parameter() -> Template:
    """The template parameter that says how large a share of failures rings."""
    return {
        "LargestFailureShare": {
            "Type": "Number",
            "Default": 25,
            "MinValue": 0,
            "MaxValue": 100,
            "Description": "Percent of a policy's outcomes within an hour that may be failure events",
        }
    }


def outcome_metric(storm: Storm, policy: str, outcome: str) -> Metric:
    """The metric that counts a policy's outcomes: ``Succeeded`` or ``Failed``."""
    return f"AnyCompany/{storm.bus_name}", f"{policy} {outcome}", {}


def failure_share(
    storm: Storm, rule: Rule, definition: dict[str, Any], workflow: str, group: str
) -> Template:
    """The filters on a workflow's log and the alarm on the share of failures; nothing where it cannot fail.

    Where success is silent, or leads to other events by other ways, every workflow that came to its end is an
    outcome.

    Parameters
    ----------
    storm : the storm.
    rule : of the policy.
    definition : the workflow's state machine.
    workflow, group : the logical ids of its state machine and of its log group.
    """
    policy = storm.policies[rule.id] if rule.section == "policies" else None
    if policy is None:
        return {}
    puts = dict(_puts(definition))
    failing = _saying(storm, puts, policy.fails)
    succeeding = _saying(storm, puts, always(storm, rule.id))
    if not failing:
        return {}
    title = title_of(storm, rule)
    failed, succeeded = (outcome_metric(storm, rule.id, word) for word in ("Failed", "Succeeded"))
    made = {logical_id("FailedCount", rule.id): _count(rule.note, group, failing, failed)}
    if succeeding:
        made[logical_id("SucceededCount", rule.id)] = _count(rule.note, group, succeeding, succeeded)
        all_, others = "(FILL(f,0)+FILL(s,0))", succeeded
    else:
        all_, others = "FILL(s,0)", workflow_metric({"Ref": workflow}, "ExecutionsSucceeded")
    names = [line(storm.events[event].name, LONGEST_TITLE) for event in policy.fails if event in storm.events]
    share = {
        "Id": "share",
        "Expression": f"IF({all_}>={LEAST_OUTCOMES},100*FILL(f,0)/{all_},0)",
        "Label": "percent failed",
    }
    return made | {
        logical_id("FailureShare", rule.id): alarm(
            rule.note,
            alarm_name(storm, rule.note, title, "too many failures"),
            f"Too many outcomes of {title!r} within an hour were {', '.join(names[:5])}: the software works, "
            "the business does not. First look for what those events have in common.",
            [share, query("f", failed, AN_HOUR), query("s", others, AN_HOUR)],
            more_than={"Ref": "LargestFailureShare"},
        ),
    }


def _count(note: str, group: str, states: list[str], metric: Metric) -> Template:
    namespace, name, _ = metric
    return resource(
        "AWS::Logs::MetricFilter",
        note,
        {
            "LogGroupName": {"Ref": group},
            "FilterPattern": _pattern(states),
            "MetricTransformations": [
                {"MetricNamespace": namespace, "MetricName": name, "MetricValue": "1", "DefaultValue": 0}
            ],
        },
    )


def _pattern(states: list[str]) -> str:
    """The pattern of log entries that say that one of these states is done (CloudWatch Logs)."""
    named: list[str] = []
    for state in states:
        name = f'($.details.name = "{_quoted(state)}")'
        if len(" || ".join([*named, name])) < LONGEST_FILTER - 60:
            named.append(name)
    return f'{{ ($.type = "TaskStateExited") && ({" || ".join(named)}) }}'


def _quoted(text: str) -> str:
    """A text in quotes of a pattern; a star, any text, stands where CloudFormation would see its own."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("{{", "{*").replace("${", "$*")


def _puts(definition: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """Every state that puts events on the bus, at any depth, with their detail-types."""
    for name, state in definition.get("States", {}).items():
        if state.get("Resource") == service_call("events:putEvents"):
            yield name, {entry["DetailType"] for entry in state["Arguments"]["Entries"]}
        for branch in [*state.get("Branches", ()), state.get("ItemProcessor", {})]:
            yield from _puts(branch)


def _saying(storm: Storm, puts: dict[str, set[str]], events: list[str]) -> list[str]:
    """The states that put the first of these events: one for each way to this outcome."""
    first = next((storm.detail_type(event) for event in events if event in storm.events), None)
    return [name for name, said in puts.items() if first in said]
