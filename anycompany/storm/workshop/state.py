"""Where a workshop stands, as part of the storm: phase, timer, who may write, what everybody looks at.

It lies in the storm, under ``workshop``, and is changed by edits in the log like everything else: it survives
a kernel's restart, and all kernels on the storm obey it. Codes to join are never in it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field as Key, StringConstraints, model_validator

from ..part import Part, Text

PhaseId = Literal[
    "welcome", "alone", "together", "morning-break", "sequence", "triggers", "lunch", "entities", "contexts",
    "afternoon-break", "vote", "close", "services", "bus", "schemas", "deploy",
]  # fmt: skip
"""The phases of a workshop, in their order; what they are is in ``agenda``."""

LONGEST = 7 * 24 * 3600
"""Seconds that a timer can show."""


def _moment(text: str) -> str:
    try:
        zone = datetime.fromisoformat(text).tzinfo
    except ValueError:
        zone = None
    if zone is None:
        raise ValueError("a moment is written with its zone, such as 2026-01-31T09:30:00+00:00")
    return text


Moment = Annotated[str, AfterValidator(_moment)]
"""A moment as the log writes it: ISO 8601 with its zone, so that it means the same everywhere."""

Minutes = Annotated[int, Key(ge=1, le=24 * 60)]
Seconds = Annotated[int, Key(ge=0, le=LONGEST)]
Person = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
"""A person as the board knows them: the first eight digits of the ids of their edits."""


class Driver(Part):
    """Who writes while the others point."""

    person: Person
    name: Text = ""


class Voting(Part):
    """Dots on hot spots and boundaries: how many each person has; hidden, only their own are seen."""

    dots: Annotated[int, Key(ge=1, le=50)] = 5
    hidden: bool = True


class Here(Part):
    """Where everybody was called: a step, the middle of what was in sight there, and when."""

    step: Annotated[int, Key(ge=1, le=8)]
    x: Annotated[float, Key(allow_inf_nan=False)] | None = None
    y: Annotated[float, Key(allow_inf_nan=False)] | None = None
    since: Moment | None = None


class Workshop(Part):
    """Where a workshop stands.

    ``agenda`` is the minutes of its phases, ``phase`` the one that is on. The timer shows ``seconds`` at the
    moment ``since``, and stands while there is none. ``spotlight`` is a note, such as ``events/room-booked``.
    ``voting`` is there while dots can be put.
    """

    agenda: dict[PhaseId, Minutes] = {}
    phase: PhaseId | None = None
    seconds: Seconds | None = None
    since: Moment | None = None
    blind: bool = False
    locked: bool = False
    spotlight: Annotated[str, StringConstraints(max_length=300)] | None = None
    driver: Driver | None = None
    voting: Voting | None = None
    here: Here | None = None

    @model_validator(mode="after")
    def _seconds_to_run_from(self) -> Self:
        if self.since is not None and self.seconds is None:
            raise ValueError("a timer that runs since a moment needs its seconds")
        return self

    def left(self, now: datetime) -> int | None:
        """The seconds that the timer shows at a moment, below zero when the time is over; None without one.

        >>> from datetime import UTC
        >>> paused = Workshop(seconds=90)
        >>> running = Workshop(seconds=90, since="2026-01-31T09:30:00+00:00")
        >>> now = datetime(2026, 1, 31, 9, 31, tzinfo=UTC)
        >>> paused.left(now), running.left(now)
        (90, 30)
        """
        if self.seconds is None or self.since is None:
            return self.seconds
        gone = (now - datetime.fromisoformat(self.since)).total_seconds()
        return self.seconds - int(max(gone, 0))
