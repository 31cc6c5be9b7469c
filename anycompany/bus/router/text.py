"""Events as JSON text, read the fast way where that is exact."""

from __future__ import annotations

from typing import Any

import orjson

_ALIKE = bytes.maketrans(b"123456789E", b"000000000e")
_TOO_LONG = b"0" * 16
"""A number of up to 15 digits is told exactly by a float (IEEE 754); a longer one may not be."""
_TOO_SMALL = b"0e-000"
"""A number with such an exponent may be too small for a float."""


def exact_event(text: str | bytes) -> dict[str, Any] | None:
    """The event that a text holds, or None where reading it takes more care, or is not possible.

    orjson takes numbers as floats, and refuses what JSON does not allow and some of what it does: lone
    surrogates, deep nesting.

    >>> exact_event('{"amount": 250}')
    {'amount': 250}
    >>> exact_event('{"amount": 0.30000000000000000000001}')
    """
    try:
        data = text.encode() if isinstance(text, str) else text
        alike = data.translate(_ALIKE, b".")
        if _TOO_LONG in alike or _TOO_SMALL in alike:
            return None
        event = orjson.loads(data)
    except ValueError:  # not JSON, or not UTF-8
        return None
    return event if event.__class__ is dict else None
