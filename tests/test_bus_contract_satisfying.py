"""Can a pattern ever match? The yes comes with an event that does, the no survives a search for one."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from jsonschema import Draft4Validator

from anycompany.bus.contract import (
    Matchable,
    NeverMatches,
    Undecided,
    can_match,
    event_schema,
    never_met,
    rule_answers,
    violations,
)
from anycompany.bus.contract.schema import detail_schema, envelope
from anycompany.bus.pattern import PatternError, matches, parse
from anycompany.bus.pattern.model import Exists
from anycompany.bus.rules import rules
from anycompany.storm.model import Storm

from .contracts import conditions, contract_fields, contracts, filters, values_of
from .storms import ALL, load
from .strategies import storms

PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def check(schema: dict[str, Any], filter_: dict[str, Any], data: st.DataObject) -> None:
    try:
        pattern = parse({"detail": filter_})
    except PatternError:
        assume(False)
    answer = can_match(pattern, schema)
    if isinstance(answer, Matchable):
        assert matches(pattern, answer.example)
        assert violations(schema, answer.example) == ()
        assert list(Draft4Validator(schema).iter_errors(answer.example)) == []
    else:
        assert isinstance(answer, NeverMatches), answer  # nothing here is beyond it
        assert answer.because.endswith(".")
        events = values_of(schema)
        for _ in range(5):
            assert not matches(pattern, data.draw(events))


@PATIENT
@given(contracts, filters, st.data())
def test_an_example_matches_and_a_never_survives_a_search(
    schema: dict[str, Any], filter_: dict[str, Any], data: st.DataObject
) -> None:
    check(schema, filter_, data)


@PATIENT
@given(contract_fields, filters, st.data())
def test_so_it_is_for_the_contracts_that_a_storm_can_say(
    fields: dict[str, Any], filter_: dict[str, Any], data: st.DataObject
) -> None:
    check(envelope(["com.shop"], ["paid"], detail_schema(fields)), filter_, data)


SHORT = ["".join(letters) for length in range(4) for letters in product("abABx.1é", repeat=length)]


@settings(max_examples=150, deadline=None)
@given(conditions, st.integers(0, 2), st.integers(0, 3))
def test_whether_any_short_text_meets_a_condition_is_decided(condition: Any, least: int, most: int) -> None:
    schema = {
        "properties": {"a": {"type": "string", "minLength": least, "maxLength": most}},
        "required": ["a"],
    }
    try:
        pattern = parse({"a": [condition]})
    except PatternError:
        assume(False)
    met = [text for text in SHORT if least <= len(text) <= most and matches(pattern, {"a": text})]
    answer = can_match(pattern, schema)
    assert (
        isinstance(answer, Matchable)
        if met
        else not isinstance(answer, Matchable) or len(answer.example["a"]) <= most
    )


def text(**said: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"a": {"type": "string", **said}}}


NUMBERS = {"type": "object", "properties": {"a": {"type": "number"}}}
WHOLE = {"type": "object", "properties": {"a": {"type": "integer", "minimum": 0, "maximum": 3}}}
ROWS = {
    "type": "object",
    "properties": {
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"sku": {"type": "string"}, "n": {"type": "integer"}},
                "required": ["sku"],
            },
        }
    },
}


@pytest.mark.parametrize(
    ("schema", "pattern", "example"),
    [
        (text(), {"a": [{"prefix": "eu-"}]}, {"a": "eu-"}),
        (text(minLength=6), {"a": [{"suffix": "-eu"}]}, None),
        (text(minLength=9), {"a": [{"wildcard": "a*b*c"}]}, None),
        (text(format="date-time"), {"a": [{"prefix": "2027-03"}]}, {"a": "2027-03-31T12:00:00Z"}),
        (text(format="date-time"), {"a": [{"suffix": "+01:00"}]}, None),
        (text(maxLength=1), {"a": [{"anything-but": ["", "x"]}]}, None),
        (text(), {"a": [{"equals-ignore-case": "Straße"}]}, None),
        (text(), {"a": [{"cidr": "10.0.0.0/24"}]}, {"a": "10.0.0.1"}),
        (text(), {"a": [{"cidr": "2001:db8::/32"}]}, {"a": "2001:db8::1"}),
        (text(enum=["x", "y"]), {"a": [{"anything-but": "x"}]}, {"a": "y"}),
        (NUMBERS, {"a": [{"numeric": [">", 0.1, "<", 0.2]}]}, None),
        (NUMBERS, {"a": [{"anything-but": [1, 2, 3]}]}, None),
        (NUMBERS, {"a": [1e300]}, {"a": 1e300}),
        (NUMBERS, {"a": [12345678901234567891]}, {"a": 12345678901234567891}),
        (NUMBERS, {"a": [{"numeric": [">", 5e9]}]}, None),
        (NUMBERS, {"a": [{"exists": False}]}, {}),
        (WHOLE, {"a": [{"anything-but": [0, 1, 2]}]}, {"a": 3}),
        (ROWS, {"rows": {"sku": ["x"], "n": [{"numeric": [">", 3]}]}}, {"rows": [{"sku": "x", "n": 4}]}),
        (ROWS, {"rows": {"n": [{"exists": False}]}}, {}),
        ({"type": "object"}, {"a": {"b.c": ["x"]}}, {"a": {"b": {"c": "x"}}}),
        ({"properties": {"a.b": {"type": "string"}}}, {"a": {"b": ["x"]}}, {"a.b": "x"}),
        ({"properties": {"a": {"type": ["null", "string"]}}}, {"a": [None]}, {"a": None}),
        ({"additionalProperties": {"type": "string"}}, {"a": ["x"]}, {"a": "x"}),
        ({"properties": {}, "required": ["a"]}, {"a": ["x"]}, {"a": "x"}),
    ],
)
def test_an_event_is_found(schema: dict[str, Any], pattern: Any, example: Any) -> None:
    answer = can_match(parse(pattern), schema)
    assert isinstance(answer, Matchable), answer
    assert matches(parse(pattern), answer.example) and violations(schema, answer.example) == ()
    assert example is None or answer.example == example


@pytest.mark.parametrize(
    ("schema", "pattern", "kind", "because"),
    [
        (text(), {"a": [{"numeric": [">", 5]}]}, "type", "“a” is a text, and a text never equals a number."),
        (
            NUMBERS,
            {"a": ["5", {"prefix": "5"}]},
            "type",
            "“a” is a number, and a number never equals a text.",
        ),
        (
            NUMBERS,
            {"a": [{"numeric": [">", 1.7976931348623157e308]}]},
            "values",
            "a number above 17976931348623157",
        ),
        (NUMBERS, {"b": ["5"]}, "missing", "The contract has no field “b”."),
        (
            WHOLE,
            {"a": [{"anything-but": [0, 1, 2, 3]}]},
            "values",
            "No value that the contract allows for “a” is",
        ),
        (WHOLE, {"a": [{"numeric": [">", 1, "<", 2]}]}, "values", "a number above 1 and below 2"),
        (
            NUMBERS,
            {"a": [{"numeric": [">", 1, "<", 1.0000000000000002]}]},
            "values",
            "a number above 1 and below",
        ),
        (text(maxLength=3), {"a": [{"prefix": "abcd"}]}, "values", "a text that begins with “abcd”"),
        (text(), {"a": [{"anything-but": {"wildcard": "*"}}]}, "values", "anything but a text like “*”"),
        (
            text(enum=["x"]),
            {"a": [{"anything-but": "x"}]},
            "values",
            "“a” is “x”, and never anything but “x”",
        ),
        (
            ROWS,
            {"rows": {"sku": [{"exists": False}], "n": [3]}},
            "there",
            "is in every event, and is asked to be absent",
        ),
        (ROWS, {"rows": ["x"]}, "type", "only the fields within an object can be compared"),
        (
            {"properties": {"a": {"type": ["string", "object"]}}},
            {"a": ["x"], "a.b": ["y"]},
            "at odds",
            "excludes each other",
        ),
        (NUMBERS, {"$or": [{"a": ["x"]}, {"b": [1]}]}, "type", "and the contract has no field “b”."),
    ],
)
def test_the_reason_why_it_never_matches_is_told(
    schema: dict[str, Any], pattern: Any, kind: str, because: str
) -> None:
    answer = can_match(parse(pattern), schema)
    assert isinstance(answer, NeverMatches), answer
    assert answer.reasons[0].kind == kind and because in answer.because


def test_an_object_of_unnamed_fields_needs_a_name_below_it() -> None:
    schema = {"properties": {"a": {"type": ["string", "object"]}}}
    assert isinstance(can_match(parse({"a": {"b": ["y"]}}), schema), Matchable)


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        (text(pattern="^[0-9]{4}$"), {"a": [{"prefix": "x"}]}),
        ({"properties": {"a": {"anyOf": [{"type": "string"}]}}}, {"a": [5]}),
        ({"properties": {"a": {"$ref": "#/nowhere"}}}, {"a": [5]}),
        ({"properties": 5}, {"a": [5]}),
        ({"properties": {"a": {"type": 5}}}, {"a": [5]}),
        ({"properties": {"a": {"type": "number", "minimum": "x"}}}, {"a": [5]}),
        (text(maxLength=8), {"a": [{"cidr": "100.100.100.0/24"}]}),
    ],
)
def test_what_is_not_understood_is_left_undecided(schema: dict[str, Any], pattern: Any) -> None:
    answer = can_match(parse(pattern), schema)
    assert isinstance(answer, Undecided) and answer.because.endswith(".")


def test_what_eventbridge_adds_is_always_there_and_a_replay_may_be() -> None:
    schema = envelope(["com.shop"], ["paid"], {"type": "object"})
    for field in ("account", "region", "time", "id", "version"):
        assert isinstance(can_match(parse({field: [{"exists": False}]}), schema), NeverMatches)
        assert isinstance(can_match(parse({field: [{"prefix": "2"}]}), schema), Matchable)
    for there in (True, False):
        assert isinstance(can_match(parse({"replay-name": [{"exists": there}]}), schema), Matchable)
    assert isinstance(can_match(parse({"resources": [{"prefix": "arn:"}]}), schema), Matchable)
    never = can_match(parse({"source": ["com.other"]}), schema)
    assert isinstance(never, NeverMatches) and "“com.shop”, and never “com.other”" in never.because


def test_an_example_is_kept_but_for_what_has_to_change() -> None:
    schema = {"properties": {"a": {"type": "number"}, "b": {"type": "string"}}}
    like = {"a": 5, "b": "kept", "other": [1]}
    answer = can_match(parse({"a": [{"numeric": [">", 10]}]}), schema, like)
    assert isinstance(answer, Matchable) and answer.example == {"a": 11, "b": "kept", "other": [1]}
    answer = can_match(parse({"b": [{"exists": False}]}), schema, like)
    assert isinstance(answer, Matchable) and answer.example == {"a": 5, "other": [1]}
    closed = {**schema, "additionalProperties": False}
    answer = can_match(parse({"a": [5]}), closed, like)
    assert isinstance(answer, Matchable) and "other" not in answer.example


def test_one_field_by_itself_is_answered_too() -> None:
    reason = never_met("a", (Exists(False),), {"properties": {"a": {"type": "string"}}, "required": ["a"]})
    assert reason is None  # by itself: whether it has to be there, only the whole event tells


def deep(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}, "required": ["a"]}
    return schema


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        (
            text(minLength=50, maxLength=60),
            {"a": [{"anything-but": {"suffix": [*"abcdefghijklmnopqrstuvwxyz0123456789"]}}]},
        ),
        (
            text(minLength=50, maxLength=60),
            {"a": [{"anything-but": {"prefix": [a + b for a in "abcdx" for b in "abcdx"]}}]},
        ),
        (text(minLength=40, maxLength=99), {"a": [{"suffix": {"equals-ignore-case": "ß" * 80}}]}),
        (text(enum=[f"v{number}" for number in range(5000)]), {"a": [f"w{number}" for number in range(250)]}),
        (text(), {"$or": [{"b": [f"x{number}"]} for number in range(900)]}),
        (deep(900), {"a": ["x"]}),
        (deep(900), {"b": [{"exists": False}]}),
        (
            {"properties": {"a" + ".a" * number: deep(number) for number in range(60)}},
            {"a" + ".a" * 40: ["x"]},
        ),
    ],
)
def test_hostile_contracts_and_patterns_get_an_answer(schema: dict[str, Any], pattern: Any) -> None:
    answer = can_match(parse(pattern), schema)
    assert isinstance(answer, Matchable | NeverMatches | Undecided)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.split(".")[0])
def test_every_rule_of_a_finished_storm_can_match_what_it_hears(path: Path) -> None:
    answers = rule_answers(load(path))
    assert {one.rule.note for one in answers} == {rule.note for rule in rules(load(path))}
    for one in answers:
        assert isinstance(one.answer, Matchable), one
        assert matches(parse(one.rule.pattern), one.answer.example)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(storms)
def test_every_rule_of_any_storm_is_answered(storm: Storm) -> None:
    for one in rule_answers(storm):
        if isinstance(one.answer, Matchable):
            assert matches(parse(one.rule.pattern), one.answer.example)
            assert (
                violations(event_schema(storm, one.event), one.answer.example) == ()
                or one.rule.bus == "default"
            )
        else:
            assert one.answer.because.endswith(".")


def test_a_rule_that_eventbridge_refuses_is_told_as_such() -> None:
    storm = (
        Storm(name="Shop").add_event("Paid").add_listener("Alarm", for_="Desk", where={"a": [{"begins": 1}]})
    )
    (one,) = rule_answers(storm)
    assert isinstance(one.answer, NeverMatches) and "Event pattern is not valid" in one.answer.because


@pytest.mark.parametrize("other", ["number", "null", "object", "boolean"])
def test_an_array_beside_another_type_may_hold_anything_where_its_items_are_not_said(other: str) -> None:
    schema = {"type": "object", "properties": {"tags": {"type": ["array", other]}}}
    pattern = parse({"tags": [{"prefix": "vip-"}]})
    answer = can_match(pattern, schema)
    assert isinstance(answer, Matchable) and matches(pattern, answer.example)
    assert violations(schema, answer.example) == ()
