"""Checks of faults that read the design: names, homes, borders, who is in what."""

from __future__ import annotations

from collections.abc import Iterator

from ...storm.checks.finding import listed, quoted
from ...storm.coupling import Coupling, coupling
from ...storm.tasks import single_tasks
from ..judging.grouping import fault_of_entity
from ..judging.naming import TELLS, can_be_judged, fault_of
from ..scoring.matching import ALIKE
from ..scoring.wording import Wording
from .case import Asked, Case


def keeps(case: Case) -> Iterator[str]:
    """The events that a mended storm has to have are there."""
    gone = [one for one in case.fault.keeps if case.event(one) is None]
    if gone:
        yield f"{listed([case.called(one) for one in gone])} is gone: that is no mending."


def events_of_the_business(case: Case, asked: Asked) -> Iterator[str]:
    """Every event is called after what happened."""
    for said in case.now.events.values():
        found = fault_of(said.name) if can_be_judged(said.name) else None
        if found or fault_of_entity(said.name) == "table":
            yield f"{quoted(said.name)} {TELLS.get(found or '', 'is called like a table.')}"


def partners(case: Case, asked: Asked) -> Iterator[str]:
    """No context talks with more than so many others, and every event still has a home."""
    for event, said in case.now.events.items():
        if case.now.relations.context_of(event) is None:
            yield f"{quoted(said.name)} has no home: it is in no context."
    others: dict[str, set[str]] = {}
    for giver, taker in coupling(case.now).between:
        others.setdefault(giver, set()).add(taker)
        others.setdefault(taker, set()).add(giver)
    if len([one for one in case.now.contexts.values() if one.entities]) < 3:
        yield "Nearly everything is in one context now: that is the monolith, not fewer talks."
    for context, talks in others.items():
        if len(talks) > int(asked["most"]):
            title = quoted(case.now.contexts[context].title(context))
            yield f"{title} talks with {len(talks)} others."


def looser(case: Case, asked: Asked) -> Iterator[str]:
    """Less talk goes over the borders than before."""
    before, now = coupling(case.before), coupling(case.now)
    case.measured.append(f"{_told(before)} crossed a border before, {_told(now)} now.")
    if len(now.crossings) >= len(before.crossings):
        yield f"As many reactions cross a border as before: {len(now.crossings)}."


def _told(found: Coupling) -> str:
    return f"{len(found.crossings)} of {found.reactions} reactions"


def one_home(case: Case, asked: Asked) -> Iterator[str]:
    """Every event is in one entity, every entity in one context, every context has one service."""
    relations = case.now.relations
    for event in case.now.events:
        entities = relations.entities_of.get(event, ())
        if len(entities) != 1:
            yield f"{quoted(case.now.events[event].name)} is in {_number(entities)} entities."
    for entity, said in case.now.entities.items():
        homes = relations.contexts_of.get(entity, ())
        if len(homes) != 1:
            yield f"{quoted(said.title(entity))} has {_number(homes)} homes."
    for context, home in case.now.contexts.items():
        services = relations.services_of.get(context, ())
        if home.entities and len(services) != 1:
            yield f"{quoted(home.title(context))} has {_number(services)} services."


def _number(things: tuple[str, ...]) -> str:
    return str(len(things)) if things else "no"


def contexts(case: Case, asked: Asked) -> Iterator[str]:
    """There are so many contexts; some events share one, others do not."""
    home = case.now.relations.context_of
    used = {home(event) for event in case.now.events} - {None}
    if len(used) < int(asked["least"]):
        yield "All is in one context now: then both teams write everything."
    for pair, together in ((one, True) for one in asked.get("together", ())):
        homes = {home(own) for one in pair if (own := case.event(one))}
        if (len(homes) == 1) is not together:
            yield f"{listed([case.called(one) for one in pair])} are in two contexts."
    for pair in asked.get("apart", ()):
        homes = {home(own) for one in pair if (own := case.event(one))}
        if len(homes) == 1:
            yield f"{listed([case.called(one) for one in pair])} are in one context: each was somebody's own."


def told(case: Case, asked: Asked) -> Iterator[str]:
    """Some event's contract has these fields."""
    for contract in case.now.contracts.values():
        if all(
            name in contract.fields_ and contract.fields_[name].type in asked["type"]
            for name in asked["fields"]
        ):
            return
    fields = listed([quoted(one) for one in asked["fields"]])
    yield f"Nothing tells {fields} any more: who wants them has lost them."


def small_policies(case: Case, asked: Asked) -> Iterator[str]:
    """No policy hears or emits too much, nor the events of several services."""
    for key, said in case.now.policies.items():
        title = quoted(said.title(key))
        emits = {*said.emits, *said.fails}
        if len(set(said.when)) > int(asked["hears"]):
            yield f"{title} still hears {len(set(said.when))} events."
        if len(emits) > int(asked["emits"]):
            yield f"{title} still emits {len(emits)} events."
        if asked.get("of-one-service") and len(owners := case.now.relations.owners_of_policy(key)) > 1:
            yield f"{title} emits the events of {len(owners)} services."


def one_folder_each(case: Case, asked: Asked) -> Iterator[str]:
    """No folder of code is run by two policies."""
    used: dict[str, str] = {}
    for key, said in case.now.policies.items():
        for folder in dict.fromkeys(task.run for task in single_tasks(said.does) if task.run):
            if folder in used:
                yield f"{quoted(folder)} is run by {quoted(used[folder])} and {quoted(said.title(key))}."
            used.setdefault(folder, said.title(key))


def silent(case: Case, asked: Asked) -> Iterator[str]:
    """The audience has no policy and emits nothing."""
    wording = Wording()
    wanted = wording.name(asked["for"])
    for key, said in case.now.policies.items():
        service = case.now.relations.service_of_policy(key) or ""
        context = case.now.services[service].context if service in case.now.services else None
        names = [service, context or ""]
        if context in case.now.contexts:
            names.append(case.now.contexts[str(context)].title(str(context)))
        if any(wanted.likeness(wording.name(name)) >= ALIKE for name in names):
            yield f"{asked['for']} still has a policy, {quoted(said.title(key))}, and gives something back."


def hears(case: Case, asked: Asked) -> Iterator[str]:
    """The audience has listeners that hear these events."""
    known = case.listeners_of(asked["for"])
    for event in asked["events"]:
        own = case.event(event)
        if not any(
            case.now.listeners[key].where is None
            and (case.now.listeners[key].hears == "all" or own in case.now.listeners[key].hears)
            for key in known
        ):
            yield f"{asked['for']} does not hear {case.called(event)}: no listener of theirs does."
