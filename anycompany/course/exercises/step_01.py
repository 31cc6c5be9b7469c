"""The exercises of step 1, event discovery."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ...storm.checks.finding import quoted
from ...storm.ids import slug
from ..exercise import Exercise
from ..judging.choosing import Option, choice, listing
from ..judging.naming import TELLS, can_be_judged, faults_of, stems_of
from ..misconceptions import named
from ..reading import UnreadableError, data_in, texts_in
from ..verdict import Seen, slip

_NAMING = tuple(TELLS)

_STORY = """Mira runs *Spoke*: forty bikes for rent, three stations. She tells:

> A rider reserves a bike with the phone. If nobody comes within fifteen minutes, the reservation lapses.
> At the station the rider unlocks the bike, rides, and brings it back to any of our stations. Then we
> charge the fee; some cards are declined. Whoever finds a flat tyre reports it. Our mechanic picks the
> bike up and repairs it. And every Monday we move bikes to where they are missing."""

_MORE_WORDS = (
    "bicycle cycle booking hire rental rent trip journey return customer guest user payment pay "
    "invoice money deposit "
    "price damage defect fault broken lock picked transported rebalance held expired cancelled show "
    "arrived location "
    "dock fine refund receipt fleet puncture wheel hold redistribute balance come came "
    "collect fetch staff crew"
)
_COMMON = "with the and our any some whoever where they every nobody within tells runs are for"


@lru_cache(maxsize=1)
def _words_of_the_story() -> frozenset[str]:
    return stems_of(f"{_STORY} {_MORE_WORDS}") - stems_of(_COMMON)


ENOUGH = 6


def _names_events(said: Any) -> Iterator[Seen]:
    names = list(dict.fromkeys(texts_in(said)))
    yield from faults_of(names)
    elsewhere = [one for one in names if can_be_judged(one) and not stems_of(one) & _words_of_the_story()]
    for name in elsewhere:
        yield slip(f"{quoted(name)} has none of Mira's words, or of their like: say it in hers.")
    told = {slug(one[:200]) for one in names if one not in elsewhere}
    if len(told) < ENOUGH:
        yield slip(f"That makes {len(told)} of at least {ENOUGH} events. Read on in what she tells.")


_NOTES = {
    "a": Option("Deposit Taken", belongs=True),
    "b": Option("Reserve a bike", "command", "it says what a rider wants; Spoke may have no bike left."),
    "c": Option("reservations row inserted", "technical-event", "Mira has never seen a row."),
    "d": Option("Reservation Lapsed", belongs=True),
    "e": Option(
        "“Unlock” tapped",
        "user-interface",
        "what was tapped is a picture on a screen; the lock may still stay shut.",
    ),
    "f": Option(
        "Bike is being repaired", "present-tense", "it goes on, and has no moment in which it happened."
    ),
    "g": Option("Bike Repaired", belongs=True),
    "h": Option("Free bikes listed", "query", "somebody has looked; nothing is different now."),
    "i": Option("Rider", "thing", "nothing happens in it."),
    "j": Option("Card Declined", belongs=True),
    "k": Option("Bike available", "thing", "this is a state: name what made it so."),
    "l": Option("Bikes Moved to Another Station", belongs=True),
}

_TO_MEND = {
    "Charge the fee": ("fee charge payment pay money price ride account card", "command"),
    "Bike goes back to a station": ("bike return ride end rental back station", "present-tense"),
    "UPDATE bikes SET state = 'broken'": (
        "bike damage break defect fault repair report tyre",
        "technical-event",
    ),
    "Click on 'Cancel reservation'": (
        "reservation cancel cancellation reserve booking book",
        "user-interface",
    ),
}


def _mends(said: Any) -> Iterator[Seen]:
    given = data_in(said)
    if not isinstance(given, dict):
        raise UnreadableError('Write each wrong name with the one that you put in its place: {"old": "new"}.')
    known = {slug(old): old for old in _TO_MEND}
    for old, new in given.items():
        if slug(old[:200]) not in known:
            yield slip(f"{quoted(old)} is not one of the four.")
            continue
        words, _ = _TO_MEND[known[slug(old[:200])]]
        text = new if isinstance(new, str) else ""
        if not text.strip():
            yield slip(f"{quoted(old)} is not mended yet.")
            continue
        yield from faults_of([text])
        if can_be_judged(text) and not stems_of(text) & stems_of(words):
            yield slip(f"{quoted(text)} says something else than {quoted(old)} was meant to say.")
    if missing := [old for key, old in known.items() if key not in {slug(one[:200]) for one in given}]:
        yield slip(f"Not mended yet: {', '.join(quoted(one) for one in missing)}.")


EXERCISES = (
    Exercise(
        "name-events",
        1,
        "What happened at Spoke?",
        f"{_STORY}\n\nWrite at least six **domain events** that you hear, one text for each.",
        '[\n    "",\n]',
        _names_events,
        named(*_NAMING),
        (
            "Read it sentence by sentence and ask at each: what is different afterwards? That is an event.",
            "Noun first, then a verb in the past tense. What Mira's riders *do*, say as *done*: to "
            "reserve a bike → *Bike Reserved*. The sad ends count too.",
            "There are at least nine: something is reserved, lapses, is unlocked, is brought back, is "
            "charged, is declined, is reported, is repaired, is moved.",
        ),
        "Each of these has happened, means something to Mira, and cannot be taken back. Order, "
        "duplicates and consistent words do not matter yet.",
    ),
    Exercise(
        "sort-notes",
        1,
        "Which of these are events?",
        "Somebody has stuck these notes to Spoke's wall. Which are **domain events**? Give their letters.\n\n"
        + listing(_NOTES),
        "[]",
        choice(_NOTES, "events"),
        named("command", "technical-event", "user-interface", "present-tense", "query", "thing"),
        (
            "Say each aloud with “yesterday at noon …” before it. What sounds odd is no event.",
            "Take out what is a wish, what goes on and on, what is simply there, and what only a "
            "programmer would say.",
            "Five stay. Two of them are things that nobody likes to happen.",
        ),
        "A wish, a look, a state and a row in a table are worth knowing, but nothing has happened in "
        "them that the business would remember.",
    ),
    Exercise(
        "mend-names",
        1,
        "Say it as an event",
        "These four notes mean something that Mira would remember, but do not say it. Put the "
        "**event** beside each.",
        "{\n" + "".join(f'    {json.dumps(old)}: "",\n' for old in _TO_MEND) + "}",
        _mends,
        named(*_NAMING),
        (
            "What would Mira tell her family in the evening? She has never heard of a table or a button.",
            "Take the noun that matters, then the verb in the past tense.",
            "Something was charged, something returned, something damaged, something cancelled: put "
            "the noun before it.",
        ),
        "The same fact stays true when the app, the database and the buttons are replaced. That is why "
        "it can go on a bus that others listen to.",
    ),
)
