"""Differences between two storms, as data: diff(before, after), and applying one to a third storm.

Undo, edits by hand in the file, and ``anycompany diff`` are all differences.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from . import edits as e
from .errors import EditError
from .mentions import without_mentions
from .parts import Alternatives, Moment, Part, events_of
from .timeline import placed_in, without_event

if TYPE_CHECKING:
    from .model import Storm

_ABSENT: Any = object()


def diff(before: Storm, after: Storm) -> e.Patch:
    """The patch that makes ``before`` into ``after``; without steps when they say the same.

    The order of a section's entries says nothing, so it makes no difference.
    """
    untouched = {
        key
        for key in before.model_fields_set & after.model_fields_set
        if key in type(before).model_fields and getattr(before, key) is getattr(after, key)
    }
    old, new = _document(before, untouched), _document(after, untouched)
    steps = list(_dict_steps([], old, new))
    if before.timeline != after.timeline:
        steps += _timeline_steps(before.timeline, after.timeline)
    return e.Patch(steps=steps)


def apply_patch(storm: Storm, patch: e.Patch) -> Storm:
    """The storm after the steps of a patch.

    Steps about things that are gone are passed over; with ``gently`` also those about values that somebody
    changed since. Raises ``EditError`` when a result would not be a valid part.
    """
    from .apply import KINDS_OF_PART, valid
    from .model import Storm as Model

    timeline = storm.timeline
    becomes: dict[tuple[str, ...], Any] = {}
    for step in patch.steps:
        if isinstance(step, e.Timeline):
            timeline = _timeline_after(timeline, step)
            continue
        depth = 2 if step.path[0] in KINDS_OF_PART else 1
        holder, rest = tuple(step.path[:depth]), step.path[depth:]
        if holder not in becomes:
            becomes[holder] = _plain(storm, holder)
        if becomes[holder] is not _ABSENT or not rest:
            becomes[holder] = _after(becomes[holder], step, rest, patch.gently)

    changes: dict[str, Any] = {"timeline": timeline}
    gone: list[tuple[str, str]] = []
    top: dict[str, Any] = {}
    for holder, value in becomes.items():
        if len(holder) == 1:
            top[holder[0]] = value
            continue
        section, identifier = holder
        entries = changes.setdefault(section, dict(getattr(storm, section)))
        if value is not _ABSENT:
            try:
                entries[identifier] = valid(KINDS_OF_PART[section], value, f"{section}/{identifier}")
            except EditError:
                if not patch.gently:  # what somebody did since and what is taken back exclude each other
                    raise
        elif entries.pop(identifier, None) is not None and section not in ("triggers", "contracts"):
            gone.append((section, identifier))
    if top:
        given = {key: value for key, value in top.items() if value is not _ABSENT}
        checked = valid(Model, {"name": storm.name, **given}, "storm")
        if "timeline" not in top:
            top["timeline"], given["timeline"] = timeline, timeline
            checked = checked.changed(timeline=timeline)
        changes |= {key: getattr(checked, key) for key in top if key in Model.model_fields}
        storm = _with_extra(storm, {key: given.get(key) for key in top if key not in Model.model_fields})
    storm = storm.changed(**changes).retiring(identifier for _, identifier in gone)
    storm.model_fields_set.difference_update(key for key, value in top.items() if value is _ABSENT)
    if patch.gently:
        for section, identifier in gone:
            storm = without_mentions(storm, section, identifier)
    return storm


def _document(storm: Storm, leaving_out: set[str]) -> dict[str, Any]:
    """The storm as plain data in one spelling: nothing empty at the top, entities never as bare lists."""
    said = storm.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=leaving_out)
    document = {key: value for key, value in said.items() if value not in ({}, [], None)}
    document.pop("timeline", None)
    if "entities" in document:
        document["entities"] = {key: _spelled(value) for key, value in document["entities"].items()}
    return document


def _spelled(entity: Any) -> Any:
    return {"events": entity} if isinstance(entity, list) else entity


def _plain(storm: Storm, holder: tuple[str, ...]) -> Any:
    """One entry, or one key at the top, as plain data."""
    if len(holder) == 2:
        thing = getattr(storm, holder[0]).get(holder[1])
        return _spelled(thing.document()) if thing is not None else _ABSENT
    value = getattr(storm, holder[0], _ABSENT)
    if holder[0] == "timeline":
        return [moment.document() if isinstance(moment, Part) else moment for moment in storm.timeline]
    return value.document() if isinstance(value, Part) else value


def _with_extra(storm: Storm, extra: dict[str, Any]) -> Storm:
    if not extra:
        return storm
    copy = storm.changed()
    kept = {
        key: value for key, value in {**(copy.__pydantic_extra__ or {}), **extra}.items() if value is not None
    }
    object.__setattr__(copy, "__pydantic_extra__", kept)
    return copy


def _dict_steps(path: list[str], old: dict[str, Any], new: dict[str, Any]) -> Iterator[e.PatchStep]:
    for key, was in old.items():
        if key not in new:
            if not path and key in e.SINGULAR:
                yield from _dict_steps([key], was, {})
            else:
                yield e.Unset(path=[*path, key], was=was)
    for key, value in new.items():
        here = [*path, key]
        was = old.get(key, {} if not path and key in e.SINGULAR else _ABSENT)
        if was is _ABSENT:
            yield e.Set(path=here, to=value)
        elif isinstance(was, dict) and isinstance(value, dict):
            yield from _dict_steps(here, was, value)
        elif path and _mergeable(was) and _mergeable(value):
            yield from _list_steps(here, was, value)
        elif was != value or type(was) is not type(value):
            yield e.Set(path=here, to=value, was=was)


def _mergeable(value: Any) -> bool:
    """Whether a value is a list of distinct texts, such as ids, which several people may change at once."""
    return (
        isinstance(value, list)
        and value != []
        and all(isinstance(v, str) for v in value)
        and len({*value}) == len(value)
    )


def _list_steps(path: list[str], old: list[str], new: list[str]) -> Iterator[e.PatchStep]:
    yield from (e.Drop(path=path, drop=item) for item in old if item not in new)
    standing = [item for item in old if item in new]
    for index, item in enumerate(new):
        if index < len(standing) and standing[index] == item:
            continue
        standing = [other for other in standing if other != item]
        standing.insert(index, item)
        yield e.Insert(path=path, item=item, after=new[index - 1] if index else None)


def _timeline_steps(old: Sequence[Moment], new: Sequence[Moment]) -> list[e.PatchStep]:
    """The fewest events placed anew that make one timeline the other."""
    documents = [[m.document() if isinstance(m, Part) else m for m in moments] for moments in (new, old)]
    if not old:
        return [e.Set(path=["timeline"], to=documents[0], was=[])]
    standing = {event for moment in new for event in events_of(moment)}
    steps: list[e.PatchStep] = [
        e.Timeline(take=event) for moment in old for event in events_of(moment) if event not in standing
    ]
    spelled = [[str(events_of(m)) + type(m).__name__ for m in moments] for moments in (old, new)]
    matcher = difflib.SequenceMatcher(None, spelled[0], spelled[1], autojunk=False)
    for kind, _, _, first, last in matcher.get_opcodes():
        for index in range(first, last) if kind in ("replace", "insert") else ():
            head, *fellows = events_of(new[index])
            behind = events_of(new[index - 1])[0] if index else None
            steps.append(e.Timeline(place=head, after=behind))
            how: Any = "or" if isinstance(new[index], Alternatives) else "and"
            steps += [e.Timeline(place=fellow, beside=head, how=how) for fellow in fellows]
    reached = list(old)
    for step in steps:
        reached = _timeline_after(reached, step)
    if reached == list(new):
        return steps
    return [e.Set(path=["timeline"], to=documents[0], was=documents[1])]  # an event stands twice


def _timeline_after(timeline: Sequence[Moment], step: Any) -> list[Moment]:
    if step.take:
        return without_event(timeline, step.take)
    if step.beside:
        key = "instead_of" if step.how == "or" else "parallel_to"
        return placed_in(timeline, e.Place.model_validate({"event": step.place, key: step.beside}))
    if step.after:
        return placed_in(timeline, e.Place(event=step.place, after=step.after))
    return [step.place, *without_event(timeline, step.place)]


def _after(value: Any, step: Any, rest: Sequence[str], gently: bool) -> Any:
    """Plain data after one step about what lies at ``rest`` within it."""
    if rest:
        holder = {} if value is _ABSENT else value
        if not isinstance(holder, dict):
            return value
        inner = _after(holder.get(rest[0], _ABSENT), step, rest[1:], gently)
        if inner is _ABSENT:
            return {key: kept for key, kept in holder.items() if key != rest[0]}
        return {**holder, rest[0]: inner}
    if isinstance(step, e.Set | e.Unset):
        if gently and (None if value is _ABSENT else value) != step.was:
            return value
        return step.to if isinstance(step, e.Set) else _ABSENT
    if value is not _ABSENT and not isinstance(value, list):
        return value
    items = [] if value is _ABSENT else value
    if isinstance(step, e.Drop):
        return [item for item in items if item != step.drop]
    others = [item for item in items if item != step.item]
    at = 0 if step.after is None else others.index(step.after) + 1 if step.after in others else len(others)
    return [*others[:at], step.item, *others[at:]]
