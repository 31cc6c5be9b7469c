"""The exercises of step 4, entities and aggregates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...storm.checks.finding import quoted
from ...storm.ids import slug
from ...storm.model import Storm
from ..exercise import Exercise
from ..judging.choosing import Option, choice, listing
from ..judging.grouping import (
    OF_ENTITY,
    Together,
    every_one_once,
    fault_of_entity,
    groups_in,
    not_all_alike,
    together,
)
from ..misconceptions import named
from ..verdict import Seen

_EVENTS = (
    "Bike Reserved",
    "Reservation Lapsed",
    "Bike Unlocked",
    "Bike Returned",
    "Payment Attempted",
    "Payment Succeeded",
    "Payment Failed",
    "Damage Reported",
    "Bike Repaired",
    "Rider Registered",
    "Rider Blocked",
)

_RULES = (
    Together(
        ("Payment Attempted", "Payment Succeeded", "Payment Failed"),
        "one payment lives through all three.",
        "by-outcome",
    ),
    Together(("Rider Registered", "Rider Blocked"), "it is the same rider."),
    Together(("Payment Succeeded", "Damage Reported"), "they happen to different things.", apart=True),
    Together(
        ("Payment Attempted", "Rider Registered"),
        "a rider lives on when the payment is long done.",
        apart=True,
    ),
    Together(("Bike Repaired", "Rider Blocked"), "they happen to different things.", apart=True),
    Together(
        ("Reservation Lapsed", "Payment Failed"), "they happen to different things.", "by-outcome", apart=True
    ),
)


def _grouped(said: Any) -> Iterator[Seen]:
    groups = groups_in(said, _EVENTS)
    yield from every_one_once(groups, _EVENTS, "event-in-two")
    yield from not_all_alike(groups, len(_EVENTS), "one-for-each")
    for name in groups:
        fault = (
            "event-as-entity"
            if slug(name[:200]) in {slug(event) for event in _EVENTS}
            else fault_of_entity(name)
        )
        if fault:
            yield Seen(fault, f"{quoted(name)} {OF_ENTITY[fault]}")
    if len(groups) > 1:
        yield from together(groups, _RULES)


def practice() -> Storm:
    """The events of the exercise, without entities."""
    storm = Storm(name="Spoke, without entities yet").add_events(_EVENTS)
    for event in list(storm.events):
        storm = storm.place(event)
    return storm


def _of_storm(storm: Storm) -> dict[str, list[str]]:
    names = {key: event.name for key, event in storm.events.items()}
    return {
        entity.title(key): [names.get(one, one) for one in entity.events]
        for key, entity in storm.entities.items()
    }


_CANDIDATES = {
    "a": Option("Reservation", belongs=True),
    "b": Option("rental_lines", "table", "this is how somebody stored a ride."),
    "c": Option("Rider", belongs=True),
    "d": Option("Price per minute", "attribute", "it is something that a tariff or a ride has."),
    "e": Option("Repair Shop Team", "department", "they look after bikes and damages."),
    "f": Option("PaymentService", "software-as-entity", "it will be built, and it looks after payments."),
    "g": Option("Damage", belongs=True),
    "h": Option("Bike Returned", "event-as-entity", "this happens to a ride, or to a bike."),
    "i": Option("Returning process", "event-as-entity", "this is a row of events."),
    "j": Option("Payment", belongs=True),
    "k": Option("Status", "attribute", "everything has one; it has no life of its own."),
}

EXERCISES = (
    Exercise(
        "group-events",
        4,
        "What does each event happen to?",
        "Group these events of *Spoke* by the thing of the business that each happens to, and name the "
        "things:\n\n"
        + ", ".join(f"*{one}*" for one in _EVENTS)
        + '.\n\nWrite `{"Thing": ["Event", "Event"], …}`. '
        'On a board instead: `practice = page.practice("group-events")`, then check `practice`.',
        '{\n    "": [],\n}',
        _grouped,
        named(
            "event-in-two",
            "one-for-all",
            "one-for-each",
            "by-outcome",
            *(one for one in OF_ENTITY if one != "by-outcome"),
        ),
        (
            "Take the nouns of the events. Which of them have a life that begins, goes on, and ends?",
            "What succeeds and what fails happens to the same thing. If you waver between two homes, "
            "choose one; a hot spot can say that you wavered.",
            "Five or six things will do: something is reserved, something is ridden, something is "
            "paid, something is damaged and repaired, and somebody rides.",
        ),
        "There is more than one good answer: *Bike Returned* may end a ride, or be a day in the life "
        "of a bike. What counts is that each event has one home, named as people speak.",
        practice,
        _of_storm,
    ),
    Exercise(
        "which-are-entities",
        4,
        "Which of these are entities?",
        "Which of these are **entities**, things of Spoke's business with a life of their own? Give "
        "their letters.\n\n" + listing(_CANDIDATES),
        "[]",
        choice(_CANDIDATES, "entities"),
        named("table", "attribute", "department", "software-as-entity", "event-as-entity"),
        (
            "Ask of each: when does its life begin, what happens to it, and when does it end?",
            "Leave out who does it, how it is stored, what will be built, what happens, and what is "
            "only a value.",
            "Four stay: one is a promise, one is a person, one is harm, and one is money.",
        ),
        "An entity is a noun that people of the business use, and to which events happen. How it is "
        "stored and who looks after it are other questions.",
    ),
)
