"""Alarms on a calculation, ``Metrics`` in CloudFormation: MiniStack takes single metrics only.

They are kept and described; as MiniStack measures nothing of rules and workflows, they never ring.
"""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Let ``AWS::CloudWatch::Alarm`` take ``Metrics``."""
    from ministack.services.cloudformation import provisioners

    record_as_before = provisioners._cw_metric_alarm_record

    def record(name: str, properties: dict[str, Any]) -> dict[str, Any]:
        queries = properties.get("Metrics")
        if not queries:
            before: dict[str, Any] = record_as_before(name, properties)
            return before
        if sum(query.get("ReturnData", True) is not False for query in queries) != 1:
            raise ValueError("Exactly one of the Metrics of an alarm has to have ReturnData true.")
        rest = {key: value for key, value in properties.items() if key != "Metrics"}
        alarm = record_as_before(name, {**rest, "Namespace": "none", "MetricName": "none"})
        return {**alarm, "Namespace": "", "MetricName": "", "Metrics": queries}

    provisioners._cw_metric_alarm_record = record
