"""Who may put on the bus what people and outside systems start: a policy to attach, for each service."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..storm.model import Storm
from .resources import resource
from .roles import may_put
from .stack import Template

LARGEST_MANAGED_POLICY = 6_144
"""Characters of a managed policy, white space not counted (IAM quota)."""

_ARN_OF_THE_BUS = 200


def publishers(storm: Storm, service: str, events: list[str]) -> tuple[Template, Template]:
    """The policies for the application code behind a service's actors, and the outputs that name them.

    There is one, unless its events are more than a managed policy holds; then each has its share of them.

    Parameters
    ----------
    storm, service : whose stack.
    events : the ids of the events that people and outside systems start.
    """
    made: Template = {}
    outputs: Template = {}
    shares = list(_shares(storm, events))
    for number, share in enumerate(shares, 1):
        after = "" if number == 1 else str(number)
        part = f", part {number} of {len(shares)}" if len(shares) > 1 else ""
        made[f"Publisher{after}"] = resource(
            "AWS::IAM::ManagedPolicy",
            f"services/{service}",
            {
                "Description": "May put on the bus what people and outside systems start in the "
                f"{service} service{part}",
                "PolicyDocument": _document(storm, share),
            },
        )
        outputs[f"PublisherPolicy{after}"] = {
            "Description": f"Attach this policy to the application code behind the service's actors{part}",
            "Value": {"Ref": f"Publisher{after}"},
        }
    return made, outputs


def _shares(storm: Storm, events: list[str]) -> Iterator[list[str]]:
    """The events in as few lists as fit into a policy each."""
    share: list[str] = []
    for event in events:
        if share and _size(storm, [*share, event]) > LARGEST_MANAGED_POLICY:
            yield share
            share = []
        share.append(event)
    yield share


def _size(storm: Storm, events: list[str]) -> int:
    return len(json.dumps(_document(storm, events), ensure_ascii=False)) + _ARN_OF_THE_BUS


def _document(storm: Storm, events: list[str]) -> Template:
    return {"Version": "2012-10-17", "Statement": [may_put(storm, events)]}
