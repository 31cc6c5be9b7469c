"""Logs and traces of workflows: every step is logged, what is personal never."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from ..bus.names import workflow_name
from ..bus.rules import Rule
from ..storm.model import Storm
from .resources import resource
from .stack import Template

PREFIX = "/aws/vendedlogs/states/"
"""Log groups of this prefix need no resource policy of their own each (Step Functions Developer Guide)."""

_RETENTIONS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545),
    *(731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653),
)
"""Days that a log group can keep its entries (CloudWatch Logs, PutRetentionPolicy)."""


def retention(days: int) -> int:
    """The shortest time, not below this, that CloudWatch Logs can keep entries for.

    >>> retention(90), retention(100), retention(3_653)
    (90, 120, 3653)
    """
    return _RETENTIONS[bisect_left(_RETENTIONS, days)]


def holds_personal(storm: Storm, events: Iterable[str]) -> bool:
    """Whether a field of any of these events is marked as personal."""
    return any(
        field.personal
        for event in events
        if event in storm.contracts
        for field in storm.contracts[event].fields_.values()
    )


def may_log_data(storm: Storm, rule: Rule) -> bool:
    """Whether a workflow's log may hold the data it works on: not if it hears or says anything personal."""
    said = storm.policies.get(rule.id) if rule.section == "policies" else None
    events = [*rule.hears, *(said.emits if said else ()), *(said.fails if said else ())]
    return not holds_personal(storm, events)


def log_group(storm: Storm, rule: Rule) -> Template:
    """The log group of a workflow, which goes with its stack."""
    return resource(
        "AWS::Logs::LogGroup",
        rule.note,
        {
            "LogGroupName": f"{PREFIX}{workflow_name(storm, rule)}",
            "RetentionInDays": retention(storm.bus.logs),
        },
        DeletionPolicy="Delete",
        UpdateReplacePolicy="Delete",
    )


def observed(storm: Storm, rule: Rule, group: str) -> Template:
    """The properties by which a state machine logs every step and is traced; ``group`` is a logical id."""
    destination = {"CloudWatchLogsLogGroup": {"LogGroupArn": {"Fn::GetAtt": [group, "Arn"]}}}
    return {
        "LoggingConfiguration": {
            "Level": "ALL",
            "IncludeExecutionData": may_log_data(storm, rule),
            "Destinations": [destination],
        },
        "TracingConfiguration": {"Enabled": True},
    }
