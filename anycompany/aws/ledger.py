"""What was deployed of a storm, kept beside it in SSM parameters: the templates to go back to.

``/anycompany/STORM/deployed`` is the head: the deployments that reached their end, newest first, and what is
known of each stack. ``/anycompany/STORM/deployed/ID/N`` are the parts of one deployment's templates.
"""

from __future__ import annotations

import base64
import hashlib
import json
import lzma
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC

from anycompany.aws.deployed import StackState
from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.session import Clients
from anycompany.aws.waves import MOST_AT_ONCE
from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import template_body

KEPT = 5
"""Deployments whose templates are kept: the newest, and those before it."""

_PART = 4096
"""Characters of a standard parameter (SSM)."""
_QUICK = 2
"""lzma's preset: six times as fast as its usual one, and a twentieth larger."""

_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """A deployment that reached its end: when, by whom, how many stacks, and in how many parts it is kept."""

    id: str
    at: str
    by: str
    stacks: int
    parts: int


@dataclass(frozen=True)
class Head:
    """The deployments that are kept, newest first, and for each stack its digest and when it had that."""

    entries: tuple[Entry, ...] = ()
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def knows(self, stack: Stack, state: StackState) -> bool:
        """Whether a stack has the very template that it should have, and was not changed since."""
        return bool(state.changed) and self.known.get(stack.name) == (digest_of(stack), _time(state))


def path_of(storm: str, *parts: str) -> str:
    """The name of a parameter that is kept for a storm."""
    return "/".join(("/anycompany", storm, *parts))


def digest_of(stack: Stack) -> str:
    """What stands for a stack's template."""
    return hashlib.sha256(template_body(stack).encode()).hexdigest()[:16]


def read_parameters(clients: Clients, names: Sequence[str]) -> dict[str, str]:
    """The parameters of these names, up to ten, that there are. Raises ``AwsError``."""
    with explaining("look at what was deployed before", clients.region):
        found = clients.client("ssm").get_parameters(Names=list(names))["Parameters"]
    return {one["Name"]: one["Value"] for one in found}


def head_from(text: str | None) -> Head:
    """The head that a parameter holds; an empty one where there is none or it cannot be read."""
    try:
        data = json.loads(text or "{}")
        entries = tuple(Entry(**one) for one in data.get("entries", []))
        return Head(entries, {name: (a, b) for name, (a, b) in data.get("known", {}).items()})
    except (ValueError, TypeError, AttributeError):
        return Head()


def write_head(clients: Clients, storm: str, head: Head) -> None:
    """Keep the head, where it is too long without what is known of stacks. Raises ``AwsError``."""
    document = {"entries": [asdict(entry) for entry in head.entries], "known": dict(head.known)}
    text = json.dumps(document, separators=(",", ":"))
    if len(text) > _PART:
        text = json.dumps(document | {"known": {}}, separators=(",", ":"))
    put_parameter(clients, path_of(storm, "deployed"), text)


def known(stacks: Sequence[Stack], states: Mapping[str, StackState]) -> dict[str, tuple[str, str]]:
    """What the head says of stacks that are as they should be."""
    return {
        stack.name: (digest_of(stack), _time(states[stack.name]))
        for stack in stacks
        if stack.name in states and states[stack.name].exists and states[stack.name].changed
    }


def packed(stacks: Sequence[Stack]) -> str:
    """Stacks as the text that is kept of them, compressed."""
    names = [field.name for field in fields(Stack)]
    document = [{name: getattr(stack, name) for name in names} for stack in stacks]
    data = json.dumps(document, separators=(",", ":")).encode()
    return base64.b85encode(lzma.compress(data, preset=_QUICK)).decode()


def keep(clients: Clients, storm: str, head: Head, entry: Entry, text: str) -> Head:
    """Keep the templates of a deployment that reached its end; the head with it, not written yet.

    Parameters
    ----------
    clients : the target.
    storm : the value of the storm tag.
    head : what was kept before.
    entry : the deployment.
    text : its stacks, as :func:`packed` makes it.

    Raises
    ------
    AwsError
        if SSM refuses.
    """
    parts = [text[start : start + _PART] for start in range(0, len(text), _PART)]
    names = [path_of(storm, "deployed", entry.id, str(number)) for number in range(len(parts))]
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        list(pool.map(lambda name, part: put_parameter(clients, name, part), names, parts))
    entries = (replace(entry, parts=len(parts)), *head.entries)
    for old in entries[KEPT:]:
        drop(clients, storm, old)
    return Head(entries[:KEPT], head.known)


def drop(clients: Clients, storm: str, entry: Entry) -> None:
    """Forget the templates of a deployment. Raises ``AwsError``."""
    names = [path_of(storm, "deployed", entry.id, str(number)) for number in range(entry.parts)]
    delete_parameters(clients, names)


def kept_stacks(clients: Clients, storm: str, entry: Entry) -> tuple[Stack, ...]:
    """The stacks of a deployment as they were deployed, in order.

    Raises
    ------
    AwsError
        if SSM refuses, or what was kept is damaged.
    """
    names = [path_of(storm, "deployed", entry.id, str(number)) for number in range(entry.parts)]
    found: dict[str, str] = {}
    for start in range(0, len(names), 10):
        found |= read_parameters(clients, names[start : start + 10])
    try:
        data = base64.b85decode("".join(found[name] for name in names))
        document = lzma.LZMADecompressor(memlimit=_MOST_BYTES).decompress(data, _MOST_BYTES)
        return tuple(Stack(**{**one, "depends_on": tuple(one["depends_on"])}) for one in json.loads(document))
    except (KeyError, ValueError, TypeError, lzma.LZMAError):
        raise AwsError(
            f"What was kept of the deployment of {entry.at} is damaged.",
            path_of(storm, "deployed", entry.id),
            "Deploy the storm as it was then: anycompany log and anycompany undo say how it was.",
        ) from None


def forget(clients: Clients, storm: str) -> None:
    """Remove everything that was kept of a storm. Raises ``AwsError``."""
    with explaining("look at what was deployed before", clients.region):
        pages = clients.client("ssm").get_paginator("get_parameters_by_path")
        found = [
            one["Name"]
            for path in (path_of(storm, "deployed"), path_of(storm))
            for page in pages.paginate(Path=path, Recursive=path.endswith("/deployed"))
            for one in page["Parameters"]
        ]
    ours = {path_of(storm, "deployed"), path_of(storm, "deploying")}
    delete_parameters(
        clients, [n for n in found if n in ours or n.startswith(path_of(storm, "deployed") + "/")]
    )


def put_parameter(clients: Clients, name: str, value: str) -> None:
    """Set one parameter. Raises ``AwsError``."""
    with explaining("keep what was deployed", name):
        clients.client("ssm").put_parameter(
            Name=name, Value=value, Type="String", Overwrite=True, Description="Kept by anycompany deploy"
        )


def delete_parameters(clients: Clients, names: Sequence[str]) -> None:
    """Delete parameters, those that are not there too. Raises ``AwsError``."""
    for start in range(0, len(names), 10):
        with explaining("forget what was deployed", names[start]):
            clients.client("ssm").delete_parameters(Names=list(names[start : start + 10]))


def _time(state: StackState) -> str:
    return state.changed.astimezone(UTC).isoformat() if state.changed else ""


def as_entry(identifier: str, at: str, by: str, stacks: int) -> Entry:
    """A new entry whose templates are not kept yet."""
    return Entry(identifier, at, by, stacks, 0)
