"""Go back to the last good storm: the templates of the last deployment that reached its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from anycompany.aws.deploy import Allowed, Deployed, apply
from anycompany.aws.deployed import storm_tag_of
from anycompany.aws.errors import RefusedError
from anycompany.aws.following import Progress
from anycompany.aws.ledger import (
    Entry,
    Head,
    drop,
    head_from,
    kept_stacks,
    path_of,
    read_parameters,
    write_head,
)
from anycompany.aws.plan import Plan, plan
from anycompany.aws.session import Clients
from anycompany.stacks.stack import Stack


@dataclass(frozen=True)
class Good:
    """A deployment to go back to: when it was made and by whom, its stacks, and what going back changes."""

    entry: Entry
    stacks: tuple[Stack, ...]
    plan: Plan


def last_good(clients: Clients, stacks: Sequence[Stack], bucket: str | None = None) -> Good:
    """The newest deployment that reached its end and is not what is deployed now.

    Parameters
    ----------
    clients : the target.
    stacks : the stacks of the storm; they only say which storm.
    bucket : the bucket for templates over 51,200 bytes; without one, the storm's own.

    Raises
    ------
    AwsError
        if there is none, or AWS refuses.
    """
    storm = storm_tag_of(stacks)
    head = _head(clients, storm)
    for entry in head.entries:
        kept = kept_stacks(clients, storm, entry)
        planned = plan(clients, kept, bucket=bucket, prune=True)
        if planned.changes or any(change.action == "outdated" for change in planned.all):
            return Good(entry, kept, planned)
    raise RefusedError(
        "There is no earlier deployment to go back to."
        if head.entries
        else "Nothing was kept to go back to.",
        path_of(storm, "deployed"),
        "Go back in the storm (anycompany log, anycompany undo), and deploy that.",
    )


def roll_back(
    clients: Clients,
    good: Good,
    *,
    progress: Callable[[Progress], None] | None = None,
    bucket: str | None = None,
    allow_loss: bool = False,
) -> Deployed:
    """Deploy an earlier deployment again, and delete the stacks that it did not have.

    The deployments after it are forgotten: whoever rolls back again goes further back. Contracts go back,
    too: that this breaks who hears the newer ones is what was asked for.

    Parameters
    ----------
    clients : the target.
    good : where to go back to.
    progress : called in this thread for every event of CloudFormation's and for every stack that finishes.
    bucket : the bucket for templates over 51,200 bytes; without one, the storm's own.
    allow_loss : whether protected stacks may lose what they hold.

    Raises
    ------
    DeployError, AwsError
        as :func:`~anycompany.aws.deploy.apply`.
    """
    storm = storm_tag_of(good.stacks)
    done = apply(
        clients,
        good.stacks,
        progress=progress,
        prune=True,
        bucket=bucket,
        allowed=Allowed(breaking=True, loss=allow_loss),
        does="rollback",
    )
    head = _head(clients, storm)
    at = next((n for n, entry in enumerate(head.entries) if entry.id == good.entry.id), None)
    if at:  # what apply noted of this deployment stands for it now; what came after it is over
        for entry in (*head.entries[1 : at + 1],):
            drop(clients, storm, entry)
        write_head(clients, storm, Head((head.entries[0], *head.entries[at + 1 :]), head.known))
    return done


def _head(clients: Clients, storm: str) -> Head:
    name = path_of(storm, "deployed")
    return head_from(read_parameters(clients, [name]).get(name))
