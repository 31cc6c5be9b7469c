"""Change sets that wait for review: which there are, and how they go without being applied."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from anycompany.aws.change_sets import discard_change_set
from anycompany.aws.deployed import StackState, stacks_tagged, storm_tag_of
from anycompany.aws.errors import AwsError, RefusedError, explaining
from anycompany.aws.remedies import explaining_with_remedy
from anycompany.aws.session import Clients
from anycompany.aws.turn import taking_turn
from anycompany.aws.waves import in_waves
from anycompany.stacks.stack import Stack

_OVER = ("EXECUTE_COMPLETE", "EXECUTE_IN_PROGRESS")


@dataclass(frozen=True)
class Kept:
    """A change set that could be applied or discarded: its name, its stack, when it was made, its status.

    ``status`` is CloudFormation's word for whether it can be executed: ``AVAILABLE``, or ``OBSOLETE`` where
    the stack was changed since.
    """

    name: str
    stack: str
    made: str
    status: str
    id: str

    def row(self) -> dict[str, Any]:
        """This change set as one row of a table."""
        return asdict(self)


def kept_change_sets(clients: Clients, stacks: Sequence[Stack]) -> tuple[Kept, ...]:
    """The change sets of a storm's stacks that were kept and not applied, oldest first.

    Parameters
    ----------
    clients : where to look.
    stacks : the stacks of the storm; they only say which storm.

    Raises
    ------
    AwsError
        if AWS cannot be asked.
    """
    states = stacks_tagged(clients, storm_tag_of(stacks))
    found = _side_by_side({state.name: state for state in states}, lambda state: _of_stack(clients, state))
    return tuple(sorted((one for each in found.values() for one in each), key=lambda one: one.made))


def discard(clients: Clients, stacks: Sequence[Stack], name: str) -> tuple[Kept, ...]:
    """Delete the change sets of a name, and the empty stacks that were made for them; what was deleted.

    Parameters
    ----------
    clients : where they are.
    stacks : the stacks of the storm; they only say which storm.
    name : under which they were kept.

    Raises
    ------
    AwsError
        if there is none, somebody is changing the stacks, or AWS refuses.
    """
    storm = storm_tag_of(stacks)
    with taking_turn(clients, storm, f"discard {name}"):
        kept = kept_change_sets(clients, stacks)
        found = tuple(one for one in kept if one.name == name)
        if not found:
            others = ", ".join(dict.fromkeys(one.name for one in kept)) or "none"
            raise RefusedError(f"No change set is named {name!r}.", "", f"Kept are: {others}.")
        shells = {s.name: s for s in stacks_tagged(clients, storm) if s.status == "REVIEW_IN_PROGRESS"}

        def work(one: Kept) -> None:
            discard_change_set(clients, one.id, one.stack)
            if one.stack in shells and not any(o.stack == one.stack and o.name != name for o in kept):
                with explaining_with_remedy("remove the empty stack", one.stack):
                    clients.client("cloudformation").delete_stack(StackName=shells[one.stack].id)

        _side_by_side({one.stack: one for one in found}, work)
    return found


def _of_stack(clients: Clients, state: StackState) -> list[Kept]:
    with explaining("list the change sets of the stack", state.name):
        pages = clients.client("cloudformation").get_paginator("list_change_sets")
        summaries = [one for page in pages.paginate(StackName=state.name) for one in page["Summaries"]]
    return [
        Kept(
            one["ChangeSetName"],
            state.name,
            one["CreationTime"].isoformat(timespec="seconds"),
            one.get("ExecutionStatus", ""),
            one["ChangeSetId"],
        )
        for one in summaries
        if one.get("ExecutionStatus") not in _OVER and one.get("StackName", state.name) == state.name
    ]


def _side_by_side(things: dict[str, Any], do: Callable[[Any], Any]) -> dict[str, Any]:
    def work(name: str, _: Callable[[None], None], __: threading.Event) -> Any:
        return do(things[name])

    outcome = in_waves(dict.fromkeys(things, ()), work, lambda *_: None)
    for error in outcome.failed.values():
        raise error
    if outcome.interrupted:
        raise AwsError("Stopped.", "", "Run the same again to continue.")
    return outcome.done
