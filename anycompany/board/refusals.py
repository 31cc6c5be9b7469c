"""Why an edit is not carried out though it means something: somebody was quicker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..files.journal import Entry
from ..files.opened import OpenStorm
from ..storm import edits as e
from ..storm.model import Storm
from ..storm.parts import Event, Named


class RefusedError(Exception):
    """An edit, or a message, that is refused; nothing was changed.

    Parameters
    ----------
    why : one sentence.
    remedy : what to do about it.
    again : whether it is no fault of the edit's, so that it is worth sending again as it is.
    more : what else the sender is told.
    """

    def __init__(self, why: str, remedy: str, *, again: bool = False, **more: Any) -> None:
        super().__init__(why)
        self.why, self.remedy, self.again, self.more = why, remedy, again, more

    def told(self) -> dict[str, Any]:
        """What the sender is told."""
        return {"why": self.why, "remedy": self.remedy, "again": self.again, **self.more}


def refuse_another_text(opened: OpenStorm, edit: e.Rename, was: str) -> None:
    """Raise ``RefusedError`` when a note's text is not the one any more that a person began from.

    Nothing is lost: the sender has their own text, and is told the other one and whose it is.
    """
    entries, storm = opened.since(0)
    thing = getattr(storm, edit.of).get(edit.id)
    if thing is None or edit.of == "contracts":
        return
    if isinstance(thing, Event):
        theirs = thing.name
    else:
        theirs = thing.title(edit.id) if isinstance(thing, Named) else thing.text
    if theirs not in (was, edit.name):
        author = _author_of_text(entries, edit.of, edit.id)
        raise RefusedError(
            "Somebody else has changed this text meanwhile.",
            "Keep theirs, or write yours over it.",
            conflict={"theirs": theirs, "author": author},
        )


def refuse_taken_ids(storm: Storm, edit: e.AnyEdit) -> None:
    """Raise ``RefusedError`` when an edit adds something under an id that another thing has, or had.

    Browsers mint ids before the kernel has the edit, so two may mint the same; the sender is told which one.
    """
    for add in _adds_in(edit):
        parked = storm.board.get("parked", {}) if add.to == "events" else {}
        if add.id in getattr(storm, add.to) or add.id in storm.retired or add.id in parked:
            raise RefusedError(
                f"The id {add.id!r} is another note's.",
                "Add the note again.",
                taken={"section": add.to, "id": add.id},
            )


def _adds_in(edit: e.AnyEdit) -> Iterator[e.Add]:
    if isinstance(edit, e.Batch):
        for one in edit.edits:
            yield from _adds_in(one)
    elif isinstance(edit, e.Add) and edit.id is not None and edit.to != "contracts":
        yield edit


def _author_of_text(entries: Sequence[Entry], section: str, identifier: str) -> str:
    """Who wrote the text of a note last; empty where the log does not tell."""
    for entry in reversed(entries):
        if _writes(entry.edit, section, identifier):
            return entry.author
    return ""


def _writes(edit: e.AnyEdit, section: str, identifier: str) -> bool:
    match edit:
        case e.Batch():
            return any(_writes(one, section, identifier) for one in edit.edits)
        case e.Rename() | e.Change():
            return (edit.of, edit.id) == (section, identifier)
        case e.Add():
            return (edit.to, edit.id) == (section, identifier)
        case e.Merge():
            return section == "events" and edit.keep == identifier
        case e.Patch():
            paths = (step.path for step in edit.steps if isinstance(step, e.Set))
            return any(path[:2] == [section, identifier] for path in paths)
    return False
