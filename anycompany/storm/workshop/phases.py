"""Which edits a phase opens and which it holds back, with words for whoever is refused.

A phase opens the actions of its step and of all before it; what belongs to a later step waits. Hot spots,
decisions, putting aside and moving notes are open at all times. It holds for everybody: a facilitator
goes on to the next phase. Nothing is held back where no phase is on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import edits as e
from ..method import STEPS
from .agenda import phase_of
from .steering import steers

if TYPE_CHECKING:
    from ..model import Storm

_STEP_OF_SECTION: dict[str, int] = {section: step.number for step in STEPS for section in step.sections}

_IN_BLIND = frozenset(["events", "hotspots"])
"""The sections that are written while each person sees only their own notes."""


def step_of(edit: e.AnyEdit) -> int:
    """The step of the method that an edit belongs to; 0 for what belongs to every step.

    >>> step_of(e.Add(to="contexts", name="Billing")), step_of(e.Add(to="hotspots", name="Who refunds?"))
    (5, 0)
    """
    match edit:
        case e.Batch():
            return max((step_of(one) for one in edit.edits), default=0)
        case e.Patch():
            paths = (["timeline"] if isinstance(step, e.Timeline) else step.path for step in edit.steps)
            return max((_STEP_OF_SECTION.get(path[0], 0) for path in paths if path), default=0)
        case e.Add():
            return _STEP_OF_SECTION.get(edit.to, 0)
        case e.Rename() | e.Change() | e.Remove():
            return _STEP_OF_SECTION.get(edit.of, 0)
        case e.Assign():
            return _STEP_OF_SECTION["entities" if edit.of == "events" else "contexts"]
        case e.Settings():
            return _STEP_OF_SECTION["bus"] if "bus" in edit.keys else 0
    return _STEP_OF_KIND.get(edit.kind, 0)


_STEP_OF_KIND: dict[str, int] = {
    "merge": 1, "repeat": 1, "place": 2, "unplace": 2, "trigger": 3, "copy": 5, "field": 8, "publish": 8,
}  # fmt: skip


def open_step(storm: Storm) -> int:
    """The last step whose actions are open; the last of all where no phase is on.

    >>> from ..model import Storm
    >>> open_step(Storm(name="Inn")), open_step(Storm(name="Inn").do(e.GoTo(phase="entities")))
    (8, 4)
    """
    phase = phase_of(storm)
    return phase.step if phase else len(STEPS)


def held_back(storm: Storm, edit: e.AnyEdit) -> tuple[str, str] | None:
    """Why an edit has to wait, and what to do about it; None when it is open.

    >>> from ..model import Storm
    >>> storm = Storm(name="Inn").do(e.GoTo(phase="together"))
    >>> held_back(storm, e.Add(to="events", name="Room Booked")) is None
    True
    >>> held_back(storm, e.Add(to="entities", name="Room"))[0]
    'Entities come later: we are at “Exploration, all together” now.'
    """
    phase = phase_of(storm)
    if steers(edit):
        return None
    workshop = storm.workshop
    if workshop and workshop.blind and not _open_in_blind(edit):
        return (
            "Now everybody writes for themselves: notes and hot spots of your own, nothing else.",
            "Wait for the reveal; until then a hot spot keeps the thought.",
        )
    if phase is None:
        return None
    step = step_of(edit)
    if step <= phase.step:
        return None
    what = STEPS[step - 1].short
    verb = "comes" if what in ("Discover", "Sequence", "Trigger", "Bus") else "come"
    return (
        f"{what} {verb} later: we are at “{phase.name}” now.",
        "Keep the thought as a hot spot (h), or ask the facilitator to go on.",
    )


def held_from(storm: Storm, person: str) -> tuple[str, str] | None:
    """Why a person who does not facilitate may not edit at the moment at all; None when they may.

    Dots of a voting that is open are no edits in this sense.
    """
    workshop = storm.workshop
    if workshop is None:
        return None
    if workshop.locked:
        return "The facilitator has locked the wall.", "Look and listen; it will be opened again."
    if workshop.driver and workshop.driver.person != person:
        who = workshop.driver.name or "Somebody else"
        return f"{who} is driving.", "Point at what you mean and say it; the wheel goes round."
    return None


def _open_in_blind(edit: e.AnyEdit) -> bool:
    match edit:
        case e.Batch():
            return all(_open_in_blind(one) for one in edit.edits)
        case e.Add():
            return edit.to in _IN_BLIND
        case e.Rename() | e.Change() | e.Remove():
            return edit.of in _IN_BLIND
        case e.Vote():
            return edit.on[0] in _IN_BLIND
        case e.Move() | e.Park() | e.Unpark() | e.Merge():
            return True
    return False
