"""Steps 1 and 2: which events were found, and whether each stands after what has to come before it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from ...storm.checks.finding import quoted
from ...storm.english import base_of, words_of
from ...storm.model import Storm
from ..domains import Domain
from ..judging.naming import TELLS, can_be_judged, fault_of
from .card import StepScore, Tally, not_attempted
from .matching import Match

_WRONG_KIND = frozenset(TELLS) - {"no-noun", "two-facts", "query"}
"""Faults of a name that make a note no event; the others may be fair in one business and not in another."""
_MOST_JUDGED = 2_500


def events_found(match: Match) -> StepScore:
    """Step 1: the events of the reference that are there by what they mean; and none that is no event."""
    attempt, tally = match.attempt, Tally()
    if not attempt.events:
        return not_attempted(1)
    for event, said in match.reference.events.items():
        own = match.of.get(event)
        if own is None:
            if event in match.wanted:
                tally.lacks(f"No event says {quoted(said.name)}.")
            continue
        name = attempt.events[own].name
        fault = _fault_of(match, event, name)
        if fault:
            tally.fault(f"{quoted(name)} {TELLS[fault]}", part=0.5)
            continue
        tally.good()
        if event in match.guessed:
            tally.credited.append(f"{quoted(name)} is read as {quoted(said.name)}, by where it stands.")
        elif words_of(name) != words_of(said.name):
            tally.credited.append(f"{quoted(name)} is {quoted(said.name)}, under another name.")
    seen = {_meaning(match, own) for own in match.of.values()}
    for own, said in list(attempt.events.items())[:_MOST_JUDGED]:
        if own in match.back:
            continue
        meaning = _meaning(match, own)
        if fault := _fault(said.name):
            tally.fault(f"{quoted(said.name)} {TELLS[fault]}")
        elif meaning in seen:
            tally.fault(f"{quoted(said.name)} says what another event says.")
        else:
            seen.add(meaning)
    more = len(attempt.events) - len(match.of) - len(tally.wrong)
    if more > 0:
        tally.credited.append(f"{more} more events than the reference has: they cost nothing.")
    return tally.score(1)


def _fault_of(match: Match, event: str, name: str) -> str:
    """The fault of a name; none that a name of the reference or of the domain's file has as well.

    Where a word of software is one of the business here, as “event” is in a concert hall, it is read so.
    """
    fault = _fault(name)
    if not fault:
        return ""
    listed = (match.reference.events[event].name, *match.domain.names.get(event, ()))
    first = {base_of(word): group[0] for group in match.domain.words for word in group}
    usual = " ".join(first.get(base_of(word), word) for word in words_of(name[:300]))
    return "" if fault in map(_fault, listed) or not _fault(usual) else fault


def _meaning(match: Match, own: str) -> tuple[frozenset[frozenset[str]], bool]:
    name = match.wording.name(match.attempt.events[own].name)
    return frozenset(name.words), name.denies


def _fault(name: str) -> str:
    found = fault_of(name) if can_be_judged(name) else None
    return found if found in _WRONG_KIND else ""


def in_order(match: Match) -> StepScore:
    """Step 2: each event stands on the timeline, and after what has to come before it."""
    attempt, tally = match.attempt, Tally()
    moments = attempt.relations.moment_of
    if not attempt.timeline or not match.of:
        return not_attempted(2)
    for own in match.of.values():
        if own in moments:
            tally.good(0.25)
        else:
            tally.lacks(f"{quoted(attempt.events[own].name)} is not on the timeline.", 0.25)
    placed = frozenset(event for event, own in match.of.items() if own in moments)
    for first, then in next_pairs(fixed_pairs(match.domain, match.reference), placed):
        if moments[match.of[first]] < moments[match.of[then]]:
            tally.good()
        else:
            tally.fault(f"{match.called(first)} comes before {match.called(then)}, but does not stand so.")
    own_moments = [
        moments[match.of[event]] for event in match.reference.relations.in_order if event in placed
    ]
    if not tally.wrong and own_moments != sorted(own_moments):
        tally.credited.append("Events stand in another order than in the reference, where none is fixed.")
    tally.at_least(len(match.wanted) / 2)
    return tally.score(2)


Pair = tuple[str, str]


def fixed_pairs(domain: Domain, reference: Storm) -> frozenset[Pair]:
    """Every pair of events of which one has to come before the other; all other pairs are free.

    They are those of the rows in ``order``, and what follows from several of them.
    """
    return _closed(tuple(_said(domain, reference)))


def _said(domain: Domain, reference: Storm) -> Iterator[Pair]:
    for row in domain.order:
        yield from pairwise(row)


@lru_cache(maxsize=64)
def _closed(pairs: tuple[Pair, ...]) -> frozenset[Pair]:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph(pairs)
    return frozenset((first, then) for first in graph for then in nx.descendants(graph, first))


@lru_cache(maxsize=64)
def next_pairs(pairs: frozenset[Pair], there: frozenset[str]) -> tuple[Pair, ...]:
    """Of the pairs among those that are there, the ones from which all others follow."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(pair for pair in pairs if there.issuperset(pair))
    return tuple(sorted(nx.transitive_reduction(graph).edges))
