"""Flows as given, when and then: all that matters of a design, and nothing but what the team said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from anycompany.bus.flows import Follows, Hears, Runs, flows, sentences
from anycompany.bus.scenarios import expected, scenarios
from anycompany.bus.simulation import of_scenarios, simulate
from anycompany.storm.model import Storm

from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of
from .strategies import storms

INN = (
    Storm(name="Inn")
    .add_events(["Room Booked", "Room Paid", "Payment Refused", "Room Held", "Room Freed"])
    .add_policy("Pay", when=["room-booked"], emits=["room-paid"], fails=["payment-refused"])
    .add_policy("Hold", when=["room-paid"], emits=["room-held"])
    .add_policy("Free", when=["payment-refused"], emits=["room-freed"])
    .add_policy("Tell", when=["room-freed"], does=["Write to the guest"])
    .add_listener("Dear ones", for_="Boss", hears=["room-paid"], where={"amount": [{"numeric": [">", 100]}]})
    .add_listener("All", for_="Audit", hears="all", to="log")
)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_there_is_a_flow_for_every_trigger_failure_and_filter_with_its_own_name(path: Path) -> None:
    storm = load(path)
    found = flows(storm)
    assert len({flow.id for flow in found}) == len(found)
    about = [flow.scenario.because for flow in found]
    assert set(about) == {scenario.because for scenario in scenarios(storm)}
    for key, listener in storm.listeners.items():
        if listener.where:
            heard = {
                one.heard
                for flow in found
                for one in flow.then
                if isinstance(one, Hears) and one.listener == key
            }
            assert heard == {True, False}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_a_flow_says_what_the_scenarios_and_the_simulation_say(path: Path) -> None:
    storm = load(path)
    found = flows(storm)
    trace = simulate(storm, of_scenarios(storm, [flow.scenario for flow in found])).trace()
    for flow in found:
        assert set(flow.events) == set(expected(storm, flow.scenario).events)
        steps = [step for step in trace.steps if step.scenario == flow.id]
        assert {step.event for step in steps if step.event} == set(flow.events)
        ran = {step.policy for step in steps if not step.event}
        assert ran == {one.policy for one in flow.then if isinstance(one, Runs)}
        heard = {(listener, step.event) for step in steps for listener in step.listeners}
        for one in flow.then:
            if isinstance(one, Hears):
                assert ((one.listener, one.event) in heard) is one.heard, flow.id


def test_a_flow_reads_from_its_beginning_to_its_ends() -> None:
    failing = next(flow for flow in flows(INN) if flow.scenario.fails)
    assert failing.id == "pay-fails-and-payment-refused-follows"
    assert failing.then == (
        Follows("payment-refused", "pay", "room-booked"),
        Follows("room-freed", "free", "payment-refused"),
        Runs("tell", "room-freed"),
        Hears("all", "room-booked"),
        Hears("all", "payment-refused"),
        Hears("all", "room-freed"),
    )
    assert sentences(failing, INN) == [
        "Given whatever starts it, and “Pay” fails",
        "When “Room Booked” is put on the bus",
        "Then “Payment Refused” follows from “Pay”",
        "and “Room Freed” follows from “Free”",
        "and “Tell” runs",
        "and “All” (Audit) hears “Room Booked”",
    ]


def test_an_event_without_a_contract_is_made_for_the_filter_that_hears_it() -> None:
    details = {flow.id: flow.scenario.detail for flow in flows(INN)}
    assert details["dear-ones-hears-room-paid"]["amount"] > 100
    assert details["dear-ones-does-not-hear-room-paid"] == {}


def test_a_filter_that_can_never_match_has_a_flow_that_says_it_should() -> None:
    never = INN.add_contract("room-paid", {"amount": {"type": "string"}}, {"amount": "928309.42"})
    (flow,) = [flow for flow in flows(never) if flow.id == "dear-ones-hears-room-paid"]
    assert flow.scenario.detail == {"amount": "928309.42"}
    assert Hears("dear-ones", "room-paid") in flow.then


def test_where_nothing_is_said_to_start_anything_the_order_suggests_it() -> None:
    storm = (
        Storm(name="Inn")
        .add_events(["Room Booked", "Room Cleaned"])
        .place("room-booked")
        .place("room-cleaned")
    )
    (flow,) = flows(storm)
    assert flow.then == (Follows("room-cleaned", "after-room-booked", "room-booked"),)


def test_policies_that_loop_are_followed_once_round() -> None:
    storm = (
        Storm(name="Loop")
        .add_events(["A Begun", "B Done", "C Done"])
        .trigger("a-begun", actor="Somebody")
        .add_policy("There", when=["a-begun", "c-done"], emits=["b-done"])
        .add_policy("Back", when=["b-done"], emits=["c-done"])
    )
    (flow,) = flows(storm)
    assert flow.then == (Follows("b-done", "there", "a-begun"), Follows("c-done", "back", "b-done"))


@settings(max_examples=60)
@given(storms)
def test_any_storm_has_flows_that_can_be_said(storm: Storm) -> None:
    for flow in flows(storm):
        assert all("\n" not in sentence for sentence in sentences(flow, storm))


def test_hostile_texts_stand_on_one_line() -> None:
    storm = storm_of(HOSTILE_TEXTS)
    said = [sentence for flow in flows(storm) for sentence in sentences(flow, storm)]
    assert said and all(
        len(sentence) < 400 and "\n" not in sentence and "\0" not in sentence for sentence in said
    )


def test_the_worked_example_has_the_flows_that_its_team_would_name() -> None:
    assert [flow.id for flow in flows(load(EXAMPLE))] == [
        "account-created-leads-to-customer-subscribed",
        "operation-initiated-leads-to-operation-succeeded",
        "subscription-renewed-is-heard",
        "customer-cancelled-starts-wind-down",
        "subscription-expired-starts-wind-down",
        "settle-payment-fails-and-payment-failed-follows",
        "run-operation-fails-and-operation-failed-follows",
        "high-value-payments-hears-payment-attempted",
        "high-value-payments-does-not-hear-payment-attempted",
    ]
