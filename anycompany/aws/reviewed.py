"""Change sets that were kept for review: apply exactly what was reviewed, or refuse."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from anycompany.aws.change_sets import ChangeSet, changes_of, description_of, execute_change_set
from anycompany.aws.deploy import Allowed, Deployed
from anycompany.aws.deployed import StackState, all_states, storm_tag_of
from anycompany.aws.errors import AwsError, RefusedError, explaining
from anycompany.aws.following import Follower, Progress, Tell, counted
from anycompany.aws.gates import open_to_loss, protect, refuse_breaks, refuse_losses
from anycompany.aws.outcomes import GOES_ON, adding, raise_unless_complete, stopped_in_words
from anycompany.aws.remembering import remember
from anycompany.aws.rows import losses_of, rows_of
from anycompany.aws.session import Clients
from anycompany.aws.standing import Standing, standing
from anycompany.aws.turn import taking_turn
from anycompany.aws.waves import in_waves
from anycompany.stacks.breaking import contract_breaks
from anycompany.stacks.protection import holds_something
from anycompany.stacks.splitting import joined, parts_of
from anycompany.stacks.stack import Stack, Template


@dataclass(frozen=True)
class Reviewed:
    """A change set that was kept: of which stack, what it changes, with which template."""

    stack: str
    change_set: ChangeSet
    template: Template


def execute(
    clients: Clients,
    stacks: Sequence[Stack],
    name: str,
    *,
    progress: Callable[[Progress], None] | None = None,
    allowed: Allowed = Allowed(),  # noqa: B008  # it is frozen
) -> Deployed:
    """Execute the change sets that a plan kept under a name, those that stacks depend on first.

    Parameters
    ----------
    clients : the target.
    stacks : the stacks of the storm; they say which stacks there are and in which order. What is applied
        is what was reviewed, whatever their templates are now.
    name : under which the change sets were kept.
    progress : called in this thread for every event of CloudFormation's and for every stack that finishes.
    allowed : what is done although something breaks or is lost.

    Raises
    ------
    AwsError
        before anything is changed: there is no change set of that name, a stack was changed since, somebody
        else deploys, something would break or be lost.
    DeployError
        if a stack failed; on Ctrl-C.
    """
    storm = storm_tag_of(stacks)
    with stopped_in_words(), taking_turn(clients, storm, f"deploy --execute {name}") as turn:
        now = standing(clients, stacks, whole=False, trusting=False)
        reviewed = _found(clients, stacks, now.states, name)
        templates = {stack.name: stack.template for stack in stacks} | dict(now.templates)
        after = templates | {one.stack: one.template for one in reviewed.values()}
        refuse_breaks(contract_breaks(now.templates, after), allowed=allowed.breaking)
        refuse_losses(_losses(stacks, now, reviewed), allowed=allowed.loss)

        def work(stack: str, tell: Tell, stopping: threading.Event) -> str:
            return _execute_one(clients, reviewed[stack], now.states[stack], tell, stopping, allowed)

        turn.unsure = bool(now.head.known)
        order = {stack.name: stack.depends_on for stack in stacks if stack.name in reviewed}
        outcome = in_waves(order, work, counted(progress, len(order)))
        if not outcome.complete:
            with suppress(AwsError):  # then the turn stays, and nobody trusts what was noted before
                remember(clients, storm, now, (), dict, whole=False)
                turn.unsure = False
            raise_unless_complete(outcome)
        found = all_states(clients)
        deployed = [
            replace(stack, template=after[stack.name])
            for stack in stacks
            if stack.name in found and found[stack.name].healthy
        ]
        remember(clients, storm, now, deployed, lambda: found, whole=len(deployed) == len(stacks))
        turn.unsure = False
    states = tuple(found.get(stack.name, StackState(stack.name)) for stack in stacks)
    return Deployed({stack.name: outcome.done.get(stack.name, "unchanged") for stack in stacks}, states)


def _found(
    clients: Clients, stacks: Sequence[Stack], states: Mapping[str, StackState], name: str
) -> dict[str, Reviewed]:
    """The change sets of this name, each as it was reviewed."""
    described = {
        stack.name: description
        for stack in stacks
        if states[stack.name].status and (description := _described(clients, stack.name, name))
    }
    # those of an earlier run that was interrupted are done
    left = {
        stack: description
        for stack, description in described.items()
        if description.get("ExecutionStatus") != "EXECUTE_COMPLETE"
    }
    if described and not left:
        raise RefusedError(
            f"The change sets {name} were executed already.",
            ", ".join(described),
            "Plan again: deploy --plan --keep.",
        )
    for stack, description in left.items():
        _refuse_if_changed(states[stack], description, name)
    found = {stack: _as_reviewed(clients, stack, name, description) for stack, description in left.items()}
    if not found:
        raise RefusedError(
            f"No change set is named {name!r}, so nothing was deployed.",
            "",
            "Make it anew: deploy --plan --keep. Of a stack that is changed, CloudFormation forgets them.",
        )
    return found


def _described(clients: Clients, stack: str, name: str) -> dict[str, Any] | None:
    from botocore.exceptions import ClientError, ParamValidationError

    with explaining("look at the change set", f"{name} of {stack}"):
        try:
            pages = clients.client("cloudformation").get_paginator("describe_change_set")
            answer: dict[str, Any] = pages.paginate(StackName=stack, ChangeSetName=name).build_full_result()
        except ParamValidationError:
            return None
        except ClientError as error:
            said = error.response["Error"]
            if "ChangeSetNotFound" not in said.get("Code", "") and "does not exist" not in said.get(
                "Message", ""
            ):
                raise
            return None
    # an endpoint that looks for the name alone may find that of another stack
    return answer if answer.get("StackName", stack) == stack else None


def _refuse_if_changed(state: StackState, found: dict[str, Any], name: str) -> None:
    """Raise ``AwsError`` unless the stack is as it was when the change set was made."""
    status = found.get("ExecutionStatus", "")
    if status == "EXECUTE_IN_PROGRESS" or state.in_progress:
        raise AwsError(
            f"CloudFormation is at work on the stack ({state.status}).",
            state.name,
            "Wait until that is done, then run it again.",
        )
    if status != "AVAILABLE" or found.get("Description", "") != description_of(state):
        raise RefusedError(
            f"The stack was changed since the change set {name} was made (which is "
            f"{status or 'of no status'} now), so what was reviewed is no longer what would happen. "
            "Nothing was deployed.",
            state.name,
            "Plan and review it again: deploy --plan --keep.",
        )


def _as_reviewed(clients: Clients, stack: str, name: str, found: dict[str, Any]) -> Reviewed:
    with explaining("read the template of the change set", f"{name} of {stack}"):
        body = clients.client("cloudformation").get_template(StackName=stack, ChangeSetName=name)
        root = body["TemplateBody"] if isinstance(body["TemplateBody"], dict) else {}
        template = joined(root, {part: _part(clients, root, part) for part in parts_of(root)})
    change_set = ChangeSet(found["ChangeSetId"], found["StackId"], changes_of(clients, found))
    return Reviewed(stack, change_set, template)


def _part(clients: Clients, root: Template, part: str) -> Template:
    """The template of a nested stack, from the bucket where the plan has put it."""
    url = urlsplit(root["Resources"][part]["Properties"]["TemplateURL"])
    bucket, _, key = url.path.lstrip("/").partition("/")
    found: Template = json.loads(clients.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read())
    return found


def _losses(stacks: Sequence[Stack], now: Standing, reviewed: Mapping[str, Reviewed]) -> tuple[str, ...]:
    rows = []
    now = replace(now, same=frozenset())
    for stack in stacks:
        if stack.name in reviewed and now.states[stack.name].protected:
            one = reviewed[stack.name]
            rows += rows_of(replace(stack, template=one.template), now, one.change_set.changes)
    return losses_of(now, rows)


def _execute_one(  # noqa: PLR0917  # one call from one place
    clients: Clients,
    reviewed: Reviewed,
    state: StackState,
    tell: Tell,
    stopping: threading.Event,
    allowed: Allowed,
) -> str:
    notes = Stack(reviewed.stack, "service", reviewed.template).notes() if reviewed.template else {}
    follower = Follower(clients, reviewed.change_set.stack_id, notes, new=not state.exists)
    with open_to_loss(clients, state, allowed=allowed.loss), adding(GOES_ON, reviewed.stack):
        execute_change_set(clients, reviewed.change_set, reviewed.stack)
        after = follower.until_done(tell, stopping)
    if not after.healthy:
        raise follower.failure(after, "Updating it" if state.exists else "Making it")
    if state.protected and holds_something(reviewed.template):
        protect(clients, state)
    return "updated" if state.exists else "created"
