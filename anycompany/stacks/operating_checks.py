"""Findings on what watches a storm: what cannot be watched, and what is more than AWS has room for."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..bus.quotas import RULES
from ..bus.rules import rules
from ..storm.checks.finding import Check, Found, check, quoted
from ..storm.guesses import with_guesses
from ..storm.model import Storm
from ..storm.watching import expected_seconds
from .dashboard import LARGEST_BODY, MOST_METRICS, MOST_WIDGETS, widgets_of
from .rates import LIMITS
from .silence import LONGEST_WATCHED_GAP, expected_events
from .synth import synth

MOST_ALARMS = 5_000
"""Alarms in an account and region (CloudWatch quota, adjustable)."""


@check(
    "expected-not-watched",
    "warning",
    7,
    title="An event that is expected can be watched",
    why="Nobody would be told when the event stops coming.",
    remedy="Give the event's entity a home that has a service, or expect it at least every four days.",
    source="Amazon CloudWatch: an alarm looks back over seven days at most",
)
def expected_not_watched(storm: Storm) -> Iterator[Found]:
    """Find events that are expected, but too rarely for an alarm, or that no service owns."""
    for key, event in storm.events.items():
        if event.expected is None:
            continue
        if expected_seconds(event.expected) > LONGEST_WATCHED_GAP:
            yield Found((f"events/{key}",), f"{quoted(event.name)} is expected only {event.expected}.")
        elif storm.services and storm.relations.owner_of(key) not in storm.services:
            yield Found(
                (f"events/{key}",), f"No service owns {quoted(event.name)}, so no stack can watch it."
            )


@check(
    "rate-is-no-evidence",
    "note",
    7,
    title="Whoever is told of a rate knows what it is worth",
    why=f"An alarm counts what a rule cannot. {LIMITS}",
    remedy="Keep the events too, to: log or to: queue, and count per customer where they are kept.",
    source="Amazon EventBridge: metrics are delivered on a best-effort basis",
)
def rate_is_no_evidence(storm: Storm) -> Iterator[Found]:
    """Say of every rate what it cannot do."""
    for key, listener in storm.listeners.items():
        if limit := listener.more_than:
            what = f"{quoted(listener.title(key))} rings at more than {limit.count} in {limit.within}."
            yield Found((f"listeners/{key}",), what)


@check(
    "rules-with-watching",
    "warning",
    7,
    title="The bus has room for the rules that count expected events",
    why=f"A bus has {RULES.limit:.0f} rules unless AWS raises that; a stack whose rule has no room fails.",
    remedy="Expect fewer events, or ask AWS for more rules on the bus.",
    source=RULES.source,
)
def rules_with_watching(storm: Storm) -> Iterator[Found]:
    """Find a bus that is full only because of the rules that count."""
    guessed = with_guesses(storm)
    heard = sum(rule.bus == "own" for rule in rules(guessed))
    watching = sum(each.watched for service in guessed.services for each in expected_events(guessed, service))
    if watching and heard <= RULES.limit < heard + watching:
        yield Found(("bus",), f"{heard} rules hear events, and {watching} count those that are expected.")


_SURELY_SHOWN = 80
"""Policies and listeners that a dashboard has room for however long their names are."""


@check(
    "dashboard-not-whole",
    "note",
    7,
    title="The dashboard shows everything",
    why=f"CloudWatch shows {MOST_WIDGETS} widgets and {MOST_METRICS:,} metrics on a dashboard, and its text "
    f"has to stand in one template: {LARGEST_BODY:,} bytes.",
    remedy="Look at what is left out by its service, or split the storm.",
    source="Amazon CloudWatch quotas: dashboards",
)
def dashboard_not_whole(storm: Storm) -> Iterator[Found]:
    """Find a storm of which the dashboard leaves something out."""
    guessed = with_guesses(storm)
    if len(guessed.policies) + len(guessed.listeners) < _SURELY_SHOWN:
        return
    stacks = synth(guessed).stacks
    shown = json.loads(stacks[0].template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"])
    if (left := len(widgets_of(guessed, stacks)) - len(shown["widgets"])) > 0:
        yield Found(("bus",), f"The dashboard has no room for {left} of its graphs.")


@check(
    "too-many-alarms",
    "note",
    7,
    title="The account has room for all alarms",
    why=f"An account has {MOST_ALARMS:,} alarms in a region unless AWS raises that.",
    remedy="Ask AWS for more alarms, or split the storm over accounts.",
    source="Amazon CloudWatch quotas: alarms",
)
def too_many_alarms(storm: Storm) -> Iterator[Found]:
    """Find a storm that alone has more alarms than an account."""
    guessed = with_guesses(storm)
    if 5 * (len(guessed.policies) + len(guessed.listeners) + len(guessed.events)) < MOST_ALARMS:
        return
    count = sum(
        one["Type"] == "AWS::CloudWatch::Alarm"
        for stack in synth(guessed).stacks
        for one in stack.template["Resources"].values()
    )
    if count > MOST_ALARMS:
        yield Found(("bus",), f"The storm has {count:,} alarms.")


CHECKS: tuple[Check, ...] = (
    expected_not_watched,
    rate_is_no_evidence,
    rules_with_watching,
    dashboard_not_whole,
    too_many_alarms,
)
"""Every check of what watches a storm."""
