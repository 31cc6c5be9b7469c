"""Listeners that ring when they hear too much: more than so many events within a time.

A rule looks at one event at a time and cannot count; an alarm on the rule's metric does. It counts everyone's
events together, and metrics are best effort: an alarm draws attention, it proves nothing.
"""

from __future__ import annotations

from ..bus.names import rule_name
from ..bus.rules import Rule
from ..storm.model import Storm
from .alarms import alarm, alarm_name
from .names import logical_id
from .resources import resource
from .stack import Template
from .watched import rule_metric, title_of

LIMITS = (
    "It counts everyone together, not one customer or one account, and metrics are best effort: "
    "it is no audit evidence."
)
"""What an alarm of a rate cannot do, in words for whoever relies on it."""


def rate_alarm(storm: Storm, rule: Rule) -> Template:
    """The alarm of a listener that says ``more-than``, and the topic that it rings; else nothing."""
    limit = storm.listeners[rule.id].more_than
    if limit is None:
        return {}
    title, topic = title_of(storm, rule), logical_id("Rung", rule.id)
    what = f"more than {limit.count} in {limit.within}"
    return {
        topic: resource("AWS::SNS::Topic", rule.note, {}),
        logical_id("Rate", rule.id): alarm(
            rule.note,
            alarm_name(storm, rule.note, title, what),
            f"{title!r} heard {what}. First look at what it heard in that time for what they have in common. "
            + LIMITS,
            rule_metric(rule_name(storm, rule), "MatchedEvents"),
            more_than=limit.count,
            seconds=limit.seconds,
            topic={"Ref": topic},
        ),
    }


def rate_output(storm: Storm, rule: Rule) -> Template:
    """Where to subscribe to hear a listener ring."""
    if storm.listeners[rule.id].more_than is None:
        return {}
    said = {"Description": f"Where {rule.id} rings", "Value": {"Ref": logical_id("Rung", rule.id)}}
    return {logical_id("WhereRings", rule.id): said}
