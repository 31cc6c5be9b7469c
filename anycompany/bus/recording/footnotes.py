"""What the findings of a log rest on: what was assumed, and what was too much to keep, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ...storm.checks.finding import called, listed, quoted
from .following import NO_SUBJECT, Following, Link
from .order import MOST_FLOWS
from .times import WINDOW
from .watched import Watched


def assumed(watched: Watched) -> Iterator[str]:
    """What was taken for granted, in sentences."""
    fields = watched.subjects.fields
    if not watched.tally.seen:
        yield "No event is one of the storm's: order, contracts and what follows were not judged."
        return
    if watched.by and not fields:
        yield f"No event carries {listed(list(watched.by))}: order could not be judged."
    elif not fields:
        yield "No field is named like an id: which events belong together, and their order, was not judged."
    else:
        often = sorted(fields, key=lambda name: -len(fields[name]))
        named = [f"{quoted(name)} (in {len(fields[name])} kinds of events)" for name in often]
        yield f"Events belong together where they carry the same value of {listed(named, 8)}."
    links = followed(watched)
    alone = [
        f"{called(watched.storm, link.emits)} after {called(watched.storm, link.heard)}"
        for link, (by, _) in links.items()
        if by == NO_SUBJECT
    ]
    if alone:
        yield f"What shares no id was paired by order alone: {listed(alone, 4)}."
    if not watched.clock.tells:
        yield "The times do not tell: whether what should follow did follow in time was not judged."
    elif pending := sum(case.pending - case.overdue for _, case in links.values()):
        yield f"The log ends while {pending:,} answers were still in time; they count as neither."
    if watched.clock.untimed:
        yield f"{watched.clock.untimed:,} events say no time: each was taken to come with the one before it."
    if watched.clock.misplaced:
        yield (
            f"{watched.clock.misplaced:,} events stand more than {WINDOW:,} events from their place in time: "
            "what is said of order may be wrong for them."
        )


def dropped(watched: Watched) -> Iterator[str]:
    """What was too much to keep, in sentences."""
    tally, orders, followings = watched.tally, watched.orders, watched.followings
    if tally.unknown_beyond:
        yield f"{tally.unknown_beyond:,} events of still more unknown kinds are only counted."
    if watched.contracts.beyond:
        yield f"{watched.contracts.beyond:,} more breaches of contracts are only counted."
    if orders.forgotten:
        yield (
            f"More than {MOST_FLOWS:,} flows at once: the {orders.forgotten:,} quiet longest were forgotten, "
            "and order was judged without their past."
        )
    if followings.given_up:
        yield f"{followings.given_up:,} expectations were given up, as too many were open at once."
    if watched.subjects.ignored:
        more = listed([quoted(name) for name in sorted(watched.subjects.ignored)], 3)
        yield f"Still more fields are named like ids and were left alone: {more}."


def followed(watched: Watched) -> dict[Link, tuple[str, Following]]:
    """For each link between what is heard and what is emitted, what became of it by the end of the log."""
    last = watched.clock.last if watched.clock.last is not None else 0.0
    return dict(watched.followings.found(watched.subjects, last))


def counted(number: int, thing: str) -> str:
    """A number of things, in words."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def in_words(seconds: float) -> str:
    """A span of time as people say it.

    >>> in_words(300), in_words(86_400), in_words(90), in_words(0.5)
    ('5 minutes', '1 day', '90 seconds', '0.5 seconds')
    """
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size and seconds % size == 0:
            return counted(int(seconds // size), unit)
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"
