"""Contracts as others read them, and what the registry has beside what the storm says, on notebook 08."""

import pytest

from anycompany.aws.session import Clients, Target
from anycompany.storm.model import Storm
from anycompany.workbook.contract_pages import MOST_SHOWN, schemas, versions
from anycompany.workbook.deployment import Deployment

from .markup import check_harmless
from .storms import EXAMPLE, HOSTILE_TEXTS, load, storm_of


def shop(**fields: dict[str, object]) -> Storm:
    return (
        Storm(name="Contract shop")
        .set(bus={"name": "contract-shop"})
        .add_event("Sale Made")
        .trigger("sale-made", actor="Customer")
        .add_entity("sale", events=["sale-made"])
        .add_context("Sales", entities=["sale"])
        .add_service("shop", context="sales")
        .add_policy("Ship it", when=["sale-made"])
        .add_contract("sale-made", fields)
    )


def test_every_contract_is_shown_in_both_forms_of_the_registry() -> None:
    storm = load(EXAMPLE)
    said = schemas(storm)
    check_harmless(said._repr_mimebundle_())
    for event in storm.contracts:
        assert f"{storm.events[event].name}: JSON Schema" in said.text
        assert f"{storm.events[event].name}: OpenAPI 3" in said.text
    assert "draft-04" in said.html and "x-amazon-events-detail-type" in said.html


def test_without_contracts_it_says_how_to_begin() -> None:
    assert "No contract yet" in str(schemas(Storm(name="Inn")))


def test_hostile_fields_and_names_are_harmless() -> None:
    for hostile in HOSTILE_TEXTS:
        storm = storm_of([hostile])
        event = next(iter(storm.events))
        check_harmless(schemas(storm.change("contracts", event, fields={hostile: {}}))._repr_mimebundle_())


def test_many_contracts_are_cut() -> None:
    storm = Storm(name="Wide").add_events([f"Event {number}" for number in range(MOST_SHOWN + 5)])
    for event in storm.events:
        storm = storm.add_contract(event, {"a": {}})
    assert "5 more" in str(schemas(storm))


@pytest.fixture
def published(local_aws: Clients) -> Clients:
    storm = shop(amount={"type": "number"}, note={"type": "string", "optional": True})
    deployment = Deployment(storm, Target("local"), kinds=("bus", "contracts"))
    deployment.apply()
    return deployment.clients


def test_what_a_new_version_breaks_is_named_with_who_hears_the_event(published: Clients) -> None:
    same = shop(amount={"type": "number"}, note={"type": "string", "optional": True})
    assert versions(same, published).rows == ()
    found = versions(shop(amount={"type": "string"}, extra={"type": "string"}), published)
    check_harmless(found._repr_mimebundle_())
    by_field = {str(row[1]): row for row in found.rows}
    changed = next(row for what, row in by_field.items() if "amount" in what)
    assert "backward and forward" in str(changed[1]) and changed[2] == "none" and "Ship it" in str(changed[4])
    assert any("extra" in what for what in by_field) and any("note" in what for what in by_field)


def test_what_is_published_nowhere_is_compared_with_nothing(local_aws: Clients) -> None:
    storm = shop(amount={}).set(bus={"name": "never-published"})
    found = versions(storm, local_aws)
    assert found.rows == () and "no contract of this storm is published yet" in str(found)
