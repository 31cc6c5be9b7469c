"""destroy: remove everything that was deployed for a storm, and say what is left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from anycompany.aws.bucket import noted_bucket, remove_bucket
from anycompany.aws.deletion import delete_stack
from anycompany.aws.deployed import StackState, all_states, describe_deployed, storm_tag_of
from anycompany.aws.errors import AwsError
from anycompany.aws.following import Follower, Progress, Tell, counted
from anycompany.aws.gates import unprotect
from anycompany.aws.ledger import forget
from anycompany.aws.outcomes import stopped_in_words
from anycompany.aws.remedies import aws_command
from anycompany.aws.session import Clients
from anycompany.aws.turn import taking_turn
from anycompany.aws.watch import remove_forgotten_watchers
from anycompany.aws.waves import in_waves
from anycompany.stacks.stack import Stack


@dataclass(frozen=True)
class Destroyed:
    """What was removed, by name, and what is left, with the reason and the remedy."""

    removed: tuple[str, ...]
    left: tuple[tuple[str, str], ...]

    def rows(self) -> list[dict[str, Any]]:
        """Both as rows of a table."""
        gone = [{"what": name, "removed": True, "why": ""} for name in self.removed]
        return gone + [{"what": name, "removed": False, "why": why} for name, why in self.left]


def destroy(
    clients: Clients,
    stacks: Sequence[Stack],
    *,
    progress: Callable[[Progress], None] | None = None,
    allow_loss: bool = False,
) -> Destroyed:
    """Delete every stack that carries the tag of this storm, outdated ones too; the bus last.

    With the bus stack go its archive and all archived events, with the listeners what they have heard.

    Parameters
    ----------
    clients : where to.
    stacks : the stacks of the storm; they say in which order, and which storm.
    progress : called in this thread for every event of CloudFormation's and for every stack that finishes.
    allow_loss : whether protected stacks are deleted too; otherwise they are left, and what they need.

    Returns
    -------
    Destroyed
        also when something could not be removed.

    Raises
    ------
    AwsError
        if AWS cannot be asked what is there, or somebody else is changing the stacks; on Ctrl-C.
    """
    storm = storm_tag_of(stacks)
    with stopped_in_words(), taking_turn(clients, storm, "destroy"):
        return _destroy(clients, stacks, storm, progress, allow_loss)


def _destroy(
    clients: Clients,
    stacks: Sequence[Stack],
    storm: str,
    progress: Callable[[Progress], None] | None,
    allow_loss: bool,
) -> Destroyed:
    wanted = {stack.name for stack in stacks}
    found = {
        state.name: state
        for state in all_states(clients).values()
        if state.storm == storm or (state.name in wanted and not state.there)
    }
    by_name = {stack.name: stack for stack in stacks}
    buses = {stack.name for stack in stacks if stack.kind == "bus"}
    needs = {name: set(by_name[name].depends_on) if name in by_name else buses for name in found}
    after = {name: [other for other in found if name in needs[other]] for name in found}
    left: list[tuple[str, str]] = []

    def work(name: str, tell: Tell, stopping: threading.Event) -> str:
        notes = by_name[name].notes() if name in by_name else {}
        if found[name].in_progress:
            Follower(clients, found[name].id, notes).until_done(tell, stopping)
        if found[name].protected:
            if not allow_loss:
                raise AwsError(
                    "It has termination protection, because it holds something.",
                    name,
                    "If it may go with all it holds, allow it: --allow-loss.",
                )
            unprotect(clients, found[name])
        if name in buses:
            remove_forgotten_watchers(
                clients, by_name[name].template["Resources"]["EventBus"]["Properties"]["Name"]
            )
        left.extend(delete_stack(clients, found[name], notes, tell, stopping))
        return "deleted"

    outcome = in_waves(after, work, counted(progress, len(found)))
    if outcome.interrupted:
        raise AwsError(
            f"Stopped. CloudFormation goes on deleting what it has begun. Removed: "
            f"{', '.join(outcome.done) or 'nothing'}.",
            ", ".join(outcome.broken_off),
            "Run the same again to continue.",
        )
    left += [(name, f"{error.what} {error.remedy}") for name, error in outcome.failed.items()]
    left += [(name, f"It is needed by {', '.join(outcome.failed)}.") for name in outcome.not_begun]
    left += _without_tag(clients, stacks, found, storm)
    removed = [*outcome.done]
    if not outcome.failed and not outcome.not_begun:
        noted = noted_bucket(clients, storm)
        try:
            removed += [noted.name] if noted and remove_bucket(clients, storm, noted) else []
        except AwsError as error:
            left.append((noted.name if noted else "", f"{error.what} {error.remedy}"))
        forget(clients, storm)
    return Destroyed(tuple(removed), tuple(left))


def _without_tag(
    clients: Clients, stacks: Sequence[Stack], found: dict[str, StackState], storm: str
) -> list[tuple[str, str]]:
    """Stacks of these names that somebody made another way: not ours to delete."""
    others = [
        state for state in describe_deployed(clients, stacks) if state.exists and state.name not in found
    ]
    return [
        (
            state.name,
            f"It lacks the tag anycompany:storm={storm}, so it was deployed another way. If it may go, run: "
            f"{aws_command(clients, 'delete-stack', state.name)}",
        )
        for state in others
    ]
