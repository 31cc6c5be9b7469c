"""Stacks that differ, compared by CloudFormation's change sets, made side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anycompany.aws.change_sets import discard_change_set, make_change_set
from anycompany.aws.errors import AwsError
from anycompany.aws.session import Clients
from anycompany.aws.standing import Standing
from anycompany.aws.templates import Reachable
from anycompany.aws.waves import in_waves
from anycompany.stacks.stack import Stack


@dataclass(frozen=True)
class Compared:
    """For each stack with a change set its changes of resources, in CloudFormation's words.

    ``kept`` are the stacks whose change sets were kept, ``not_kept`` those that should have one, with the
    reason why not; ``not_asked`` those that could not be compared without making a bucket.
    """

    changes: Mapping[str, tuple[dict[str, Any], ...]]
    kept: tuple[str, ...] = ()
    not_kept: Mapping[str, str] = field(default_factory=dict)
    not_asked: tuple[str, ...] = ()


def compared(
    clients: Clients,
    stacks: Sequence[Stack],
    now: Standing,
    templates: Reachable,
    keep: str = "",
    *,
    makes_bucket: bool = True,
) -> Compared:
    """Have CloudFormation compare the stacks that exist and differ.

    Parameters
    ----------
    clients : where the stacks are.
    stacks : as they should be.
    now : where they stand.
    templates : for each stack the argument that gives CloudFormation its template.
    keep : the name of change sets to keep, also for stacks that are not there yet; without one, they are
        discarded.
    makes_bucket : whether the bucket for a large template may be made; otherwise its stack is not compared.

    Raises
    ------
    AwsError
        if CloudFormation refuses one that is not to be kept; on Ctrl-C.
    """
    differ = [s for s in stacks if s.name not in now.same and s.name not in {u.name for u in now.unsettled}]
    wanted = {
        s.name: s for s in differ if now.states[s.name].exists or (keep and not now.states[s.name].stuck)
    }
    closed = [] if makes_bucket or templates.bucket.is_there else [n for n in wanted if templates.is_large(n)]
    for name in closed:
        del wanted[name]

    def work(name: str, _: Callable[[None], None], stopping: threading.Event) -> tuple[dict[str, Any], ...]:
        stack, state = wanted[name], now.states[name]
        nested = state.exists and templates.is_split(name)
        made = make_change_set(clients, stack, state, templates[name], stopping, name=keep, nested=nested)
        if made is None:
            return ()
        if not keep:
            discard_change_set(clients, made.id, name)
        return made.changes

    outcome = in_waves(dict.fromkeys(wanted, ()), work, lambda *_: None)
    if outcome.interrupted:
        raise AwsError("Planning was stopped; nothing was changed.", ", ".join(outcome.broken_off))
    for name, error in outcome.failed.items():
        if not keep or now.states[name].exists:
            raise error
    unkept = {name: f"{error.what} {error.remedy}" for name, error in outcome.failed.items()}
    unkept |= {s.name: "It has to be put right first." for s in differ if keep and s.name not in wanted}
    return Compared(outcome.done, tuple(outcome.done) if keep else (), unkept, tuple(closed))
