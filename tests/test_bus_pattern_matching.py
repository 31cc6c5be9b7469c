"""What event patterns match: every operator, as EventBridge reads it."""

import ipaddress
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from anycompany.bus.pattern import EventError, matches, parse
from anycompany.bus.pattern.addresses import address
from anycompany.bus.pattern.meeting import fits, same_ignoring_case
from anycompany.bus.pattern.model import fold
from anycompany.bus.pattern.values import cases, comparable, key_of, number
from anycompany.bus.pattern.wildcards import wildcard

from .event_patterns import events, patterns
from .storms import HOSTILE_TEXTS


def met(asked: Any, *values: Any) -> list[bool]:
    pattern = parse({"a": asked if isinstance(asked, list) else [asked]})
    return [matches(pattern, {"a": value}) for value in values]


def test_a_number_never_matches_a_text() -> None:
    assert met({"numeric": [">", 10000]}, 928309.42, "928309.42") == [True, False]
    assert met(5, 5, "5", True) == [True, False, False]
    assert met("5", 5) == met(True, "true", 1)[:1] == [False]


def test_equal_numbers_match_whatever_their_spelling() -> None:
    pattern = parse('{"a": [300]}')
    assert all(matches(pattern, f'{{"a": {spelled}}}') for spelled in ("300", "300.0", "3e2", "3.00E+2"))
    assert met(0, -0.0, 0, False) == [True, True, False]


def test_a_number_no_double_is_equal_to_matches_its_own_spelling_only() -> None:
    pattern = parse('{"a": [1e400, 12345678901234567891]}')
    assert [matches(pattern, f'{{"a": {spelled}}}') for spelled in ("1e400", "1E400", "12345678901234567891")] == [
        True, False, True,
    ]  # fmt: skip
    assert not matches(pattern, '{"a": 12345678901234567890}')
    assert met({"numeric": [">", 0]}, 12345678901234567891, 2**60 + 1, 2**53) == [False, False, True]
    assert met({"anything-but": 5}, 12345678901234567891) == [True]


def test_null_is_there_and_an_empty_array_is_not() -> None:
    assert met({"exists": True}, None, [], {}, {"b": 1}, [1], "") == [True, False, False, False, True, True]
    assert met({"exists": False}, None, [], {}, {"b": 1}, [1]) == [False, True, True, True, False]
    assert met(None, None, [], "") == [True, False, False]


def test_anything_but_asks_for_a_value() -> None:
    assert met({"anything-but": "x"}, "x", "y", 5, None, []) == [False, True, True, True, False]
    assert not matches(parse({"a": [{"anything-but": "x"}]}), {"b": 1})
    assert met({"anything-but": [1, 2]}, 1, 1.0, "1", 3) == [False, False, True, True]
    assert met({"anything-but": {"prefix": ["x", "y"]}}, "xa", "ya", "za", 5) == [False, False, True, True]
    assert met({"anything-but": {"suffix": "x"}}, "ax", "xa", None) == [False, True, True]
    assert met({"anything-but": {"equals-ignore-case": ["ab"]}}, "AB", "abc") == [False, True]
    assert met({"anything-but": {"wildcard": "*/lib/*"}}, "a/lib/b", "a/bin/b") == [False, True]


def test_one_value_of_an_array_is_enough() -> None:
    assert met("x", ["y", "x"], ["y"], [["x"]]) == [True, False, True]
    assert met({"anything-but": "x"}, ["x", "y"], ["x"]) == [True, False]


def test_beginnings_and_ends() -> None:
    assert met({"prefix": "us-"}, "us-east-1", "US-east-1", 5) == [True, False, False]
    assert met({"prefix": {"equals-ignore-case": "US-"}}, "us-east-1", "eu") == [True, False]
    assert met({"suffix": ".png"}, "a.png", "a.PNG", "png") == [True, False, False]
    assert met({"suffix": {"equals-ignore-case": ".png"}}, "a.PNG", "PNG") == [True, False]
    assert met({"prefix": ""}, "", "x", 5) == met({"suffix": ""}, "", "x", 5) == [True, True, False]


def test_case_is_folded_character_by_character() -> None:
    assert met({"equals-ignore-case": "straße"}, "STRASSE", "strasse", "Straße") == [True, False, True]
    assert met({"equals-ignore-case": "İ"}, "i̇", "i") == [True, False]
    assert met({"prefix": {"equals-ignore-case": "ß"}}, "SSx", "ssx") == [True, False]
    assert met({"suffix": {"equals-ignore-case": "ß"}}, "xSS", "xss") == [True, False]
    assert met({"equals-ignore-case": "😀"}, "😀") == [True]


def test_a_star_is_any_characters_or_none() -> None:
    assert met({"wildcard": "a*b"}, "ab", "a-b", "a\nb", "ab-", "ba") == [True, True, True, False, False]
    assert met({"wildcard": r"\*\\*"}, r"*\x", "x") == [True, False]
    assert met({"wildcard": "*"}, "", "x", 5, None) == [True, True, False, False]
    assert met({"wildcard": "aba*aba"}, "aba", "abaaba") == [False, True]


def test_an_ip_address_matches_its_other_spellings() -> None:
    assert met("10.0.0.1", "010.0.0.1", "::ffff:a00:1", "10.0.0.10", 10) == [True, True, False, False]
    assert met("2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "2001:db8::2") == [True, False]
    assert met({"exactly": "10.0.0.1"}, "10.0.0.1", "010.0.0.1") == [True, False]


def test_a_cidr_block_may_have_bits_beyond_its_mask() -> None:
    inside = ["10.0.0.0", "10.0.0.255", "10.0.1.0", "a00::", "::a00:1"]
    assert met({"cidr": "10.0.0.5/24"}, *inside) == [True, True, False, False, False]
    assert met({"cidr": "0.0.0.0/0"}, "255.255.255.255", "::1", "text", 5) == [True, False, False, False]


def test_conditions_of_several_kinds_go_together() -> None:
    asked = [{"prefix": "10."}, {"numeric": ["<", 0]}, {"cidr": "192.0.2.0/24"}, None, {"exists": False}]
    assert met(asked, "10.x", "10.0.0.1", -1, "192.0.2.9", None, [], "x") == [True] * 6 + [False]


def test_a_field_that_may_be_absent() -> None:
    pattern = parse({"a": {"b": [{"exists": False}, 1]}})
    assert [matches(pattern, event) for event in ({}, {"a": 5}, {"a": {"b": 1}}, {"a": {"b": 2}})] == [
        True, True, True, False,
    ]  # fmt: skip


def test_an_event_with_a_dotted_key_has_the_nested_field() -> None:
    pattern = parse({"a": {"b": {"c": [1]}}})
    assert all(
        matches(pattern, event)
        for event in ({"a.b": {"c": 1}}, {"a": {"b.c": 1}}, {"a.b.c": 1}, {"a": {"b": {"c": 1}}})
    )
    assert not matches(pattern, {"a": {"b": {"b.c": 1}}})


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("[1]", "An event is a JSON object"),
        ("{", "This is not JSON"),
        ('{"a": NaN}', "NaN"),
        (b'{"a": "\xff"}', "UTF-8"),
        ('{"a":' * 1010 + "1" + "}" * 1010, "1000"),
        ('{"a":' * 2000 + "1" + "}" * 2000, "1000"),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "1000"),
        ({"a": float("inf")}, "inf"),
        ({"a": {1, 2}}, "set"),
        ({"a": 10**100_000}, "digits"),
        ({1: 2}, "field name"),
        (None, "NoneType"),
        (5, "int"),
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_is_no_event_is_said(event: Any, said: str) -> None:
    with pytest.raises(EventError) as refused:
        matches(parse({"a": [1]}), event)
    assert said in str(refused.value)


def test_depth_that_nobody_asks_about_does_no_harm() -> None:
    event: Any = "x"
    for _ in range(100_000):
        event = {"a": event}
    assert not matches(parse({"a": {"a": ["x"]}}), event)


def test_an_event_as_deep_as_eventbridge_takes_is_read() -> None:
    pattern = parse('{"a":' * 999 + '["x"]' + "}" * 999)
    assert matches(pattern, '{"a":' * 999 + '"x"' + "}" * 999)
    assert matches(pattern, '{"a":' * 999 + '"x"' + "}" * 998 + ', "b": "\\ud800"}')


def test_lone_surrogates_are_characters_like_others() -> None:
    assert matches(parse('{"a": ["\\ud800"]}'), '{"a": "\\ud800"}')
    assert met({"wildcard": "*\ud800*"}, "x\ud800y", "xy") == [True, False]
    assert met({"equals-ignore-case": "\ud800A"}, "\ud800a") == [True]


@pytest.mark.parametrize("digits", [5000, 1_000_000])
def test_numbers_of_very_many_digits_are_compared_by_their_digits(digits: int) -> None:
    text = f'{{"a": {"9" * digits}}}'
    assert matches(parse(text.replace(": ", ": [").replace("}", "]}")), text)
    assert not matches(parse({"a": [{"numeric": [">", 0]}]}), text)
    assert met(10**5000, 10**5000, 10**5000 + 1) == [True, False]


def test_wildcards_made_to_blow_up_take_one_look() -> None:
    assert met({"wildcard": "*a*a*a*a*b"}, "a" * 100_000, "a" * 100_000 + "b") == [False, True]


def test_many_conditions_against_many_values_are_looked_up() -> None:
    words = [f"w{number}" for number in range(20_000)]
    many = [f"v{number}" for number in range(20_000)]
    assert met(words, many, [*many, "w7"]) == [False, True]
    assert met({"anything-but": words}, words, [*words, "x"]) == [False, True]
    assert met([{"prefix": f"{word}-"} for word in words], many, [*many, "w7-x"]) == [False, True]
    assert met([{"equals-ignore-case": word} for word in words], many, [*many, "W7"]) == [False, True]


@given(patterns, events)
def test_an_event_as_text_matches_as_its_data_does(pattern: dict[str, Any], event: dict[str, Any]) -> None:
    read = parse(pattern)
    text = json.dumps(event)
    assert matches(read, text) == matches(read, text.encode()) == matches(read, event)


def dotted(value: Any) -> Any:
    """The same event, with the keys of nested objects joined by dots."""
    if isinstance(value, list):
        return [dotted(one) for one in value]
    if not isinstance(value, dict):
        return value
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        below = dotted(inner)
        if isinstance(below, dict) and below:
            flat.update({f"{key}.{name}": one for name, one in below.items()})
        else:
            flat[key] = below
    return flat


def has_no_key_twice(value: Any) -> bool:
    """Whether no object would have a key twice once its keys were joined."""
    if isinstance(value, list):
        return all(has_no_key_twice(one) for one in value)
    if not isinstance(value, dict):
        return True
    paths: list[str] = []

    def collect(inner: Any, path: str) -> None:
        if isinstance(inner, dict) and inner:
            for key, one in inner.items():
                collect(one, f"{path}.{key}" if path else key)
        else:
            paths.append(path)

    collect(value, "")
    return len(set(paths)) == len(paths) and all(has_no_key_twice(one) for one in value.values())


@given(patterns, events.filter(has_no_key_twice))
def test_joining_the_keys_of_an_event_by_dots_changes_nothing(
    pattern: dict[str, Any], event: dict[str, Any]
) -> None:
    read = parse(pattern)
    assert matches(read, dotted(event)) == matches(read, event)


@given(
    st.lists(st.sampled_from(["a", "b", "é", "*", r"\*", r"\\"]), max_size=6),
    st.text("ab*\\é\n", max_size=12),
)
def test_wildcards_fit_what_the_regular_expression_fits(pieces: list[str], value: str) -> None:
    written = [
        piece for number, piece in enumerate(pieces) if piece != "*" or pieces[number - 1 : number] != ["*"]
    ]
    expression = "".join(".*" if piece == "*" else re.escape(piece[-1]) for piece in written)
    assert fits(wildcard("".join(written)), value) == bool(re.fullmatch(expression, value, re.DOTALL))


@given(st.ip_addresses(v=4), st.integers(0, 31), st.ip_addresses(v=4))
def test_blocks_of_version_4_are_those_of_the_standard_library(
    base: ipaddress.IPv4Address, mask: int, one: ipaddress.IPv4Address
) -> None:
    block = ipaddress.ip_network(f"{base}/{mask}", strict=False)
    assert met({"cidr": f"{base}/{mask}"}, str(one), str(block[0]), str(block[-1])) == [
        one in block,
        True,
        True,
    ]


@given(st.ip_addresses(v=6), st.integers(0, 127), st.ip_addresses(v=6))
def test_blocks_of_version_6_are_those_of_the_standard_library(
    base: ipaddress.IPv6Address, mask: int, one: ipaddress.IPv6Address
) -> None:
    if base.ipv4_mapped or one.ipv4_mapped:
        return
    block = ipaddress.ip_network(f"{base}/{mask}", strict=False)
    assert met({"cidr": f"{base}/{mask}"}, one.exploded) == [one in block]
    assert address(one.compressed) == address(one.exploded) == (6, int(one))


@given(st.text("0123456789abcdefF:.", max_size=20))
def test_what_the_standard_library_takes_for_an_address_is_one(text: str) -> None:
    try:
        expected = ipaddress.ip_address(text)
    except ValueError:
        return
    if "." in text and ":" in text:  # EventBridge takes no mixed spelling
        assert address(text) is None
    else:
        mapped = expected.ipv4_mapped if isinstance(expected, ipaddress.IPv6Address) else None
        assert address(text) == ((mapped or expected).version, int(mapped or expected))


finite = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**70), 2**70) | st.integers(-5, 5)


@given(finite, finite, finite)
def test_numeric_conditions_compare_as_decimals_do(low: float, high: float, value: float) -> None:
    if any(comparable(one) is None for one in (low, high, value)):
        return
    exact = [Decimal(repr(one)) if isinstance(one, float) else Decimal(one) for one in (low, high, value)]
    assert met({"numeric": ["<", low]}, value) == [exact[2] < exact[0]]
    assert met({"numeric": [">=", low]}, value) == [exact[2] >= exact[0]]
    assert met({"numeric": ["=", low]}, value, low) == [exact[2] == exact[0], True]
    if exact[0] < exact[1]:
        assert met({"numeric": [">", low, "<=", high]}, value) == [exact[0] < exact[2] <= exact[1]]


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?", fullmatch=True))
def test_a_spelled_number_is_a_double_or_stays_as_it_is(text: str) -> None:
    found = number(text)
    if isinstance(found, float):
        assert Decimal(repr(found)) == Decimal(text)
    else:
        assert found.text == text
        assert key_of(found) == "#" + text


@given(st.text(max_size=6), st.text(max_size=6), st.data())
def test_texts_that_are_the_same_ignoring_case_have_the_same_fold(
    text: str, other: str, data: st.DataObject
) -> None:
    changed = "".join(data.draw(st.sampled_from(either)) for either in cases(text))
    assert same_ignoring_case(text, changed)
    assert fold(changed) == fold(text)
    if same_ignoring_case(text, other):
        assert fold(other) == fold(text)


@given(st.sampled_from(HOSTILE_TEXTS) | st.text())
def test_any_text_equals_itself_and_fits_its_own_ends(text: str) -> None:
    assert met({"exactly": text}, text) == met(text, text) == [True]
    assert met({"prefix": text}, text + "x") == met({"suffix": text}, "x" + text) == [True]


@given(
    st.text("aAkKzZ1ß\u212a\u0130\u0131sS", max_size=4), st.text("aAkKzZ1ß\u212a\u0130\u0131sS", max_size=6)
)
def test_ignoring_case_goes_letter_by_letter_in_ascii_and_beyond(asked: str, text: str) -> None:
    beginnings = {""}
    for letter in asked:
        beginnings = {one + case for one in beginnings for case in (letter.lower(), letter.upper())}

    def found(condition: Any) -> bool:
        return matches(parse({"a": [condition]}), {"a": text})

    assert found({"equals-ignore-case": asked}) == (text in beginnings)
    assert found({"prefix": {"equals-ignore-case": asked}}) == text.startswith(tuple(beginnings))
    assert found({"suffix": {"equals-ignore-case": asked}}) == text.endswith(tuple(beginnings))
