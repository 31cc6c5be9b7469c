"""Notes that say the same under two ids, and the edit that joins them: offered, never done unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from . import edits as e
from .apply import entry
from .checks.duplicates import meanings
from .errors import EditError
from .ids import slug
from .model import Storm

Joined = Literal["events", "entities", "contexts", "hotspots"]
"""Sections in which two entries can be joined."""

_SECTIONS: tuple[Joined, ...] = ("events", "entities", "contexts", "hotspots")


@dataclass(frozen=True)
class Alike:
    """Two entries that may mean the same: the one to keep, the other, what they are called, and why."""

    section: Joined
    keep: str
    gone: str
    names: tuple[str, str]
    why: str


def alike(storm: Storm) -> list[Alike]:
    """Entries that have one name, or names that mean the same; each is offered once, with the first.

    A pair that somebody has dismissed as a finding, with a reason, is not offered.
    """
    return [pair for pair in (*_of_one_name(storm), *_of_one_meaning(storm)) if not _dismissed(storm, pair)]


def joining(storm: Storm, section: str, keep: str, gone: str) -> e.AnyEdit:
    """The edit that makes two entries one.

    Raises ``EditError`` where an entry is not there, or entries of the section cannot be joined.
    """
    if section not in _SECTIONS:
        raise EditError(
            f"Entries of {section!r} cannot be joined.",
            section,
            "Events, entities, contexts and hot spots can.",
        )
    if keep == gone:
        raise EditError("A thing cannot be joined with itself.", f"{section}/{keep}", "Name two.")
    kept, other = entry(storm, section, keep), entry(storm, section, gone)
    if section == "events":
        return e.Merge(keep=keep, gone=gone)
    edits: list[e.AnyEdit] = []
    if section == "entities":
        edits += [e.Assign(of="events", id=event, to=keep) for event in other.events]
        for context, thing in storm.contexts.items():
            if gone in thing.copies and keep not in (*thing.copies, *thing.entities):
                edits.append(e.Copy(entity=keep, context=context))
    elif section == "contexts":
        edits += [e.Assign(of="entities", id=entity, to=keep) for entity in other.entities]
        copied = {*kept.entities, *other.entities, *kept.copies}
        edits += [e.Copy(entity=one, context=keep) for one in other.copies if one not in copied]
        edits += [
            e.Change(of="services", id=key, keys={"context": keep})
            for key, service in storm.services.items()
            if service.context == gone
        ]
    else:
        edits += [e.Vote(hotspot=keep, who=who) for who in other.votes if who not in kept.votes]
    return e.Batch(edits=[*edits, e.Remove(of=cast("e.Section", section), id=gone)])


def _of_one_name(storm: Storm) -> Iterator[Alike]:
    for section in _SECTIONS:
        first: dict[str, str] = {}
        for key in getattr(storm, section):
            name = _name(storm, section, key)
            said = slug(name[:500]) or name[:500].strip()
            kept = first.setdefault(said, key)
            if kept != key and said:
                yield Alike(section, kept, key, (_name(storm, section, kept), name), "They have one name.")


def _of_one_meaning(storm: Storm) -> Iterator[Alike]:
    """Events of one context, with those of none: two contexts may mean two things by words that are alike."""
    by_context: dict[str | None, list[str]] = {}
    for event in storm.events:
        by_context.setdefault(storm.relations.context_of(event), []).append(event)
    homeless = by_context.pop(None, [])
    told: set[tuple[str, str]] = set()
    for events in ([*those, *homeless] for those in by_context.values() or [[]]):
        first: dict[tuple[str, ...], str] = {}
        for event, meaning in meanings(storm, events).items():
            kept = first.setdefault(meaning, event)
            names = (storm.events[kept].name, storm.events[event].name)
            if kept == event or not meaning or slug(names[0][:500]) == slug(names[1][:500]):
                continue
            if (kept, event) not in told:
                told.add((kept, event))
                yield Alike("events", kept, event, names, "Their names may mean the same.")


def _name(storm: Storm, section: str, identifier: str) -> str:
    thing = getattr(storm, section)[identifier]
    return str(
        thing.text if section == "hotspots" else getattr(thing, "name", None) or thing.title(identifier)
    )


def _dismissed(storm: Storm, pair: Alike) -> bool:
    places = f"{pair.section}/{pair.keep},{pair.section}/{pair.gone}"
    return any(finding.partition(":")[2] == places for finding in storm.dismissed)
