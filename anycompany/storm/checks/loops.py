"""Policies that start each other for ever: the graph of events and policies, and its cycles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..loops import Edges, Node, edges, knots
from ..model import Storm
from .finding import Found, called, check, listed, quoted

if TYPE_CHECKING:
    from networkx import DiGraph


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


@dataclass(frozen=True)
class Cycle:
    """Policies that start each other again: the way round, from a policy on, and what would end it.

    ``ways_out`` are the outcomes of their work that lead away from it, in words; none where the policies
    emit the same whatever the work comes to.
    """

    nodes: tuple[Node, ...]
    told: str
    ways_out: tuple[str, ...] = ()

    @property
    def policies(self) -> tuple[str, ...]:
        """The ids of the policies on it, in its order."""
        return tuple(key for section, key in self.nodes if section == "policies")

    @property
    def notes(self) -> tuple[str, ...]:
        """The same as ``section/id``."""
        return tuple(f"policies/{key}" for key in self.policies)


def endless_cycles(storm: Storm) -> Iterator[Cycle]:
    """The shortest cycle of each knot that no outcome of any work leads out of."""
    found = []
    for knot in knots(edges(storm, always=True)):
        cycle = shortest_cycle(knot, sorted(knot.edges))
        if cycle:
            found.append(cycle)
            yield Cycle(tuple(cycle), _told(storm, cycle))
    for knot in knots(edges(storm)):
        if any(cycle[0] in knot for cycle in found) or any(_outcomes_out(storm, knot, _policies(knot))):
            continue
        cycle = shortest_cycle(knot, sorted(knot.edges))
        if cycle:
            yield Cycle(tuple(cycle), _told(storm, cycle))


def breakable_cycles(storm: Storm) -> Iterator[Cycle]:
    """The shortest cycle of each knot that goes on only by a certain outcome of some work."""
    endless = {cycle.nodes for cycle in endless_cycles(storm)}
    for knot in knots(edges(storm)):
        sometimes = [
            (a, b) for a, b in sorted(knot.edges) if a[0] == "policies" and storm.policies[a[1]].fails
        ]
        cycle = shortest_cycle(knot, sometimes)
        if cycle:
            on_it = [key for section, key in cycle if section == "policies"]
            ways_out = [*_outcomes_out(storm, knot, on_it)] or [*_outcomes_out(storm, knot, _policies(knot))]
            if ways_out or not any(node in knot for nodes in endless for node in nodes):
                yield Cycle(tuple(cycle), _told(storm, cycle), tuple(ways_out))


def _policies(knot: DiGraph[Node]) -> list[str]:
    return sorted(key for section, key in knot if section == "policies")


def _outcomes_out(storm: Storm, knot: DiGraph[Node], policies: list[str]) -> Iterator[str]:
    """The outcomes of some policies' work after which nothing of the knot follows, in words."""
    for key in policies:
        said = storm.policies[key]
        if said.fails:
            for outcome, follows in (("succeeds", said.emits), ("fails", said.fails)):
                if not any(("events", event) in knot for event in follows):
                    yield f"{quoted(said.title(key))} {outcome}"


def _told(storm: Storm, cycle: list[Node]) -> str:
    names = [
        called(storm, key) if section == "events" else quoted(storm.policies[key].title(key))
        for section, key in cycle
    ]
    shown = names if len(names) <= 12 else [*names[:12], f"… {len(names) - 12} more"]
    return " → ".join([*shown, names[0]])


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
    for cycle in endless_cycles(storm):
        yield Found(cycle.notes, f"These start each other without end: {cycle.told}.")


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
    for cycle in breakable_cycles(storm):
        ways_out = " or ".join(cycle.ways_out[:6])
        ending = f"It ends only when {ways_out}." if ways_out else "No outcome ends it."
        yield Found(cycle.notes, f"{cycle.told}. {ending}")


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
