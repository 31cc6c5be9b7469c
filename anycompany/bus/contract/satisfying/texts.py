"""Machines that read a text letter by letter and say whether it meets a condition of an event pattern.

Each is a deterministic automaton; together they decide whether any text meets several conditions at once.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from ...pattern.values import cases

State = Any
"""Where a machine is; None is a dead end: whatever follows, the condition is not met."""


class Machine(Protocol):
    """A condition on texts."""

    start: State
    letters: set[str]
    """The letters that it tells apart; all others are one to it."""
    cost: int
    """How much work one more letter is."""

    def step(self, state: State, char: str) -> State:
        """Where one more letter leads."""

    def accepts(self, state: State) -> bool:
        """Whether a text that ends here meets the condition."""


class Words:
    """The text is one of these, or begins with one."""

    def __init__(self, words: Collection[str], *, beginning: bool = False) -> None:
        self.start = 0
        self.letters = {char for word in words for char in word}
        self.cost = 1
        self._beginning = beginning
        self._next: list[dict[str, int]] = [{}]
        self._ends: set[int] = set()
        for word in words:
            node = 0
            for char in word:
                if char not in self._next[node]:
                    self._next[node][char] = len(self._next)
                    self._next.append({})
                node = self._next[node][char]
            self._ends.add(node)

    def step(self, state: State, char: str) -> State:
        """Down the tree of words."""
        if state is None or (self._beginning and state in self._ends):
            return state
        return self._next[state].get(char)

    def accepts(self, state: State) -> bool:
        """Whether a word ends here."""
        return state in self._ends


class Search:
    """How many letters of a word a text ends with, letter by letter (Knuth, Morris and Pratt)."""

    def __init__(self, word: str) -> None:
        self.word = word
        self._back = [0] * len(word)
        known = 0
        for index in range(1, len(word)):
            while known and word[index] != word[known]:
                known = self._back[known - 1]
            known += word[index] == word[known]
            self._back[index] = known

    def step(self, known: int, char: str) -> int:
        """How many letters of the word the text ends with after one more letter."""
        if known == len(self.word):
            known = self._back[known - 1] if known else 0
        while known and self.word[known] != char:
            known = self._back[known - 1]
        return known + 1 if known < len(self.word) and self.word[known] == char else known


class Ending:
    """The text ends with this one."""

    def __init__(self, text: str) -> None:
        self.start = 0
        self.letters = set(text)
        self.cost = 1
        self._search = Search(text)

    def step(self, state: State, char: str) -> State:
        """One more letter."""
        return self._search.step(state, char)

    def accepts(self, state: State) -> bool:
        """Whether the text ends with the whole of it."""
        return bool(state == len(self._search.word))


class IgnoringCase:
    """The text is this one, begins or ends with it, each character in lower or in upper case.

    The upper case of a character may be several (``ß`` and ``SS``): the state is the set of all nodes that
    the letters so far lead to.
    """

    def __init__(self, text: str, *, beginning: bool = False, ending: bool = False) -> None:
        self.start = frozenset([0])
        self._beginning = beginning
        self._ending = ending
        self._next: list[dict[str, set[int]]] = [{}]
        self._end = 0
        for spellings in cases(text):
            fork, self._end = self._end, len(self._next)
            self._next.append({})
            for spelling in dict.fromkeys(spellings):
                self._spell(fork, spelling, self._end)
        self.letters = {char for node in self._next for char in node}
        self.cost = 1 + len(self._next) // 4

    def _spell(self, node: int, spelling: str, to: int) -> None:
        for char in spelling[:-1]:
            self._next[node].setdefault(char, set()).add(len(self._next))
            node = len(self._next)
            self._next.append({})
        self._next[node].setdefault(spelling[-1], set()).add(to)

    def step(self, state: State, char: str) -> State:
        """One more letter."""
        if state is None or (self._beginning and self._end in state):
            return state
        after = {to for node in state for to in self._next[node].get(char, ())}
        if self._ending:
            after.add(0)
        return frozenset(after) or None

    def accepts(self, state: State) -> bool:
        """Whether the whole of it was read."""
        return state is not None and self._end in state


class Wild:
    """The text is these parts in order, with anything between them; each is taken where it comes first."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        self.letters = {char for part in parts for char in part}
        self.cost = 1
        self._parts = [Search(part) for part in parts]
        self._last = len(parts) - 1
        self.start = self._on(0, 0)

    def _on(self, part: int, known: int) -> tuple[int, int]:
        """The state after so many letters of a part; a part that is done leads to the next one, if any."""
        while part < self._last and known == len(self._parts[part].word):
            part, known = part + 1, 0
        return part, known

    def step(self, state: State, char: str) -> State:
        """One more letter."""
        if state is None:
            return None
        part, known = state
        search = self._parts[part]
        if part == 0:  # the text begins with it; without a star it is all of it
            fits = known < len(search.word) and search.word[known] == char
            return self._on(0, known + 1) if fits else None
        return self._on(part, search.step(known, char))

    def accepts(self, state: State) -> bool:
        """Whether all parts were seen, the last one at the end."""
        return state is not None and state == (self._last, len(self._parts[self._last].word))


class Not:
    """The text does not meet a condition."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.letters = machine.letters
        self.cost = machine.cost
        self.start = (machine.start,)

    def step(self, state: State, char: str) -> State:
        """One more letter; a dead end of the condition is none of its opposite."""
        return (self._machine.step(state[0], char),)

    def accepts(self, state: State) -> bool:
        """Whether the condition is not met here."""
        return not self._machine.accepts(state[0])


class Length:
    """The text has at least and at most so many letters."""

    def __init__(self, least: int, most: int | None) -> None:
        self.start = 0
        self.letters: set[str] = set()
        self.cost = 1
        self._least = least
        self._most = most

    def step(self, state: State, char: str) -> State:
        """One more letter; beyond what matters they are not counted."""
        if state is None or state == self._most:
            return None
        return state + 1 if self._most is not None or state < self._least else state

    def accepts(self, state: State) -> bool:
        """Whether a text may be this long."""
        return state is not None and state >= self._least
