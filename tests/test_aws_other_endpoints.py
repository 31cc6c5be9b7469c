"""An endpoint that lacks much of AWS: what needs it falls back, and says so, and events still flow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from anycompany.aws.deploy import apply
from anycompany.aws.destroy import destroy
from anycompany.aws.plan import plan
from anycompany.aws.session import Clients
from anycompany.aws.trace import trace
from anycompany.bus.scenarios import expected, scenarios
from anycompany.bus.simulation import of_scenarios, simulate
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm

from .fault_proxy import FaultProxy, HastyClients, fault_proxy

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
    simulated = simulate(storm, of_scenarios(storm, tried)).trace()
    for scenario in tried:
        flows = [
            {
                (step.policy, step.event, step.failed)
                for step in steps
                if step.scenario == scenario.name and step.event
            }
            for steps in (seen.steps, simulated.steps)
        ]
        assert flows[0] == flows[1]
        assert {event for _, event, _ in flows[0]} == set(expected(storm, scenario).events)
    assert {call.operation for call in poor.calls} | {"DescribeExecution"} >= OPTIONAL
