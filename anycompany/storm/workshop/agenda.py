"""The agenda: phases made from the eight steps, one day with everybody, then the technical team, in a week.

Durations of steps are those of the method; the rest is a facilitator's plan and ours. All can be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .state import PhaseId, Workshop

if TYPE_CHECKING:
    from ..model import Storm

EVERYBODY_DAY = 1
"""The day with everybody; the technical team goes on from the second day of the week."""


@dataclass(frozen=True)
class Phase:
    """One phase of a workshop.

    ``step`` is the last step of the method whose actions are open, ``minutes`` how long it usually takes,
    ``day`` the day of the week, ``asks`` what people are told to do; ``blind`` whether it begins with each
    person seeing only their own notes, ``votes`` whether with dots to put.
    """

    id: PhaseId
    name: str
    step: int
    minutes: int
    day: int
    asks: str
    blind: bool = False
    votes: bool = False


@dataclass(frozen=True)
class Slot:
    """A phase on the agenda of one workshop, with its minutes there."""

    phase: Phase
    minutes: int


def _of_step(id: PhaseId, number: int, day: int) -> Phase:  # noqa: A002
    from ..method import STEPS

    step = STEPS[number - 1]
    return Phase(id, step.name, number, step.minutes, day, f"{step.question} {step.hint}")


def phases() -> tuple[Phase, ...]:
    """Every phase, in the order of the week.

    >>> [phase.id for phase in phases() if phase.day == EVERYBODY_DAY][:4]
    ['welcome', 'alone', 'together', 'morning-break']
    """
    together = _of_step("together", 1, 1)
    alone = "Write what happens in our business, each for yourself. Nobody sees your notes until the reveal."
    chaos = (
        "Read what all have written and write on, without order. Merge what means the same;"
        " object to a word with a hot spot."
    )
    return (
        Phase("welcome", "Welcome", 1, 15, 1, "Why we are here, who is here, and how to join the wall."),
        Phase("alone", "Exploration, each alone", 1, 15, 1, alone, blind=True),
        Phase("together", "Exploration, all together", 1, together.minutes, 1, chaos),
        Phase("morning-break", "Break", 1, 15, 1, "Back when the time is over."),
        _of_step("sequence", 2, 1),
        _of_step("triggers", 3, 1),
        Phase("lunch", "Lunch", 3, 60, 1, "Enjoy your meal."),
        _of_step("entities", 4, 1),
        _of_step("contexts", 5, 1),
        Phase("afternoon-break", "Break", 5, 15, 1, "Back when the time is over."),
        Phase("vote", "Dot voting", 5, 20, 1, "Which hot spots and which borders matter most?", votes=True),
        Phase("close", "Decisions and owners", 5, 30, 1, "What is decided, and why? Who owns what is open?"),
        _of_step("services", 6, 2),
        _of_step("bus", 7, 3),
        _of_step("schemas", 8, 4),
        Phase("deploy", "Deployment", 8, 60, 5, "Deploy what was agreed, and watch the events."),
    )


def phase_named(identifier: PhaseId) -> Phase:
    """A phase by its id."""
    return next(phase for phase in phases() if phase.id == identifier)


def usual_agenda() -> dict[PhaseId, int]:
    """The minutes of every phase, for a workshop that begins with the usual plan (see ``edits.Plan``)."""
    return {phase.id: phase.minutes for phase in phases()}


def agenda_of(workshop: Workshop) -> tuple[Slot, ...]:
    """The agenda of a workshop, in its order; the usual one where it has none.

    >>> [slot.minutes for slot in agenda_of(Workshop(agenda={"vote": 10, "alone": 20}))]
    [20, 10]
    """
    minutes = workshop.agenda or usual_agenda()
    return tuple(Slot(phase, minutes[phase.id]) for phase in phases() if phase.id in minutes)


def phase_of(storm: Storm) -> Phase | None:
    """The phase that is on; None without a workshop, before it has begun and after its end."""
    workshop = storm.workshop
    return phase_named(workshop.phase) if workshop and workshop.phase else None


def neighbour(workshop: Workshop, by: int) -> PhaseId | None:
    """The phase that comes on the agenda ``by`` places after the one that is on (-1: before it).

    >>> [neighbour(Workshop(phase=here), 1) for here in (None, "welcome", "deploy")]
    ['welcome', 'alone', None]
    """
    order = [phase.id for phase in phases()]
    on = [slot.phase.id for slot in agenda_of(workshop)]
    if workshop.phase is None:
        return on[0] if by > 0 and on else None
    here = order.index(workshop.phase)  # it may have been taken off the agenda meanwhile
    later = [one for one in on if (order.index(one) - here) * by > 0]
    return (later[0] if by > 0 else later[-1]) if later else None
