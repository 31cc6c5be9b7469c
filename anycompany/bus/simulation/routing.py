"""Which rules hear an event, and which of its fields they ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...storm.errors import StormError
from ..pattern import Pattern, parse
from ..router import Router


@dataclass(frozen=True)
class Routing:
    """The rules of one bus.

    Parameters
    ----------
    match : the names of the rules that hear an event.
    detail_keys : for each rule the keys of a detail that it asks about; no other can make it hear or not.
    envelope_keys : what any rule asks about beside the detail, but for source and detail-type.
    refused : for each rule that EventBridge would refuse, why.
    """

    match: Callable[[Mapping[str, Any]], list[str]]
    detail_keys: Mapping[str, frozenset[str]]
    envelope_keys: frozenset[str]
    refused: Mapping[str, str]


def routing(patterns: Mapping[str, Mapping[str, Any]]) -> Routing:
    """Rules made ready, by their names; those with a pattern that EventBridge refuses hear nothing."""
    router = Router()
    refused: dict[str, str] = {}
    detail_keys: dict[str, frozenset[str]] = {}
    beside: set[str] = set()
    for name, pattern in patterns.items():
        try:
            parsed = parse(pattern)
        except StormError as error:
            refused[name] = error.what
            continue
        router.add(name, parsed)
        detail_keys[name] = _inside_detail(parsed)
        paths = {path for path, _ in parsed.conditions()}
        beside |= _beginnings(paths) - {"source", "detail-type", "detail"}
    return Routing(router.match, detail_keys, frozenset(beside), refused)


def keys_asked_by(where: Mapping[str, Any]) -> frozenset[str]:
    """The keys of a detail that a pattern over it asks about; none where EventBridge would refuse it."""
    try:
        return _inside_detail(parse({"detail": where}))
    except StormError:
        return frozenset()


def _inside_detail(pattern: Pattern) -> frozenset[str]:
    inside = {path for path, _ in pattern.conditions() if path.startswith("detail.")}
    return frozenset(_beginnings(path.removeprefix("detail.") for path in inside))


def _beginnings(paths: Iterable[str]) -> set[str]:
    """Every key that may hold a field: ``a.b`` may stand at ``a``, or at ``a.b`` itself.

    >>> sorted(_beginnings({"a.b", "c"}))
    ['a', 'a.b', 'c']
    """
    return {
        path[:end]
        for path in paths
        for end in [*(i for i, letter in enumerate(path) if letter == "."), len(path)]
    }
