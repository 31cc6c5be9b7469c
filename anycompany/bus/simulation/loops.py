"""Policies that may start each other again: on the model, and how it went in a run."""

from __future__ import annotations

from dataclasses import dataclass

from ...storm.checks.loops import Cycle, breakable_cycles, endless_cycles
from ...storm.model import Storm


@dataclass(frozen=True)
class Loop:
    """A cycle of policies and events.

    Parameters
    ----------
    cycle : the notes on it, as ``section/id``, from a policy on.
    told : the same in words.
    ends_when : what would break it, such as “Charge the card” succeeds; empty if no outcome does.
    rounds : how often at most it went round: as often as the policy on it that ran least.
    stopped : how often the hop limit stopped them.
    """

    cycle: tuple[str, ...]
    told: str
    ends_when: tuple[str, ...]
    rounds: int = 0
    stopped: int = 0


def loops_of(storm: Storm, runs: dict[str, int], stopped: dict[str, int]) -> tuple[Loop, ...]:
    """The loops of a storm, with how often their policies ran, and were stopped, by id."""
    found = dict.fromkeys([*endless_cycles(storm), *breakable_cycles(storm)])
    return tuple(_loop(cycle, runs, stopped) for cycle in found)


def _loop(found: Cycle, runs: dict[str, int], stopped: dict[str, int]) -> Loop:
    return Loop(
        tuple(f"{section}/{key}" for section, key in found.nodes),
        found.told,
        found.ways_out,
        min((runs.get(key, 0) for key in found.policies), default=0),
        sum(stopped.get(key, 0) for key in found.policies),
    )
