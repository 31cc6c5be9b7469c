"""The exercises of notebook 10, watching events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...bus.pattern import matches, parse
from ...storm.checks.finding import quoted
from ..exercise import Exercise
from ..judging.choosing import Option, choice, listing
from ..misconceptions import named
from ..reading import UnreadableError, data_in
from ..verdict import Seen, slip

RULE: dict[str, Any] = {
    "source": ["com.spoke.fleet"],
    "detail-type": ["damage-reported"],
    "detail": {"severity": [{"numeric": [">=", 3]}]},
}
BUS = "spoke"
_PROPER = {"source": "Source", "detailtype": "DetailType", "detail": "Detail", "eventbusname": "EventBusName"}
_ENTRY = frozenset({"Source", "DetailType", "Detail", "EventBusName", "Time", "Resources", "TraceHeader"})


def _entry(said: Any) -> Iterator[Seen]:
    entry = data_in(said)
    if isinstance(entry, dict) and list(entry) == ["Entries"]:
        entry = entry["Entries"]
    if isinstance(entry, list) and len(entry) == 1:
        entry = entry[0]
    if not isinstance(entry, dict):
        raise UnreadableError("An entry is a dict with Source, DetailType, Detail and EventBusName.")
    for key in entry:
        proper = _PROPER.get("".join(letter for letter in key.lower() if letter.isalpha()))
        if key not in _ENTRY:
            yield Seen(
                "wrong-envelope" if proper else "field-at-top",
                f"PutEvents knows no {quoted(key)}{f': it says {quoted(proper)}' if proper else ''}.",
            )
    found = {
        _PROPER.get("".join(letter for letter in key.lower() if letter.isalpha()), key): value
        for key, value in entry.items()
    }
    bus = found.get("EventBusName")
    if not bus or not isinstance(bus, str) or bus.lower() == "default":
        yield Seen("wrong-bus", "It goes to the default bus.")
    elif bus != BUS and not bus.endswith(f"event-bus/{BUS}"):
        yield Seen("wrong-bus", f"It goes to {quoted(bus)}.")
    for key in ("Source", "DetailType"):
        if isinstance(found.get(key), list | dict):
            yield slip(f"{key} is one text: only a pattern has lists of what is allowed.")
    source = found.get("Source")
    if isinstance(source, str) and source and source != RULE["source"][0]:
        yield Seen("forged-source", f"{quoted(str(source))} reports no damages.")
    yield from _detail(found)


def _detail(found: dict[str, Any]) -> Iterator[Seen]:
    detail = found.get("Detail")
    if isinstance(detail, str):
        try:
            detail = json.loads(detail)
        except ValueError:
            yield slip("Its Detail is a text, but no JSON.")
            return
    if not isinstance(detail, dict):
        yield slip("Its Detail is no JSON object.")
        return
    if isinstance(detail.get("severity"), list | dict):
        yield slip("The severity is one number: only a pattern has lists of what is allowed.")
        return
    if isinstance(detail.get("severity"), str):
        yield Seen("number-as-text", f"The severity is the text {quoted(detail['severity'])}.")
        return
    event = {"source": found.get("Source"), "detail-type": found.get("DetailType"), "detail": detail}
    if found.get("Source") == RULE["source"][0] and not matches(parse(RULE), event):
        yield slip("The mechanic's rule does not let it through: look at the DetailType and the severity.")
    elif not found.get("Source"):
        yield slip("It does not say whose event it is: Source is missing.")


HEARD: dict[str, Any] = {
    "source": "com.spoke.accounts",
    "detail-type": "fee-charged",
    "detail": {"ride-id": "r-9", "amount": 250, "station": "Harbour"},
}

PATTERNS: dict[str, Any] = {
    "a": {"source": ["com.spoke.accounts"]},
    "b": {"detail-type": ["Fee-Charged"]},
    "c": {"source": [{"prefix": "com.spoke"}], "detail": {"amount": [{"numeric": [">=", 250]}]}},
    "d": {"detail": {"amount": ["250"]}},
    "e": {"source": ["com.spoke.renting", "com.spoke.accounts"], "detail": {"station": [{"exists": True}]}},
    "f": {"source": ["com.spoke.accounts"], "detail": {"discount": [{"exists": True}]}},
    "g": {"detail": {"station": ["Harbour"], "amount": [{"numeric": ["<", 200]}]}},
}

_WHY = {
    "b": ("guessed-matching", "capital letters count."),
    "d": ("number-as-text", "a text never equals the number 250."),
    "f": ("guessed-matching", "there is no discount in the event, so that it does not exist."),
    "g": ("guessed-matching", "the station fits, but the amount does not: all fields have to."),
}
_RULES = {
    letter: Option(
        json.dumps(pattern), *(_WHY.get(letter) or ("guessed-matching", "")), belongs=letter not in _WHY
    )
    for letter, pattern in PATTERNS.items()
}

_SEEN = {
    "a": Option(
        "“Receipt Sent” is heard by no rule", "fault-is-normal", "nobody has to care; a flow ends somewhere."
    ),
    "b": Option(
        "“Fee Charged” arrived twice with the same id",
        "fault-is-normal",
        "EventBridge delivers at least once; a workflow that may run once only has to check.",
    ),
    "c": Option(
        "“Bike Returned” was heard, and after it comes neither “Fee Charged” nor “Card Declined”",
        "normal-is-fault",
        belongs=True,
    ),
    "d": Option(
        "There is a message in the dead-letter queue of “Charge the fee”", "normal-is-fault", belongs=True
    ),
    "e": Option(
        "“Card Declined” came instead of “Fee Charged”",
        "fault-is-normal",
        "this is the other outcome, and it is planned for.",
    ),
    "f": Option(
        "Audit's queue took eight seconds longer than Accounts",
        "fault-is-normal",
        "listeners do not wait for each other, and nobody waits for them.",
    ),
    "g": Option(
        "A fee of 400 was charged, and the treasurer's rule did not hear it", "normal-is-fault", belongs=True
    ),
    "h": Option(
        "“Bike Repaired” was seen before “Damage Reported” by a listener",
        "fault-is-normal",
        "EventBridge keeps no order; the time is in the event.",
    ),
}

EXERCISES = (
    Exercise(
        "send-a-test-event",
        10,
        "Send a test event",
        "Write one entry for **PutEvents** that the mechanic's rule on the bus `spoke` lets through, "
        "in the name of the service that owns *Damage Reported*. The rule:\n\n"
        f"```json\n{json.dumps(RULE)}\n```\n\nNothing is sent: the check tries it on the pattern.",
        '{\n    "Source": "",\n    "DetailType": "",\n    "Detail": {},\n    "EventBusName": "",\n}',
        _entry,
        named("wrong-bus", "forged-source", "number-as-text", "wrong-envelope", "field-at-top"),
        (
            "Take the rule, and put one allowed value in the place of each list.",
            "PutEvents writes `DetailType` where the event says `detail-type`; and without a bus it "
            "takes the default one.",
            "Source and DetailType as in the rule, in Detail a severity that is large enough, written as a "
            "number, and `spoke` as the bus.",
        ),
        "This is what notebook 10 does for every trigger, every failure and every filter: it makes the "
        "design be seen running.",
    ),
    Exercise(
        "who-heard-it",
        10,
        "Who heard it?",
        f"This event was on the bus:\n\n```json\n{json.dumps(HEARD)}\n```\n\nWhich of these **patterns "
        "match** it? Give their letters.\n\n"
        + "\n".join(f"- **{letter}** `{option.text}`" for letter, option in _RULES.items()),
        "[]",
        choice(_RULES, "patterns that match"),
        named("guessed-matching", "number-as-text"),
        (
            "What the pattern does not name does not matter; what it names has to match, all of it.",
            "Within a list one value is enough. Types count, and so do capital letters.",
            "Three match: one asks for the source only, one for a beginning and a range, one for two "
            "sources and any station.",
        ),
        "EventBridge does no more than this, and does it exactly. `anycompany match --explain` says of "
        "any pattern which field failed.",
    ),
    Exercise(
        "fault-or-normal",
        10,
        "Fault, or normal?",
        "You watch Spoke's first day on the deployed bus. Which of these are **faults** to be looked "
        "into? Give their letters.\n\n" + listing(_SEEN),
        "[]",
        choice(_SEEN, "faults"),
        named("fault-is-normal", "normal-is-fault"),
        (
            "Ask of each: did anything that was promised not happen?",
            "At least once, in no certain order, and heard by whoever cares: that is what a bus promises.",
            "Three of them: a silence, a dead letter, and a rule that should have heard.",
        ),
        "What was promised and did not come is a fault. That nobody cares, that it comes twice, late "
        "or out of order, is how a bus is; design for it.",
    ),
)
