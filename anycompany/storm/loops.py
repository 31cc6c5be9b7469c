"""The graph of events and policies, and the knots in it: policies that start each other for ever."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import DiGraph

    from .model import Storm

Node = tuple[str, str]
"""``("policies", id)`` or ``("events", id)``: an event leads to who hears it, they to what they emit."""

Edges = list[tuple[Node, Node]]


def edges(storm: Storm, *, always: bool = False) -> Edges:
    """What leads to what; with ``always`` only what happens whatever the work comes to.

    A policy without ``fails`` emits its events always; one with ``fails`` sometimes these, sometimes those.
    """
    found: Edges = []
    for key, policy in storm.policies.items():
        if always and policy.fails:
            continue
        found += [(("events", event), ("policies", key)) for event in policy.when]
        found += [(("policies", key), ("events", event)) for event in (*policy.emits, *policy.fails)]
    return found


def is_free_of_loops(graph: Edges) -> bool:
    """Whether nothing in the graph leads back to itself; quick, so that most storms load no graph library."""
    before: dict[Node, set[Node]] = {}
    for start, end in graph:
        before.setdefault(end, set()).add(start)
    try:
        TopologicalSorter(before).prepare()
    except CycleError:
        return False
    return True


def knots(graph: Edges) -> list[DiGraph[Node]]:
    """The parts of the graph in which everything leads to everything, each by its own, largest first."""
    if is_free_of_loops(graph):
        return []
    import networkx as nx

    whole: DiGraph[Node] = nx.DiGraph(graph)
    found = [part for part in nx.strongly_connected_components(whole) if len(part) > 1]
    return [whole.subgraph(part) for part in sorted(found, key=lambda part: (-len(part), min(part)))]
