"""A score: for each step what it is worth, what is missing, and what was credited although it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from ..progress import Record

STEPS = (
    "Event Discovery",
    "Temporal Sequencing",
    "Trigger Detection",
    "Entities and Aggregates",
    "Bounded Contexts",
    "Microservices",
    "Event Bus",
    "Shared Schemas",
)
MOST_TOLD = 12
"""Sentences of one kind that are told of one step."""


@dataclass(frozen=True)
class StepScore:
    """How far an attempt is at one step.

    Parameters
    ----------
    number, title : which step.
    state : ``not attempted`` for a step of which nothing was done.
    points : from 0 to 1.
    missing, wrong : what stands between it and full points, in sentences. They quote the attempt: escape
        them for where they go.
    credited : what differs from the reference and is right all the same.
    """

    number: int
    title: str
    state: Literal["not attempted", "scored"]
    points: float = 0.0
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Whether there is nothing to add."""
        return self.state == "scored" and self.points == 1.0


@dataclass(frozen=True)
class Score:
    """How an attempt compares with the reference of its domain, step by step.

    Parameters
    ----------
    domain : the id of the domain.
    steps : the eight steps.
    read_as : for each event of the reference that was found, the id of the attempt's event.
    """

    domain: str
    steps: tuple[StepScore, ...]
    read_as: Mapping[str, str]

    @property
    def attempted(self) -> bool:
        """Whether anything was."""
        return any(step.state == "scored" for step in self.steps)

    @property
    def points(self) -> float | None:
        """The mean of the steps that were attempted, 0 to 1; None where none was."""
        scored = [step.points for step in self.steps if step.state == "scored"]
        return sum(scored) / len(scored) if scored else None

    @property
    def full(self) -> bool:
        """Whether every step is full."""
        return all(step.full for step in self.steps)

    def step(self, number: int) -> StepScore:
        """The score of one step, 1 to 8."""
        return self.steps[number - 1]

    def noted(self, record: Record) -> Record:
        """A learner's record of the domain after one more score; the best one stays."""
        points = max(record.points, round(100 * sum(step.points for step in self.steps) / len(self.steps)))
        return replace(record.after("right" if self.full else "wrong"), points=points)

    def as_json(self) -> dict[str, Any]:
        """This score as data that JSON can hold."""
        return {
            "domain": self.domain,
            "state": "scored" if self.attempted else "not attempted",
            "points": self.points,
            "steps": [asdict(step) for step in self.steps],
            "read-as": dict(self.read_as),
        }


@dataclass
class Tally:
    """Counts what is asked at a step, and what of it is there."""

    asked: float = 0.0
    got: float = 0.0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    credited: list[str] = field(default_factory=list)

    def good(self, weight: float = 1.0) -> None:
        """Something that was asked is there."""
        self.asked += weight
        self.got += weight

    def lacks(self, what: str, weight: float = 1.0, part: float = 0.0) -> None:
        """Something that was asked is not there, or only a part of it."""
        self.asked += weight
        self.got += weight * part
        self.missing.append(what)

    def fault(self, what: str, weight: float = 1.0, part: float = 0.0) -> None:
        """Something is there that should not be, or not so."""
        self.asked += weight
        self.got += weight * part
        self.wrong.append(what)

    def at_least(self, asked: float) -> None:
        """Ask for so much, however little of the reference the attempt has."""
        if self.asked < asked:
            self.missing.append("There is too little of the business yet for full points here.")
            self.asked = asked

    def score(self, number: int) -> StepScore:
        """What it comes to."""
        if not self.asked:
            return not_attempted(number)
        points = 1.0 if self.got >= self.asked - 1e-9 else max(0.0, self.got / self.asked)
        return StepScore(
            number,
            STEPS[number - 1],
            "scored",
            points,
            _first(self.missing),
            _first(self.wrong),
            _first(self.credited),
        )


def not_attempted(number: int) -> StepScore:
    """The score of a step of which nothing was done."""
    return StepScore(number, STEPS[number - 1], "not attempted")


def _first(told: list[str]) -> tuple[str, ...]:
    once = list(dict.fromkeys(told))
    rest = len(once) - MOST_TOLD
    return (*once[:MOST_TOLD], *([f"… and {rest} more."] if rest > 0 else ()))
