"""What a log alone tells: kinds of events, the fields they carry, and what usually follows what."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..contract import Seen
from ..marker import MARKER, marker_of
from .against import fresh
from .order import MOST_FLOWS
from .recorded import Recorded, Unread
from .subjects import Subjects
from .times import Clock, in_time_order
from .vocabulary import Address, address_of, event_name
from .watched import Tally

MOST_KINDS = 500
"""Kinds of events that become notes; a wall with more is no wall."""

QUICKLY = 3_600.0
"""Seconds within which one event follows from another; what comes later has reasons of its own."""

LONGEST_DETAIL_TYPE = 128
"""Characters of a detail-type (EventBridge quota)."""


@dataclass
class KindSeen:
    """A kind of event: how often it came, in which line first, and what its details were like."""

    address: Address
    name: str
    line: int
    count: int = 0
    details: Seen = field(default_factory=Seen)


@dataclass(slots=True)
class _Path:
    """The kinds of events that came to one subject, and which one last, when."""

    seen: dict[int, None] = field(default_factory=dict)
    last: int = -1
    time: float = 0.0


@dataclass
class Observed:
    """A log, as far as a first design can be read from it; kinds are named by their number.

    ``before`` counts, for two kinds and a field, the subjects in which the first kind came first;
    ``next_`` how often the second kind came next after the first; ``quick`` how often within an hour.
    """

    subjects: Subjects
    kinds: list[KindSeen] = field(default_factory=list)
    before: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    next_: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    quick: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    clock: Clock = field(default_factory=Clock)
    beyond: int = 0
    _paths: OrderedDict[tuple[str, str], _Path] = field(default_factory=OrderedDict)

    def shared(self, *kinds: int) -> list[str]:
        """The fields that kinds share, the one that tells most apart first."""
        return self.subjects.shared(*(str(kind) for kind in kinds))

    def precedence(self, one: int, other: int) -> tuple[int, int]:
        """In how many subjects the one came first, and in how many the other."""
        for by in self.shared(one, other):
            counts = self.before[one, other, by], self.before[other, one, by]
            if any(counts):
                return counts
        return 0, 0

    def follows(self, one: int, other: int) -> tuple[int, int]:
        """How often the other came next after the one, and how often of these within an hour."""
        for by in self.shared(one, other):
            if count := self.next_[one, other, by]:
                return count, self.quick[one, other, by]
        return 0, 0


def observe(records: Iterable[Recorded | Unread], by: Sequence[str] = ()) -> Observed:
    """Read a log for what it tells of a design.

    Parameters
    ----------
    records : the log; events of more than 500 kinds, and such as EventBridge would not take, are counted
        in ``beyond``.
    by : the fields whose values tell which events belong together; empty: all that are named like an id.
    """
    observed = Observed(Subjects(by))
    numbers: dict[Address, int] = {}
    for time, record in in_time_order(fresh(records, observed.tally), observed.clock):
        address = address_of(record.event)
        number = numbers.get(address)
        if number is None:
            if marker_of(record.event) and address[0].startswith("anycompany."):
                continue  # a trace's probe
            if len(numbers) >= MOST_KINDS or not _is_fit(address, record.event):
                observed.beyond += 1
                continue
            number = numbers[address] = len(observed.kinds)
            observed.kinds.append(KindSeen(address, event_name(address[1]), record.line))
        _note(observed, number, time, record)
    return observed


def _is_fit(address: Address, event: dict[str, Any]) -> bool:
    source, name = (text.strip() for text in address)
    return (
        bool(source and name)
        and len(address[1]) <= LONGEST_DETAIL_TYPE
        and isinstance(event.get("detail"), dict)
    )


def _note(observed: Observed, number: int, time: float, record: Recorded) -> None:
    kind = observed.kinds[number]
    kind.count += 1
    detail = record.event.get("detail")
    if isinstance(detail, dict):
        kind.details.add({key: value for key, value in detail.items() if key != MARKER})
    for subject in observed.subjects.of(str(number), record.event, noun_of(kind.name)):
        path = observed._paths.get(subject)
        if path is None:
            path = observed._paths[subject] = _Path()
            if len(observed._paths) > MOST_FLOWS:
                observed._paths.popitem(last=False)
        else:
            observed._paths.move_to_end(subject)
        if number not in path.seen:
            for other in path.seen:
                observed.before[other, number, subject[0]] += 1
            path.seen[number] = None
        if path.last >= 0:
            observed.next_[path.last, number, subject[0]] += 1
            observed.quick[path.last, number, subject[0]] += time - path.time <= QUICKLY
        path.last, path.time = number, time


def noun_of(name: str) -> str:
    """What an event is about: the words before its past-tense verb, or its first word.

    >>> noun_of("Payment Attempted"), noun_of("Kitchen Ticket Printed"), noun_of("Created")
    ('Payment', 'Kitchen Ticket', 'Created')
    """
    from ...storm.english import is_past

    words = name.split()[:8]
    verb = next((at for at, word in enumerate(words) if at and is_past(word)), 1)
    return " ".join(words[:verb])
