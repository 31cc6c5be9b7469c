"""Suggested boundaries: the best bounded contexts found, each with its reason, for a team to argue with.

Advice, never an error: the organization's own words decide. The search has a stated budget and no chance in
it, so that everybody who asks gets the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .coupling import WEIGHT_OF_SIZE, Coupling, coupling
from .edits import Add, AnyEdit, Assign, Batch
from .guesses import with_guesses
from .ids import mint
from .model import Storm

SWEEPS = 10
"""How often the search may go over all entities to move them one by one: its budget."""

RESOLUTIONS = (0.5, 1.0, 2.0)
"""How finely Louvain's method is asked to divide."""

Ties = Mapping[frozenset[str], int]
"""For each two entities, how often a policy of the one reacts to an event of the other."""

Partition = Mapping[str, int]
"""For each entity, the number of its group."""


@dataclass(frozen=True)
class Suggestion:
    """Other borders: the entities of each context, what they do to the coupling, why, and the edit to try."""

    contexts: Mapping[str, tuple[str, ...]]
    before: Coupling
    after: Coupling
    reasons: tuple[str, ...]
    edits: Batch

    @property
    def change(self) -> float:
        """What is added to the score; below zero is looser."""
        return self.after.score - self.before.score


def suggested_boundaries(storm: Storm, *, most: int = 3, sweeps: int = SWEEPS) -> tuple[Suggestion, ...]:
    """The best boundaries found, the loosest coupling first; empty when none is better than today's.

    Parameters
    ----------
    most : at most so many suggestions.
    sweeps : the budget: how often all entities may be tried in other groups, for each way to begin.

    Entities that no other entity talks to stay where they are: nothing speaks for moving them.
    """
    played = with_guesses(storm)
    ties = ties_between_entities(played)
    if not ties:
        return ()
    before = coupling(storm)
    homes = played.relations.contexts_of
    comparable = all(entity in homes for pair in ties for entity in pair)
    found: dict[str, Suggestion] = {}
    for partition in _candidates(played, ties, sweeps):
        suggestion = _suggestion(storm, partition, ties, before)
        looser = suggestion.after.score < before.score - 1e-9
        if suggestion.edits.edits and (looser or not comparable):
            found.setdefault(str(sorted(suggestion.contexts.values())), suggestion)
    return tuple(sorted(found.values(), key=lambda one: one.after.score)[:most])


def ties_between_entities(storm: Storm) -> Ties:
    """How often the policies of one entity react to another's events; a policy is at its first output."""
    counted: Counter[frozenset[str]] = Counter()
    for policy in storm.policies.values():
        outputs = (storm.relations.entity_of(event) for event in (*policy.emits, *policy.fails))
        home = next((entity for entity in outputs if entity), None)
        for event in dict.fromkeys(policy.when):
            entity = storm.relations.entity_of(event)
            if home and entity and entity != home:
                counted[frozenset((home, entity))] += 1
    return counted


def _candidates(storm: Storm, ties: Ties, sweeps: int) -> Iterator[Partition]:
    """Partitions of the tied entities: today's, moved once and moved on; and what two methods find."""
    import networkx as nx

    tied = {entity for pair in ties for entity in pair}
    order = [entity for entity in storm.entities if entity in tied]
    sizes = {entity: len(storm.entities[entity].events) for entity in order}
    numbers = {context: number for number, context in enumerate(storm.contexts)}
    homes = {entity: next(iter(storm.relations.contexts_of.get(entity, ())), None) for entity in order}
    today = {
        entity: numbers[home] if home else len(numbers) + index
        for index, (entity, home) in enumerate(homes.items())
    }
    yield _improved(today, ties, sizes, sweeps, moves=1)
    yield _improved(today, ties, sizes, sweeps)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(order)
    for pair, weight in ties.items():
        one, other = sorted(pair)
        graph.add_edge(one, other, weight=weight)
    divisions: list[Iterable[Iterable[str]]] = [
        nx.community.greedy_modularity_communities(graph, weight="weight"),
        *(
            nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=1)
            for resolution in RESOLUTIONS
        ),
    ]
    for division in divisions:
        groups = sorted(sorted(group) for group in division)
        yield _improved({e: n for n, group in enumerate(groups) for e in group}, ties, sizes, sweeps)


def _improved(
    start: Partition, ties: Ties, sizes: Mapping[str, int], sweeps: int, moves: int | None = None
) -> Partition:
    """The partition after moving entities, one at a time, to the group where the score falls most."""
    group_of = dict(start)
    weight_of: Counter[int] = Counter()
    neighbours: dict[str, Counter[str]] = {entity: Counter() for entity in group_of}
    for pair, weight in ties.items():
        one, other = sorted(pair)
        neighbours[one][other] += weight
        neighbours[other][one] += weight
    for entity, group in group_of.items():
        weight_of[group] += sizes[entity]
    talk, total = sum(ties.values()), sum(sizes.values()) or 1
    for _ in range(sweeps):
        moved = False
        for entity, here in list(group_of.items()):
            drawn: Counter[int] = Counter()
            for other, weight in neighbours[entity].items():
                drawn[group_of[other]] += weight
            size = sizes[entity]
            best, gain = here, 1e-9
            for group in sorted(drawn):
                if group == here:
                    continue
                less_talk = (drawn[group] - drawn[here]) / talk
                more_size = WEIGHT_OF_SIZE * 2 * size * (weight_of[group] - weight_of[here] + size) / total**2
                if less_talk - more_size > gain:
                    best, gain = group, less_talk - more_size
            if best != here:
                group_of[entity], moved = best, True
                weight_of[here] -= size
                weight_of[best] += size
                moves = None if moves is None else moves - 1
                if moves == 0:
                    return group_of
        if not moved:
            break
    return group_of


def _suggestion(storm: Storm, partition: Partition, ties: Ties, before: Coupling) -> Suggestion:
    groups: dict[int, list[str]] = {}
    for entity, number in partition.items():
        groups.setdefault(number, []).append(entity)
    named = _named_groups(storm, list(groups.values()))
    edits: list[AnyEdit] = []
    for context, entities in named.items():
        if context not in storm.contexts:
            name = storm.entities[_largest(storm, entities)].title(_largest(storm, entities))
            edits.append(Add(to="contexts", name=name, id=context, keys={"entities": entities}))
            continue
        here = storm.contexts[context].entities
        edits += [Assign(of="entities", id=entity, to=context) for entity in entities if entity not in here]
    batch = Batch(edits=edits)
    after = storm.do(batch)
    contexts = {key: tuple(context.entities) for key, context in after.contexts.items()}
    return Suggestion(contexts, before, coupling(after), tuple(_reasons(storm, after, ties)), batch)


def _largest(storm: Storm, entities: list[str]) -> str:
    return max(entities, key=lambda entity: len(storm.entities[entity].events))


def _named_groups(storm: Storm, groups: list[list[str]]) -> dict[str, list[str]]:
    """The groups under the contexts they share most events with; those without one under a new id."""
    home_of = {entity: homes[0] for entity, homes in storm.relations.contexts_of.items()}
    shared: Counter[tuple[int, str]] = Counter()
    for number, group in enumerate(groups):
        for entity in group:
            if entity in home_of:
                shared[(number, home_of[entity])] += 1 + len(storm.entities[entity].events)
    named: dict[int, str] = {}
    for (number, context), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if number not in named and context not in named.values():
            named[number] = context
    taken = {*storm.contexts, *storm.retired}
    for number, group in enumerate(groups):
        if number not in named:
            named[number] = mint(_largest(storm, group), taken, "context")
            taken.add(named[number])
    return {named[number]: group for number, group in enumerate(groups)}


def _reasons(before: Storm, after: Storm, ties: Ties) -> Iterator[str]:
    """Why each entity that moves would be better off, and which context is left with nothing."""
    for entity, (context, *_) in after.relations.contexts_of.items():
        homes = before.relations.contexts_of.get(entity, ())
        if context in homes:
            continue
        there = _talk(ties, entity, after.contexts[context].entities)
        total = sum(weight for pair, weight in ties.items() if entity in pair)
        title, home = before.entities[entity].title(entity), after.contexts[context].title(context)
        now = f", and {_talk(ties, entity, before.contexts[homes[0]].entities)} where it is" if homes else ""
        yield f"{title} → {home}: of its {total} ties with other entities {there} are there{now}."
    for key, context_after in after.contexts.items():
        if not context_after.entities and before.contexts[key].entities:
            yield f"{context_after.title(key)} is left without entities: the two would be one context."


def _talk(ties: Ties, entity: str, others: Iterable[str]) -> int:
    return sum(ties.get(frozenset((entity, other)), 0) for other in others if other != entity)
