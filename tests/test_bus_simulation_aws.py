"""The simulation and the embedded AWS give the same trace for the same events."""

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from anycompany.aws.executions import Executions, workflows_of
from anycompany.aws.hunt import Hunt
from anycompany.aws.listening import ears_of
from anycompany.aws.session import Clients
from anycompany.aws.trace import trace
from anycompany.aws.watch import put, watching
from anycompany.bus.marker import marked
from anycompany.bus.scenarios import Scenario, scenarios
from anycompany.bus.simulation import Arrival, of_scenarios, simulate
from anycompany.bus.trace import Trace
from anycompany.stacks.stack import Stack
from anycompany.storm.model import Storm
from tests.storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of
from tests.test_aws_watch import deployed, service_of_one, traced


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_every_scenario_of_a_storm_runs_in_the_simulation_as_on_the_embedded_aws(
    local_aws: Clients, path: Path
) -> None:
    assert_simulated_as_seen(load(path), traced(local_aws, path))


def assert_the_same(clients: Clients, storm: Storm) -> None:
    """That every scenario of the storm has the same trace, deployed and simulated."""
    with deployed(clients, storm) as stacks:
        seen = trace(clients, storm, stacks, scenarios(storm))
    assert_simulated_as_seen(storm, seen)


def assert_simulated_as_seen(storm: Storm, seen: Trace) -> None:
    """That the simulation of all scenarios has this trace."""
    simulated = simulate(storm, of_scenarios(storm, scenarios(storm))).trace()
    assert simulated.shape() == seen.shape()
    assert [note for note, _ in simulated.not_seen] == [note for note, _ in seen.not_seen]


def test_a_storm_of_hostile_texts_runs_the_same(local_aws: Clients) -> None:
    assert_the_same(local_aws, storm_of(HOSTILE_TEXTS))


LOOP = service_of_one(
    Storm(name="Loop")
    .add_events(["A Begun", "B Done", "C Done"])
    .trigger("a-begun", actor="Somebody")
    .add_policy("There", when=["a-begun", "c-done"], emits=["b-done"])
    .add_policy("Back", when=["b-done"], emits=["c-done"])
)


def test_policies_that_loop_are_followed_the_same_once_round(local_aws: Clients) -> None:
    assert_the_same(local_aws, LOOP)


MOVING = (
    Storm(name="Parcels")
    .add_events(["Parcel Arrived", "Parcel Weighed", "Parcel Refused", "Van Loaded", "Label Printed"])
    .trigger("parcel-arrived", aws={"source": "aws.s3", "detail-type": "Object Created"})
    .trigger("van-loaded", schedule="rate(1 hour)")
    .add_policy(
        "Weigh", when=["parcel-arrived"], does=["weigh"], emits=["parcel-weighed"], fails=["parcel-refused"]
    )
    .add_policy("Print", when=["parcel-weighed", "parcel-refused"], emits=["label-printed"])
    .add_policy("Shelve", when=["parcel-weighed", "van-loaded"], does=["shelve"])
    .add_policy("Ponder", when=["label-printed"], fails=["parcel-refused"])
    .add_listener(
        "Heavy ones", for_="Drivers", hears=["parcel-weighed"], where={"kilos": [{"numeric": [">", 20]}]}
    )
    .add_listener(
        "Abroad",
        for_="Customs",
        hears="all",
        where={"to": {"land": [{"anything-but": ["DE"]}]}},
        to="queue",
    )
    .add_listener("Everything", for_="Audit", hears="all", to="log")
    .add_contract(
        "parcel-arrived", {"kilos": {"type": "number"}, "to": {"type": "object"}}, {"to": {"land": "FR"}}
    )
    .add_contract("parcel-weighed", {"kilos": {"type": "number"}}, {"kilos": 3})
    .add_contract("label-printed", {"to": {"type": "object"}})
)
"""AWS's own events, branches that fail into other branches, filters on fields that travel or do not."""


def test_aws_events_nested_filters_and_failures_that_lead_on_run_the_same(local_aws: Clients) -> None:
    assert_the_same(local_aws, service_of_one(MOVING))


def seen_of(
    clients: Clients, storm: Storm, stacks: Sequence[Stack], events: Sequence[dict[str, Any]], most: int
) -> Trace:
    """The trace of events put on a deployed bus by hand, of which so many steps are expected."""
    tried = [
        Scenario(f"event {number}", "", "external", event["detail"]) for number, event in enumerate(events)
    ]
    ears, (workflows, translators) = ears_of(clients, storm, stacks), workflows_of(clients, storm, stacks)
    hunt = Hunt(storm, tried, secrets.token_hex(8), workflows, translators, {ear.listener for ear in ears})
    began = datetime.now(UTC)
    with watching(clients, storm, hunt.run, ears, since=began) as watcher:
        marks = [marked(event["detail"], hunt.trace_of(number)) for number, event in enumerate(events)]
        ids = put(
            clients, storm, [{**event, "detail": mark} for event, mark in zip(events, marks, strict=True)]
        )
        hunt.begun |= dict(enumerate(ids))
        until = time.monotonic() + 30
        while len(hunt.steps()) < most and time.monotonic() < until:
            hunt.note_sightings(watcher.see(wait_seconds=1))
            for policy, workflow in workflows.items():
                hunt.note_executions(policy, Executions(clients, workflow, began).seen())
        for _ in range(2):
            hunt.note_sightings(watcher.see(wait_seconds=1))
        hunt.note_sightings(watcher.listen())
    return Trace(hunt.run, "", "", "", 0.0, hunt.steps())


def test_events_given_by_hand_go_the_same_ways_or_nowhere(local_aws: Clients) -> None:
    storm = load(EXAMPLE)
    paying = {"source": "com.anycompany.billing", "detail-type": "payment-attempted"}
    events = [
        {**paying, "detail": {"amount": 10_001}},
        {**paying, "detail": {"amount": 10_000}},
        {**paying, "detail": {"amount": "10001"}},
        {**paying, "detail": {"amount": [1, 20_000.5]}},
        {**paying, "detail": {}},
        {**paying, "source": "com.anycompany.customer", "detail": {"amount": 10_001}},
        {**paying, "detail-type": "Payment Attempted", "detail": {"amount": 10_001}},
        {"source": "com.somebody", "detail-type": "account-created", "detail": {}},
        {"source": "com.anycompany.customer", "detail-type": "account-created", "detail": {"amount": 99_999}},
        {"source": "com.anycompany.customer", "detail-type": "account-created", "detail": {"unknown": [{}]}},
    ]
    given = [Arrival(0.0, event, f"event {number}") for number, event in enumerate(events)]
    run = simulate(storm, given)
    assert run.listeners == {"everything": 26, "high-value-payments": 3}
    assert sum(use.unanswered for use in run.events if not use.event) == 3
    assert run.unheard == {}
    without_audit = simulate(storm.remove("listeners", "everything"), given)
    assert without_audit.unheard == {
        "com.anycompany.customer payment-attempted": 1,
        "com.anycompany.billing Payment Attempted": 1,
        "com.somebody account-created": 1,
        "customer-subscribed": 7,
    }
    with deployed(local_aws, storm) as stacks:
        seen = seen_of(local_aws, storm, stacks, events, len(run.trace().steps))
    assert run.trace().shape() == seen.shape()
