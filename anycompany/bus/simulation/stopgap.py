# ruff: noqa: D101, D102, D103, E501
"""Until the router is there: source, detail-type and the simplest conditions."""

from __future__ import annotations

from typing import Any


class Parsed:
    def __init__(self, pattern: Any) -> None:
        self.pattern = pattern

    def conditions(self) -> Any:
        def paths(node: Any, path: str) -> Any:
            for key, value in node.items():
                at = f"{path}.{key}" if path else key
                if key == "$or":
                    for one in value:
                        yield from paths(one, path)
                elif isinstance(value, dict):
                    yield from paths(value, at)
                else:
                    yield at, None

        return paths(self.pattern, "")


def parse(pattern: Any) -> Any:
    return Parsed(pattern)


class Router:
    def __init__(self, rules: Any) -> None:
        self.rules: dict[str, Any] = {}

    def add(self, name: str, pattern: Any) -> None:
        self.rules[name] = pattern.pattern

    def match(self, event: Any) -> list[str]:
        return [name for name, pattern in self.rules.items() if _fits(pattern, event)]


def _fits(pattern: Any, event: Any) -> bool:
    for key, wanted in pattern.items():
        if key == "$or":
            if not any(_fits(one, event) for one in wanted):
                return False
        elif isinstance(wanted, dict):
            if not _fits(wanted, event.get(key, {})):
                return False
        elif not any(_one(w, event.get(key)) for w in wanted):
            return False
    return True


def _one(w: Any, v: Any) -> bool:
    if not isinstance(w, dict):
        return bool(w == v)
    op, arg = next(iter(w.items()))
    if op == "exists":
        return (v is not None) is arg
    if op == "prefix":
        return isinstance(v, str) and v.startswith(str(arg))
    if op == "numeric" and isinstance(v, int | float):
        return all(
            {">": v > b, ">=": v >= b, "<": v < b, "<=": v <= b, "=": v == b}[a]
            for a, b in zip(arg[::2], arg[1::2], strict=True)
        )
    return False
