"""plan: what a deployment would do and what that means, worked out on the target, leaving nothing behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from anycompany.aws.bucket import Bucket
from anycompany.aws.comparing import compared
from anycompany.aws.deployed import StackState, stacks_tagged, storm_tag_of
from anycompany.aws.drift import Drift, drift as drift_of
from anycompany.aws.gates import in_order
from anycompany.aws.rows import Change, losses_of, outdated_row, rows_of
from anycompany.aws.session import Clients
from anycompany.aws.standing import Standing, refuse_moves, standing
from anycompany.aws.templates import reachable_templates
from anycompany.stacks.breaking import Break, contract_breaks
from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import is_too_large

__all__ = ["Change", "Plan", "breaks_of", "outdated_stacks", "plan"]


@dataclass(frozen=True)
class Plan:
    """What a deployment would do, in the order of the stacks.

    ``breaks`` are changes of contracts that are only deployed when that is allowed, ``losses`` what
    protected stacks would lose, only when that is; ``drifted`` what somebody changed by hand; ``turn`` says
    who deploys just now; ``kept`` is the name under which change sets were kept for review, ``not_kept``
    the stacks that have none, with the reason. ``not_asked`` are stacks of which CloudFormation was not asked
    what it would replace; ``bucket`` is the bucket that would be made. ``in_the_way`` are the outdated
    stacks that have names which others need, and without whose deletion nothing is deployed.
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
    in_the_way: tuple[str, ...] = ()

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
        _, first = in_order(stacks, now, prune=True)
        sets = compared(clients, stacks, now, templates, keep, makes_bucket=bool(keep))
        makes = not own.is_there and any(templates.uses_bucket(s) for s in stacks if s.name not in now.same)
    found = [change for stack in stacks for change in rows_of(stack, now, sets.changes.get(stack.name))]
    found += [outdated_row(state, now, prune=prune) for state in now.outdated]
    free = {
        state.name: is_too_large(now.templates.get(state.name, {"Resources": {}}))
        for state in now.states.values()
        if drift and state.exists and not state.in_progress and not state.halted
    }
    return Plan(
        tuple(found),
        breaks_of(stacks, now, prune=prune),
        losses_of(now, found, prune=prune),
        drift_of(clients, free),
        str(now.turn) if now.turn and not now.turn.over else "",
        keep if sets.kept else "",
        tuple(sets.not_kept.items()),
        sets.not_asked,
        own.name() if makes else "",
        () if prune else first,
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
