"""What is not deployed without a word: contracts that break hearers, protected stacks that lose something."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from graphlib import CycleError, TopologicalSorter

from anycompany.aws.deployed import StackState
from anycompany.aws.errors import AwsError, RefusedError
from anycompany.aws.remedies import explaining_with_remedy
from anycompany.aws.session import Clients
from anycompany.aws.standing import Standing
from anycompany.stacks.breaking import Break
from anycompany.stacks.moving import moves
from anycompany.stacks.protection import OPEN_POLICY, STACK_POLICY
from anycompany.stacks.stack import Stack

_MOST = 5


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


def in_order(
    stacks: Sequence[Stack], now: Standing, *, prune: bool
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """For each stack what has to be done before it, and the outdated stacks that have to go before all.

    A stack that gives up a name comes before the one that takes it.

    Raises
    ------
    RefusedError
        if an outdated stack has a name that is needed, and nobody said that it may go; if stacks would take
        names from each other.
    """
    found = moves(now.templates, {stack.name: stack.template for stack in stacks})
    wanted = {stack.name: set(stack.depends_on) for stack in stacks}
    in_the_way = [move for move in found if move.of not in wanted]
    if in_the_way and not prune:
        more = f", and {len(in_the_way) - 1} names more" if len(in_the_way) > 1 else ""
        raise RefusedError(
            f"Nothing was deployed, because two things cannot have one name: {in_the_way[0]}{more}.",
            in_the_way[0].of,
            "The storm no longer has that stack: have it deleted first, with what it holds: --prune.",
        )
    for move in found:
        if move.of in wanted:
            wanted[move.to].add(move.of)
    try:
        TopologicalSorter(wanted).prepare()
    except CycleError:
        raise RefusedError(
            f"Nothing was deployed, because stacks would take names from each other: {found[0]}.",
            found[0].to,
            "Do it in two steps: give one of them another name first, deploy, then the one that you want.",
        ) from None
    order = {name: tuple(before) for name, before in wanted.items()}
    return order, tuple(dict.fromkeys(move.of for move in in_the_way))


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
