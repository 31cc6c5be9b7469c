"""What of a storm is deployed: its stacks as CloudFormation knows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.session import Clients
from anycompany.stacks.splitting import PART_TAG, joined, parts_of
from anycompany.stacks.stack import Stack, Template

STORM_TAG = "anycompany:storm"
"""The tag that every stack of a storm carries; its value is what their names begin with."""


_PART = re.compile(r"Part\d+")


@dataclass(frozen=True)
class StackState:
    """One stack as CloudFormation knows it.

    ``status`` is CloudFormation's word, empty where there is no such stack; ``changed`` when it was last
    made or updated; ``storm`` the value of its storm tag, empty where it has none; ``protected`` whether it
    has termination protection.
    """

    name: str
    status: str = ""
    reason: str = ""
    changed: datetime | None = None
    outputs: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    storm: str = ""
    id: str = ""
    protected: bool = False

    @property
    def stuck(self) -> bool:
        """Whether making or deleting it failed: what is left has to go before it can be made again."""
        return self.status in ("ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED", "DELETE_FAILED")

    @property
    def halted(self) -> bool:
        """Whether an update failed halfway: it has to be rolled back before it can be updated again."""
        return self.status in ("UPDATE_ROLLBACK_FAILED", "UPDATE_FAILED")

    @property
    def there(self) -> bool:
        """Whether there is anything: an empty shell that waits for a change set is nothing."""
        return self.status not in ("", "REVIEW_IN_PROGRESS", "DELETE_COMPLETE")

    @property
    def exists(self) -> bool:
        """Whether there is a stack to update."""
        return self.there and not self.stuck and self.status != "DELETE_IN_PROGRESS"

    @property
    def in_progress(self) -> bool:
        """Whether CloudFormation is at work on it."""
        return self.status.endswith("_IN_PROGRESS") and self.status != "REVIEW_IN_PROGRESS"

    @property
    def healthy(self) -> bool:
        """Whether its last change succeeded."""
        return self.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")

    def row(self) -> dict[str, Any]:
        """This stack as one row of a table."""
        return {
            "stack": self.name,
            "status": self.status or "not deployed",
            "changed": self.changed.isoformat(timespec="seconds") if self.changed else "",
            "outputs": self.outputs,
        }


def describe_deployed(clients: Clients, stacks: Sequence[Stack]) -> tuple[StackState, ...]:
    """The state of each of these stacks, also of those that are not there.

    Parameters
    ----------
    clients : where to look.
    stacks : the stacks of a storm, or some of them.

    Raises
    ------
    AwsError
        if AWS cannot be asked.
    """
    return tuple(state_of(clients, stack.name) for stack in stacks)


def state_of(clients: Clients, name: str) -> StackState:
    """The state of one stack, by its name or, when it may be deleted meanwhile, by its id."""
    from botocore.exceptions import ClientError

    with explaining("look at the stack", name):
        try:
            found = clients.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
        except ClientError as error:
            if "does not exist" not in error.response["Error"].get("Message", ""):
                raise
            found = []
    return _state(found[0]) if found else StackState(name)


def stacks_tagged(clients: Clients, storm: str) -> tuple[StackState, ...]:
    """Every stack in the region that carries the storm tag with this value."""
    return tuple(state for state in all_states(clients).values() if state.storm == storm)


def all_states(clients: Clients) -> dict[str, StackState]:
    """Every stack in the region by its name, without those that are deleted, and those nested in others.

    Raises
    ------
    AwsError
        if AWS cannot be asked.
    """
    with explaining("list the stacks", clients.region):
        pages = clients.client("cloudformation").get_paginator("describe_stacks").paginate()
        states = [_state(stack) for page in pages for stack in page["Stacks"] if not _is_nested(stack)]
    return {state.name: state for state in states if state.status != "DELETE_COMPLETE"}


def deployed_template(clients: Clients, stack: str) -> Template:
    """The template a stack was last given, nested stacks put together; an empty one where it is not ours.

    Raises
    ------
    AwsError
        if AWS cannot be asked.
    """
    with explaining("read the template of the stack", stack):
        body = clients.client("cloudformation").get_template(StackName=stack)["TemplateBody"]
    root = body if isinstance(body, dict) else {}
    parts = parts_of(root)
    if not parts:
        return root
    ids = _own_ids(clients, stack)
    return joined(root, {part: deployed_template(clients, ids[part]) for part in parts if ids.get(part)})


def physical_ids(clients: Clients, stack: str) -> dict[str, str]:
    """For each logical id of a deployed stack, the name, ARN or address its resource has on AWS.

    What stands in nested stacks is among them.

    Raises
    ------
    AwsError
        if AWS cannot be asked.
    """
    found = _own_ids(clients, stack)
    for part in _nested(found):
        found |= physical_ids(clients, part)
    return found


def nested_stacks(clients: Clients, stack: str) -> tuple[str, ...]:
    """The ids of the stacks that are nested in a stack. Raises ``AwsError``."""
    return _nested(_own_ids(clients, stack))


def _nested(ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(one for name, one in ids.items() if _PART.fullmatch(name) and ":stack/" in one)


def _own_ids(clients: Clients, stack: str) -> dict[str, str]:
    with explaining("list the resources of the stack", stack):
        pages = (
            clients.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
        )
        return {
            resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "")
            for page in pages
            for resource in page["StackResourceSummaries"]
        }


def storm_tag_of(stacks: Sequence[Stack]) -> str:
    """The value of the storm tag of these stacks: what the names of all stacks of their storm begin with.

    Raises
    ------
    AwsError
        if there are no stacks.
    """
    for stack in stacks:
        bus = stack.name if stack.kind == "bus" else stack.depends_on[0]
        return bus.removesuffix("-bus")
    raise AwsError("There are no stacks to work on.", "", "Make them from a storm first (synth).")


def _is_nested(stack: dict[str, Any]) -> bool:
    return bool(stack.get("ParentId")) or any(tag["Key"] == PART_TAG for tag in stack.get("Tags", []))


def _state(stack: dict[str, Any]) -> StackState:
    tags = {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}
    return StackState(
        name=stack["StackName"],
        status=stack["StackStatus"],
        reason=stack.get("StackStatusReason", ""),
        changed=stack.get("LastUpdatedTime") or stack.get("CreationTime"),
        outputs={one["OutputKey"]: one.get("OutputValue", "") for one in stack.get("Outputs", [])},
        parameters={
            one["ParameterKey"]: one.get("ParameterValue", "") for one in stack.get("Parameters", [])
        },
        storm=tags.get(STORM_TAG, ""),
        id=stack["StackId"],
        protected=bool(stack.get("EnableTerminationProtection")),
    )
