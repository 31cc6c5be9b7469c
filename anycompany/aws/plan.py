"""plan: what a deployment would do, worked out by CloudFormation's change sets, leaving nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from anycompany.aws.change_sets import discard_change_set, make_change_set
from anycompany.aws.deployed import StackState, describe_deployed, stacks_tagged, storm_tag_of
from anycompany.aws.errors import AwsError
from anycompany.aws.remedies import refuse_unless_free
from anycompany.aws.session import Clients
from anycompany.aws.templates import reachable_templates
from anycompany.aws.waves import in_waves
from anycompany.stacks.stack import Stack

Action = Literal["create", "update", "replace", "delete", "none", "delete-stuck", "outdated"]


@dataclass(frozen=True)
class Change:
    """One row of a plan: what would be done to a resource, or where that is empty to a stack.

    ``delete-stuck`` deletes the remains of a stack whose making failed; ``outdated`` is a stack that the
    storm no longer has, deleted only on demand. ``replacement`` says whether AWS would make the resource
    anew; ``details`` names the properties that change.
    """

    stack: str
    action: Action
    resource: str = ""
    type: str = ""
    note: str = ""
    replacement: Literal["yes", "no", "maybe", ""] = ""
    details: str = ""


@dataclass(frozen=True)
class Plan:
    """What a deployment would do, in the order of the stacks."""

    all: tuple[Change, ...]

    @property
    def changes(self) -> bool:
        """Whether it would do anything."""
        return any(change.action not in ("none", "outdated") for change in self.all)

    def rows(self) -> list[dict[str, Any]]:
        """The plan as rows of a table."""
        return [asdict(change) for change in self.all]


def plan(clients: Clients, stacks: Sequence[Stack], *, whole: bool = True, bucket: str | None = None) -> Plan:
    """Work out what :func:`~anycompany.aws.deploy.apply` would do; changes nothing.

    Stacks that exist are compared by a change set, which is discarded; what a new one would make is read
    from its template, because it may need what another new one makes.

    Parameters
    ----------
    clients : where it would be deployed.
    stacks : the stacks of a storm.
    whole : whether these are all of its stacks, so that others with its tag are outdated.
    bucket : the bucket for templates over 51,200 bytes; only AWS itself needs one named.

    Raises
    ------
    AwsError
        if a stack cannot be changed now, a template is too large, or AWS refuses.
    """
    states = {state.name: state for state in describe_deployed(clients, stacks)}
    for state in states.values():
        refuse_unless_free(clients, state, storm_tag_of(stacks))
    with reachable_templates(clients, stacks, bucket) as templates:
        compared = _compare(
            clients, [stack for stack in stacks if states[stack.name].exists], states, templates
        )
    found = [
        change for stack in stacks for change in compared.get(stack.name) or _from_template(stack, states)
    ]
    if whole:
        found += [
            Change(state.name, "outdated", details="The storm no longer has it.")
            for state in outdated_stacks(clients, stacks)
        ]
    return Plan(tuple(found))


def outdated_stacks(clients: Clients, stacks: Sequence[Stack]) -> list[StackState]:
    """The deployed stacks with the tag of this storm that it no longer has, for example renamed ones."""
    wanted = {stack.name for stack in stacks}
    return [state for state in stacks_tagged(clients, storm_tag_of(stacks)) if state.name not in wanted]


def _compare(
    clients: Clients,
    stacks: Iterable[Stack],
    states: Mapping[str, StackState],
    templates: Mapping[str, dict[str, str]],
) -> dict[str, list[Change]]:
    """The changes of stacks that exist, by change sets made side by side."""
    by_name = {stack.name: stack for stack in stacks}

    def work(name: str, _: Callable[[None], None], stopping: threading.Event) -> list[Change]:
        stack, state = by_name[name], states[name]
        change_set = make_change_set(clients, stack, state, templates[name], stopping)
        if change_set is None:
            return [Change(name, "none")]
        discard_change_set(clients, change_set.id, name)
        notes = stack.notes()
        changes = [_change(name, resource, notes) for resource in change_set.changes]
        return changes or [Change(name, "update", details="outputs, parameters or tags")]

    outcome = in_waves(dict.fromkeys(by_name, ()), work, lambda *_: None)
    for error in outcome.failed.values():
        raise error
    if outcome.interrupted:
        raise AwsError("Planning was stopped; nothing was changed.", ", ".join(outcome.broken_off))
    return outcome.done


def _change(stack: str, resource: dict[str, Any], notes: dict[str, str]) -> Change:
    """A row of the plan from a change in CloudFormation's words."""
    logical, replacement = resource["LogicalResourceId"], resource.get("Replacement", "")
    targets = [detail.get("Target", {}) for detail in resource.get("Details", [])]
    names = dict.fromkeys(target.get("Name") or target.get("Attribute", "") for target in targets)
    actions: dict[str, Action] = {"Add": "create", "Remove": "delete", "Import": "create"}
    return Change(
        stack,
        actions.get(resource["Action"], "replace" if replacement == "True" else "update"),
        logical,
        resource.get("ResourceType", ""),
        notes.get(logical, ""),
        {"True": "yes", "False": "no", "Conditional": "maybe"}.get(replacement, ""),  # type: ignore[arg-type]
        ", ".join(name for name in names if name),
    )


def _from_template(stack: Stack, states: Mapping[str, StackState]) -> list[Change]:
    notes, state = stack.notes(), states[stack.name]
    made = [
        Change(stack.name, "create", logical, resource["Type"], notes.get(logical, ""))
        for logical, resource in stack.template["Resources"].items()
    ]
    if state.stuck:
        details = f"It is {state.status}: making it failed before, so nothing is lost."
        return [Change(stack.name, "delete-stuck", details=details), *made]
    return made
