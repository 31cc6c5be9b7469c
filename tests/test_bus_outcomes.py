"""Ways of a branch that lead to events of their own: on the model, in the state machine, and in a simulation."""

from __future__ import annotations

import re
from typing import Any

import jsonata
import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.flows import flows
from anycompany.bus.outcomes import emitted
from anycompany.bus.scenarios import scenarios
from anycompany.bus.simulation import of_scenarios, simulate
from anycompany.stacks.workflow import state_machine
from anycompany.storm.checks import findings
from anycompany.storm.checks.work import CHECKS
from anycompany.storm.model import Storm
from anycompany.storm.worklines import work_lines

from .test_stacks_synth import said_by_asl_validator

EVENTS = [
    "Flight Cancelled",
    "Seat Found",
    "Voucher Issued",
    "Hotel Booked",
    "Agent Called",
    "Rebooking Failed",
]
WAYS: dict[str, Any] = {
    "do": "Which fare",
    "branch": [
        {"where": {"fare": ["flex"]}, "does": ["Find a seat"], "emits": ["seat-found"]},
        {
            "where": {"hours": [{"numeric": [">", 8]}]},
            "does": [
                {
                    "do": "How late",
                    "branch": [
                        {"where": {"hours": [{"numeric": [">", 20]}]}, "emits": ["hotel-booked"]},
                        {"emits": ["agent-called"]},
                    ],
                }
            ],
        },
        {"does": [], "emits": ["voucher-issued"]},
    ],
}


def airline(*more: Any, emits: tuple[str, ...] = (), **said: Any) -> Storm:
    storm = Storm(name="Air").add_events(EVENTS)
    storm = storm.trigger("flight-cancelled", actor="Operations", command="Cancel")
    fields = {"fare": {"type": "string"}, "hours": {"type": "number"}}
    storm = storm.add_contract("flight-cancelled", fields, {"fare": "basic", "hours": 2})
    return storm.add_policy(
        "Rebook",
        when=["flight-cancelled"],
        does=[{"parallel": [[WAYS], ["Tell the passenger"]]}, *more],
        emits=["seat-found", "voucher-issued", "hotel-booked", "agent-called", *emits],
        fails=["rebooking-failed"],
        **said,
    )


DETAILS = st.fixed_dictionaries(
    {},
    optional={"fare": st.sampled_from(["flex", "basic"]), "hours": st.sampled_from([2, 8, 9, 20, 21, "21"])},
)


def put_by(machine: dict[str, Any], detail: dict[str, Any]) -> list[str]:
    """The detail-types that a machine puts on the bus, from where its work has ended on."""
    states, found = machine["States"], []
    name = next(name for name in states if name.startswith(("What follows", "Put ")))
    known = {"event": {"detail": detail}}
    while True:
        state = states[name]
        if state["Type"] == "Choice":
            asked = [one["Condition"].removeprefix("{%").removesuffix("%}") for one in state["Choices"]]
            met = [jsonata.Jsonata.jsonata(one).evaluate(None, known) for one in asked]
            taken = next((one for one, is_met in zip(state["Choices"], met, strict=True) if is_met), None)
            name = taken["Next"] if taken else state["Default"]
            continue
        found += [entry["DetailType"] for entry in state.get("Arguments", {}).get("Entries", ())]
        if "Next" not in state:
            return found
        name = state["Next"]


@settings(max_examples=40, deadline=None)
@given(DETAILS, st.booleans())
def test_the_machine_puts_exactly_the_events_of_the_way_that_is_taken(
    detail: dict[str, Any], also: bool
) -> None:
    storm = airline(emits=("flight-cancelled",) if also else ())
    machine = state_machine(storm, "rebook", with_marker=False)
    assert put_by(machine, detail) == emitted(storm, "rebook", {"detail": detail})


@pytest.mark.parametrize(
    ("detail", "follows"),
    [
        ({"fare": "flex", "hours": 30}, ["seat-found"]),
        ({"fare": "basic", "hours": 30}, ["hotel-booked"]),
        ({"fare": "basic", "hours": 9}, ["agent-called"]),
        ({}, ["voucher-issued"]),
    ],
)
def test_each_way_leads_to_its_own_event_alone(detail: dict[str, Any], follows: list[str]) -> None:
    assert emitted(airline(), "rebook", {"detail": detail}) == follows


def test_the_machine_is_valid_and_a_failure_of_the_work_leads_to_no_way() -> None:
    machine = state_machine(airline(), "rebook", with_marker=True)
    assert said_by_asl_validator([machine]) == []
    caught = [one["Next"] for state in machine["States"].values() for one in state.get("Catch", ())]
    assert set(caught) == {"Put Rebooking Failed"}


def test_a_simulation_takes_the_ways_and_every_event_has_a_flow() -> None:
    storm = airline()
    run = simulate(storm, of_scenarios(storm, scenarios(storm)))
    assert {step.event for step in run.trace().steps} == set(storm.events)
    assert not [note for note, _ in run.trace().not_seen if note.startswith("events/")]
    led_to = {one.event for flow in flows(storm) for one in flow.then if hasattr(one, "by")}
    assert led_to == set(storm.events) - {"flight-cancelled"}


def test_an_event_that_is_removed_or_merged_is_so_in_the_ways_too() -> None:
    def ways(storm: Storm) -> list[str]:
        return re.findall(r"'emits': \['([\w-]+)'\]", str(storm.document()["policies"]["rebook"]["does"]))

    storm = airline()
    assert ways(storm) == ["seat-found", "hotel-booked", "agent-called", "voucher-issued"]
    assert ways(storm.remove("events", "hotel-booked")) == ["seat-found", "agent-called", "voucher-issued"]
    assert "hotel-booked" not in str(storm.merge_events("seat-found", "hotel-booked").document()["policies"])


def test_what_a_way_leads_to_and_its_policy_does_not_emit_is_an_error_and_never_put() -> None:
    twice = {"do": "Again", "branch": [{"emits": ["seat-found", "rebooking-failed"]}]}
    storm = airline(twice)
    found = [one for one in findings(storm, 6, CHECKS).open if one.check == "way-leads-to-an-unsaid-event"]
    assert [one.what for one in found] == [
        "A way of “Again” leads to “Seat Found”, which a branch before it has decided.",
        "A way of “Again” leads to “Rebooking Failed”, which the policy does not emit.",
    ]
    assert emitted(storm, "rebook", {"detail": {"fare": "basic"}}) == ["voucher-issued"]


def test_the_lines_of_the_work_say_what_a_way_leads_to() -> None:
    storm = airline()
    lines = [
        line.text
        for line in work_lines(storm.policies["rebook"].does, called=lambda one: storm.events[one].name)
    ]
    assert 'if {"fare": ["flex"]}, leads to Seat Found' in lines
    assert "otherwise, leads to Voucher Issued" in lines
