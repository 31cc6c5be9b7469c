"""The trace of a run, in the very form that the trace of a deployed target has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...storm.model import Storm
from ..trace import Step, Trace
from .network import Route, Workflow

MOST_STEPS = 50_000
"""Steps kept in all; loops of policies may go on for longer than anyone would read."""


@dataclass(frozen=True)
class Traced:
    """A flow that is followed one by one: its place among them, and the name of its scenario."""

    number: int
    scenario: str


@dataclass(frozen=True)
class Answer:
    """Whose answer it is, to the event of which id, and whether by the failure branch."""

    after: str
    by: Workflow
    failed: bool


class Tracer:
    """Notes the steps of the flows that are followed.

    Parameters
    ----------
    storm : whose names the steps carry.
    run : what the ids of events begin with, in place of EventBridge's.
    """

    def __init__(self, storm: Storm, run: str) -> None:
        self._storm = storm
        self._run = run
        self._steps: list[tuple[int, float, Step]] = []
        self._ids = 0
        self.full = False

    def event(self, flow: Traced, at: float, route: Route, answer: Answer | None = None) -> str:
        """Note an event that was put on the bus, by a workflow if it is an answer; its id."""
        self._ids += 1
        identifier = f"{self._run}-{self._ids}"
        by = answer.by if answer else None
        if route.own_bus:  # no watcher sees what passes on the default bus
            step = Step(
                scenario=flow.scenario,
                seconds=at,
                event=route.event,
                name=route.name,
                source=route.source,
                detail_type=route.detail_type,
                event_id=identifier,
                after=answer.after if answer else "",
                policy=by.policy if by else "",
                rule=by.rule if by else "",
                workflow=by.name if by else "",
                failed=bool(answer and answer.failed),
                listeners=route.listeners,
            )
            self._note(flow, at, step)
        return identifier

    def silent(self, flow: Traced, at: float, answer: Answer) -> None:
        """Note that a workflow ran and had nothing to put on the bus."""
        by = answer.by
        self._note(
            flow,
            at,
            Step(flow.scenario, at, after=answer.after, policy=by.policy, rule=by.rule, workflow=by.name),
        )

    def _note(self, flow: Traced, at: float, step: Step) -> None:
        if len(self._steps) < MOST_STEPS:
            self._steps.append((flow.number, at, step))
        else:
            self.full = True

    def trace(self) -> Trace:
        """The steps, scenario by scenario and in order of time, from the first one on."""
        ordered = sorted(self._steps, key=lambda one: one[:2])
        first = min((at for _, at, _ in ordered), default=0.0)
        steps = tuple(replace(step, seconds=at - first) for _, at, step in ordered)
        last = max((step.seconds for step in steps), default=0.0)
        return Trace(self._run, "", "", "", round(last, 3), steps, tuple(self._not_seen(steps)))

    def _not_seen(self, steps: tuple[Step, ...]) -> Iterator[tuple[str, str]]:
        events = {step.event for step in steps}
        branches = {(step.policy, step.failed) for step in steps}
        for event in self._storm.events:
            if event not in events:
                yield f"events/{event}", "Nothing that was tried leads to it."
        for policy, said in self._storm.policies.items():
            seen, failed = (policy, False) in branches, (policy, True) in branches
            if not seen and not failed:
                yield f"policies/{policy}", "Nothing that was tried leads to an event that it hears."
            elif not failed and self._storm.events.keys() & said.fails:
                yield f"policies/{policy}", "Its failure branch was not seen."
            elif not seen and self._storm.events.keys() & said.emits:
                yield f"policies/{policy}", "It was only seen failing."
        heard = {listener for step in steps for listener in step.listeners}
        for listener in self._storm.listeners:
            if listener not in heard:
                yield f"listeners/{listener}", "Nothing that was tried leads to an event that it hears."
