"""apply: deploy the stacks of a storm by change sets, the independent ones side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from anycompany.aws.bucket import Bucket
from anycompany.aws.change_sets import execute_change_set, make_change_set
from anycompany.aws.comparing import compared
from anycompany.aws.deletion import delete_stack
from anycompany.aws.deployed import StackState, all_states, storm_tag_of
from anycompany.aws.errors import AwsError
from anycompany.aws.following import Follower, Progress, Tell, counted
from anycompany.aws.gates import in_order, open_to_loss, protect, refuse_breaks, refuse_losses, unprotect
from anycompany.aws.ledger import packed
from anycompany.aws.outcomes import GOES_ON, DeployError, adding, raise_unless_complete, stopped_in_words
from anycompany.aws.packages import Packages, upload
from anycompany.aws.plan import breaks_of
from anycompany.aws.remembering import remember
from anycompany.aws.rows import Change, losses_of, rows_of
from anycompany.aws.session import Clients
from anycompany.aws.settling import cleared, settled
from anycompany.aws.standing import Standing, refuse_moves, standing
from anycompany.aws.templates import Reachable, reachable_templates
from anycompany.aws.turn import taking_turn
from anycompany.aws.waves import in_waves
from anycompany.stacks.moving import called
from anycompany.stacks.protection import holds_something
from anycompany.stacks.stack import Stack

__all__ = ["Allowed", "DeployError", "Deployed", "apply"]


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


@dataclass(frozen=True)
class Allowed:
    """What a person allowed: contracts that ``break`` hearers, protected stacks that lose what they hold."""

    breaking: bool = False
    loss: bool = False


@dataclass(frozen=True)
class _Work:
    """What the threads of a deployment share."""

    clients: Clients
    stacks: Mapping[str, Stack]
    templates: Reachable
    protects: bool
    allowed: Allowed
    now: Standing = field(repr=False)


def apply(
    clients: Clients,
    stacks: Sequence[Stack],
    *,
    progress: Callable[[Progress], None] | None = None,
    whole: bool = True,
    prune: bool = False,
    bucket: str | None = None,
    protected: bool = False,
    allowed: Allowed = Allowed(),  # it is frozen
    packages: Packages | None = None,
    does: str = "deploy",
) -> Deployed:
    """Deploy these stacks; run again, it changes nothing, and goes on where it was interrupted.

    Each stack is made or updated by a change set once those it depends on are there. When one fails, the
    others of its wave finish, and what depends on them is not begun. What was left halfway before is ended
    first: updates under way are waited for, halted ones rolled back, stacks that never worked deleted.

    Parameters
    ----------
    clients : where to.
    stacks : the stacks of a storm, or some of them.
    progress : called in this thread for every event of CloudFormation's and for every stack that finishes.
    whole : whether these are all stacks of the storm, so that this is a deployment to go back to.
    prune : also delete the outdated stacks of the storm; ``stacks`` must then be all it has.
    bucket : the bucket for templates over 51,200 bytes and code; without one, the storm's own is made.
    protected : whether stacks that hold something are protected; those that are already stay so.
    allowed : what is done although something breaks or is lost.
    packages : the code of tasks that does not stand within the templates.
    does : what this is, for others who want to deploy at the same time.

    Raises
    ------
    DeployError
        if a stack failed, with resource, sticky note, reason, remedy, and what was and was not applied; on
        Ctrl-C.
    AwsError
        before anything is changed: a template that is too large, no credentials, somebody
        else who deploys, a contract that would break, a protected stack that would lose something.
    """
    storm = storm_tag_of(stacks)
    with stopped_in_words(), taking_turn(clients, storm, does) as turn, ExitStack() as at_the_end:
        now = _settled(clients, stacks, whole=whole, trusting=not turn.taken_over, progress=progress)
        own = Bucket(clients, storm, bucket, now.bucket)
        templates = at_the_end.enter_context(reachable_templates(stacks, own))
        refuse_moves(clients, stacks, now)
        refuse_breaks(breaks_of(stacks, now, prune=prune), allowed=allowed.breaking)
        refuse_losses(_losses(clients, stacks, now, templates, prune=prune), allowed=allowed.loss)
        after, first = in_order(stacks, now, prune=prune)
        changing = not {stack.name for stack in stacks} <= now.same
        if changing and packages:
            with adding("No stack was changed."):
                upload(own, packages)
        shared = _Work(clients, {s.name: s for s in stacks}, templates, protected, allowed, now)
        turn.unsure = bool(now.head.known) and changing
        beside = at_the_end.enter_context(ThreadPoolExecutor(1))
        text = beside.submit(packed, stacks).result if whole and changing else None
        deleted = _prune(clients, now, first, progress)
        outcome = in_waves(after, _work_on(shared), counted(progress, len(after)))
        if not outcome.complete:
            with suppress(AwsError):  # then the turn stays, and nobody trusts what was noted before
                remember(clients, storm, now, (), dict, whole=False)
                turn.unsure = False
            raise_unless_complete(outcome)
        if prune:
            rest = [state.name for state in now.outdated if state.name not in deleted]
            deleted |= _prune(clients, now, rest, progress)
        actions = {stack.name: outcome.done[stack.name] for stack in stacks} | deleted
        changed = any(action != "unchanged" for action in actions.values())
        with adding(
            "All stacks are as they should be; only that is not noted.", remedy="Then run the same again."
        ):
            look = partial(all_states, clients) if changed else lambda: now.states
            found = remember(clients, storm, now, stacks, look, whole=whole, changed=changed, text=text)
            states = {stack.name: found.get(stack.name, StackState(stack.name)) for stack in stacks}
        turn.unsure = False
    return Deployed(actions, tuple(states.values()))


def _settled(
    clients: Clients,
    stacks: Sequence[Stack],
    *,
    whole: bool,
    trusting: bool,
    progress: Callable[[Progress], None] | None,
) -> Standing:
    """Where the stacks stand once nobody is changing them and no update is halfway."""
    with adding("Nothing was changed."):
        now = standing(clients, stacks, whole=whole, trusting=trusting)
    unsettled = {state.name: state for state in now.unsettled}
    if not unsettled:
        return now
    notes = {stack.name: stack.notes() for stack in stacks}

    def work(name: str, tell: Tell, stopping: threading.Event) -> str:
        settled(clients, unsettled[name], notes[name], tell, stopping)
        return "settled"

    raise_unless_complete(in_waves(dict.fromkeys(unsettled, ()), work, counted(progress, len(stacks))))
    return standing(clients, stacks, whole=whole, trusting=False)


def _losses(
    clients: Clients,
    stacks: Sequence[Stack],
    now: Standing,
    templates: Reachable,
    *,
    prune: bool,
) -> tuple[str, ...]:
    """What protected stacks would lose, as CloudFormation says; only those are asked about."""
    protected = [stack for stack in stacks if now.states[stack.name].protected and stack.name not in now.same]
    changes = compared(clients, protected, now, templates).changes if protected else {}
    rows: list[Change] = [row for stack in protected for row in rows_of(stack, now, changes.get(stack.name))]
    return losses_of(now, rows, prune=prune)


def _work_on(shared: _Work) -> Callable[[str, Tell, threading.Event], str]:
    """What is done for one stack: make or update it, protect it, and say what was done."""

    def work(name: str, tell: Tell, stopping: threading.Event) -> str:
        stack, state = shared.stacks[name], shared.now.states[name]
        action = "unchanged"
        if name not in shared.now.same:
            action = _change(shared, stack, state, tell, stopping)
        wants = (shared.protects or state.protected) and holds_something(stack.template)
        if wants and (shared.protects or action != "unchanged"):
            protect(shared.clients, state)
        return action

    return work


def _change(shared: _Work, stack: Stack, state: StackState, tell: Tell, stopping: threading.Event) -> str:
    """Make or update one stack, and say which."""
    clients, notes = shared.clients, stack.notes()
    state = cleared(clients, state, notes, tell, stopping)
    with adding("The stack is as it was.", stack.name):
        change_set = make_change_set(clients, stack, state, shared.templates[stack.name], stopping)
    if change_set is None:
        return "unchanged"
    follower = Follower(clients, change_set.stack_id, notes, new=not state.exists)
    with open_to_loss(clients, state, allowed=shared.allowed.loss), adding(GOES_ON, stack.name):
        execute_change_set(clients, change_set, stack.name)
        now = follower.until_done(tell, stopping)
    if not now.healthy:
        raise follower.failure(now, "Updating it" if state.exists else "Making it", called(stack.template))
    return "updated" if state.exists else "created"


def _prune(
    clients: Clients, now: Standing, names: Sequence[str], progress: Callable[[Progress], None] | None
) -> dict[str, str]:
    """Delete stacks that the storm no longer has."""
    outdated = {state.name: state for state in now.outdated if state.name in names}

    def work(name: str, tell: Tell, stopping: threading.Event) -> str:
        if outdated[name].protected:
            unprotect(clients, outdated[name])
        delete_stack(clients, outdated[name], {}, tell, stopping)
        return "deleted"

    outcome = in_waves(dict.fromkeys(outdated, ()), work, counted(progress, len(outdated)))
    raise_unless_complete(outcome)
    return outcome.done
