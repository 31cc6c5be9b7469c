"""What a trace saw: plain data, for tables, diagrams and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Step:
    """An event seen on the bus, or where ``event_id`` is empty a policy that ran and emitted nothing.

    Parameters
    ----------
    scenario : the name of the scenario it belongs to.
    seconds : when, from the first step of the trace.
    event, name : the event's id in the storm (empty if the storm has none such) and its name.
    source, detail_type, event_id : what it carries on the bus, and EventBridge's id of it.
    after : EventBridge's id of the event that was answered; empty for the first of a scenario.
    policy, rule, workflow : whose answer it is: the policy's id, the names of its rule and state machine.
    failed : whether that policy's failure branch put it on the bus.
    listeners : the ids of the listeners that heard it.
    """

    scenario: str
    seconds: float
    event: str = ""
    name: str = ""
    source: str = ""
    detail_type: str = ""
    event_id: str = ""
    after: str = ""
    policy: str = ""
    rule: str = ""
    workflow: str = ""
    failed: bool = False
    listeners: tuple[str, ...] = ()

    def told(self) -> tuple[str, ...]:
        """Whose answer it is, if it is one, and what it is."""
        by = (f"{self.policy}{' fails' if self.failed else ''}",) if self.policy else ()
        return (*by, self.name or "nothing more")


@dataclass(frozen=True)
class Trace:
    """What was seen of a storm running, and what was not.

    ``not_seen`` is what should have been seen, ``not_observable`` what no trace can show; both as pairs of
    the sticky note (``section/id``) and the reason.
    """

    run: str
    region: str
    endpoint: str
    started: str
    seconds: float
    steps: tuple[Step, ...]
    not_seen: tuple[tuple[str, str], ...] = ()
    not_observable: tuple[tuple[str, str], ...] = ()

    @property
    def seen_events(self) -> dict[str, int]:
        """For each event that was seen on the bus, how often."""
        return dict(Counter(step.event for step in self.steps if step.event))

    @property
    def seen_policies(self) -> dict[str, int]:
        """For each policy that was seen running, how often."""
        runs = {(step.policy, step.after) for step in self.steps if step.policy}
        return dict(Counter(policy for policy, _ in sorted(runs)))

    @property
    def seen_listeners(self) -> dict[str, int]:
        """For each listener that heard something, how often."""
        return dict(Counter(listener for step in self.steps for listener in step.listeners))

    def shape(self) -> tuple[tuple[str, ...], ...]:
        """What happened, without when, and without ids: equal for two traces in which the same happened.

        A row for each step, in no order of time: its scenario, the way to it from the scenario's first event
        on, the names of rule and workflow, and who listened. Policies that loop are followed once round,
        because there a trace of a deployed target stops looking.

        >>> step = Step("Guest", 0.5, "paid", "Paid", event_id="x-1", listeners=("b", "a"))
        >>> Trace("r", "", "", "", 0.5, (step,)).shape()
        (('Guest', 'Paid', '', '', 'a b'),)
        """
        by_id = {step.event_id: step for step in self.steps if step.event_id}
        rows = []
        for step in self.steps:
            way = [step]
            while (before := by_id.get(way[-1].after)) is not None and len(way) <= len(by_id):
                way.append(before)
            policies = [one.policy for one in way if one.policy]
            if len(policies) == len(set(policies)):
                told = " → ".join(part for one in reversed(way) for part in one.told())
                rows.append((step.scenario, told, step.rule, step.workflow, " ".join(sorted(step.listeners))))
        return tuple(sorted(rows))

    def rows(self) -> list[dict[str, Any]]:
        """The steps as rows of a table."""
        names = {step.event_id: step.name for step in self.steps if step.event_id}
        return [
            {
                "seconds": round(step.seconds, 3),
                "scenario": step.scenario,
                "event": step.name,
                "detail-type": step.detail_type,
                "after": names.get(step.after, ""),
                "policy": step.policy,
                "rule": step.rule,
                "workflow": step.workflow,
                "failed": step.failed,
                "heard by": list(step.listeners),
            }
            for step in self.steps
        ]

    def as_json(self) -> dict[str, Any]:
        """This trace as data that JSON can hold; see :meth:`from_json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The trace that :meth:`as_json` made this data from, also after a round through JSON.

        >>> trace = Trace("r1", "us-east-1", "", "2026-01-31T00:00:00+00:00", 1.0, (Step("Guest", 0.0),))
        >>> Trace.from_json(trace.as_json()) == trace
        True
        """
        steps = (Step(**{**step, "listeners": tuple(step["listeners"])}) for step in data["steps"])
        pairs = {
            key: tuple((str(note), str(why)) for note, why in data[key])
            for key in ("not_seen", "not_observable")
        }
        return cls(**{**data, "steps": tuple(steps), **pairs})
