"""What starts an event that no policy emits, as notes."""

from __future__ import annotations

from typing import NamedTuple

from ..storm.parts import Trigger


class Origin(NamedTuple):
    """One note that hangs on an event: its colour role, what kind of thing it is, and what is on it."""

    kind: str
    caption: str
    name: str


def origins(trigger: Trigger) -> list[Origin]:
    """The notes of a trigger, nearest to the event first: the command, and the actor who gives it.

    >>> [origin.name for origin in origins(Trigger(actor="Visitor", command="Sign up"))]
    ['Sign up', 'Visitor']
    """
    if trigger.aws is not None:
        return [Origin("external", "AWS event", f"{trigger.aws.detail_type} ({trigger.aws.source})")]
    if trigger.external is not None:
        return [Origin("external", "external", trigger.external)]
    if trigger.schedule is not None:
        return [Origin("external", "schedule", trigger.schedule)]
    said = (("command", trigger.command), ("actor", trigger.actor))
    return [Origin(kind, kind, name) for kind, name in said if name is not None]


def origin(trigger: Trigger) -> Origin:
    """A trigger on a single note.

    >>> origin(Trigger(actor="Visitor", command="Sign up")).name
    'Visitor: Sign up'
    """
    notes = origins(trigger)
    return notes[-1]._replace(name=": ".join(note.name for note in reversed(notes)))
