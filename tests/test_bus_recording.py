"""Recorded events against the design: what is found, and what gives no false alarm."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.recording import (
    Unread,
    against,
    check_recorded,
    watched,
)
from anycompany.bus.recording.following import Followings
from anycompany.bus.recording.order import Orders
from anycompany.bus.recording.subjects import MOST_FIELDS, Subjects
from anycompany.bus.recording.times import Clock, in_time_order, seconds_of
from anycompany.storm.model import Storm

from .recorded import checked, event_of, log_of, numbered, said
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of
from .strategies import json_values, storms

STORM = load(EXAMPLE)
DAY = 86_400.0


def signing_up(account: str, at: float, *, fails: bool = False) -> list[dict[str, Any]]:
    """What comes to one account from its creation to its subscription."""
    ids = {"account_id": account, "payment_id": f"p-{account}", "subscription_id": f"s-{account}"}
    events = ["account-created", "payment-attempted", "payment-failed" if fails else "payment-succeeded"]
    events += [] if fails else ["customer-subscribed"]
    return [only_its_own(event, at + number, **ids) for number, event in enumerate(events)]


def only_its_own(event: str, at: float, **ids: str) -> dict[str, Any]:
    """An event with those of these ids that its contract has."""
    fields = {field.replace("-", "_") for field in STORM.contracts[event].fields_}
    return event_of(STORM, event, at, **{key: value for key, value in ids.items() if key in fields})


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_what_the_policies_of_a_design_do_is_no_finding(path: Path) -> None:
    storm = load(path)
    report = check_recorded(storm, log_of(storm))
    assert said(report) == []
    assert report.events == sum(report.seen.values()) > 0


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_a_log_that_begins_and_ends_in_the_middle_is_no_finding(path: Path) -> None:
    storm = load(path)
    log = log_of(storm, rounds=6)
    for begin in range(0, len(log) // 2, max(1, len(log) // 40)):
        found = said(check_recorded(storm, log[begin : len(log) - begin // 2]))
        assert [one for one in found if one[0] != "not-followed"] == []
    cut_off = next(n for n, one in enumerate(log) if one.event["time"] > log[len(log) // 2].event["time"])
    assert said(check_recorded(storm, log[:cut_off])) == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_a_log_out_of_order_is_put_in_order_of_time(path: Path) -> None:
    storm = load(path)
    log = log_of(storm)
    shuffled = numbered(one.event for one in random.Random(7).sample(log, len(log)))
    assert said(check_recorded(storm, shuffled)) == []


def test_an_unknown_event_is_told_with_the_nearest_known_one() -> None:
    known = event_of(STORM, "payment-attempted", 0)
    events = [
        known | {"id": "1", "detail-type": "PaymentAtempted"},
        known | {"id": "2", "detail-type": "PaymentAtempted"},
        known | {"id": "3", "source": "com.elsewhere"},
        known | {"id": "4", "detail-type": "Zebra Fed", "source": "zoo"},
    ]
    found = {one.what: one for one in checked(STORM, events).findings if one.kind == "unknown-event"}
    nearest, elsewhere, none = found.values()
    assert (nearest.count, nearest.of, nearest.line, nearest.where) == (
        2,
        4,
        1,
        ("events/payment-attempted",),
    )
    assert "“PaymentAtempted”" in nearest.what and "the nearest is “Payment Attempted”" in nearest.what
    assert elsewhere.what == (
        "The storm has no event “payment-attempted” from “com.elsewhere”; "
        "it has “Payment Attempted” from “com.anycompany.billing”."
    )
    assert none.where == () and "nor one like it" in none.what


def test_what_aws_says_on_its_own_bus_is_known_where_a_trigger_names_it() -> None:
    storm = (
        Storm(name="Inn")
        .add_event("Photo Taken")
        .trigger("photo-taken", aws={"source": "aws.s3", "detail-type": "Object Created"})
    )
    event = {"source": "aws.s3", "detail-type": "Object Created", "detail": {}}
    report = checked(storm, [event, event | {"detail-type": "Object Deleted"}])
    assert report.seen == {"photo-taken": 1}
    assert [one.kind for one in report.findings] == ["unknown-event"]


def test_an_event_before_what_it_follows_from_is_found_once() -> None:
    *others, subscribed = signing_up("a", 10)
    events = [subscribed | {"time": "2026-03-01T00:00:00Z"}, *others, *signing_up("b", 20)]
    (found,) = [one for one in checked(STORM, events).findings if one.kind == "order"]
    assert found.where == (
        *("events/customer-subscribed", "events/account-created", "events/payment-attempted"),
        "events/payment-succeeded",
    )
    assert (found.severity, found.count, found.of, found.line) == ("warning", 1, 2, 1)
    assert found.examples[0].says == "account-id a: “Account Created” only in line 2"


@pytest.mark.parametrize("months", [1, 2, 5])
def test_renewals_and_what_comes_between_them_are_in_order(months: int) -> None:
    events = []
    for account in ("a", "b", "c"):
        events += signing_up(account, 0)
        for month in range(months):
            ids = {"subscription_id": f"s-{account}", "operation_id": f"o-{account}-{month}"}
            at = month * 30 * DAY
            if month or account == "a":  # others have their first operation after their first renewal
                events += [
                    only_its_own(e, at + 50 + n, **ids)
                    for n, e in enumerate(["operation-initiated", "operation-succeeded"])
                ]
            events.append(only_its_own("subscription-renewed", at + 30 * DAY, **ids))
            events.append(
                only_its_own(
                    "payment-attempted",
                    at + 30 * DAY + 1,
                    account_id=account,
                    payment_id=f"p-{account}-{month}",
                )
            )
            events.append(
                only_its_own(
                    "payment-succeeded",
                    at + 30 * DAY + 2,
                    account_id=account,
                    payment_id=f"p-{account}-{month}",
                )
            )
            events.append(
                only_its_own(
                    "customer-subscribed",
                    at + 30 * DAY + 3,
                    account_id=account,
                    subscription_id=f"s-{account}",
                )
            )
    assert said(checked(STORM, events)) == []


def test_an_account_created_after_all_else_is_found_however_often_the_rest_repeats() -> None:
    events = []
    for turn in range(3):
        for event in signing_up("a", turn * 1000)[1:]:
            events.append(event | {"detail": event["detail"] | {"payment-id": f"p-{turn}"}})
    events.append(event_of(STORM, "account-created", 9_000, account_id="a"))
    events += signing_up("b", 10_000)
    found = [one for one in checked(STORM, events).findings if one.kind == "order"]
    assert [(one.where[0], one.count, one.line) for one in found] == [("events/account-created", 1, 1)]
    assert found[0].what.startswith("“Account Created” came only after ")


def test_both_alternatives_of_one_round_are_found_and_of_two_rounds_are_not() -> None:
    def paying(*outcomes: str, payment: str) -> list[dict[str, Any]]:
        ids = {"account_id": "a", "payment_id": payment}
        return [
            only_its_own(e, n + 100 * len(payment), **ids)
            for n, e in enumerate(["payment-attempted", *outcomes])
        ]

    again = [*paying("payment-failed", payment="p"), *paying("payment-succeeded", payment="pp")]
    assert [one for one in said(checked(STORM, again)) if one[0] == "alternatives"] == []
    both = paying("payment-failed", "payment-succeeded", payment="p")
    (found,) = [one for one in checked(STORM, both).findings if one.kind == "alternatives"]
    assert found.what.startswith(
        "“Payment Failed” and “Payment Succeeded” both happened in 1 flow by payment-id"
    )
    assert (found.line, found.examples[0].says) == (3, "payment-id p: the other one in line 2")


def test_alternatives_that_start_on_their_own_exclude_each_other_too() -> None:
    events = [
        only_its_own("customer-cancelled", 1, subscription_id="s", account_id="a"),
        only_its_own("subscription-expired", 2, subscription_id="s"),
    ]
    assert [one[0] for one in said(checked(STORM, events))] == ["alternatives"]
    renewed = [only_its_own("subscription-renewed", at, subscription_id="s") for at in (0, 1.5)]
    assert said(checked(STORM, [renewed[0], events[0], renewed[1], events[1]])) == []


def test_what_should_have_followed_and_did_not_is_found_unless_the_log_ends_before() -> None:
    lost = signing_up("a", 0)[:2]
    after = signing_up("b", 400)
    report = checked(STORM, [*lost, *after])
    (found,) = [one for one in report.findings if one.kind == "not-followed"]
    assert (found.count, found.of, found.line) == (1, 2, 2)
    assert found.where[0] == "policies/settle-payment"
    assert found.examples[0].says == "payment-id p-a"
    assert "within 5 minutes, 1 of 2 times" in found.what
    assert said(checked(STORM, [*lost, *signing_up("b", 200)])) == []
    waiting = checked(STORM, [*lost, *signing_up("b", 30)])
    assert [one for one in waiting.findings if one.kind == "not-followed"] == []
    assert any("The log ends while 1 answers were still in time" in one for one in waiting.assumed)
    assert [one[0] for one in said(checked(STORM, [*lost, *after], within=1000))] == []
    assert [one[0] for one in said(checked(STORM, [*lost, *signing_up("b", 200)], within=60))] == [
        "not-followed"
    ]


def test_a_slow_workflow_that_never_answers_or_waits_far_longer_than_others_is_found_before_its_day_is_over() -> (
    None
):
    def running(number: int, *events: str) -> list[dict[str, Any]]:
        ids = {"operation_id": f"o-{number}", "subscription_id": "s"}
        return [
            only_its_own(e, number * 1_000 + n, **ids) for n, e in enumerate(("operation-initiated", *events))
        ]

    fine = [event for n in range(8) for event in running(n, "operation-succeeded")]
    report = checked(STORM, [*running(-9), *fine])
    (found,) = [one for one in report.findings if one.kind == "not-followed"]
    assert (found.severity, found.count, found.of, found.examples[0].says) == (
        "warning",
        1,
        9,
        "operation-id o--9",
    )
    assert "has not followed “Operation Initiated” when the log ends, 1 of 9 times" in found.what
    assert "others took 1 second at most" in found.what
    assert said(checked(STORM, [*fine, *running(8)])) == []
    never = checked(STORM, [event for n in range(8) for event in running(n)])
    assert [(one[0], one[2]) for one in said(never)] == [("not-followed", 7)]


def test_an_event_that_stands_twice_on_the_timeline_may_come_at_either_place() -> None:
    storm = Storm.model_validate(
        {
            "name": "Inn",
            "events": {key: {"name": key} for key in ("washed", "cooked", "served", "burnt")},
            "timeline": ["washed", "cooked", {"or": ["served", "burnt"]}, "washed", "burnt"],
        }
    )

    def coming(*names: str) -> list[str]:
        return [
            one[0]
            for one in said(checked(storm, [event_of(storm, e, n, pot_id="1") for n, e in enumerate(names)]))
        ]

    assert coming("cooked", "served", "washed", "burnt") == []
    assert coming("served", "cooked") == ["order"]


def test_a_failure_is_an_answer_even_if_it_carries_other_ids_than_a_success() -> None:
    storm = load(next(path for path in ALL if "hotel" in path.name))
    events = []
    for number in range(4):
        ids = {"booking_id": f"b-{number}", "guest_id": f"g-{number}"}
        events.append(event_of(storm, "room-booked", number * 1000, **ids))
        event = "deposit-declined" if number % 2 else "deposit-paid"
        events.append(
            event_of(
                storm, event, number * 1000 + 1, **({"booking_id": ids["booking_id"]} if number % 2 else ids)
            )
        )
        if event == "deposit-declined":
            events.append(event_of(storm, "room-released", number * 1000 + 2, booking_id=ids["booking_id"]))
        else:
            events.append(event_of(storm, "booking-confirmed", number * 1000 + 2, **ids))
    assert said(checked(storm, events)) == []


def test_an_answer_that_shares_no_id_is_paired_by_order_alone() -> None:
    storm = load(next(path for path in ALL if "hotel" in path.name))
    days = [event_of(storm, "day-closed", day * DAY, day=str(day)) for day in range(4)]
    reports = [event_of(storm, "takings-reported", day * DAY + 5, day=str(day)) for day in (0, 2, 3)]
    report = checked(storm, [*days, *reports])
    assert said(report) == [
        ("not-followed", ("policies/report-takings", "events/day-closed", "events/takings-reported"), 1)
    ]
    assert any("paired by order alone" in one for one in report.assumed)


def test_an_answer_of_the_same_second_counts_although_it_stands_before() -> None:
    events = signing_up("a", 0)
    together = [one | {"time": "2026-03-01T00:00:00Z"} for one in reversed(events)]
    assert said(checked(STORM, [*together, *signing_up("b", 10_000)])) == []


def test_a_broken_contract_is_told_by_field_with_its_count() -> None:
    fine = event_of(STORM, "payment-attempted", 0)
    events = [fine | {"id": str(n), "detail": fine["detail"] | {"amount": "928309.42"}} for n in range(3)]
    events.append(fine | {"id": "x", "detail": {"amount": 1}})
    events.append(fine | {"id": "y", "detail": "text"})
    found = {one.what: one.count for one in checked(STORM, events).findings if one.kind == "contract"}
    assert found.pop("“Payment Attempted” breaks its contract: “detail.amount” is a text, not a number.") == 3
    assert found.pop("“Payment Attempted” breaks its contract: “detail.payment-id” is missing.") == 1
    assert found.pop("“Payment Attempted” breaks its contract: “detail” is a text, not an object.") == 1
    assert set(found.values()) == {1}


def test_elements_of_an_array_break_a_contract_in_one_way() -> None:
    storm = Storm(name="Inn").add_event("Bill Sent")
    storm = storm.add_contract("bill-sent", {"rows": {"type": "array"}, "rows.price": {"type": "number"}})
    events = [event_of(storm, "bill-sent", n, rows=[{"price": "1"}] * 3) for n in range(2)]
    (found,) = checked(storm, events).findings
    assert (found.what, found.count) == (
        "“Bill Sent” breaks its contract: “detail.rows[].price” is a text, not a number.",
        2,
    )


def test_listeners_and_policies_count_what_their_rules_let_through() -> None:
    events = [
        event_of(STORM, "payment-attempted", n, amount=amount)
        for n, amount in enumerate([1, 20_000, "20000"])
    ]
    heard = checked(STORM, events).heard
    assert (heard["listeners/high-value-payments"], heard["listeners/everything"]) == (1, 3)
    assert heard["policies/settle-payment"] == 3
    (note,) = [one for one in checked(STORM, events[:1]).findings if one.kind == "unheard"]
    assert note.severity == "note" and "would have heard none of 1 event that it is for" in note.what
    (why,) = [one.what for one in checked(STORM, events[2:]).findings if one.kind == "unheard"]
    assert why.endswith(
        'is the text "20000", and numeric > 10000 asks for a number: a text never matches a number.'
    )


def test_duplicates_count_once_and_replays_not_at_all() -> None:
    events = signing_up("a", 0)
    replayed = event_of(STORM, "customer-subscribed", -50, account_id="a") | {"replay-name": "again"}
    report = checked(STORM, [*events, *events, replayed])
    assert (report.duplicates, report.replays, report.seen["account-created"]) == (4, 1, 1)
    assert said(report) == []
    (note,) = [one for one in report.findings if one.kind == "duplicate"]
    assert (note.count, note.line) == (4, 5)


def test_lines_that_are_no_events_are_counted_and_named() -> None:
    bad = [Unread(line, "This is not JSON.", "{") for line in range(100, 150)]
    report = check_recorded(STORM, [*bad, *numbered(signing_up("a", 0))])
    assert (report.unread, len(report.unread_lines), report.unread_lines[0].line) == (50, 20, 100)
    assert not report.matters and report.events == 4


def test_events_without_times_stay_where_they_stand() -> None:
    events = [{key: value for key, value in one.items() if key != "time"} for one in signing_up("a", 0)]
    report = checked(STORM, events)
    assert (said(report), report.untimed) == ([], 4)
    assert any("The times do not tell" in one for one in report.assumed)
    backwards = checked(STORM, reversed(events))
    assert {one[0] for one in said(backwards)} == {"order"}


def test_the_field_that_flows_go_by_can_be_named() -> None:
    storm = (
        Storm(name="Inn")
        .add_events(["Room Booked", "Room Cleaned"])
        .place("room-booked")
        .place("room-cleaned")
    )
    events = [
        event_of(storm, "room-cleaned", 0, suite="7"),
        event_of(storm, "room-booked", 1, suite="7"),
        event_of(storm, "room-booked", 2, suite="8"),
        event_of(storm, "room-cleaned", 3, suite="8"),
    ]
    assert said(checked(storm, events)) == []
    assert any("No field is named like an id" in one for one in checked(storm, events).assumed)
    assert [one[0] for one in said(checked(storm, events, by=["suite"]))] == ["order"]
    assert any(
        "No event carries nothing-like-it" in one
        for one in checked(storm, events, by=["nothing-like-it"]).assumed
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"accountId": "7"}, {"account_id": 7}),
        ({"account": {"id": "7"}}, {"account-id": "7"}),
        ({"data": {"booking_ref": "7"}}, {"BookingRef": "7"}),
        ({"anycompany-test": {"trace": "t-1"}}, {"anycompany-test": {"trace": "t-1"}}),
    ],
)
def test_an_id_is_the_same_however_it_is_spelt(first: dict[str, Any], second: dict[str, Any]) -> None:
    subjects = Subjects()
    assert subjects.of("a", {"detail": first}, "x") == subjects.of("b", {"detail": second}, "y")
    assert len(subjects.fields) == 1


def test_a_named_field_may_be_one_within_another() -> None:
    event = {"detail": {"suite": {"name": "7"}, "name": "x"}}
    assert Subjects(["suite.name"]).of("a", event, "") == [("suite-name", "7")]


def test_an_id_alone_is_that_of_what_the_event_is_about() -> None:
    subjects = Subjects()
    event = {"detail": {"id": "1"}}
    assert subjects.of("a", event, "order") == [("order-id", "1")] != subjects.of("b", event, "customer")


@given(st.lists(st.floats(0, 5000), max_size=60), st.integers(1, 100))
def test_events_come_in_order_of_time_where_the_window_reaches(times: list[float], window: int) -> None:
    clock = Clock()
    out = [time for time, _ in in_time_order(numbered({"time": time} for time in times), clock, window)]
    assert sorted(out) == sorted(times)
    if window >= len(times):
        assert out == sorted(times) and clock.misplaced == 0
    assert clock.first == (min(times) if times else None)


@pytest.mark.parametrize(
    "time", [None, True, "", "soon", "2026-13-01", float("nan"), float("inf"), -5, 10**400, [], "9" * 500]
)
def test_a_time_that_cannot_be_read_is_none(time: Any) -> None:
    assert seconds_of({"time": time}) is None


def test_memory_is_bounded_and_what_was_dropped_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(against, "IDS_REMEMBERED", 100)
    monkeypatch.setattr(watched, "MOST_KINDS", 5)
    events = [
        event_of(STORM, "payment-attempted", n, payment_id=f"p-{n}", account_id=f"a-{n}") for n in range(600)
    ]
    events += [{"source": f"s{n}", "detail-type": f"t{n}", "detail": {f"x{n}-id": "1"}} for n in range(20)]
    report = checked(STORM, events)
    assert len([one for one in report.findings if one.kind == "unknown-event"]) == 5
    assert any(one.startswith("15 events of still more unknown kinds") for one in report.dropped)
    orders = Orders(STORM, most=10)
    followings = Followings(STORM, most=10)
    for n in range(100):
        orders.note("payment-attempted", n, n, [("payment-id", str(n))])
        followings.note("payment-attempted", n, 0.0, [("payment-id", str(n))])
    assert orders.forgotten == 90 and followings.given_up > 50
    subjects = Subjects()
    for n in range(500):
        subjects.of("a", {"detail": {f"x{'abcdefghij'[n % 10]}{n}-id": "1"}}, "a")
    assert len(subjects.fields) == MOST_FIELDS and subjects.ignored


loose_events = st.fixed_dictionaries(
    {},
    optional={
        "source": st.sampled_from(["com.x", "aws.s3", ""]) | json_values,
        "detail-type": st.sampled_from(["order-placed", "Object Created"]) | json_values,
        "detail": st.dictionaries(st.sampled_from(["order-id", "id", "a", "\ud800"]), json_values, max_size=3)
        | json_values,
        "time": st.sampled_from(["2026-01-01T00:00:00Z", 5, "x"]) | json_values,
        "id": st.sampled_from(["1", "2"]) | json_values,
        "replay-name": st.just("r"),
    },
)


@settings(max_examples=60)
@given(storms, st.lists(loose_events, max_size=12))
def test_whatever_a_log_holds_it_is_read_and_reported(storm: Storm, events: list[dict[str, Any]]) -> None:
    report = checked(storm, events)
    assert report.events == len(events)
    assert isinstance(json.dumps(report.as_json()), str)
    assert all(isinstance(row["what"], str) for row in report.rows())


def test_hostile_names_stand_in_findings_on_one_line() -> None:
    storm = storm_of(HOSTILE_TEXTS)
    report = checked(storm, [{"source": text, "detail-type": text, "detail": {}} for text in HOSTILE_TEXTS])
    assert all("\n" not in one.what and len(one.what) < 1_000 for one in report.findings)


def test_an_event_nested_a_thousand_deep_is_no_trouble() -> None:
    deep: Any = "x"
    for _ in range(1_000):
        deep = {"id": deep}
    event = event_of(STORM, "payment-attempted", 0) | {"detail": deep}
    assert any(kind == "contract" for kind, _, _ in said(checked(STORM, [event])))


def test_test_events_are_counted_and_a_probe_of_a_trace_is_no_unknown_event() -> None:
    mark = {"anycompany-test": {"trace": "r-1", "fails": [], "hops": 0}}
    events = [
        event_of(STORM, "account-created", 0),
        {"source": "anycompany.watch", "detail-type": "anycompany-probe"},
    ]
    report = checked(STORM, [one | {"detail": mark | one.get("detail", {})} for one in events])
    assert (report.tests, said(report)) == (2, [])


WARD = (
    Storm(name="Ward")
    .add_events(["Alarm Raised", "Medicine Given", "Medicine Withheld"])
    .trigger("alarm-raised", external="Monitor")
    .add_policy(
        "Give", when=["alarm-raised"], emits=["medicine-given"], fails=["medicine-withheld"], kind="standard"
    )
)


def test_a_failure_event_that_lacks_the_id_still_is_an_answer() -> None:
    outcomes = [("medicine-given", {"patient_id": f"p-{n}"}) for n in range(9)]
    outcomes.append(("medicine-withheld", {"reason": "allergy"}))
    events = []
    for number, (outcome, detail) in enumerate(outcomes):
        events.append(event_of(WARD, "alarm-raised", 100 * number, patient_id=f"p-{number}"))
        events.append(event_of(WARD, outcome, 100 * number + 5, **detail))
    report = checked(WARD, [*events, event_of(WARD, "alarm-raised", 9_000, patient_id="p-99")])
    assert said(report) == [] and any("paired by order alone" in one for one in report.assumed)
    late = event_of(WARD, "alarm-raised", 100_000, patient_id="p-99")
    assert [one[0] for one in said(checked(WARD, [*events[:-1], late]))] == ["not-followed"]


def test_answers_said_to_be_overdue_are_not_said_to_be_in_time() -> None:
    events = [event_of(WARD, "alarm-raised", 0, patient_id="lost")]
    for number in range(1, 10):
        events.append(event_of(WARD, "alarm-raised", 1_000 * number, patient_id=f"p-{number}"))
        events.append(event_of(WARD, "medicine-given", 1_000 * number + 5, patient_id=f"p-{number}"))
    report = checked(WARD, events)
    assert [(one[0], one[2]) for one in said(report)] == [("not-followed", 1)]
    assert not any("still in time" in one for one in report.assumed)
