"""The events in one JSON document of a log: one event, a list, or the answer of a service that holds some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...bus.recording import Recorded, Unread
from .spelling import UnreadableError, parsed, whole

HOLDERS = {"Entries": "", "events": "message", "logEvents": "message"}
"""Where documents hold events, and the key of an event's text in each: ``put-events`` (its input),
``aws logs filter-log-events`` and ``get-log-events``, and what CloudWatch Logs gives to subscribers."""

STAMP = re.compile(rb"\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d{10,13}\s")
"""How a line of CloudWatch Logs begins: with its time."""

_SHOWN = 80


def found_in_text(line: int, text: bytes | str) -> Iterator[Recorded | Unread]:
    """The events that the JSON text of a line holds, or why there are none."""
    try:
        value = parsed(text)
    except UnreadableError as error:
        yield unread(line, str(error), text)
    else:
        yield from found(line, value)


def found(line: int, value: Any) -> Iterator[Recorded | Unread]:
    """The events that a JSON value holds, or why it is none."""
    if isinstance(value, list):
        for one in value:
            yield from _one(line, one)
        return
    if isinstance(value, dict) and not value.keys() & {"detail-type", "DetailType"}:
        for holder in HOLDERS.keys() & value.keys():
            if isinstance(value[holder], list):
                for one in value[holder]:
                    yield from held(line, one, HOLDERS[holder])
                return
    yield from _one(line, value)


def held(line: int, value: Any, key: str) -> Iterator[Recorded | Unread]:
    """The event that stands as a text under a key of a value; without a key, the value itself."""
    text = value.get(key) if key and isinstance(value, dict) else None
    if isinstance(text, str):
        yield from found_in_text(line, without_stamp(text.encode("utf-8", "surrogatepass")))
    else:
        yield from _one(line, value)


def without_stamp(text: bytes) -> bytes:
    """The JSON of a log line, without the time and whatever else stands before it."""
    text = text.strip()
    return text[text.index(b"{") :] if STAMP.match(text) and b"{" in text else text


def unread(line: int, why: str, text: bytes | str) -> Unread:
    """What could not be read, with its beginning."""
    beginning = text[:_SHOWN]
    shown = beginning if isinstance(beginning, str) else beginning.decode("utf-8", "replace")
    return Unread(line, why, shown.encode("utf-8", "replace").decode())


def _one(line: int, value: Any) -> Iterator[Recorded | Unread]:
    try:
        yield Recorded(line, whole(value))
    except UnreadableError as error:
        yield unread(line, str(error), _beginning(value))


def _beginning(value: Any) -> str:
    """About how a value was written, without writing all of it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": …' for key in list(value)[:8]) + "}"
    return str(value)[:_SHOWN] if not isinstance(value, list) else "[…]"
