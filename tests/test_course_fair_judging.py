"""Learners type in their own way: what is right stays right, and nobody is told of a mistake they did not make."""

import json
from typing import Any

import pytest

from anycompany.course.exercises import exercise

from .course_attempts import (
    BORDERS,
    ENTRY,
    FIELDS,
    HIVES,
    ORIGINS as STARTS,
    OUTCOMES,
    OVER,
    OWNERS,
    PAID,
    PATTERN,
    POLICY,
    RIDE,
    RIGHTS,
    SERVICES,
    STORY,
    TEMPLATE,
)

LINE = [*RIDE, "Payment Attempted", "Payment Succeeded or Payment Failed", "Receipt Sent", "Rider Registered"]
BOTH_WAYS = ["Renting <-> bus", "the bus <-> Fleet", "Accounts <-> event bus", "Audit <- bus"]
SUB = TEMPLATE.replace("!GetAtt EventBus.Arn", '!Sub "${EventBus.Arn}"')
NAMED = TEMPLATE.replace("{Name: spoke}", "{Name: !Ref BusName}").replace("!Ref EventBus", "!Ref BusName")
EXPORT = TEMPLATE.replace("!Ref EventBus}", "!Ref EventBus, Export: {Name: !Sub '${AWS::StackName}'}}")
BLOCK = TEMPLATE.replace(
    "{Value: !GetAtt EventBus.Arn}", "\n    Value: !GetAtt\n      - EventBus\n      - Arn"
)


def numbered(lines: list[str]) -> str:
    return "\n".join(f"{at}. {one}" for at, one in enumerate(lines, 1))


RIGHT_TOO: list[tuple[str, Any]] = [
    ("name-events", numbered(STORY)),
    ("name-events", "; ".join(STORY)),
    ("name-events", [*STORY[:5], "Rider did not show up", "Fleet rebalanced"]),
    *(("sort-notes", one) for one in ("a, d, g, j and l", "a) d) g) j) l)", "a; d; g; j; l", "A D G J L")),
    ("sort-notes", ["a Deposit Taken", "d) Reservation Lapsed", "g", "j", "l"]),
    ("sort-notes", {"a": 1, "b": 0, "d": 1, "g": True, "j": 1, "l": 1}),
    ("put-in-order", numbered(LINE)),
    ("put-in-order", " -> ".join(LINE)),
    ("put-in-order", dict(enumerate(LINE, 1))),
    ("put-in-order", [*RIDE, PAID[0], [["Payment Succeeded", *LINE[-2:]], ["Payment Failed"]]]),
    (
        "and-if-not",
        {**OUTCOMES, "Bike Unlocked": "Unlock Failed", "Payment Succeeded": "Transaction Declined"},
    ),
    ("and-if-not", {**OUTCOMES, "Bike Unlocked": "Bike stayed locked"}),
    ("what-starts-it", {**STARTS, "Damage Reported": "actor: neighbour at night, complain"}),
    ("what-starts-it", {**STARTS, "Bike Reserved": ("actor", "Rider, reserve a bike")}),
    ("what-starts-it", {**STARTS, "Reservation Lapsed": "policy: whenever Bike Reserved, after 15 minutes"}),
    ("write-a-policy", {"Charging": POLICY}),
    (
        "write-a-policy",
        {"whenever": "Bike Returned", "then": "Charge", "emits": "Fee Charged", "fails": "Card Declined"},
    ),
    ("group-events", [*HIVES.items()]),
    ("group-events", [{"entity": name, "events": events} for name, events in HIVES.items()]),
    ("group-events", {event: name for name, events in HIVES.items() for event in events}),
    ("group-events", {("Malfunction" if name == "Bike" else name): events for name, events in HIVES.items()}),
    ("draw-borders", {entity: name for name, entities in BORDERS.items() for entity in entities}),
    (
        "split-the-monolith",
        dict(zip(("Rapid Rentals", "Stables", "Notables"), SERVICES.values(), strict=True)),
    ),
    ("write-a-pattern", {"EventPattern": PATTERN}),
    *(("connect-services", one) for one in (BOTH_WAYS, ", ".join(BOTH_WAYS))),
    (
        "write-a-contract",
        {"rideId": str, "feeAmountEur": float, "recipient": {"type": "string", "personal": True}},
    ),
    ("write-a-contract", {**FIELDS, "station-name": "string"}),
    ("write-a-contract", {"ride": {"id": "string"}, "fee": {"amount": "number"}, "rider": {"id": "string"}}),
    ("write-a-contract", {"type": "object", "properties": FIELDS, "required": [*FIELDS]}),
    (
        "who-owns-it",
        {**OWNERS, "Fee Charged": "the team of Accounts", "Bike Returned": "Renting, as it emits it"},
    ),
    ("who-owns-it", {**OWNERS, "Bike Repaired": "Fleet, not Renting"}),
    *(("smallest-bus", one) for one in (SUB, NAMED, BLOCK, EXPORT)),
    ("send-a-test-event", {"Entries": [ENTRY]}),
    ("send-a-test-event", json.dumps({"Entries": [ENTRY]})),
]


@pytest.mark.parametrize(("named", "attempt"), RIGHT_TOO)
def test_what_is_right_is_right_in_whatever_way_it_is_written(named: str, attempt: Any) -> None:
    verdict = exercise(named).check(attempt)
    assert verdict.right, verdict.says


NOT_THAT: list[tuple[str, Any, set[str]]] = [
    ("name-events", ["Reserve bike"], {"command"}),
    ("name-events", ["Unlock the bike"], {"command"}),
    ("name-events", ["Bike status updated"], {"technical-event"}),
    ("sort-notes", {"a": "event", "b": "command"}, set()),
    ("who-heard-it", [1, 2], set()),
    (
        "least-privilege",
        {**RIGHTS, "print the name tag of a rider": "riders:read-everything"},
        {"sees-personal-data"},
    ),
    ("least-privilege", {**RIGHTS, "charge the fee": ["rides:*", "cards:charge"]}, {"reader-that-writes"}),
    ("write-a-pattern", {**PATTERN, "detail": {**OVER, "station": ["Harbour"]}}, set()),
    ("write-a-pattern", {**PATTERN, "source": [{"anything-but": ["com.spoke.lab"]}]}, set()),
    ("write-a-pattern", {**PATTERN, "detail-type": ["Fee Charged"]}, set()),
    (
        "write-a-pattern",
        {**PATTERN, "detail": {"amount": [{"numeric": ["=", 250]}]}},
        {"equals-instead-of-range"},
    ),
    ("send-a-test-event", {**ENTRY, "Source": [ENTRY["Source"]]}, set()),
    (
        "smallest-bus",
        TEMPLATE.replace("Outputs", "  R: {Type: 'AWS::Events::Rule'}\nOutputs"),
        {"more-than-the-bus"},
    ),
    ("who-owns-it", {**OWNERS, "Fee Charged": "Accounts and Treasurer"}, {"owned-by-everybody"}),
]


@pytest.mark.parametrize(("named", "attempt", "shown"), NOT_THAT)
def test_a_wrong_attempt_shows_its_own_misconception_and_no_other(
    named: str, attempt: Any, shown: set[str]
) -> None:
    verdict = exercise(named).check(attempt)
    assert verdict.state == "wrong"
    assert {one.id for one in verdict.misconceptions} == shown, verdict.says


def test_a_name_with_its_verb_in_front_is_told_how_it_would_be_one() -> None:
    assert "“Bike reserved” would be one" in exercise("name-events").check(["Reserved bike"]).says[0]
