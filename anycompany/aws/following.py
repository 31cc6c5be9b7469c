"""Follow a stack until CloudFormation is done with it; say what it tells, and why it failed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from anycompany.aws.deployed import StackState, state_of
from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.remedies import remedy_for
from anycompany.aws.session import Clients
from anycompany.aws.waves import BrokenOffError

Tell = Callable[["Progress"], None]

_PATIENCE = 2
"""Looks at a stack that says nothing before it is believed that an operation on it is over."""

_CANCELLED = ("Resource creation cancelled", "Resource update cancelled", "Resource deletion cancelled")


@dataclass(frozen=True)
class Progress:
    """One piece of news of a deployment.

    ``done`` of ``total`` stacks have finished. ``status`` is CloudFormation's word for the ``resource``, or
    where that is empty for the stack itself; a stack that has just finished says ``created``, ``updated``,
    ``unchanged``, ``deleted`` or ``failed``.
    """

    stack: str
    status: str
    resource: str = ""
    type: str = ""
    note: str = ""
    reason: str = ""
    done: int = 0
    total: int = 0


class Follower:
    """Follows one operation on a stack from before it begins: only its own events count.

    Parameters
    ----------
    clients : where the stack is.
    stack : its name or, when it may be deleted meanwhile, its id.
    notes : for each logical id the sticky note it comes from.
    new : whether there was no such stack before, so that all its events belong to the operation.
    """

    def __init__(self, clients: Clients, stack: str, notes: dict[str, str], *, new: bool = False) -> None:
        self._clients = clients
        self._stack = stack
        self._notes = notes
        self._newest = "" if new else next((event["EventId"] for event in self._pages()), "")
        self._events: list[dict[str, Any]] = []

    def until_done(self, tell: Tell, stopping: threading.Event) -> StackState:
        """Wait until the stack is no longer in progress, telling each event; its state then.

        Raises
        ------
        BrokenOffError
            if ``stopping`` is set meanwhile.
        AwsError
            if AWS cannot be asked.
        """
        quiet = 0
        for pause in pauses(self._clients):
            new = self._new_events()
            for event in new:
                tell(self._progress(event))
            said = next((event for event in reversed(self._events) if _of_the_stack(event)), None)
            if said and not said["ResourceStatus"].endswith("_IN_PROGRESS"):
                return _state_after(said)
            quiet = 0 if new else quiet + 1
            if quiet:  # events may be late, or an endpoint may have none
                state = state_of(self._clients, self._stack)
                if not state.status.endswith("_IN_PROGRESS") and (self._events or quiet > _PATIENCE):
                    for event in self._new_events():
                        tell(self._progress(event))
                    return state
            if stopping.wait(pause):
                raise BrokenOffError
        raise AssertionError("pauses never end")

    def failure(
        self, state: StackState, doing: str, names: Mapping[str, str] = MappingProxyType({})
    ) -> AwsError:
        """Why it ended so: the first resource that failed, its name and note, AWS's reason, and a remedy."""
        first = next((event for event in self._events if _failed(event)), None)
        reason = (first or {}).get("ResourceStatusReason") or state.reason or "AWS gives no reason"
        resource = ""
        if first and not _of_the_stack(first):
            logical = first["LogicalResourceId"]
            note = f" of {self._notes[logical]}" if logical in self._notes else ""
            name = f" {names[logical]}" if logical in names else ""
            resource = f", because of the resource {logical} ({first['ResourceType']}{name}){note}"
        what = f"{doing} failed{resource}: {reason.rstrip('.')}. The stack is {state.status}."
        return AwsError(what, state.name, remedy_for(reason))

    def events_with(self, status: str) -> list[dict[str, Any]]:
        """The events of the operation whose resource has this status, oldest first."""
        return [
            event for event in self._events if event["ResourceStatus"] == status and not _of_the_stack(event)
        ]

    def _new_events(self) -> list[dict[str, Any]]:
        """The events since the last look, oldest first."""
        new: list[dict[str, Any]] = []
        for event in self._pages():
            if event["EventId"] == self._newest:
                break
            new.insert(0, event)
        if new:
            self._newest = new[-1]["EventId"]
        self._events += new
        return new

    def _pages(self) -> Iterator[dict[str, Any]]:
        """The stack's events, newest first, as far as they are asked for; none once it is gone."""
        from botocore.exceptions import ClientError

        cloudformation = self._clients.client("cloudformation")
        with explaining("read the events of the stack", self._stack):
            try:
                for page in cloudformation.get_paginator("describe_stack_events").paginate(
                    StackName=self._stack
                ):
                    yield from page["StackEvents"]
            except ClientError as error:
                if "does not exist" not in error.response["Error"].get("Message", ""):
                    raise

    def _progress(self, event: dict[str, Any]) -> Progress:
        logical = "" if _of_the_stack(event) else event["LogicalResourceId"]
        return Progress(
            stack=event["StackName"],
            status=event["ResourceStatus"],
            resource=logical,
            type=event.get("ResourceType", ""),
            note=self._notes.get(logical, ""),
            reason=event.get("ResourceStatusReason", ""),
        )


def counted(
    progress: Callable[[Progress], None] | None, total: int
) -> Callable[[str, Progress | Future[str], int], None]:
    """Hand on news with how many of the stacks have finished; that one has finished is news too."""

    def hear(name: str, news: Progress | Future[str], done: int) -> None:
        if isinstance(news, Future):
            news = Progress(name, "failed" if news.exception() else news.result())
        if progress:
            progress(replace(news, done=done, total=total))

    return hear


def pauses(clients: Clients) -> Iterator[float]:
    """How long to wait between two looks, in seconds, without end: an emulator is done at once."""
    pause, longest = (0.02, 0.5) if clients.endpoint_url else (2.0, 6.0)
    while True:
        yield pause
        pause = min(pause * 1.3, longest)


def _failed(event: dict[str, Any]) -> bool:
    """Whether this is where it began to fail: not what was only cancelled because of it."""
    reason = event.get("ResourceStatusReason", "")
    return bool(event["ResourceStatus"].endswith("_FAILED") and not reason.startswith(_CANCELLED))


def _state_after(event: dict[str, Any]) -> StackState:
    """The stack as the last event of an operation on it left it."""
    return StackState(
        event["StackName"],
        event["ResourceStatus"],
        event.get("ResourceStatusReason", ""),
        id=event["StackId"],
    )


def _of_the_stack(event: dict[str, Any]) -> bool:
    return bool(event.get("PhysicalResourceId") == event["StackId"])
