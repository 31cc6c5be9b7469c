"""The edits by which a facilitator steers a workshop, and what each does to the storm.

They are in the log like all others, so every kernel obeys them and a restart loses none. No personal undo
takes one back. A moment (``since``) is written by the kernel that carries an edit out, by its own clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import Field as Key

from ..edit_base import EditBase
from .agenda import agenda_of, phase_named, phases, usual_agenda
from .state import Minutes, PhaseId, Seconds, Voting, Workshop

if TYPE_CHECKING:
    from ..edits import AnyEdit
    from ..model import Storm

S = TypeVar("S", bound="Storm")


class Plan(EditBase):
    """Give phases of the agenda their minutes; None takes a phase off."""

    kind: Literal["plan"] = "plan"
    minutes: dict[PhaseId, Minutes | None] = Key(min_length=1)


class GoTo(EditBase):
    """Go to a phase, with its time on the timer, running since a moment; None ends the workshop."""

    kind: Literal["phase"] = "phase"
    phase: PhaseId | None
    since: str | None = None


class Timer(EditBase):
    """The timer shows so many seconds, and runs since a moment; it stands while there is none."""

    kind: Literal["timer"] = "timer"
    seconds: Seconds | None
    since: str | None = None


class Conduct(EditBase):
    """Steer what people may do and see: each key as in the storm's ``workshop``, None takes it away."""

    kind: Literal["conduct"] = "conduct"
    keys: dict[Literal["blind", "locked", "spotlight", "driver", "voting", "here"], Any] = Key(min_length=1)


def steers(edit: AnyEdit) -> bool:
    """Whether an edit, or one within it, changes where the workshop stands.

    >>> from ..edits import Add, Batch
    >>> steers(Batch(edits=[Add(to="events", name="Room Booked"), GoTo(phase="alone")]))
    True
    """
    from .. import edits as e

    if isinstance(edit, e.Batch):
        return any(steers(one) for one in edit.edits)
    if isinstance(edit, e.Patch):
        return any(step.path[:1] == ["workshop"] for step in edit.steps if not isinstance(step, e.Timeline))
    return isinstance(edit, Plan | GoTo | Timer | Conduct)


def stamped(edit: AnyEdit, now: str) -> AnyEdit:
    """The edit with the kernel's clock as its moment, wherever it claims one.

    >>> stamped(Timer(seconds=60, since="now"), "2026-01-31T09:30:00+00:00").since
    '2026-01-31T09:30:00+00:00'
    """
    from .. import edits as e

    if isinstance(edit, e.Batch):
        return edit.model_copy(update={"edits": [stamped(one, now) for one in edit.edits]})
    if isinstance(edit, GoTo | Timer) and edit.since is not None:
        return edit.model_copy(update={"since": now})
    if isinstance(edit, Conduct) and isinstance(edit.keys.get("here"), dict):
        return edit.model_copy(update={"keys": {**edit.keys, "here": {**edit.keys["here"], "since": now}}})
    return edit


def plan(storm: S, edit: Plan) -> S:
    """The storm after ``Plan``."""
    standing = _workshop(storm)
    minutes: dict[Any, int | None] = {**(standing.agenda or usual_agenda()), **edit.minutes}
    agenda = {phase.id: minutes[phase.id] for phase in phases() if minutes.get(phase.id)}
    return _with(storm, {"agenda": agenda or None})


def go_to(storm: S, edit: GoTo) -> S:
    """The storm after ``GoTo``: the phase's time on the timer, and blind or with dots where it is so."""
    if edit.phase is None:
        gone = ("phase", "seconds", "since", "blind", "locked", "spotlight", "driver", "voting")
        return _with(storm, dict.fromkeys(gone))
    phase, workshop = phase_named(edit.phase), _workshop(storm)
    usual = {slot.phase.id: slot.minutes for slot in agenda_of(workshop)}
    dots = (workshop.voting or Voting(dots=5)).document() if phase.votes else None
    said = {
        "phase": edit.phase,
        "seconds": 60 * usual.get(edit.phase, phase.minutes),
        "since": edit.since,
        "blind": phase.blind or None,
        "spotlight": None,
        "voting": dots,
    }
    return _with(storm, said)


def set_timer(storm: S, edit: Timer) -> S:
    """The storm after ``Timer``."""
    since = edit.since if edit.seconds is not None else None
    return _with(storm, {"seconds": edit.seconds, "since": since})


def conduct(storm: S, edit: Conduct) -> S:
    """The storm after ``Conduct``."""
    return _with(storm, {key: None if value is False else value for key, value in edit.keys.items()})


def _workshop(storm: Storm) -> Workshop:
    return storm.workshop or Workshop()


def _with(storm: S, keys: dict[str, Any]) -> S:
    from ..apply import valid

    said = {**_workshop(storm).document(), **keys}
    said = {key: value for key, value in said.items() if value is not None}
    if not said and storm.workshop is None:
        return storm  # there is no workshop, and this begins none
    return storm.changed(workshop=valid(Workshop, said, "workshop"))
