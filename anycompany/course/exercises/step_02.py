"""The exercises of step 2, temporal sequencing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...storm.checks.finding import quoted
from ...storm.checks.vocabulary import FAILURES
from ...storm.english import words_of
from ...storm.ids import slug
from ...storm.model import Storm
from ...storm.parts import Alternatives, events_of
from ..exercise import Exercise
from ..judging.naming import TELLS, can_be_judged, fault_of, stems_of
from ..judging.ordering import Before, OneOf, order
from ..misconceptions import named
from ..reading import UnreadableError, data_in
from ..verdict import Seen, slip

_EVENTS = (
    "Bike Returned",
    "Payment Succeeded",
    "Bike Unlocked",
    "Rider Registered",
    "Payment Failed",
    "Bike Reserved",
    "Payment Attempted",
    "Receipt Sent",
)

_RULES = (
    Before("Bike Reserved", "Bike Unlocked", "nobody unlocks a bike at Spoke that is not reserved."),
    Before("Bike Unlocked", "Bike Returned", "a bike that is still locked has not been away."),
    Before("Bike Returned", "Payment Attempted", "the fee is known only when the ride is over."),
    Before("Payment Attempted", "Payment Succeeded", "it succeeds only if it was tried."),
    Before("Payment Attempted", "Payment Failed", "it fails only if it was tried."),
    Before("Payment Succeeded", "Receipt Sent", "a receipt says that the money has come."),
    Before(
        "Payment Succeeded",
        "Rider Registered",
        "the first ride needs no account: a rider is asked after having paid.",
        "database-order",
    ),
    Before("Bike Returned", "Rider Registered", "the first ride needs no account.", "database-order"),
    OneOf(("Payment Succeeded", "Payment Failed"), "of these two, one happens."),
)


def _moments(storm: Storm) -> list[Any]:
    names = {key: event.name for key, event in storm.events.items()}
    return [
        {"or": [names.get(one, one) for one in moment.or_]}
        if isinstance(moment, Alternatives)
        else [names.get(one, one) for one in events_of(moment)]
        for moment in storm.timeline
    ]


def practice() -> Storm:
    """The notes of the first exercise, in no order."""
    return Storm(name="Spoke, in no order yet").add_events(_EVENTS)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_GOOD = {
    "Payment Succeeded": ("payment pay fee charge card money transaction credit bank debit", "the payment"),
    "Bike Unlocked": ("bike unlock lock unlocking", "the unlocking"),
    "Damage Repaired": ("damage repair bike scrap", "the repair"),
    "Reservation Confirmed": ("reservation reserve booking book confirm bike", "the reservation"),
}
_SAD = FAILURES | _set(
    "expired lapsed cancelled canceled jammed broke broken stuck scrapped retired condemned postponed "
    "delayed stalled interrupted stopped invalidated blocked abandoned exhausted forgotten unrepairable "
    "irreparable beyond missed withdrawn ended closed returned reversed revoked unpaid overdue "
    "stayed remained kept never nobody no "
    "unsuccessful turned written given lost out discarded removed replaced sold"
)
_REPEATS = _set(
    "retried repeated resent called notified sent informed reminded emailed asked contacted escalated "
    "refunded apologised apologized offered"
)


def _other_outcomes(said: Any) -> Iterator[Seen]:
    given = data_in(said)
    if not isinstance(given, dict):
        raise UnreadableError('Write beside each event the other outcome: {"Payment Succeeded": "…"}.')
    known = {slug(good): good for good in _GOOD}
    for good, bad in given.items():
        name = known.get(slug(good[:200]))
        if name is None:
            yield slip(f"{quoted(good)} is not one of the four.")
        elif not isinstance(bad, str) or not bad.strip():
            yield slip(f"{quoted(name)}: and if not?")
        elif found := _fault_of_outcome(name, bad.strip()):
            yield found
    if missing := [name for key, name in known.items() if key not in {slug(one[:200]) for one in given}]:
        yield slip(f"Still to come: {', '.join(quoted(one) for one in missing)}.")


def _fault_of_outcome(good: str, bad: str) -> Seen | None:
    words, about = _GOOD[good]
    told = {word.lower() for word in words_of(bad[:200])}
    if slug(bad[:200]) == slug(good):
        return Seen("same-outcome", f"{quoted(bad)} is the very event that did not happen.")
    if not can_be_judged(bad):
        return slip(f"{quoted(bad)} cannot be judged: the checks of this course read English.")
    fault = fault_of(bad)
    if fault == "technical-event":
        return Seen("error-message", f"{quoted(bad)} says how a program noticed it.")
    if fault == "command" or told & _REPEATS:
        return Seen("next-step", f"{quoted(bad)} is what somebody does about it.")
    if fault:
        return Seen(fault, f"{quoted(bad)} {TELLS[fault]}")
    if not stems_of(bad) & stems_of(words):
        return slip(f"{quoted(bad)} is not about {about}.")
    if not told & _SAD:
        return slip(f"{quoted(bad)} does not say that it went wrong with {about}.")
    return None


EXERCISES = (
    Exercise(
        "put-in-order",
        2,
        "From left to right",
        "A first ride at *Spoke*: a passer-by reserves a bike with a card and no account, unlocks it, "
        "rides, and brings it back. "
        "Then the card is charged, which may fail. Who has paid gets a receipt, and is asked to register.\n\n"
        "Put these into the order of **time**: " + ", ".join(f"*{one}*" for one in _EVENTS) + ". "
        'What happens *instead* of something else shares its moment: `["this", "that"]`.\n\n'
        'On a board instead: `practice = page.practice("put-in-order")`, then check `practice`.',
        '[\n    "",\n]',
        order(_EVENTS, _RULES),
        named("database-order", "effect-before-cause", "both-outcomes", "alphabetical"),
        (
            "Stand beside the station with a clock. What do you see first?",
            "Nobody has an account before the first ride; and of two outcomes, one happens.",
            "Reserved, unlocked, returned, attempted; then one moment with two alternatives; the "
            "receipt and the registration come at the end, in either order.",
        ),
        "Time is what a bystander sees. Keys, foreign keys and required fields are how software keeps "
        "its books afterwards.",
        practice,
        _moments,
    ),
    Exercise(
        "and-if-not",
        2,
        "And if not?",
        "The happy path is laid out. Ask at each of these *and if not?*, and name the **event** that "
        "happens instead.",
        "{\n" + "".join(f'    {good!r}: "",\n' for good in _GOOD).replace("'", '"') + "}",
        _other_outcomes,
        named("error-message", "next-step", "same-outcome", *TELLS),
        (
            "What does the rider, or the mechanic, see when it does not work out?",
            "Name the fact and neither the program's complaint nor what you would do about it.",
            "Payment …, Unlocking …, Repair …, Reservation …: the same noun, and a verb in the past "
            "tense that says it went wrong.",
        ),
        "The other outcome is an event in its own right: others will hear it, and answer with policies "
        "of their own.",
    ),
)
