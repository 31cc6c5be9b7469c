"""Where a hand in the storm file and people on the board said different things about one note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..storm.edits import Patch, Set, Unset
from ..storm.model import Storm
from ..storm.parts import Part

BY_HAND = "by hand"
"""The author of what somebody changed in the file with an editor."""


@dataclass(frozen=True)
class Conflict:
    """One value that a hand in the file and people on the board both changed.

    ``where`` is its path, such as ``("events", "key-lost", "name")``; ``by_hand`` is what the file says, None
    where the hand took it away; ``was`` is what had been said on the board since the file was saved, None
    where the whole note was removed there. What the file says holds, but what was removed stays removed.
    ``edit`` brings back what does not hold.
    """

    where: tuple[str, ...]
    by_hand: Any
    was: Any
    edit: Patch


def conflicts(before: Storm, by_hand: Patch) -> list[Conflict]:
    """What an edit by hand in the file and the edits since the file was saved exclude of each other.

    Parameters
    ----------
    before : the storm without the edit by hand.
    by_hand : that edit, as the log has it: every step knows what stood in the file before.
    """
    found = []
    for step in by_hand.steps:
        if not isinstance(step, Set | Unset):
            continue
        now = _value_at(before, step.path)
        said = step.to if isinstance(step, Set) else None
        if now is not None and now not in (step.was, said):
            back = Set(path=step.path, to=now, was=said)
        elif step.path[2:] in (["name"], ["text"]) and said and _value_at(before, step.path[:2]) is None:
            back = Set(path=step.path[:2], to={step.path[2]: said})
        else:
            continue
        found.append(Conflict(tuple(step.path), said, now, Patch(steps=[back])))
    return found


def _value_at(storm: Storm, path: list[str]) -> Any:
    """What a storm says at a path, as plain data; None where it says nothing."""
    value: Any = {key: getattr(storm, key) for key in storm.model_fields_set} | (
        storm.__pydantic_extra__ or {}
    )
    for key in path:
        if path[0] == "entities" and isinstance(value, list):
            value = {"events": value}  # an entity written as the bare list of its events
        value = _plain(value.get(key)) if isinstance(value, dict) else None
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.document() if isinstance(value, Part) else value
