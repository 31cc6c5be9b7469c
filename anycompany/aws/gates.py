"""What is not deployed without a word: contracts that break hearers, protected stacks that lose something."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from anycompany.aws.deployed import StackState
from anycompany.aws.errors import AwsError
from anycompany.aws.remedies import explaining_with_remedy
from anycompany.aws.session import Clients
from anycompany.stacks.breaking import Break
from anycompany.stacks.protection import OPEN_POLICY, STACK_POLICY

_MOST = 5


class RefusedError(AwsError):
    """What a deploy would do is not done without a word that allows it."""


def refuse_breaks(breaks: Sequence[Break], *, allowed: bool) -> None:
    """Raise ``RefusedError`` if contracts would break who hears their events, and nobody allowed it."""
    if breaks and not allowed:
        raise RefusedError(
            f"Nothing was deployed, because contracts would break: {_listed([str(one) for one in breaks])}",
            "",
            "Add a field in place of changing one, or make a new event; if all who hear it are ready, "
            "allow it: --allow-breaking (allow_breaking).",
        )


def refuse_losses(losses: Sequence[str], *, allowed: bool) -> None:
    """Raise ``RefusedError`` if protected stacks would lose what they hold, and nobody allowed it."""
    if losses and not allowed:
        raise RefusedError(
            f"Nothing was deployed, because protected stacks would lose something: {_listed(losses)}.",
            "",
            "Save what has to be saved; if the rest may go, allow it: --allow-loss (allow_loss).",
        )


def protect(clients: Clients, state: StackState) -> None:
    """Keep a stack from being deleted, and what it holds from being replaced or deleted with an update.

    Raises
    ------
    AwsError
        if CloudFormation refuses.
    """
    cloudformation = clients.client("cloudformation")
    with explaining_with_remedy("protect the stack", state.name):
        cloudformation.set_stack_policy(StackName=state.name, StackPolicyBody=json.dumps(STACK_POLICY))
        if not state.protected:
            cloudformation.update_termination_protection(
                StackName=state.name, EnableTerminationProtection=True
            )


def unprotect(clients: Clients, state: StackState) -> None:
    """Let a protected stack be deleted, because a person said so.

    Raises
    ------
    AwsError
        if CloudFormation refuses.
    """
    with explaining_with_remedy("lift the protection of the stack", state.name):
        clients.client("cloudformation").update_termination_protection(
            StackName=state.name, EnableTerminationProtection=False
        )


@contextmanager
def open_to_loss(clients: Clients, state: StackState, *, allowed: bool) -> Iterator[None]:
    """Within the block, an update of a protected stack may replace and delete what it holds, if allowed.

    Raises
    ------
    AwsError
        if CloudFormation refuses.
    """
    if not (allowed and state.protected):
        yield
        return
    with explaining_with_remedy("lift the protection of the stack", state.name):
        clients.client("cloudformation").set_stack_policy(
            StackName=state.name, StackPolicyBody=json.dumps(OPEN_POLICY)
        )
    try:
        yield
    except AwsError:
        with suppress(AwsError):  # why it failed is what a person has to know
            protect(clients, state)
        raise
    protect(clients, state)


def _listed(sentences: Sequence[str]) -> str:
    more = f" And {len(sentences) - _MOST} more." if len(sentences) > _MOST else ""
    return " ".join(sentences[:_MOST]) + more
