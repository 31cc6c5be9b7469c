"""Logs of recorded events, made from the flows of a storm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from anycompany.bus.contract import example_detail
from anycompany.bus.flows import Follows, flows
from anycompany.bus.recording import LogReport, Recorded, check_recorded
from anycompany.storm.model import Storm

BEGAN = datetime(2026, 3, 1, tzinfo=UTC)


def event_of(storm: Storm, event: str, second: float, **detail: Any) -> dict[str, Any]:
    """An event as EventBridge delivers it; keys of the detail with underscores for hyphens."""
    source, detail_type = storm.relations.address_of[event]
    given = {key.replace("_", "-"): value for key, value in detail.items()}
    return {
        "version": "0",
        "id": f"{event}-{second}-{sorted(map(str, given.values()))}",
        "source": source,
        "detail-type": detail_type,
        "time": (BEGAN + timedelta(seconds=second)).isoformat().replace("+00:00", "Z"),
        "detail": {**example_detail(storm, event), **given},
    }


def numbered(events: Iterable[dict[str, Any]]) -> list[Recorded]:
    """Events as the lines of a log."""
    return [Recorded(line, event) for line, event in enumerate(events, 1)]


def log_of(storm: Storm, rounds: int = 3) -> list[Recorded]:
    """Every flow of a storm as its policies run it, several times over, each time with ids of its own."""
    found: list[dict[str, Any]] = []
    started = [flow for flow in flows(storm) if flow.scenario.kind != "listener"]
    for turn in range(rounds):
        for number, flow in enumerate(started):
            at = {flow.scenario.event: (turn * len(started) + number) * 7_200.0}
            for one in flow.then:
                if isinstance(one, Follows):
                    at.setdefault(one.event, at[one.after] + 2)
            for event, second in at.items():
                ids = {
                    key: f"{value}/{turn}/{number}"
                    for key, value in example_detail(storm, event).items()
                    if key.endswith("-id")
                }
                found.append(event_of(storm, event, second, **ids))
    return numbered(sorted(found, key=lambda event: str(event["time"])))


def said(report: LogReport) -> list[tuple[str, tuple[str, ...], int]]:
    """What matters of a report: kind, where, how often."""
    return [(one.kind, one.where, one.count) for one in report.findings if one.severity != "note"]


def checked(storm: Storm, events: Iterable[dict[str, Any]], **how: Any) -> LogReport:
    """Events held against a storm."""
    return check_recorded(storm, numbered(events), **how)
