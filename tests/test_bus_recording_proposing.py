"""A first storm from a log alone: what it says, and that the log agrees with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.recording import (
    Recorded,
    check_recorded,
    observe,
    observed as observing,
    proposal,
    proposed_storm,
)
from anycompany.bus.recording.observed import noun_of
from anycompany.bus.recording.vocabulary import event_name
from anycompany.stacks.synth import synth
from anycompany.storm.checks import findings
from anycompany.storm.model import Storm
from anycompany.storm.parts import events_of

from .recorded import event_of, log_of, numbered
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, load
from .strategies import json_values

STORM = load(EXAMPLE)
LOG = log_of(STORM)


def test_the_worked_example_is_found_again_in_its_own_log() -> None:
    found = proposed_storm(LOG, "Found")
    assert {event.name for event in found.events.values()} == {event.name for event in STORM.events.values()}
    moments = [set(events_of(moment)) for moment in found.timeline]
    assert moments[:4] == [
        {"account-created"},
        {"payment-attempted"},
        {"payment-succeeded", "payment-failed"},
        {"customer-subscribed"},
    ]
    assert {"operation-succeeded", "operation-failed"} in moments
    ours = {(tuple(p.when), tuple(p.emits), tuple(p.fails)) for p in STORM.policies.values() if p.emits}
    guessed = {(tuple(p.when), tuple(p.emits), tuple(p.fails)) for p in found.policies.values()}
    assert guessed == ours
    assert found.entities["payment"].events == ["payment-attempted", "payment-succeeded", "payment-failed"]
    assert {service.source for service in found.services.values()} == {
        STORM.service_source(service) for service in STORM.services
    }
    for event in STORM.events:
        assert found.source_of(event) == STORM.source_of(event)
        assert found.contracts[event].fields_.keys() == STORM.contracts[event].fields_.keys()


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_a_proposed_storm_is_sound_and_its_log_agrees_with_it(path: Path) -> None:
    log = log_of(load(path))
    found = proposed_storm(log, "Found")
    report = check_recorded(found, log)
    assert [one for one in report.findings if one.kind in ("unknown-event", "contract", "alternatives")] == []
    assert sum(report.seen.values()) == len(log)
    assert not findings(found).errors
    assert synth(found).stacks
    placed = [event for moment in found.timeline for event in events_of(moment)]
    assert sorted(placed) == sorted(found.events)


def test_guesses_are_marked_and_no_value_of_the_log_is_in_the_storm() -> None:
    secret = [
        Recorded(one.line, one.event | {"detail": one.event["detail"] | {"email": "ada@private.example"}})
        for one in LOG
    ]
    found = proposed_storm(secret, "Found")
    document = found.document()
    assert all(policy["x-guess"] for policy in document["policies"].values())
    assert all(trigger["x-guess"] for trigger in document["triggers"].values())
    assert document["contracts"]["account-created"]["fields"]["email"] == {
        "type": "string",
        "personal": True,
        "x-guess": True,
    }
    written = json.dumps(document)
    values = [value for one in secret for value in one.event["detail"].values() if isinstance(value, str)]
    assert values and not [
        value for value in values if json.dumps(value) in written and value not in ("team",)
    ]


@pytest.mark.parametrize(
    ("detail_type", "name"),
    [
        ("payment-attempted", "Payment Attempted"),
        ("PaymentAttempted", "Payment Attempted"),
        ("payment.attempted.v2", "Payment Attempted"),
        ("payment_attempted_v1_2", "Payment Attempted"),
        ("PAYMENT_ATTEMPTED", "Payment Attempted"),
        ("Object Created", "Object Created"),
        ("EC2 Instance State-change Notification", "EC2 Instance State-change Notification"),
        ("注文が作成された", "注文が作成された"),
        ("Заказ_создан", "Заказ Создан"),
        ("v2", "V2"),
        ("!!!", "!!!"),
    ],
)
def test_a_detail_type_is_read_as_a_name(detail_type: str, name: str) -> None:
    assert event_name(detail_type) == name


def test_an_event_is_about_the_noun_before_its_verb() -> None:
    assert [noun_of(name) for name in ("Kitchen Ticket Printed", "Paid", "Guest Checked In")] == [
        "Kitchen Ticket",
        "Paid",
        "Guest",
    ]


def test_a_field_of_several_types_is_asked_about_and_not_in_the_contract() -> None:
    events = [
        event_of(STORM, "payment-attempted", n, amount=amount, note=None) for n, amount in enumerate([1, "1"])
    ]
    found = proposed_storm(numbered(events), "Found")
    assert "amount" not in found.contracts["payment-attempted"].fields_
    assert [spot.text for spot in found.hotspots.values()] == [
        "“amount” of “Payment Attempted” is of several types in the log: which one is meant?"
    ]
    assert check_recorded(found, numbered(events)).findings == ()


def test_a_field_that_some_events_lack_is_optional_and_nested_ones_are_found() -> None:
    events: list[dict[str, Any]] = [
        {"source": "com.inn", "detail-type": "RoomBooked", "detail": detail}
        for detail in (
            {"guest": {"id": "1", "born": 1815}, "rooms": [{"number": 1}]},
            {"guest": {"id": "1"}, "rooms": []},
        )
    ]
    fields = proposed_storm(numbered(events), "Inn").contracts["room-booked"].document()["fields"]
    assert fields == {
        "guest": {"type": "object"},
        "guest.id": {"type": "string"},
        "guest.born": {"type": "integer", "optional": True},
        "rooms": {"type": "array"},
        "rooms.number": {"type": "integer"},
    }


def test_events_of_aws_become_events_that_aws_starts() -> None:
    events = [{"source": "aws.s3", "detail-type": "Object Created", "detail": {"bucket": {"name": "b"}}}]
    found = proposed_storm(numbered(events), "Photos")
    trigger = found.triggers["object-created"]
    assert trigger.aws and (trigger.aws.source, trigger.aws.detail_type) == ("aws.s3", "Object Created")
    assert not found.source_of("object-created").startswith("aws.")
    assert check_recorded(found, numbered(events)).findings == ()
    assert not findings(found).errors


def test_two_sources_with_one_detail_type_are_two_events() -> None:
    events = [
        {"source": f"com.inn.{who}", "detail-type": "Note Taken", "detail": {}} for who in ("desk", "bar")
    ]
    found = proposed_storm(numbered(events), "Inn")
    assert list(found.events) == ["note-taken", "note-taken-2"]
    assert found.source == "com.inn"
    assert check_recorded(found, numbered(events)).findings == ()


def test_events_that_come_in_either_order_are_parallel() -> None:
    events = []
    for n in range(8):
        pair = ["Kitchen Told", "Bill Opened"][:: 1 if n % 2 else -1]
        for second, name in enumerate(["Order Placed", *pair]):
            events.append(
                {
                    "source": "com.inn",
                    "detail-type": name,
                    "time": n * 100 + second,
                    "detail": {"order-id": str(n)},
                }
            )
    found = proposed_storm(numbered(events), "Inn")
    assert [set(events_of(moment)) for moment in found.timeline] == [
        {"order-placed"},
        {"kitchen-told", "bill-opened"},
    ]
    assert check_recorded(found, numbered(events)).findings == ()


def test_what_follows_only_days_later_is_no_policy() -> None:
    events = []
    for n in range(5):
        for second, name in ((0, "Room Booked"), (3, "Room Held"), (900_000, "Room Cleaned")):
            events.append(
                {
                    "source": "com.inn",
                    "detail-type": name,
                    "time": n + second,
                    "detail": {"booking-id": str(n)},
                }
            )
    found = proposed_storm(numbered(events), "Inn")
    assert [(policy.when, policy.emits) for policy in found.policies.values()] == [
        (["room-booked"], ["room-held"])
    ]


def test_a_storm_with_notes_gets_only_the_events_it_does_not_know_and_once() -> None:
    unknown = {"source": "com.zoo", "detail-type": "ZebraFed", "detail": {}}
    log = numbered([event_of(STORM, "account-created", 0), unknown])
    more = STORM.do(proposal(STORM, observe(log)))
    assert set(more.events) - set(STORM.events) == {"zebra-fed"}
    assert more.changed(events=STORM.events).document() == STORM.document()
    assert proposal(more, observe(log)).edits == []


def test_a_log_of_too_many_kinds_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observing, "MOST_KINDS", 10)
    events = [{"source": "s", "detail-type": f"Thing {n} Done", "detail": {}} for n in range(30)]
    events.append({"source": "s", "detail-type": "x" * 200, "detail": {}})
    found = proposed_storm(numbered(events), "Many")
    assert len(found.events) == 10
    assert next(iter(found.hotspots.values())).text.startswith("21 events of the log are on no note")


def test_a_log_without_events_gives_an_empty_storm() -> None:
    assert proposed_storm([], "Nothing").document() == {"name": "Nothing"}


names = st.sampled_from(["order-placed", "OrderPlaced", "Order Paid", *HOSTILE_TEXTS]) | st.text(
    min_size=1, max_size=20
)
logs = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(["com.inn", "com.inn.desk", "aws.s3", *HOSTILE_TEXTS]),
            "detail-type": names,
            "detail": st.dictionaries(
                st.sampled_from(["order-id", "id", "a.b", "n", "\ud800", ""]) | names, json_values, max_size=4
            ),
        },
        optional={"time": st.integers(0, 10_000), "id": st.uuids().map(str)},
    ),
    max_size=15,
)


@settings(max_examples=80)
@given(logs)
def test_every_log_agrees_with_the_storm_proposed_from_it(events: list[dict[str, Any]]) -> None:
    log = numbered(events)
    found = proposed_storm(log, "Found")
    assert Storm.model_validate(json.loads(json.dumps(found.document()))) == found
    fit = {
        (one["source"], one["detail-type"])
        for one in events
        if one["source"].strip() and one["detail-type"].strip() and len(one["detail-type"]) <= 128
    }
    report = check_recorded(found, log)
    assert len(found.events) >= len({pair for pair in fit if "\ud800" not in "".join(pair)})
    unfit = [one for one in events if (one["source"], one["detail-type"]) not in fit]
    assert sum(report.seen.values()) == len(events) - report.duplicates - len(unfit)
    assert [one for one in report.findings if one.kind == "contract"] == []
