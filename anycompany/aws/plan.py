"""plan: what a deployment would do and what that means, worked out on the target, leaving nothing behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from anycompany.aws.bucket import Bucket
from anycompany.aws.comparing import compared
from anycompany.aws.deployed import StackState, stacks_tagged, storm_tag_of
from anycompany.aws.drift import Drift, drift as drift_of
from anycompany.aws.session import Clients
from anycompany.aws.standing import Standing, refuse_moves, standing
from anycompany.aws.templates import reachable_templates
from anycompany.stacks.breaking import Break, contract_breaks
from anycompany.stacks.changes import Meant, changes
from anycompany.stacks.protection import KEEPS
from anycompany.stacks.splitting import PART
from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import is_too_large

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


@dataclass(frozen=True)
class Plan:
    """What a deployment would do, in the order of the stacks.

    ``breaks`` are changes of contracts that are only deployed when that is allowed, ``losses`` what
    protected stacks would lose, only when that is; ``drifted`` what somebody changed by hand; ``turn`` says
    who deploys just now; ``kept`` is the name under which change sets were kept for review, ``not_kept``
    the stacks that have none, with the reason. ``not_asked`` are stacks of which CloudFormation was not asked
    what it would replace; ``bucket`` is the bucket that would be made.
    """

    all: tuple[Change, ...]
    breaks: tuple[Break, ...] = ()
    losses: tuple[str, ...] = ()
    drifted: tuple[Drift, ...] = ()
    turn: str = ""
    kept: str = ""
    not_kept: tuple[tuple[str, str], ...] = ()
    not_asked: tuple[str, ...] = ()
    bucket: str = ""

    @property
    def changes(self) -> bool:
        """Whether it would do anything."""
        return any(change.action not in ("none", "outdated") for change in self.all)

    def rows(self) -> list[dict[str, Any]]:
        """The plan as rows of a table."""
        return [asdict(change) | {"means": list(change.means)} for change in self.all]


def plan(
    clients: Clients,
    stacks: Sequence[Stack],
    *,
    whole: bool = True,
    bucket: str | None = None,
    prune: bool = False,
    drift: bool = False,
    keep: str = "",
) -> Plan:
    """Work out what :func:`~anycompany.aws.deploy.apply` would do; changes nothing.

    Stacks that exist and differ are compared by a change set, which is discarded; what a new one would make
    is read from its template, because it may need what another new one makes.

    Parameters
    ----------
    clients : where it would be deployed.
    stacks : the stacks of a storm.
    whole : whether these are all of its stacks, so that others with its tag are outdated.
    bucket : the bucket for templates over 51,200 bytes; without one, the storm's own, which a deploy makes.
    prune : whether outdated stacks would be deleted too.
    drift : whether to look for what somebody changed by hand in the stacks that are there.
    keep : the name under which change sets are kept for review; see
        :func:`~anycompany.aws.reviewed.execute`.

    Raises
    ------
    AwsError
        if a stack is not this storm's, a template is too large, or AWS refuses.
    """
    now = standing(clients, stacks, whole=whole)
    own = Bucket(clients, storm_tag_of(stacks), bucket, now.bucket)
    with reachable_templates(stacks, own) as templates:
        refuse_moves(clients, stacks, now)
        sets = compared(clients, stacks, now, templates, keep, makes_bucket=bool(keep))
        makes = not own.is_there and any(templates.uses_bucket(s) for s in stacks if s.name not in now.same)
    found = [change for stack in stacks for change in rows_of(stack, now, sets.changes.get(stack.name))]
    found += [Change(state.name, "outdated", details="The storm no longer has it.") for state in now.outdated]
    free = {
        state.name: is_too_large(now.templates.get(state.name, {"Resources": {}}))
        for state in now.states.values()
        if drift and state.exists and not state.in_progress and not state.halted
    }
    return Plan(
        tuple(found),
        breaks_of(stacks, now, prune=prune),
        losses_of(now, found),
        drift_of(clients, free),
        str(now.turn) if now.turn and not now.turn.over else "",
        keep if sets.kept else "",
        tuple(sets.not_kept.items()),
        sets.not_asked,
        own.name() if makes else "",
    )


def outdated_stacks(clients: Clients, stacks: Sequence[Stack]) -> list[StackState]:
    """The deployed stacks with the tag of this storm that it no longer has, for example renamed ones."""
    wanted = {stack.name for stack in stacks}
    return [state for state in stacks_tagged(clients, storm_tag_of(stacks)) if state.name not in wanted]


def breaks_of(stacks: Sequence[Stack], now: Standing, *, prune: bool) -> tuple[Break, ...]:
    """The contracts that would break who hears their events; an outdated stack's stay until it is deleted."""
    wanted = {stack.name: stack.template for stack in stacks}
    old = {name: template for name, template in now.templates.items() if prune or name in wanted}
    return () if set(old) <= now.same else contract_breaks(old, wanted)


def losses_of(now: Standing, found: Sequence[Change]) -> tuple[str, ...]:
    """What protected stacks would lose, as sentences."""
    return tuple(
        f"{change.resource} of {change.stack} ({change.type}) would be "
        f"{'deleted' if change.action == 'delete' else 'made anew'}, and {change.lost} lost"
        for change in found
        if change.lost and change.resource and now.states[change.stack].protected
    )


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
