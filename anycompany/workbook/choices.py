"""What can be chosen on a form, read from a storm: what people see, and the id it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from ..storm.model import Storm
from .findings import all_findings
from .screen import line

Choices = list[tuple[str, str]]
LONGEST_CHOICE = 70


def told_apart(choices: Iterable[tuple[str, str]]) -> Choices:
    """The choices with their texts cut to one line, and the id behind texts that would look the same.

    >>> told_apart([("Paid", "paid"), ("Paid", "paid-2"), ("Sent", "sent")])
    [('Paid (paid)', 'paid'), ('Paid (paid-2)', 'paid-2'), ('Sent', 'sent')]
    """
    cut = [(line(text, LONGEST_CHOICE), identifier) for text, identifier in choices]
    often = Counter(text for text, _ in cut)
    return [(f"{text} ({i})" if often[text] > 1 or not text else text, i) for text, i in cut]


def things(section: str) -> Callable[[Storm], Choices]:
    """The entries of a section, by what people call them; events in order of time."""

    def choices(storm: Storm) -> Choices:
        if section == "events":
            return told_apart((storm.events[event].name, event) for event in storm.relations.in_order)
        found = getattr(storm, section).items()
        if section in ("hotspots", "decisions"):
            return told_apart((thing.text, key) for key, thing in found)
        if section == "contracts":
            names = {key: event.name for key, event in storm.events.items()}
            return told_apart((names.get(key, key), key) for key, _ in found)
        return told_apart((thing.title(key), key) for key, thing in found)

    return choices


def placed(storm: Storm) -> Choices:
    """The events on the timeline, in its order."""
    on = storm.relations.moment_of
    return [choice for choice in things("events")(storm) if choice[1] in on]


def triggered(storm: Storm) -> Choices:
    """The events that have a trigger."""
    return [choice for choice in things("events")(storm) if choice[1] in storm.triggers]


def parked(storm: Storm) -> Choices:
    """The notes that were put aside."""
    notes = storm.board.get("parked")
    if not isinstance(notes, dict):
        return []
    return told_apart(
        (str(note.get("name", key)) if isinstance(note, dict) else key, key) for key, note in notes.items()
    )


def open_findings(step: int) -> Callable[[Storm], Choices]:
    """The findings of a step that nobody has dismissed."""

    def choices(storm: Storm) -> Choices:
        found = all_findings(storm, step).open
        return told_apart((finding.what, finding.key) for finding in found)

    return choices


def remedies(step: int) -> Callable[[Storm], Choices]:
    """The open findings of a step for which the check itself knows an edit that remedies them."""

    def choices(storm: Storm) -> Choices:
        found = all_findings(storm, step).open
        return told_apart(
            (f"{finding.what} {finding.remedy}", finding.key) for finding in found if finding.fix
        )

    return choices


def dismissed(storm: Storm) -> Choices:
    """What was dismissed, with the reason."""
    return told_apart((f"{key}: {reason}", key) for key, reason in storm.dismissed.items())
