"""What changed between two storms, as the few operations that a browser applies to its copy.

Paths are keys and indices from the root of the document. ``["set", path, value]`` puts a value there, a new
key at the end; ``["set", path, value, before]`` puts a new key before another one; ``["del", path]`` takes a
key away; ``["splice", path, index, count, items]`` replaces ``count`` items of a list. Applied in their order
they make exactly the new document, with its keys in their order.

Storms share what an edit did not touch. What is the same object is not looked at.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from operator import is_not
from typing import Any

from ..storm.model import Storm
from ..storm.parts import Part

Op = list[Any]
"""One operation, as it travels."""

FEW = 4
"""Items of a list that are sent again without looking whether some have only moved."""


def delta(old: Storm, new: Storm) -> list[Op]:
    """The operations that make the document of one storm into that of another.

    >>> storm = Storm(name="Inn").add_event("Room Booked")
    >>> delta(storm, storm.rename_event("room-booked", "Room Reserved"))
    [['set', ['events', 'room-booked', 'name'], 'Room Reserved']]
    """
    return [] if old is new else list(_of_mappings([], _said(old), _said(new)))


def json_delta(old: Any, new: Any) -> list[Op]:
    """The operations that make one value of JSON into another.

    >>> json_delta({"a": 1, "c": [1, 2, 3]}, {"a": 1, "b": 2, "c": [1, 3]})
    [['splice', ['c'], 1, 1, []], ['set', ['b'], 2, 'c']]
    """
    return list(_ops([], old, new))


def plain(value: Any) -> Any:
    r"""A value as JSON that every browser reads: parts as documents, and what JSON cannot say replaced.

    Numbers that are not finite become null, halves of characters question marks.

    >>> plain({1: [float("inf"), ("a", "\ud800")]})
    {'1': [None, ['a', '?']]}
    """
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {plain(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return plain(value.document()) if isinstance(value, Part) else value


def _said(storm: Storm) -> dict[str, Any]:
    """The keys of a storm's document in their order, with the storm's own values behind them."""
    said = storm.model_fields_set
    keys = [key for key in type(storm).model_fields if key in said]
    return {key: getattr(storm, key) for key in keys} | dict(storm.__pydantic_extra__ or {})


def _ops(path: list[Any], was: Any, now: Any) -> Iterator[Op]:
    if was is now:
        return
    was, now = (plain(one) if isinstance(one, Part) else one for one in (was, now))
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        yield from _of_mappings(path, was, now)
    elif isinstance(was, list | tuple) and isinstance(now, list | tuple):
        yield from _of_lists(path, was, now)
    elif not _same(was, now):
        yield ["set", path, plain(now)]


def _of_mappings(path: list[Any], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Op]:
    before, after = list(old), list(new)
    if after[: len(before)] == before:  # as after nearly every edit: nothing gone, nothing moved
        for key in compress(before, map(is_not, old.values(), new.values())):
            yield from _ops([*path, str(key)], old[key], new[key])
        yield from (["set", [*path, str(key)], plain(new[key])] for key in after[len(before) :])
        return
    standing = _in_order([key for key in before if key in new], after)
    left_alone = set(standing)
    yield from (["del", [*path, str(key)]] for key in before if key not in left_alone)
    for key in standing:
        yield from _ops([*path, str(key)], old[key], new[key])
    behind: list[Any] = [None]  # for each key, the next one that stands already
    for key in reversed(after):
        behind.append(key if key in left_alone else behind[-1])
    for key, next_one in zip(after, reversed(behind[:-1]), strict=True):
        if key not in left_alone:
            place = [] if next_one is None else [str(next_one)]
            yield ["set", [*path, str(key)], plain(new[key]), *place]


def _in_order(common: Sequence[str], new: Sequence[str]) -> list[str]:
    """Of the keys that both have, as many as possible that stand in the new order already."""
    place = {key: index for index, key in enumerate(new)}
    places = [place[key] for key in common]
    if all(one < next_ for one, next_ in pairwise(places)):
        return list(common)
    smallest: list[int] = []  # the smallest last place of a rising sequence of each length
    longest: list[int] = []
    for at in places:
        length = bisect_left(smallest, at)
        smallest[length : length + 1] = [at]
        longest.append(length)
    kept: list[str] = []
    for key, length in zip(reversed(common), reversed(longest), strict=True):
        if length == len(smallest) - 1 - len(kept) and (not kept or place[key] < place[kept[-1]]):
            kept.append(key)
    return kept[::-1]


def _of_lists(path: list[Any], old: Sequence[Any], new: Sequence[Any]) -> Iterator[Op]:
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if not _same(old[i], new[i])), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if not _same(old[-1 - i], new[-1 - i])), rest)
    gone, come = old[start : len(old) - end], new[start : len(new) - end]
    if len(come) <= FEW:
        if gone or come:
            yield ["splice", path, start, len(gone), [plain(item) for item in come]]
        return
    was, now = ([repr(plain(item)) for item in items] for items in (gone, come))
    unique = len({*was}) == len(was) and len({*now}) == len(now)
    places = {*now}
    standing = {*_in_order([item for item in was if item in places], now)} if unique else set()
    if not standing:
        yield ["splice", path, start, len(gone), [plain(item) for item in come]]
        return
    for first, last in reversed(_runs(item not in standing for item in was)):
        yield ["splice", path, start + first, last - first, []]
    for first, last in _runs(item not in standing for item in now):
        yield ["splice", path, start + first, 0, [plain(item) for item in come[first:last]]]


def _runs(chosen: Iterable[bool]) -> list[tuple[int, int]]:
    """Where the chosen stand next to each other: the first, and the one after the last."""
    runs: list[tuple[int, int]] = []
    for index, one in enumerate(chosen):
        if one and runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        elif one:
            runs.append((index, index + 1))
    return runs


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: 1, 1.0 and true are not, nor keys in another order."""
    if one is other:
        return True
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return repr(plain(one)) == repr(plain(other))
