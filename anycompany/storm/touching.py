"""What an edit is about: the places where it writes, and the things without which it has no meaning.

Two edits that were made apart exclude each other where they write different things in one place, or where
one of them removes what the other is about. This is read from the edits alone, not from a storm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import edits as e

Place = tuple[str, ...]
"""Where something is said, such as ``("events", "key-lost", "name")``."""

_DEEPEST = 4
"""Keys of a place; what lies deeper is one value."""

_SILENT = ("board", "workshop")
"""Sections in which nobody's wish is lost when another's holds: where notes lie, where a workshop stands."""


@dataclass(frozen=True)
class Touch:
    """One thing that an edit does.

    ``value`` is what it says at the place, as JSON data; ``things`` are those it needs, by section and id;
    ``removes`` says that they are gone after it; ``edit`` is the part of the edit that does it.
    """

    place: Place
    value: Any
    things: tuple[tuple[str, str], ...]
    edit: e.AnyEdit
    removes: bool = False

    @property
    def said(self) -> str:
        """What it says, as one text: two touches with the same one are no conflict."""
        return json.dumps(self.value, sort_keys=True)


def touches(edit: e.AnyEdit) -> list[Touch]:
    """All that an edit does.

    >>> [touch.place for touch in touches(e.Rename(of="events", id="key-lost", name="Key Found"))]
    [('events', 'key-lost', 'name')]
    """
    return list(_touches(edit))


def _touches(edit: e.AnyEdit) -> Iterator[Touch]:
    match edit:
        case e.Batch():
            for one in edit.edits:
                yield from _touches(one)
        case e.Patch():
            for step in edit.steps:
                yield from _of_step(step)
        case e.Add():
            yield from _of_add(edit)
        case e.Change():
            for key, value in edit.keys.items():
                yield from _written((edit.of, edit.id, key), value, edit)
        case e.Rename():
            yield _write((edit.of, edit.id, _name_key(edit.of)), edit.name, edit)
        case e.Remove():
            yield _removal(edit.of, edit.id, "removed", edit)
        case e.Park():
            yield _removal("events", edit.event, "parked", edit)
        case e.Merge():
            kept = ("events", edit.keep)
            yield _removal("events", edit.gone, ["merged into", edit.keep], edit)
            yield Touch((*kept, "merged", edit.gone), True, (kept,), edit)
            if edit.name:
                yield _write((*kept, "name"), edit.name, edit)
        case e.Place():
            said = edit.record()
            near = tuple(
                ("events", said[key])
                for key in ("after", "before", "instead_of", "parallel_to")
                if said.get(key)
            )
            where = {key: value for key, value in said.items() if key not in ("kind", "event") and value}
            yield Touch(("timeline", edit.event), where, (("events", edit.event), *near), edit)
        case e.Unplace():
            yield Touch(("timeline", edit.event), None, (("events", edit.event),), edit)
        case e.SetTrigger():
            trigger = edit.trigger.document() if edit.trigger else None
            yield Touch(("triggers", edit.event), trigger, (("events", edit.event),), edit)
        case e.Assign():
            home = "entities" if edit.of == "events" else "contexts"
            things = ((edit.of, edit.id), *(((home, edit.to),) if edit.to else ()))
            yield Touch(("home", edit.of, edit.id), edit.to, things, edit)
        case e.Copy():
            things = (("entities", edit.entity), ("contexts", edit.context))
            yield Touch(("copies", edit.entity, edit.context), edit.keep, things, edit)
        case e.SetField():
            field = edit.is_.document() if edit.is_ else None
            place = ("contracts", edit.event, "fields", edit.field)
            yield Touch(place, field, (("events", edit.event), ("contracts", edit.event)), edit)
        case e.Publish():
            yield _write(("contracts", edit.event, "published"), True, edit)
        case e.Dismiss():
            yield Touch(("dismissed", edit.finding), edit.because, (), edit)
        case e.Settings():
            for key, value in edit.keys.items():
                yield Touch(("settings", key), value, (), edit)


def _of_add(edit: e.Add) -> Iterator[Touch]:
    identifier = edit.id or ""
    if edit.to != "contracts":
        yield _write((edit.to, identifier, _name_key(edit.to)), edit.name, edit)
    for key, value in edit.keys.items():
        yield from _written((edit.to, identifier, key), value, edit)
    members = {"entities": ("events", "events"), "contexts": ("entities", "entities")}.get(edit.to)
    for member in edit.keys.get(members[0], []) if members else []:
        if members and isinstance(member, str):
            yield Touch(("home", members[1], member), identifier, ((members[1], member),), edit)


def _of_step(step: Any) -> Iterator[Touch]:
    edit = e.Patch(steps=[step])
    if isinstance(step, e.Timeline):
        event = step.place or step.take or ""
        near = tuple(("events", one) for one in (step.after, step.beside) if one)
        where = {"after": step.after, "beside": step.beside} if step.place else None
        yield Touch(("timeline", event), where, (("events", event), *near), edit)
        return
    path = tuple(step.path)
    if path[0] in _SILENT or path == ("timeline",):
        return
    if len(path) == 1:
        yield Touch(("settings", path[0]), step.to if isinstance(step, e.Set) else None, (), edit)
    elif isinstance(step, e.Insert | e.Drop):
        item = step.item if isinstance(step, e.Insert) else step.drop
        yield _write((*path, item), isinstance(step, e.Insert), edit)
    elif isinstance(step, e.Set):
        yield from _written(path, step.to, edit)
    elif len(path) == 2 and path[0] in e.SINGULAR:
        yield _removal(path[0], path[1], "removed", edit)
    else:
        yield _write(path, None, edit)


def _written(place: Place, value: Any, edit: e.AnyEdit) -> Iterator[Touch]:
    if isinstance(value, dict) and value and len(place) < _DEEPEST:
        for key, inner in value.items():
            yield from _written((*place, str(key)), inner, edit)
    else:
        yield _write(place, value, edit)


def _write(place: Place, value: Any, edit: e.AnyEdit) -> Touch:
    things = ((place[0], place[1]),) if place[0] in e.SINGULAR and len(place) > 1 else ()
    if place[0] in ("contracts", "triggers"):
        things = (*things, ("events", place[1]))
    return Touch(place, value, things, edit)


def _removal(section: str, identifier: str, how: Any, edit: e.AnyEdit) -> Touch:
    return Touch((section, identifier), how, ((section, identifier),), edit, removes=True)


def _name_key(section: str) -> str:
    return "text" if section in ("hotspots", "decisions") else "name"
