"""Change sets: what CloudFormation says it would do to a stack, before it is told to."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from anycompany.aws.deployed import STORM_TAG, StackState, storm_tag_of
from anycompany.aws.errors import AwsError
from anycompany.aws.following import pauses
from anycompany.aws.remedies import explaining_with_remedy, remedy_for
from anycompany.aws.session import Clients
from anycompany.aws.waves import BrokenOffError
from anycompany.stacks.splitting import PART
from anycompany.stacks.stack import Stack

_NO_CHANGES = re.compile(r"didn't contain changes|no updates are to be performed", re.IGNORECASE)


@dataclass(frozen=True)
class ChangeSet:
    """A change set that could be executed: its ARN, its stack's id, and the changes of resources."""

    id: str
    stack_id: str
    changes: tuple[dict[str, Any], ...]


def fresh_name() -> str:
    """A name that no change set has yet: when it was made, and a random end."""
    return f"anycompany-{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:12]}"


def make_change_set(
    clients: Clients,
    stack: Stack,
    state: StackState,
    template: dict[str, str],
    stopping: threading.Event,
    *,
    name: str = "",
    nested: bool = False,
) -> ChangeSet | None:
    """Have CloudFormation compare a stack with its template; None where nothing would change.

    Parameters
    ----------
    clients : where the stack is or will be.
    stack : the stack as it should be.
    state : the stack as it is; one that is not there yet becomes an empty shell until it is executed.
    template : the argument that gives CloudFormation the template.
    stopping : set when nobody waits for it any longer.
    name : what it is called; without one, a fresh name.
    nested : whether it is also worked out what would change in nested stacks.

    Raises
    ------
    AwsError
        if CloudFormation refuses; then neither a change set nor an empty shell is left.
    BrokenOffError
        if ``stopping`` is set.
    """
    cloudformation = clients.client("cloudformation")
    name = name or fresh_name()
    with explaining_with_remedy("plan the stack", stack.name):
        # nobody else has this name: an answer was lost, and the call was repeated
        with suppress(cloudformation.exceptions.AlreadyExistsException):
            cloudformation.create_change_set(
                StackName=stack.name,
                ChangeSetName=name,
                ChangeSetType="UPDATE" if state.exists else "CREATE",
                Description=description_of(state),
                Capabilities=["CAPABILITY_IAM"],
                Tags=[{"Key": STORM_TAG, "Value": storm_tag_of([stack])}],
                Parameters=_kept_switches(stack, state),
                IncludeNestedStacks=nested,
                **template,
            )
        found = _when_ready(clients, name, stack.name, stopping)
    if found["Status"] == "CREATE_COMPLETE":
        return ChangeSet(found["ChangeSetId"], found["StackId"], changes_of(clients, found))
    reason = found.get("StatusReason", "")
    if "EarlyValidation" in reason:
        reason = _found_early(clients, found["ChangeSetId"], stack) or reason
    discard_change_set(clients, found["ChangeSetId"], stack.name)
    if _NO_CHANGES.search(reason):
        return None
    if not state.exists:
        with explaining_with_remedy("remove the empty stack", stack.name):
            cloudformation.delete_stack(StackName=found["StackId"])
    raise AwsError(
        f"CloudFormation cannot plan it: {reason.rstrip('.') or 'it gives no reason'}.",
        stack.name,
        remedy_for(reason),
    )


def execute_change_set(clients: Clients, change_set: ChangeSet, stack: str) -> None:
    """Tell CloudFormation to do it; it goes on by itself from here.

    Raises
    ------
    AwsError
        if CloudFormation refuses.
    """
    cloudformation = clients.client("cloudformation")
    with explaining_with_remedy("begin to deploy the stack", stack):
        try:
            cloudformation.execute_change_set(ChangeSetName=change_set.id)
        except cloudformation.exceptions.InvalidChangeSetStatusException:
            found = cloudformation.describe_change_set(ChangeSetName=change_set.id)
            if not found.get("ExecutionStatus", "").startswith("EXECUTE_"):
                raise
            # it has begun: an answer was lost, and the call was repeated


def discard_change_set(clients: Clients, change_set_id: str, stack: str) -> None:
    """Delete a change set that will not be executed.

    Raises
    ------
    AwsError
        if CloudFormation refuses.
    """
    cloudformation = clients.client("cloudformation")
    with explaining_with_remedy("discard the change set of the stack", stack):
        try:
            cloudformation.delete_change_set(ChangeSetName=change_set_id)
        except cloudformation.exceptions.ChangeSetNotFoundException:
            return


def description_of(state: StackState) -> str:
    """What a change set says of the stack that it was made for, so that a later change to it is found out."""
    changed = state.changed.astimezone(UTC).isoformat() if state.exists and state.changed else "nothing"
    return f"anycompany, made for the stack as of {changed}"


def changes_of(clients: Clients, found: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The changes of resources of a change set that was described, those in nested stacks in their place."""
    changes: list[dict[str, Any]] = []
    for change in found["Changes"]:
        if change["Type"] != "Resource":
            continue
        one = change["ResourceChange"]
        if one.get("ResourceType") == PART and one.get("ChangeSetId"):
            pages = clients.client("cloudformation").get_paginator("describe_change_set")
            with explaining_with_remedy("look at the nested change set", one["ChangeSetId"]):
                inside = pages.paginate(ChangeSetName=one["ChangeSetId"]).build_full_result()
            changes += changes_of(clients, inside)
        else:
            changes.append(one)
    return tuple(changes)


def _found_early(clients: Clients, change_set_id: str, stack: Stack) -> str:
    """What CloudFormation found before anything was begun, such as a resource that exists already.

    A change set only says that something was found; which resource it is, its own events say.
    """
    notes = stack.notes()
    try:
        with explaining_with_remedy("read the events of the change set", stack.name):
            answer = clients.client("cloudformation").describe_events(
                ChangeSetName=change_set_id, Filters={"FailedEvents": True}
            )
    except AwsError:
        return ""
    found = []
    for event in answer.get("OperationEvents", []):
        said = event.get("ValidationStatusReason") or event.get("ResourceStatusReason")
        if said:
            logical = event.get("LogicalResourceId", "")
            of = f" of {notes[logical]}" if logical in notes else ""
            found.append(f"{logical} ({event.get('ResourceType', '')}){of}: {said.rstrip('.')}")
    return "; ".join(dict.fromkeys(found))


def _when_ready(clients: Clients, name: str, stack: str, stopping: threading.Event) -> dict[str, Any]:
    """The description of a change set once it has been worked out, with the changes of all its pages."""
    cloudformation = clients.client("cloudformation")
    for pause in pauses(clients):
        found: dict[str, Any] = cloudformation.describe_change_set(ChangeSetName=name, StackName=stack)
        more = found.get("NextToken")
        while more:
            page = cloudformation.describe_change_set(ChangeSetName=name, StackName=stack, NextToken=more)
            found["Changes"] += page["Changes"]
            more = page.get("NextToken")
        if found["Status"] not in ("CREATE_PENDING", "CREATE_IN_PROGRESS"):
            return found
        if stopping.wait(pause):
            discard_change_set(clients, found["ChangeSetId"], stack)
            raise BrokenOffError
    raise AssertionError("pauses never end")


def _kept_switches(stack: Stack, state: StackState) -> Sequence[dict[str, Any]]:
    """Parameters that are a switch stay as somebody set them; all others are as the template says."""
    return [
        {"ParameterKey": name, "UsePreviousValue": True}
        for name, parameter in stack.template.get("Parameters", {}).items()
        if "AllowedValues" in parameter
        and state.parameters.get(name, parameter["Default"]) != parameter["Default"]
    ]
