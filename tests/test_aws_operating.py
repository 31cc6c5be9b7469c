"""A storm that is watched in every way runs on the embedded AWS: encrypted, with alarms, and with a trail."""

from __future__ import annotations

import json
import time
from typing import Any

from anycompany.aws.deploy import apply
from anycompany.aws.deployed import describe_deployed
from anycompany.aws.destroy import destroy
from anycompany.aws.listening import ears_of
from anycompany.aws.session import Clients
from anycompany.aws.watch import put
from anycompany.bus.correlation import answered, began
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm
from tests.operating import resources_of, watched_storm


def heard(clients: Clients, queue: str, count: int) -> list[dict[str, Any]]:
    """So many events from a queue, or as many as come within twenty seconds."""
    found: list[dict[str, Any]] = []
    until = time.monotonic() + 20
    while len(found) < count and time.monotonic() < until:
        answer = clients.client("sqs").receive_message(
            QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1
        )
        found += [json.loads(message["Body"]) for message in answer.get("Messages", [])]
    return found


def test_every_event_of_a_flow_leads_back_to_the_first_and_to_the_workflow_that_said_it(
    local_aws: Clients,
) -> None:
    storm: Storm = watched_storm("own", name="watched-inn")
    stacks = synth(storm).stacks
    apply(local_aws, stacks)
    try:
        assert all(state.healthy for state in describe_deployed(local_aws, stacks))
        (queue,) = [ear.where for ear in ears_of(local_aws, storm, stacks) if ear.listener == "all"]
        first = {"source": storm.source_of("room-requested"), "detail-type": "room-requested"}
        (identity,) = put(local_aws, storm, [{**first, "detail": {"guest": "A. Guest"}}])
        events = {event["detail-type"]: event for event in heard(local_aws, queue, 3)}

        assert set(events) == {"room-requested", "room-booked", "room-cleaned"}
        assert answered(events["room-requested"]) is None
        assert answered(events["room-booked"]) == identity
        assert answered(events["room-cleaned"]) == events["room-booked"]["id"]
        assert {began(event) for event in events.values()} == {identity}
        # The trail is in the envelope: no contract is touched.
        assert set(events["room-booked"]["detail"]) <= {"room"}

        alarms = local_aws.client("cloudwatch").describe_alarms(AlarmNamePrefix="watched-inn")["MetricAlarms"]
        wanted = {
            one["Properties"]["AlarmName"] for _, _, one in resources_of(stacks, "AWS::CloudWatch::Alarm")
        }
        assert wanted <= {alarm["AlarmName"] for alarm in alarms}
        (dashboard,) = resources_of(stacks, "AWS::CloudWatch::Dashboard")
        name = dashboard[2]["Properties"]["DashboardName"]
        body = local_aws.client("cloudwatch").get_dashboard(DashboardName=name)["DashboardBody"]
        assert "${" not in body and json.loads(body)["widgets"]
    finally:
        destroy(local_aws, stacks)
    names = {
        alarm["AlarmName"]
        for alarm in local_aws.client("cloudwatch").describe_alarms(AlarmNamePrefix="watched-inn")[
            "MetricAlarms"
        ]
    }
    assert not wanted & names
