"""Ids in edits: which things an edit makes, and the same edit about things that have other ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from . import edits as e

Thing = tuple[str, str]
"""A thing of a storm: its section and its id."""

_SECTION_OF_KEY = {
    "event": "events", "keep": "events", "gone": "events", "after": "events", "before": "events",
    "instead_of": "events", "parallel_to": "events", "entity": "entities", "context": "contexts",
    "hotspot": "hotspots", "place": "events", "take": "events", "beside": "events",
}  # fmt: skip
"""What a key of an edit or of a step names, whatever the kind of the edit."""

_MENTIONS: dict[str, dict[str, str]] = {
    "policies": {"when": "events", "emits": "events", "fails": "events", "service": "services"},
    "entities": {"events": "events"},
    "contexts": {"entities": "entities", "copies": "entities"},
    "services": {"context": "contexts"},
    "listeners": {"hears": "events"},
    "hotspots": {"about": "*"},
    "decisions": {"about": "*"},
}
"""What the keys of the things of a section name; ``*`` is a thing of any section."""

_BY_EVENT = ("contracts", "triggers")
"""Sections whose entries have the ids of their events."""


def made_by(edit: e.AnyEdit) -> Iterator[Thing]:
    """The things that an edit makes; those that it brings back are none.

    >>> list(made_by(e.Batch(edits=[e.Add(to="events", name="Key Lost", id="key-lost")])))
    [('events', 'key-lost')]
    """
    if isinstance(edit, e.Batch):
        for one in edit.edits:
            yield from made_by(one)
    elif isinstance(edit, e.Add) and edit.id and edit.to not in _BY_EVENT:
        yield edit.to, edit.id
    elif isinstance(edit, e.Patch) and not edit.undoes:
        for step in edit.steps:
            if isinstance(step, e.Set) and len(step.path) == 2 and step.was is None:
                section, identifier = step.path
                if section in e.SINGULAR and section not in _BY_EVENT:
                    yield section, identifier


def with_ids(edit: e.AnyEdit, names: Mapping[Thing, str]) -> e.AnyEdit:
    """The edit about the same things under other ids.

    Parameters
    ----------
    edit : the edit.
    names : the new id of each thing that has one.

    >>> with_ids(e.Rename(of="events", id="a", name="B"), {("events", "a"): "a-1"}).id
    'a-1'
    """
    if not names:
        return edit
    return e.edit_from(_edit(edit.record(), _Names(names)))


class _Names:
    def __init__(self, names: Mapping[Thing, str]) -> None:
        self._names = names
        self._anywhere = {identifier: new for (_, identifier), new in names.items()}

    def of(self, section: str, identifier: Any) -> Any:
        if not isinstance(identifier, str):
            return identifier
        if section == "*":
            return self._anywhere.get(identifier, identifier)
        section = "events" if section in _BY_EVENT else section
        return self._names.get((section, identifier), identifier)

    def note(self, key: Any) -> Any:
        """The key of a note on the board, ``SECTION/ID``."""
        section, slash, identifier = str(key).partition("/")
        return f"{section}/{self.of(section, identifier)}" if slash else key


def _edit(said: dict[str, Any], names: _Names) -> dict[str, Any]:
    """An edit's JSON data with the new ids."""
    kind = said["kind"]
    if kind == "batch":
        return {**said, "edits": [_edit(one, names) for one in said["edits"]]}
    if kind == "patch":
        return {**said, "steps": [_step(step, names) for step in said["steps"]]}
    known = {key: names.of(_SECTION_OF_KEY[key], said[key]) for key in said if key in _SECTION_OF_KEY}
    changed = {**said, **known}
    section = said.get("of") or (said.get("to") if kind == "add" else None)
    if section and "id" in said:
        changed["id"] = names.of(section, said["id"])
    if section and isinstance(said.get("keys"), dict):
        changed["keys"] = _thing(section, said["keys"], names)
    if kind == "assign":
        changed["to"] = names.of("entities" if said["of"] == "events" else "contexts", said["to"])
    elif kind == "move":
        changed["note"] = names.note(said["note"])
    elif kind == "conduct" and "spotlight" in said["keys"]:
        changed["keys"] = {**said["keys"], "spotlight": names.note(said["keys"]["spotlight"])}
    elif kind == "repeat":
        changed["events"] = [names.of("events", one) for one in said["events"]]
    return changed


def _step(step: dict[str, Any], names: _Names) -> dict[str, Any]:
    if "path" not in step:
        return {key: names.of(_SECTION_OF_KEY.get(key, ""), value) for key, value in step.items()}
    path = list(step["path"])
    section = path[0]
    if len(path) > 1 and section in e.SINGULAR:
        path[1] = names.of(section, path[1])
    elif path[:2] == ["board", "notes"] and len(path) > 2:
        path[2] = names.note(path[2])
    elif path[:2] == ["board", "parked"] and len(path) > 2:
        path[2] = names.of("events", path[2])
    changed = {**step, "path": path}
    for key in ("to", "was", "item", "after", "drop"):
        if key in step:
            changed[key] = _value(path, step[key], names)
    return changed


def _value(path: list[str], value: Any, names: _Names) -> Any:
    """What a step says at a path."""
    section = path[0]
    if section == "timeline":
        return _moments(value, lambda one: names.of("events", one))
    if section == "board" and len(path) == 1 and isinstance(value, dict):
        return {key: _value([section, key], inner, names) for key, inner in value.items()}
    if path == ["board", "notes"] and isinstance(value, dict):
        return {names.note(key): place for key, place in value.items()}
    if path == ["board", "parked"] and isinstance(value, dict):
        return {names.of("events", key): event for key, event in value.items()}
    if section not in e.SINGULAR:
        return value
    if len(path) == 1 and isinstance(value, dict):
        return {names.of(section, key): _thing(section, one, names) for key, one in value.items()}
    if len(path) == 2:
        return _thing(section, value, names)
    return _mention(_MENTIONS.get(section, {}).get(path[2]), value, names) if len(path) == 3 else value


def _thing(section: str, said: Any, names: _Names) -> Any:
    """The document of one thing; an entity may be the bare list of its events."""
    if section == "entities" and isinstance(said, list):
        return _mention("events", said, names)
    if not isinstance(said, dict):
        return said
    mentions = _MENTIONS.get(section, {})
    return {key: _mention(mentions.get(key), value, names) for key, value in said.items()}


def _mention(section: str | None, value: Any, names: _Names) -> Any:
    if section is None:
        return value
    return [names.of(section, one) for one in value] if isinstance(value, list) else names.of(section, value)


def _moments(value: Any, renamed: Callable[[Any], Any]) -> Any:
    if isinstance(value, list):
        return [_moments(one, renamed) for one in value]
    if isinstance(value, dict):
        return {key: _moments(one, renamed) for key, one in value.items()}
    return renamed(value)
