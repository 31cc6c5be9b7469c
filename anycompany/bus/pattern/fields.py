"""An event laid flat: the values of each field that patterns ask about, and where in arrays they lie.

This is the one form that matching and routing read. A field's path is its keys joined by dots; arrays add
nothing to it, so that a field may have many values; empty objects and arrays have none. Of a value in an
array of objects (or of arrays) its place says in which element of which array it lies, from the outermost
inwards, since fields of one array have to be met in one element.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import EventError
from .model import Key, Wanted
from .tokens import DEEPEST
from .values import Scalar, is_value, key_of

Place = tuple[tuple[int, int], ...]
"""In which arrays a value lies: the number of each array, and the element of it."""

_SIMPLE = frozenset({str, int, bool, type(None)})


@dataclass(slots=True)
class Fields:
    """The wanted fields of one event.

    Parameters
    ----------
    values : the values of each path that has any, in no order.
    places : the place of each value, for those paths only that have a value with a place.
    arrays : the path of each array that places speak of, by its number.

    >>> from anycompany.bus.pattern.model import wanted
    >>> laid = flatten({"a": [{"b": 1, "c": 2}, {"b": 3}], "d": [4, 5]}, wanted(iter(["a.b", "d"])))
    >>> laid.values, laid.places, laid.arrays
    ({'d': [4, 5], 'a.b': [3, 1]}, {'a.b': [((0, 1),), ((0, 0),)]}, ['a'])
    """

    values: dict[str, list[Scalar]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    arrays: list[str] = field(default_factory=list)
    _by_key: dict[str, dict[Key, set[Place]]] = field(default_factory=dict)

    def by_key(self, path: str) -> dict[Key, set[Place]]:
        """The places of the values of a path, by their keys."""
        found = self._by_key.get(path)
        if found is None:
            found = self._by_key[path] = {}
            values = self.values.get(path, [])
            for value, place in zip(values, self.places.get(path) or [()] * len(values), strict=True):
                found.setdefault(key_of(value), set()).add(place)
        return found


def flatten(event: Mapping[str, Any], wanted: Wanted) -> Fields:
    """The wanted fields of an event; what no pattern asks about is not looked at.

    Raises
    ------
    EventError
        for a wanted value that JSON does not have, and for arrays nested more than 1,000 deep.
    """
    laying = _Laying(wanted)
    laying.todo.append((event, "", ()))
    while laying.todo:
        container, path, place = laying.todo.pop()
        if isinstance(container, list | tuple):
            laying.array(container, path, place)
        else:
            laying.object(container, path, place)
    return laying.laid


class _Laying:
    """An event being laid flat, without recursion: what is still ``todo`` are its objects and arrays."""

    def __init__(self, wanted: Wanted) -> None:
        self.laid = Fields()
        self.todo: list[tuple[Any, str, Place]] = []
        self._paths = wanted.paths
        self._inner = wanted.inner

    def object(self, fields: Mapping[str, Any], before: str, place: Place) -> None:
        """Take an object whose fields' paths begin so."""
        paths, inner, values = self._paths, self._inner, self.laid.values
        for key, value in fields.items():
            try:
                path = before + key
            except TypeError:
                kind = type(key).__name__
                raise EventError(
                    f"A {kind} is no field name.", before[:-1], "Name fields by texts."
                ) from None
            if path in paths:
                if type(value) in _SIMPLE:
                    if place or path in values:
                        self._add(path, [value], place)
                    else:
                        values[path] = [value]
                    continue
            elif path not in inner:
                continue
            if type(value) is dict or isinstance(value, Mapping):
                if path in inner:
                    self.todo.append((value, path + ".", place))
            elif isinstance(value, list | tuple):
                self.todo.append((value, path, place))
            elif path in paths:
                _check(value, path)
                self._add(path, [value], place)

    def array(self, elements: list[Any] | tuple[Any, ...], path: str, place: Place) -> None:
        """Take an array: its scalars are values of its own path, its objects and arrays lie in elements."""
        if len(place) >= DEEPEST:
            raise EventError(f"Arrays are nested more than {DEEPEST:,} deep.", path, "Make it flatter.")
        scalars = []
        number = -1
        for index, value in enumerate(elements):
            if type(value) in _SIMPLE:
                scalars.append(value)
                continue
            is_object = type(value) is dict or isinstance(value, Mapping)
            if is_object or isinstance(value, list | tuple):
                if is_object and path not in self._inner:
                    continue
                if number < 0:
                    number = len(self.laid.arrays)
                    self.laid.arrays.append(path)
                below = path + "." if is_object else path
                self.todo.append((value, below, (*place, (number, index))))
            elif path in self._paths:
                _check(value, path)
                scalars.append(value)
        if scalars and path in self._paths:
            self._add(path, scalars, place)

    def _add(self, path: str, values: list[Scalar], place: Place) -> None:
        known = self.laid.values.setdefault(path, [])
        places = self.laid.places.get(path)
        if place and places is None:
            places = self.laid.places[path] = [()] * len(known)
        if places is not None:
            places += [place] * len(values)
        known += values


def _check(value: object, path: str) -> None:
    if not is_value(value):
        said = f"a {type(value).__name__}"
        if isinstance(value, float | int):
            said = repr(value) if isinstance(value, float) else "a number of too many digits"
        raise EventError(f"The field is {said}, which is no value of JSON.", path, "Give what JSON can hold.")
