"""After a deployment: note what the stacks are now, and keep the templates to go back to."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

from anycompany.aws.deployed import StackState
from anycompany.aws.ledger import Head, as_entry, keep, known, packed, write_head
from anycompany.aws.session import Clients
from anycompany.aws.standing import Standing
from anycompany.aws.turn import person
from anycompany.stacks.stack import Stack


def remember(
    clients: Clients,
    storm: str,
    before: Standing,
    stacks: Sequence[Stack],
    states: Callable[[], Mapping[str, StackState]],
    *,
    whole: bool,
    changed: bool = True,
    text: Callable[[], str] | None = None,
) -> Mapping[str, StackState]:
    """Note what is deployed now; where a whole storm reached its end, keep its templates.

    Parameters
    ----------
    clients : the target.
    storm : the value of the storm tag.
    before : where the stacks stood before.
    stacks : the stacks that are as they should be; none after a deployment that failed.
    states : looks where the stacks are now.
    whole : whether these are all stacks of the storm.
    changed : whether anything was changed; if not, and something was kept before, nothing is noted.
    text : gives the stacks as they are kept, where that was begun before.

    Returns
    -------
    Mapping[str, StackState]
        where the stacks are now.

    Raises
    ------
    AwsError
        if SSM refuses, or the stacks cannot be looked at.
    """
    head = before.head
    with ThreadPoolExecutor(1) as beside:
        looking = beside.submit(states)
        if whole and (changed or not head.entries):
            now = datetime.now(UTC)
            entry = as_entry(
                f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}",
                now.isoformat(timespec="seconds"),
                person(),
                len(stacks),
            )
            head = keep(clients, storm, head, entry, text() if text else packed(stacks))
        found = looking.result()
    notes = known(stacks, found)
    known_before = head.known if stacks else {}
    merged = Head(head.entries, {**known_before, **notes})
    if whole:
        merged = replace(merged, known=notes)
    if merged != before.head:
        write_head(clients, storm, merged)
    return found
