"""Keeps account of a trace: what has been seen of each scenario, and what is still awaited."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anycompany.aws.executions import Execution, Workflow
from anycompany.aws.watch import Sighting
from anycompany.bus.marker import MOST_HOPS, marker_of
from anycompany.bus.outcomes import emitted
from anycompany.bus.scenarios import Scenario
from anycompany.bus.trace import Step
from anycompany.storm.model import Storm


@dataclass(frozen=True)
class _Seen:
    """An event seen on the bus: which of the storm's it is, in which scenario, and when."""

    event: str
    scenario: int
    at: float
    envelope: dict[str, Any]

    @property
    def marker(self) -> dict[str, Any]:
        return marker_of(self.envelope)


@dataclass
class Hunt:
    """What has been seen, and so what is still awaited.

    Parameters
    ----------
    storm, scenarios : what is tried.
    run : what the trace of every marker begins with; a scenario's is this, a hyphen and its number.
    workflows : the deployed workflows by policy.
    translators : the deployed workflows that translate AWS's own events, by event.
    ears : the ids of the deployed listeners.
    begun : the ids of the first events, by the number of their scenario.
    unlisted : the policies whose executions the endpoint does not list.
    deaf : the listeners whose log or queue it lets nobody look into, with what it says.
    """

    storm: Storm
    scenarios: Sequence[Scenario]
    run: str
    workflows: Mapping[str, Workflow]
    translators: Mapping[str, Workflow]
    ears: Collection[str]
    begun: dict[int, str] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    deaf: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _heard: dict[str, dict[str, None]] = field(default_factory=dict)
    _ran: dict[tuple[str, str], Execution] = field(default_factory=dict)
    _answers: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def trace_of(self, scenario: int) -> str:
        """What the marker of a scenario's events carries as ``trace``."""
        return f"{self.run}-{scenario}"

    def note_sightings(self, sightings: Sequence[Sighting]) -> list[str]:
        """Take what a watcher saw; the detail-types of events not seen before."""
        by_address = {address: event for event, address in self.storm.relations.address_of.items()}
        new = []
        for sighting in sightings:
            envelope, identifier = sighting.event, str(sighting.event.get("id"))
            number = str(marker_of(envelope).get("trace", "")).removeprefix(f"{self.run}-")
            if not number.isdecimal():  # a probe
                continue
            if sighting.listener:
                self._heard.setdefault(identifier, {})[sighting.listener] = None
            elif identifier not in self._seen:
                event = by_address.get((envelope["source"], envelope["detail-type"]), "")
                seen = _Seen(event, int(number), sighting.at, envelope)
                self._seen[identifier] = seen
                answered = (seen.marker.get("after", ""), seen.marker.get("by", ""))
                self._answers.setdefault(answered, set()).add(event)
                new.append(envelope["detail-type"])
        return new

    def note_executions(self, policy: str, executions: Sequence[Execution] | None) -> None:
        """Take what is known of the executions of a policy's workflow; None if it cannot be known."""
        if executions is None:
            self.unlisted.add(policy)
        for execution in executions or ():
            self._ran[str(execution.event.get("id")), policy] = execution

    def has_seen(self, identifier: str) -> bool:
        """Whether an event of this id is one of ours, seen or just begun with."""
        return identifier in self._seen or identifier in self.begun.values()

    def is_refused(self, identifier: str, policy: str) -> bool:
        """Whether what a policy asks about an event of this id is answered with no."""
        numbers = [number for number, begun in self.begun.items() if begun == identifier]
        if identifier in self._seen:
            numbers.append(self._seen[identifier].scenario)
        return any(policy in self.scenarios[number].refused for number in numbers)

    def end_of(self, policy: str) -> str:
        """How the workflow of a policy that was not seen answering ended, as far as that is known."""
        ended = [execution for (_, by), execution in self._ran.items() if by == policy]
        if not ended:
            return ""
        if ended[-1].succeeded:
            return " Its workflow ran, but its events carry no test marker, as those of production stacks."
        return f" Its workflow failed: {ended[-1].reason}"

    @property
    def awaits_events(self) -> bool:
        """Whether an event on the bus is still to come."""
        firsts = self._seen.keys() | {after for after, _ in self._answers}
        return not firsts >= set(self.begun.values()) or bool(self.awaits_answers_of)

    @property
    def awaits_answers_of(self) -> set[str]:
        """The policies that should still answer an event that they heard by another one."""
        return {
            policy
            for identifier, seen, policy in self._awaited()
            if self._outcome(policy, seen) and not self._answered(policy, identifier, seen)
        }

    @property
    def awaits_runs_of(self) -> set[str]:
        """The policies that should have run without emitting anything, and are not known to have."""
        return {
            policy
            for _, seen, policy in self._awaited()
            if not self._outcome(policy, seen) and policy not in self.unlisted
        }

    @property
    def awaits_listeners(self) -> bool:
        """Whether a listener should still hear an event; one with a filter what is made for it."""
        for identifier, seen in self._seen.items():
            heard = self._heard.get(identifier, {})
            for listener in self.storm.relations.listeners_of.get(seen.event, ()):
                filters = self.storm.listeners[listener].where
                made_for_it = (
                    self.scenarios[seen.scenario].because == f"listeners/{listener}"
                    and self.begun.get(seen.scenario) == identifier
                )
                there = listener in self.ears and listener not in self.deaf
                if there and listener not in heard and (not filters or made_for_it):
                    return True
        return False

    def steps(self) -> tuple[Step, ...]:
        """Everything seen, scenario by scenario, in order of time."""
        start = min((seen.at for seen in self._seen.values()), default=0.0)
        events = [
            (seen.scenario, self._event_step(identifier, seen, seen.at - start))
            for identifier, seen in self._seen.items()
        ]
        runs = [
            (
                self._seen[identifier].scenario,
                self._silent_step(identifier, policy, max(execution.at, self._seen[identifier].at) - start),
            )
            for (identifier, policy), execution in self._ran.items()
            if execution.succeeded
            and identifier in self._seen
            and not self._outcome(policy, self._seen[identifier])
            and (identifier, policy) not in self._answers
        ]
        return tuple(step for _, step in sorted(events + runs, key=lambda one: (one[0], one[1].seconds)))

    def _event_step(self, identifier: str, seen: _Seen, seconds: float) -> Step:
        after, by = str(seen.marker.get("after", "")), str(seen.marker.get("by", ""))
        scenario = self.scenarios[seen.scenario]
        translated = scenario.kind == "aws" and after == self.begun.get(seen.scenario)
        workflow = self.translators.get(seen.event) if translated else self.workflows.get(by)
        said = None if translated else self.storm.policies.get(by)
        return Step(
            scenario=scenario.name,
            seconds=seconds,
            event=seen.event,
            name=self.storm.events[seen.event].name if seen.event else seen.envelope["detail-type"],
            source=seen.envelope["source"],
            detail_type=seen.envelope["detail-type"],
            event_id=identifier,
            after=after,
            policy=by if said else "",
            rule=workflow.rule if workflow and said else "",
            workflow=workflow.name if workflow else "",
            failed=bool(
                said and seen.event in said.fails and (by in scenario.failing or seen.event not in said.emits)
            ),
            listeners=tuple(self._heard.get(identifier, ())),
        )

    def _silent_step(self, identifier: str, policy: str, seconds: float) -> Step:
        workflow = self.workflows[policy]
        scenario = self.scenarios[self._seen[identifier].scenario].name
        return Step(
            scenario, seconds, after=identifier, policy=policy, rule=workflow.rule, workflow=workflow.name
        )

    def _awaited(self) -> Iterator[tuple[str, _Seen, str]]:
        """Each event seen with each deployed policy that hears it, unless nothing more can come of the two.

        A loop of policies is followed once round.
        """
        for identifier, seen in self._seen.items():
            for policy in self.storm.relations.hearers_of.get(seen.event, ()):
                ran = self._ran.get((identifier, policy))
                over = ran and not (ran.succeeded and self._outcome(policy, seen))
                if policy in self.workflows and not over and not self._round_ends(policy, seen):
                    yield identifier, seen, policy

    def _round_ends(self, policy: str, seen: _Seen) -> bool:
        if policy not in self.storm.relations.looping:
            return False
        ran_before = any(
            by == policy and (other := self._seen.get(after)) and other.scenario == seen.scenario
            for after, by in self._answers
        )
        return ran_before or int(seen.marker.get("hops", 0)) >= MOST_HOPS

    def _outcome(self, policy: str, seen: _Seen) -> set[str]:
        """The events that a policy should put on the bus as its answer, by success or as it was told."""
        said = self.storm.policies[policy]
        fails = self.storm.events.keys() & said.fails
        if fails and policy in self.scenarios[seen.scenario].failing:
            return fails
        return set(emitted(self.storm, policy, seen.envelope))

    def _answered(self, policy: str, identifier: str, seen: _Seen) -> bool:
        """Whether a policy has answered in full; business logic may fail without being told."""
        answers = self._answers.get((identifier, policy), set())
        fails = self.storm.events.keys() & self.storm.policies[policy].fails
        return self._outcome(policy, seen) <= answers or bool(fails and fails <= answers)
