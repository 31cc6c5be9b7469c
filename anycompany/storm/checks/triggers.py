"""Step 3, trigger detection: what starts an event, and policies that do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from ..edits import Change, SetTrigger
from ..model import Storm
from ..schedule import fault_in
from .finding import Found, called, check, listed, quoted

MOST_ENTRIES = 10
"""Events in one PutEvents call (EventBridge quota)."""

STEP_3 = "“App 2025”, episode 1, step 3: trigger detection"


@check(
    "nothing-starts",
    "warning",
    3,
    title="Every event is started by somebody or something",
    why="What nothing starts will never be seen on the bus.",
    remedy="Name the actor and the command, the outside system, the schedule, or the policy that emits it.",
    source=STEP_3,
)
def nothing_starts(storm: Storm) -> Iterator[Found]:
    """Events without a trigger that no policy emits."""
    for event in storm.events:
        if event not in storm.triggers and event not in storm.relations.emitters_of:
            yield Found((f"events/{event}",), f"Nothing starts {called(storm, event)}.")


@check(
    "started-twice",
    "warning",
    3,
    title="What a policy emits needs no other trigger",
    why="An event with two origins is two facts under one name, and nobody can say which of them happened.",
    remedy="Take the trigger away, or name the two events differently.",
    source="the file format: a step-3 trigger is stored once",
)
def started_twice(storm: Storm) -> Iterator[Found]:
    """Events that have a trigger and are emitted by a policy too."""
    for event in storm.triggers:
        emitters = storm.relations.emitters_of.get(event)
        if emitters and event in storm.events:
            by = listed([quoted(storm.policies[policy].title(policy)) for policy in emitters])
            what = f"{called(storm, event)} has a trigger of its own, but {by} emits it."
            yield Found((f"triggers/{event}",), what, None, SetTrigger(event=event, trigger=None))


@check(
    "schedule",
    "error",
    3,
    title="A schedule is an expression that EventBridge Scheduler takes",
    why="The service's stack would fail on it.",
    remedy="Write rate(1 day), cron(0 3 * * ? *) or at(2026-03-01T09:00:00); put the words into `says`.",
    source="EventBridge Scheduler user guide, schedule types",
)
def schedule(storm: Storm) -> Iterator[Found]:
    """Schedules that AWS would refuse, and why."""
    for event, trigger in storm.triggers.items():
        if trigger.schedule is not None and (fault := fault_in(trigger.schedule)):
            yield Found((f"triggers/{event}",), f"{quoted(trigger.schedule)} is no schedule: {fault}.")


@check(
    "aws-trigger",
    "warning",
    3,
    title="An event of AWS has a source that begins with aws.",
    why="On the account's default bus only AWS services speak, and their sources begin with `aws.`.",
    remedy="Write the service's source, such as aws.s3; for a partner or another system use `external`.",
    source="EventBridge user guide, events from AWS services",
)
def aws_trigger(storm: Storm) -> Iterator[Found]:
    """``aws`` triggers whose source no AWS service has."""
    for event, trigger in storm.triggers.items():
        if trigger.aws and not trigger.aws.source.startswith("aws."):
            yield Found(
                (f"triggers/{event}",), f"{quoted(trigger.aws.source)} is not the source of an AWS service."
            )


@check(
    "policy-hears-nothing",
    "warning",
    3,
    title="A policy reacts to something",
    why="A policy is “whenever …, then …”; without the first half nothing ever runs it.",
    remedy="Say which event it reacts to.",
    source="EventStorming glossary: policy",
)
def policy_hears_nothing(storm: Storm) -> Iterator[Found]:
    """Policies without ``when``."""
    for key, policy in storm.policies.items():
        if not policy.when:
            yield Found((f"policies/{key}",), f"{quoted(policy.title(key))} reacts to no event.")


@check(
    "policy-does-nothing",
    "warning",
    3,
    title="A policy does something",
    why="A workflow without work and without an event to emit costs money and changes nothing.",
    remedy="Say what it does, or what it emits.",
    source="EventStorming glossary: policy",
)
def policy_does_nothing(storm: Storm) -> Iterator[Found]:
    """Policies that neither do nor emit anything."""
    for key, policy in storm.policies.items():
        if not (policy.does or policy.emits or policy.fails):
            yield Found((f"policies/{key}",), f"{quoted(policy.title(key))} does nothing and emits nothing.")


@check(
    "same-outcome",
    "warning",
    3,
    title="Success and failure are different events",
    why="Whoever hears the event cannot tell whether the work was done.",
    remedy="Keep it on one side, and name the other outcome.",
    source="“App 2025”, episode 1: Payment Succeeded or Payment Failed",
)
def same_outcome(storm: Storm) -> Iterator[Found]:
    """Events that a policy emits both when its work succeeds and when it fails."""
    for key, policy in storm.policies.items():
        for event in dict.fromkeys(policy.fails):
            if event in policy.emits:
                kept = [one for one in policy.fails if one != event]
                what = f"emits {called(storm, event)} whether its work succeeds or fails."
                yield Found(
                    (f"policies/{key}", f"events/{event}"),
                    f"{quoted(policy.title(key))} {what}",
                    None,
                    Change(of="policies", id=key, keys={"fails": kept or None}),
                )


@check(
    "many-outputs",
    "warning",
    3,
    title=f"A policy emits at most {MOST_ENTRIES} events at once",
    why="They take several calls, and when a later call fails the earlier events are already on the bus.",
    remedy="Emit one event that says it all, or let several policies do the work.",
    source=f"EventBridge quota: {MOST_ENTRIES} entries in one PutEvents call",
)
def many_outputs(storm: Storm) -> Iterator[Found]:
    """Policies with more outputs on one side than one PutEvents call takes."""
    for key, policy in storm.policies.items():
        most = max(len(policy.emits), len(policy.fails))
        if most > MOST_ENTRIES:
            yield Found((f"policies/{key}",), f"{quoted(policy.title(key))} emits {most} events at once.")


CHECKS = (
    nothing_starts,
    started_twice,
    schedule,
    aws_trigger,
    policy_hears_nothing,
    policy_does_nothing,
    same_outcome,
    many_outputs,
)
