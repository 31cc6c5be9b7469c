"""Test events run through the deployed stacks, and what follows is seen, on the embedded AWS."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from anycompany.aws.deploy import apply
from anycompany.aws.destroy import destroy
from anycompany.aws.errors import AwsError
from anycompany.aws.executions import Workflow
from anycompany.aws.hunt import Hunt
from anycompany.aws.listening import Ear, ears_of, heard_in_queue
from anycompany.aws.session import Clients
from anycompany.aws.trace import trace
from anycompany.aws.unseen import not_observable, not_seen
from anycompany.aws.watch import Sighting, put, watching
from anycompany.bus.marker import marked
from anycompany.bus.scenarios import Scenario, expected, scenarios
from anycompany.bus.trace import Trace
from anycompany.stacks.names import bus_stack_name, logical_id
from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm
from tests.aws_inventory import inventory, on_bus
from tests.storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of


@contextmanager
def deployed(clients: Clients, storm: Storm, **how: bool) -> Iterator[tuple[Stack, ...]]:
    """The stacks of a storm, deployed as long as the block lasts; nothing is left of them, nor of a trace."""
    stacks = synth(storm, **how).stacks
    destroy(clients, stacks)  # a notebook that another test executed may have left the same storm deployed
    before = inventory(clients)
    apply(clients, stacks)
    running = inventory(clients)
    yield stacks
    assert inventory(clients) == running
    assert destroy(clients, stacks).left == ()
    assert inventory(clients) == before


@cache
def traced(clients: Clients, path: Path) -> Trace:
    """All scenarios of the storm of a file, seen running while it was deployed."""
    storm = load(path)
    with deployed(clients, storm) as stacks:
        return trace(clients, storm, stacks, scenarios(storm))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_every_event_policy_branch_and_listener_of_a_storm_is_seen_running(
    local_aws: Clients, path: Path
) -> None:
    storm = load(path)
    tried = scenarios(storm)
    seen = traced(local_aws, path)

    assert seen.not_seen == ()
    assert {note.partition("/")[0] for note, _ in seen.not_observable} <= {"triggers"}
    for scenario in tried:
        steps = [step for step in seen.steps if step.scenario == scenario.name]
        follows = expected(storm, scenario)
        assert {step.event for step in steps if step.event} == set(follows.events)
        assert {step.policy for step in steps if step.policy} == set(follows.policies)
        failed = {step.policy for step in steps if step.failed}
        assert scenario.failing & {p for p in follows.policies if storm.policies[p].fails} == failed
        heard = {listener for step in steps for listener in step.listeners}
        assert heard <= set(follows.listeners)
        assert heard >= {key for key in follows.listeners if not storm.listeners[key].where}
        if scenario.kind == "listener":
            assert scenario.because.removeprefix("listeners/") in heard
    assert set(seen.seen_events) == {event for one in tried for event in expected(storm, one).events}
    assert set(seen.seen_policies) == set(storm.policies)
    assert set(seen.seen_listeners) == set(storm.listeners)


def test_the_worked_example_runs_from_sign_up_to_subscription_and_tells_who_did_what(
    local_aws: Clients,
) -> None:
    storm = load(EXAMPLE)
    news: list[tuple[int, int, str]] = []
    with deployed(local_aws, storm) as stacks:
        seen = trace(local_aws, storm, stacks, scenarios(storm)[:1], progress=lambda *item: news.append(item))
    rows = seen.rows()
    assert [(row["event"], row["after"], row["policy"]) for row in rows] == [
        ("Account Created", "", ""),
        ("Payment Attempted", "Account Created", "take-payment"),
        ("Payment Succeeded", "Payment Attempted", "settle-payment"),
        ("Customer Subscribed", "Payment Succeeded", "start-subscription"),
    ]
    assert rows[1]["rule"] == rows[1]["workflow"] == "anycompany-billing-take-payment"
    assert [row["heard by"] for row in rows] == [["everything"]] * 4
    assert rows[0]["seconds"] == 0 < rows[1]["seconds"] < rows[2]["seconds"] < rows[3]["seconds"]
    assert news == [(number, 4, row["detail-type"]) for number, row in enumerate(rows, 1)]
    not_tried = dict(seen.not_seen)
    assert "no event of these takes the way to it" in not_tried["events/payment-failed"]
    assert not_tried["policies/settle-payment"] == "Its failure branch was not seen."
    assert "Nothing that was tried" in not_tried["policies/wind-down"]


def test_a_trace_survives_json() -> None:
    seen = Trace.from_json(json.loads(json.dumps(WINDED_DOWN.as_json())))
    assert seen == WINDED_DOWN
    assert seen.seen_policies == {"wind-down": 1}
    assert seen.seen_listeners == {"everything": 1}


WINDED_DOWN = Trace.from_json(
    {
        "run": "r",
        "region": "us-east-1",
        "endpoint": "",
        "started": "2026-01-31T00:00:00+00:00",
        "seconds": 1.5,
        "steps": [
            {
                "scenario": "Customer: Cancel",
                "seconds": 0.0,
                "event": "customer-cancelled",
                "event_id": "1",
                "listeners": ["everything"],
            },
            {
                "scenario": "Customer: Cancel",
                "seconds": 0.1,
                "after": "1",
                "policy": "wind-down",
                "listeners": [],
            },
        ],
        "not_seen": [["events/account-created", "because"]],
        "not_observable": [],
    }
)


def test_a_storm_of_hostile_texts_runs_through(local_aws: Clients) -> None:
    storm = storm_of(HOSTILE_TEXTS)
    with deployed(local_aws, storm) as stacks:
        seen = trace(local_aws, storm, stacks, scenarios(storm))
    assert seen.not_seen == ()


def test_policies_that_loop_are_followed_once_round(local_aws: Clients) -> None:
    storm = service_of_one(
        Storm(name="Loop")
        .add_events(["A Begun", "B Done", "C Done"])
        .trigger("a-begun", actor="Somebody")
        .add_policy("There", when=["a-begun", "c-done"], emits=["b-done"])
        .add_policy("Back", when=["b-done"], emits=["c-done"])
    )
    with deployed(local_aws, storm) as stacks:
        seen = trace(local_aws, storm, stacks, scenarios(storm))
    assert seen.not_seen == ()
    assert set(seen.seen_policies) == {"there", "back"}


def test_a_workflow_that_fails_is_told_with_its_reason(local_aws: Clients) -> None:
    missing = "arn:aws:lambda:us-east-1:000000000000:function:nobody-wrote-this"
    storm = service_of_one(
        Storm(name="Broken")
        .add_events(["A Begun", "B Done"])
        .trigger("a-begun", actor="Somebody")
        .add_policy("Work", when=["a-begun"], does=[{"do": "work", "run": missing}], emits=["b-done"])
    )
    with deployed(local_aws, storm) as stacks:
        seen = trace(local_aws, storm, stacks, scenarios(storm))
    told = dict(seen.not_seen)
    assert "It should have answered in “Somebody: A Begun”" in told["policies/work"]
    assert "Its workflow failed: Lambda" in told["policies/work"]
    assert "It should have come by" in told["events/b-done"]


def test_production_stacks_do_not_answer_the_marker_and_the_trace_ends_in_time(local_aws: Clients) -> None:
    storm = load(EXAMPLE)
    with deployed(local_aws, storm, with_marker=False) as stacks:
        seen = trace(local_aws, storm, stacks, scenarios(storm)[:1], timeout_seconds=1.5)
    assert list(seen.seen_events) == ["account-created"]
    assert "its events carry no test marker" in dict(seen.not_seen)["policies/take-payment"]


def test_what_is_not_deployed_is_said_so(local_aws: Clients) -> None:
    storm = (
        load(EXAMPLE)
        .add_policy("Think", when=["account-created"])
        .add_listener("Nobody", for_="Ops", hears=[])
    )
    stacks = synth(storm).stacks
    some = [stack for stack in stacks if stack.kind == "bus" or stack.of == "customer"]
    apply(local_aws, some)
    seen = trace(local_aws, storm, stacks, scenarios(storm)[:1])
    destroy(local_aws, stacks)
    told = dict(seen.not_seen)
    assert told["policies/take-payment"] == "Its stack is not deployed."
    assert told["listeners/everything"] == "Its stack is not deployed."
    assert told["listeners/nobody"] == "It is not deployed: it hears no event."
    assert seen.seen_policies == {"think": 1}


def test_without_a_bus_nothing_is_tried(local_aws: Clients) -> None:
    storm = load(EXAMPLE)
    with pytest.raises(AwsError, match=r"anycompany-bus: The bus is not deployed\. Deploy first"):
        trace(local_aws, storm, synth(storm).stacks, scenarios(storm))


def test_events_for_a_bus_that_is_not_there_are_refused_instead_of_lost(local_aws: Clients) -> None:
    event = {"source": "com.anycompany", "detail-type": "account-created", "detail": {}}
    with pytest.raises(AwsError, match="Could not find the bus; is it deployed"):
        put(local_aws, load(EXAMPLE), [event])


def test_an_empty_storm_can_be_traced(local_aws: Clients) -> None:
    storm = Storm(name="Nothing Yet").add_event("Room Booked")
    with deployed(local_aws, storm) as stacks:
        seen = trace(local_aws, storm, stacks, scenarios(storm))
    assert seen.steps == ()
    assert [note for note, _ in seen.not_seen] == ["events/room-booked"]


def service_of_one(storm: Storm) -> Storm:
    """The storm with everything in one entity, context and service."""
    return (
        storm.add_entity("thing", list(storm.events))
        .add_context("home", ["thing"])
        .add_service("desk", "home")
    )


@pytest.fixture
def bus(local_aws: Clients) -> Iterator[Storm]:
    """A storm of which only the bus is deployed."""
    storm = on_bus(Storm(name="Only A Bus"), "watched")
    with deployed(local_aws, storm):
        yield storm


def event(number: int, detail: dict[str, Any]) -> dict[str, Any]:
    return {"source": "com.somebody", "detail-type": f"done-{number}", "detail": detail}


def test_more_events_than_fit_one_call_are_put_in_order(local_aws: Clients, bus: Storm) -> None:
    with watching(local_aws, bus, "r1", (), datetime.now(UTC)) as watcher:
        ids = put(local_aws, bus, [event(number, marked({}, "r1-0")) for number in range(25)])
        seen: dict[str, str] = {}
        while len(seen) < 25:
            seen |= {one.event["id"]: one.event["detail-type"] for one in watcher.see(wait_seconds=1)}
    assert [seen[identifier] for identifier in ids] == [f"done-{number}" for number in range(25)]


def test_a_watcher_sees_the_test_events_of_its_run_only(local_aws: Clients, bus: Storm) -> None:
    with watching(local_aws, bus, "r1", (), datetime.now(UTC)) as watcher:
        details = ({}, marked({}, "r2-0"), marked({"a": 1}, "r1-7"))
        put(local_aws, bus, [event(number, detail) for number, detail in enumerate(details)])
        (seen,) = watcher.see(wait_seconds=1)
    assert seen.event["detail"] == marked({"a": 1}, "r1-7")


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_a_watcher_is_removed_however_its_block_ends(
    local_aws: Clients, bus: Storm, error: type[BaseException]
) -> None:
    before = inventory(local_aws)
    with pytest.raises(error), watching(local_aws, bus, "r1", (), datetime.now(UTC)):
        assert inventory(local_aws) != before
        raise error
    assert inventory(local_aws) == before


def test_destroy_removes_a_watcher_whose_program_was_killed(local_aws: Clients) -> None:
    before = inventory(local_aws)
    storm = on_bus(Storm(name="Only A Bus"), "watched")
    stacks = synth(storm).stacks
    apply(local_aws, stacks)
    forgotten = watching(local_aws, storm, "r1", (), datetime.now(UTC))
    forgotten.__enter__()
    assert destroy(local_aws, stacks).left == ()
    assert inventory(local_aws) == before
    with pytest.raises(AwsError):
        forgotten.__exit__(None, None, None)


def test_an_event_that_eventbridge_refuses_is_named(local_aws: Clients, bus: Storm) -> None:
    refused = {"source": "aws.s3", "detail-type": "Object Created", "detail": {}}
    with pytest.raises(
        AwsError, match=r"bus watched: EventBridge refuses 'Object Created' from 'aws.s3': \w+"
    ):
        put(local_aws, bus, [event(1, {}), refused])


@pytest.mark.parametrize(
    "wrong",
    [{}, {"source": "a", "detail-type": "b"}, {"source": 1, "detail-type": "b", "detail": {}}, ["a"], None],
)
def test_something_that_is_no_event_is_refused_before_anything_is_sent(
    local_aws: Clients, bus: Storm, wrong: Any
) -> None:
    with pytest.raises(AwsError, match=r"Event 2 has no .*Nothing was sent"):
        put(local_aws, bus, [event(1, {}), wrong])


def test_looking_into_a_listeners_queue_takes_nothing_out_of_it(local_aws: Clients) -> None:
    sqs = local_aws.client("sqs")
    queue = sqs.create_queue(QueueName="a-listeners")["QueueUrl"]
    try:
        bodies = ["not an event", "[]", *(json.dumps(event(n, marked({}, f"r1-{n}"))) for n in range(15))]
        for body in bodies:
            sqs.send_message(QueueUrl=queue, MessageBody=body)
        for _ in range(2):
            heard = heard_in_queue(local_aws, queue, "r1")
            assert sorted(one["detail-type"] for one in heard) == sorted(f"done-{n}" for n in range(15))
        assert heard_in_queue(local_aws, queue, "r2") == []
        attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
        assert attributes["ApproximateNumberOfMessages"] == str(len(bodies))
    finally:
        sqs.delete_queue(QueueUrl=queue)


def test_where_listeners_hear_is_read_from_the_outputs_of_their_stacks(local_aws: Clients) -> None:
    storm = load(EXAMPLE)
    with deployed(local_aws, storm) as stacks:
        assert set(ears_of(local_aws, storm, stacks)) == {
            Ear("everything", "log", "/aws/events/anycompany/everything"),
            *(ear for ear in ears_of(local_aws, storm, stacks) if ear.kind == "topic"),
        }
    assert ears_of(local_aws, storm, stacks) == ()


def hunt_for(storm: Storm, scenario: Scenario) -> Hunt:
    """The account of a trace in which every workflow is deployed and the first event has been seen."""
    workflows = {key: Workflow(f"arn:aws:states:x:1:stateMachine:{key}", key) for key in storm.policies}
    hunt = Hunt(storm, [scenario], "r1", workflows, {}, set(storm.listeners))
    source, detail_type = storm.relations.address_of[scenario.event]
    envelope = {"id": "1", "source": source, "detail-type": detail_type, "detail": marked({}, "r1-0")}
    hunt.begun[0] = "1"
    assert hunt.awaits_events
    hunt.note_sightings([Sighting(envelope, 0.0)])
    return hunt


def test_what_express_workflows_did_without_emitting_is_not_observable_on_aws() -> None:
    storm = load(EXAMPLE)
    (cancelled,) = [one for one in scenarios(storm) if one.event == "customer-cancelled"]
    hunt = hunt_for(storm, cancelled)
    assert not hunt.awaits_events
    assert hunt.awaits_runs_of == {"wind-down"}
    hunt.note_executions("wind-down", None)
    assert hunt.awaits_runs_of == set()
    notes = dict(not_observable(hunt))
    assert "AWS does not list what express workflows did" in notes["policies/wind-down"]
    assert "policies/wind-down" not in dict(not_seen(hunt, hunt.steps(), 1.0))


def test_a_listener_is_awaited_unless_its_filter_may_keep_the_event_from_it() -> None:
    storm = load(EXAMPLE)
    by_kind = {one.kind: one for one in scenarios(storm)}
    made_for_it = hunt_for(storm, by_kind["listener"])
    assert made_for_it.awaits_listeners
    for listener, awaits in (("everything", True), ("high-value-payments", False)):
        envelope = {"id": "1", "source": "x", "detail-type": "x", "detail": marked({}, "r1-0")}
        made_for_it.note_sightings([Sighting(envelope, 0.0, listener)])
        assert made_for_it.awaits_listeners is awaits
    other = hunt_for(storm, by_kind["actor"])
    envelope = {"id": "1", "source": "x", "detail-type": "x", "detail": marked({}, "r1-0")}
    other.note_sightings([Sighting(envelope, 0.0, "everything")])
    assert not other.awaits_listeners


def test_business_logic_that_fails_untold_counts_as_an_answer() -> None:
    storm = load(EXAMPLE)
    hunt = hunt_for(storm, Scenario("try", "payment-attempted", "listener", {}))
    assert hunt.awaits_answers_of == {"settle-payment"}
    source, detail_type = storm.relations.address_of["payment-failed"]
    marker = {"anycompany-test": {"trace": "r1-0", "fails": [], "by": "settle-payment", "after": "1"}}
    hunt.note_sightings(
        [Sighting({"id": "2", "source": source, "detail-type": detail_type, "detail": marker}, 1.0)]
    )
    assert not hunt.awaits_events
    assert [(step.event, step.failed) for step in hunt.steps()] == [
        ("payment-attempted", False),
        ("payment-failed", True),
    ]


def test_names_of_stacks_and_outputs_are_those_that_the_stacks_have() -> None:
    storm = load(EXAMPLE)
    stacks = synth(storm).stacks
    assert bus_stack_name(storm) == stacks[0].name
    outputs = {output for stack in stacks for output in stack.template.get("Outputs", {})}
    assert {logical_id("Where", key) for key in storm.listeners} <= outputs
