"""The editing engine: any edit can be taken back, and the difference of two storms makes the one the other."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, assume, given, settings

from anycompany.storm.apply import apply, invert, resolve
from anycompany.storm.edits import SINGULAR, AnyEdit, edit_from
from anycompany.storm.errors import EditError
from anycompany.storm.mentions import without_mentions
from anycompany.storm.model import Storm
from anycompany.storm.patch import diff
from tests.strategies import edits, storms

many = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],  # many edits do not fit
)


def said(storm: Storm) -> str:
    """All that a storm says, in one spelling: empty sections and the order of entries say nothing."""
    document = {key: value for key, value in storm.document().items() if value not in ({}, [], None)}
    entities = document.get("entities", {})
    document |= {"entities": {k: {"events": v} if isinstance(v, list) else v for k, v in entities.items()}}
    return json.dumps(document, sort_keys=True)


def after(storm: Storm, edit: AnyEdit) -> Storm:
    try:
        return apply(storm, edit)
    except EditError:
        assume(False)
        raise


@many
@given(storms, storms)
def test_the_difference_of_two_storms_makes_the_one_the_other(one: Storm, other: Storm) -> None:
    assert said(apply(one, diff(one, other))) == said(other)


@many
@given(storms)
def test_a_storm_does_not_differ_from_itself(storm: Storm) -> None:
    assert diff(storm, Storm.model_validate(storm.document())).steps == []


@many
@given(storms, edits)
def test_an_edit_that_is_taken_back_leaves_nothing_behind(storm: Storm, edit: AnyEdit) -> None:
    changed = after(storm, edit)
    for section in SINGULAR:
        for identifier in set(getattr(changed, section)) - set(getattr(storm, section)):
            assume(said(without_mentions(storm, section, identifier)) == said(storm))  # no loose end before
    assert said(apply(changed, invert(storm, edit))) == said(storm)


@many
@given(storms, edits)
def test_an_edit_says_the_same_after_a_journey_through_the_log(storm: Storm, edit: AnyEdit) -> None:
    changed = after(storm, edit)
    written = json.dumps(resolve(storm, edit).record())
    assert said(apply(storm, edit_from(json.loads(written)))) == said(changed)


@many
@given(storms, storms)
def test_a_difference_says_the_same_after_a_journey_through_the_log(one: Storm, other: Storm) -> None:
    written = json.dumps(diff(one, other).record())
    assert said(apply(one, edit_from(json.loads(written)))) == said(other)


@many
@given(storms, edits)
def test_what_an_edit_leaves_is_a_storm_that_can_be_written_and_read(storm: Storm, edit: AnyEdit) -> None:
    changed = after(storm, edit)
    assert said(Storm.model_validate(changed.document())) == said(changed)


@many
@given(storms, edits)
def test_an_edit_leaves_the_storm_it_was_applied_to_as_it_was(storm: Storm, edit: AnyEdit) -> None:
    before = said(storm)
    after(storm, edit)
    assert said(storm) == before


@many
@given(storms, edits, edits)
def test_taking_an_edit_back_never_fails_after_a_later_one(
    storm: Storm, edit: AnyEdit, later: AnyEdit
) -> None:
    changed = after(storm, edit)
    apply(after(changed, later), invert(storm, edit))


def test_taking_back_leaves_alone_what_somebody_changed_since() -> None:
    storm = Storm(name="Shop").add_event("Order Placed").trigger("order-placed", actor="Guest")
    says = edit_from({"kind": "trigger", "event": "order-placed", "trigger": {"external": "Phone"}})
    later = apply(storm, says).trigger("order-placed", schedule="rate(1 day)")
    assert apply(later, invert(storm, says)).triggers == later.triggers


def test_a_removed_event_comes_back_with_everything_that_mentioned_it() -> None:
    storm = (
        Storm(name="Shop")
        .add_event("Order Placed")
        .add_event("Order Paid")
        .place("order-placed")
        .place("order-paid", instead_of="order-placed")
        .add_policy("Charge", when=["order-placed"], emits=["order-paid"])
        .add_entity("Order", ["order-placed", "order-paid"])
        .add_hotspot("Who pays?", about="order-paid")
    )
    gone = edit_from({"kind": "remove", "of": "events", "id": "order-paid"})
    assert said(apply(apply(storm, gone), invert(storm, gone))) == said(storm)


def test_an_id_is_never_minted_twice() -> None:
    storm = (
        Storm(name="Shop").add_event("Order Placed").remove_event("order-placed").add_event("Order Placed")
    )
    assert list(storm.events) == ["order-placed-2"]
