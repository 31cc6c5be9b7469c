"""Delete one stack, and say what of it stays."""

from __future__ import annotations

import threading
from dataclasses import replace

from anycompany.aws.deployed import StackState
from anycompany.aws.errors import AwsError
from anycompany.aws.following import Follower, Tell
from anycompany.aws.remedies import aws_command, explaining_with_remedy
from anycompany.aws.session import Clients


def delete_stack(
    clients: Clients, state: StackState, notes: dict[str, str], tell: Tell, stopping: threading.Event
) -> list[tuple[str, str]]:
    """Delete one stack; what of it stays by its own wish (DeletionPolicy), with the reason.

    Raises
    ------
    AwsError
        if it cannot be deleted, with resource, sticky note, reason and remedy, and the command that deletes
        the stack without what cannot be deleted.
    BrokenOffError
        if ``stopping`` is set.
    """
    follower = Follower(clients, state.id, notes)
    with explaining_with_remedy("delete the stack", state.name):
        clients.client("cloudformation").delete_stack(StackName=state.id)
    now = follower.until_done(tell, stopping)
    if now.status not in ("", "DELETE_COMPLETE"):
        error = follower.failure(replace(now, name=state.name), "Deleting it")
        raise AwsError(error.what, error.where, f"{error.remedy} {_by_hand(clients, state, follower)}")
    return [
        (f"{event['LogicalResourceId']} of {state.name}", "Its stack says that it is to be kept.")
        for event in follower.events_with("DELETE_SKIPPED")
    ]


def _by_hand(clients: Clients, state: StackState, follower: Follower) -> str:
    """The command to run once the reason is out of the way, and the one that leaves behind what resists."""
    again = f"Then run: {aws_command(clients, 'delete-stack', state.name)}"
    resist = dict.fromkeys(event["LogicalResourceId"] for event in follower.events_with("DELETE_FAILED"))
    if not resist:
        return again
    leaving = aws_command(clients, "delete-stack", state.name, "--retain-resources", *resist)
    return f"{again} To leave behind what cannot be deleted: {leaving}"
