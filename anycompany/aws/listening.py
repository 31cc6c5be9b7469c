"""Where the listeners of a storm hear, and what is in their queues and log groups."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from anycompany.aws.deployed import describe_deployed
from anycompany.aws.errors import explaining
from anycompany.aws.missing import MissingError, unless_missing
from anycompany.aws.session import Clients
from anycompany.bus.marker import marker_of
from anycompany.stacks.names import logical_id
from anycompany.stacks.stack import Stack
from anycompany.storm.model import Storm

_MOST_PEEKED = 1_000
_PEEK_SECONDS = 20


@dataclass(frozen=True)
class Ear:
    """Where a listener hears: the ARN of a topic, the address of a queue, or the name of a log group."""

    listener: str
    kind: Literal["topic", "queue", "log"]
    where: str


def ears_of(clients: Clients, storm: Storm, stacks: Sequence[Stack]) -> tuple[Ear, ...]:
    """Where the deployed listeners hear, as the outputs of their stacks say.

    Raises
    ------
    AwsError
        if AWS cannot be asked.
    """
    outputs: dict[str, str] = {}
    for state in describe_deployed(clients, [stack for stack in stacks if stack.kind == "listeners"]):
        outputs |= state.outputs
    return tuple(
        Ear(key, listener.to, outputs[output])
        for key, listener in storm.listeners.items()
        if (output := logical_id("Where", key)) in outputs
    )


def heard_in_log(clients: Clients, group: str, run: str, since: datetime) -> list[dict[str, Any]]:
    """The test events of a run in a log group, written since a time.

    Raises ``MissingError`` where the endpoint cannot search logs.
    """
    with explaining("read what the listener has logged", group), unless_missing():
        pages = (
            clients.client("logs")
            .get_paginator("filter_log_events")
            .paginate(logGroupName=group, filterPattern=f'"{run}"', startTime=int(since.timestamp() * 1000))
        )
        return _of_run((found["message"] for page in pages for found in page["events"]), run)


def heard_in_queue(clients: Clients, queue: str, run: str) -> list[dict[str, Any]]:
    """The test events of a run in a listener's queue, which stay there.

    A queue cannot be looked into without receiving its messages. They are not deleted, and given back at
    once; a consumer at work at this moment gets them a little later, or has got them before.
    """
    sqs = clients.client("sqs")
    bodies: list[str] = []
    with explaining("look into the listener's queue", queue):
        received: list[dict[str, Any]] = []
        try:
            while len(received) < _MOST_PEEKED:
                messages = sqs.receive_message(
                    QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=_PEEK_SECONDS
                ).get("Messages", [])
                if not messages:
                    break
                received += messages
        finally:
            for start in range(0, len(received), 10):
                entries = [
                    {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}
                    for number, message in enumerate(received[start : start + 10])
                ]
                with suppress(MissingError), unless_missing():  # they come back by themselves a little later
                    sqs.change_message_visibility_batch(QueueUrl=queue, Entries=entries)
        bodies = [message["Body"] for message in received]
    return _of_run(bodies, run)


def _of_run(texts: Any, run: str) -> list[dict[str, Any]]:
    found = []
    for text in texts:
        try:
            event = json.loads(text)
        except ValueError:  # something else than EventBridge writes here too
            continue
        if isinstance(event, dict) and str(marker_of(event).get("trace", "")).startswith(run):
            found.append(event)
    return found
