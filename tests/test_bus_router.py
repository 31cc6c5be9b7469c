"""Thousands of rules at once have the answers of one by one, whatever comes and however it is added."""

import json
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.pattern import EventError, Pattern, matches, parse
from anycompany.bus.pattern.events import read_fast
from anycompany.bus.router import Router
from anycompany.bus.router.memory import Memory
from anycompany.bus.router.ranges import Ranges
from anycompany.storm.errors import StormError

from .event_patterns import TEXTS, conditions, events, patterns
from .test_bus_pattern_conformance import FILES, cases

KINDS = st.sampled_from(
    [{}, {"source": "s", "detail-type": "d"}, {"source": "s"}, {"source": ["s"], "detail-type": "e"}]
)
kind_patterns = st.sampled_from(
    [{}, {"source": ["s"]}, {"source": ["s"], "detail-type": ["d"]}, {"detail-type": [{"exists": False}]}]
)
rules = st.lists(st.builds(lambda kind, more: {**more, **kind}, kind_patterns, patterns), max_size=12).map(
    lambda some: {f"rule-{number}": parse(one) for number, one in enumerate(some)}
)
kind_events = st.builds(lambda kind, more: {**more, **kind}, KINDS, events)


def one_by_one(rules: dict[str, Pattern], event: Any) -> list[str]:
    return [name for name, pattern in rules.items() if matches(pattern, event)]


def router_of(*asked: dict[str, Any]) -> Router:
    return Router({str(number): parse(pattern) for number, pattern in enumerate(asked)})


@settings(max_examples=60)
@given(rules, st.lists(kind_events, min_size=1, max_size=6))
def test_the_answers_are_those_of_one_by_one(rules: dict[str, Pattern], some: list[dict[str, Any]]) -> None:
    router = Router(rules)
    for event in some * 5:  # what comes often has a matcher of its own
        assert router.match(event) == one_by_one(rules, event)
        assert router.match_text(json.dumps(event)) == one_by_one(rules, json.dumps(event))


@settings(max_examples=25)
@given(rules, st.data())
def test_rules_come_and_go_between_events_in_any_order(
    rules: dict[str, Pattern], data: st.DataObject
) -> None:
    router, there = Router(), dict[str, Pattern]()
    for _ in range(25):
        name = data.draw(st.sampled_from(sorted(rules) or ["none"]))
        if name in there:
            router.remove(name)
            del there[name]
        elif name in rules:
            router.add(name, rules[name])
            there[name] = rules[name]
        event = data.draw(kind_events)
        assert router.match(event) == one_by_one(there, event)
    assert dict(router.rules) == there and len(router) == len(there)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_answer_is_that_of_eventbridge(file: Any) -> None:
    known = [case for case in cases(file) if case["expected"] != "error"]
    router = Router()
    for number, case in enumerate(known):
        router.add(str(number), parse(case.get("pattern_raw") or case["pattern"]))
    wrong = [
        case["name"]
        for number, case in enumerate(known)
        if (str(number) in router.match_text(case.get("event_raw") or json.dumps(case["event"])))
        != case["expected"]
    ]
    assert not wrong


TEXT_EVENTS = [
    '{"a": 1, "a": 2}',
    '{"a": 12345678901234567890}',
    '{"a": 12345678901234567891}',
    '{"a": 0.1000000000000000055511151231257827}',
    '{"a": 1e-400}',
    '{"a": 1E-400}',
    '{"a": 0.0000000000000000001}',
    '{"a": 1e400}',
    '{"a": 1.0e2}',
    '{"a": -0.0}',
    '{"a": "\\ud800"}',
    '{"a": "\\ud83d\\ude00"}',
    '{"a.b": 1}',
    '{"a": {"b": 1}, "a.b": 2}',
    '{"": 1}',
    '{"id": "1e-4000", "a": 100}',
    '{"a": [[1, [2]], {"b": 3}]}',
    '{"a": ' + "[" * 900 + "1" + "]" * 900 + "}",
    '{"a": NaN}',
    "[1]",
    '"text"',
    "7",
    "",
    "{",
    "\ufeff{}",
    '{"a": 1} x',
    "{'a': 1}",
]
ASKED: list[dict[str, Any]] = [
    {"a": [value]} for value in [0, 1, 2, 100, 0.1, 12345678901234567890, "😀", "\ud800"]
] + [{"a": {"b": [1, 2, 3]}}, {"a": [{"exists": False}]}, {"a": [{"numeric": ["<", 5]}]}, {"": [1]}]


@pytest.mark.parametrize("text", TEXT_EVENTS)
def test_a_text_has_the_answer_of_the_plain_matcher(text: str) -> None:
    rules = {str(number): parse(pattern) for number, pattern in enumerate(ASKED)}
    forms: list[str | bytes] = [text, text.encode("utf-8", "surrogatepass")]
    for form in forms:
        try:
            plain: Any = one_by_one(rules, form)
        except EventError as error:
            plain = error.what
        try:
            routed: Any = Router(rules).match_text(form)
        except EventError as error:
            routed = error.what
        assert routed == plain


def test_a_text_that_is_not_utf_8_is_refused_as_by_the_plain_matcher() -> None:
    with pytest.raises(EventError, match="UTF-8"):
        router_of({"a": [1]}).match_text(b'{"a": "\xff"}')


NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,3})?", fullmatch=True)


@given(NUMBERS)
def test_only_texts_that_floats_tell_exactly_are_read_the_fast_way(number: str) -> None:
    text = f'{{"a": {number}}}'
    rules = {"same": parse(f'{{"a": [{number}]}}'), "number": parse({"a": [{"numeric": ["<", 1e308]}]})}
    answer = one_by_one(rules, text)
    assert "same" in answer and Router(rules).match_text(text) == answer
    event = read_fast(text)
    assert event is None or one_by_one(rules, event) == answer


def test_names_come_in_the_order_of_adding() -> None:
    router = Router()
    for name in ("z", "b", "a"):
        router.add(name, parse({"a": [{"exists": True}]}))
        router.match({"a": 1})
    router.remove("b")
    router.add("b", parse({"a": [1]}))
    assert router.match({"a": 1}) == ["z", "a", "b"]


def test_a_name_is_taken_once_and_removed_once() -> None:
    router = router_of({"a": [1]})
    with pytest.raises(StormError, match="already"):
        router.add("0", parse({"a": [1]}))
    router.remove("0")
    with pytest.raises(StormError, match="no rule"):
        router.remove("0")
    assert router.match({"a": 1}) == []


def test_a_list_that_was_answered_may_be_changed() -> None:
    router = router_of({"a": [1]})
    router.match({"a": 1}).clear()
    assert router.match({"a": 1}) == ["0"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, object()])
def test_what_json_has_not_is_refused_where_it_is_asked_for(value: Any) -> None:
    with pytest.raises(EventError):
        router_of({"a": [1]}).match({"a": value})
    with pytest.raises(EventError):
        router_of({"a": [1]}).match({"a": [1, value]})
    assert router_of({"a": [1]}).match({"a": 1, "b": value}) == ["0"]


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(EventError, match="no field name"):
        router_of({"a": [1]}).match({1: 1})  # type: ignore[dict-item]


def test_fields_of_one_array_have_to_be_met_in_one_element() -> None:
    router = router_of(
        {"a": {"x": [1], "y": [2]}}, {"a": {"x": [1]}}, {"a": {"x": [1], "z": [{"exists": False}]}}
    )
    assert router.match({"a": [{"x": 1}, {"y": 2}]}) == ["1", "2"]
    assert router.match({"a": [{"x": 1, "y": 2, "z": 3}]}) == ["0", "1"]
    assert router.match({"a": [{"x": 1, "y": 2}, {"z": 3}]}) == ["0", "1", "2"]


def test_dotted_keys_are_the_nested_ones() -> None:
    router = router_of({"a": {"b": {"c": [1]}}}, {"a.b": [1]}, {".": [1]})
    assert router.match({"a.b": {"c": 1}}) == router.match({"a": {"b.c": 1}}) == ["0"]
    assert router.match({"a.b": 1}) == router.match({"a": {"b": 1}}) == ["1"]
    assert router.match({"": {"": 1}}) == ["2"]
    assert router.match({"a.x": 1, "a": {"b": 1}}) == ["1"]


def remembered(router: Router) -> int:
    return router._memory._bytes


def test_events_that_never_repeat_do_not_make_it_grow_without_end() -> None:
    router = router_of(
        {"a": [{"prefix": "x"}], "b": [{"numeric": [">", 5]}]},
        {"source": [{"prefix": "s1"}]},
        {"c": {"d": [1]}},
    )
    router._memory = memory = Memory(most_bytes=100_000)
    most = 0
    for number in range(5_000):
        kind = {"source": f"s{number}", "detail-type": f"d{number}"}
        event = {**kind, "a": f"x{number}", "b": number, f"k{number}": number, "c": {f"k.{number}": 1}}
        assert router.match(event)[:1] == (["0"] if number > 5 else router.match(event)[:1])
        most = max(most, remembered(router), len(memory.without_dots))
    assert most <= 100_000
    router.match({"a": "x" * 1_000_000, "b": 6})
    assert remembered(router) <= 100_000


def test_rules_of_their_own_for_many_kinds_of_events_are_bounded() -> None:
    rules = {
        f"{kind}-{number}": parse({"source": [f"s{kind}"], "detail": {"a": [{"prefix": str(number)}]}})
        for kind in range(30)
        for number in range(40)
    }
    router = Router(rules)
    for _ in range(6):
        for kind in range(30):
            event = {"source": f"s{kind}", "detail-type": "d", "detail": {"a": "1"}}
            assert router.match(event) == [f"{kind}-1"]


def test_an_array_of_100_000_elements_is_gone_through_once() -> None:
    router = router_of({"a": [99_999]}, {"b": {"c": [{"suffix": "99"}]}}, {"a": [{"anything-but": 1}]})
    assert router.match({"a": list(range(100_000))}) == ["0", "2"]
    assert router.match({"b": [{"c": f"x{number}"} for number in range(100_000)]}) == ["1"]


def test_events_nested_deep_are_answered_as_by_the_plain_matcher() -> None:
    deep: Any = 1
    for _ in range(3_000):
        deep = {"a": deep}
    path: Any = [1]
    for _ in range(900):
        path = {"a": path}
    rules = {"shallow": parse({"b": [1]}), "deep": parse(path)}
    assert Router(rules).match({"b": 1, "a": deep}) == ["shallow"]
    inside: Any = 1
    for number in range(900):
        inside = {"a": [inside] if number % 2 else inside}
    assert Router(rules).match(inside) == one_by_one(rules, inside)


@given(
    st.lists(
        st.tuples(st.integers(-3, 3), st.booleans(), st.integers(-3, 3), st.booleans()),
        min_size=1,
        max_size=80,
    )
)
def test_ranges_are_found_as_if_each_were_tried(some: list[tuple[int, bool, int, bool]]) -> None:
    ranges = Ranges(
        (1 << number, (low, 2 if low_open else 0), (high, 0 if high_open else 2))
        for number, (low, low_open, high, high_open) in enumerate(some)
    )
    for value in (-4, -3, -0.5, 0, 3, 4):
        held = sum(
            1 << number
            for number, (low, low_open, high, high_open) in enumerate(some)
            if (low < value or (low == value and not low_open))
            and (value < high or (value == high and not high_open))
        )
        assert ranges.holding(value) == held


@given(st.lists(conditions, min_size=1, max_size=30), st.sampled_from(TEXTS) | st.text(max_size=5))
def test_conditions_on_one_path_are_found_as_if_each_were_tried(asked: list[Any], text: str) -> None:
    rules = {str(number): parse({"a": [condition]}) for number, condition in enumerate(asked)}
    assert Router(rules).match({"a": text}) == one_by_one(rules, {"a": text})
