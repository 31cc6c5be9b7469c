"""The tables of step 5: what crosses the borders, what moving an entity would do, and other borders."""

from __future__ import annotations

from ..storm import coupling as measured
from ..storm.boundaries import suggested_boundaries
from ..storm.model import Storm
from .table import Cell, Table

MOST_MOVES = 100
"""Moves that are tried: first those to where an entity's events are heard."""


def coupling(storm: Storm) -> Table:
    """How tightly the contexts are coupled, in numbers: the lower, the looser."""
    if not storm.contexts:
        return Table(
            "Coupling", ("part", "value", "meaning"), (), "No context yet: nothing can cross a border."
        )
    found = measured.coupling(storm)
    guessed = "; policies are guessed from the order, as step 3 was skipped" if found.guessed else ""
    crossed = f"{len(found.crossings)} of {found.reactions} reactions cross a border{guessed}"
    rows: tuple[tuple[Cell, ...], ...] = (
        ("communication", found.communication, crossed),
        ("size", found.size, "how much sits in one place; 1 is one giant context"),
        ("copies", found.copies, "copies of others' entities, for each entity"),
        ("score", found.score, "all of it together"),
    )
    return Table("Coupling", ("part", "value", "meaning"), rows)


def crossings(storm: Storm) -> Table:
    """Which events cross a border, and for whom."""
    rows = tuple(
        (
            storm.events[crossing.event].name,
            storm.contexts[crossing.giver].title(crossing.giver),
            storm.contexts[crossing.taker].title(crossing.taker),
            _policy(storm, crossing.policy),
            crossing.copied,
        )
        for crossing in measured.coupling(storm).crossings
    )
    columns = ("event", "from", "to", "for policy", "served by a copy")
    return Table("What crosses a border", columns, rows, "Nothing crosses a border.")


def moves(storm: Storm) -> Table:
    """What moving entities to other contexts would do to the score; the loosest first."""
    relations = storm.relations
    pairs = [
        (e, c) for e in storm.entities for c in storm.contexts if c not in relations.contexts_of.get(e, ())
    ]
    heard = {(relations.entity_of(found.event), found.taker) for found in measured.crossings(storm)}
    pairs.sort(key=lambda pair: pair not in heard)
    weighed = (measured.what_if(storm, *pair) for pair in pairs[:MOST_MOVES])
    tried = sorted(weighed, key=lambda move: move.change)
    rows = tuple(
        (
            storm.entities[move.entity].title(move.entity),
            storm.contexts[move.context].title(move.context),
            len(move.after.crossings),
            move.after.score,
            f"{move.change:+.3f}",
            "looser" if move.change < -1e-9 else "tighter" if move.change > 1e-9 else "the same",
        )
        for move in tried
    )
    columns = ("if this entity", "moved to", "crossings", "score", "change", "which is")
    title = f"What if, for {len(rows)} of {len(pairs)} possible moves"
    return Table(title, columns, rows, "Two contexts and an entity are needed before anything can move.")


def boundaries(storm: Storm) -> Table:
    """The best borders found, with their reasons, for the team to argue with."""
    rows: list[tuple[Cell, ...]] = []
    for number, suggestion in enumerate(suggested_boundaries(storm), 1):
        inside = "; ".join(
            f"{context}: {', '.join(entities) or 'nothing'}"
            for context, entities in suggestion.contexts.items()
        )
        rows.append(
            (
                number,
                inside,
                suggestion.after.score,
                f"{suggestion.change:+.3f}",
                " ".join(suggestion.reasons),
            )
        )
    columns = ("number", "contexts", "score", "change", "because")
    empty = "No borders were found that couple less than these."
    return Table("Other borders, as advice", columns, tuple(rows), empty)


def _policy(storm: Storm, policy: str) -> str:
    return storm.policies[policy].title(policy) if policy in storm.policies else f"{policy} (guessed)"
