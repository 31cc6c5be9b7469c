"""Events as JSON text: read so that nothing is lost that EventBridge would compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson

from .errors import EventError
from .tokens import DEEPEST
from .values import SHORT, Spelled, number

Event = Mapping[str, Any]

_ENTRY = {"Source": "source", "DetailType": "detail-type", "Resources": "resources", "Time": "time"}

_ALIKE = bytes.maketrans(b"123456789E", b"000000000e")
_TOO_LONG = b"0" * 16
"""A number of up to 15 digits is told exactly by a double (IEEE 754); a longer one may not be."""
_TOO_SMALL = b"0e-000"
"""A number with such an exponent may be too small for a double."""


def event_of_text(text: str | bytes) -> dict[str, Any]:
    """The event that a JSON text is; numbers that no double is equal to stay as they are spelled.

    Of a key that stands twice in an object the last one counts.

    Raises
    ------
    EventError
        for a text that is no JSON object, or is nested more than 1,000 deep.

    >>> event_of_text('{"count": 3, "id": 12345678901234567891}')
    {'count': 3, 'id': Spelled(text='12345678901234567891')}
    """
    event = read_fast(text)
    if event is not None:
        return event
    if not isinstance(text, str):
        text = _decoded(bytes(text))
    try:
        event = _object(_READ(text))
        return _object(_deep(text)) if _is_too_deep(event) else event
    except RecursionError:
        return _object(_deep(text))
    except ValueError as error:
        raise _not_json(error) from None


def read_fast(text: str | bytes) -> dict[str, Any] | None:
    """The event that a text holds, or None where reading it takes more care, or is not possible.

    orjson takes numbers as doubles, and refuses what JSON does not allow and some of what it does: lone
    surrogates, deep nesting.

    >>> read_fast('{"amount": 250}'), read_fast('{"amount": 0.30000000000000000000001}')
    ({'amount': 250}, None)
    """
    try:
        data = text.encode() if isinstance(text, str) else text
        alike = data.translate(_ALIKE, b".")
        if _TOO_LONG in alike or _TOO_SMALL in alike:
            return None
        event = orjson.loads(data)
    except ValueError:  # not JSON, or not UTF-8
        return None
    if event.__class__ is not dict:
        return None
    if len(data) > DEEPEST and data.count(b"{") + data.count(b"[") > DEEPEST and _is_too_deep(event):
        return None
    return event


def _is_too_deep(event: dict[str, Any]) -> bool:
    """Whether more is nested in an event than EventBridge reads."""
    level: list[Any] = [event]
    for _ in range(DEEPEST):
        level = [
            value
            for container in level
            for value in (container.values() if isinstance(container, dict) else container)
            if isinstance(value, dict | list)
        ]
        if not level:
            return False
    return True


def as_event(event: str | bytes | Event) -> Event:
    """An event as data, whichever way it is given."""
    if isinstance(event, Mapping):
        return event
    if isinstance(event, str | bytes | bytearray):
        return event_of_text(event)
    raise EventError(f"A {type(event).__name__} is no event.", "", "Give a JSON object, as data or as text.")


def is_entry(event: Event) -> bool:
    """Whether this is an entry as PutEvents takes it, and not yet an event: its detail is a text."""
    return "DetailType" in event and isinstance(event.get("Detail"), str)


def delivered(event: Event) -> Event:
    """An entry of PutEvents with the fields of the event that EventBridge makes of it; any other as it is.

    Raises
    ------
    EventError
        where the detail of an entry is no JSON object.

    >>> entry = {"Source": "com.inn", "DetailType": "room-booked", "Detail": '{"beds": 2}'}
    >>> delivered(entry)["detail"]
    {'beds': 2}
    """
    if not is_entry(event):
        return event
    try:
        made = {"detail": event_of_text(event["Detail"])}
    except EventError as error:
        raise EventError(f"The Detail of this entry is no event's: {error.what}", error.where, "") from None
    return {**event, **made, **{_ENTRY[key]: value for key, value in event.items() if key in _ENTRY}}


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EventError("This is not UTF-8.", f"byte {error.start + 1}", "Save it as UTF-8.") from None


def _object(value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise EventError("An event is a JSON object.", "", "Write {…}.")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _integer(text: str) -> int | float | Spelled:
    return int(text) if len(text) <= SHORT else number(text)


_READ = json.JSONDecoder(parse_float=number, parse_int=_integer, parse_constant=_refuse_constant).decode


def _deep(text: str) -> Any:
    """Read a text that is too deep for the reader that recurses, up to the depth that EventBridge takes."""
    from .errors import PatternError
    from .tokens import tokens_of_text

    root: list[Any] = []
    open_: list[Any] = [root]
    key = ""
    keys: list[str] = []
    try:
        for kind, said in tokens_of_text(text):
            if kind == "key":
                key = said
                continue
            if kind in "}]":
                open_.pop()
                key = keys.pop()
                continue
            value: Any = {"{": {}, "[": [], "true": True, "false": False, "null": None}.get(kind, said)
            if kind == "number":
                value = number(said)
            innermost = open_[-1]
            if isinstance(innermost, dict):
                innermost[key] = value
            else:
                innermost.append(value)
            if kind in "{[":
                open_.append(value)
                keys.append(key)
    except PatternError as error:
        raise EventError(
            f"This is no event: {error.reason}.", error.where, f"Nest at most {DEEPEST:,} deep."
        ) from None
    return root[0]


def _not_json(error: ValueError) -> EventError:
    if isinstance(error, json.JSONDecodeError):
        place = f"line {error.lineno}, column {error.colno}"
        return EventError(f"This is not JSON: {error.msg}.", place, "Correct it there.")
    return EventError(f"This is not JSON: {error}.", "", "Write a JSON object.")
