"""What a board asks its kernel, and what the kernel finds in a pasted event."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from anycompany.board.answers import MOST_LINES, answer
from anycompany.board.delta import plain
from anycompany.board.fields import fields_in, looks_personal
from anycompany.board.insight import coupling_as_told
from anycompany.board.messages import LONGEST_TEXT, MessageError
from anycompany.files import OpenStorm, open_storm
from anycompany.storm.coupling import coupling
from anycompany.storm.edits import Batch, edit_from
from anycompany.storm.errors import EditError, StormError
from anycompany.storm.model import Storm

from .storms import ALL, EXAMPLE
from .strategies import json_values


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStorm]:
    with open_storm(Path(shutil.copy(EXAMPLE, tmp_path)), "Ada") as storm:
        yield storm


def done(storm: Storm, edits: list[dict[str, Any]]) -> Storm:
    return storm.do(Batch(edits=[edit_from(edit) for edit in edits]))


def test_what_if_measures_the_storm_after_the_edits_and_changes_nothing(opened: OpenStorm) -> None:
    before = opened.storm
    edit = {"kind": "assign", "of": "entities", "id": "customer", "to": "billing"}
    told = answer(opened, "what-if", {"edits": [edit]})
    assert told == coupling_as_told(coupling(done(before, [edit])))
    assert told["score"] != coupling(before).score
    assert answer(opened, "what-if", {"edits": []})["score"] == coupling(before).score
    assert opened.storm is before
    with pytest.raises(EditError, match="no entity 'gone'"):
        answer(opened, "what-if", {"edits": [edit | {"id": "gone"}]})
    with pytest.raises(MessageError, match="no edits"):
        answer(opened, "what-if", {"edits": [{"kind": "explode"}]})


@pytest.mark.parametrize("domain", ALL, ids=lambda path: path.name)
def test_suggestions_are_edits_that_lead_where_they_say(domain: Path, tmp_path: Path) -> None:
    with open_storm(Path(shutil.copy(domain, tmp_path))) as opened:
        suggestions = answer(opened, "suggestions", {})
        for one in suggestions:
            after = done(opened.storm, one["edits"])
            assert coupling_as_told(coupling(after)) == one["coupling"]
            assert " to " in one["words"] and one["why"]
    if domain == EXAMPLE:
        assert suggestions[0]["words"] == "Customer to Billing"


def test_pasted_lines_become_notes_whatever_is_in_them(opened: OpenStorm) -> None:
    text = "- Lamp Lit\n2) =cmd|' /C calc'!A0\n\n[x] <b>Lamp</b> Lit\n"
    edits = answer(opened, "lines", {"text": text})["edits"]
    after = done(opened.storm, edits)
    names = [event.name for event in after.events.values()][-3:]
    assert names == ["Lamp Lit", "=cmd|' /C calc'!A0", "<b>Lamp</b> Lit"]
    assert len({edit["id"] for edit in edits}) == 3


@pytest.mark.parametrize(
    ("question", "about", "why"),
    [
        ("lines", {"text": "x\n" * (MOST_LINES + 1)}, "2,001 lines"),
        ("lines", {"text": "y\n" + "x" * (LONGEST_TEXT + 1)}, "Line 2"),
        ("lines", {"text": 7}, "no text"),
        ("fields", {"event": "gone", "text": "{}"}, "no event 'gone'"),
        ("fields", {"event": ["x"], "text": "{}"}, "no event"),
        ("at", {"revision": "1"}, "a number"),
        ("at", {"revision": 99}, "no revision 99"),
        ("everything", {}, "no question 'everything'"),
    ],
)
def test_what_cannot_be_answered_is_said_with_a_remedy(
    opened: OpenStorm, question: str, about: dict[str, Any], why: str
) -> None:
    with pytest.raises(StormError, match=why) as refused:
        answer(opened, question, about)
    assert refused.value.remedy


def test_the_history_is_told_in_words_and_every_revision_can_be_looked_at(opened: OpenStorm) -> None:
    before = plain(opened.storm.document())
    opened.add_event("Lamp Lit").undo()
    history = answer(opened, "history", {})
    assert [one["revision"] for one in history] == [1, 2, 3]
    assert history[1] == {
        "revision": 2,
        "author": "Ada",
        "time": history[1]["time"],
        "words": "added the event Lamp Lit",
    }
    assert "lamp-lit" in answer(opened, "at", {"revision": 2})["doc"]["events"]
    assert answer(opened, "at", {"revision": 3})["doc"]["events"] == before["events"]
    assert answer(opened, "at", {"revision": 0})["doc"] == {"name": ""}


DETAIL = {
    "orderId": "o-1", "amount": 49.5, "count": 2, "paid": True, "items": [{"sku": "a"}],
    "cardHolder": "A. Customer", "shipping": {"street": "Main"}, "note": None,
}  # fmt: skip
WHOLE = {"version": "0", "detail-type": "Order Paid", "source": "shop", "detail": DETAIL}


@pytest.mark.parametrize("pasted", [DETAIL, WHOLE], ids=["detail", "whole"])
def test_the_fields_of_a_pasted_event_become_its_contract(pasted: dict[str, Any]) -> None:
    storm = Storm(name="Shop").add_event("Order Paid")
    edits, words = fields_in(storm, "order-paid", json.dumps(pasted))
    storm = storm.do(Batch(edits=edits))
    contract = storm.contracts["order-paid"]
    assert {name: field.type for name, field in contract.fields_.items()} == {
        "orderId": "string", "amount": "number", "count": "integer", "paid": "boolean", "items": "array",
        "cardHolder": "string", "shipping": "object", "note": "string",
    }  # fmt: skip
    assert [name for name, field in contract.fields_.items() if field.personal] == ["cardHolder", "shipping"]
    assert contract.fields_["note"].optional and contract.example == DETAIL
    assert words.startswith("8 fields found: orderId,") and words.endswith("personal: cardHolder, shipping.")


def test_what_the_team_said_of_a_field_stays_and_nothing_is_said_twice() -> None:
    storm = Storm(name="Shop").add_event("Order Paid").add_contract("order-paid", example={"id": "x"})
    storm = storm.set_field("order-paid", "id", personal=True, risk="Guessable").set_field(
        "order-paid", "total", type="number"
    )
    edits, _ = fields_in(storm, "order-paid", '{"id": 1, "total": 3}')
    storm = storm.do(Batch(edits=edits))
    field = storm.contracts["order-paid"].fields_["id"]
    assert (field.type, field.personal, field.risk) == ("integer", True, "Guessable")
    assert storm.contracts["order-paid"].fields_["total"].type == "number"
    assert fields_in(storm, "order-paid", '{"id": 1, "total": 3}')[0] == []


@pytest.mark.parametrize(
    "name", ["email", "e-mail", "customerEmail", "phone_number", "name", "first-name", "customerName", "date-of-birth",
             "billing_address", "IBAN", "ssn", "card-holder", "ip-address"],
)  # fmt: skip
def test_names_of_personal_fields_are_known(name: str) -> None:
    assert looks_personal(name)


@pytest.mark.parametrize(
    "name", ["amount", "product-name", "file_name", "orderId", "status", "package", "message", "", "-"]
)
def test_names_of_other_fields_are_left_alone(name: str) -> None:
    assert not looks_personal(name)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1]", "7", "null", '{"": 1}', "[" * 100_000, json.dumps({f"f{n}": n for n in range(300)})],
)
def test_what_is_no_event_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(MessageError) as refused:
        fields_in(Storm(name="Shop").add_event("Order Paid"), "order-paid", text)
    assert refused.value.remedy


@given(json_values)
def test_any_json_is_read_or_refused_and_what_is_read_can_be_done(value: Any) -> None:
    storm = Storm(name="Shop").add_event("Order Paid")
    try:
        edits, _ = fields_in(storm, "order-paid", json.dumps(value))
    except MessageError:
        return
    assert storm.do(Batch(edits=edits)).contracts["order-paid"].example == plain(value)
