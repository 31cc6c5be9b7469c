"""Why an event does not match a pattern, in words."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.pattern import explain, matches, parse
from anycompany.bus.pattern.events import delivered

from .event_patterns import events, patterns
from .storms import HOSTILE_TEXTS, ROOT

SAMPLES = ROOT.parent / "shared" / "reference" / "sample-events"


def why(asked: Any, value: Any) -> str:
    """What is said of one field that fails."""
    explained = explain(parse({"a": asked if isinstance(asked, list) else [asked]}), {"a": value})
    assert not explained.matches
    return explained.branches[0].failed[0].why


def test_a_text_that_looks_like_a_number_is_told_from_a_number() -> None:
    pattern = parse({"detail": {"amount": [{"numeric": [">", 10000]}]}})
    assert str(explain(pattern, {"detail": {"amount": "928309.42"}})) == (
        "The event does not match.\n"
        '  detail.amount is the text "928309.42", and numeric > 10000 asks for a number: '
        "a text never matches a number."
    )


def test_the_amount_of_the_sample_events_never_passes_the_numeric_filter() -> None:
    pattern = parse({"detail": {"transaction-amount": [{"numeric": [">", 10000]}]}})
    [entry] = json.loads((SAMPLES / "app-2025-episode5.json").read_text("utf-8"))
    assert str(explain(pattern, delivered(entry))).endswith(
        'detail.transaction-amount is the text "928309.42", and numeric > 10000 asks for a number: '
        "a text never matches a number."
    )
    assert "an entry for PutEvents" in str(explain(pattern, entry))


@pytest.mark.parametrize(
    ("asked", "value", "said"),
    [
        ({"numeric": [">", 10]}, 5, "a is the number 5, and numeric > 10 does not hold for it."),
        (5, "5", 'a is the text "5", and equals 5 asks for a number: a text never matches a number.'),
        ("5", 5, 'a is the number 5, and equals "5" asks for a text: a number never matches a text.'),
        (True, "true", "asks for true, not a text: a text never matches true."),
        ("Paid", "paid", 'equals "Paid" minds the case of letters, which differs.'),
        ("paid", "paid ", 'equals "paid" minds white space, which differs.'),
        ({"prefix": "us-"}, "US-east", 'prefix "us-" minds the case of letters, which differs.'),
        ({"suffix": ".png"}, "a.png ", "minds white space, and there is some at the end."),
        ({"wildcard": "*/Lib/*"}, "a/lib/b", "minds the case of letters, which differs."),
        ({"wildcard": "a*b"}, "ac", 'asks for a text that ends with "b".'),
        ({"prefix": "x"}, 5, 'prefix "x" asks for a text: a number is none.'),
        ({"cidr": "10.0.0.0/24"}, "ten", "asks for an IP address: this text spells none."),
        ({"cidr": "10.0.0.0/24"}, "::1", "asks for an address of IPv4: this is one of IPv6."),
        ({"cidr": "10.0.0.0/24"}, "10.0.1.0", "cidr 10.0.0.0/24 does not hold for it."),
        ({"anything-but": {"prefix": "x"}}, "xy", 'anything-but prefix "x" excludes it: prefix "x" holds.'),
        ({"exists": False}, 5, "a is the number 5, and exists false asks that there is none."),
        ({"exists": True}, {"b": 1}, "a is an object: only its fields have values that can be asked for, and exists works on values alone."),
        ({"anything-but": "x"}, [], 'a is an empty array, which counts as absent, and anything-but "x" asks for a value there.'),
        (None, "", 'a is the text "", and equals null asks for null, not a text.'),
        ({"numeric": [">", 0]}, 12345678901234567891, "does not hold: a number that no double is equal to cannot be compared."),
    ],
)  # fmt: skip
def test_the_reason_is_said(asked: Any, value: Any, said: str) -> None:
    assert why(asked, value).endswith(said)


def test_of_several_values_and_conditions_the_nearest_miss_is_said() -> None:
    said = why(["paid", {"prefix": "B"}], ["open", "lost", "bill"])
    assert (
        said
        == 'a has 3 values, the nearest is the text "bill", and prefix "B" minds the case of letters, which differs.'
    )


@pytest.mark.parametrize(
    ("asked", "near"),
    [("detail.ammount", "detail.amount"), ("detail.Amount", "detail.amount"), ("amount", "detail.amount")],
)
def test_a_missing_field_is_said_with_the_one_that_is_like_it(asked: str, near: str) -> None:
    explained = explain(parse({asked: [5]}), {"id": 1, "detail": {"amount": 5, "currency": "EUR"}})
    assert explained.branches[0].failed[0].why == (
        f"The event has no field {asked}, and equals 5 asks for a value there. It has {near}."
    )


def test_a_text_where_an_object_is_asked_for_has_no_fields() -> None:
    said = str(explain(parse({"detail": {"amount": [5]}}), {"detail": '{"amount": 5}'}))
    assert said.endswith(
        'asks for a value there. detail is the text "{\\"amount\\": 5}", which has no fields.'
    )


def test_a_missing_field_that_is_like_no_other_is_just_missing() -> None:
    said = str(explain(parse({"zebra": [5]}), {"id": 1}))
    assert said.endswith("The event has no field zebra, and equals 5 asks for a value there.")


def test_the_nearest_alternative_comes_first_and_its_fields_that_are_met_are_named() -> None:
    pattern = parse({"z": [0], "$or": [{"a": [1], "b": [2]}, {"c": [3]}, {"d": [4], "e": [5]}]})
    explained = explain(pattern, {"z": 0, "a": 1, "b": 3})
    first, second, third = explained.branches
    assert (first.met, [failed.path for failed in first.failed]) == (("a", "z"), ["b"])
    assert [failed.path for failed in second.failed] == ["c"]
    assert len(third.failed) == 2
    assert "Alternative 1 (2 of 3 fields met):" in str(explained)


def test_a_match_is_explained_by_what_holds() -> None:
    explained = explain(parse({"a": ["x", {"prefix": "y"}], "b": [{"exists": False}]}), {"a": ["z", "yes"]})
    assert explained.matches
    assert explained.because == ('a is the text "yes": prefix "y"', "b is not there")


def test_only_the_nearest_of_many_alternatives_are_said() -> None:
    explained = explain(parse({"$or": [{f"a{number}": [1]} for number in range(1000)]}), {"b": 1})
    assert len(explained.branches) == 10 and explained.more == 990
    assert "And 990 more alternatives" in str(explained)


@given(patterns, events)
def test_the_explanation_agrees_with_the_answer(pattern: dict[str, Any], event: dict[str, Any]) -> None:
    read = parse(pattern)
    explained = explain(read, event)
    assert explained.matches == matches(read, event)
    assert str(explained)
    assert json.loads(json.dumps(explained.as_json()))["matches"] == explained.matches
    if not explained.matches:
        assert all(branch.failed or branch.apart for branch in explained.branches)


@settings(max_examples=50)
@given(st.sampled_from(HOSTILE_TEXTS) | st.text(), st.sampled_from(HOSTILE_TEXTS) | st.text())
def test_no_text_reaches_a_terminal_with_a_character_that_acts(one: str, other: str) -> None:
    asked = [{"prefix": one}, {"equals-ignore-case": one}, {"anything-but": [one]}, one]
    for event in ({other: other}, {one: other}, {one: one}):
        explained = explain(parse({one: asked, other: [one]}), event)
        said = [str(explained), *(failed.why for branch in explained.branches for failed in branch.failed)]
        for text in said:
            assert all(
                letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
                for letter in text
            )
            assert all(len(line) < 2000 for line in text.splitlines())


def test_what_is_long_is_cut() -> None:
    said = str(explain(parse({"a" * 10_000: ["b" * 1_000_000]}), {"a" * 10_000: "c" * 1_000_000}))
    assert len(said) < 1000
    said = str(explain(parse({"a": [str(number) for number in range(10_000)]}), {"a": list(range(100_000))}))
    assert len(said) < 1000


def test_the_array_that_is_named_is_the_one_whose_elements_keep_the_fields_apart() -> None:
    pattern = parse({"a": {"x": [1], "y": [2]}, "c": {"x": [1], "y": [2]}})
    said = str(explain(pattern, {"a": [{"x": 1, "y": 2}], "c": [{"x": 1}, {"y": 2}]}))
    assert "c.x, c.y: each is met, but not in the same element of c," in said
    inner = parse({"a": {"b": {"x": [1], "y": [2]}}})
    assert "the same element of a.b," in str(explain(inner, {"a": [{"b": [{"x": 1}, {"y": 2}]}]}))


@pytest.mark.parametrize(
    ("wildcard", "text", "said"),
    [
        ("a*b", "ba", 'asks for a text that begins with "a"'),
        ("a*b", "abc", 'asks for a text that ends with "b"'),
        ("ab*ba", "aba", 'asks for "ba" at the end, after "ab": one letter counts once'),
        ("a*b*c*d", "acbd", 'asks for "c" after "b", which does not come there'),
        ("*b*", "xyz", 'asks for "b", which does not come there'),
        ("abc", "xabc", "asks for another text"),
    ],
)
def test_what_is_said_of_a_wildcard_is_true_of_the_text(wildcard: str, text: str, said: str) -> None:
    found = explain(parse({"a": [{"wildcard": wildcard}]}), {"a": text})
    assert not found.matches and f'wildcard "{wildcard}" {said}.' in str(found)


def test_a_condition_that_ignores_case_is_not_said_to_mind_it() -> None:
    said = str(explain(parse({"a": [{"equals-ignore-case": "strasse"}]}), {"a": "straße"}))
    assert "minds the case" not in said and "ignores case letter by letter only" in said
