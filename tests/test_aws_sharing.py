"""A bus that other accounts may put events on, on the embedded AWS."""

import json

from anycompany.aws.deploy import apply
from anycompany.aws.destroy import destroy
from anycompany.aws.session import Clients
from anycompany.stacks.synth import synth

from .storms import EXAMPLE, load

FRIEND = "111122223333"


def test_who_may_put_is_on_the_bus_and_who_may_find_it_among_the_outputs(local_aws: Clients) -> None:
    storm = load(EXAMPLE).set(bus={"name": "open", "accounts": [FRIEND], "organization": "o-abcdefghij"})
    bus = synth(storm).stacks[:1]
    outputs = apply(local_aws, bus).states[0].outputs
    assert {"BusReaderPolicy", "BusReaderRole"} <= set(outputs)
    policy = json.loads(local_aws.client("events").describe_event_bus(Name="open")["Policy"])
    said = {one["Sid"]: one for one in policy["Statement"]}
    assert said["NobodyElse"]["Effect"] == said["OnlyOurSources"]["Effect"] == "Deny"
    assert said["AccountsMayPutCustomer"]["Principal"]["AWS"] == [f"arn:aws:iam::{FRIEND}:root"]
    assert said["OrganizationMayPutCustomer"]["Condition"]["StringEquals"] == {
        "aws:PrincipalOrgID": "o-abcdefghij"
    }
    destroy(local_aws, bus)
