"""The verbs of a storm: ``storm.add_event("Room Booked")`` reads naturally and says an edit.

A pure ``Storm`` and a storm file that is open share them: the first returns a new storm, the second writes
the edit down and returns itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, Self

from . import edits as e
from .parts import ContractField, Trigger


def _given(**keys: Any) -> dict[str, Any]:
    return {key.rstrip("_").replace("_", "-"): value for key, value in keys.items() if value is not None}


class Verbs:
    """What a person can do to a storm, one method per verb; ids name things, names are what people read."""

    def do(self, edit: e.AnyEdit) -> Self:
        """Carry out one edit; every verb ends here."""
        raise NotImplementedError

    # -- 1 event discovery
    def add_event(self, name: str, *, id: str | None = None, pivotal: bool = False) -> Self:  # noqa: A002
        """Stick an orange note to the wall. Duplicates are welcome: discovery judges nothing."""
        return self.do(e.Add(to="events", name=name, id=id, keys={"pivotal": True} if pivotal else {}))

    def add_events(self, names: Iterable[str]) -> Self:
        """Stick as many notes as there are names that are not blank."""
        adds: list[e.AnyEdit] = [e.Add(to="events", name=name.strip()) for name in names if name.strip()]
        return self.do(e.Batch(edits=adds))

    def rename(self, of: e.Section, id: str, name: str) -> Self:  # noqa: A002
        """Give a thing of a section (``"events"``, ``"contexts"``, …) another name; its id stays."""
        return self.do(e.Rename(of=of, id=id, name=name))

    def rename_event(self, id: str, name: str) -> Self:  # noqa: A002
        """Give an event another name; an unpublished detail-type follows it."""
        return self.rename("events", id, name)

    def remove(self, of: e.Section, id: str) -> Self:  # noqa: A002
        """Remove a thing and every mention of it."""
        return self.do(e.Remove(of=of, id=id))

    def remove_event(self, id: str) -> Self:  # noqa: A002
        """Remove an event and every mention of it."""
        return self.remove("events", id)

    def change(self, of: e.Section, id: str, **keys: Any) -> Self:  # noqa: A002
        """Change keys of a thing, named as in the file (``for_`` and ``detail_type`` for reserved ones)."""
        named = {key.rstrip("_").replace("_", "-"): value for key, value in keys.items()}
        return self.do(e.Change(of=of, id=id, keys=named))

    def merge_events(self, keep: str, gone: str, name: str | None = None) -> Self:
        """Two notes mean the same: keep one of them, under one of the names or a third."""
        return self.do(e.Merge(keep=keep, gone=gone, name=name))

    def repeat_pattern(self, events: Iterable[str], noun: str, nouns: Iterable[str]) -> Self:
        """Repeat events for other nouns: the triple of *Operation* for *Fulfilment* and *Inventory*."""
        return self.do(e.Repeat(events=list(events), noun=noun, nouns=list(nouns)))

    def park(self, event: str) -> Self:
        """Put an event aside for later."""
        return self.do(e.Park(event=event))

    def unpark(self, event: str) -> Self:
        """Bring a parked event back."""
        return self.do(e.Unpark(event=event))

    def move(self, note: str, x: float, y: float) -> Self:
        """Move a note on the board."""
        return self.do(e.Move(note=note, x=x, y=y))

    # -- 2 temporal sequencing
    def place(
        self,
        event: str,
        *,
        after: str | None = None,
        before: str | None = None,
        instead_of: str | None = None,
        parallel_to: str | None = None,
    ) -> Self:
        """Put an event into time by a neighbour; with none it goes to the end."""
        return self.do(
            e.Place(event=event, after=after, before=before, instead_of=instead_of, parallel_to=parallel_to)
        )

    def unplace(self, event: str) -> Self:
        """Take an event off the timeline."""
        return self.do(e.Unplace(event=event))

    def mark_pivotal(self, event: str, pivotal: bool = True) -> Self:
        """Mark an event as one after which everything is different."""
        return self.do(e.Change(of="events", id=event, keys={"pivotal": pivotal or None}))

    # -- 3 trigger detection
    def trigger(self, event: str, **origin: Any) -> Self:
        """Say what starts an event: ``actor=`` with ``command=``, ``external=``, ``schedule=``, ``aws=``."""
        return self.do(e.SetTrigger(event=event, trigger=Trigger.model_validate(origin) if origin else None))

    def add_policy(
        self,
        name: str,
        *,
        when: Iterable[str] = (),
        does: Iterable[str | dict[str, Any]] = (),
        emits: Iterable[str] = (),
        fails: Iterable[str] = (),
        kind: Literal["express", "standard"] | None = None,
        service: str | None = None,
        once: bool | None = None,
        buffer: bool | None = None,
    ) -> Self:
        """Whenever any of ``when``, do this and emit that; ``fails`` is emitted when the work fails.

        ``once``: a second delivery of the same event does nothing. ``buffer``: bursts wait in a queue.
        """
        keys = _given(when=list(when), does=list(does), emits=list(emits), kind=kind, service=service)
        keys |= _given(once=once, buffer=buffer) | ({"fails": list(fails)} if fails else {})
        return self.do(e.Add(to="policies", name=name, keys=keys))

    # -- 4 entities and aggregates
    def add_entity(self, name: str, events: Iterable[str] = ()) -> Self:
        """Name a thing with a life of its own, and the events in it."""
        return self.do(e.Add(to="entities", name=name, keys={"events": list(events)}))

    def assign_event(self, event: str, entity: str | None) -> Self:
        """Put an event into an entity; it leaves the one it was in."""
        return self.do(e.Assign(of="events", id=event, to=entity))

    # -- 5 bounded contexts
    def add_context(self, name: str, entities: Iterable[str] = (), owner: str | None = None) -> Self:
        """Draw a border: a bounded context, its entities, and who owns it."""
        return self.do(e.Add(to="contexts", name=name, keys=_given(entities=list(entities), owner=owner)))

    def assign_entity(self, entity: str, context: str | None) -> Self:
        """Put an entity into a context; it leaves the one it was in."""
        return self.do(e.Assign(of="entities", id=entity, to=context))

    def copy_entity(self, entity: str, context: str, keep: bool = True) -> Self:
        """Keep a copy of an entity in another context, or give it up."""
        return self.do(e.Copy(entity=entity, context=context, keep=keep))

    # -- 6 naming the microservices
    def add_service(self, name: str, context: str, source: str | None = None) -> Self:
        """Name the microservice of a context."""
        return self.do(e.Add(to="services", name=name, keys=_given(context=context, source=source)))

    # -- 7 the bus
    def add_listener(
        self,
        name: str,
        *,
        for_: str,
        hears: Iterable[str] | Literal["all"] = "all",
        where: dict[str, Any] | None = None,
        to: Literal["topic", "queue", "log"] = "topic",
    ) -> Self:
        """Let an audience hear events, filtered by an event pattern over the detail (``where``)."""
        heard = "all" if hears == "all" else list(hears)
        return self.do(
            e.Add(to="listeners", name=name, keys=_given(for_=for_, hears=heard, where=where, to=to))
        )

    # -- 8 shared schemas
    def add_contract(
        self, event: str, fields: dict[str, Any] | None = None, example: dict[str, Any] | None = None
    ) -> Self:
        """Give an event its contract: the fields of its detail, and an example."""
        return self.do(
            e.Add(to="contracts", name=event, id=event, keys=_given(fields=fields or {}, example=example))
        )

    def set_field(self, event: str, field: str, **is_: Any) -> Self:
        """Say what a field is: ``type=``, ``personal=``, ``risk=``, ``optional=``; nothing takes it away."""
        return self.do(
            e.SetField(event=event, field=field, is_=ContractField.model_validate(is_) if is_ else None)
        )

    def publish_contract(self, event: str) -> Self:
        """Freeze a contract's detail-type and version: from now on a change is a breaking change."""
        return self.do(e.Publish(event=event))

    # -- at any step
    def add_hotspot(self, text: str, about: str | None = None) -> Self:
        """Stick a hot spot: a question, a conflict, a risk."""
        return self.do(e.Add(to="hotspots", name=text, keys=_given(about=about)))

    def vote(self, hotspot: str, who: str, up: bool = True) -> Self:
        """Put one person's dot on a hot spot, or take it back."""
        return self.do(e.Vote(hotspot=hotspot, who=who, up=up))

    def decide(self, text: str, because: str | None = None, about: str | None = None) -> Self:
        """Write down what the team agreed, and why."""
        return self.do(e.Add(to="decisions", name=text, keys=_given(because=because, about=about)))

    def dismiss(self, finding: str, because: str | None) -> Self:
        """Dismiss a finding (its ``key``) with a reason that is kept; None takes it up again."""
        return self.do(e.Dismiss(finding=finding, because=because))

    def set(self, **keys: Any) -> Self:
        """Change the storm itself: ``name``, ``language``, ``source``, ``technical``, ``bus``."""
        return self.do(e.Settings.model_validate({"keys": keys}))
