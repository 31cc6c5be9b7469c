"""Which events belong together: those that carry the same id, such as an account's or an order's.

Nothing in EventBridge says it. A field is taken for an id where its name ends like one (``account-id``,
``orderId``, ``booking_ref``) or where the user names it; test events also carry the mark of their trace.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ..marker import MARKER, marker_of

Subject = tuple[str, str]
"""A field, spelt ``account-id`` however the log spells it, and its value."""

MOST_FIELDS = 100
"""Different id fields that are followed; those of a log whose field names are made up as it goes are not."""

_MOST_KEYS, _MOST_IDS, _DEEPEST, _LONGEST, _MOST_VALUES = 80, 8, 3, 200, 1_000
_NONE: Counter[str] = Counter()
_ALONE = frozenset({"id", "uuid", "guid"})
_ENDS = _ALONE | {"ref", "reference", "number"}


@lru_cache(maxsize=8192)
def words_in(text: str) -> tuple[str, ...]:
    """The words of a name in small letters, however they are joined.

    >>> words_in("accountId"), words_in("booking_ref"), words_in("PaymentAttempted.v2")
    (('account', 'id'), ('booking', 'ref'), ('payment', 'attempted', 'v2'))
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text[:_LONGEST])
    return tuple(word.lower() for word in re.findall(r"[^\W_]+", spaced))


@lru_cache(maxsize=8192)
def _id_field(key: str, holder: str) -> str | None:
    """How the id field of this key is spelt; None where the key does not look like one.

    An ``id`` alone is that of what holds it.
    """
    words = words_in(key)
    if not words or words[-1] not in _ENDS or (len(words) == 1 and words[0] not in _ALONE):
        return None
    return "-".join(words if len(words) > 1 else (*words_in(holder), *words))


class Subjects:
    """Finds the ids in events, and keeps count of which kinds of events carry which.

    Parameters
    ----------
    by : the names of the fields to go by; empty: every field whose name ends like an id's.
    """

    def __init__(self, by: Collection[str] = ()) -> None:
        self._by = frozenset("-".join(words_in(name)) for name in by)
        self._events: Counter[str] = Counter()
        self._carried: dict[str, Counter[str]] = {}
        self._named: dict[str, set[str]] = {}
        self._values: dict[str, set[int]] = {}
        self.fields: dict[str, set[str]] = {}
        self.ignored: set[str] = set()

    def name(self, kind: str, fields: Iterable[str], holder: str) -> None:
        """Take in the fields that events of a kind have by contract: they tell the narrower of two ids."""
        for name in fields:
            field = self._field(name.rpartition(".")[2], name.rpartition(".")[0] or holder)
            if field is not None:
                self._named.setdefault(field, set()).add(kind)

    def of(self, kind: str, event: Mapping[str, Any], holder: str) -> list[Subject]:
        """The ids that an event carries.

        Parameters
        ----------
        kind : what kind of event it is, for the count.
        event : as it was recorded.
        holder : whose id it is that is called ``id`` and nothing else.
        """
        found: dict[str, str] = {}
        detail = event.get("detail")
        if isinstance(detail, dict):
            for field, value in self._ids(detail, holder, 1):
                if len(found) < _MOST_IDS:
                    found.setdefault(field, value)
        trace = marker_of(dict(event)).get("trace")
        if isinstance(trace, str):
            found[MARKER] = trace
        self._events[kind] += 1
        carried = self._carried.setdefault(kind, Counter())
        for field, value in found.items():
            if not carried[field]:
                self.fields.setdefault(field, set()).add(kind)
            carried[field] += 1
            values = self._values.setdefault(field, set())
            if len(values) < _MOST_VALUES:
                values.add(hash(value))
        return list(found.items())

    def _ids(self, within: Mapping[str, Any], holder: str, depth: int) -> Iterator[Subject]:
        for number, (key, value) in enumerate(within.items()):
            if number >= _MOST_KEYS:
                return
            if isinstance(value, dict):
                if depth < _DEEPEST and key != MARKER:
                    yield from self._ids(value, key, depth + 1)
            elif isinstance(value, str | int) and not isinstance(value, bool):
                field = self._field(key, holder)
                if field is None:
                    continue
                text = str(value) if isinstance(value, str) or abs(value) < 10**30 else ""
                if text and len(text) <= _LONGEST:
                    yield field, text

    def _field(self, key: str, holder: str) -> str | None:
        if self._by:
            names = ("-".join(words_in(key)), "-".join((*words_in(holder), *words_in(key))))
            return next((name for name in names if name in self._by), None)
        field = _id_field(key, holder)
        if field is not None and field not in self.fields and len(self.fields) >= MOST_FIELDS:
            if len(self.ignored) < MOST_FIELDS:
                self.ignored.add(field)
            return None
        return field

    def knows(self, kind: str) -> bool:
        """Whether any event of a kind has come."""
        return self._events[kind] > 0

    def shared(self, *kinds: str) -> list[str]:
        """The fields that events of all these kinds carry as a rule, the one that tells most apart first.

        That is the one which the fewest kinds of events carry, a payment's id before its account's; of equals
        the one with the most values.
        """
        both = [
            field
            for field in self._carried.get(kinds[0], ())
            if all(2 * self._carried.get(kind, _NONE)[field] > self._events[kind] for kind in kinds)
        ]
        return sorted(both, key=self._breadth)

    def _breadth(self, field: str) -> tuple[int, int, str]:
        kinds = self.fields[field] | self._named.get(field, set())
        return len(kinds), -len(self._values[field]), field
