"""Step 8, shared schemas: findings on contracts and on what passes through policies."""

from __future__ import annotations

from collections.abc import Iterator

from ...storm.checks.finding import Found, called, check, listed, quoted
from ...storm.ids import slug
from ...storm.model import Storm
from ...storm.tasks import single_tasks

STEP_8 = "“App 2025”, episode 1, step 8: the owning service owns its schema"


@check(
    "contract-without-owner",
    "warning",
    8,
    title="A contract has an owner",
    why="Nobody defines it, nobody has the last word on it, and no stack publishes it.",
    remedy="Put the event into an entity, the entity into a context, and name the context's service.",
    source=STEP_8,
)
def contract_without_owner(storm: Storm) -> Iterator[Found]:
    """Contracts of events that no service owns."""
    for event in storm.contracts:
        if event in storm.events and storm.relations.owner_of(event) is None:
            yield Found((f"contracts/{event}",), f"No service owns the contract of {called(storm, event)}.")


@check(
    "event-without-contract",
    "note",
    8,
    title="What a policy emits has a contract",
    why="Whoever wants to hear it has to guess its fields, and its test events are empty.",
    remedy="Write an example first; the fields follow from it.",
    source=STEP_8,
)
def event_without_contract(storm: Storm) -> Iterator[Found]:
    """Events that policies emit and that have no contract."""
    for event in storm.relations.emitters_of:
        if event in storm.events and event not in storm.contracts:
            yield Found((f"events/{event}",), f"{called(storm, event)} has no contract.")


@check(
    "renamed-after-publishing",
    "warning",
    8,
    title="A published contract keeps the name it was published under",
    why="On the bus the event keeps its old name, so hearers do not break; people and bus now say two words.",
    remedy="Give the event its name back, or publish a new event beside it and retire the old one.",
    source="the file format: a detail-type is frozen when it is published; a change is a breaking change",
)
def renamed_after_publishing(storm: Storm) -> Iterator[Found]:
    """Events whose name is no longer the one their published detail-type was made from."""
    for event, contract in storm.contracts.items():
        if event not in storm.events or not contract.published or not contract.detail_type:
            continue
        name = storm.events[event].name
        if slug(name)[:128].strip("-") not in (slug(contract.detail_type), ""):
            frozen = quoted(contract.detail_type, 128)
            yield Found((f"contracts/{event}",), f"{quoted(name)} is published as {frozen}.")


@check(
    "published-ahead",
    "error",
    8,
    title="No version is published before it is written",
    why="Hearers would rely on a version that the contract does not have.",
    remedy="Raise `version`, or correct `published`.",
    source="the file format: `published` is the version that others rely on",
)
def published_ahead(storm: Storm) -> Iterator[Found]:
    """Contracts whose published version is higher than their own."""
    for event, contract in storm.contracts.items():
        if contract.published and contract.published > contract.version:
            versions = f"Version {contract.published} is published, and the contract is at {contract.version}"
            what = f"{versions}: {called(storm, event)}."
            yield Found((f"contracts/{event}",), what)


@check(
    "personal-data",
    "warning",
    8,
    title="A function sees only the personal data it has a use for",
    why="A function that never sees personal data cannot leak it, whatever library of it is broken into.",
    remedy="Emit a second event without the personal fields and react to that, or let only the task that "
    "needs them read them from the service's store.",
    source="“App 2025”, episode 1: an address reader would not even be able to read PII",
)
def personal_data(storm: Storm) -> Iterator[Found]:
    """Policies that hear personal fields which no event they emit carries on and no task of theirs needs.

    Where every task says what it needs, none sees more.
    """
    for key, policy in storm.policies.items():
        outputs = [storm.contracts[e].fields_ for e in (*policy.emits, *policy.fails) if e in storm.contracts]
        tasks = list(single_tasks(policy.does))
        if not any(outputs) or (tasks and all(t.needs is not None or t.input for t in tasks)):
            continue
        used = {name for fields in outputs for name in fields}
        used |= {name for task in tasks for name in task.needs or ()}
        for event in dict.fromkeys(policy.when):
            fields = storm.contracts[event].fields_ if event in storm.contracts else {}
            unused = [name for name, field in fields.items() if field.personal and name not in used]
            if unused:
                seen = listed([quoted(name) for name in unused])
                yield Found(
                    (f"policies/{key}", f"events/{event}"),
                    f"{quoted(policy.title(key))} hears {called(storm, event)} with {seen}, and nothing it "
                    "emits has a use for it.",
                )


@check(
    "field-changes-type",
    "warning",
    8,
    title="A field has one type on its way through a policy",
    why="What a policy passes on under one name would break the next contract, or the next filter.",
    remedy="Agree on one type, or call one of the fields differently.",
    source="the classic: an amount that is a number here and a text there",
)
def field_changes_type(storm: Storm) -> Iterator[Found]:
    """Fields that an event heard and an event emitted by one policy share, with different types."""
    for key, policy in storm.policies.items():
        for heard in dict.fromkeys(policy.when):
            for put in dict.fromkeys((*policy.emits, *policy.fails)):
                if heard not in storm.contracts or put not in storm.contracts:
                    continue
                before, after = storm.contracts[heard].fields_, storm.contracts[put].fields_
                changed = [
                    f"{quoted(name)} is {field.type} and then {after[name].type}"
                    for name, field in before.items()
                    if name in after
                    and {field.type, after[name].type} not in ({field.type}, {"integer", "number"})
                ]
                if changed:
                    names = f"From {called(storm, heard)} to {called(storm, put)}"
                    yield Found(
                        (f"policies/{key}", f"events/{heard}", f"events/{put}"),
                        f"{names}: {listed(changed)}.",
                    )


CHECKS = (
    contract_without_owner,
    event_without_contract,
    renamed_after_publishing,
    published_ahead,
    personal_data,
    field_changes_type,
)
