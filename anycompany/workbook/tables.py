"""The tables of the step pages: each a function from a storm to a ``Table``, listed by name in ``TABLES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..storm import edits as e
from ..storm.errors import StormError
from ..storm.guesses import guesses
from ..storm.method import STEPS
from ..storm.model import Storm
from ..storm.parts import Alternatives, Policy, Trigger, events_of
from ..storm.tasks import single_tasks
from . import coupling_tables, rule_tables, watching_tables, workshop_page
from .naming import names, titles
from .table import Cell, Table


def _table(columns: str, rows: Iterable[tuple[Cell, ...]], title: str, empty: str) -> Table:
    return Table(title, tuple(columns.split(" | ")), tuple(rows), empty)


def progress(storm: Storm) -> Table:
    """All steps: how far each is and what is missing first."""
    rows: list[tuple[Cell, ...]] = []
    for step in STEPS:
        now = step.progress(storm)
        state = "done" if now.finished else "begun" if now.done else "to do"
        optional = " (optional)" if step.optional else ""
        missing = now.missing[0] if now.missing else ""
        rows.append(
            (
                step.number,
                step.name + optional,
                step.question,
                step.minutes,
                state,
                now.done,
                now.total,
                missing,
            )
        )
    columns = "step | name | question | minutes | state | done | of | missing first"
    return _table(columns, rows, "The eight steps", "")


def events(storm: Storm) -> Table:
    """Step 1: the notes on the wall, in the order they were stuck there, parked ones last."""
    about: dict[str, list[str]] = {}
    for hotspot in storm.hotspots.values():
        if hotspot.about:
            about.setdefault(hotspot.about, []).append(hotspot.text)
    rows: list[tuple[Cell, ...]] = [
        (event.name, key, event.pivotal, "; ".join(about.get(key, ()))) for key, event in storm.events.items()
    ]
    parked = storm.board.get("parked")
    if isinstance(parked, dict):
        for key, note in parked.items():
            name = note.get("name") if isinstance(note, dict) else None
            rows.append((str(name or key), str(key), False, "parked"))
    return _table(
        "event | id | pivotal | hot spot", rows, "Events", "No event yet: what happens in the business?"
    )


def timeline(storm: Storm) -> Table:
    """Step 2: the moments from left to right, then what stands nowhere yet."""
    rows: list[tuple[Cell, ...]] = []
    for number, moment in enumerate(storm.timeline, 1):
        inside = events_of(moment)
        kind = "alone" if len(inside) == 1 else "one of" if isinstance(moment, Alternatives) else "all of"
        rows.append((number, kind, names(storm, inside)))
    placed = storm.relations.moment_of
    rows += [(None, "not placed", storm.events[event].name) for event in storm.events if event not in placed]
    return _table(
        "moment | which | events", rows, "Moments", "Nothing to put in order yet: begin with step 1."
    )


def _origin(trigger: Trigger) -> str:
    parts = {
        "actor": f"{trigger.actor or 'somebody'}: {trigger.command or 'a command to be named'}",
        "external": f"outside system {trigger.external}",
        "schedule": f"time, {trigger.schedule}",
        "aws": f"AWS, {trigger.aws.source} {trigger.aws.detail_type}" if trigger.aws else "AWS",
    }
    return parts[trigger.kind] + (f" ({trigger.says})" if trigger.says else "")


def triggers(storm: Storm) -> Table:
    """Step 3: who or what starts each event, in order of time."""

    def starts(event: str) -> Iterator[str]:
        if event in storm.triggers:
            yield _origin(storm.triggers[event])
        for policy in storm.relations.emitters_of.get(event, ()):
            fails = " when it fails" if event in storm.policies[policy].fails else ""
            yield f"policy {storm.policies[policy].title(policy)}{fails}"

    rows = [
        (storm.events[event].name, "; ".join(starts(event)) or "nothing yet")
        for event in storm.relations.in_order
    ]
    return _table("event | started by", rows, "What starts each event", "No events yet: begin with step 1.")


def policies(storm: Storm) -> Table:
    """Step 3: whenever this, then that."""
    rows = [
        (
            policy.title(key),
            names(storm, policy.when),
            "; ".join(task.title for task in single_tasks(policy.does)),
            names(storm, policy.emits),
            names(storm, policy.fails),
            policy.kind,
        )
        for key, policy in storm.policies.items()
    ]
    return _table(
        "policy | whenever | do | then | if it fails | workflow",
        rows,
        "Policies",
        "No policy yet: nothing reacts to anything.",
    )


def guessed(storm: Storm) -> Table:
    """Step 3: what the order suggests for the events that nothing starts yet."""
    rows: list[tuple[Cell, ...]] = []
    for edit in guesses(storm).edits:
        if isinstance(edit, e.SetTrigger) and edit.trigger:
            rows.append((names(storm, [edit.event]), f"{_origin(edit.trigger)}", ""))
        elif isinstance(edit, e.Add):
            policy = Policy.model_validate(edit.keys)
            rows.append(
                (
                    names(storm, policy.emits),
                    f"whenever {names(storm, policy.when)}",
                    names(storm, policy.fails),
                )
            )
    return _table(
        "event | may be started by | if that fails",
        rows,
        "Guesses from the order",
        "Nothing to guess: every event on the timeline is started by somebody or something.",
    )


def entities(storm: Storm) -> Table:
    """Step 4: the entities and their events, then the events without one."""
    rows: list[tuple[Cell, ...]] = [
        (entity.title(key), len(entity.events), names(storm, entity.events))
        for key, entity in storm.entities.items()
    ]
    homeless = [event for event in storm.events if event not in storm.relations.entities_of]
    if homeless:
        rows.append(("(in no entity)", len(homeless), names(storm, homeless)))
    return _table("entity | events | which", rows, "Entities", "No events yet: begin with step 1.")


def contexts(storm: Storm) -> Table:
    """Step 5: the bounded contexts with their owners, then the entities without one."""
    rows: list[tuple[Cell, ...]] = [
        (
            context.title(key),
            context.owner or "nobody yet",
            titles(storm, "entities", context.entities),
            titles(storm, "entities", context.copies),
        )
        for key, context in storm.contexts.items()
    ]
    homeless = [entity for entity in storm.entities if entity not in storm.relations.contexts_of]
    if homeless:
        rows.append(("(in no context)", "", titles(storm, "entities", homeless), ""))
    return _table(
        "context | owner | entities | copies of",
        rows,
        "Bounded contexts",
        "No entities yet: step 4 makes what the contexts hold.",
    )


def services(storm: Storm) -> Table:
    """Step 6: the microservice of each context, what it owns and what it runs."""
    relations = storm.relations
    rows: list[tuple[Cell, ...]] = [
        (
            service.title(key),
            titles(storm, "contexts", [service.context] if service.context else []),
            storm.service_source(key),
            len(relations.events_of_service.get(key, ())),
            titles(storm, "policies", relations.policies_of.get(key, ())),
        )
        for key, service in storm.services.items()
    ]
    nameless = [context for context in storm.contexts if context not in relations.services_of]
    rows += [("(no service)", titles(storm, "contexts", [key]), "", None, "") for key in nameless]
    return _table(
        "service | context | source | events | workflows",
        rows,
        "Microservices",
        "No contexts yet: step 5 draws the borders that services take their names from.",
    )


def contracts(storm: Storm) -> Table:
    """Step 8: each event's contract, its owner, and the fields of its detail."""
    rows: list[tuple[Cell, ...]] = []
    for event in storm.relations.in_order:
        owner = storm.relations.owner_of(event) or "nobody yet"
        contract = storm.contracts.get(event)
        if contract is None:
            rows.append((storm.events[event].name, owner, None, "", "no contract yet", "", ""))
            continue
        fields = ", ".join(
            f"{name}: {field.type}{' (optional)' if field.optional else ''}"
            for name, field in contract.fields_.items()
        )
        personal = ", ".join(name for name, field in contract.fields_.items() if field.personal)
        risks = "; ".join(f"{name}: {field.risk}" for name, field in contract.fields_.items() if field.risk)
        name, detail_type = storm.events[event].name, storm.detail_type(event)
        rows.append((name, owner, contract.version, detail_type, fields, personal, risks))
    return _table(
        "event | owned by | version | detail-type | fields | personal | risks",
        rows,
        "Contracts",
        "No events yet: begin with step 1.",
    )


TABLES: dict[str, Callable[[Storm], Table]] = {
    "steps": progress,
    "events": events,
    "timeline": timeline,
    "triggers": triggers,
    "policies": policies,
    "guesses": guessed,
    "entities": entities,
    "contexts": contexts,
    "coupling": coupling_tables.coupling,
    "crossings": coupling_tables.crossings,
    "moves": coupling_tables.moves,
    "boundaries": coupling_tables.boundaries,
    "services": services,
    "rules": rule_tables.bus_rules,
    "matches": rule_tables.matches,
    "watching": watching_tables.watching,
    "contracts": contracts,
    "agenda": workshop_page.agenda,
    "hotspots": workshop_page.hotspots,
}
"""Every table of a storm, by the name a notebook cell calls it."""


def table_of(storm: Storm, name: str) -> Table:
    """One of ``TABLES``, made of a storm.

    Raises ``StormError`` when there is no table of that name.
    """
    if name not in TABLES:
        raise StormError(f"There is no table {name!r}.", remedy=f"Choose one of: {', '.join(TABLES)}.")
    return TABLES[name](storm)
