"""What would be done to stacks and resources, as the rows of a plan: CloudFormation's words, and meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from anycompany.aws.deployed import StackState
from anycompany.aws.standing import Standing
from anycompany.stacks.changes import Meant, changes
from anycompany.stacks.protection import KEEPS
from anycompany.stacks.splitting import PART
from anycompany.stacks.stack import Stack

Action = Literal[
    "create", "update", "replace", "delete", "none", "delete-stuck", "outdated", "wait", "roll-back"
]
_STATES = {
    "wait": "CloudFormation is at work on it: a deploy waits for that",
    "roll-back": "an update stopped halfway: a deploy first rolls it back",
    "delete-stuck": "making or deleting it failed before: a deploy deletes what is left and makes it anew",
}


@dataclass(frozen=True)
class Change:
    """One row of a plan: what would be done to a resource, or where that is empty to a stack.

    ``delete-stuck`` deletes the remains of a stack whose making failed; ``wait`` and ``roll-back`` come
    first where somebody is changing a stack, or an update stopped halfway; ``outdated`` is a stack that the
    storm no longer has, deleted only on demand. ``replacement`` says whether AWS would make the resource
    anew; ``details`` names the properties that change, ``means`` says in sentences what that changes.
    """

    stack: str
    action: Action
    resource: str = ""
    type: str = ""
    note: str = ""
    replacement: Literal["yes", "no", "maybe", ""] = ""
    details: str = ""
    means: tuple[str, ...] = ()

    @property
    def grave(self) -> bool:
        """Whether something is deleted or made anew."""
        if self.replacement == "maybe":
            return self.type in KEEPS
        return self.action in ("replace", "delete", "delete-stuck") or self.replacement == "yes"

    @property
    def lost(self) -> str:
        """What is lost with the resource, or nothing."""
        return KEEPS.get(self.type, "") if self.grave else ""


def losses_of(now: Standing, found: Sequence[Change], *, prune: bool = False) -> tuple[str, ...]:
    """What protected stacks would lose, as sentences; with ``prune`` outdated ones are lost themselves."""
    gone = [f"{state.name} would be deleted" for state in now.outdated if prune and state.protected]
    lost = [
        f"{change.resource} of {change.stack} ({change.type}) would be "
        f"{'deleted' if change.action == 'delete' else 'made anew'}, and {change.lost} lost"
        for change in found
        if change.lost and change.resource and now.states[change.stack].protected
    ]
    return (*lost, *gone)


def rows_of(stack: Stack, now: Standing, sets: Sequence[dict[str, Any]] | None) -> list[Change]:
    """The rows of one stack: first what has to be done to itself, then resource by resource."""
    state, notes = now.states[stack.name], stack.notes()
    first: Action | None = None
    if state.in_progress:
        first = "wait"
    elif state.halted:
        first = "roll-back"
    elif state.stuck:
        first = "delete-stuck"
    said = f" ({state.reason.rstrip('.')})" if state.reason and first else ""
    head = (
        [Change(stack.name, first, details=f"It is {state.status}{said}: {_STATES[first]}.")] if first else []
    )
    if stack.name in now.same:
        return head or [Change(stack.name, "none")]
    old = now.templates.get(stack.name) if state.exists else None
    meant = {one.resource: one for one in changes(old, stack.template)}
    rows = [*head]
    for resource in sets or ():
        if resource.get("ResourceType") == PART and resource["Action"] == "Modify":
            continue  # what changes in a nested stack is said of its resources
        rows.append(_from_set(stack.name, resource, notes, meant.pop(resource["LogicalResourceId"], None)))
    for one in meant.values():
        if old is None or one.says or one.action != "changed":
            rows.append(_from_meaning(stack.name, one))
    return rows or [Change(stack.name, "update", details="description, metadata or tags")]


def outdated_row(state: StackState, now: Standing, *, prune: bool) -> Change:
    """The row of a stack that the storm no longer has."""
    if not prune:
        says = "The storm no longer has it. What it does goes on, until --prune deletes it."
        return Change(state.name, "outdated", details=says)
    resources = now.templates.get(state.name, {}).get("Resources", {})
    lost = (
        f"with {name} ({one['Type']}) go {KEEPS[one['Type']]}"
        for name, one in resources.items()
        if one.get("Type") in KEEPS
    )
    words = f"it is DELETED with all its {len(resources)} resources"
    return Change(state.name, "delete", means=(words, *lost))


_ACTIONS: Mapping[str, Action] = {"Add": "create", "Remove": "delete", "Import": "create"}
_MEANT: Mapping[str, Action] = {"new": "create", "gone": "delete", "changed": "update"}
_REPLACEMENT: Mapping[str, Literal["yes", "no", "maybe"]] = {
    "True": "yes",
    "False": "no",
    "Conditional": "maybe",
}


def _from_set(stack: str, found: dict[str, Any], notes: Mapping[str, str], meant: Meant | None) -> Change:
    """A row of the plan from a change in CloudFormation's words, and what it means."""
    logical, replacement = found["LogicalResourceId"], found.get("Replacement", "")
    targets = [detail.get("Target", {}) for detail in found.get("Details", [])]
    names = dict.fromkeys(target.get("Name") or target.get("Attribute", "") for target in targets)
    change = Change(
        stack,
        _ACTIONS.get(found["Action"], "replace" if replacement == "True" else "update"),
        logical,
        found.get("ResourceType", ""),
        notes.get(logical, "") or (meant.note if meant else ""),
        _REPLACEMENT.get(replacement, ""),
        ", ".join(name for name in names if name),
    )
    return _with_words(change, meant.says if meant else ())


def _from_meaning(stack: str, meant: Meant) -> Change:
    change = Change(stack, _MEANT[meant.action], meant.resource, meant.type, meant.note)
    return _with_words(change, meant.says)


def _with_words(change: Change, says: tuple[str, ...]) -> Change:
    """The change with what it means, and in words that something is deleted or made anew."""
    words = ""
    if change.action == "delete":
        words = "it is DELETED"
    elif change.replacement == "yes":
        words = "it is REPLACED by a new one"
    elif change.replacement == "maybe":
        words = "it may be REPLACED by a new one"
    lost = f", and {change.lost} lost" if words and change.lost else ""
    means = (f"{words}{lost}", *says) if words else says
    return Change(**(asdict(change) | {"means": means}))
