"""The states after work that has succeeded: they put what always follows, then what the way taken leads to.

Which way that was is asked of the event again: branches ask of nothing else, so the answer is the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...bus.outcomes import Fork, always, forks
from ...storm.model import Storm
from ...storm.parts import Branch
from .conditions import condition, fault_in_condition
from .expressions import evaluated
from .names import StateNames
from .putting import putting
from .retries import State


class Outcomes:
    """Makes the states that put the events of a policy's success on the bus.

    Parameters
    ----------
    storm, policy : whose success.
    names : the names that states have so far.
    with_marker : whether what the workbook's test events need is built in.
    """

    def __init__(self, storm: Storm, policy: str, names: StateNames, *, with_marker: bool) -> None:
        self._storm = storm
        self._policy = policy
        self._names = names
        self._with_marker = with_marker

    def states(self, end: str) -> dict[str, State]:
        """The states, the first one first; ``end`` is the name of a state that only ends."""
        found = [
            (self._names.new(f"What follows from {fork.task.title}"), fork)
            for fork in forks(self._storm, self._policy)
        ]
        firsts = [name for name, _ in found]
        states = self._putting(always(self._storm, self._policy), firsts[0] if firsts else None)
        for (name, fork), after in zip(found, [*firsts[1:], end], strict=False):
            states |= self._of_the_way_taken(name, fork, after)
        return states

    def _putting(self, events: list[str], following: str | None) -> dict[str, State]:
        return putting(
            self._storm, self._policy, events, self._names,
            with_marker=self._with_marker, following=following,
        )  # fmt: skip

    def _of_the_way_taken(self, name: str, fork: Fork, after: str) -> dict[str, State]:
        choices, default = [], after
        states: dict[str, State] = {}
        there = [_is_taken(branches, index) for branches, index in fork.within]
        for way, events in zip(fork.branches, fork.puts, strict=True):
            put = self._putting(list(events), after)
            states |= put
            leads_to = next(iter(put), after)
            asked = [*there, _asked(way)] if way.where is not None else there
            if asked:
                choices.append({"Condition": evaluated(" and ".join(asked)), "Next": leads_to})
            else:
                default = leads_to
        if not choices:
            return {name: {"Type": "Pass", "Next": default}} | states
        return {name: {"Type": "Choice", "Choices": choices, "Default": default}} | states


def _is_taken(branches: Sequence[Branch], index: int) -> str:
    """Whether a way is taken: it matches, and none before it does."""
    before = [f"$not({_asked(way)})" for way in branches[:index]]
    own = [_asked(branches[index])] if branches[index].where is not None else []
    return f"({' and '.join([*before, *own]) or 'true'})"


def _asked(way: Branch) -> str:
    """A way's pattern as a condition; one that JSONata cannot ask exactly is never taken, as a check says."""
    where = way.where or {}
    return "false" if fault_in_condition(where) else condition(where)
