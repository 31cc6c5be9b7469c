"""Alarms: what rings, whose sticky note it is about, what it means, and what to do first."""

from __future__ import annotations

from typing import Any, Literal

from ..bus.names import limited
from ..storm.model import Storm
from .names import parameter_name
from .resources import line, resource
from .stack import Template

LONGEST_ALARM_NAME = 255
LONGEST_DESCRIPTION = 1_024
"""Characters of an alarm's name and description (CloudWatch)."""

LONGEST_TITLE = 80
"""Characters of a note's title in them."""

FIVE_MINUTES = 300

Metric = tuple[str, str, dict[str, Any]]
"""One metric: its namespace, its name, and its dimensions."""


def alarm_name(storm: Storm, note: str, title: str, what: str) -> str:
    """What an alarm is called: the bus, people's word for the note, what happened, and the note itself.

    >>> alarm_name(Storm(name="Inn"), "policies/clean", "Clean the room", "its workflow failed")
    'inn: Clean the room: its workflow failed (policies/clean)'
    """
    wanted = f"{storm.bus_name}: {line(title, LONGEST_TITLE)}: {what} ({note})"
    return limited(wanted, LONGEST_ALARM_NAME)


def topic_parameter(storm: Storm) -> Template:
    """The template parameter that says which topic the alarms of a stack ring."""
    return {
        "AlarmTopic": {
            "Type": "AWS::SSM::Parameter::Value<String>",
            "Default": parameter_name(storm, "alarms"),
            "Description": "SSM parameter with the ARN of the topic that alarms notify",
        }
    }


def alarm(
    note: str,
    name: str,
    says: str,
    watched: Metric | list[Template],
    *,
    more_than: Any = 0,
    seconds: int = FIVE_MINUTES,
    periods: int = 1,
    stat: Literal["Sum", "Maximum"] = "Sum",
    silence_rings: bool = False,
    topic: Any = None,
) -> Template:
    """One alarm.

    Parameters
    ----------
    note : the sticky note that it is about.
    name : of ``alarm_name``.
    says : what it means, and what to do first.
    watched : one metric, or the queries of a calculation with several.
    more_than : it rings when the value is larger.
    seconds, periods : over how long a value is taken, and how many of them in a row have to be bad.
    stat : what is taken of one metric; a calculation says it in its queries.
    silence_rings : it rings when there is nothing to count instead: zeros are not sent (EventBridge).
    topic : the topic that it notifies; the one that the stack's parameter names if left out.
    """
    if isinstance(watched, list):
        values: Template = {"Metrics": watched}
    else:
        namespace, metric, dimensions = watched
        values = {
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": dimensions_of(dimensions),
            "Period": seconds,
            "Statistic": stat,
        }
    properties = {
        "AlarmName": name,
        "AlarmDescription": line(says, LONGEST_DESCRIPTION),
        **values,
        "ComparisonOperator": "LessThanThreshold" if silence_rings else "GreaterThanThreshold",
        "Threshold": 1 if silence_rings else more_than,
        "EvaluationPeriods": periods,
        "TreatMissingData": "breaching" if silence_rings else "notBreaching",
        "AlarmActions": [topic or {"Ref": "AlarmTopic"}],
    }
    return resource("AWS::CloudWatch::Alarm", note, properties)


def query(identifier: str, metric: Metric, seconds: int) -> Template:
    """One metric of a calculation, by the name that the calculation calls it."""
    namespace, name, dimensions = metric
    return {
        "Id": identifier,
        "MetricStat": {
            "Metric": {"Namespace": namespace, "MetricName": name, "Dimensions": dimensions_of(dimensions)},
            "Period": seconds,
            "Stat": "Sum",
        },
        "ReturnData": False,
    }


def dimensions_of(dimensions: dict[str, Any]) -> list[Template]:
    """Dimensions as CloudFormation writes them."""
    return [{"Name": name, "Value": value} for name, value in dimensions.items()]
