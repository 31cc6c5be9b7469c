"""A branch's condition in JSONata is true for exactly the events that the event pattern lets through."""

from __future__ import annotations

from typing import Any

import jsonata
import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.pattern import PatternError, matches, parse
from anycompany.stacks.workflow.conditions import NotExactError, condition, fault_in_condition

from .judges import judged

KEYS = st.sampled_from(["a", "b", "c d", "$x"])
TEXTS = ["x", "y", "xy", "yx", "", "a\n\"b\" 'c' ${x} {{y}} %}"]
SCALARS = st.sampled_from(TEXTS) | st.integers(-2, 3) | st.sampled_from([1.5, 300.0, 1e21]) | st.booleans()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
DETAILS = st.dictionaries(KEYS, VALUES, max_size=3)
CONDITIONS = st.one_of(
    SCALARS,
    st.sampled_from(TEXTS).map(lambda text: {"prefix": text}),
    st.sampled_from(TEXTS).map(lambda text: {"suffix": text}),
    st.booleans().map(lambda there: {"exists": there}),
    st.integers(-2, 2).map(lambda bound: {"numeric": [">", bound]}),
    st.integers(-2, 2).map(lambda bound: {"numeric": [">=", bound, "<", bound + 2]}),
    st.sampled_from(["x", 1, ["x", "y"], [1, 2], {"prefix": "x"}, {"suffix": "y"}]).map(
        lambda what: {"anything-but": what}
    ),
)
LEAVES = st.lists(CONDITIONS, min_size=1, max_size=2)
WHERES = st.recursive(
    st.dictionaries(KEYS, LEAVES, min_size=1, max_size=2),
    lambda inner: st.dictionaries(KEYS, LEAVES | inner, min_size=1, max_size=2),
    max_leaves=4,
) | st.lists(st.dictionaries(KEYS, LEAVES, min_size=1, max_size=2), min_size=2, max_size=2).map(
    lambda ways: {"$or": ways}
)


def asked(where: dict[str, Any], detail: dict[str, Any]) -> Any:
    return jsonata.Jsonata.jsonata(condition(where)).evaluate(None, {"event": {"detail": detail}})


@settings(max_examples=400, deadline=None)
@given(WHERES, DETAILS)
def test_a_condition_is_true_for_exactly_the_events_that_match(
    where: dict[str, Any], detail: dict[str, Any]
) -> None:
    try:
        pattern = parse({"detail": where})
    except PatternError:
        assert fault_in_condition(where)
        return
    event = {"source": "s", "detail-type": "d", "detail": detail}
    assert asked(where, detail) is matches(pattern, event)


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ({"a": [{"wildcard": "x*y"}]}, "wildcard"),
        ({"a": [{"cidr": "10.0.0.0/8"}]}, "cidr"),
        ({"a": [{"equals-ignore-case": "x"}]}, "equals-ignore-case"),
        ({"a": [{"prefix": {"equals-ignore-case": "x"}}]}, "without regard to case"),
        ({"a": [{"anything-but": {"wildcard": "x*"}}]}, "wildcard"),
        ({"a": [None]}, "null"),
        ({"a`b": ["x"]}, "cannot be named"),
    ],
)
def test_what_jsonata_cannot_ask_exactly_is_refused_with_its_name(where: dict[str, Any], why: str) -> None:
    with pytest.raises(NotExactError, match=why):
        condition(where)
    assert why in str(fault_in_condition(where))


def test_what_is_no_pattern_is_refused_in_the_words_of_aws() -> None:
    assert "Event pattern is not valid" in str(fault_in_condition({"a": "x"}))


AWKWARD = [
    ({"a": [{"exists": True}]}, {"a": None}),
    ({"a": [{"exists": False}]}, {"a": None}),
    ({"a": [{"exists": False}]}, {"a": []}),
    ({"a": [{"anything-but": ["x"]}]}, {"a": None}),
    ({"a": [{"anything-but": ["x"]}]}, {"a": [None, "x"]}),
    ({"a": {"b": ["x"], "c d": [1]}}, {"a": [{"b": "x"}, {"c d": 1}]}),
    ({"a": {"b": ["x"], "c d": [1]}}, {"a": [{"b": "y"}, {"b": "x", "c d": 1}]}),
    ({"a": [[1]][0]}, {"a": [[2, [1]]]}),
    ({"a": [300]}, {"a": 300.0}),
    ({"a": ["300"]}, {"a": 300}),
    ({"a": [{"prefix": "𝄞"}]}, {"a": "𝄞x"}),
    ({"a": [{"suffix": "é"}]}, {"a": "xé"}),
    ({"a": [{"numeric": ["<", 5]}]}, {"a": "4"}),
    ({"a": [True]}, {"a": 1}),
]


def test_the_reference_engine_of_jsonata_agrees() -> None:
    questions = [[condition(where), {"event": {"detail": detail}}] for where, detail in AWKWARD]
    answers = judged("evaluate_jsonata.mjs", questions)
    expected = [
        matches(parse({"detail": where}), {"source": "s", "detail-type": "d", "detail": detail})
        for where, detail in AWKWARD
    ]
    assert answers == expected
