"""Whose last edit is taken back, and which may be done again: read from the log alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..storm.edits import Patch
from ..storm.errors import EditError
from ..storm.workshop.steering import steers
from .journal import Entry


def undo_target(
    entries: Sequence[Entry], author: str, revision: int | None = None, by: str | None = None
) -> Entry:
    """The entry that an undo takes back: the one named, else the last of a person's that still stands.

    Parameters
    ----------
    entries : the log.
    author : who undoes.
    revision : which entry to take back, instead.
    by : how the ids of the person's entries begin, where that tells people apart; else the author does.

    What steers a workshop is nobody's to take back: it is passed over, and refused where it is named.

    Raises ``EditError`` when there is none.
    """
    if revision is not None:
        if not 0 < revision <= len(entries):
            raise EditError(
                f"There is no revision {revision}.",
                f"revision {revision}",
                f"Name one from 1 to {len(entries)}.",
            )
        if revision == 1 and entries[0].file:
            raise EditError(
                "Revision 1 is the storm as it was found, not an edit.", "revision 1", "Name a later one."
            )
        if steers(entries[revision - 1].edit):
            raise EditError(
                f"Revision {revision} steers the workshop.",
                f"revision {revision}",
                "Steer it to where it should be by a new edit: go to a phase, set the timer.",
            )
        return entries[revision - 1]
    standing, _ = _stacks(entries, _made_by(author, by))
    if not standing:
        raise EditError(
            f"{author} has no edit left to take back.", "log", "Name a revision to take back another's."
        )
    return standing[-1]


def redo_target(entries: Sequence[Entry], author: str, by: str | None = None) -> Entry:
    """The undo that a redo takes back in turn. Raises ``EditError`` when there is none."""
    _, taken_back = _stacks(entries, _made_by(author, by))
    if not taken_back:
        raise EditError(
            f"{author} has taken back nothing that could be done again.", "log", "Make the edit anew."
        )
    return taken_back[-1]


def _made_by(author: str, by: str | None) -> Callable[[Entry], bool]:
    return (lambda entry: entry.author == author) if by is None else (lambda entry: entry.id.startswith(by))


def _stacks(entries: Sequence[Entry], mine: Callable[[Entry], bool]) -> tuple[list[Entry], list[Entry]]:
    """A person's edits that still stand, and the undos that nothing new has come after."""
    standing: list[Entry] = []
    taken_back: list[Entry] = []
    for entry in entries:
        undone = entry.edit.undoes if isinstance(entry.edit, Patch) else None
        was_undo = undone is not None and any(other.id == undone for other in taken_back)
        if undone is not None:
            standing = [other for other in standing if other.id != undone]
        if not mine(entry) or (steers(entry.edit) and undone is None):
            continue
        if undone is None or was_undo:
            taken_back = [other for other in taken_back if other.id != undone] if was_undo else []
            standing.append(entry)
        else:
            taken_back.append(entry)
    # The first line of a log is the storm as it was found, not an edit of anybody's.
    return [entry for entry in standing if entry.revision > 1 or not _is_beginning(entry)], taken_back


def _is_beginning(entry: Entry) -> bool:
    return isinstance(entry.edit, Patch) and entry.on == 0 and entry.revision == 1
