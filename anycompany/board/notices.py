"""What the room says to people in a sentence, with ways to put things right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from ..files.conflicts import Conflict, conflicts
from ..storm.edits import SINGULAR, Patch
from ..storm.ids import words
from ..storm.model import Storm

LONGEST_SHOWN = 80
"""Characters of a value in a sentence."""

MOST_CONFLICTS = 12
"""Conflicts that are told one by one."""


def notice(
    tone: Literal["note", "good", "warning", "error"], text: str, to: str | None = None
) -> dict[str, Any]:
    """A sentence for everybody in the room, or for one tab."""
    return {"type": "notice", "tone": tone, "text": text} | ({"to": to} if to else {})


def notice_of_conflict(before: Storm, by_hand: Patch) -> Iterator[dict[str, Any]]:
    """A notice for each note that a hand in the file and the board said different things of.

    Each has a way to put back what was said on the board.
    """
    found = conflicts(before, by_hand)
    for one in found[:MOST_CONFLICTS]:
        way = f"Put back {_shown(one.was)}" if one.was is not None else f"Bring back {_shown(one.by_hand)}"
        ways = [{"words": way, "edits": [one.edit.record()]}]
        yield notice("warning", _sentence(before, one)) | {"edits": ways}
    if len(found) > MOST_CONFLICTS:
        others = len(found) - MOST_CONFLICTS
        text = f"{others} more were changed both by hand in the file and on the board. The log has it all."
        yield notice("warning", text)


def _sentence(before: Storm, conflict: Conflict) -> str:
    what = _called(before, conflict.where)
    if conflict.was is None:
        return f"{what} is {_shown(conflict.by_hand)} in the file by hand, but was removed on the board."
    by_hand = "was removed from the file" if conflict.by_hand is None else f"is {_shown(conflict.by_hand)}"
    return f"{what} {by_hand} by hand in the file; on the board it was {_shown(conflict.was)}."


def _called(storm: Storm, where: tuple[str, ...]) -> str:
    section, *rest = where
    if not rest or section not in SINGULAR:
        return f"“{'/'.join(where)}”"
    things = "events" if section in ("triggers", "contracts") else section
    thing = getattr(storm, things).get(rest[0])
    title = getattr(thing, "name", None) or getattr(thing, "text", None) or words(rest[0])
    inside = "/".join(key for key in rest[1:] if key not in ("name", "text"))
    note = f"the {SINGULAR[section]} {_shown(title)}"
    return f"“{inside}” of {note}" if inside else note[0].upper() + note[1:]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        value = (
            value.get("name") or value.get("text") or ", ".join(f"{key}: {one}" for key, one in value.items())
        )
    elif isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + '…'}”"
