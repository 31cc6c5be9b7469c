from anycompany.storm.apply import apply
from anycompany.storm.guesses import guesses, with_guesses
from anycompany.storm.method import STEPS, next_step
from anycompany.storm.model import Storm

from .storms import ALL, EXAMPLE, load


def test_there_are_eight_steps_and_only_the_third_is_optional() -> None:
    assert [step.number for step in STEPS] == list(range(1, 9))
    assert [step.number for step in STEPS if step.optional] == [3]


def test_each_step_leads_to_the_next() -> None:
    assert [step.following() for step in STEPS] == [*STEPS[1:], None]


def test_every_step_of_the_worked_example_is_finished() -> None:
    storm = load(EXAMPLE)
    assert [step.number for step in STEPS if not step.progress(storm).finished] == []
    assert next_step(storm) is None


def test_a_storm_walks_through_the_steps_one_by_one() -> None:
    storm = Storm(name="Inn")
    seen = []
    for grow in (
        lambda s: s.add_event("Room Booked"),
        lambda s: s.place("room-booked"),
        lambda s: s.trigger("room-booked", actor="Guest"),
        lambda s: s.add_entity("Room", ["room-booked"]),
        lambda s: s.add_context("Hotel", ["room"]),
        lambda s: s.add_service("Rooms", "hotel"),
        lambda s: s.add_listener("All", for_="Audit"),
        lambda s: s.add_contract("room-booked"),
    ):
        step = next_step(storm)
        assert step
        seen.append(step.number)
        storm = grow(storm)
    assert (seen, next_step(storm)) == ([1, 2, 3, 4, 5, 6, 7, 8], None)


def test_a_team_may_skip_trigger_detection() -> None:
    storm = (
        Storm(name="Inn").add_event("Room Booked").place("room-booked").add_entity("Room", ["room-booked"])
    )
    step = next_step(storm)
    assert step and step.name == "Bounded Contexts"


def test_what_is_missing_is_said_by_name() -> None:
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Paid"]).place("room-booked")
    assert STEPS[1].progress(storm).missing == ("“Room Paid” is not on the timeline",)


def test_guesses_follow_the_order_and_are_marked() -> None:
    storm = Storm(name="Inn").add_events(
        ["Room Booked", "Payment Taken", "Payment Failed", "Key Handed Over"]
    )
    storm = (
        storm.place("room-booked").place("payment-taken").place("payment-failed", instead_of="payment-taken")
    )
    guessed = with_guesses(storm.place("key-handed-over"))
    assert guessed.triggers["room-booked"].document() == {"actor": "Somebody", "x-guess": True}
    first, second = guessed.policies.values()
    assert (first.when, first.emits, first.fails) == (["room-booked"], ["payment-taken"], ["payment-failed"])
    assert (second.when, second.emits) == (["payment-taken"], ["key-handed-over"])
    assert first.document()["x-guess"] is True


def test_what_the_team_said_is_never_guessed_over() -> None:
    for path in ALL:
        storm = load(path)
        assert with_guesses(storm) is storm
        assert apply(storm, guesses(storm)) == storm


def test_every_domain_can_run_on_guesses_alone() -> None:
    for path in ALL:
        storm = load(path).changed(policies={}, triggers={})
        guessed = with_guesses(storm)
        placed = set(storm.relations.moment_of)
        assert placed <= {*guessed.triggers, *guessed.relations.emitters_of}
