"""An event against its contract: what breaks it, in words and with the place. JSON Schema draft 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ...storm.checks.finding import quoted
from ...storm.errors import StormError
from .keeping import plainly_keeps
from .schema import DELIVERED

MOST_VIOLATIONS = 100
"""Violations that are told of one event; what has more is broken enough."""

_MISSING = "is missing"


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which an event breaks its contract.

    Parameters
    ----------
    path : the field: its keys joined by dots, elements of arrays by their number (``detail.rows[3].id``);
        empty for the event itself.
    what : what is wrong with it, as the end of a sentence.
    """

    path: str
    what: str

    def __str__(self) -> str:
        """The sentence.

        >>> str(Violation("detail.amount", "is missing"))
        '“detail.amount” is missing'
        """
        return f"{quoted(self.path, 120)} {self.what}" if self.path else f"the event {self.what}"


def violations(schema: Mapping[str, Any], event: Any) -> tuple[Violation, ...]:
    """What breaks a contract in an event; nothing where the event keeps it.

    Fields that the contract does not name are fine unless it says otherwise (``additionalProperties``). What
    EventBridge itself adds on delivery (version, id, account, time, region, resources) may be missing:
    recorded events often keep only the rest. ``format`` is read as a hint, which draft 4 leaves open.

    Parameters
    ----------
    schema : JSON Schema draft 4, such as ``json_schema`` makes.
    event : the event, or whatever the schema is about, as data from JSON.

    Raises
    ------
    StormError
        if the schema itself is none, or refers to something outside.

    >>> schema = {"properties": {"amount": {"type": "number"}}, "required": ["amount"]}
    >>> [str(one) for one in violations(schema, {"amount": "12"})]
    ['“amount” is a text, not a number']
    """
    of_events = _is_envelope(schema)
    with suppress(RecursionError, TypeError, AttributeError, ValueError, ArithmeticError):  # told below
        if plainly_keeps(schema, event, DELIVERED if of_events else ()):
            return ()
    from referencing.exceptions import Unresolvable

    from .keywords import validator

    try:
        errors = validator(schema).iter_errors(event)
        return tuple(islice(_told(errors, of_events), MOST_VIOLATIONS))
    except RecursionError:
        return (Violation("", "is nested too deeply to be compared with its contract"),)
    except ArithmeticError:
        return (Violation("", "has a number too large to be compared with its contract"),)
    except (Unresolvable, TypeError, AttributeError, ValueError, KeyError) as error:
        raise StormError(
            f"The contract is no schema that can be applied ({type(error).__name__}).",
            remedy="Write JSON Schema draft 4 that refers to nothing outside itself.",
        ) from None


def _is_envelope(schema: Mapping[str, Any]) -> bool:
    """Whether a schema is about whole events, and not about details."""
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    return isinstance(properties, Mapping) and {"source", "detail-type", "detail"} <= properties.keys()


def _told(errors: Any, of_events: bool) -> Iterator[Violation]:
    for error in errors:
        places = list(error.absolute_path)
        added = of_events and error.message == _MISSING and len(places) == 1 and places[0] in DELIVERED
        if not added:
            yield Violation(_path(places), error.message)


def _path(places: list[str | int]) -> str:
    """A place in an event as people write it."""
    path = ""
    for place in places:
        if isinstance(place, int):
            path += f"[{place}]"
        else:
            path += f".{place}" if path else place
    return path
