"""Sample events held against a storm: what it does not know, what breaks, and who never hears it."""

from typing import Any

import pytest
from hypothesis import given, settings

from anycompany.bus.checks import sample_findings
from anycompany.storm.model import Storm

from .strategies import json_values, storms

TRANSACTION = {
    "source": "com.anycompany",
    "detail-type": "transaction-initiated",
    "detail": {
        "customer-id": "asdf-1234-asdfasdf",
        "initiated-at": "2020-04-15T00:00:00Z",
        "transaction-amount": "928309.42",
        "version": "0.1.0",
    },
}
"""The sample event of “App 2025”, episode 5, as it is delivered."""


def bank(**field: Any) -> Storm:
    storm = Storm(name="AnyCompany").add_event("Transaction Initiated")
    if field:
        storm = storm.add_contract("transaction-initiated", {"transaction-amount": field})
    return storm.add_listener(
        "Large transactions",
        for_="Fraud",
        hears=["transaction-initiated"],
        where={"transaction-amount": [{"numeric": [">", 10000]}]},
    )


def test_a_text_never_passes_a_numeric_filter() -> None:
    for storm in (bank(), bank(type="string")):
        (found,) = sample_findings(storm, [TRANSACTION])
        assert (found.sample, found.event, found.kind) == (1, "transaction-initiated", "never")
        assert found.where == "listeners/large-transactions"
        assert "“Large transactions” never hears such events" in found.what
        assert "a text never matches a number" in found.what


def test_the_contract_that_the_sample_breaks_is_told_too() -> None:
    broken, never = sample_findings(bank(type="number"), [TRANSACTION])
    assert (broken.kind, broken.where) == ("contract", "contracts/transaction-initiated")
    assert "“detail.transaction-amount” is a text, not a number" in broken.what
    assert never.kind == "never"


def test_a_value_that_a_filter_stops_is_told_as_such() -> None:
    small = {**TRANSACTION, "detail": {"transaction-amount": 5}}
    (found,) = sample_findings(bank(), [{**TRANSACTION, "detail": {"transaction-amount": 50_000}}, small])
    assert (found.sample, found.kind) == (2, "filter")
    assert "does not hear it: detail.transaction-amount is the number 5" in found.what


def test_events_that_the_storm_does_not_know_are_told_with_the_one_that_is_meant() -> None:
    strange = {**TRANSACTION, "source": "com.elsewhere", "detail": {"transaction-amount": 50_000}}
    found = sample_findings(bank(), [strange, {"source": "a", "detail-type": "b"}, {"detail": {}}, 3])
    assert [(one.sample, one.kind, one.event) for one in found] == [
        (1, "unknown", "transaction-initiated"),
        (2, "unknown", ""),
        (3, "unknown", ""),
        (4, "unknown", ""),
    ]
    assert "it has “Transaction Initiated” from “com.anycompany”" in found[0].what


@pytest.mark.parametrize(
    "amount",
    [float("nan"), 10**400, [["x"] * 10_000], {"deep": {}}, None, [], "\ud800"],
    ids=["nan", "huge", "long", "object", "null", "empty", "surrogate"],
)
def test_hostile_samples_are_told_in_a_few_words(amount: Any) -> None:
    for found in sample_findings(
        bank(type="number"), [{**TRANSACTION, "detail": {"transaction-amount": amount}}]
    ):
        assert len(found.what) < 1000


def test_details_that_are_no_objects_break_their_contract() -> None:
    found = sample_findings(bank(type="number"), [{**TRANSACTION, "detail": "text"}])
    assert [one.kind for one in found] == ["contract", "filter"]


@settings(max_examples=50, deadline=None)
@given(storms, json_values)
def test_any_sample_can_be_held_against_any_storm(storm: Storm, detail: Any) -> None:
    events = [
        {"source": source, "detail-type": name, "detail": detail}
        for source, name in storm.relations.addresses
    ]
    for found in sample_findings(storm, events):
        assert found.what
