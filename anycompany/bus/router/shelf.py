"""A shelf of rules: unchanging, with matchers of their own for the kinds of events that come often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..pattern.model import Branch, Pattern, Wanted
from .matcher import Matcher, ones
from .memory import Memory

KIND = ("source", "detail-type")
"""The paths that say of which kind an event is."""
_OFTEN = 4
_MOST_BRANCHES = 100_000


class Shelf:
    """Rules in their order.

    For each kind of event that came often enough there is a matcher that holds only the rules which that kind
    can match, without asking for the kind again.

    Parameters
    ----------
    rules : name and pattern, in order.
    memory : counts what is remembered.
    """

    def __init__(self, rules: Mapping[str, Pattern], memory: Memory) -> None:
        self.rules = dict(rules)
        self._branches: list[tuple[str, Branch]] = []
        self._bits: dict[str, tuple[int, int]] = {}
        for name, pattern in rules.items():
            self._bits[name] = len(self._branches), len(pattern.branches)
            self._branches += [(name, branch) for branch in pattern.branches]
        self._alive = (1 << len(self._branches)) - 1
        self.whole = Matcher(self._branches, memory)
        self._of_kind: dict[tuple[Any, Any], Matcher] = {}
        self._special: dict[int, Matcher] = {}
        self._seen: dict[int, int] = {}
        self._memory = memory
        memory.joined_by(self)

    def __contains__(self, name: str) -> bool:
        return name in self.rules

    @property
    def worth_keeping(self) -> bool:
        """Whether at least half of what was put here is still there."""
        return 2 * self._alive.bit_count() >= len(self._branches)

    @property
    def wanted(self) -> Wanted:
        """The fields that any rule asks for."""
        return self.whole.wanted

    def remove(self, name: str) -> None:
        """Take a rule away."""
        del self.rules[name]
        first, count = self._bits.pop(name)
        self._alive &= ~(((1 << count) - 1) << first)
        self.whole.alive = self._alive
        self.forget()

    def match(self, event: Mapping[str, Any]) -> tuple[str, ...]:
        """The names of the rules that an event matches, in order."""
        kind = (event.get("source"), event.get("detail-type"))
        try:
            matcher = self._of_kind.get(kind)
        except TypeError:  # lists and objects cannot be looked up
            matcher = self.whole
        if matcher is None:
            of_texts = isinstance(kind[0], str) and isinstance(kind[1], str)
            matcher = self.matcher_of(*kind) if of_texts else self.whole
        return matcher.match(event)

    def matcher_of(self, source: Any, detail_type: Any, often: int = _OFTEN) -> Matcher:
        """The matcher for a kind of event: its own once it came often, before that the one for all."""
        able = self._alive
        for path, value in zip(KIND, (source, detail_type), strict=True):
            if slot := self.whole.slots.get(path):
                able &= slot.kept_by_all((value,))
        matcher = self._special.get(able)
        if matcher is None:
            times = self._seen.get(able, 0) + 1
            self._memory.keep(self._seen, able, times, len(self._branches) // 8)
            if times < often:
                return self.whole
            branches = [self._branches[index] for index in ones(able)]
            if sum(len(one.branches) for one in self._special.values()) > _MOST_BRANCHES:
                self.forget()
            matcher = self._special[able] = Matcher(branches, self._memory, settled=KIND)
        self._memory.keep(self._of_kind, (source, detail_type), matcher, len(source) + len(detail_type))
        return matcher

    def forget(self) -> None:
        """Forget which kinds of events came."""
        self._of_kind.clear()
        self._special.clear()
        self._seen.clear()
