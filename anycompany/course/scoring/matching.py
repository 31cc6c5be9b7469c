"""Which event of an attempt is which of the reference: by what the names mean, each one once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...storm.checks.finding import quoted
from ...storm.model import Storm
from ..domains import Domain
from .standing import Standing
from .wording import Name, Wording

ALIKE = 0.66
"""From here on two names that tell of one deed are one event."""
HALF_ALIKE, PLACED = 0.4, 0.6
"""From here on, where also the place in time, the cause and the entity are alike."""
PARTLY_ALIKE, WELL_PLACED = 0.25, 0.8
"""From here on, where these are the same."""
MOST_SHARED = 4
"""Events whose names may share a word that still tells them from the others."""
LEAST_KNOWN = 4
"""Events that have to be found by their names before others are told by where they stand."""
MOST_CANDIDATES = 8

Pairs = dict[str, str]


@dataclass(frozen=True)
class Match:
    """An attempt and the reference, with the events that are the same.

    Parameters
    ----------
    of : for each event of the reference that was found, the attempt's.
    guessed : those of them that were told by where they stand, their names being only half alike.
    exactly : those that are called as the reference or the domain's file calls them.
    """

    domain: Domain
    reference: Storm
    attempt: Storm
    wording: Wording
    of: Mapping[str, str]
    guessed: frozenset[str]
    exactly: frozenset[str]

    @cached_property
    def back(self) -> Mapping[str, str]:
        """For each event of the attempt that is one of the reference, that one."""
        return {own: event for event, own in self.of.items()}

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The events of the reference that may not be left out."""
        optional = set(self.domain.optional)
        return tuple(event for event in self.reference.events if event not in optional)

    def called(self, event: str) -> str:
        """An event of the reference as people read it, by the attempt's name where it has one."""
        own = self.of.get(event)
        return quoted(self.attempt.events[own].name if own else self.reference.events[event].name)


def match(domain: Domain, reference: Storm, attempt: Storm) -> Match:
    """Find the reference's events in an attempt.

    Parameters
    ----------
    domain : whose words and other names count.
    reference, attempt : the two storms.
    """
    names = {event: (said.name, *domain.names.get(event, ())) for event, said in reference.events.items()}
    wording = Wording(domain.words, (name for several in names.values() for name in several))
    wanted = {event: tuple(wording.name(name) for name in several) for event, several in names.items()}
    offered = {event: wording.name(said.name) for event, said in attempt.events.items()}
    found, exactly = _by_name(wanted, offered)
    left = {event: several for event, several in wanted.items() if event not in exactly}
    rest = {own: name for own, name in offered.items() if own not in found.values()}
    edges = _likely(left, rest)
    standing = Standing(wording, reference, attempt, {**found, **_best_pairs(edges)})
    found |= _best_pairs(  # of names that are alike as much, the one that stands alike
        [(likeness + standing.alike(event, own), event, own) for likeness, event, own in edges]
    )
    guessed = _by_place(wording, (reference, attempt), wanted, offered, found)
    return Match(
        domain, reference, attempt, wording, {**found, **guessed}, frozenset(guessed), frozenset(exactly)
    )


def _by_name(wanted: Mapping[str, tuple[Name, ...]], offered: Mapping[str, Name]) -> tuple[Pairs, set[str]]:
    """The pairs that are told in the very same words, and their events."""
    found: Pairs = {}
    taken: set[str] = set()
    for key in (_as_written, _in_any_form):
        called: dict[Hashable, list[str]] = {}
        for own, name in offered.items():
            called.setdefault(key(name), []).append(own)
        for level in range(max((len(names) for names in wanted.values()), default=0)):
            for event, names in wanted.items():
                if event not in found and level < len(names):
                    same = called.get(key(names[level]), ())
                    chosen = next((own for own in same if own not in taken), None)
                    if chosen:
                        found[event] = chosen
                        taken.add(chosen)
    exactly = set(found)
    return found, exactly


def _as_written(name: Name) -> Hashable:
    return name.text


def _in_any_form(name: Name) -> Hashable:
    """The words of a name as such, without the groups they are in, in no order."""
    words = frozenset(frozenset(one for one in word if not one.startswith("=")) for word in name.words)
    return words, name.denies


def _likely(
    wanted: Mapping[str, tuple[Name, ...]], offered: Mapping[str, Name]
) -> list[tuple[float, str, str]]:
    """The pairs that tell of one deed and are alike enough, each with its likeness."""
    edges: list[tuple[float, str, str]] = []
    for event, names in wanted.items():
        likely: list[tuple[float, str]] = []
        for own, name in offered.items():
            best = max((one.likeness(name) for one in names if one.same_deed(name)), default=0.0)
            if best >= ALIKE:
                likely.append((best, own))
        likely.sort(key=lambda one: -one[0])
        edges += [(best, event, own) for best, own in likely[:MOST_CANDIDATES]]
    return edges


def _best_pairs(edges: list[tuple[float, str, str]]) -> Pairs:
    """The pairs, each event once, that come to the most in all."""
    import networkx as nx

    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    for weight, event, own in edges:
        graph.add_edge(("wanted", event), ("offered", own), weight=weight)
    pairs: Pairs = {}
    for nodes in nx.connected_components(graph):
        for edge in nx.max_weight_matching(graph.subgraph(sorted(nodes)), maxcardinality=True):
            (_, own), (_, event) = sorted(edge)
            pairs[event] = own
    return pairs


def _by_place(
    wording: Wording,
    storms: tuple[Storm, Storm],
    wanted: Mapping[str, tuple[Name, ...]],
    offered: Mapping[str, Name],
    found: Pairs,
) -> Pairs:
    """Events whose names are only partly alike, and that stand where the reference's stand."""
    guessed: Pairs = {}
    common = _common_words(wanted)
    for _ in range(3):
        known = {**found, **guessed}
        loose = set(offered) - set(known.values())
        if not loose or len(loose) > 400 or len(known) < LEAST_KNOWN:
            break
        standing = Standing(wording, *storms, known)
        graph: list[tuple[float, str, str]] = []
        for event in wanted:
            if event in known:
                continue
            for own in sorted(loose):
                likeness = _half_alike(wanted[event], offered[own], common)
                if likeness < PARTLY_ALIKE:
                    continue
                place = standing.alike(event, own)
                if place >= (PLACED if likeness >= HALF_ALIKE else WELL_PLACED):
                    graph.append((likeness + place, event, own))
        more = _best_pairs(graph)
        guessed |= more
        if not more:
            break
    return guessed


def _half_alike(names: tuple[Name, ...], other: Name, common: frozenset[str]) -> float:
    """How alike the names are that share a word of which not everything is called."""
    return max(
        (
            one.likeness(other)
            for one in names
            if one.failed == other.failed and (one.all & other.all) - common
        ),
        default=0.0,
    )


def _common_words(wanted: Mapping[str, tuple[Name, ...]]) -> frozenset[str]:
    told = Counter(word for names in wanted.values() for word in names[0].all)
    return frozenset(word for word, count in told.items() if count > MOST_SHARED)
