"""Edits in words for people: what the log and a difference between two storms say."""

from __future__ import annotations

from typing import Any

from . import edits as e
from .model import Storm
from .parts import Trigger
from .workshop import telling

LONGEST_VALUE = 60
"""Characters of a value in a sentence; longer ones end in an ellipsis."""


def describe(edit: e.AnyEdit, storm: Storm) -> str:
    """One sentence that says what an edit does, given the storm it was, or will be, applied to.

    >>> storm = Storm(name="Inn").add_event("Room Booked")
    >>> describe(e.Rename(of="events", id="room-booked", name="Room Reserved"), storm)
    'renamed the event Room Booked to Room Reserved'
    """
    sentences = sentences_of(edit, storm)
    if not sentences:
        return "changed nothing"
    more = f" and {len(sentences) - 1} more" if len(sentences) > 1 else ""
    return sentences[0] + more


def sentences_of(edit: e.AnyEdit, storm: Storm) -> list[str]:
    """What an edit does, a sentence for each thing it does."""
    if isinstance(edit, e.Batch):
        return [sentence for one in edit.edits for sentence in sentences_of(one, storm)]
    if isinstance(edit, e.Patch):
        sentences = [_step(step, storm) for step in edit.steps]
        return [f"took back: {sentence}" for sentence in sentences] if edit.undoes else sentences
    return [_sentence(edit, storm)]


def _sentence(edit: e.AnyEdit, storm: Storm) -> str:
    match edit:
        case e.Add():
            return f"added the {e.SINGULAR[edit.to]} {_short(edit.name)}"
        case e.Rename():
            return f"renamed the {_called(storm, edit.of, edit.id)} to {_short(edit.name)}"
        case e.Change():
            keys = ", ".join(f"{key}: {_short(value)}" for key, value in edit.keys.items())
            return f"changed the {_called(storm, edit.of, edit.id)}: {keys}"
        case e.Remove():
            return f"removed the {_called(storm, edit.of, edit.id)}"
        case e.Merge():
            kept = _short(edit.name) if edit.name else _name(storm, "events", edit.keep)
            return f"merged the {_called(storm, 'events', edit.gone)} into {kept}"
        case e.Place():
            return f"placed the {_called(storm, 'events', edit.event)} {_place(edit, storm)}"
        case e.Unplace():
            return f"took the {_called(storm, 'events', edit.event)} off the timeline"
        case e.SetTrigger():
            event = _called(storm, "events", edit.event)
            return (
                f"said that {_origin(edit.trigger)} starts the {event}"
                if edit.trigger
                else f"untriggered the {event}"
            )
        case e.Assign():
            home = "entities" if edit.of == "events" else "contexts"
            thing = _called(storm, edit.of, edit.id)
            return (
                f"put the {thing} into {_name(storm, home, edit.to)}"
                if edit.to
                else f"made the {thing} homeless"
            )
        case e.Copy():
            kept = "kept a copy of" if edit.keep else "gave up the copy of"
            return (
                f"{kept} {_name(storm, 'entities', edit.entity)} in {_name(storm, 'contexts', edit.context)}"
            )
        case e.SetField():
            said = f"is {edit.is_.type}" if edit.is_ else "is gone"
            return f"said that {_short(edit.field)} of {_name(storm, 'events', edit.event)} {said}"
        case e.Publish():
            return f"published the contract of {_name(storm, 'events', edit.event)}"
        case e.Vote():
            verb = "voted on" if edit.up else "took back a vote on"
            return f"{verb} {_name(storm, *edit.on)} ({_short(edit.who)})"
        case e.Park():
            return f"parked {_name(storm, 'events', edit.event)}"
        case e.Unpark():
            note = storm.board.get("parked", {}).get(edit.event, {})
            return f"brought back {_short(note.get('name', edit.event))}"
        case e.Move():
            return f"moved {_short(edit.note)} on the board"
        case e.Dismiss():
            if edit.because is None:
                return f"took up again {_short(edit.finding)}"
            return f"dismissed {_short(edit.finding)}: {_short(edit.because)}"
        case e.Settings():
            return "set " + ", ".join(f"{key} to {_short(value)}" for key, value in edit.keys.items())
        case e.Repeat():
            nouns = ", ".join(edit.nouns)
            return f"repeated {len(edit.events)} events of {_short(edit.noun)} for {_short(nouns)}"
        case e.Plan() | e.GoTo() | e.Timer() | e.Conduct():
            return _short(telling.sentence(edit), 2 * LONGEST_VALUE)
        case _:
            return f"did {edit.kind}"


def _step(step: e.PatchStep, storm: Storm) -> str:
    if isinstance(step, e.Timeline):
        event = _name(storm, "events", str(step.place or step.take))
        if step.take:
            return f"took {event} off the timeline"
        if step.beside:
            beside = _name(storm, "events", step.beside)
            return f"placed {event} {'instead of' if step.how == 'or' else 'parallel to'} {beside}"
        return (
            f"placed {event} after {_name(storm, 'events', step.after)}"
            if step.after
            else f"placed {event} first"
        )
    section, *rest = step.path
    where = f"the {_called(storm, section, rest[0])}" if rest and section in e.SINGULAR else section
    inside = "/".join(rest[1:] if where != section else rest)
    what = f"{inside} of {where}" if inside else where
    match step:
        case e.Set():
            return f"set {what} to {_short(step.to)}" if inside or where == section else f"wrote {what}"
        case e.Unset():
            return f"removed {what}"
        case e.Insert():
            return f"added {_short(step.item)} to {what}"
        case e.Drop():
            return f"took {_short(step.drop)} from {what}"


def _place(edit: e.Place, storm: Storm) -> str:
    for word, neighbour in (
        ("after", edit.after),
        ("before", edit.before),
        ("instead of", edit.instead_of),
        ("parallel to", edit.parallel_to),
    ):
        if neighbour:
            return f"{word} {_name(storm, 'events', neighbour)}"
    return "last"


def _origin(trigger: Trigger) -> str:
    given = trigger.actor or trigger.external or trigger.says or trigger.schedule or trigger.command
    return _short(given or (trigger.aws.source if trigger.aws else "something"))


def _called(storm: Storm, section: str, identifier: str) -> str:
    return f"{e.SINGULAR[section]} {_name(storm, section, identifier)}"


def _name(storm: Storm, section: str, identifier: str) -> str:
    if section in ("contracts", "triggers"):
        section = "events"
    thing = getattr(storm, section).get(identifier)
    for key in ("name", "text"):
        if thing is not None and getattr(thing, key, None):
            return _short(getattr(thing, key))
    return _short(identifier)


def _short(value: Any, longest: int = LONGEST_VALUE) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
