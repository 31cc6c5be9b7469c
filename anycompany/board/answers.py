"""Questions that a board asks its kernel.

Nothing is changed by asking: where there is something to do, the answer holds the edits that would do it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..files.importing import lines_to_notes, notes_to_edit
from ..files.opened import OpenStorm
from ..storm.boundaries import Suggestion, suggested_boundaries
from ..storm.coupling import coupling
from ..storm.edits import Batch, Edit
from ..storm.model import Storm
from ..storm.workshop.blind import hides, is_blind
from .delta import plain
from .fields import fields_in
from .insight import coupling_as_told
from .messages import LONGEST_TEXT, MessageError
from .permits import unguessed

MOST_LINES = 2_000
"""Notes that one pasted list may become."""

_ABOUT_ALL = frozenset(["history", "at"])
"""Questions about what all have done."""

_EDITS: TypeAdapter[list[Any]] = TypeAdapter(list[Edit])


def answer(opened: OpenStorm, question: str, about: dict[str, Any], seen: Storm | None = None) -> Any:
    """The answer to a question about a storm, as JSON.

    Parameters
    ----------
    opened : the storm file.
    question, about : what is asked.
    seen : the storm as whoever asks sees it, where people see different things; before the reveal a pasted
        list is read, and nothing else is told.

    Raises ``StormError`` with words for whoever asked.
    """
    if question not in _ANSWERS:
        known = ", ".join(_ANSWERS)
        raise MessageError(f"There is no question {question[:40]!r}.", remedy=f"Ask one of these: {known}.")
    if seen is not None and hides(seen):
        if question in _ABOUT_ALL or (is_blind(seen) and question != "lines"):
            raise MessageError(
                "That would tell what others wrote or voted.", remedy="Ask again when it is revealed."
            )
        if is_blind(seen):
            return plain(_lines_before_the_reveal(seen, about))
    return plain(_ANSWERS[question](opened, about))


def _what_if(opened: OpenStorm, about: dict[str, Any]) -> Any:
    try:
        edits = _EDITS.validate_python(about.get("edits"))
    except ValidationError:
        raise MessageError("Those are no edits.", remedy="Reload the page.") from None
    return coupling_as_told(coupling(opened.storm.do(Batch(edits=edits))))


def _suggestions(opened: OpenStorm, _: dict[str, Any]) -> Any:
    storm = opened.storm
    return [
        {
            "words": _in_words(storm, one),
            "why": list(one.reasons),
            "edits": [edit.record() for edit in one.edits.edits],
            "coupling": coupling_as_told(one.after),
        }
        for one in suggested_boundaries(storm)
    ]


def _in_words(storm: Storm, suggestion: Suggestion) -> str:
    """A suggestion in a few words: where its first entities would go."""
    moves = [
        (storm.entities[entity].title(entity), _title(storm, context))
        for context, entities in suggestion.contexts.items()
        for entity in entities
        if entity in storm.entities and context not in storm.relations.contexts_of.get(entity, ())
    ]
    if not moves:
        return "Other contexts"
    first, *others = [f"{entity[:60]} to {home[:60]}" for entity, home in moves]
    if len(others) == 1:
        return f"{first}, {others[0]}"
    return f"{first}, and {len(others)} more moves" if others else first


def _title(storm: Storm, context: str) -> str:
    return (
        storm.contexts[context].title(context) if context in storm.contexts else f"a new context, {context}"
    )


def _lines(opened: OpenStorm, about: dict[str, Any]) -> Any:
    return _noted(opened.storm, about)


def _lines_before_the_reveal(seen: Storm, about: dict[str, Any]) -> Any:
    """A pasted list as notes whose ids tell nothing of what others have written."""
    told = _noted(seen, about)
    for edit in told["edits"]:
        if edit["kind"] == "add":
            fresh = unguessed(edit["name"], edit["to"], seen)
            for other in told["edits"]:
                _called_anew(other, edit["to"], edit["id"], fresh)
    return told


def _called_anew(edit: dict[str, Any], section: str, was: str, now: str) -> None:
    if edit["kind"] == "add" and (edit["to"], edit["id"]) == (section, was):
        edit["id"] = now
    elif edit["kind"] == "move" and edit["note"] == f"{section}/{was}":
        edit["note"] = f"{section}/{now}"
    elif edit["kind"] == "park" and edit["event"] == was and section == "events":
        edit["event"] = now


def _noted(storm: Storm, about: dict[str, Any]) -> dict[str, Any]:
    notes = lines_to_notes(_text_in(about))
    if len(notes) > MOST_LINES:
        raise MessageError(
            f"The list has {len(notes):,} lines; {MOST_LINES:,} go at once.", remedy="Paste it in parts."
        )
    for number, note in enumerate(notes, 1):
        if len(note.text) > LONGEST_TEXT:
            raise MessageError(
                f"Line {number} has {len(note.text):,} characters; a note holds {LONGEST_TEXT:,}.",
                remedy="Split it into several lines.",
            )
    return {"edits": [edit.record() for edit in notes_to_edit(storm, notes).edits]}


def _fields(opened: OpenStorm, about: dict[str, Any]) -> Any:
    event = about.get("event")
    storm = opened.storm
    if not isinstance(event, str) or event not in storm.events:
        raise MessageError(
            f"There is no event {str(event)[:60]!r}.", remedy="Choose one that is on the wall."
        )
    edits, words = fields_in(storm, event, _text_in(about))
    return {"edits": [edit.record() for edit in edits], "words": words}


def _history(opened: OpenStorm, _: dict[str, Any]) -> Any:
    return [
        {"revision": entry.revision, "author": entry.author, "time": entry.time, "words": entry.words}
        for entry in opened.history()
    ]


def _at(opened: OpenStorm, about: dict[str, Any]) -> Any:
    revision = about.get("revision")
    if not isinstance(revision, int):
        raise MessageError("A revision is a number.", remedy="Choose one from the history.")
    return {"doc": opened.at(revision).document()}


def _text_in(about: dict[str, Any]) -> str:
    text = about.get("text")
    if not isinstance(text, str):
        raise MessageError("There is no text to read.", remedy="Paste some.")
    return text


_ANSWERS: dict[str, Callable[[OpenStorm, dict[str, Any]], Any]] = {
    "what-if": _what_if, "suggestions": _suggestions, "lines": _lines, "fields": _fields,
    "history": _history, "at": _at,
}  # fmt: skip
