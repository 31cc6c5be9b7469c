"""Fields inside one array of objects are met in one element."""

from typing import Any

import pytest
from hypothesis import given, settings

from anycompany.bus.pattern import explain, matches, parse
from anycompany.bus.pattern.fields import flatten

from .event_patterns import events, meets_as_event_ruler_does, patterns

LINES = {"lines": [{"sku": "x", "qty": 1}, {"sku": "y", "qty": 2}]}


def matched(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
    return matches(parse(pattern), event)


def test_fields_of_one_array_have_to_be_met_in_one_element() -> None:
    assert matched({"lines": {"sku": ["y"], "qty": [2]}}, LINES)
    assert not matched({"lines": {"sku": ["y"], "qty": [1]}}, LINES)


def test_fields_of_two_arrays_are_met_each_in_its_own() -> None:
    event = {"a": [{"x": 1}, {"x": 2}], "b": [{"x": 1}, {"x": 2}]}
    assert matched({"a": {"x": [1]}, "b": {"x": [2]}}, event)


def test_the_same_holds_in_arrays_inside_arrays() -> None:
    event = {"a": [{"n": 1, "b": [{"x": 1, "y": 1}, {"x": 2, "y": 2}]}, {"n": 2, "b": [{"x": 3, "y": 4}]}]}
    assert matched({"a": {"n": [1], "b": {"x": [2], "y": [2]}}}, event)
    assert not matched({"a": {"n": [1], "b": {"x": [1], "y": [2]}}}, event)
    assert not matched({"a": {"n": [1], "b": {"x": [3], "y": [4]}}}, event)


def test_arrays_in_arrays_are_one_list_of_values_each_in_its_element() -> None:
    event = {"a": [[1, {"x": 1}], [2, {"x": 2}]]}
    assert matched({"a": [2]}, event)
    assert matched({"a": [2], "a.x": [2]}, event)
    assert not matched({"a": [1], "a.x": [2]}, event)


def test_each_alternative_of_an_or_is_met_in_one_element() -> None:
    pattern = {"lines": {"$or": [{"sku": ["x"], "qty": [2]}, {"sku": ["y"], "qty": [2]}]}}
    assert matched(pattern, LINES)
    assert not matched({"lines": {"$or": [{"sku": ["x"]}, {"sku": ["z"]}], "qty": [2]}}, LINES)


def test_a_field_is_absent_from_the_element_that_the_fields_before_it_are_met_in() -> None:
    event = {"lines": [{"b": 1}, {"b": 2, "c": 3}]}
    assert matched({"lines": {"b": [1], "c": [{"exists": False}]}}, event)
    assert not matched({"lines": {"b": [2], "c": [{"exists": False}]}}, event)


def test_a_field_before_all_others_is_absent_only_where_no_element_has_it() -> None:
    event = {"lines": [{"b": 1}, {"a": 3, "b": 2}]}
    assert not matched({"lines": {"a": [{"exists": False}], "b": [1]}}, event)


def test_the_explanation_names_the_array_that_no_element_meets() -> None:
    said = str(explain(parse({"lines": {"sku": ["y"], "qty": [1]}}), LINES))
    assert "lines.qty, lines.sku: each is met, but not in the same element of lines" in said


@settings(max_examples=400, deadline=None)
@given(patterns, events)
def test_every_match_is_one_that_event_rulers_search_finds(
    pattern: dict[str, Any], event: dict[str, Any]
) -> None:
    read = parse(pattern)
    assert matches(read, event) == meets_as_event_ruler_does(read, event)


@settings(max_examples=200, deadline=None)
@given(patterns, events)
def test_laying_an_event_flat_loses_no_value_that_is_asked_about(
    pattern: dict[str, Any], event: dict[str, Any]
) -> None:
    wanted = parse(pattern).wanted
    laid = flatten(event, wanted)
    expected: dict[str, list[Any]] = {}

    def collect(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                collect(inner, f"{path}.{key}" if path else key)
        elif isinstance(value, list):
            for inner in value:
                collect(inner, path)
        elif path in wanted.paths:
            expected.setdefault(path, []).append(value)

    collect(event, "")
    assert {path: sorted(map(repr, values)) for path, values in laid.values.items()} == {
        path: sorted(map(repr, values)) for path, values in expected.items()
    }
    assert all(len(laid.places[path]) == len(laid.values[path]) for path in laid.places)


@pytest.mark.parametrize("last", [1, 99_999])
def test_an_array_of_100_000_objects_is_searched_once(last: int) -> None:
    lines = [{"sku": str(number), "qty": number, "of": {"n": [number]}} for number in range(100_000)]
    asked = {"sku": [{"exists": True}], "qty": [{"numeric": [">=", 0]}], "of": {"n": [last]}}
    assert matched({"lines": asked}, {"lines": lines})
    assert not matched({"lines": asked | {"sku": [{"prefix": "x"}, "7"]}}, {"lines": lines})
