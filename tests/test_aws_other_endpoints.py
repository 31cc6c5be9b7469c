"""Endpoints that are not the embedded AWS: one that lacks much of it, and another emulator altogether."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anycompany.aws.deploy import apply
from anycompany.aws.destroy import destroy
from anycompany.aws.plan import plan
from anycompany.aws.rollback import last_good, roll_back
from anycompany.aws.session import Clients, Target, connect
from anycompany.aws.trace import trace
from anycompany.bus.scenarios import Scenario, expected, scenarios
from anycompany.bus.simulation import of_scenarios, simulate
from anycompany.bus.trace import Trace
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm

from .fault_proxy import FaultProxy, HastyClients, fault_proxy
from .other_aws import other_aws

OPTIONAL = {
    "ChangeMessageVisibilityBatch",
    "DescribeEventBus",
    "DescribeExecution",
    "DetectStackDrift",
    "FilterLogEvents",
    "ListExecutions",
}
"""What our tools ask for where it is there, and do without where it is not."""


def clinic() -> Storm:
    """Lab results: a way for each kind of result, a person who may say no, and work that says nothing."""
    storm = Storm(name="Clinic").add_events(
        ["Sample Analysed", "Result Filed", "Doctor Called", "Result Withheld", "Patient Informed"]
    )
    storm = storm.trigger("sample-analysed", external="Laboratory")
    fields = {"patient": {"type": "string", "personal": True}, "level": {"type": "number"}}
    storm = storm.add_contract("sample-analysed", fields, {"patient": "A. Ill", "level": 3})
    review = {"do": "Review", "ask": "Doctor", "within": "1 hour", "needs": ["level"]}
    storm = storm.add_policy(
        "Judge",
        when=["sample-analysed"],
        does=[
            {
                "branch": [
                    {
                        "where": {"level": [{"numeric": [">", 9]}]},
                        "does": [review],
                        "emits": ["doctor-called"],
                    },
                    {"does": ["File it"], "emits": ["result-filed"]},
                ]
            }
        ],
        emits=["result-filed", "doctor-called"],
        fails=["result-withheld"],
        once=True,
    )
    storm = storm.add_policy(
        "Inform",
        when=["result-filed", "doctor-called"],
        does=["Write"],
        emits=["patient-informed"],
        buffer=True,
    )
    storm = storm.add_policy(
        "Count", when=["result-filed"], does=["Count"], service="clinic", kind="standard"
    )
    storm = storm.add_entity("Result", list(storm.events)).add_context("Clinic", ["result"])
    storm = storm.add_service("Clinic", "clinic")
    storm = storm.add_listener("Register", for_="Audit", hears="all", to="log")
    return storm.add_listener("Ward", for_="Ward", hears=["doctor-called"], to="queue")


def as_simulated(storm: Storm, tried: tuple[Scenario, ...], seen: Trace) -> bool:
    """Whether who answered what is in a trace as it is in a simulation, and nothing else."""
    simulated = simulate(storm, of_scenarios(storm, tried)).trace()
    flows = [
        {(step.scenario, step.policy, step.event, step.failed) for step in trace.steps if step.event}
        for trace in (seen, simulated)
    ]
    reached = {(scenario.name, event) for scenario in tried for event in expected(storm, scenario).events}
    return flows[0] == flows[1] and {(name, event) for name, _, event, _ in flows[0]} == reached


@pytest.fixture
def poor(local_aws: Clients) -> Iterator[FaultProxy]:
    """The embedded AWS without what is optional."""
    with fault_proxy(local_aws) as proxy:
        proxy.choose = lambda call: "unknown" if call.operation in OPTIONAL else None
        yield proxy


def test_events_flow_end_to_end_on_an_endpoint_that_lacks_what_is_optional(poor: FaultProxy) -> None:
    storm, clients = clinic(), HastyClients(poor.endpoint)
    stacks, tried = synth(storm).stacks, scenarios(storm)
    apply(clients, stacks)
    try:
        assert not plan(clients, stacks, drift=True).changes
        seen = trace(clients, storm, stacks, tried)
    finally:
        assert destroy(clients, stacks).left == ()
    assert seen.not_seen == ()
    assert dict(seen.not_observable) == {
        "listeners/register": "Nobody can look what it heard: "
        "The endpoint has no operation FilterLogEvents (UnknownOperationException).",
        "policies/count": "Its success emits nothing, and the endpoint does not list what workflows did.",
    }
    assert as_simulated(storm, tried, seen)
    assert {call.operation for call in poor.calls} | {"DescribeExecution"} >= OPTIONAL


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    """Clients of another emulator."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with other_aws(tmp_path) as endpoint:
        yield connect(Target("aws", region="us-east-1", endpoint_url=endpoint))


def test_events_flow_end_to_end_on_another_emulator(other: Clients) -> None:
    """Its tables need a program that it fetches, and it has no pipes: the storm goes without these two."""
    storm = clinic().change("policies", "judge", once=False).change("policies", "inform", buffer=False)
    stacks, tried = synth(storm).stacks, scenarios(storm)
    assert set(apply(other, stacks).actions.values()) == {"created"}
    assert not apply(other, stacks).changed
    seen = trace(other, storm, stacks, tried)
    assert (seen.not_seen, as_simulated(storm, tried, seen)) == ((), True)
    assert {step.listeners for step in seen.steps if step.event == "doctor-called"} == {("register", "ward")}
    changed = storm.change("policies", "inform", does=["Write twice"])
    assert "updated" in apply(other, synth(changed).stacks).actions.values()
    good = last_good(other, synth(changed).stacks)
    assert "updated" in roll_back(other, good).actions.values()
    assert destroy(other, stacks).left == ()
