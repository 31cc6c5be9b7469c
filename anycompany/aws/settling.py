"""Bring a stack to where it can be changed: wait for what is under way, end what was left halfway."""

from __future__ import annotations

import threading

from anycompany.aws.deletion import delete_stack
from anycompany.aws.deployed import StackState, state_of
from anycompany.aws.errors import AwsError
from anycompany.aws.following import Follower, Tell
from anycompany.aws.remedies import aws_command, explaining_with_remedy
from anycompany.aws.session import Clients


def settled(
    clients: Clients, state: StackState, notes: dict[str, str], tell: Tell, stopping: threading.Event
) -> StackState:
    """The stack once CloudFormation is done with it and an update that failed halfway is rolled back.

    ``UPDATE_ROLLBACK_FAILED`` is continued, ``UPDATE_FAILED`` rolled back (CloudFormation, troubleshooting).

    Raises
    ------
    AwsError
        if it cannot be rolled back, with the reason and the command that skips what resists.
    BrokenOffError
        if ``stopping`` is set.
    """
    if state.in_progress:
        Follower(clients, state.id, notes).until_done(tell, stopping)
        state = state_of(clients, state.name)
    if state.halted:
        _roll_back(clients, state, notes, tell, stopping)
        state = state_of(clients, state.name)
    return state


def cleared(
    clients: Clients, state: StackState, notes: dict[str, str], tell: Tell, stopping: threading.Event
) -> StackState:
    """The stack once the remains of one that never worked, or was half deleted, are gone.

    Raises
    ------
    AwsError
        if they cannot be deleted.
    BrokenOffError
        if ``stopping`` is set.
    """
    if not state.stuck:
        return state
    delete_stack(clients, state, notes, tell, stopping)
    return StackState(state.name)


def _roll_back(
    clients: Clients, state: StackState, notes: dict[str, str], tell: Tell, stopping: threading.Event
) -> None:
    cloudformation = clients.client("cloudformation")
    follower = Follower(clients, state.id, notes)
    with explaining_with_remedy("roll back the stack", state.name):
        if state.status == "UPDATE_FAILED":
            cloudformation.rollback_stack(StackName=state.id)
        else:
            cloudformation.continue_update_rollback(StackName=state.id)
    now = follower.until_done(tell, stopping)
    if now.status != "UPDATE_ROLLBACK_COMPLETE":
        error = follower.failure(now, "Rolling it back")
        resist = dict.fromkeys(event["LogicalResourceId"] for event in follower.events_with("UPDATE_FAILED"))
        skip = ("--resources-to-skip", *resist) if resist else ()
        command = aws_command(clients, "continue-update-rollback", state.name, *skip)
        raise AwsError(
            error.what,
            error.where,
            f"{error.remedy} Or leave what resists as it is, and then run it again: {command}",
        )
