"""apply: deploy the stacks of a storm by change sets, the independent ones side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from anycompany.aws.change_sets import execute_change_set, make_change_set
from anycompany.aws.deletion import delete_stack
from anycompany.aws.deployed import StackState, describe_deployed, state_of, storm_tag_of
from anycompany.aws.errors import AwsError
from anycompany.aws.following import Follower, Progress, Tell, counted
from anycompany.aws.plan import outdated_stacks
from anycompany.aws.remedies import refuse_unless_free
from anycompany.aws.session import Clients
from anycompany.aws.templates import reachable_templates
from anycompany.aws.waves import Outcome, in_waves
from anycompany.stacks.stack import Stack


@dataclass(frozen=True)
class Deployed:
    """What a deployment did.

    ``actions`` says for each stack ``created``, ``updated``, ``unchanged`` or, of an outdated one,
    ``deleted``; ``states`` are the stacks as they are now.
    """

    actions: dict[str, str]
    states: tuple[StackState, ...]

    @property
    def changed(self) -> bool:
        """Whether it did anything."""
        return any(action != "unchanged" for action in self.actions.values())

    def rows(self) -> list[dict[str, Any]]:
        """The stacks as rows of a table."""
        rows = {state.name: state.row() for state in self.states}
        return [
            {"stack": name, "action": action, **rows.get(name, {})} for name, action in self.actions.items()
        ]


class DeployError(AwsError):
    """A deployment that did not reach its end: ``actions`` of stacks done, ``failed``, ``not_applied``."""

    def __init__(self, what: str, where: str, remedy: str, outcome: Outcome[str]) -> None:
        super().__init__(what, where, remedy)
        self.actions = outcome.done
        self.failed = outcome.failed
        self.not_applied = (*outcome.broken_off, *outcome.not_begun)


def apply(
    clients: Clients,
    stacks: Sequence[Stack],
    *,
    progress: Callable[[Progress], None] | None = None,
    prune: bool = False,
    bucket: str | None = None,
) -> Deployed:
    """Deploy these stacks; run again, it changes nothing.

    Each stack is made or updated by a change set once those it depends on are there. When one fails, the
    others of its wave finish, and what depends on them is not begun.

    Parameters
    ----------
    clients : where to.
    stacks : the stacks of a storm, or some of them.
    progress : called in this thread for every event of CloudFormation's and for every stack that finishes.
    prune : also delete the outdated stacks of the storm; ``stacks`` must then be all it has.
    bucket : the bucket for templates over 51,200 bytes; only AWS itself needs one named.

    Raises
    ------
    DeployError
        if a stack failed, with resource, sticky note, reason, remedy, and what was and was not applied; on
        Ctrl-C.
    AwsError
        before anything is changed: a template that is too large or has no bucket, no credentials.
    """
    by_name = {stack.name: stack for stack in stacks}
    with reachable_templates(clients, stacks, bucket) as templates:

        def work(name: str, tell: Tell, stopping: threading.Event) -> str:
            return _apply_one(clients, by_name[name], templates[name], tell, stopping)

        after = {name: stack.depends_on for name, stack in by_name.items()}
        outcome = in_waves(after, work, counted(progress, len(by_name)))
    _raise_unless_complete(outcome)
    deleted = _prune(clients, stacks, progress) if prune else {}
    order = {name: outcome.done[name] for name in by_name}
    return Deployed(order | deleted, describe_deployed(clients, stacks))


def _apply_one(
    clients: Clients, stack: Stack, template: dict[str, str], tell: Tell, stopping: threading.Event
) -> str:
    """Make or update one stack, and say which."""
    state = state_of(clients, stack.name)
    refuse_unless_free(clients, state, storm_tag_of([stack]))
    if state.stuck:
        delete_stack(clients, state, {}, tell, stopping)
        state = StackState(stack.name)
    change_set = make_change_set(clients, stack, state, template, stopping)
    if change_set is None:
        return "unchanged"
    follower = Follower(clients, change_set.stack_id, stack.notes())
    execute_change_set(clients, change_set, stack.name)
    now = follower.until_done(tell, stopping)
    if not now.healthy:
        raise follower.failure(now, "Updating it" if state.exists else "Making it")
    return "updated" if state.exists else "created"


def _prune(
    clients: Clients, stacks: Sequence[Stack], progress: Callable[[Progress], None] | None
) -> dict[str, str]:
    """Delete the stacks that the storm no longer has."""
    outdated = {state.name: state for state in outdated_stacks(clients, stacks)}

    def work(name: str, tell: Tell, stopping: threading.Event) -> str:
        delete_stack(clients, outdated[name], {}, tell, stopping)
        return "deleted"

    outcome = in_waves(dict.fromkeys(outdated, ()), work, counted(progress, len(outdated)))
    _raise_unless_complete(outcome)
    return outcome.done


def _raise_unless_complete(outcome: Outcome[str]) -> None:
    if not outcome.failed and not outcome.interrupted:
        return
    done = [f"{name} ({action})" for name, action in outcome.done.items()]
    left = [*outcome.broken_off, *outcome.not_begun]
    account = f"Done: {', '.join(done) or 'nothing'}." + (f" Not done: {', '.join(left)}." if left else "")
    if outcome.failed:
        (name, first), *others = outcome.failed.items()
        also = "".join(f" Also, {other}: {error.what}" for other, error in others)
        raise DeployError(
            f"{first.what}{also} {account}", first.where or name, first.remedy, outcome
        ) from first
    what = f"Stopped. CloudFormation goes on by itself with what it has begun. {account}"
    raise DeployError(what, "", "Run the same again to continue.", outcome)
