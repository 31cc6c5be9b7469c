"""Contracts as schemas: nested fields, the envelope, OpenAPI, inferred from samples, held against events."""

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from jsonschema import Draft4Validator

from anycompany.bus.contract import (
    example_detail,
    fields_from,
    fields_of,
    inferred,
    json_schema,
    openapi,
    violations,
)
from anycompany.bus.contract.keeping import plainly_keeps
from anycompany.bus.contract.keywords import validator
from anycompany.bus.contract.schema import DELIVERED, detail_schema
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from anycompany.storm.parts import ContractField

from .contracts import contract_fields, details, values_of
from .storms import ALL, ROOT, load
from .strategies import json_values, storms, texts

PATIENT = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def shop(fields: dict[str, Any], example: dict[str, Any] | None = None) -> Storm:
    return Storm(name="Shop").add_event("Payment Made").add_contract("payment-made", fields, example)


def test_dotted_names_are_nested_fields() -> None:
    storm = shop({"card.country": {}, "card.holder.name": {"optional": True}, "amount": {"type": "number"}})
    detail = json_schema(storm, "payment-made")["properties"]["detail"]
    card = detail["properties"]["card"]
    assert detail["required"] == ["card", "amount"]
    assert card["required"] == ["country"] and card["properties"]["country"] == {"type": "string"}
    assert "required" not in card["properties"]["holder"]


def test_fields_below_an_array_are_those_of_its_objects() -> None:
    storm = shop({"rows": {"type": "array", "optional": True}, "rows.sku": {"personal": True}})
    detail = json_schema(storm, "payment-made")["properties"]["detail"]
    assert detail["properties"]["rows"]["items"]["properties"]["sku"] == {
        "type": "string",
        "x-personal": True,
    }
    assert "required" not in detail


def test_an_example_in_dotted_names_is_nested_and_completed() -> None:
    storm = shop({"card.country": {}, "card.bank": {}, "id": {}}, {"card.country": "IT"})
    assert example_detail(storm, "payment-made") == {"card": {"bank": "text", "country": "IT"}, "id": "text"}
    assert fields_of(storm, "payment-made") == ("card", "id")


def test_names_with_nothing_between_their_dots_stand_as_they_are() -> None:
    detail = json_schema(shop({"..": {}, "a.": {}, "x" + ".x" * 999: {}}), "payment-made")["properties"][
        "detail"
    ]
    assert list(detail["properties"]) == ["..", "a.", "x" + ".x" * 999]


def test_the_envelope_is_the_one_that_eventbridge_delivers() -> None:
    schema = json_schema(shop({}), "payment-made")
    assert (
        set(schema["required"])
        == set(schema["properties"])
        == {"source", "detail-type", "detail", *DELIVERED}
    )
    assert schema["properties"]["detail-type"]["enum"] == ["payment-made"]


@PATIENT
@given(storms)
def test_every_contract_of_every_storm_is_a_schema_in_both_formats(storm: Storm) -> None:
    for event in storm.contracts:
        if event in storm.events:
            schema = json_schema(storm, event)
            Draft4Validator.check_schema(schema)
            document = json.loads(json.dumps(openapi(storm, event)))
            envelope = document["components"]["schemas"]["AWSEvent"]
            assert (envelope["x-amazon-events-source"], envelope["x-amazon-events-detail-type"]) == (
                storm.source_of(event),
                storm.detail_type(event),
            )
            name = envelope["properties"]["detail"]["$ref"].rpartition("/")[2]
            assert (
                name.isidentifier()
                and name in document["components"]["schemas"]
                and len(document["components"]["schemas"]) == 2
            )


def test_the_examples_of_finished_storms_keep_their_contracts() -> None:
    for path in ALL:
        storm = load(path)
        for event in storm.contracts:
            schema = json_schema(storm, event)["properties"]["detail"]
            assert violations(schema, example_detail(storm, event)) == ()


@PATIENT
@given(st.lists(json_values, max_size=6))
def test_samples_keep_the_schema_that_was_inferred_from_them(samples: list[Any]) -> None:
    schema = json.loads(json.dumps(inferred(iter(samples))))
    Draft4Validator.check_schema(schema)
    for sample in samples:
        assert violations(schema, sample) == ()
        assert Draft4Validator(schema).is_valid(sample)


@PATIENT
@given(details, st.data())
def test_the_fields_that_follow_from_samples_keep_their_types(
    schema: dict[str, Any], data: st.DataObject
) -> None:
    samples = data.draw(st.lists(values_of(schema), min_size=1, max_size=4))
    fields = {name: ContractField(**said) for name, said in fields_from(inferred(samples)).items()}
    told = detail_schema(fields)
    for sample in samples:
        for one in violations(told, sample):
            assert (
                "text" in one.what or "null" in one.what or "number" in one.what or "integer" in one.what
            ), one


def test_what_is_in_all_samples_is_required_and_the_widest_type_counts() -> None:
    schema = inferred(
        [{"a": 1, "when": "2026-01-31T00:00:00Z", "t": []}, {"a": 1.5, "when": "2026-02-28T09:30:00+01:00"}]
    )
    assert schema["properties"]["a"] == {"type": "number"}
    assert schema["properties"]["when"] == {"type": "string", "format": "date-time"}
    assert schema["required"] == ["a", "when"]
    assert inferred([{"a": "2026-02-30"}, {"a": "2026-01-31T00:00:00Z"}])["properties"]["a"] == {
        "type": "string"
    }
    assert inferred([{"a": 1}, {"a": None}, {"a": "x"}])["properties"]["a"] == {
        "type": ["integer", "null", "string"]
    }
    assert inferred([{"a": [1, {"b": True}]}, {"a": []}])["properties"]["a"]["items"]["type"] == [
        "integer",
        "object",
    ]
    assert inferred([]) == {"$schema": schema["$schema"]}


def test_events_as_they_are_delivered_give_the_schema_of_whole_events() -> None:
    seen = [
        {"source": "com.shop", "detail-type": "paid", "detail": {"amount": amount}, "id": "1"}
        for amount in (1, 2.5)
    ]
    schema = inferred(seen)
    assert schema["properties"]["source"]["enum"] == ["com.shop"]
    assert fields_from(schema) == {"amount": {"type": "number"}}
    assert [violations(schema, one) for one in seen] == [(), ()]


def test_nested_fields_come_back_as_dotted_names() -> None:
    fields = {
        "rows": {"type": "array"},
        "rows.sku": {"type": "string"},
        "card": {"type": "object", "optional": True},
        "card.country": {"type": "string"},
    }
    said = {name: ContractField(**one) for name, one in fields.items()}
    assert fields_from(detail_schema(said)) == fields


@PATIENT
@given(contract_fields)
def test_a_contract_survives_the_way_through_its_schema(fields: dict[str, ContractField]) -> None:
    schema = detail_schema(fields)
    again = detail_schema({name: ContractField(**one) for name, one in fields_from(schema).items()})
    assert again == schema


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [{"a": value}]
    return value


@pytest.mark.parametrize(
    "value",
    [
        deep(2000),
        10**5000,
        float("nan"),
        float("inf"),
        ["x"] * 100_000,
        {str(n): n for n in range(5000)},
        "\ud800",
        {"": {"": 1}},
    ],
    ids=["deep", "huge", "nan", "infinite", "long", "wide", "surrogate", "empty keys"],
)
def test_hostile_samples_are_inferred_and_held_against_contracts(value: Any) -> None:
    schema = inferred([{"a": value}, {"a": value}])
    assert violations(schema, {"a": value}) == ()
    for type_ in ("string", "number", "object"):
        for one in violations({"properties": {"a": {"type": type_, "enum": [1, "x", {}]}}}, {"a": value}):
            assert one.path == "a" and len(one.what) < 200


def test_violations_are_told_in_words_with_their_places() -> None:
    storm = shop(
        {"amount": {"type": "number"}, "rows": {"type": "array"}, "rows.sku": {}, "note": {"optional": True}}
    )
    event = {
        "source": "com.shop",
        "detail-type": "payment-made",
        "detail": {"amount": "12", "rows": [{}, 3], "other": 1},
    }
    assert [str(one) for one in violations(json_schema(storm, "payment-made"), event)] == [
        "“detail.amount” is a text, not a number",
        "“detail.rows[0].sku” is missing",
        "“detail.rows[1]” is an integer, not an object",
    ]
    assert violations(json_schema(storm, "payment-made"), [])[0].what == "is an array, not an object"


def test_what_eventbridge_adds_may_be_missing_but_not_wrong() -> None:
    schema = json_schema(shop({}), "payment-made")
    event = {"source": "com.shop", "detail-type": "payment-made", "detail": {}}
    assert violations(schema, event) == ()
    assert [one.path for one in violations(schema, event | {"account": 12, "resources": "x"})] == [
        "account",
        "resources",
    ]


def test_of_many_violations_only_the_first_are_told() -> None:
    assert len(violations({"items": {"type": "string"}}, [1] * 100_000)) == 100


@pytest.mark.parametrize(
    "schema",
    [{"type": "nonsense"}, {"$ref": "http://example.com/x.json"}, {"required": True}, {"properties": 3}],
)
def test_a_schema_that_is_none_is_refused_in_words(schema: dict[str, Any]) -> None:
    with pytest.raises(StormError, match="no schema"):
        violations(schema, {"a": 1})


KEYWORDS = [
    ({"minLength": 3}, "ab", "has fewer than 3 characters"),
    ({"maxItems": 1}, [1, 2], "has more than 1 elements"),
    ({"minimum": 3}, 2, "is below 3"),
    ({"maximum": 3, "exclusiveMaximum": True}, 3, "is above 3"),
    ({"pattern": "^a"}, "b", "does not look like “^a”"),
    ({"anyOf": [{"type": "string"}]}, 1, "breaks the contract's anyOf"),
    ({"enum": ["a", None, True]}, "b", "is “b”, which is none of “a”, null and true"),
    ({"uniqueItems": True}, [1, 1], "has an element twice"),
]


@pytest.mark.parametrize(("schema", "value", "what"), KEYWORDS)
def test_every_keyword_has_its_words(schema: dict[str, Any], value: Any, what: str) -> None:
    assert [one.what for one in violations(schema, value)] == [what]


@PATIENT
@given(details, json_values)
def test_violations_agree_with_the_library(schema: dict[str, Any], value: Any) -> None:
    whole = json.loads(
        json.dumps(value), parse_float=lambda text: float(text) + 0.5
    )  # draft 4 reads 1.0 as no integer
    assert (violations(schema, whole) == ()) == Draft4Validator(schema).is_valid(whole)


@PATIENT
@given(st.dictionaries(texts, st.builds(ContractField), max_size=4))
def test_field_names_of_any_script_give_a_schema_and_an_example_that_keeps_it(fields: dict[str, Any]) -> None:
    storm = shop(fields)
    assert (
        violations(
            json_schema(storm, "payment-made")["properties"]["detail"], example_detail(storm, "payment-made")
        )
        == ()
    )


@PATIENT
@given(details, json_values, st.data())
def test_what_is_plainly_kept_is_kept(schema: dict[str, Any], value: Any, data: st.DataObject) -> None:
    for one in (value, data.draw(values_of(schema))):
        assert not plainly_keeps(schema, one) or not list(validator(schema).iter_errors(one))


def test_checks_of_a_finished_storm_load_no_library_for_schemas() -> None:
    code = (
        "import sys\nfrom tests.storms import ALL, load\nfrom anycompany.bus.checks import CHECKS\n"
        "from anycompany.storm.checks import findings\n"
        "[findings(load(path), checks=CHECKS) for path in ALL]\nassert 'jsonschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
