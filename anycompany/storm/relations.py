"""What follows from what was said: order, emitters, hearers, homes and owners, looked up by id.

Everything tolerates references to nothing: a storm may be half-finished, and checks report them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .ids import slug
from .loops import edges, knots
from .parts import events_of

if TYPE_CHECKING:
    from .model import Storm

Many = dict[str, tuple[str, ...]]


def _collect(pairs: Iterable[tuple[str, str]]) -> Many:
    found: dict[str, dict[str, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}


class Relations:
    """Look-ups over one storm, each computed when first asked for.

    Where the storm says something twice (an event in two entities), the first mention counts here and the
    checks report the second.
    """

    def __init__(self, storm: Storm) -> None:
        self._storm = storm

    @cached_property
    def first_of_slug(self) -> Mapping[str, str]:
        """For each way a name is written on the bus, the first event called so."""
        firsts: dict[str, str] = {}
        for identifier, event in self._storm.events.items():
            firsts.setdefault(slug(event.name)[:128].strip("-"), identifier)
        return firsts

    @cached_property
    def address_of(self) -> Mapping[str, tuple[str, str]]:
        """For each event, how the bus knows it: its ``source`` and its ``detail-type``."""
        storm = self._storm
        return {event: (storm.source_of(event), storm.detail_type(event)) for event in storm.events}

    @cached_property
    def addresses(self) -> frozenset[tuple[str, str]]:
        """Every ``source`` and ``detail-type`` in use."""
        return frozenset(self.address_of.values())

    @cached_property
    def moment_of(self) -> Mapping[str, int]:
        """For each event on the timeline, the number of its first moment, from 0."""
        moments: dict[str, int] = {}
        for number, moment in enumerate(self._storm.timeline):
            for event in events_of(moment):
                moments.setdefault(event, number)
        return moments

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """All events, those on the timeline first and in its order, the others as they were found."""
        placed = [event for event in self.moment_of if event in self._storm.events]
        return (*placed, *(event for event in self._storm.events if event not in self.moment_of))

    @cached_property
    def hearers_of(self) -> Many:
        """For each event, the policies that react to it."""
        return _collect((event, key) for key, policy in self._storm.policies.items() for event in policy.when)

    @cached_property
    def emitters_of(self) -> Many:
        """For each event, the policies that emit it, by success or by failure."""
        return _collect(
            (event, key)
            for key, policy in self._storm.policies.items()
            for event in (*policy.emits, *policy.fails)
        )

    @cached_property
    def listeners_of(self) -> Many:
        """For each event, the listeners that hear it (before their ``where`` filter)."""
        return _collect(
            (event, key)
            for key, listener in self._storm.listeners.items()
            for event in (self._storm.events if listener.hears == "all" else listener.hears)
        )

    @cached_property
    def entities_of(self) -> Many:
        """For each event, the entities that claim it; exactly one in a finished storm."""
        return _collect(
            (event, key) for key, entity in self._storm.entities.items() for event in entity.events
        )

    @cached_property
    def contexts_of(self) -> Many:
        """For each entity, the contexts that are its home; exactly one in a finished storm."""
        return _collect(
            (entity, key) for key, context in self._storm.contexts.items() for entity in context.entities
        )

    @cached_property
    def services_of(self) -> Many:
        """For each context, the services named for it; exactly one in a finished storm."""
        return _collect(
            (service.context, key) for key, service in self._storm.services.items() if service.context
        )

    def entity_of(self, event: str) -> str | None:
        """The entity an event belongs to, or None."""
        return next(iter(self.entities_of.get(event, ())), None)

    def context_of(self, event: str) -> str | None:
        """The context an event belongs to through its entity, or None."""
        entity = self.entity_of(event)
        return next(iter(self.contexts_of.get(entity, ())), None) if entity else None

    def owner_of(self, event: str) -> str | None:
        """The service that alone emits an event and owns its contract, or None while that is undecided."""
        context = self.context_of(event)
        return next(iter(self.services_of.get(context, ())), None) if context else None

    def owners_of_policy(self, policy: str) -> tuple[str, ...]:
        """The services that own what a policy emits; several are a finding."""
        said = self._storm.policies[policy]
        owners = (self.owner_of(event) for event in (*said.emits, *said.fails))
        return tuple(dict.fromkeys(owner for owner in owners if owner))

    def service_of_policy(self, policy: str) -> str | None:
        """The service a policy runs in.

        The owner of the events it emits; where it emits none, its ``service``; failing that, the owner of
        the first event it hears, so that the work has a home.
        """
        said = self._storm.policies[policy]
        owners = self.owners_of_policy(policy)
        if owners:
            return said.service if said.service in owners else owners[0]
        if said.service in self._storm.services:
            return said.service
        return next((owner for event in said.when if (owner := self.owner_of(event))), None)

    @cached_property
    def looping(self) -> frozenset[str]:
        """The policies that may wake themselves again, through others or directly."""
        return frozenset(
            identifier
            for knot in knots(edges(self._storm))
            for section, identifier in knot
            if section == "policies"
        )

    @cached_property
    def policies_of(self) -> Many:
        """For each service, its policies, in the order they were written."""
        return _collect(
            (service, policy)
            for policy in self._storm.policies
            if (service := self.service_of_policy(policy))
        )

    @cached_property
    def events_of_service(self) -> Many:
        """For each service, the events it owns, in order of time."""
        return _collect((service, event) for event in self.in_order if (service := self.owner_of(event)))
