"""Every place where one thing of a storm mentions another, for removing and merging without loose ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .parts import Alternatives, Moment, Part, events_of
from .tasks import branching_tasks, with_events
from .timeline import moment_from, without_event

if TYPE_CHECKING:
    from .model import Storm

P = TypeVar("P", bound=Part)

_LISTS_OF_EVENTS = {
    "policies": ("when", "emits", "fails"),
    "entities": ("events",),
    "listeners": ("hears",),
}


def without_mentions(storm: Storm, section: str, gone: str) -> Storm:
    """The storm with every mention of a removed thing taken out."""
    if section == "events":
        storm = _map_lists(storm, lambda ids: [one for one in ids if one != gone])
        storm = storm.changed(
            timeline=without_event(storm.timeline, gone),
            triggers=_without(storm.triggers, gone),
            contracts=_without(storm.contracts, gone),
        )
    elif section == "entities":
        contexts = {
            key: _changed_lists(
                context, ("entities", "copies"), lambda ids: [one for one in ids if one != gone]
            )
            for key, context in storm.contexts.items()
        }
        storm = storm.changed(contexts=contexts)
    elif section == "contexts":
        storm = storm.changed(services=_cleared(storm.services, "context", gone))
    elif section == "services":
        storm = storm.changed(policies=_cleared(storm.policies, "service", gone))
    return storm.changed(
        hotspots=_cleared(storm.hotspots, "about", gone),
        decisions=_cleared(storm.decisions, "about", gone),
        board=_without_note(storm.board, f"{section}/{gone}"),
    )


def replace_event(storm: Storm, gone: str, keep: str) -> Storm:
    """The storm with every mention of one event meaning another instead."""

    def replaced(ids: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(keep if one == gone else one for one in ids))

    storm = _map_lists(storm, replaced)
    standing = keep in storm.relations.moment_of
    timeline = without_event(storm.timeline, gone) if standing else _renamed(storm.timeline, replaced)
    in_entity = False
    entities = {}
    for key, entity in storm.entities.items():
        here = keep in entity.events
        entities[key] = (
            entity.model_copy(update={"events": [one for one in entity.events if one != keep]})
            if here and in_entity
            else entity
        )
        in_entity = in_entity or here
    about = {
        section: {
            key: thing.model_copy(update={"about": keep}) if thing.about == gone else thing
            for key, thing in getattr(storm, section).items()
        }
        for section in ("hotspots", "decisions")
    }
    return storm.changed(
        timeline=timeline,
        entities=entities,
        triggers=_moved(storm.triggers, gone, keep),
        contracts=_moved(storm.contracts, gone, keep),
        board=_without_note(storm.board, f"events/{gone}"),
        **about,
    )


def _renamed(timeline: Iterable[Moment], replaced: Any) -> list[Moment]:
    return [moment_from(replaced(events_of(m)), isinstance(m, Alternatives)) for m in timeline]


def _map_lists(storm: Storm, change: Any) -> Storm:
    sections = {
        section: {key: _changed_lists(thing, keys, change) for key, thing in getattr(storm, section).items()}
        for section, keys in _LISTS_OF_EVENTS.items()
    }
    sections["policies"] = {
        key: policy.model_copy(update={"does": with_events(policy.does, change)})
        if any(way.emits for task in branching_tasks(policy.does) for way in task.branch or ())
        else policy
        for key, policy in sections["policies"].items()
    }
    return storm.changed(**sections)


def _changed_lists(thing: P, keys: Iterable[str], change: Any) -> P:
    changes = {}
    for key in keys:
        value = getattr(thing, key)
        if isinstance(value, list) and (after := change(value)) != value:
            changes[key] = after
    return thing.model_copy(update=changes) if changes else thing


def _without(things: Mapping[str, P], gone: str) -> dict[str, P]:
    return {key: thing for key, thing in things.items() if key != gone}


def _moved(things: Mapping[str, P], gone: str, keep: str) -> dict[str, P]:
    if keep in things or gone not in things:
        return _without(things, gone)
    return {keep if key == gone else key: thing for key, thing in things.items()}


def _cleared(things: Mapping[str, P], key: str, gone: str) -> dict[str, P]:
    def clear(thing: P) -> P:
        return type(thing).model_validate({k: v for k, v in thing.document().items() if k != key})

    return {name: clear(thing) if getattr(thing, key) == gone else thing for name, thing in things.items()}


def _without_note(board: dict[str, Any], key: str) -> dict[str, Any]:
    """The board without the place of a note, by its key, ``SECTION/ID``."""
    notes = board.get("notes", {})
    return {**board, "notes": {k: v for k, v in notes.items() if k != key}} if key in notes else board
