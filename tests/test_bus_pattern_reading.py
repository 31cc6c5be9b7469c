"""Reading event patterns: what they mean, and what is wrong with them in AWS's words."""

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from anycompany.bus.pattern import Pattern, PatternError, parse
from anycompany.bus.pattern.model import Cidr, Equals, Numeric
from anycompany.bus.pattern.wildcards import complexity, wildcard

from .event_patterns import patterns
from .storms import HOSTILE_TEXTS

ASKS = [{"numeric": [">", 1]}]


def fields(pattern: Any) -> list[dict[str, Any]]:
    return [dict(branch.fields) for branch in parse(pattern).branches]


def reason(pattern: Any) -> str:
    with pytest.raises(PatternError) as refused:
        parse(pattern)
    return refused.value.what.removeprefix("Event pattern is not valid. Reason: ")


def test_a_dotted_key_is_the_nested_keys() -> None:
    assert parse({"a.b": {"c": [1]}}) == parse({"a": {"b.c": [1]}}) == parse({"a": {"b": {"c": [1]}}})


def test_of_a_key_that_stands_twice_the_last_one_counts() -> None:
    assert fields('{"a": [1], "a": [2]}') == fields({"a": [2]})
    assert fields('{"a.b": [1], "a": {"b": [2]}}') == fields({"a": {"b": [2]}})
    assert fields('{"a": {"b": [1]}, "a": {"c": [2]}}') == fields({"a": {"b": [1], "c": [2]}})


def test_an_or_goes_on_from_the_fields_before_it() -> None:
    either = {"$or": [{"a": [1]}, {"b": [2]}]}
    assert (
        fields({"c": [3], **either})
        == fields({**either, "c": [3]})
        == [
            {"a": (Equals("#1"),), "c": (Equals("#3"),)},
            {"b": (Equals("#2"),), "c": (Equals("#3"),)},
        ]
    )


def test_an_alternative_that_repeats_a_field_takes_its_place() -> None:
    assert fields('{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}') == [
        {"a": (Equals("#2"),)},
        {"a": (Equals("#1"),), "b": (Equals("#3"),)},
    ]


def test_several_or_are_multiplied() -> None:
    either = {"$or": [{"x": [1]}, {"y": [1]}]}
    assert [sorted(one) for one in fields({"a": either, "b": either})] == [
        ["a.x", "b.x"], ["a.y", "b.x"], ["a.x", "b.y"], ["a.y", "b.y"],
    ]  # fmt: skip


def test_an_or_nested_in_an_alternative_is_taken_apart_there() -> None:
    pattern = {"$or": [{"a": [1], "$or": [{"b": [1]}, {"c": [1]}]}, {"d": [1]}]}
    assert [sorted(one) for one in fields(pattern)] == [["a", "b"], ["a", "c"], ["d"]]


def test_an_ip_address_alone_is_a_range_of_one() -> None:
    assert fields({"a": ["10.0.0.1"]}) == [{"a": (Cidr(4, 0x0A000001, 0x0A000001, "10.0.0.1"),)}]
    assert fields({"a": [{"exactly": "10.0.0.1"}]}) == [{"a": (Equals('"10.0.0.1'),)}]


def test_a_number_no_double_is_equal_to_is_kept_as_it_is_spelled() -> None:
    assert fields('{"a": [1e400, 3.0e2]}') == [{"a": (Equals("#1e400"), Equals("#300"))}]


def test_a_range_has_both_its_bounds() -> None:
    found = fields({"a": [{"numeric": [">", -1.5, "<=", 5e9]}]})
    assert found == [{"a": (Numeric(-1.5, True, 5e9, False),)}]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ([], "Filter is not an object"),
        ("5", "Filter is not an object"),
        ({}, "Empty objects are not allowed"),
        ({"a": {}}, "Empty objects are not allowed"),
        ({"a": []}, "Empty arrays are not allowed"),
        ({"a": 5}, '"a" must be an object or an array'),
        ({"a": [[1]]}, "Match value must be String, number, true, false, or null"),
        ({"a": [{}]}, "Match expression name not found"),
        ({"a": [{"regex": "x"}]}, "Unrecognized match type regex"),
        ({"a": [{"prefix": "x", "suffix": "y"}]}, "Only one key allowed in match expression"),
        ({"a": [{"prefix": {"suffix": "y"}}]}, "Unsupported prefix pattern: suffix"),
        ({"a": [{"prefix": {}}]}, "Prefix expression name not found"),
        ({"a": [{"numeric": []}]}, "Invalid member in numeric match: ]"),
        ({"a": [{"numeric": [">"]}]}, "Value of > must be numeric"),
        ({"a": [{"numeric": ["=", "1"]}]}, "Value of equals must be numeric"),
        ({"a": [{"numeric": [">", 1, 2, 3]}]}, "Bad value in numeric range: 2"),
        ({"a": [{"numeric": [">", 1, ">", 3]}]}, "Bad numeric range operator: >"),
        ({"a": [{"numeric": [">", 3, "<", 3]}]}, "Bottom must be less than top"),
        ({"a": [{"numeric": ["<", 3, ">", 1]}]}, "Too many elements in numeric expression"),
        ({"a": [{"numeric": [">", 1, "<", 3, 4]}]}, "Too many terms in numeric range expression"),
        ({"a": [{"anything-but": []}]}, "Inside anything but list, either all values are number or string, mixed type is not supported"),
        ({"a": [{"anything-but": [1, "x"]}]}, "Inside anything but list, either all values are number or string, mixed type is not supported"),
        ({"a": [{"anything-but": True}]}, "Value of anything-but must be an array or single string/number value."),
        ({"a": [{"anything-but": {"prefix": ""}}]}, "Null prefix/suffix not allowed"),
        ({"a": [{"anything-but": {"cidr": "10.0.0.0/8"}}]}, "Unsupported anything-but pattern: cidr"),
        ({"a": [{"cidr": 5}]}, "prefix match pattern must be a string"),
        ({"a": [{"cidr": "10.0.0.0/32"}]}, "IPv4 mask bits must be < 32"),
        ({"a": [{"cidr": "::/128"}]}, "IPv6 mask bits must be < 128"),
        ({"a": [{"cidr": "10.0.0.0/-1"}]}, "Malformed CIDR, mask bits must not be negative"),
        ({"a": [{"cidr": "10.0.0.0/8/9"}]}, "Malformed CIDR, one '/' required"),
        ({"a": [{"cidr": "300.0.0.0/8"}]}, "Invalid IP address: 300.0.0.0"),
        ({"a": [{"cidr": "ten.0.0.0/8"}]}, "Nonstandard IP address: ten.0.0.0"),
        ({"a": [{"wildcard": "é**"}]}, "Consecutive wildcard characters at pos 3"),
        ({"a": [{"wildcard": "a\\b"}]}, "Invalid escape character at pos 2"),
        ({"a": [{"wildcard": "a\\"}]}, "Invalid escape character at pos 2"),
        ({"$or": {"a": [1]}}, "It must be an Array followed with $or."),
        ({"$or": [{"a": [1]}, 5]}, "Only JSON object is allowed in array of $or relationship."),
        ({"$or": [{"a": [1]}]}, "There must have at least 2 Objects in $or relationship."),
        ({"$or": [{"a": [1]}, {}]}, "Empty objects are not allowed"),
        ({"$or": [{"prefix": ["x"]}, {"a": [1]}]}, "prefix is Ruler reserved fieldName which cannot be used inside $or."),
        ({"a": ASKS, "b": [float("nan")]}, "Non-standard token 'nan'"),
        ("", "Unexpected end-of-input: was expecting a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"),
        ('{"a": [01]}', "Unexpected character ('0' (code 48)): was expecting a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"),
        ('{"a": ["x\ny"]}', "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value"),
        ('{"a": [1]} {}', "Unexpected character ('{' (code 123)): was expecting nothing after the object"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_words_of_aws(pattern: Any, said: str) -> None:
    assert reason(pattern) == said


def test_the_first_fault_of_a_text_is_the_one_that_is_said() -> None:
    assert reason('{"a": [{"suffix": [1, 2 3]}], broken') == "suffix match pattern must be a string"


def test_broken_json_is_said_with_its_place() -> None:
    with pytest.raises(PatternError, match=r"^line 2, column 8: "):
        parse('{\n  "a": x}')


def test_bytes_are_utf_8() -> None:
    assert parse('{"a": ["ü"]}'.encode()) == parse({"a": ["ü"]})
    assert reason(b'{"a": ["\xff"]}') == "Invalid UTF-8"


@pytest.mark.parametrize(
    ("texts", "places"),
    [(["abc"], 1), (["a*b"], 2), (["*/init/*", "*/dir/*"], 7), (["*:*:*:*:*:event-bus/*"], 11)],
)
def test_the_complexity_of_wildcards_is_that_of_event_ruler(texts: list[str], places: int) -> None:
    assert complexity([(wildcard(text),) for text in texts], most=99) == places


def test_the_wildcards_of_one_anything_but_count_as_one() -> None:
    assert complexity([(wildcard("*foo*"), wildcard("*bar*"))], most=99) == 4


def test_wildcards_that_are_too_complex_are_refused() -> None:
    too_complex = "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character"
    assert reason({"a": [{"wildcard": "*a" * 2000}]}) == too_complex
    assert reason({"a": [{"wildcard": f"{number}*x"} for number in range(10)]}) == too_complex
    assert reason({"$or": [{"a": [{"wildcard": f"*{letter}*"}]} for letter in "abcdef"]}) == too_complex


def test_more_combinations_than_eventbridge_takes_are_refused_at_once() -> None:
    either = ", ".join(f'"$or": [{{"a{number}": [1]}}, {{"b{number}": [1]}}]' for number in range(40))
    assert reason(f"{{{either}}}") == "The $or of this pattern come to more than 1000 combinations"


@pytest.mark.parametrize("depth", [1001, 100_000])
def test_nesting_is_limited_as_eventbridges_reader_limits_it(depth: int) -> None:
    said = "Document nesting depth (1001) exceeds the maximum allowed (1000)"
    assert reason('{"a":' * depth + "[1]" + "}" * depth) == said
    nested: Any = [1]
    for _ in range(depth):
        nested = {"a": nested}
    assert reason(nested) == said


def test_a_pattern_nested_a_thousand_deep_is_read() -> None:
    assert parse('{"a":' * 999 + "[1]" + "}" * 999).branches[0].fields[0][0] == ".".join("a" * 999)


@pytest.mark.parametrize(
    "pattern",
    [
        {".".join("a" * 100_000): [1]},
        {"a" * 30_000: [1]},
        {f"f{number}": [1] for number in range(300)},
        {"a": [{"numeric": [">", number]} for number in range(1000)]},
        {"a": [10**100_000]},
        {"a": [{"wildcard": "*" + "ab" * 100_000 + "*"}]},
        {"$or": [{"a": [number]} for number in range(100_000)]},
        {"a": [{1: 2}]},
        {"a": [{1, 2}]},
        None,
    ],
    ids=lambda pattern: type(pattern).__name__,
)
def test_what_costs_more_than_it_is_worth_is_refused(pattern: Any) -> None:
    assert reason(pattern)


def test_100_000_values_are_read() -> None:
    assert len(fields({"a": list(range(100_000))})[0]["a"]) == 100_000


@given(patterns)
def test_a_pattern_is_the_same_as_data_and_as_text(pattern: dict[str, Any]) -> None:
    assert parse(json.dumps(pattern)) == parse(json.dumps(pattern, indent=1).encode()) == parse(pattern)


@given(patterns)
def test_its_conditions_and_wanted_fields_are_those_of_its_branches(pattern: dict[str, Any]) -> None:
    read = parse(pattern)
    assert {path for path, _ in read.conditions()} == read.wanted.paths
    for branch in read.branches:
        paths = [path for path, _ in branch.fields]
        assert len(set(paths)) == len(paths)
        assert paths == sorted(paths, key=lambda path: path.encode("utf-16-be"))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(HOSTILE_TEXTS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["$or", "prefix", "numeric", "anything-but", "exists", "cidr", "wildcard", "a", "a.b"]
            )
            | st.text(),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(anything | st.dictionaries(st.text(max_size=3), anything, max_size=2))
def test_whatever_is_given_is_a_pattern_or_a_pattern_error(given_: Any) -> None:
    try:
        assert isinstance(parse(given_), Pattern)
    except PatternError as error:
        assert error.what.startswith("Event pattern is not valid. Reason: ")


@given(
    patterns.map(json.dumps), st.integers(0, 400), st.text('{}[]",:\\0e*\ud800', max_size=3), st.booleans()
)
def test_whatever_a_text_is_broken_to_is_a_pattern_or_a_pattern_error(
    text: str, at: int, put: str, cut: bool
) -> None:
    try:
        parse(text[:at] + put + ("" if cut else text[at:]))
    except PatternError as error:
        assert str(error)
