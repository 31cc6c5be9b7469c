"""Step 5, bounded contexts: homes of entities, and what is said across their borders."""

from __future__ import annotations

from collections.abc import Iterator

from ..coupling import crossings
from ..edits import Copy
from ..model import Storm
from .finding import Found, called, check, listed, quoted

STEP_5 = "“App 2025”, episode 1, step 5: bounded contexts"


@check(
    "entity-in-no-context",
    "warning",
    5,
    title="Every entity has a home",
    why="An entity outside every context belongs to no team and to no service.",
    remedy="Ask who answers for it, and put it into their context.",
    source=STEP_5,
)
def entity_in_no_context(storm: Storm) -> Iterator[Found]:
    """Entities that no context holds."""
    for key, entity in storm.entities.items():
        if key not in storm.relations.contexts_of:
            yield Found((f"entities/{key}",), f"{quoted(entity.title(key))} is in no context.")


@check(
    "entity-in-two-contexts",
    "error",
    5,
    title="An entity has one home only",
    why="Two teams would own its events, and only the first would deploy them.",
    remedy="Keep one home; the other context may keep a copy.",
    source=STEP_5,
)
def entity_in_two_contexts(storm: Storm) -> Iterator[Found]:
    """Entities that several contexts hold."""
    for key, contexts in storm.relations.contexts_of.items():
        if len(contexts) > 1 and key in storm.entities:
            names = [quoted(storm.contexts[context].title(context)) for context in contexts]
            title = quoted(storm.entities[key].title(key))
            yield Found((f"entities/{key}",), f"{title} is at home in {listed(names)}.")


@check(
    "empty-context",
    "note",
    5,
    title="A context has entities",
    why="A border around nothing protects nothing.",
    remedy="Put the entities in that its team answers for, or take it away.",
    source=STEP_5,
)
def empty_context(storm: Storm) -> Iterator[Found]:
    """Contexts without entities of their own."""
    for key, context in storm.contexts.items():
        if not context.entities:
            yield Found((f"contexts/{key}",), f"{quoted(context.title(key))} is the home of no entity.")


@check(
    "copy-at-home",
    "warning",
    5,
    title="A context copies only what belongs to another",
    why="A copy of its own entity is one more thing to keep in step, for nothing.",
    remedy="Give the copy up.",
    source="domain-driven design: a copy lowers coupling, at a price",
)
def copy_at_home(storm: Storm) -> Iterator[Found]:
    """Copies of entities in the very context that is their home."""
    for key, context in storm.contexts.items():
        for entity in dict.fromkeys(context.copies):
            if entity in context.entities and entity in storm.entities:
                title = quoted(storm.entities[entity].title(entity))
                yield Found(
                    (f"contexts/{key}", f"entities/{entity}"),
                    f"{quoted(context.title(key))} is the home of {title} and copies it.",
                    None,
                    Copy(entity=entity, context=key, keep=False),
                )


@check(
    "across-contexts",
    "note",
    5,
    title="Communication across contexts, counted",
    why="What crosses a border couples two teams: the aim is little of it, and all of it meant.",
    remedy="Ask whether an entity stands on the wrong side, or whether the two are one; or leave it so.",
    source="“App 2025”, episode 1: minimize communication across contexts, as it is tight coupling",
)
def across_contexts(storm: Storm) -> Iterator[Found]:
    """For each two contexts and each direction, the events of the one that policies of the other react to."""
    by_pair: dict[tuple[str, str], list[str]] = {}
    for crossing in crossings(storm):
        by_pair.setdefault((crossing.giver, crossing.taker), []).append(crossing.event)
    for (giver, taker), events in by_pair.items():
        names = [called(storm, event) for event in dict.fromkeys(events)]
        count = f"{len(names)} event{'s' if len(names) > 1 else ''}"
        titles = [quoted(storm.contexts[context].title(context)) for context in (taker, giver)]
        yield Found(
            (f"contexts/{giver}", f"contexts/{taker}"),
            f"{titles[0]} reacts to {count} of {titles[1]}: {listed(names)}.",
        )


CHECKS = (entity_in_no_context, entity_in_two_contexts, empty_context, copy_at_home, across_contexts)
