from collections.abc import Callable
from typing import Any

import pytest

from anycompany.storm.edits import AnyEdit, edit_from
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from anycompany.workbook.controls import FormBox, Panel
from anycompany.workbook.forms import Form, forms_of

from .markup import elements
from .storms import EXAMPLE, HOSTILE_TEXTS, load, storm_of


class Wall:
    """A storm that is edited, as a page has it."""

    def __init__(self, storm: Storm) -> None:
        self.storm = storm
        self.edits: list[AnyEdit] = []

    def do(self, edit: AnyEdit) -> None:
        self.storm = self.storm.do(edit)
        self.edits.append(edit)

    def box(self, step: int, title: str) -> FormBox:
        return FormBox(form_called(step, title), lambda: self.storm, self.do)


def form_called(step: int, title: str) -> Form:
    [form] = [form for form in forms_of(step) if form.title.startswith(title)]
    return form


def fill(box: FormBox, **answers: Any) -> FormBox:
    for key, answer in answers.items():
        box.fields[key].value = answer
    return box


def type_and_press_enter(field: Any, text: str) -> None:
    """What the front end sends: that Enter was pressed and, where the text is new, then the text."""
    field._handle_custom_msg({"event": "submit"}, [])
    field.set_state({"value": text})


def test_enter_adds_an_event_and_empties_the_field_for_the_next() -> None:
    wall = Wall(Storm(name="Inn"))
    box = wall.box(1, "Add: event")
    for name in ("Room Booked", "Guest Arrived"):
        type_and_press_enter(box.fields["name"], name)
        assert box.fields["name"].value == ""
    assert [event.name for event in wall.storm.events.values()] == ["Room Booked", "Guest Arrived"]
    assert 'role="status"' in box.say.widget.value


def test_enter_on_a_text_that_was_sent_before_adds_it_too() -> None:
    wall = Wall(Storm(name="Inn"))
    box = fill(wall.box(1, "Add: event"), name="Room Booked")
    type_and_press_enter(box.fields["name"], "Room Booked")
    waiting = box._entered
    assert waiting is not None
    waiting.join(10)
    assert list(wall.storm.events) == ["room-booked"]


def test_leaving_a_field_without_enter_adds_nothing() -> None:
    wall = Wall(Storm(name="Inn"))
    fill(wall.box(1, "Add: event"), name="Room Book")
    assert not wall.storm.events


def test_a_pasted_list_becomes_one_edit() -> None:
    wall = Wall(Storm(name="Inn"))
    fill(wall.box(1, "Paste many"), names="Room Booked\n\n  Guest Arrived \n").button.click()
    assert list(wall.storm.events) == ["room-booked", "guest-arrived"]
    assert len(wall.edits) == 1


def test_an_empty_answer_is_explained_beside_the_form_and_nothing_changes() -> None:
    wall = Wall(Storm(name="Inn"))
    box = wall.box(1, "Add: event")
    box.button.click()
    assert "“Event” is empty" in box.say.widget.value and 'role="alert"' in box.say.widget.value
    assert not wall.edits


def test_what_was_typed_stays_when_it_was_refused() -> None:
    wall = Wall(load(EXAMPLE))
    box = fill(wall.box(7, "Add: listener"), name="Fraud")
    fill(box, **{"for": "Security", "where": "amount > 100"}).button.click()
    assert "is not JSON" in box.say.widget.value
    assert box.fields["where"].value == "amount > 100"


def test_a_fault_within_a_handler_is_said_and_not_raised() -> None:
    def broken(edit: AnyEdit) -> None:
        raise ValueError("the disk <b>is</b> full")

    box = FormBox(form_called(1, "Add: event"), lambda: Storm(name="Inn"), broken)
    fill(box, name="Room Booked").button.click()
    assert "ValueError: the disk &lt;b&gt;is" in box.say.widget.value


CASES: list[tuple[int, str, dict[str, Any], Callable[[Storm], bool]]] = [
    (1, "Rename: event", {"id": "account-created", "name": "Account Opened"},
     lambda s: s.events["account-created"].name == "Account Opened"),
    (1, "Two notes", {"keep": "customer-cancelled", "gone": "subscription-expired", "name": "Customer Lost"},
     lambda s: s.events["customer-cancelled"].name == "Customer Lost" and "subscription-expired" not in s.events),
    (1, "Repeat", {"events": ("operation-initiated", "operation-failed"), "noun": "Operation", "nouns": "Delivery"},
     lambda s: {"delivery-initiated", "delivery-failed"} <= set(s.events)),
    (1, "Put aside", {"event": "account-created"}, lambda s: "account-created" not in s.events),
    (1, "Remove: event", {"id": "account-created"}, lambda s: "account-created" not in s.events),
    (2, "Put into time", {"event": "account-created", "where": "after", "neighbour": "payment-attempted"},
     lambda s: s.timeline[1] == "account-created"),
    (2, "Put into time", {"event": "account-created", "where": "instead_of", "neighbour": "payment-attempted"},
     lambda s: s.relations.moment_of["account-created"] == s.relations.moment_of["payment-attempted"]),
    (2, "Put into time", {"event": "account-created", "where": "end"}, lambda s: s.timeline[-1] == "account-created"),
    (2, "Take out of time", {"event": "account-created"}, lambda s: "account-created" not in s.relations.moment_of),
    (2, "Mark as pivotal", {"event": "payment-failed", "pivotal": True}, lambda s: s.events["payment-failed"].pivotal),
    (3, "Say what starts", {"event": "payment-failed", "kind": "actor", "who": "Bank", "more": "Refuse"},
     lambda s: s.triggers["payment-failed"].command == "Refuse"),
    (3, "Say what starts", {"event": "payment-failed", "kind": "schedule", "who": "rate(1 day)", "more": "nightly"},
     lambda s: s.triggers["payment-failed"].says == "nightly"),
    (3, "Say what starts", {"event": "payment-failed", "kind": "aws", "who": "aws.s3", "more": "Object Created"},
     lambda s: s.triggers["payment-failed"].kind == "aws"),
    (3, "Take a trigger", {"event": "account-created"}, lambda s: "account-created" not in s.triggers),
    (3, "Add: policy", {"name": "Chase", "when": ("payment-failed",), "does": "Call\nWrite", "standard": True},
     lambda s: s.policies["chase"].kind == "standard" and len(s.policies["chase"].does) == 2),
    (3, "Change the events", {"id": "wind-down", "key": "emits", "events": ("account-created",)},
     lambda s: s.policies["wind-down"].emits == ["account-created"]),
    (4, "Put events", {"events": ("payment-failed", "customer-cancelled"), "to": "subscription"},
     lambda s: s.relations.entity_of("payment-failed") == s.relations.entity_of("customer-cancelled") == "subscription"),
    (4, "Add: entity", {"name": "Refund", "events": ("payment-failed",)},
     lambda s: s.relations.entity_of("payment-failed") == "refund"),
    (5, "Put an entity", {"id": "subscription", "to": "billing"},
     lambda s: "subscription" in s.contexts["billing"].entities),
    (5, "Keep a copy", {"entity": "customer", "context": "billing", "keep": True},
     lambda s: s.contexts["billing"].copies == ["customer"]),
    (5, "Say who owns", {"id": "billing", "owner": ""}, lambda s: s.contexts["billing"].owner is None),
    (5, "Add: context", {"name": "Support", "entities": ("customer",), "owner": "Ann"},
     lambda s: s.contexts["support"].owner == "Ann"),
    (6, "Rename: service", {"id": "billing", "name": "Money"}, lambda s: s.services["billing"].name == "Money"),
    (6, "Say which service", {"id": "wind-down", "service": "billing"},
     lambda s: s.relations.service_of_policy("wind-down") == "billing"),
    (7, "Add: listener", {"name": "Fraud", "for": "Security", "where": '{"amount": [{"exists": true}]}', "to": "queue"},
     lambda s: s.listeners["fraud"].hears == "all" and s.listeners["fraud"].to == "queue"),
    (7, "Name the bus", {"name": "company"}, lambda s: s.bus_name == "company"),
    (8, "Add or change a field", {"event": "payment-failed", "field": "card", "type": "string", "personal": True},
     lambda s: s.contracts["payment-failed"].fields_["card"].personal),
    (8, "Take a field away", {"event": "payment-failed", "field": "amount"},
     lambda s: "amount" not in s.contracts["payment-failed"].fields_),
    (8, "Write an example", {"event": "payment-failed", "example": '{"amount": 1}'},
     lambda s: s.contracts["payment-failed"].example == {"amount": 1}),
    (8, "Freeze", {"event": "payment-failed"}, lambda s: s.contracts["payment-failed"].published == 1),
    (5, "Add: hot spot", {"name": "Who refunds?", "about": "payment-failed"},
     lambda s: any(h.about == "payment-failed" for h in s.hotspots.values())),
    (5, "Vote", {"hotspot": "who-cancels", "who": "AK"}, lambda s: s.hotspots["who-cancels"].votes == ["AK"]),
    (5, "Add: decision", {"name": "Bank refunds", "because": "law"},
     lambda s: any(d.because == "law" for d in s.decisions.values())),
    (5, "Remove: hot spot", {"id": "who-cancels"}, lambda s: "who-cancels" not in s.hotspots),
]  # fmt: skip


@pytest.mark.parametrize(("step", "title", "answers", "holds"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_a_form_does_what_it_says(
    step: int, title: str, answers: dict[str, Any], holds: Callable[[Storm], bool]
) -> None:
    wall = Wall(load(EXAMPLE))
    box = fill(wall.box(step, title), **answers)
    box.button.click()
    assert 'role="status"' in box.say.widget.value, box.say.widget.value
    assert holds(wall.storm)
    assert edit_from(wall.edits[0].record()) == wall.edits[0]


def test_guesses_can_be_accepted_once() -> None:
    wall = Wall(
        Storm(name="Inn")
        .add_events(["Room Booked", "Deposit Paid"])
        .place("room-booked")
        .place("deposit-paid")
    )
    box = wall.box(3, "Accept the guesses")
    box.button.click()
    assert wall.storm.triggers and wall.storm.policies
    box.button.click()
    assert "nothing to guess" in box.say.widget.value


def test_a_service_is_named_for_a_context() -> None:
    wall = Wall(Storm(name="Inn").add_context("Front desk"))
    fill(wall.box(6, "Add: service"), name="Desk", context="front-desk").button.click()
    assert wall.storm.relations.services_of["front-desk"] == ("desk",)


def test_a_parked_event_comes_back() -> None:
    wall = Wall(load(EXAMPLE).park("payment-failed"))
    fill(wall.box(1, "Bring back"), event="payment-failed").button.click()
    assert wall.storm.events["payment-failed"].name == "Payment Failed"


def test_a_finding_is_remedied_by_its_own_edit_and_another_dismissed_with_a_reason() -> None:
    wall = Wall(Storm(name="Inn").add_events(["Book Room", "Pay Deposit"]))
    remedy = wall.box(1, "Remedy a finding")
    before = len(remedy.fields["finding"].options)
    remedy.fields["finding"].value = next(key for _, key in remedy.fields["finding"].options if key)
    remedy.button.click()
    assert wall.storm.events["book-room"].name == "Room Booked"
    remedy.refresh()
    assert len(remedy.fields["finding"].options) < before
    dismissal = wall.box(1, "Dismiss a finding")
    key = next(key for _, key in dismissal.fields["finding"].options if key and "pay-deposit" in key)
    fill(dismissal, finding=key, because="our word").button.click()
    assert wall.storm.dismissed == {key: "our word"}
    fill(wall.box(1, "Take a dismissed"), finding=key).button.click()
    assert not wall.storm.dismissed


def test_choices_follow_the_storm_and_what_was_chosen_stays_while_it_is_there() -> None:
    wall = Wall(load(EXAMPLE))
    box = fill(wall.box(1, "Rename: event"), id="payment-failed")
    wall.do(edit_from({"kind": "add", "to": "events", "name": "Refund Paid"}))
    box.refresh()
    assert box.fields["id"].value == "payment-failed"
    assert "refund-paid" in [key for _, key in box.fields["id"].options]
    wall.do(edit_from({"kind": "remove", "of": "events", "id": "payment-failed"}))
    box.refresh()
    assert box.fields["id"].value is None


def test_two_events_of_one_name_can_be_told_apart() -> None:
    wall = Wall(Storm(name="Inn").add_events(["Paid", "Paid"]))
    assert [text for text, _ in wall.box(1, "Rename: event").fields["id"].options] == [
        "—",
        "Paid (paid)",
        "Paid (paid-2)",
    ]


def test_nothing_is_chosen_to_be_removed_before_a_person_chooses() -> None:
    wall = Wall(load(EXAMPLE))
    box = wall.box(1, "Remove: event")
    box.button.click()
    assert "is empty" in box.say.widget.value and not wall.edits


@pytest.mark.parametrize("step", range(1, 9))
def test_every_control_of_a_step_has_a_description(step: int) -> None:
    wall = Wall(load(EXAMPLE))
    panel = Panel(forms_of(step), lambda: wall.storm, wall.do, {"Undo": lambda: "undone"})
    for box in panel.boxes:
        assert box.button.description
        assert all(field.description for field in box.fields.values())
    assert all(button.description for button in panel.buttons.values())


@pytest.mark.parametrize("step", range(1, 9))
def test_forms_of_empty_and_of_hostile_storms_can_be_shown(step: int) -> None:
    for storm in (Storm(name="Inn"), storm_of(HOSTILE_TEXTS)):
        panel = Panel(forms_of(step), lambda storm=storm: storm, lambda edit: None, {})  # type: ignore[misc]
        for box in panel.boxes:
            box.submit()
            assert {tag for tag, _ in elements(box.say.widget.value)} <= {"div", "strong", "br"}


def test_a_button_above_the_forms_says_what_it_did_or_why_not() -> None:
    def nothing_to_undo() -> str:
        raise StormError("There is nothing to take back.")

    panel = Panel(forms_of(1), lambda: Storm(name="Inn"), lambda edit: None, {"Undo": nothing_to_undo})
    panel.buttons["Undo"].click()
    assert "nothing to take back" in panel.say.widget.value
