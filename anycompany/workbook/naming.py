"""What people call the notes of a storm, where a page names several of them."""

from __future__ import annotations

from collections.abc import Iterable

from ..storm.model import Storm


def names(storm: Storm, events: Iterable[str]) -> str:
    """Events in one cell, by name; an id that stands for nothing is shown as it is, with a question mark."""
    return ", ".join(storm.events[e].name if e in storm.events else f"{e} (?)" for e in events)


def titles(storm: Storm, section: str, ids: Iterable[str]) -> str:
    """Things of a section in one cell, as people call them."""
    things = getattr(storm, section)
    return ", ".join(things[i].title(i) if i in things else f"{i} (?)" for i in ids)


def called(storm: Storm, note: str) -> str:
    """What people call a note, given as ``section/id``; the translator of an event of AWS is called so.

    >>> called(Storm(name="Inn").add_policy("Clean the room"), "policies/clean-the-room")
    'Clean the room'
    """
    section, _, key = note.partition("/")
    if section == "triggers" and key in storm.events:
        return f"{storm.events[key].name} (from AWS)"
    if section not in ("policies", "listeners", "events") or key not in getattr(storm, section):
        return note
    title: str = getattr(storm, section)[key].title(key) if section != "events" else storm.events[key].name
    return f"{title} (listener)" if section == "listeners" else title
