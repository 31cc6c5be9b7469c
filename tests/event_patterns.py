"""Random event patterns and events that are made to meet, and event-ruler's own way to meet them, slowly."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from anycompany.bus.pattern.meeting import meets_any
from anycompany.bus.pattern.model import Branch, Pattern

KEYS = ["a", "b", "a.b", "a-b", "detail"]
TEXTS = [
    "",
    "x",
    "X",
    "xy",
    "straße",
    "STRASSE",
    "10.0.0.1",
    "010.0.0.1",
    "::ffff:a00:1",
    "300",
    "true",
    "a*b",
]
keys = st.sampled_from(KEYS)
texts = st.sampled_from(TEXTS) | st.text("aAbB*ß", max_size=4)
numbers = st.sampled_from([0, 1, 300, 300.0, -1, 0.1, 1e22, 10**22, 2**53 + 1, 12345678901234567891])
scalars = texts | numbers | st.booleans() | st.none()


def _values(depth: int) -> st.SearchStrategy[Any]:
    if depth == 0:
        return scalars
    inner = _values(depth - 1)
    return st.one_of(
        scalars,
        st.lists(inner, max_size=3),
        st.dictionaries(keys, inner, max_size=3),
        st.lists(st.dictionaries(keys, inner, max_size=2), max_size=3),
    )


events = st.dictionaries(keys, _values(3), max_size=4)


def _some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return values | st.lists(values, min_size=1, max_size=3)


literal = st.text("aAbBß", max_size=4)
comparable = st.sampled_from([0, 1, 300, 300.0, -1, 0.1, 1e22])
conditions = st.one_of(
    scalars,
    st.builds(lambda there: {"exists": there}, st.booleans()),
    st.builds(lambda text: {"exactly": text}, texts),
    st.builds(
        lambda name, text: {name: text}, st.sampled_from(["prefix", "suffix", "equals-ignore-case"]), texts
    ),
    st.builds(
        lambda name, text: {name: {"equals-ignore-case": text}}, st.sampled_from(["prefix", "suffix"]), texts
    ),
    st.builds(lambda before, after: {"wildcard": f"{before}*{after}"}, literal, literal),
    st.builds(
        lambda sign, number: {"numeric": [sign, number]},
        st.sampled_from(["=", "<", "<=", ">", ">="]),
        comparable,
    ),
    st.sampled_from([{"numeric": [">", 0, "<=", 300]}, {"cidr": "10.0.0.0/24"}, {"cidr": "::/0"}]),
    st.builds(lambda values: {"anything-but": values}, _some(texts) | _some(comparable)),
    st.builds(
        lambda name, values: {"anything-but": {name: values}},
        st.sampled_from(["prefix", "suffix", "equals-ignore-case"]),
        _some(st.sampled_from(["x", "X", "a", "ß"])),
    ),
    st.builds(lambda text: {"anything-but": {"wildcard": f"*{text}"}}, literal),
)
_leaves = st.lists(conditions, min_size=1, max_size=3)


def _objects(depth: int) -> st.SearchStrategy[Any]:
    fields = _leaves if depth == 0 else st.one_of(_leaves, _objects(depth - 1))
    plain = st.dictionaries(keys, fields, min_size=1, max_size=3)
    if depth == 0:
        return plain
    alternatives = st.lists(_objects(depth - 1), min_size=2, max_size=3)
    return plain | st.builds(lambda around, either: around | {"$or": either}, plain, alternatives)


patterns = _objects(2)
"""Patterns as Python data, all of them valid."""

Field = tuple[str, Any, dict[int, int]]


def meets_as_event_ruler_does(pattern: Pattern, event: dict[str, Any]) -> bool:
    """Whether event-ruler's search finds a match: field by field, with the elements of arrays so far."""
    fields = _laid_flat(event)
    return any(_search(branch, fields, 0, 0, {}) for branch in pattern.branches)


def _search(branch: Branch, fields: list[Field], step: int, begin: int, so_far: dict[int, int]) -> bool:
    if step == len(branch.fields):
        return True
    path, asked = branch.asked[step]
    if (
        asked.absent
        and not any(name == path and _agree(so_far, elements) for name, _, elements in fields)
        and _search(branch, fields, step + 1, begin, so_far)
    ):
        return True
    return any(
        name == path
        and _agree(so_far, elements)
        and meets_any(asked, value)
        and _search(branch, fields, step + 1, at + 1, so_far | elements)
        for at, (name, value, elements) in enumerate(fields[begin:], begin)
    )


def _agree(so_far: dict[int, int], elements: dict[int, int]) -> bool:
    return all(so_far.get(array, element) == element for array, element in elements.items())


def _laid_flat(event: dict[str, Any]) -> list[Field]:
    fields: list[Field] = []
    arrays = 0

    def lay(value: Any, path: list[str], elements: dict[int, int]) -> None:
        nonlocal arrays
        if isinstance(value, dict):
            for key, inner in value.items():
                lay(inner, [*path, key], elements)
        elif isinstance(value, list):
            number, arrays = arrays, arrays + 1
            for index, inner in enumerate(value):
                nested = isinstance(inner, dict | list)
                lay(inner, path, elements | {number: index} if nested else elements)
        else:
            fields.append((".".join(path), value, elements))

    lay(event, [], {})
    return sorted(fields, key=lambda field: field[0].encode("utf-16-be"))
