"""The Storm: one document of all that a team said."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import PrivateAttr

from .ids import slug
from .parts import (
    Bus,
    Context,
    Contract,
    Decision,
    Entity,
    Event,
    HotSpot,
    Id,
    Listener,
    Moment,
    Part,
    Policy,
    Service,
    Text,
    Trigger,
)
from .relations import Relations
from .verbs import Verbs
from .workshop.state import Workshop

FORMAT: Literal[1] = 1
"""The newest file format this package reads and the one it writes."""


class Storm(Part, Verbs):
    """All that a team said, from the first orange note to the shared schemas.

    A storm may stop at any step; nothing but ``name`` has to be there. Every edit returns a new storm:

    >>> storm = Storm(name="Hotel").add_event("Room Booked").add_event("Room Cancelled")
    >>> list(storm.events)
    ['room-booked', 'room-cancelled']
    """

    format: Literal[1] = FORMAT
    name: Text
    language: str = "en"
    source: Text | None = None
    technical: bool = False
    bus: Bus = Bus()
    events: dict[Id, Event] = {}
    timeline: list[Moment] = []
    triggers: dict[Id, Trigger] = {}
    policies: dict[Id, Policy] = {}
    entities: dict[Id, Entity] = {}
    contexts: dict[Id, Context] = {}
    services: dict[Id, Service] = {}
    listeners: dict[Id, Listener] = {}
    contracts: dict[Id, Contract] = {}
    hotspots: dict[Id, HotSpot] = {}
    decisions: dict[Id, Decision] = {}
    dismissed: dict[str, Text] = {}
    workshop: Workshop | None = None
    board: dict[str, Any] = {}

    _retired: frozenset[str] = PrivateAttr(default=frozenset())

    def changed(self, **sections: Any) -> Self:
        """A copy with these sections replaced by already valid values."""
        copy = self.model_copy(update=sections)
        copy.__dict__.pop("relations", None)
        return copy

    def retiring(self, ids: Iterable[str]) -> Self:
        """A copy that will never mint any of ``ids`` again."""
        copy = self.changed()
        copy._retired = self._retired | frozenset(ids)
        return copy

    @property
    def retired(self) -> frozenset[str]:
        """Ids of things that are gone; no new thing may get them."""
        return self._retired

    def do(self, edit: Any) -> Self:
        """This storm after one edit (see ``edits``); the base of every verb.

        Raises ``EditError`` when the edit does not fit this storm.
        """
        from .apply import apply

        return apply(self, edit)

    @property
    def bus_name(self) -> str:
        """The bus's name: as given, else made from the storm's name."""
        return self.bus.name or slug(self.name)[:48].strip("-") or "storm"

    @property
    def event_source(self) -> str:
        """The ``source`` that stands above all services' sources, as given or ``com.NAME``."""
        return self.source or f"com.{slug(self.name)[:48].strip('-') or 'storm'}"

    def service_source(self, service: str) -> str:
        """The EventBridge ``source`` of a service's events: as given, else below the storm's own."""
        given = self.services[service].source if service in self.services else None
        return given or f"{self.event_source}.{service}"

    def source_of(self, event: str) -> str:
        """The ``source`` an event carries: its service's, or the storm's own while it has no service."""
        owner = self.relations.owner_of(event)
        return self.service_source(owner) if owner else self.event_source

    def detail_type(self, event: str) -> str:
        """The EventBridge ``detail-type`` of an event: its contract's, else made from its name.

        Two events with one name must not be one on the bus: the later one goes by its id.
        """
        contract = self.contracts.get(event)
        if contract and contract.detail_type:
            return contract.detail_type
        own = slug(self.events[event].name)[:128].strip("-") if event in self.events else ""
        first = self.relations.first_of_slug.get(own)
        return own if own and first == event else event

    @cached_property
    def relations(self) -> Relations:
        """What follows from what was said: who emits, hears, holds and owns what. Computed once."""
        return Relations(self)
