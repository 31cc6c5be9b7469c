"""Events that are expected: an alarm rings when one stops coming.

Zeros are not sent, so the absence of a value is what rings. An event is counted by a small rule of its own in
the stack of the service that owns it: rules of those who hear it stand in stacks that may not be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..bus.names import limited, resource_name
from ..bus.rules import pattern_for
from ..storm.gaps import longest_gap
from ..storm.model import Storm
from ..storm.spans import said
from ..storm.watching import expected_seconds
from .alarms import LONGEST_TITLE, alarm, alarm_name
from .names import logical_id
from .reasons import explained
from .resources import line, named_rule_arn, resource, target, written_by
from .stack import Template
from .watched import rule_metric

LONGEST_WATCHED_GAP = 345_600
"""Four days: an alarm looks back over a week at most (CloudWatch), and late is no silence yet."""

QUARTERS = 5
"""An event is missed once it is late by a quarter of the time between two."""


class Expected(NamedTuple):
    """An event that has to come again within so many seconds."""

    event: str
    seconds: int

    @property
    def watched(self) -> bool:
        """Whether an alarm can watch it at all."""
        return self.seconds <= LONGEST_WATCHED_GAP


def expected_events(storm: Storm, service: str) -> Iterator[Expected]:
    """The events of a service that are expected: those that say so, and those of a regular schedule."""
    for event in storm.relations.events_of_service.get(service, ()):
        wanted = storm.events[event].expected
        trigger = storm.triggers.get(event)
        seconds = expected_seconds(wanted) if wanted else None
        if seconds is None and trigger and trigger.schedule:
            seconds = longest_gap(trigger.schedule)
        if seconds is not None:
            yield Expected(event, seconds)


def watch_name(storm: Storm, service: str, event: str) -> str:
    """The name of the rule that counts an event; no other rule's name has a dot in it."""
    return limited(resource_name(storm, event, 55, service), 55) + ".expected"


def watch_arns(storm: Storm, service: str) -> list[Template]:
    """The ARNs of the rules that count the expected events of a service."""
    return [
        named_rule_arn(watch_name(storm, service, each.event))
        for each in expected_events(storm, service)
        if each.watched
    ]


def silence_alarms(storm: Storm, service: str) -> Template:
    """For each expected event of a service its rule and its alarm, and one queue that forgets at once."""
    made: Template = {}
    for event, seconds in (each for each in expected_events(storm, service) if each.watched):
        note, name = f"events/{event}", watch_name(storm, service, event)
        title = line(storm.events[event].name, LONGEST_TITLE)
        made[logical_id("Expects", event)] = resource(
            "AWS::Events::Rule",
            note,
            {
                "Name": name,
                "EventBusName": {"Ref": "BusName"},
                "EventPattern": pattern_for(storm, [event]),
                "State": "ENABLED",
                # Nothing of the event is kept: that it came is all that counts.
                "Targets": [target("counted", {"Fn::GetAtt": ["Counted", "Arn"]}, Input="{}")],
            },
        )
        quarter = max(60, -(-seconds // 240) * 60)
        made[logical_id("Silence", event)] = alarm(
            note,
            alarm_name(storm, note, title, "has stopped coming"),
            f"{title!r} is expected every {said(seconds)} and was not seen. Right after deploying it rings "
            "until the first has come. First look whether whoever puts it on the bus still runs.",
            rule_metric(name, "MatchedEvents"),
            seconds=quarter,
            periods=QUARTERS,
            silence_rings=True,
        )
    return made | _queue(f"services/{service}", watch_arns(storm, service)) if made else {}


def _queue(note: str, rule_arns: list[Template]) -> Template:
    """Where counted events go: a rule needs a target. A minute is the shortest a queue keeps (SQS)."""
    condition, because = written_by(rule_arns)
    statement = {
        "Sid": "Rules",
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": {"Fn::GetAtt": ["Counted", "Arn"]},
        "Condition": condition,
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    policy = resource(
        "AWS::SQS::QueuePolicy", note, {"Queues": [{"Ref": "Counted"}], "PolicyDocument": document}
    )
    return {
        "Counted": resource(
            "AWS::SQS::Queue",
            note,
            {"MessageRetentionPeriod": 60, "SqsManagedSseEnabled": True},
            DeletionPolicy="Delete",
            UpdateReplacePolicy="Delete",
        ),
        "CountedPolicy": explained(policy, because),
    }
