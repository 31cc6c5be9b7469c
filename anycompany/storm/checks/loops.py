"""Policies that start each other for ever: the graph of events and policies, and its cycles."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ..model import Storm
from .finding import Found, called, check, listed, quoted

if TYPE_CHECKING:
    from networkx import DiGraph

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


def shortest_cycle(knot: DiGraph[Node], through: Edges) -> list[Node] | None:
    """The shortest cycle of a knot that goes through one of these edges, from its smallest policy on."""
    import networkx as nx

    best: list[Node] | None = None
    for start, end in through[:50]:
        path = nx.shortest_path(knot, end, start)
        if best is None or len(path) < len(best):
            best = path
    if best is None:
        return None
    first = best.index(min(node for node in best if node[0] == "policies"))
    return [*best[first:], *best[:first]]


def _told(storm: Storm, cycle: list[Node]) -> str:
    names = [
        called(storm, key) if section == "events" else quoted(storm.policies[key].title(key))
        for section, key in cycle
    ]
    shown = names if len(names) <= 12 else [*names[:12], f"… {len(names) - 12} more"]
    return " → ".join([*shown, names[0]])


def _policies_of(cycle: list[Node]) -> tuple[str, ...]:
    return tuple(f"policies/{key}" for section, key in cycle if section == "policies")


@check(
    "endless-loop",
    "error",
    3,
    title="Policies do not start each other for ever",
    why="Every round is a workflow to pay for, and nothing on the bus stops it.",
    remedy="Let one policy of the loop have a way out: a failure event, or another event to react to.",
    source="EventBridge user guide, rules: a target that causes an event its own rule matches loops for ever",
)
def endless_loop(storm: Storm) -> Iterator[Found]:
    """Cycles in which every policy emits its event always: no outcome of any work breaks them."""
    for knot in knots(edges(storm, always=True)):
        cycle = shortest_cycle(knot, sorted(knot.edges))
        if cycle:
            yield Found(_policies_of(cycle), f"These start each other without end: {_told(storm, cycle)}.")


@check(
    "policy-loop",
    "warning",
    3,
    title="A loop of policies has a condition that ends it",
    why="A retry is a loop; one that never gives up is an outage with an invoice.",
    remedy="Say how often it may go round, and which event ends it; a standard workflow can wait and count.",
    source="“App 2025”, episode 1: until eventually there is an event that nobody cares about",
)
def policy_loop(storm: Storm) -> Iterator[Found]:
    """Cycles that some work must fail, or succeed, to go on: with the outcome that breaks them."""
    for knot in knots(edges(storm)):
        sometimes = [
            (a, b) for a, b in sorted(knot.edges) if a[0] == "policies" and storm.policies[a[1]].fails
        ]
        cycle = shortest_cycle(knot, sometimes)
        if not cycle:
            continue
        ways_out = []
        for (_, policy), (_, event) in zip(cycle[::2], cycle[1::2], strict=True):
            said = storm.policies[policy]
            if said.fails and not (event in said.fails and event in said.emits):
                outcome = "succeeds" if event in said.fails else "fails"
                ways_out.append(f"{quoted(said.title(policy))} {outcome}")
        ending = f"It ends only when {listed(ways_out)}." if ways_out else "No outcome ends it."
        yield Found(_policies_of(cycle), f"{_told(storm, cycle)}. {ending}")


@check(
    "reacts-to-the-future",
    "warning",
    3,
    title="A policy reacts to what came before",
    why="If the order is right, this policy makes the past happen; if the policy is, the order is wrong.",
    remedy="Move one of the events in time, or let the policy react to an earlier one.",
    source="“App 2025”, episode 1: time moves from left to right",
)
def reacts_to_the_future(storm: Storm) -> Iterator[Found]:
    """Policies that emit what stands before everything they react to; loops have their own check."""
    moments = storm.relations.moment_of
    graph = edges(storm)
    in_loops: set[Node] | None = None
    for key, policy in storm.policies.items():
        heard = [moments[event] for event in policy.when if event in moments]
        for event in dict.fromkeys((*policy.emits, *policy.fails)) if heard else ():
            if event not in moments or moments[event] >= min(heard):
                continue
            if in_loops is None:
                in_loops = {node for knot in knots(graph) for node in knot}
            if ("policies", key) in in_loops and ("events", event) in in_loops:
                continue
            when = listed([called(storm, one) for one in policy.when])
            yield Found(
                (f"policies/{key}", f"events/{event}"),
                f"{quoted(policy.title(key))} reacts to {when}, but what it emits, {called(storm, event)}, "
                "stands earlier in time.",
            )


CHECKS = (endless_loop, policy_loop, reacts_to_the_future)
