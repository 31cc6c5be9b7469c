"""Which rules hear an event, and which of its fields they ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...storm.errors import StormError
from ..pattern import parse
from ..router import Router


@dataclass(frozen=True)
class Routing:
    """The rules of one bus.

    Parameters
    ----------
    match : the names of the rules that hear an event.
    detail_keys : the keys of a detail that some rule asks about; no other can change who hears an event.
    envelope_keys : the same of what stands beside the detail, but for source and detail-type.
    refused : for each rule that EventBridge would refuse, why.
    """

    match: Callable[[Mapping[str, Any]], list[str]]
    detail_keys: tuple[str, ...]
    envelope_keys: tuple[str, ...]
    refused: Mapping[str, str]


def routing(patterns: Mapping[str, Mapping[str, Any]]) -> Routing:
    """Rules made ready, by their names; those with a pattern that EventBridge refuses hear nothing."""
    router = Router()
    refused: dict[str, str] = {}
    paths: set[str] = set()
    for name, pattern in patterns.items():
        try:
            parsed = parse(pattern)
        except StormError as error:
            refused[name] = error.what
            continue
        router.add(name, parsed)
        paths |= {path for path, _ in parsed.conditions()}
    in_detail = {path.partition(".")[2] for path in paths if path.startswith("detail.")}
    beside = set(_beginnings(paths)) - {"source", "detail-type", "detail"}
    return Routing(router.match, tuple(sorted(_beginnings(in_detail))), tuple(sorted(beside)), refused)


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
