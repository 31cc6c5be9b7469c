"""A blank wall becomes the finished worked example, in the eight steps, by one kind of hand alone."""

import json
from pathlib import Path

import pytest

from anycompany.aws.session import Clients
from anycompany.files import open_storm
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm
from anycompany.storm.parts import events_of

from ..notebooks.executing import FOLDER, execute, shown
from ..storms import EXAMPLE, load
from .boards import Room
from .persons import Finger, Keyboard, Mouse, Person


def meaning(storm: Storm) -> dict[str, object]:
    """All that a storm says, but for where its notes lie."""
    return storm.changed(board={}).model_dump(mode="json", by_alias=True, exclude_defaults=True)


def discover(person: Person, storm: Storm) -> None:
    person.step(1)
    for event in storm.events.values():
        person.write(event.name)
    person.fit()
    for key, spot in storm.hotspots.items():
        person.act("Hot spot on", on=f"events/{spot.about}", **{"Question": spot.text, "Short name": key})
    for key, decision in storm.decisions.items():
        on = f"events/{decision.about}" if decision.about else None
        said = {"What was decided": decision.text, "Because": decision.because, "Short name": key}
        person.act("Write down a decision", on=on, **said)


def sequence(person: Person, storm: Storm) -> None:
    person.step(2)
    before = None
    for moment in storm.timeline:
        first, *others = events_of(moment)
        behind = [[{"kind": "place", "event": first, "after": before}]] if before else []
        person.put(f"events/{first}", *behind, [{"kind": "place", "event": first}])
        for other in others:
            person.put(f"events/{other}", [{"kind": "place", "event": other, "instead_of": first}])
        before = first
        person.fit()
    for key, event in storm.events.items():
        if event.pivotal:
            person.act("Mark as pivotal", on=f"events/{key}")


def find_triggers(person: Person, storm: Storm) -> None:
    person.step(3)
    for event, trigger in storm.triggers.items():
        if trigger.actor:
            said = {"Who": trigger.actor, "Command": trigger.command}
            person.act("A person starts", on=f"events/{event}", **said)
        else:
            said = {"Schedule": trigger.schedule, "In words": trigger.says}
            person.act("Time starts", on=f"events/{event}", **said)
        person.fit()
    names = {key: event.name for key, event in storm.events.items()}
    for key, policy in storm.policies.items():
        first, *others = policy.when
        person.act(
            "Add a policy",
            on=f"events/{first}",
            **{
                "Name": policy.title(key),
                "Whenever": [names[event] for event in others],
                "Do": "\n".join(task.do for task in policy.does),
                "Then": [names[event] for event in policy.emits],
                "If it fails": [names[event] for event in policy.fails],
                **({"May take longer": True} if policy.kind == "standard" else {}),
            },
        )
        person.fit()


def group(person: Person, storm: Storm) -> None:
    person.step(4)
    for key, entity in storm.entities.items():
        first, *others = entity.events
        person.act("Make an entity of", on=f"events/{first}", Name=entity.title(key))
        for event in others:
            person.fit()
            person.put(f"events/{event}", [{"kind": "assign", "of": "events", "id": event, "to": key}])
        person.fit()


def draw_borders(person: Person, storm: Storm) -> None:
    person.step(5)
    for key, context in storm.contexts.items():
        first, *others = context.entities
        said = {"Name": context.title(key), "Owner": context.owner}
        person.act("Make a context of", on=f"entities/{first}", **said)
        for entity in others:
            person.fit()
            person.put(f"entities/{entity}", [{"kind": "assign", "of": "entities", "id": entity, "to": key}])
        person.fit()


def name_services(person: Person, storm: Storm) -> None:
    person.step(6)
    for key, service in storm.services.items():
        context = storm.contexts[service.context or ""].title(service.context or "")
        person.act("Name a service", Context=context, Name=service.title(key), Source=service.source)
    person.fit()
    for key, policy in storm.policies.items():
        if policy.service:
            service = storm.services[policy.service].title(policy.service)
            person.act(f"Keep it in {service}", on=f"policies/{key}")


def connect(person: Person, storm: Storm) -> None:
    person.step(7)
    person.act("Name the bus", Name=storm.bus_name)
    person.act("Change the source of events", Source=storm.event_source)
    for key, listener in storm.listeners.items():
        on = None if listener.hears == "all" else f"events/{listener.hears[0]}"
        said = {"Name": listener.title(key), "For": listener.for_}
        said |= {} if on else {"Hears everything": True}
        said |= {"Only where": json.dumps(listener.where)} if listener.where else {}
        to = {"topic": "a topic", "queue": "a queue", "log": "a log"}[listener.to]
        person.act("Add a listener", on=on, **said, **{"Goes to": to})
        person.fit()


def agree(person: Person, storm: Storm) -> None:
    person.step(8)
    for event, contract in storm.contracts.items():
        card = f"contracts/{event}"
        for name, field in contract.fields_.items():
            if field.optional:
                person.act("Add a field", on=f"events/{event}", **{"Field": name, "May be missing": True})
        on = card if any(field.optional for field in contract.fields_.values()) else f"events/{event}"
        person.act("Paste an event", on=on, **{"Event as JSON": json.dumps(contract.example)})
        found = (
            "event => board.session.doc.contracts?.[event]?.example"  # by the kernel, which is asked first
        )
        person.page.wait_for_function(found, arg=event)
        person.seat.saved()


STEPS = (discover, sequence, find_triggers, group, draw_borders, name_services, connect, agree)


@pytest.mark.parametrize("hand", [Mouse, Finger, Keyboard])
def test_a_blank_wall_becomes_the_worked_example_by(
    hand: type[Person], room: Room, tmp_path: Path, local_aws: Clients
) -> None:
    example = load(EXAMPLE)
    room.write(f"name: {example.name}\n")
    person = hand(room.seat(step=1, touch=hand is Finger))
    person.page.emulate_media(reduced_motion="reduce")  # nobody waits for notes on their way
    for step in STEPS:
        step(person, example)
    with open_storm(room.path) as book:
        assert meaning(book.storm) == meaning(example)
    if hand is Mouse:
        deployed = execute(FOLDER / "09_deploy.ipynb", tmp_path / "deployed.ipynb", storm=str(room.path))
        assert all(stack.name in shown(deployed) for stack in synth(example).stacks)
