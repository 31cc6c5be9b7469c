"""Step 4, entities and aggregates: every event in exactly one, under one name."""

from __future__ import annotations

from collections.abc import Iterator

from ..edits import Merge
from ..ids import slug
from ..model import Storm
from .finding import Found, called, check, listed, quoted

STEP_4 = "“App 2025”, episode 1, step 4: entities, a hive of hexagons, each event in one"


@check(
    "event-in-no-entity",
    "warning",
    4,
    title="Every event belongs to an entity",
    why="Through its entity an event finds its context, its service and its owner; without one it has none.",
    remedy="Ask which thing of the business it happens to.",
    source=STEP_4,
)
def event_in_no_entity(storm: Storm) -> Iterator[Found]:
    """Events that no entity holds."""
    for event in storm.events:
        if event not in storm.relations.entities_of:
            yield Found((f"events/{event}",), f"{called(storm, event)} is in no entity.")


@check(
    "event-in-two-entities",
    "error",
    4,
    title="An event belongs to one entity only",
    why="It would have two owners, and only the first would be deployed.",
    remedy="Keep it where it happens; the other entity can hear it.",
    source=STEP_4,
)
def event_in_two_entities(storm: Storm) -> Iterator[Found]:
    """Events that several entities hold."""
    for event, entities in storm.relations.entities_of.items():
        if len(entities) > 1 and event in storm.events:
            names = [quoted(storm.entities[entity].title(entity)) for entity in entities]
            yield Found((f"events/{event}",), f"{called(storm, event)} is in {listed(names)}.")


@check(
    "empty-entity",
    "note",
    4,
    title="An entity has events",
    why="A thing to which nothing ever happens is a word, not an entity.",
    remedy="Name what happens to it, or take it away.",
    source="domain-driven design: an entity has a life of its own",
)
def empty_entity(storm: Storm) -> Iterator[Found]:
    """Entities without events."""
    for key, entity in storm.entities.items():
        if not entity.events:
            yield Found((f"entities/{key}",), f"Nothing happens to {quoted(entity.title(key))}.")


@check(
    "same-name",
    "warning",
    4,
    title="Two events have two names",
    why="On the bus they would differ by an id that nobody says aloud.",
    remedy="Merge them if they mean the same; if not, say in the names what tells them apart.",
    source="“App 2025”, episode 1: duplicates are welcome in discovery, and sorted out afterwards",
)
def same_name(storm: Storm) -> Iterator[Found]:
    """Events whose names are the same on the bus."""
    by_name: dict[str, list[str]] = {}
    for event, said in storm.events.items():
        by_name.setdefault(slug(said.name[:500]) or said.name[:500].strip(), []).append(event)
    for name, events in by_name.items():
        for event in events[1:] if name else ():
            yield Found(
                (f"events/{events[0]}", f"events/{event}"),
                f"Two events are called {called(storm, event)}.",
                None,
                Merge(keep=events[0], gone=event),
            )


CHECKS = (event_in_no_entity, event_in_two_entities, empty_entity, same_name)
