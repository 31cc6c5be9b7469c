"""What somebody may do at the moment of a workshop, at a board or on a phone, and what their edit becomes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..storm import edits as e
from ..storm.errors import EditError
from ..storm.ids import mint
from ..storm.model import Storm
from ..storm.workshop.blind import is_blind
from ..storm.workshop.gathering import gathered
from ..storm.workshop.phases import held_back, held_from
from ..storm.workshop.steering import stamped, steers
from ..storm.workshop.writers import VOTED
from .refusals import RefusedError
from .sight import Sights

NOT_YOURS = ("Only the facilitator steers the workshop.", "Ask for it, or open the workshop page yourself.")
NO_BALLOTS = ("Dots are put one by one while a vote is open.", "Vote with v, or from the menu of the note.")

NO_VOTE = ("Dots are put and taken while a vote is open.", "Ask the facilitator to open one.")

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_OWN_SECTIONS = ("events", "hotspots")


@dataclass(frozen=True)
class Sender:
    """Who sends an edit: a person, what they call themselves, and whether they steer the workshop."""

    person: str
    name: str
    facilitates: bool


def permitted(edit: e.AnyEdit, storm: Storm, sights: Sights, sender: Sender) -> e.AnyEdit:
    """The edit as it may be carried out: stamped by this clock, voting under the person's own name.

    Parameters
    ----------
    edit : as it was sent.
    storm : the whole storm as it is now.
    sights : who wrote what.
    sender : who sends it.

    Raises ``RefusedError`` with friendly words when it may not be.
    """
    if steers(edit):
        if not sender.facilitates:
            raise RefusedError(*NOT_YOURS)
        edit = _gathering(stamped(edit, datetime.now(UTC).isoformat(timespec="milliseconds")), storm)
    workshop = storm.workshop
    if workshop is None:
        return edit
    votes = [isinstance(one, e.Vote) for one in _single(edit)]
    if workshop.voting is None or not all(votes):
        refuse_while_held(storm, sender)
    if workshop.voting is None and workshop.phase is not None and any(votes):
        raise RefusedError(*NO_VOTE)
    if why := held_back(storm, edit):
        raise RefusedError(*why)
    if workshop.voting is not None:
        edit = _with_dots(edit, storm, sights, sender)
    return _of_own(edit, storm, sights, sender.person) if is_blind(storm) and not steers(edit) else edit


def _gathering(edit: e.AnyEdit, storm: Storm) -> e.AnyEdit:
    """What steers; the reveal also lays side by side what was written apart."""
    if not is_blind(storm):
        return edit
    revealed = storm.do(edit)
    moves = [] if is_blind(revealed) else gathered(revealed)
    return e.Batch(edits=[edit, *moves]) if moves else edit


def refuse_while_held(storm: Storm, sender: Sender) -> None:
    """Raise ``RefusedError`` when the wall is locked, or somebody else drives."""
    if not sender.facilitates and (why := held_from(storm, sender.person)):
        raise RefusedError(*why)


def _with_dots(edit: e.AnyEdit, storm: Storm, sights: Sights, sender: Sender) -> e.AnyEdit:
    """The votes of an edit under the name that counts for this person, and no more than they have."""
    if any(_writes_votes(one) for one in _single(edit)):
        raise RefusedError(*NO_BALLOTS)
    assert storm.workshop and storm.workshop.voting
    dots = storm.workshop.voting.dots
    standing = sights.writers.voted(sender.person, storm)
    own = sights.writers.name_for(sender.person, sender.name)

    def counted(vote: e.Vote) -> e.Vote:
        who = standing.get(vote.on, own)
        if vote.up:
            standing[vote.on] = who
        else:
            standing.pop(vote.on, None)
        if vote.up and len(standing) > dots:
            raise RefusedError(f"You have put all of your {dots} dots.", "Take one back first.")
        return vote.model_copy(update={"who": who})

    return _changed(edit, lambda one: counted(one) if isinstance(one, e.Vote) else one)


def _writes_votes(edit: e.AnyEdit) -> bool:
    match edit:
        case e.Add():
            return edit.to in VOTED and "votes" in edit.keys
        case e.Change():
            return edit.of in VOTED and "votes" in edit.keys
        case e.Patch():
            paths = (step.path for step in edit.steps if not isinstance(step, e.Timeline))
            return any(path[:1] in (["hotspots"], ["contexts"]) for path in paths)
    return False


def _of_own(edit: e.AnyEdit, storm: Storm, sights: Sights, person: str) -> e.AnyEdit:
    """An edit before the reveal: about one's own notes alone, and with ids that tell nothing of others'."""
    own = sights.of(person, storm)
    edit = _changed(edit, lambda one: _with_own_id(one, storm))
    added: set[str] = {f"{one.to}/{one.id}" for one in _single(edit) if isinstance(one, e.Add)}
    known = {*added, *(f"{section}/{key}" for section in _OWN_SECTIONS for key in getattr(own, section))}
    for one in _single(edit):
        if isinstance(one, e.Move) and one.note not in known:
            raise RefusedError("That note is not on your wall.", "Move your own until the reveal.")
    try:
        own.do(edit)
    except EditError as error:  # in the words of what this person sees
        raise RefusedError(error.what, error.remedy) from None
    return edit


def _with_own_id(edit: e.AnyEdit, storm: Storm) -> e.AnyEdit:
    if not isinstance(edit, e.Add) or edit.id is not None:
        return edit
    return edit.model_copy(update={"id": unguessed(edit.name, edit.to, storm)})


def unguessed(name: str, section: e.Section, storm: Storm) -> str:
    """An id for a new note that does not depend on whether others have written the same."""
    end = "".join(secrets.choice(_LETTERS) for _ in range(4))
    base = mint(name, (), e.SINGULAR[section].replace(" ", ""))[:40].rstrip("-")
    return mint(f"{base}-{end}", {*getattr(storm, section), *storm.retired}, section)


def _single(edit: e.AnyEdit) -> Iterator[Any]:
    if isinstance(edit, e.Batch):
        for one in edit.edits:
            yield from _single(one)
    else:
        yield edit


def _changed(edit: e.AnyEdit, change: Any) -> e.AnyEdit:
    if isinstance(edit, e.Batch):
        return edit.model_copy(update={"edits": [_changed(one, change) for one in edit.edits]})
    changed: e.AnyEdit = change(edit)
    return changed
