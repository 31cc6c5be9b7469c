"""References to nothing: one check for each section of the storm that mentions others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from ..edits import SINGULAR, Change, Section
from ..model import Storm
from ..parts import events_of
from .finding import Check, Found, Severity, check

if TYPE_CHECKING:
    from collections.abc import Callable

Mentions = Iterator[tuple[str, str, str]]
"""Each mention as (whose key, under which of its keys, the id mentioned)."""


MOST_GUESSES = 100
"""Findings of one check that guess what was meant; where more is missing, something else went wrong."""


def _nearest(missing: str, there: list[str]) -> str | None:
    from rapidfuzz import fuzz, process

    found = process.extractOne(missing, there, scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


def _repaired(storm: Storm, section: str, mention: tuple[str, str, str], near: str | None) -> Change | None:
    """The edit that says the nearest id instead, where it is a matter of one key."""
    key, field, missing = mention
    if near is None or section not in SINGULAR or not field:
        return None
    said = getattr(getattr(storm, section)[key], field)
    if isinstance(said, list):
        said = list(dict.fromkeys(near if one == missing else one for one in said))
    else:
        said = near
    return Change(of=cast("Section", section), id=key, keys={field: said})


def _dangling(
    section: str, step: int, target: str, mentions: Callable[[Storm], Mentions], severity: Severity = "error"
) -> Check:
    """The check that what ``section`` mentions is there; ``target`` is the section it should be in."""

    @check(
        f"{section}-mention-{target}",
        severity,
        step,
        title=f"`{section}` mention only {target} that are there",
        why="A reference to nothing is a rule that never matches, or a workflow that is never built.",
        remedy="Correct the id, or add what is missing.",
        source="the file format: things are mentioned by their ids",
    )
    def find(storm: Storm) -> Iterator[Found]:
        there = _ids(storm, target)
        choices = list(there)
        lost = (mention for mention in mentions(storm) if mention[2] not in there)
        for number, (key, field, missing) in enumerate(lost):
            near = _nearest(missing, choices) if number < MOST_GUESSES else None
            place = "/".join(part for part in (section, key, field, missing) if part)
            what = f"There is no {_NOUNS[target]} {missing!r}."
            remedy = f"Did you mean {near!r}? Otherwise add it." if near else None
            yield Found((place,), what, remedy, _repaired(storm, section, (key, field, missing), near))

    return find


_NOUNS = {
    "events": "event",
    "entities": "entity",
    "contexts": "context",
    "services": "service",
    "things": "thing",
}


def _ids(storm: Storm, target: str) -> Collection[str]:
    if target != "things":
        return dict.fromkeys(getattr(storm, target))
    return dict.fromkeys(key for section in SINGULAR for key in getattr(storm, section))


def _in_timeline(storm: Storm) -> Mentions:
    return (("", "", event) for moment in storm.timeline for event in events_of(moment))


def _in_triggers(storm: Storm) -> Mentions:
    return (("", "", event) for event in storm.triggers)


def _in_contracts(storm: Storm) -> Mentions:
    return (("", "", event) for event in storm.contracts)


def _in_policies(storm: Storm) -> Mentions:
    for key, policy in storm.policies.items():
        for field in ("when", "emits", "fails"):
            yield from ((key, field, event) for event in getattr(policy, field))


def _services_in_policies(storm: Storm) -> Mentions:
    return ((key, "service", said.service) for key, said in storm.policies.items() if said.service)


def _in_entities(storm: Storm) -> Mentions:
    return ((key, "events", event) for key, said in storm.entities.items() for event in said.events)


def _in_contexts(storm: Storm) -> Mentions:
    for key, context in storm.contexts.items():
        for field in ("entities", "copies"):
            yield from ((key, field, entity) for entity in getattr(context, field))


def _in_services(storm: Storm) -> Mentions:
    return ((key, "context", said.context) for key, said in storm.services.items() if said.context)


def _in_listeners(storm: Storm) -> Mentions:
    for key, listener in storm.listeners.items():
        yield from ((key, "hears", event) for event in listener.hears if listener.hears != "all")


def _in_hotspots(storm: Storm) -> Mentions:
    return ((key, "about", said.about) for key, said in storm.hotspots.items() if said.about)


def _in_decisions(storm: Storm) -> Mentions:
    return ((key, "about", said.about) for key, said in storm.decisions.items() if said.about)


CHECKS = (
    _dangling("hotspots", 1, "things", _in_hotspots, "warning"),
    _dangling("decisions", 1, "things", _in_decisions, "warning"),
    _dangling("timeline", 2, "events", _in_timeline),
    _dangling("triggers", 3, "events", _in_triggers),
    _dangling("policies", 3, "events", _in_policies),
    _dangling("entities", 4, "events", _in_entities),
    _dangling("contexts", 5, "entities", _in_contexts),
    _dangling("services", 6, "contexts", _in_services),
    _dangling("policies", 6, "services", _services_in_policies),
    _dangling("listeners", 7, "events", _in_listeners),
    _dangling("contracts", 8, "events", _in_contracts),
)
