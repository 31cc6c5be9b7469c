"""Wildcards in event patterns: how they are written, and how costly EventBridge lets them be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .errors import PatternError
from .model import AnythingBut, Condition, Wildcard

TOO_COMPLEX = 10
"""So many places of its wildcards at once is what EventBridge refuses a field for; AWS publishes no number:
it refuses 11 and takes 7."""
_MOST_STEPS = 20_000
_TOO_COMPLEX_SAYS = (
    "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences "
    "after a wildcard character"
)
_ANY = "*"
_END = "end"
_QUOTE = ord('"')

State = tuple[int, int, bool]
"""A place in a wildcard: its group, its node, and whether it waits in the ``*`` there."""


def wildcard(text: str) -> Wildcard:
    r"""A wildcard as a pattern writes it: ``*`` is any characters or none, ``\*`` and ``\\`` are themselves.

    Raises
    ------
    PatternError
        for ``**`` and for a backslash before anything else, with the place as EventBridge counts it: bytes
        of UTF-8, with the quote before the text.

    >>> wildcard(r"a*\*b").parts
    ('a', '*b')
    """
    parts: list[str] = []
    literal: list[str] = []
    at, position = 0, 1
    while at < len(text):
        letter = text[at]
        after = text[at + 1 : at + 2]
        if letter == "*":
            if after == "*":
                raise PatternError(f"Consecutive wildcard characters at pos {position}")
            parts.append("".join(literal))
            literal = []
        elif letter == "\\":
            if after not in ("*", "\\"):
                raise PatternError(f"Invalid escape character at pos {position}")
            literal.append(after)
            at, position = at + 1, position + 1
        else:
            literal.append(letter)
        at, position = at + 1, position + len(letter.encode("utf-8", "replace"))
    return Wildcard((*parts, "".join(literal)))


def wildcards_of(condition: Condition) -> tuple[Wildcard, ...]:
    """The wildcards of one condition: none, its own, or those that an ``anything-but`` excludes."""
    if isinstance(condition, Wildcard):
        return (condition,)
    if isinstance(condition, AnythingBut):
        return tuple(one for one in condition.conditions if isinstance(one, Wildcard))
    return ()


def check_complexity(groups: Iterable[tuple[Wildcard, ...]]) -> None:
    """See that one field's wildcards are as simple as EventBridge asks.

    Parameters
    ----------
    groups : the wildcards of each condition: one for a wildcard, any number for an ``anything-but``.

    Raises
    ------
    PatternError
        where they are too complex.
    """
    if complexity(groups) >= TOO_COMPLEX:
        raise PatternError(_TOO_COMPLEX_SAYS)


def complexity(groups: Iterable[tuple[Wildcard, ...]], most: int = TOO_COMPLEX) -> int:
    """In how many places of its wildcards a reader can be at once, for the worst text; at most ``most``.

    The measure of event-ruler (MachineComplexityEvaluator): the wildcards of a field make one automaton over
    bytes; the largest set of places that some text leads to, with the ``*`` that begin there, is its size.

    >>> complexity([(wildcard("*:*:*:*:*:event-bus/*"),)], most=99), complexity([(wildcard("a*b"),)])
    (11, 2)
    """
    groups = list(groups)
    if all(len(one.parts) == 1 for wildcards in groups for one in wildcards):
        return min(len(groups), most)  # as many as begin with the quote
    automaton = _Automaton(groups)
    seen = {automaton.start}
    todo = [automaton.start]
    largest = 0
    while todo:
        places = todo.pop()
        largest = max(largest, automaton.size(places))
        if largest >= most or len(seen) > _MOST_STEPS:
            return most
        for following in automaton.after(places):
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return largest


class _Automaton:
    """The wildcards of a field: a tree of bytes for each group, in which some nodes wait for anything."""

    def __init__(self, groups: list[tuple[Wildcard, ...]]) -> None:
        self.children: list[list[dict[int | str, int]]] = []
        for wildcards in groups:
            nodes: list[dict[int | str, int]] = [{}, {}]  # where it begins, and where all of a group end
            for one in wildcards:
                node = 0
                for symbol in _symbols(one):
                    if symbol not in nodes[node]:
                        nodes.append({})
                        nodes[node][symbol] = 1 if symbol == _END else len(nodes) - 1
                    node = nodes[node][symbol]
            self.children.append(nodes)
        quoted = [(group, nodes[0]) for group, nodes in enumerate(self.children) if nodes[0]]
        self.start = frozenset((group, root[_QUOTE], False) for group, root in quoted)

    def size(self, places: frozenset[State]) -> int:
        begun = {
            (group, self.children[group][node][_ANY], True)
            for group, node, waits in places
            if not waits and _ANY in self.children[group][node]
        }
        return len(places | begun)

    def after(self, places: frozenset[State]) -> Iterator[frozenset[State]]:
        """The places after each byte that can follow."""
        stays: set[State] = set()
        moves: dict[int | str, set[State]] = {}
        for group, node, waits in places:
            nodes = self.children[group]
            inner = node if waits else nodes[node].get(_ANY)
            if inner is not None:
                stays.add((group, inner, True))
            for source in {node, inner} - {None}:
                for symbol, target in nodes[source].items():  # type: ignore[index]  # None is taken out
                    if symbol != _ANY:
                        byte = _QUOTE if symbol == _END else symbol
                        moves.setdefault(byte, set()).add((group, target, False))
        if stays:
            yield frozenset(stays)
        for targets in moves.values():
            yield frozenset(stays | targets)


def _symbols(one: Wildcard) -> Iterator[int | str]:
    """The bytes of a wildcard in its quotes, with its stars."""
    yield _QUOTE
    for number, part in enumerate(one.parts):
        if number:
            yield _ANY
        yield from part.encode("utf-8", "replace")
    yield _END
