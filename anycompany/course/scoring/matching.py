"""Which event of an attempt is which of the reference: by what the names mean, each one once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...storm.checks.finding import quoted
from ...storm.model import Storm
from ...storm.parts import events_of
from ..domains import Domain
from .wording import Name, Wording

ALIKE = 0.66
"""From here on two names that tell of one deed are one event."""
HALF_ALIKE = 0.4
"""From here on, where also the place in time and the cause are the same."""
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
    guessed = _by_place(reference, attempt, wanted, offered, found)
    return Match(
        domain, reference, attempt, wording, {**found, **guessed}, frozenset(guessed), frozenset(exactly)
    )


def _by_name(wanted: Mapping[str, tuple[Name, ...]], offered: Mapping[str, Name]) -> tuple[Pairs, set[str]]:
    """The pairs that are most alike all in all; those that are told in the very same words first."""
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
    rest = {own: name for own, name in offered.items() if own not in taken}
    found |= _assigned({event: names for event, names in wanted.items() if event not in found}, rest)
    return found, exactly


def _as_written(name: Name) -> Hashable:
    return name.text


def _in_any_form(name: Name) -> Hashable:
    """The words of a name as such, without the groups they are in, in no order."""
    words = frozenset(frozenset(one for one in word if not one.startswith("=")) for word in name.words)
    return words, name.denies


def _assigned(wanted: Mapping[str, tuple[Name, ...]], offered: Mapping[str, Name]) -> Pairs:
    """The one-to-one pairs with the greatest likeness in all."""
    import networkx as nx

    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    for event, names in wanted.items():
        likely: list[tuple[float, str]] = []
        for own, name in offered.items():
            best = max((one.likeness(name) for one in names if one.same_deed(name)), default=0.0)
            if best >= ALIKE:
                likely.append((best, own))
        likely.sort(key=lambda one: -one[0])
        for best, own in likely[:MOST_CANDIDATES]:
            graph.add_edge(("wanted", event), ("offered", own), weight=best)
    pairs: Pairs = {}
    for nodes in nx.connected_components(graph):
        for edge in nx.max_weight_matching(graph.subgraph(sorted(nodes)), maxcardinality=True):
            (_, own), (_, event) = sorted(edge)
            pairs[event] = own
    return pairs


def _by_place(
    reference: Storm,
    attempt: Storm,
    wanted: Mapping[str, tuple[Name, ...]],
    offered: Mapping[str, Name],
    found: Pairs,
) -> Pairs:
    """Events whose names are only half alike, and that stand where the reference's stands."""
    guessed: Pairs = {}
    for _ in range(3):
        known = {**found, **guessed}
        back = {own: event for event, own in known.items()}
        loose = [own for own in offered if own not in back]
        if not loose or len(loose) > 400:
            return guessed
        around = {own: set(_around(attempt, own, back)) for own in loose}
        grown = False
        for event in wanted:
            if event in known:
                continue
            place = set(_around(reference, event, {one: one for one in reference.events if one in known}))
            likely = [
                (len(place & around[own]), likeness, own)
                for own in loose
                if own not in guessed.values()
                and len(place & around[own]) >= 2
                and (likeness := _half_alike(wanted[event], offered[own])) >= HALF_ALIKE
            ]
            if likely:
                guessed[event] = max(likely)[2]
                grown = True
        if not grown:
            break
    return guessed


def _half_alike(names: tuple[Name, ...], other: Name) -> float:
    return max((one.likeness(other) for one in names if one.failed == other.failed), default=0.0)


def _around(storm: Storm, event: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What stands beside an event, in the reference's ids: in time, and by cause and effect."""
    relations = storm.relations
    at = relations.moment_of.get(event)
    if at is not None:
        for step, side in ((-1, "before"), (1, "after")):
            if 0 <= at + step < len(storm.timeline):
                for other in events_of(storm.timeline[at + step]):
                    if other in known:
                        yield side, known[other]
        for other in events_of(storm.timeline[at]):
            if other != event and other in known:
                yield "beside", known[other]
    for policy in relations.emitters_of.get(event, ()):
        for other in storm.policies[policy].when:
            if other in known:
                yield "caused by", known[other]
    for policy in relations.hearers_of.get(event, ()):
        for other in (*storm.policies[policy].emits, *storm.policies[policy].fails):
            if other in known:
                yield "leads to", known[other]
    trigger = storm.triggers.get(event)
    if trigger:
        yield "started by", trigger.kind
