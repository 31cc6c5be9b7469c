"""What stacks have that is paid for each month, whatever happens: alarms, dashboards, metrics, keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ..storm.model import Storm
from .stack import Stack


def standing(storm: Storm, stacks: Sequence[Stack]) -> Counter[tuple[str, str]]:
    """How much of what stands, by whose it is and the key in the price table.

    Parameters
    ----------
    storm : the storm, which says whose a note is.
    stacks : its stacks.

    >>> from .synth import synth
    >>> storm = Storm(name="Inn")
    >>> standing(storm, synth(storm).stacks)["bus", "dashboards"]
    1
    """
    found = Counter[tuple[str, str]]()
    for stack in stacks:
        for resource in stack.template["Resources"].values():
            for what, much in _paid_for(resource):
                found[_whose(storm, stack, resource), what] += much
    return found


def _paid_for(resource: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """CloudWatch bills an alarm by the metrics that it looks at, and a filter's metric like any other."""
    said = resource["Properties"]
    match resource["Type"]:
        case "AWS::CloudWatch::Alarm":
            queries = said.get("Metrics", ())
            yield "alarm-metrics", max(1, sum("MetricStat" in query for query in queries))
        case "AWS::CloudWatch::Dashboard":
            yield "dashboards", 1
        case "AWS::Logs::MetricFilter":
            yield "custom-metrics", 1
        case "AWS::KMS::Key":
            yield "customer-keys", 1


def _whose(storm: Storm, stack: Stack, resource: dict[str, Any]) -> str:
    if stack.kind in ("service", "contracts"):
        return f"services/{stack.of}"
    note = str(resource.get("Metadata", {}).get("AnyCompany", {}).get("Note", ""))
    section, _, key = note.partition("/")
    return f"listeners/{key}" if section == "listeners" and key in storm.listeners else "bus"
