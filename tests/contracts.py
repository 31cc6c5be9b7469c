"""Random contracts, events that keep them, and patterns that ask about them, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from anycompany.bus.contract.schema import envelope
from anycompany.storm.parts import ContractField

NAMES = ["a", "b", "c"]
TEXTS = ["", "a", "b", "ab", "abc", "B", "AB", "10.0.0.1", "x.y"]
NUMBERS = [-1, 0, 1, 2, 2.5, 3, 10]
texts = st.sampled_from(TEXTS) | st.text("abB.x", max_size=4)
numbers = st.sampled_from(NUMBERS)

_leaves = st.one_of(
    st.just({"type": "string"}),
    st.fixed_dictionaries({"type": st.just("string"), "enum": st.lists(texts, min_size=1, max_size=3)}),
    st.fixed_dictionaries(
        {"type": st.just("string"), "minLength": st.integers(0, 2), "maxLength": st.integers(2, 3)}
    ),
    st.just({"type": "number"}),
    st.just({"type": "integer"}),
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["integer", "number"]),
            "minimum": st.integers(-1, 1),
            "maximum": st.integers(1, 3),
        }
    ),
    st.just({"type": "boolean"}),
    st.just({"type": ["string", "null"]}),
    st.just({"type": ["integer", "boolean"]}),
)


def _object(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    @st.composite
    def build(draw: Any) -> dict[str, Any]:
        properties = draw(st.dictionaries(st.sampled_from(NAMES), inner, min_size=1, max_size=3))
        required = [name for name in properties if draw(st.booleans())]
        return {"type": "object", "properties": properties, **({"required": required} if required else {})}

    return build()


def _array(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"type": st.just("array"), "items": inner}, optional={"minItems": st.integers(0, 2)}
    )


def _or_text(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": ["string", schema["type"]]}


def _nested(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    nested = _object(inner) | _array(inner)
    return nested | nested.map(_or_text)


details = _object(st.recursive(_leaves, _nested, max_leaves=6))
"""Schemas of details: nested, with arrays, enums, bounds and mixed types."""

contracts = details.map(lambda detail: envelope(["com.shop", "com.shop.till"], ["paid"], detail))
"""Schemas of whole events."""

contract_fields = st.dictionaries(
    st.sampled_from(["a", "b", "a.b", "a.c", "b.a.c", "c.a"]),
    st.builds(
        ContractField,
        type=st.sampled_from(["string", "number", "integer", "boolean", "object", "array"]),
        optional=st.booleans(),
    ),
    max_size=4,
)
"""The fields of a storm's contract."""


def values_of(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that keep a schema and carry no field that it does not name."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema.get("type", ["string", "integer"])
    return st.one_of([_values(schema, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)])


def _values(schema: dict[str, Any], kind: str) -> st.SearchStrategy[Any]:
    low, high = schema.get("minimum", -99), schema.get("maximum", 99)
    if kind == "object":
        if "properties" not in schema:
            return st.dictionaries(st.sampled_from(NAMES), texts | numbers, max_size=2)
        inner = {name: values_of(one) for name, one in schema["properties"].items()}
        required = {name: inner.pop(name) for name in schema.get("required", []) if name in inner}
        return st.fixed_dictionaries(required, optional=inner)
    if kind == "array":
        least = schema.get("minItems", 0)
        return st.lists(values_of(schema.get("items", {})), min_size=least, max_size=max(least, 2))
    least, most = schema.get("minLength", 0), schema.get("maxLength", 9)
    return {
        "string": texts.filter(lambda text: least <= len(text) <= most),
        "integer": numbers.filter(lambda one: isinstance(one, int) and low <= one <= high)
        | st.integers(low, high),
        "number": numbers.filter(lambda one: low <= one <= high) | st.floats(low, high),
        "boolean": st.booleans(),
        "null": st.none(),
    }[kind]


some_texts = st.lists(texts.filter(bool), min_size=1, max_size=2, unique=True)
conditions = st.one_of(
    texts,
    numbers,
    st.booleans(),
    st.none(),
    st.builds(lambda there: {"exists": there}, st.booleans()),
    st.builds(lambda text: {"prefix": text}, texts),
    st.builds(lambda text: {"suffix": text}, texts),
    st.builds(lambda text: {"prefix": {"equals-ignore-case": text}}, texts.filter(bool)),
    st.builds(lambda text: {"suffix": {"equals-ignore-case": text}}, texts.filter(bool)),
    st.builds(lambda text: {"equals-ignore-case": text}, texts),
    st.builds(
        lambda text: {"anything-but": text}, texts | some_texts | st.lists(numbers, min_size=1, max_size=3)
    ),
    st.builds(lambda text: {"anything-but": {"prefix": text}}, some_texts),
    st.builds(lambda text: {"anything-but": {"suffix": text}}, some_texts),
    st.builds(lambda text: {"anything-but": {"equals-ignore-case": text}}, some_texts),
    st.builds(
        lambda text: {"anything-but": {"wildcard": text}},
        st.sampled_from(["*", "a*", "*a", "*a*", "a*b", "*b*"]),
    ),
    st.builds(
        lambda text: {"wildcard": text}, st.sampled_from(["*", "a*", "*a", "a*b", "*b*", "a*b*c", "x.*"])
    ),
    st.builds(lambda text: {"cidr": text}, st.sampled_from(["10.0.0.0/24", "10.0.0.0/31", "fe80::/10"])),
    st.builds(
        lambda low, high, signs: {"numeric": [signs[0], low, signs[1], high]},
        st.sampled_from([-1, 0, 1, 2]),
        st.sampled_from([2.25, 2.5, 3, 10]),
        st.sampled_from([(">", "<"), (">=", "<="), (">", "<="), (">=", "<")]),
    ),
    st.builds(
        lambda sign, number: {"numeric": [sign, number]},
        st.sampled_from(["<", ">", "=", ">=", "<="]),
        numbers,
    ),
)
"""Conditions of every operator."""


def _patterns(names: list[str]) -> st.SearchStrategy[Any]:
    asked = st.lists(conditions, min_size=1, max_size=2)
    return st.recursive(
        st.dictionaries(st.sampled_from(names), asked, min_size=1, max_size=2),
        lambda inner: (
            st.dictionaries(st.sampled_from(names), inner | asked, min_size=1, max_size=2)
            | st.builds(lambda one, other: {"$or": [one, other]}, inner, inner)
        ),
        max_leaves=4,
    )


filters = _patterns([*NAMES, "a.b", "b.c"])
"""Filters over the fields that these contracts may have, dotted ones and ``$or`` among them."""
