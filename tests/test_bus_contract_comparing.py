"""Versions of contracts compared: what the comparison says holds for events that are made at random."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from anycompany.bus.contract import compare, contract_changes, violations
from anycompany.bus.contract.schema import detail_schema
from anycompany.storm.errors import StormError

from .contracts import contract_fields, details, values_of
from .storms import ALL, EXAMPLE, load

PATIENT = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
schemas = details | contract_fields.map(detail_schema)


@PATIENT
@given(schemas, schemas, st.data())
def test_what_is_compatible_reads_the_events_of_the_other_version(
    old: dict[str, Any], new: dict[str, Any], data: st.DataObject
) -> None:
    comparison = compare(old, new)
    for _ in range(3):
        if comparison.backward:
            assert violations(new, data.draw(values_of(old))) == ()
        if comparison.forward:
            assert violations(old, data.draw(values_of(new))) == ()


@PATIENT
@given(schemas, schemas)
def test_a_comparison_the_other_way_round_breaks_the_other_directions(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    there, back = compare(old, new), compare(new, old)
    assert (there.backward, there.forward) == (back.forward, back.backward)
    assert compare(old, old).differences == ()


def fields(**said: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": said,
        "required": [name for name, one in said.items() if not one.pop("optional", False)],
    }


TEXT, NUMBER, WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}


@pytest.mark.parametrize(
    ("old", "new", "kind", "breaks"),
    [
        (fields(), fields(a={**TEXT}), "field added, required", ("backward",)),
        (fields(), fields(a={**TEXT, "optional": True}), "field added, optional", ()),
        (fields(a={**TEXT}), fields(), "field removed, required", ("forward",)),
        (fields(a={**TEXT, "optional": True}), fields(), "field removed, optional", ()),
        (fields(a={**TEXT}), fields(a={**NUMBER}), "type changed", ("backward", "forward")),
        (fields(a={**WHOLE}), fields(a={**NUMBER}), "type widened", ("forward",)),
        (fields(a={**NUMBER}), fields(a={**WHOLE}), "type narrowed", ("backward",)),
        (fields(a={**TEXT, "optional": True}), fields(a={**TEXT}), "became required", ("backward",)),
        (fields(a={**TEXT}), fields(a={**TEXT, "optional": True}), "became optional", ("forward",)),
        (fields(a={"enum": ["x"]}), fields(a={"enum": ["x", "y"]}), "values widened", ("forward",)),
        (fields(a={"enum": ["x", "y"]}), fields(a={"enum": ["x"]}), "values narrowed", ("backward",)),
        (fields(a={"enum": ["x"]}), fields(a={"enum": ["y"]}), "values changed", ("backward", "forward")),
        (fields(a={**NUMBER}), fields(a={**NUMBER, "minimum": 1}), "bound narrowed", ("backward",)),
        (fields(a={**TEXT, "pattern": "x"}), fields(a={**TEXT}), "rule changed", ("backward", "forward")),
        (fields(a={**TEXT}), fields(a={**TEXT, "format": "date-time"}), "format changed", ()),
        (
            fields(a={"type": "array", "items": TEXT}),
            fields(a={"type": "array", "items": NUMBER}),
            "type changed",
            ("backward", "forward"),
        ),
    ],
)
def test_each_difference_is_named_with_what_it_breaks(
    old: dict[str, Any], new: dict[str, Any], kind: str, breaks: tuple[str, ...]
) -> None:
    (difference,) = compare(old, new).differences
    assert (difference.path, difference.kind, difference.breaks) == ("a", kind, breaks)
    assert "“a”" in difference.what


def test_a_nested_difference_is_named_by_its_path() -> None:
    old = {"type": "object", "properties": {"a": fields(b={**TEXT})}}
    new = {"type": "object", "properties": {"a": fields(b={**NUMBER})}}
    assert [one.path for one in compare(old, new).differences] == ["a.b"]


@pytest.mark.parametrize("broken", [{"type": 5}, {"properties": 3}, {"required": 5}, {"enum": 3}])
def test_what_is_no_schema_is_refused_in_words(broken: dict[str, Any]) -> None:
    with pytest.raises(StormError, match="no schema"):
        compare({"type": "object"}, broken)


def nested(leaf: dict[str, Any]) -> dict[str, Any]:
    for _ in range(3000):
        leaf = {"type": "object", "properties": {"a": leaf}}
    return leaf


def test_contracts_nested_out_of_reach_are_refused_in_words() -> None:
    with pytest.raises(StormError, match="no schema"):
        compare(nested(TEXT), nested(NUMBER))


def test_the_consumers_of_a_changed_field_are_named() -> None:
    old = load(EXAMPLE)
    changed = old.contracts["payment-attempted"].document()["fields"] | {"amount": {"type": "string"}}
    (change,) = contract_changes(old, old.change("contracts", "payment-attempted", fields=changed))
    assert (change.event, change.comparison.compatibility) == ("payment-attempted", "none")
    told = {(one.note, one.direction): one.why for one in change.affected[0]}
    assert (
        "never hears the new events: “detail.amount” is a text"
        in told["listeners/high-value-payments", "forward"]
    )
    assert told["policies/settle-payment", "forward"].startswith("It passes “amount” on to")


def test_a_filter_on_a_field_that_goes_is_named_although_nobody_has_to_break() -> None:
    old = load(EXAMPLE)
    before = old.contracts["payment-attempted"].document()["fields"]
    optional = {**before, "amount": {"type": "number", "optional": True}}
    old = old.change("contracts", "payment-attempted", fields=optional)
    del before["amount"]
    (change,) = contract_changes(old, old.change("contracts", "payment-attempted", fields=before))
    assert change.comparison.compatibility == "full"
    ((affected,),) = change.affected
    assert affected.note == "listeners/high-value-payments" and "no field" in affected.why


def test_a_service_that_changes_its_source_breaks_the_rules_that_name_it() -> None:
    old = load(EXAMPLE)
    new = old.change("services", "billing", source="com.anycompany.money")
    change = next(one for one in contract_changes(old, new) if one.event == "payment-attempted")
    assert {one.note for one in change.affected[0]} == {
        "policies/settle-payment",
        "listeners/high-value-payments",
    }


def test_an_event_that_goes_leaves_its_hearers_waiting() -> None:
    old = load(EXAMPLE)
    (change,) = [
        one
        for one in contract_changes(old, old.remove("events", "payment-attempted"))
        if not one.comparison.forward
    ]
    assert change.comparison.differences[0].kind == "event gone"
    assert "policies/settle-payment" in {one.note for one in change.affected[0]}


def test_a_storm_differs_in_nothing_from_itself() -> None:
    for path in ALL:
        assert contract_changes(load(path), load(path)) == ()


def test_a_filter_that_asks_for_absence_is_named_where_the_field_comes_though_it_is_optional() -> None:
    old = (
        load(EXAMPLE)
        .add_listener(
            "Unmarked", for_="Desk", hears=["payment-attempted"], where={"gift-code": [{"exists": False}]}
        )
        .change("contracts", "payment-attempted", fields={"amount": {"type": "number"}})
    )
    fields = {"amount": {"type": "number"}, "gift-code": {"type": "string", "optional": True}}
    (change,) = contract_changes(old, old.change("contracts", "payment-attempted", fields=fields))
    (affected,) = change.affected
    assert [(one.note, one.direction) for one in affected] == [("listeners/unmarked", "forward")]
    assert affected[0].why == "It hears only events without “detail.gift-code”."
