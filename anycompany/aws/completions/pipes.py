"""Pipes that MiniStack does not run: from a queue, one message at a time, to a workflow."""

from __future__ import annotations

import json
import logging
from typing import Any

_log = logging.getLogger(__name__)
_MOST_AT_ONCE = 10


def install() -> None:
    """Have the poller of pipes look into queues, too."""
    from ministack.services import pipes

    poll_as_before = pipes._poll_pipe

    def poll(streams: Any, pipe: dict[str, Any], account: str) -> None:
        if pipes._arn_service(pipe.get("Source", "")) == "sqs":
            _poll_queue(pipe)
        else:
            poll_as_before(streams, pipe, account)

    pipes._poll_pipe = poll


def _poll_queue(pipe: dict[str, Any]) -> None:
    """Start the pipe's workflow for each message in its queue; what could not be started stays there.

    A message whose body is JSON comes as what it says, in a list of one (EventBridge Pipes).
    """
    from ministack.services import pipes, sqs

    if pipe.get("CurrentState") != "RUNNING" or pipes._arn_service(pipe.get("Target", "")) != "states":
        return
    name = pipe["Source"].rsplit(":", 1)[-1]
    url = sqs._queue_url(name)
    started = []
    try:
        messages = sqs._receive_messages_for_esm(url, _MOST_AT_ONCE)
    except sqs._Err:  # the queue is gone; other pipes have to be looked at, too
        return
    for message in messages:
        body = _parsed(message["body"])
        if pipes._start_state_machine_from_records(pipe["Target"], pipe, [body]):
            started.append(message["receipt_handle"])
        else:
            _log.warning("Pipe %s could not start %s", pipe.get("Name"), pipe["Target"])
    if started:
        sqs._delete_messages_for_esm(url, set(started))


def _parsed(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body
