"""How events are spelled in files: as PutEvents takes them, or as EventBridge delivers them."""

from __future__ import annotations

import json
import re
from typing import Any

from ...bus.pattern.events import read_fast

_SPELLINGS = {
    "Source": "source",
    "DetailType": "detail-type",
    "detail_type": "detail-type",
    "Detail": "detail",
    "Time": "time",
    "Resources": "resources",
}
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class UnreadableError(ValueError):
    """A text or value that is no event; says why in a sentence."""


def spelled(given: Any) -> dict[str, Any]:
    """An event in EventBridge's own spelling, its detail as an object where it was given as JSON text.

    Raises
    ------
    UnreadableError
        for what is no object, or has a detail that is a text but not JSON.

    >>> spelled({"Source": "com.inn", "DetailType": "room-booked", "Detail": '{"beds": 2}'})
    {'source': 'com.inn', 'detail-type': 'room-booked', 'detail': {'beds': 2}}
    """
    if not isinstance(given, dict):
        raise UnreadableError("An event is a JSON object.")
    event: dict[str, Any] = {spelled_name(key): value for key, value in given.items()}
    if isinstance(event.get("detail"), str):
        try:
            event["detail"] = parsed(event["detail"])
        except UnreadableError:
            raise UnreadableError("Its detail is a text that is not JSON.") from None
    return event


def spelled_name(key: str) -> str:
    """The name that EventBridge has for a field of an event.

    >>> spelled_name("DetailType"), spelled_name("detail_type"), spelled_name("account")
    ('detail-type', 'detail-type', 'account')
    """
    return _SPELLINGS.get(key, key)


def whole(given: Any) -> dict[str, Any]:
    """The same, of an event that has all that an event on a bus has: source, detail-type and detail.

    Raises
    ------
    UnreadableError
        as ``spelled`` does, and for what is missing.
    """
    event = spelled(given)
    for key, kind, noun in (
        ("source", str, "text"),
        ("detail-type", str, "text"),
        ("detail", dict, "object"),
    ):
        if key not in event:
            raise UnreadableError(f"It has no {key}.")
        if not isinstance(event[key], kind):
            raise UnreadableError(f"Its {key} is no {noun}.")
    return event


def parsed(text: str | bytes) -> Any:
    """What a JSON text says.

    Raises
    ------
    UnreadableError
        for what is not JSON in UTF-8, NaN among it, and for what is nested too deeply or has numbers or
        halves of characters that nothing else could read.
    """
    event = read_fast(text)
    if event is not None:
        return event
    try:
        said = text if isinstance(text, str) else text.decode()
        value = json.loads(said, parse_constant=_refused, parse_float=_finite)
        if _HALF.search(said.encode()):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"This is not UTF-8, at byte {error.start + 1}.") from None
    except UnicodeEncodeError:
        raise UnreadableError("This holds half a character (a lone surrogate).") from None
    except RecursionError:
        raise UnreadableError("This is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"This is not JSON: {error.msg}, at character {error.pos + 1}.") from None
    except UnreadableError:
        raise
    except ValueError:
        raise UnreadableError("A number in it has too many digits.") from None
    return value


def _refused(constant: str) -> Any:
    raise UnreadableError(f"This is not JSON: there is no {constant} in JSON.")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise UnreadableError("A number in it is too large.")
    return number
