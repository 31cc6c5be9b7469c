"""Events that are columns have the answers of one by one."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.pattern import EventError, Pattern, parse
from anycompany.bus.router import Matched, Router
from anycompany.bus.router.places import places_of_addresses
from anycompany.bus.router.texts import Blocks

from .event_patterns import conditions

LINE = pa.struct([("s", pa.string()), ("n", pa.int64()), ("in", pa.struct([("s", pa.string())]))])
DETAIL = pa.struct(
    {
        "s": pa.string(),
        "f": pa.float64(),
        "i": pa.int64(),
        "b": pa.bool_(),
        "nothing": pa.null(),
        "tags": pa.list_(pa.string()),
        "lines": pa.list_(LINE),
        "sub": pa.struct({"s": pa.string()}),
    }
)
SCHEMA = pa.schema(
    [("source", pa.string()), ("detail-type", pa.string()), ("detail", DETAIL), ("flat.s", pa.large_string())]
)
PATHS = [
    *("detail.s", "detail.f", "detail.i", "detail.b", "detail.nothing", "detail.tags", "detail.lines.s"),
    *("detail.lines.n", "detail.lines.in.s", "detail.sub.s", "detail.sub", "detail.none", "flat.s", "detail"),
]
texts = st.none() | st.sampled_from(["", "x", "xy", "XY", "ß", "10.0.0.1", "010.0.0.1", "::1", "300", "aB"])
numbers = st.none() | st.sampled_from([0, 1, -1, 300, 2**53, 2**53 + 1, -(2**63)])
sub = st.none() | st.fixed_dictionaries({"s": texts})
line = st.none() | st.fixed_dictionaries({"s": texts, "n": numbers, "in": sub})
detail = st.none() | st.fixed_dictionaries(
    {
        "s": texts,
        "f": st.none() | st.sampled_from([0.0, -0.0, 0.1, 300.0, 1e22, -1.0]),
        "i": numbers,
        "b": st.none() | st.booleans(),
        "nothing": st.none(),
        "tags": st.none() | st.lists(texts, max_size=3),
        "lines": st.none() | st.lists(line, max_size=3),
        "sub": sub,
    }
)
kinds = st.sampled_from([None, "com.a", "com.b"])
rows = st.fixed_dictionaries({"source": kinds, "detail-type": kinds, "detail": detail, "flat.s": texts})


def pattern_of(kind: dict[str, Any], asked: dict[str, list[Any]]) -> Pattern:
    return parse({**kind, **asked})


kind_patterns = st.sampled_from(
    [
        {},
        {"source": ["com.a"]},
        {"source": [{"prefix": "com"}], "detail-type": ["com.b", "com.a"]},
        {"detail-type": [{"exists": False}]},
    ]
)
rules = st.lists(
    st.builds(
        pattern_of,
        kind_patterns,
        st.dictionaries(
            st.sampled_from(PATHS), st.lists(conditions, min_size=1, max_size=3), min_size=1, max_size=3
        ),
    ),
    max_size=12,
).map(lambda some: {f"rule-{number}": pattern for number, pattern in enumerate(some)})


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def same_as_one_by_one(rules: dict[str, Pattern], batch: pa.RecordBatch) -> Matched:
    router = Router(rules)
    matched = router.match_batch(batch)
    heard = [Router(rules).match(without_nulls(event)) for event in batch.to_pylist()]
    for name in rules:
        assert matched.rows(name).tolist() == [row for row, names in enumerate(heard) if name in names]
    assert matched.counts() == {name: sum(name in names for names in heard) for name in rules}
    assert matched.unheard().tolist() == [row for row, names in enumerate(heard) if not names]
    assert matched.count == batch.num_rows
    return matched


@settings(max_examples=60)
@given(rules, st.lists(rows, min_size=1, max_size=8), st.integers(1, 12))
def test_columns_have_the_answers_of_one_by_one(
    rules: dict[str, Pattern], some: list[dict[str, Any]], times: int
) -> None:
    batch = pa.RecordBatch.from_pylist(some * times, schema=SCHEMA)  # 16 of a kind are matched together
    same_as_one_by_one(rules, batch)
    same_as_one_by_one(rules, batch[1:])


def many(**columns: list[Any]) -> pa.RecordBatch:
    return pa.record_batch({name.replace("_", "."): values for name, values in columns.items()})


ASKED = {
    "equal": {"d.a": ["v5", "v77", "V9"]},
    "prefix": {"d.a": [{"prefix": "v1"}, {"prefix": "v22"}]},
    "suffix": {"d.a": [{"suffix": "7"}, {"suffix": {"equals-ignore-case": "X5"}}]},
    "case": {"d.a": [{"equals-ignore-case": "V9"}, {"prefix": {"equals-ignore-case": "V3"}}]},
    "but": {"d.a": [{"anything-but": {"prefix": ["v1", "v2"]}}]},
    "not": {"d.a": [{"exists": False}]},
}
OTHERS = {
    "wildcard": {"d.a": [{"wildcard": "v*9*"}]},
    "strasse": {"d.a": [{"equals-ignore-case": "straße"}]},
    "address": {"d.a": [{"cidr": "10.0.0.0/20"}, "10.0.0.77"]},
    "sixes": {"d.a": [{"cidr": "2001:db8::/64"}]},
}
MANY_TEXTS: list[str | None] = [f"v{number}" for number in range(3000)]


@pytest.mark.parametrize("more", [[], [None] * 100, ["ß", "STRASSE", "straße"], ["vx5", "vX5"]])
@pytest.mark.parametrize("asked", [ASKED, ASKED | OTHERS, {"a": OTHERS["address"]}])
def test_columns_with_many_texts_are_told_apart_by_what_rules_ask(
    asked: dict[str, Any], more: list[str | None]
) -> None:
    rules = {name: parse(pattern) for name, pattern in asked.items()}
    same_as_one_by_one(rules, many(d_a=MANY_TEXTS + more))


def test_columns_with_many_addresses_are_told_apart_by_their_blocks() -> None:
    rules = {name: parse(OTHERS[name]) for name in ("address", "sixes")}
    addresses: list[str | None] = [f"10.0.{number // 250}.{number % 250}" for number in range(3000)]
    strange = [
        "010.0.0.1",
        "10.0.0.256",
        "10.0.0",
        "10..0.1",
        "::ffff:a00:1",
        "2001:db8::7",
        "0010.0.0.1",
        None,
    ]
    matched = same_as_one_by_one(rules, many(d_a=addresses + strange))
    assert matched.counts()["address"] > 2900 and matched.counts()["sixes"] == 1


@given(st.lists(st.from_regex(r"[0-9a:]{0,4}(\.[0-9]{0,4}){0,4}", fullmatch=True) | st.none(), max_size=20))
def test_addresses_lie_where_each_by_itself_would(texts: list[str | None]) -> None:
    from anycompany.bus.pattern.addresses import address

    bounds = [0, 10 << 24, (10 << 24) + 256, 200 << 24]
    places, _ = places_of_addresses(pa.array(texts, pa.string()), Blocks({4: bounds}))
    for text, place in zip(texts, places.tolist(), strict=True):
        found = address(text) if text is not None else None
        is_four = found is not None and found[0] == 4
        assert (1 <= place <= len(bounds) + 1) == is_four
        if found and is_four:
            assert place == 1 + sum(found[1] >= bound for bound in bounds)


def test_numbers_are_told_apart_where_an_answer_turns() -> None:
    rules = {
        "over": parse({"d.n": [{"numeric": [">", 0.1]}]}),
        "equal": parse({"d.n": [0.1, 7, 2**53 + 1, {"anything-but": 3}]}),
        "between": parse({"d.n": [{"numeric": [">=", -5, "<", 7]}]}),
    }
    near = [0.1, float(np.nextafter(0.1, 1)), float(np.nextafter(0.1, 0)), 7.0, -5.0, None, 3.0, -0.0, 1e300]
    same_as_one_by_one(rules, many(d_n=near * 20))
    same_as_one_by_one(rules, many(d_n=[7, 3, 2**53, 2**53 + 1, 2**60, None, -5, 0] * 20))
    same_as_one_by_one(rules, pa.record_batch({"d.n": pa.array([3.5, 7, None] * 20, pa.float32())}))
    same_as_one_by_one(rules, pa.record_batch({"d.n": pa.array([3, 7, None] * 20, pa.uint8())}))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_has_not_is_refused(value: float) -> None:
    with pytest.raises(EventError):
        Router({"a": parse({"d.n": [1]})}).match_batch(many(d_n=[1.0, value] * 20))


def test_what_columns_cannot_say_is_matched_one_by_one() -> None:
    rules = {"a": parse({"d": {"a": [1, "x", None]}}), "b": parse({"d": {"b": {"c": [1]}}})}
    nested = pa.array([[[1]], [], None, [[2], [1]]] * 10, pa.list_(pa.list_(pa.int64())))
    same_as_one_by_one(rules, pa.record_batch({"d.a": nested}))
    same_as_one_by_one(rules, many(d_a=[[None], [2], None, []] * 10))
    same_as_one_by_one(rules, many(d_a=["x", None] * 20, d=[{"a": "y"}, {"a": "x"}] * 20))
    same_as_one_by_one(rules, many(d_b=[[{"c": [1, 2]}], [{"c": None}]] * 20))
    same_as_one_by_one(rules, many(d_a=[list(range(100)), [5]] * 20))
    same_as_one_by_one(rules, pa.record_batch({"d.a": pa.array(["x", "y"] * 20).dictionary_encode()}))


def test_kinds_of_events_that_are_no_texts_are_matched_too() -> None:
    rules = {"a": parse({"source": [1], "d.a": ["x"]}), "b": parse({"detail-type": ["t"]})}
    same_as_one_by_one(
        rules, pa.record_batch({"source": [1, 2] * 20, "detail-type": ["t", None] * 20, "d.a": ["x"] * 40})
    )


def test_a_batch_without_rows_or_without_rules_matches_nothing() -> None:
    matched = same_as_one_by_one(
        {"a": parse({"d.a": [1]})}, pa.record_batch({"d.a": pa.array([], pa.int64())})
    )
    assert matched.count == 0
    assert Router().match_batch(many(d_a=[1, 2])).unheard().tolist() == [0, 1]


def test_more_rules_than_a_word_has_bits() -> None:
    rules = {f"r{number}": parse({"source": ["s"], "d.n": [number % 100]}) for number in range(300)}
    matched = same_as_one_by_one(rules, pa.record_batch({"source": ["s"] * 500, "d.n": list(range(500))}))
    assert matched.counts()["r299"] == 1 and matched.rows("r299").tolist() == [99]


def test_removed_rules_are_not_matched() -> None:
    router = Router({name: parse({"d.a": ["x"]}) for name in "abc"})
    router.match({})
    router.remove("b")
    assert router.match_batch(many(d_a=["x"] * 40)).counts() == {"a": 40, "c": 40}
