"""Drift: what somebody changed by hand on what a stack made, as CloudFormation finds it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from anycompany.aws.deployed import nested_stacks
from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.following import pauses
from anycompany.aws.session import Clients
from anycompany.aws.waves import BrokenOffError, in_waves
from anycompany.stacks.splitting import PART
from anycompany.stacks.wording import shown


@dataclass(frozen=True)
class Drift:
    """What is not as a stack made it; where ``resource`` is empty, why nobody could look."""

    stack: str
    resource: str = ""
    type: str = ""
    what: str = ""

    def row(self) -> dict[str, Any]:
        """This drift as one row of a table."""
        return asdict(self)

    def __str__(self) -> str:
        return (
            f"{self.resource} of {self.stack}: {self.what}" if self.resource else f"{self.stack}: {self.what}"
        )


def drift(clients: Clients, stacks: Mapping[str, bool]) -> tuple[Drift, ...]:
    """Have CloudFormation look for drift in deployed stacks, side by side, and in those nested in them.

    Where an endpoint cannot do that, or may not, what it says is returned in place of what it would find.

    Parameters
    ----------
    clients : where the stacks are.
    stacks : the names of stacks that are deployed and that nobody is changing, each with whether it has
        nested stacks.
    """

    def work(name: str, _: Callable[[None], None], stopping: threading.Event) -> tuple[Drift, ...]:
        try:
            with explaining("look for drift", name):
                found = _of_stack(clients, name, name, stopping)
                for part in nested_stacks(clients, name) if stacks[name] else ():
                    found += _of_stack(clients, name, part, stopping)
                return found
        except AwsError as error:
            return (Drift(name, what=f"Nobody looked for drift. {error.what}"),)

    outcome = in_waves(dict.fromkeys(stacks, ()), work, lambda *_: None)
    if outcome.interrupted:
        raise AwsError("Looking for drift was stopped; nothing was changed.")
    return tuple(one for name in stacks for one in outcome.done[name])


def _of_stack(clients: Clients, stack: str, part: str, stopping: threading.Event) -> tuple[Drift, ...]:
    """What drifted in a stack, or in a ``part`` nested in it."""
    cloudformation = clients.client("cloudformation")
    detection = cloudformation.detect_stack_drift(StackName=part)["StackDriftDetectionId"]
    for pause in pauses(clients):
        found = cloudformation.describe_stack_drift_detection_status(StackDriftDetectionId=detection)
        if found["DetectionStatus"] != "DETECTION_IN_PROGRESS":
            break
        if stopping.wait(pause):
            raise BrokenOffError
    if found["DetectionStatus"] != "DETECTION_COMPLETE":
        reason = found.get("DetectionStatusReason") or "CloudFormation gives no reason"
        return (Drift(stack, what=f"Nobody looked for drift. {reason.rstrip('.')}."),)
    if found.get("StackDriftStatus") != "DRIFTED":
        return ()
    answer: dict[str, Any] = {}
    drifted = []
    while not answer or answer.get("NextToken"):
        more = {"NextToken": answer["NextToken"]} if answer else {}
        answer = cloudformation.describe_stack_resource_drifts(
            StackName=part, StackResourceDriftStatusFilters=["MODIFIED", "DELETED"], **more
        )
        drifted += answer["StackResourceDrifts"]
    # a nested stack is said to have drifted where something in it has, which is said of that itself
    return tuple(_told(stack, one) for one in drifted if one.get("ResourceType") != PART)


def _told(stack: str, found: dict[str, Any]) -> Drift:
    if found["StackResourceDriftStatus"] == "DELETED":
        what = "was deleted by hand"
    else:
        differences = [
            f"{one['PropertyPath'].strip('/').replace('/', '.')}: "
            f"{shown(one.get('ExpectedValue') or 'nothing')} → {shown(one.get('ActualValue') or 'nothing')}"
            for one in found.get("PropertyDifferences", [])
        ]
        what = f"was changed by hand: {'; '.join(differences)}" if differences else "was changed by hand"
    return Drift(stack, found["LogicalResourceId"], found.get("ResourceType", ""), what)
