"""Deliveries that MiniStack does not make: to a log group, and from a schedule to an event bus."""

from __future__ import annotations

import json
import logging
from typing import Any

_log = logging.getLogger(__name__)
_SECONDS_BETWEEN_LOOKS_AT_SCHEDULES = 1


def install() -> None:
    """Add both, and have due schedules noticed within a second instead of ten."""
    from ministack.services import eventbridge, scheduler

    deliver_as_before = eventbridge._invoke_target

    def deliver(
        target: dict[str, Any], event: dict[str, Any], rule: dict[str, Any], view: Any = None
    ) -> None:
        if "EventBridgeParameters" in target:
            _put_scheduled_event(target)
        elif ":logs:" in target.get("Arn", ""):
            _write_to_log_group(target, event, rule, view)
        else:
            deliver_as_before(target, event, rule, view)

    eventbridge._invoke_target = deliver
    scheduler._SCHEDULE_TICK_INTERVAL = _SECONDS_BETWEEN_LOOKS_AT_SCHEDULES


def _put_scheduled_event(target: dict[str, Any]) -> None:
    """Put the event that a schedule's EventBridge target describes; its input is the detail."""
    from ministack.services import eventbridge

    event = target["EventBridgeParameters"]
    eventbridge._put_events(
        {
            "Entries": [
                {
                    "EventBusName": target["Arn"],
                    "Source": event["Source"],
                    "DetailType": event["DetailType"],
                    "Detail": target.get("Input") or "{}",
                }
            ]
        }
    )


def _write_to_log_group(
    target: dict[str, Any], event: dict[str, Any], rule: dict[str, Any], view: Any
) -> None:
    """Write the event as JSON into the log group, in a stream named after the rule."""
    from ministack.core.arn import parse_arn
    from ministack.services import cloudwatch_logs, eventbridge

    place = parse_arn(target["Arn"])
    group = place.resource.removeprefix("log-group:").removesuffix(":*")
    if not eventbridge._target_matches_request_scope(place) or group not in cloudwatch_logs._log_groups:
        _log.warning(
            "No log group %s for rule %s: the event is not delivered", target["Arn"], rule.get("Name")
        )
        return
    stream = {"logGroupName": group, "logStreamName": rule["Name"]}
    if rule["Name"] not in cloudwatch_logs._log_groups[group]["streams"]:
        cloudwatch_logs._create_log_stream(stream)
    whole_event = (view or eventbridge._pattern_event_view(event)).event_with_detail()
    cloudwatch_logs._put_log_events({**stream, "logEvents": [{"message": json.dumps(whole_event)}]})
