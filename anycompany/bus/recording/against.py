"""A log of recorded events against the design that they should follow: one pass, bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ...storm.model import Storm
from ..marker import marker_of
from ..rules import rules
from .following import Followings
from .footnotes import assumed, dropped
from .keeping import Contracts
from .order import Orders
from .recorded import Recorded, Unread
from .report import LogReport
from .subjects import Subjects
from .telling import findings
from .times import in_time_order
from .vocabulary import Vocabulary, address_of
from .watched import Tally, Watched

if TYPE_CHECKING:
    from ..router import Router

IDS_REMEMBERED = 250_000
"""Event ids that a repetition is looked for among, at least: those that came last."""


def check_recorded(
    storm: Storm,
    records: Iterable[Recorded | Unread],
    *,
    by: Sequence[str] = (),
    within: float | None = None,
) -> LogReport:
    """What a log of recorded events says of a design.

    Events need not be in order of time: they are sorted over a window of 10,000. Those without a time are
    taken to have happened with the one before. An event that comes again with its id counts once; replays
    from an archive are counted and left out.

    Parameters
    ----------
    storm : the design.
    records : the log, event by event, with what could not be read of it.
    by : the fields whose values tell which events belong together; empty: every field that is named like
        an id.
    within : seconds that what a policy emits may take; None: five minutes for express workflows, a day for
        standard ones.

    >>> storm = Storm(name="Inn").add_event("Room Booked")
    >>> log = [Recorded(1, {"source": "com.inn", "detail-type": "room-boked", "detail": {}})]
    >>> [finding.what for finding in check_recorded(storm, log).findings]
    ['The storm has no event “room-boked” from “com.inn”; the nearest is “Room Booked”.']
    """
    watched = Watched(
        storm,
        tuple(by),
        Vocabulary(storm),
        Subjects(by),
        Orders(storm),
        Followings(storm, within),
        Contracts(storm),
    )
    _watch(watched, records)
    tally, clock = watched.tally, watched.clock
    return LogReport(
        events=tally.events,
        seen={event: tally.seen[event] for event in storm.relations.in_order},
        heard={rule.note: tally.heard[rule.note] for rule in rules(storm)},
        findings=tuple(findings(watched)),
        unread=tally.unread,
        unread_lines=tuple(tally.unread_lines),
        duplicates=tally.duplicate_count,
        replays=tally.replays,
        tests=tally.tests,
        untimed=clock.untimed,
        misplaced=clock.misplaced,
        first=clock.first,
        last=clock.last,
        assumed=tuple(assumed(watched)),
        dropped=tuple(dropped(watched)),
    )


def _watch(watched: Watched, records: Iterable[Recorded | Unread]) -> None:
    storm, tally = watched.storm, watched.tally
    router = _router_of(storm)
    holders = {event: storm.relations.entity_of(event) or event for event in storm.events}
    listening = storm.relations.listeners_of
    filtered = {event: [one for one in listening[event] if storm.listeners[one].where] for event in listening}
    for event in storm.contracts.keys() & storm.events.keys():
        watched.subjects.name(event, storm.contracts[event].fields_, holders[event])
    for time, record in in_time_order(fresh(records, tally), watched.clock):
        recorded, line = record.event, record.line
        hearing = router.match(recorded)
        tally.heard.update(hearing)
        is_test = bool(marker_of(recorded))
        tally.tests += is_test
        address = address_of(recorded)
        known = watched.vocabulary.event(address)
        if known is None:
            if not is_test:  # the probes of a trace
                tally.note_unknown(address, line)
            continue
        tally.seen[known] += 1
        for listener in filtered.get(known, ()):
            if listener not in watched.refused and f"listeners/{listener}" not in hearing:
                watched.refused[listener] = record
        watched.contracts.note(known, line, recorded)
        subjects = watched.subjects.of(known, recorded, holders[known])
        watched.orders.note(known, line, time, subjects)
        watched.followings.note(known, line, time, subjects)


def _router_of(storm: Storm) -> Router:
    """The rules of a storm; one with a pattern that EventBridge refuses hears nothing, as the checks say."""
    from ..pattern import PatternError, parse
    from ..router import Router

    router = Router()
    for rule in rules(storm):
        with suppress(PatternError):
            router.add(rule.note, parse(rule.pattern))
    return router


def fresh(records: Iterable[Recorded | Unread], tally: Tally) -> Iterator[Recorded]:
    """The events of a log that come for the first time; what else there is, is counted."""
    recent: set[str | int] = set()
    older: set[str | int] = set()
    for record in records:
        if isinstance(record, Unread):
            tally.note_unread(record)
            continue
        tally.events += 1
        identifier = record.event.get("id")
        if isinstance(identifier, str) and identifier:
            mark = identifier if len(identifier) <= 64 else hash(identifier)
            if mark in recent or mark in older:
                tally.note_duplicate(record.line)
                continue
            recent.add(mark)
            if len(recent) >= IDS_REMEMBERED:
                recent, older = set(), recent
        if "replay-name" in record.event:
            tally.replays += 1
            continue
        yield record
