"""The usual order of the events of a log: moments, alternatives, and what seems to follow from what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...storm.guesses import sounds_like_failure
from .observed import Observed

RELIABLY = 0.8
"""How often one event has to follow another, for a guess that it follows from it."""

_FLOWS_FOR_A_GUESS = 2
_NEARLY_NEVER = 0.02
_EITHER_WAY, _FLOWS_FOR_EITHER_WAY = 0.25, 4


@dataclass(frozen=True)
class Moments:
    """A timeline of kinds: each moment with whether its kinds are alternatives."""

    moments: tuple[tuple[tuple[int, ...], bool], ...]

    @property
    def number_of(self) -> dict[int, int]:
        """For each kind the number of its moment."""
        return {kind: number for number, (kinds, _) in enumerate(self.moments) for kind in kinds}


@dataclass(frozen=True)
class Consequence:
    """A guess: when any of these came, these followed, or those that sound like failure."""

    when: tuple[int, ...]
    emits: tuple[int, ...]
    fails: tuple[int, ...] = ()


def usual_order(observed: Observed) -> Moments:
    """All kinds in their usual order; side by side those that exclude each other, or come in either order."""
    line = _in_a_row(observed)
    before = _usual_predecessors(observed, line)
    either = {kind: group for group in _alternatives(observed, before) for kind in group}
    moments: list[tuple[tuple[int, ...], bool]] = []
    done: set[int] = set()
    for kind in line:
        if kind in done:
            continue
        group = either.get(kind, (kind,))
        done.update(group)
        beside, alternatives = moments[-1] if moments else ((), True)
        parallel = all(
            before[kind] == before[other] and _in_either_order(observed, kind, other) for other in beside
        )
        if parallel and not alternatives and len(group) == 1:
            moments[-1] = ((*beside, kind), False)
        else:
            moments.append((group, len(group) > 1))
    return Moments(tuple(moments))


def _in_a_row(observed: Observed) -> list[int]:
    """Every kind after those that usually come before it; what is free to move stands as it came first."""
    kinds = range(len(observed.kinds))
    before: dict[int, int] = dict.fromkeys(kinds, 0)
    after: dict[int, list[tuple[int, int]]] = {kind: [] for kind in kinds}
    for one, other in {(min(a, b), max(a, b)) for a, b, _ in observed.before}:
        first, second = observed.precedence(one, other)
        if first != second:
            earlier, later = (one, other) if first > second else (other, one)
            before[later] += abs(first - second)
            after[earlier].append((later, abs(first - second)))
    row: list[int] = []
    left = dict.fromkeys(kinds)
    while left:
        kind = min(left, key=lambda one: (before[one], observed.kinds[one].line))
        row.append(kind)
        del left[kind]
        for later, weight in after[kind]:
            before[later] -= weight
    return row


def _in_either_order(observed: Observed, one: int, other: int) -> bool:
    first, second = observed.precedence(one, other)
    both = first + second
    return both >= _FLOWS_FOR_EITHER_WAY and min(first, second) >= _EITHER_WAY * both


def _alternatives(observed: Observed, before: Mapping[int, int | None]) -> list[tuple[int, ...]]:
    """Kinds that follow the same kind and never come together."""
    groups: dict[int, list[list[int]]] = {}
    for kind, after in before.items():
        if after is None:
            continue
        beside = groups.setdefault(after, [])
        for group in beside:
            if all(_exclude(observed, kind, other, after) for other in group):
                group.append(kind)
                break
        else:
            beside.append([kind])
    return [tuple(group) for beside in groups.values() for group in beside if len(group) > 1]


def _usual_predecessors(observed: Observed, line: list[int]) -> dict[int, int | None]:
    """For each kind in order that after which it comes more often than not; of several the last in order."""
    place = {kind: at for at, kind in enumerate(line)}
    found: dict[int, int | None] = dict.fromkeys(line)
    for one, kind in sorted({(one, kind) for one, kind, _ in observed.next_ if one != kind}):
        known = found[kind]
        if 2 * observed.follows(one, kind)[0] > observed.kinds[kind].count and (
            known is None or place[one] > place[known]
        ):
            found[kind] = one
    return found


def _exclude(observed: Observed, one: int, other: int, after: int) -> bool:
    shared = observed.shared(one, other, after)
    if not shared:
        return False
    both = observed.before[one, other, shared[0]] + observed.before[other, one, shared[0]]
    return both <= _NEARLY_NEVER * min(observed.kinds[one].count, observed.kinds[other].count)


def consequences(observed: Observed, order: Moments) -> list[Consequence]:
    """What reliably and quickly follows from what, in the usual order; guesses, no more."""
    number_of = order.number_of
    found: dict[tuple[tuple[int, ...], tuple[int, ...]], list[int]] = {}
    after: dict[int, set[int]] = {}
    for one, other, _ in observed.next_:
        if one != other:
            after.setdefault(one, set()).add(other)
    for one in number_of:
        for outcome in _outcomes(observed, order, after.get(one, set())):
            quick = sum(observed.follows(one, kind)[1 if observed.clock.tells else 0] for kind in outcome)
            times = observed.kinds[one].count
            later = all(number_of[kind] > number_of[one] for kind in outcome)
            if later and times >= _FLOWS_FOR_A_GUESS and quick >= RELIABLY * times:
                emits, fails = _branches(observed, outcome)
                found.setdefault((emits, fails), []).append(one)
    return [Consequence(tuple(when), emits, fails) for (emits, fails), when in found.items()]


def _outcomes(observed: Observed, order: Moments, after: set[int]) -> list[tuple[int, ...]]:
    """What came next after a kind, in order: alternatives together where one source puts them on the bus."""
    outcomes: list[tuple[int, ...]] = []
    for kinds, either in order.moments:
        came = tuple(kind for kind in kinds if kind in after)
        sources = {observed.kinds[kind].address[0] for kind in came}
        if either and len(sources) == 1:
            outcomes.append(came)
        else:
            outcomes += [(kind,) for kind in came]
    return outcomes


def _branches(observed: Observed, outcome: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Which of the outcomes is success and which failure, by how they sound and how often they come."""
    if len(outcome) == 1:
        return outcome, ()
    often = sorted(outcome, key=lambda kind: -observed.kinds[kind].count)
    fine = [kind for kind in often if not sounds_like_failure(observed.kinds[kind].name)] or often
    return (fine[0],), tuple(kind for kind in often if kind != fine[0])
