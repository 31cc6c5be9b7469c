"""Array consistency: fields inside one array of objects have to be met in one and the same element.

As event-ruler does it (ACFinder, ArrayMembership): the fields of a branch are met one after the other, in
the order of their paths; each value that meets its field commits the arrays that it lies in to its elements;
later values must not lie in other elements of those. ``exists: false`` is met where every value of the field
lies in an element that is already ruled out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .errors import EventError
from .fields import Fields, Place
from .meeting import meets_any
from .model import AnyOf, Branch

Committed = tuple[tuple[int, int], ...]
"""The arrays that have been committed, each with its element, in the order of the arrays."""

_FEW = 16
"""Values that are compared one by one; of more it is looked up which there are."""
MOST_COMMITMENTS = 1_000_000
"""Ways to meet the fields so far that are looked at; an event has to be made to reach it."""


def met(branch: Branch, laid: Fields) -> bool:
    """Whether the fields of an event meet a branch, with its fields in one element of each array."""
    met_at: list[set[Place]] = []
    for path, asked in branch.asked:
        places = places_met(path, asked, laid)
        if not places and not (asked.absent and (path not in laid.values or path in laid.places)):
            return False
        met_at.append(places)
    return not laid.places or _together(branch, met_at, laid)


def places_met(path: str, asked: AnyOf, laid: Fields) -> set[Place]:
    """Where the values of a field lie that meet one of its conditions."""
    values = laid.values.get(path)
    if not values:
        return set()
    if len(values) > _FEW and not (asked.prefixes or asked.suffixes or asked.folded or asked.others):
        known = laid.by_key(path)
        return {place for key in asked.keys & known.keys() for place in known[key]}
    places = laid.places.get(path)
    if places is None:
        return {()} if any(meets_any(asked, value) for value in values) else set()
    return {place for value, place in zip(values, places, strict=True) if meets_any(asked, value)}


def _together(branch: Branch, met_at: list[set[Place]], laid: Fields) -> bool:
    absent = [asked.absent for _, asked in branch.asked]
    order = list(range(len(met_at)))
    if not any(absent):  # then the order is free, and fields of one array may stand next to each other
        in_arrays = [places for places in met_at if () not in places]
        if not in_arrays or set.intersection(*in_arrays):
            return True
        if len(laid.arrays) == 1:
            return False
        order.sort(key=lambda number: branch.fields[number][0].split("."))
    paths = [branch.fields[number][0] for number in order]
    last_use = _last_uses(laid.arrays, paths)
    ways: set[Committed] = {()}
    for step, number in enumerate(order):
        tree = _tree(met_at[number])
        everywhere = _tree(laid.places.get(paths[step], [()])) if absent[number] else None
        if everywhere is not None and paths[step] not in laid.values:
            continue  # it is absent, whatever has been committed
        following: set[Committed] = set()
        for way in ways:
            committed = dict(way)
            if everywhere is not None and next(_allowed(everywhere, committed), None) is None:
                following.add(_kept(way, last_use, step))
            for place in _allowed(tree, committed):
                following.add(_kept((*way, *place), last_use, step))
            if len(following) > MOST_COMMITMENTS:
                raise EventError(
                    "The arrays of this event can be combined in too many ways.", paths[step], "Simplify it."
                )
        ways = following
        if not ways:
            return False
    return True


def _last_uses(arrays: list[str], paths: list[str]) -> list[int]:
    """For each array the last step whose field may lie in it: from there on its element does not matter."""
    last = {}
    for step, path in enumerate(paths):
        last[path] = step
        for at, letter in enumerate(path):
            if letter == ".":
                last[path[:at]] = step
    return [last.get(array, -1) for array in arrays]


def _kept(commitments: Iterable[tuple[int, int]], last_use: list[int], step: int) -> Committed:
    return tuple(sorted({pair for pair in commitments if last_use[pair[0]] > step}))


Tree = dict[Any, Any]
"""Places by array and element; under None, that a place ends here."""


def _tree(places: Iterable[Place]) -> Tree:
    root: Tree = {}
    for place in places:
        node = root
        for array, index in place:
            node = node.setdefault(array, {}).setdefault(index, {})
        node[None] = place
    return root


def _allowed(tree: Tree, committed: dict[int, int]) -> Iterator[Place]:
    """The places of a tree that lie in no other element than the committed ones."""
    todo = [tree]
    while todo:
        node = todo.pop()
        for array, elements in node.items():
            if array is None:
                yield elements
            elif array in committed:
                element = elements.get(committed[array])
                if element is not None:
                    todo.append(element)
            else:
                todo.extend(elements.values())
