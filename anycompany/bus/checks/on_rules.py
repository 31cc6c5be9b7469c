"""Step 7, the bus: findings on rules and their targets, and on who listens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ...storm.checks.finding import Found, called, check, listed, quoted
from ...storm.edits import Change, Settings
from ...storm.ids import slug
from ...storm.model import Storm
from ..quotas import LONGEST_PATTERN
from ..rules import rules
from .patterns import fields_asked, filter_of, filters, has_wildcard

MOST_RULES = 300
"""Rules on one bus (EventBridge quota, adjustable); the archive's own rule is one of them."""

MOST_TARGETS = 5
"""Targets of one rule (EventBridge quota, fixed)."""

MOST_WILDCARD_RULES = 30
"""Rules with a wildcard on one bus (EventBridge quota)."""

LONGEST_DETAIL_TYPE = 128
"""Characters of a detail-type (EventBridge)."""

TALK_LISTENERS = "“App 2025”, episode 1: audit and security hear exactly what they want to see"


@check(
    "bus-v2",
    "error",
    7,
    title="The bus is of a kind that can be deployed",
    why="Stacks for the second generation of buses (`AWS::EventsV2`) are not written yet.",
    remedy="Set `bus: {kind: classic}`.",
    source="EventBridge: custom event buses, Classic and the generation of 2026",
)
def bus_v2(storm: Storm) -> Iterator[Found]:
    """A bus of kind v2, which the storm may say and the stacks cannot build."""
    if storm.bus.kind == "v2":
        classic = storm.bus.document() | {"kind": "classic"}
        fix = Settings(keys={"bus": classic})
        yield Found(("bus",), "The bus is to be of kind v2, for which there are no stacks yet.", None, fix)


@check(
    "listener-without-audience",
    "warning",
    7,
    title="A listener is for somebody",
    why="The stack of a listener belongs to its audience; without one nobody answers for what it keeps.",
    remedy="Say who hears it: `for: Audit`.",
    source=TALK_LISTENERS,
)
def listener_without_audience(storm: Storm) -> Iterator[Found]:
    """Listeners without ``for``."""
    for key, listener in storm.listeners.items():
        if not (listener.for_ or "").strip():
            yield Found((f"listeners/{key}",), f"{quoted(listener.title(key))} is for nobody.")


@check(
    "listener-hears-nothing",
    "warning",
    7,
    title="A listener hears something",
    why="It has no rule, and nothing is built for it.",
    remedy="Name the events it hears, or `all`.",
    source=TALK_LISTENERS,
)
def listener_hears_nothing(storm: Storm) -> Iterator[Found]:
    """Listeners that name no event."""
    for key, listener in storm.listeners.items():
        if not listener.hears:
            yield Found((f"listeners/{key}",), f"{quoted(listener.title(key))} hears no event.")


@check(
    "rule-for-everything",
    "warning",
    7,
    title="A rule for certain events names their source and detail-type",
    why="Whatever any service will ever put on the bus is compared with the filter, and may come through it.",
    remedy="Name the events in `hears` that the filter is meant for.",
    source="EventBridge best practices: event patterns as precise as possible, with source and detail-type",
)
def rule_for_everything(storm: Storm) -> Iterator[Found]:
    """Listeners that hear all events and then filter them by a field that only certain events have."""
    for key, listener in storm.listeners.items():
        pattern = filter_of(storm, key)
        if listener.hears != "all" or pattern is None:
            continue
        fields = {path.removeprefix("detail.") for path in fields_asked(pattern)}
        meant = [
            event
            for event, contract in storm.contracts.items()
            if event in storm.events and fields and fields <= contract.fields_.keys()
        ]
        asked = listed([quoted(field) for field in sorted(fields)])
        yield Found(
            (f"listeners/{key}",),
            f"{quoted(listener.title(key))} filters by {asked}, but hears all events.",
            f"Let it hear {listed([called(storm, event) for event in meant])}." if meant else None,
            Change(of="listeners", id=key, keys={"hears": meant}) if meant else None,
        )


@check(
    "too-many-rules",
    "error",
    7,
    title=f"A bus has at most {MOST_RULES} rules",
    why="The stack that would add one more fails.",
    remedy="Ask AWS to raise the quota (then dismiss this), or give a part of the business a bus of its own.",
    source=f"EventBridge quota: {MOST_RULES} rules per event bus, adjustable; an archive takes one",
)
def too_many_rules(storm: Storm) -> Iterator[Found]:
    """More rules on the bus than the quota."""
    count = sum(rule.bus == "own" for rule in rules(storm)) + 1
    if count > MOST_RULES:
        yield Found(("bus",), f"The bus would have {count} rules.")


@check(
    "too-many-wildcards",
    "error",
    7,
    title=f"At most {MOST_WILDCARD_RULES} rules of a bus have a wildcard",
    why="The stack that would add one more fails.",
    remedy="Use prefix or suffix where they say the same.",
    source=f"EventBridge quota: {MOST_WILDCARD_RULES} wildcard rules per event bus",
)
def too_many_wildcards(storm: Storm) -> Iterator[Found]:
    """More rules with wildcards than the quota."""
    wild = sum(has_wildcard(pattern) for _, pattern in filters(storm))
    if wild > MOST_WILDCARD_RULES:
        yield Found(("bus",), f"{wild} listeners filter by wildcards.")


@check(
    "long-pattern",
    "error",
    7,
    title=f"An event pattern has at most {LONGEST_PATTERN:,} characters",
    why="CloudFormation cannot create the rule.",
    remedy="React to fewer events, or split it into two.",
    source=f"EventBridge quota: event pattern size {LONGEST_PATTERN:,} characters",
)
def long_pattern(storm: Storm) -> Iterator[Found]:
    """Rules whose pattern is too long, mostly as they name too many events."""
    for rule in rules(storm):
        size = len(json.dumps(rule.pattern, ensure_ascii=False, separators=(",", ":"), default=str))
        if size > LONGEST_PATTERN:
            what = f"The pattern of {rule.id!r} has {size:,} characters: it hears {len(rule.hears)} events."
            yield Found((rule.note,), what)


@check(
    "more-than-five-targets",
    "note",
    7,
    title=f"An event for more than {MOST_TARGETS} hearers",
    why=f"One rule has {MOST_TARGETS} targets at most. Here each hearer has a rule of its own, which works; "
    "but so much interest in one event is worth a word.",
    remedy="For an audience of many, let them share a topic: one listener with `to: topic` fans out.",
    source=f"EventBridge quota: {MOST_TARGETS} targets per rule; “App 2025”, episode 1: a topic fans out",
)
def more_than_five_targets(storm: Storm) -> Iterator[Found]:
    """Events that more policies and listeners hear than one rule has targets."""
    for event in storm.events:
        policies = storm.relations.hearers_of.get(event, ())
        listeners = storm.relations.listeners_of.get(event, ())
        count = len(policies) + len(listeners)
        if count > MOST_TARGETS:
            what = f"{called(storm, event)} has {count} hearers: {listed([*policies, *listeners])}."
            yield Found((f"events/{event}",), what)


@check(
    "one-name-in-aws",
    "error",
    7,
    title="No two workflows want one name in AWS",
    why="Names are made of the service's id and the policy's; the second stack would fail on a taken name.",
    remedy="Choose another id for one of the policies or services.",
    source="EventBridge, Step Functions: names of rules and state machines are unique in account and region",
)
def one_name_in_aws(storm: Storm) -> Iterator[Found]:
    """Workflows whose service and id, joined by a hyphen, are the same."""
    by_name: dict[str, list[str]] = {}
    for rule in rules(storm):
        if rule.section != "listeners" and rule.home:
            by_name.setdefault(f"{rule.home}-{rule.id}", []).append(rule.note)
    for name, notes in by_name.items():
        if len(notes) > 1:
            yield Found(tuple(notes), f"{listed(notes)} would both be called {name}.")


@check(
    "one-address-for-two",
    "error",
    7,
    title="Two events differ in source or detail-type",
    why="On the bus they would be one event, and in the schema registry one would overwrite the other.",
    remedy="Give one of the contracts another `detail-type`.",
    source="EventBridge: rules tell events apart by source and detail-type; schema names take . - _ @",
)
def one_address_for_two(storm: Storm) -> Iterator[Found]:
    """Events with one source and one detail-type, as the schema registry would spell them."""
    by_address: dict[str, list[str]] = {}
    for event, (source, detail_type) in storm.relations.address_of.items():
        spelt = re.sub(r"[^A-Za-z0-9._@-]+", "-", f"{source}@{detail_type}")
        by_address.setdefault(spelt, []).append(event)
    for spelt, events in by_address.items():
        if len(events) > 1:
            names = listed([called(storm, event) for event in events])
            where = tuple(f"events/{event}" for event in events)
            yield Found(where, f"{names} are one event on the bus: {quoted(spelt, 128)}.")


@check(
    "long-detail-type",
    "warning",
    7,
    title=f"A name becomes a detail-type of at most {LONGEST_DETAIL_TYPE} characters",
    why="What is longer is cut off, and the bus no longer says what the note says.",
    remedy="Shorten the name, or give its contract a `detail-type`.",
    source=f"EventBridge: detail-type up to {LONGEST_DETAIL_TYPE} characters",
)
def long_detail_type(storm: Storm) -> Iterator[Found]:
    """Events whose name, as it is written on the bus, is cut off."""
    for event, said in storm.events.items():
        contract = storm.contracts.get(event)
        if len(said.name) <= LONGEST_DETAIL_TYPE // 4 or (contract and contract.detail_type):
            continue
        size = len(slug(said.name))
        if size > LONGEST_DETAIL_TYPE:
            yield Found(
                (f"events/{event}",),
                f"{called(storm, event)} would have a detail-type of {size:,} characters.",
            )


CHECKS = (
    bus_v2,
    listener_without_audience,
    listener_hears_nothing,
    rule_for_everything,
    too_many_rules,
    too_many_wildcards,
    long_pattern,
    more_than_five_targets,
    one_name_in_aws,
    one_address_for_two,
    long_detail_type,
)
