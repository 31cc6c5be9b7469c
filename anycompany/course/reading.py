"""Reading what a learner typed: anything at all, as plain data of a bounded size, or as words on why not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

Plain = None | bool | int | float | str | list[Any] | dict[str, Any]
"""Texts, numbers, lists and dicts with texts as keys, within the bounds below."""

MOST_THINGS = 600
"""Texts, numbers and lists of one attempt, all together."""
LONGEST = 6_000
"""Characters of one text."""
DEEPEST = 12
"""Levels of lists within lists."""
_TYPES = (str, int, float, bool, list, dict)
"""Types that a learner may mean by their names."""
LONGEST_NUMBER = 200
"""Digits of a whole number; to write out a longer one takes time."""

_LISTS: tuple[Any, ...] = (list, tuple, set, frozenset, type({}.keys()), type({}.values()), range)


_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")


class UnreadableError(Exception):
    """An attempt that cannot be read; its text is the reason, and what to write instead, for a learner."""


def plain(value: object) -> Plain:
    """What a learner typed, as plain data of a bounded size.

    Nothing of the value itself is called: what it says of itself may fail, or never end.

    Raises
    ------
    UnreadableError
        for what is no such data, or too much of it.

    >>> plain({"a": (1, "x")}), plain(...)
    ({'a': [1, 'x']}, None)
    """
    return _Reader().read(value, 0)


class _Reader:
    """Counts what has been read of one attempt."""

    def __init__(self) -> None:
        self.read_so_far = 0

    def read(self, value: Any, level: int) -> Plain:
        self.read_so_far += 1
        if self.read_so_far > MOST_THINGS:
            raise UnreadableError(
                f"There is too much in it: an answer here has less than {MOST_THINGS} parts."
            )
        if level > DEEPEST:
            raise UnreadableError(
                f"It is nested in itself more than {DEEPEST} times. Write something flatter."
            )
        kind = type(value)
        if value is None or value is ... or kind is bool:
            return None if value is ... else value
        for one in _TYPES:
            if value is one:
                return str(one.__name__)
        if issubclass(kind, str):
            return _text(value)
        if issubclass(kind, int):
            return _whole(value)
        if issubclass(kind, float):
            return _finite(float.__float__(value))
        if issubclass(kind, dict):
            return self._mapping(value, level)
        for list_kind in _LISTS:
            if issubclass(kind, list_kind):
                things = islice(list_kind.__iter__(value), MOST_THINGS + 1)
                return [self.read(thing, level + 1) for thing in things]
        raise UnreadableError(f"It holds {_named(kind)}, which cannot be read here. {_remedy(kind)}")

    def _mapping(self, value: dict[Any, Any], level: int) -> dict[str, Any]:
        read: dict[str, Any] = {}
        items: Iterable[tuple[Any, Any]] = dict.items(value)
        for key, inner in islice(items, MOST_THINGS + 1):
            name = self.read(key, level + 1)
            if isinstance(name, list):  # a tuple can be a key
                name = ", ".join(str(part) for part in name)
            read[str(name)] = self.read(inner, level + 1)
        return read


def _text(value: str) -> str:
    if str.__len__(value) > LONGEST:
        raise UnreadableError(f"A text in it has more than {LONGEST:,} characters. Shorten it.")
    return str.__getitem__(value, slice(None)).encode("utf-8", "replace").decode("utf-8")


def _whole(value: int) -> int:
    if int.bit_length(value) > LONGEST_NUMBER * 3:
        raise UnreadableError("A number in it is astronomically large. Shorten it.")
    return int.__int__(value)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise UnreadableError(f"It holds {value}, which is no number that an event could carry.")
    return value


def _named(kind: type) -> str:
    try:
        name = type.__dict__["__name__"].__get__(kind)
    except Exception:  # whatever a class may say of itself
        name = "thing"
    name = name[:40] if isinstance(name, str) and name.isidentifier() else "thing"
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _remedy(kind: type) -> str:
    if hasattr(kind, "__next__"):
        return "Write a list, in square brackets: what is read only once cannot be checked again."
    return "Write texts, numbers, lists and dicts."


def is_blank(value: Plain) -> bool:
    """Whether nothing has been written: nothing at all, or a form with all its places empty.

    >>> is_blank({"a": "", "b": [" "]}), is_blank("..."), is_blank([0])
    (True, True, False)
    """
    if isinstance(value, str):
        return not value.strip(" \t\r\n.…_?-")
    if isinstance(value, list):
        return all(is_blank(one) for one in value)
    if isinstance(value, dict):
        return all(is_blank(one) for one in value.values())
    return value is None


def texts_in(value: Plain) -> list[str]:
    r"""The texts of an attempt that is a list, numbered, one below the other, or separated by commas.

    >>> texts_in(["Bike Booked ", 3]), texts_in("a, c"), texts_in({"a": True, "b": False})
    (['Bike Booked', '3'], ['a', 'c'], ['a'])
    >>> texts_in("1. Bike Booked\n2. Bike Returned"), texts_in({"1": "Bike Booked"}), texts_in("a; c")
    (['Bike Booked', 'Bike Returned'], ['Bike Booked'], ['a', 'c'])
    """
    if isinstance(value, dict):
        if is_numbered(value):
            return texts_in([*value.values()])
        return [key for key, one in value.items() if one] if is_ticked(value) else [*value]
    if isinstance(value, list):
        return [
            text
            for one in value
            for text in ([_BULLET.sub("", str(one)).strip()] if not isinstance(one, list) else texts_in(one))
            if text
        ]
    if isinstance(value, str):
        separator = next((one for one in "\n;" if one in value.strip()), ",")
        texts = (_BULLET.sub("", text).strip() for text in value.split(separator))
        return [text for text in texts if text]
    return [] if value is None else [str(value)]


def is_numbered(value: dict[str, Any]) -> bool:
    """Whether a dict is a list whose things were given numbers."""
    return bool(value) and all(key.isdecimal() for key in value)


def is_ticked(value: dict[str, Any]) -> bool:
    """Whether a dict says of each thing only whether it is chosen.

    >>> is_ticked({"a": True, "b": 0}), is_ticked({"a": "event"})
    (True, False)
    """
    return all(one is None or (isinstance(one, bool | int) and one in (0, 1)) for one in value.values())


def data_in(value: Plain) -> Plain:
    """What an attempt says that may be typed as YAML or JSON text, as plain data.

    Raises
    ------
    UnreadableError
        for a text that is no YAML.
    """
    if not isinstance(value, str):
        return value
    from ..files.yaml_text import YamlError, parse

    try:
        node = parse(value)
        return plain(node.value if node else None)
    except YamlError as error:
        raise UnreadableError(f"This text cannot be read. {error.what} {error.remedy}".strip()) from None
    except RecursionError:
        raise UnreadableError("It is nested too deeply. Write something flatter.") from None
