"""Coupling: what crosses the borders of the bounded contexts, measured, and what a change would do to it.

All of it is advice: the organization's own words decide (see ``boundaries`` for suggestions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .edits import Assign
from .guesses import with_guesses
from .model import Storm

PRICE_OF_A_COPY = 0.5
"""What a copy of every entity would add to the score; what remains of a crossing that a copy serves."""

WEIGHT_OF_SIZE = 2.0
"""So much that two equal contexts are never worse than one that holds everything, however much they talk."""


@dataclass(frozen=True)
class Crossing:
    """An event of one context (``giver``) that a policy of another (``taker``) reacts to.

    ``copied`` says that the taker keeps a copy of the event's entity, so that it need not ask back.
    """

    event: str
    policy: str
    giver: str
    taker: str
    copied: bool


@dataclass(frozen=True)
class Coupling:
    """How tightly the contexts of a storm are coupled; every part from 0 (best) to 1.

    ``communication``: the part of all reactions (a policy hearing an event) that crosses a border; one that
    a copy serves counts half. ``size``: how much sits in one place, the sum of the squared shares of events
    per context, 1 when all sit in one. ``copies``: copies per entity, up to 1.

    ``score`` = communication + 2 × size + ½ × copies: the lower, the looser. One giant context has no
    communication but a score of 2; a context for every entity has little size but all the communication;
    copies buy communication at a price.
    """

    crossings: tuple[Crossing, ...]
    reactions: int
    communication: float
    size: float
    copies: float
    events_in: Mapping[str, int]
    guessed: bool = False

    @property
    def score(self) -> float:
        """Communication, size and the price of copies in one number."""
        return self.communication + WEIGHT_OF_SIZE * self.size + PRICE_OF_A_COPY * self.copies

    @property
    def between(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """For each giver and taker, the events that cross between them."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for crossing in self.crossings:
            found.setdefault((crossing.giver, crossing.taker), {})[crossing.event] = None
        return {pair: tuple(events) for pair, events in found.items()}


@dataclass(frozen=True)
class WhatIf:
    """What moving an entity to a context would do: coupling before and after, and the edit that does it."""

    entity: str
    context: str
    before: Coupling
    after: Coupling
    edit: Assign

    @property
    def change(self) -> float:
        """What is added to the score; below zero is looser."""
        return self.after.score - self.before.score


def reactions(storm: Storm) -> Iterator[tuple[str, str, str]]:
    """Every reaction across or within contexts, as (event, policy, the policy's context)."""
    for key, policy in storm.policies.items():
        taker = home_of_policy(storm, key)
        if taker is not None:
            for event in dict.fromkeys(policy.when):
                if storm.relations.context_of(event) is not None:
                    yield event, key, taker


def home_of_policy(storm: Storm, policy: str) -> str | None:
    """The context a policy works in: that of what it emits, else of its service, else of what it hears."""
    said = storm.policies[policy]
    homes = (storm.relations.context_of(event) for event in (*said.emits, *said.fails))
    if home := next((home for home in homes if home), None):
        return home
    service = storm.services.get(said.service) if said.service else None
    if service and service.context in storm.contexts:
        return service.context
    return next((home for event in said.when if (home := storm.relations.context_of(event))), None)


def crossings(storm: Storm) -> tuple[Crossing, ...]:
    """Every event that a policy of another context reacts to; without guesses.

    >>> storm = Storm(name="Inn").add_events(["Room Booked", "Deposit Paid"])
    >>> storm = storm.add_policy("Take deposit", when=["room-booked"], emits=["deposit-paid"])
    >>> storm = storm.add_entity("Room", ["room-booked"]).add_entity("Bill", ["deposit-paid"])
    >>> storm = storm.add_context("Front desk", ["room"]).add_context("Accounts", ["bill"])
    >>> [(c.giver, c.event, c.taker) for c in crossings(storm)]
    [('front-desk', 'room-booked', 'accounts')]
    """
    relations = storm.relations
    copies = {key: set(context.copies) for key, context in storm.contexts.items()}
    return tuple(
        Crossing(event, policy, giver, taker, relations.entity_of(event) in copies[taker])
        for event, policy, taker in reactions(storm)
        if (giver := relations.context_of(event)) and giver != taker
    )


def coupling(storm: Storm) -> Coupling:
    """The coupling of a storm's contexts.

    Where triggers and policies were skipped, those that the order suggests stand in (``guessed``).
    """
    played = with_guesses(storm)
    relations = played.relations
    found = crossings(played)
    count = sum(1 for _ in reactions(played))
    crossed = sum(PRICE_OF_A_COPY if crossing.copied else 1.0 for crossing in found)
    homes = (relations.context_of(event) for event in played.events)
    events_in = Counter(dict.fromkeys(played.contexts, 0))
    events_in.update(home for home in homes if home)
    copies = sum(len(set(context.copies) - set(context.entities)) for context in played.contexts.values())
    return Coupling(
        crossings=found,
        reactions=count,
        communication=crossed / count if count else 0.0,
        size=concentration(events_in.values()),
        copies=min(1.0, copies / len(played.entities)) if played.entities else 0.0,
        events_in=dict(events_in),
        guessed=played is not storm,
    )


def concentration(sizes: Iterable[int]) -> float:
    """How much sits in one place: the sum of the squared shares (Herfindahl), from nearly 0 to 1.

    >>> concentration([12]), concentration([6, 6]), concentration([])
    (1.0, 0.5, 0.0)
    """
    counted = list(sizes)
    total = sum(counted)
    return sum(size * size for size in counted) / total**2 if total else 0.0


def what_if(storm: Storm, entity: str, context: str) -> WhatIf:
    """What moving an entity to another context would do to the coupling.

    Raises ``EditError`` when there is no such entity or context.
    """
    edit = Assign(of="entities", id=entity, to=context)
    return WhatIf(entity, context, coupling(storm), coupling(storm.do(edit)), edit)
