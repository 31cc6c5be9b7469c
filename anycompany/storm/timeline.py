"""The timeline: moments from left to right, and where an event goes by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from .edits import Place
from .parts import Alternatives, Moment, events_of


def moment_from(events: Sequence[str], alternatives: bool) -> Moment:
    """A moment of these events: alone, as alternatives, or in parallel."""
    if len(events) == 1:
        return events[0]
    return Alternatives.model_validate({"or": list(events)}) if alternatives else list(events)


def without_event(timeline: Sequence[Moment], event: str) -> list[Moment]:
    """The timeline without an event, wherever and however often it stood."""
    left: list[Moment] = []
    for moment in timeline:
        events = events_of(moment)
        if event not in events:
            left.append(moment)
        elif rest := [other for other in events if other != event]:
            left.append(moment_from(rest, isinstance(moment, Alternatives)))
    return left


def placed_in(timeline: Sequence[Moment], edit: Place) -> list[Moment]:
    """The timeline with an event at its new place, and only there.

    A neighbour that is not there means the end.
    """
    left = without_event(timeline, edit.event)
    neighbour = edit.after or edit.before or edit.instead_of or edit.parallel_to
    here = next((i for i, moment in enumerate(left) if neighbour in events_of(moment)), None)
    if here is None:
        return [*left, edit.event]
    if edit.after:
        return [*left[: here + 1], edit.event, *left[here + 1 :]]
    if edit.before:
        return [*left[:here], edit.event, *left[here:]]
    beside = events_of(left[here])
    joined = moment_from([*beside, edit.event], alternatives=edit.instead_of is not None)
    return [*left[:here], joined, *left[here + 1 :]]
