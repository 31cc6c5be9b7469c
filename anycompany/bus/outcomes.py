"""What follows the success of a policy: events that always follow, and events of the way that was taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..storm.model import Storm
from ..storm.parts import Branch, Task
from ..storm.tasks import branching_tasks, is_written
from .branching import taken
from .contract import example_detail, fields_of


@dataclass(frozen=True)
class Fork:
    """A branch of a policy's work whose ways lead to events of their own.

    Parameters
    ----------
    task : the task that is the branch.
    within : the branches that it stands in, from the outside, each with the index of the way there.
    puts : for each of its ways the events that only this way leads to.
    """

    task: Task
    within: tuple[tuple[tuple[Branch, ...], int], ...]
    puts: tuple[tuple[str, ...], ...]

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Its ways."""
        return tuple(self.task.branch or ())


def always(storm: Storm, policy: str) -> list[str]:
    """The events that follow the success of a policy whichever way its work goes."""
    said = storm.policies[policy]
    of_ways = {
        event for task in branching_tasks(said.does) for way in task.branch or () for event in way.emits
    }
    return [event for event in dict.fromkeys(said.emits) if event in storm.events and event not in of_ways]


def forks(storm: Storm, policy: str) -> tuple[Fork, ...]:
    """The branches whose ways lead to events of their own, in the order of the work.

    What the policy itself does not emit is left out, and so is an event that an earlier branch has named: a
    check says both.
    """
    said = storm.policies[policy]
    free = {event for event in said.emits if event in storm.events}
    found = []
    for task, within in _placed(said.does, ()):
        puts = tuple(
            tuple(event for event in dict.fromkeys(way.emits) if event in free) for way in task.branch or ()
        )
        free -= {event for events in puts for event in events}
        if any(puts):
            found.append(Fork(task, within, puts))
    return tuple(found)


def emitted(storm: Storm, policy: str, event: Mapping[str, Any]) -> list[str]:
    """The events that follow the success of a policy that heard an event.

    Parameters
    ----------
    storm, policy : whose success.
    event : what it heard; only its ``detail`` is looked at.

    >>> storm = Storm(name="Inn").add_events(["Room Booked", "Suite Prepared", "Room Cleaned"])
    >>> ways = [{"where": {"kind": ["suite"]}, "emits": ["suite-prepared"]}, {}]
    >>> storm = storm.add_policy("Clean", when=["room-booked"], does=[{"branch": ways}],
    ...                          emits=["room-cleaned", "suite-prepared"])
    >>> emitted(storm, "clean", {"detail": {"kind": "suite"}}), emitted(storm, "clean", {"detail": {}})
    (['room-cleaned', 'suite-prepared'], ['room-cleaned'])
    """
    follow = always(storm, policy)
    for fork in forks(storm, policy):
        way = taken(fork.branches, event)
        if way is not None and all(taken(branches, event) == index for branches, index in fork.within):
            follow += fork.puts[way]
    return follow


def outcome(storm: Storm, policy: str, detail: Mapping[str, Any], *, failing: bool) -> list[str]:
    """The events that follow when a policy has heard an event with this detail.

    Parameters
    ----------
    storm, policy, detail : who heard what.
    failing : whether its work fails, which leads to its failure branch if it has one.
    """
    fails = [event for event in dict.fromkeys(storm.policies[policy].fails) if event in storm.events]
    return fails if failing and fails else emitted(storm, policy, {"detail": detail})


def answer_detail(storm: Storm, policy: str, heard: Mapping[str, Any], event: str) -> dict[str, Any]:
    """The detail of an event that a policy puts on the bus, as far as it is made before code has run.

    It is what is known of its contract's fields and, as long as the business logic is a placeholder, its
    contract's example, exactly as the deployed workflows make it.
    """
    example = {} if is_written(storm.policies[policy].does) else example_detail(storm, event)
    fields = set(fields_of(storm, event))
    return {**example, **{key: value for key, value in heard.items() if key in fields}}


def reached(tasks: Sequence[Task], event: Mapping[str, Any]) -> Iterator[Task]:
    """The single tasks that are done for an event, in order; of branches those of the way that it takes."""
    for task in tasks:
        if task.branch is not None:
            way = taken(task.branch, event)
            yield from reached(task.branch[way].does, event) if way is not None else ()
        elif task.parallel is not None:
            for row in task.parallel:
                yield from reached(row, event)
        else:
            yield task


def _placed(
    tasks: Sequence[Task], within: tuple[tuple[tuple[Branch, ...], int], ...]
) -> Iterator[tuple[Task, tuple[tuple[tuple[Branch, ...], int], ...]]]:
    """Every task that is a branch, with the ways that it stands in."""
    for task in tasks:
        if task.branch is not None:
            yield task, within
            for index, way in enumerate(task.branch):
                yield from _placed(way.does, (*within, (tuple(task.branch), index)))
        else:
            for row in task.rows:
                yield from _placed(row, within)
