"""apply(storm, edit) -> storm: what each edit does; and resolve and invert, which the log needs.

Nothing here judges the storm (``checks`` does): duplicates, gaps and contradictions are allowed. Only an
edit that has no meaning, such as one about a thing that is not there, is refused with ``EditError``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from . import edits as e, parts as p
from .errors import EditError
from .ids import mint, slug, words
from .mentions import replace_event, without_mentions
from .patch import apply_patch, diff
from .repeat import repeated
from .timeline import placed_in, without_event
from .workshop import steering as w

if TYPE_CHECKING:
    from .model import Storm

S = TypeVar("S", bound="Storm")

KINDS_OF_PART: dict[str, type[p.Part]] = {
    "events": p.Event,
    "triggers": p.Trigger,
    "policies": p.Policy,
    "entities": p.Entity,
    "contexts": p.Context,
    "services": p.Service,
    "listeners": p.Listener,
    "contracts": p.Contract,
    "hotspots": p.HotSpot,
    "decisions": p.Decision,
}
"""The class of the entries of each section."""


def apply(storm: S, edit: e.AnyEdit) -> S:
    """The storm after one edit; the given storm is unchanged.

    Raises ``EditError``, naming the thing and a remedy, when the edit has no meaning for this storm.
    """
    return cast("S", _DOERS[type(edit)](storm, edit))


def resolve(storm: Storm, edit: e.AnyEdit) -> e.AnyEdit:
    """The edit with every id it will mint written into it, so that the log replays the same for ever."""
    if isinstance(edit, e.Add) and edit.id is None:
        return edit.model_copy(update={"id": _minted(storm, edit)})
    if isinstance(edit, e.Repeat):
        return resolve(storm, repeated(storm, edit))
    if isinstance(edit, e.Batch):
        resolved: list[e.AnyEdit] = []
        for one in edit.edits:
            resolved.append(resolve(storm, one))
            storm = apply(storm, resolved[-1])
        return e.Batch(edits=resolved)
    return edit


def invert(storm: Storm, edit: e.AnyEdit) -> e.Patch:
    """The edit that takes ``edit`` back after it was applied to ``storm``, leaving later changes alone."""
    return diff(apply(storm, edit), storm).model_copy(update={"gently": True})


def entry(storm: Storm, section: str, identifier: str) -> Any:
    """One thing of a storm.

    Raises ``EditError`` when it is not there, with the nearest ids that are.
    """
    things: dict[str, Any] = getattr(storm, section)
    if identifier in things:
        return things[identifier]
    import difflib

    near = difflib.get_close_matches(identifier, list(things), 3, 0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"`{section}` has {len(things)} entries."
    raise EditError(
        f"There is no {e.SINGULAR[section]} {identifier!r} in this storm; {hint}",
        f"{section}/{identifier}",
        "Somebody may have removed or merged it: look at the log, or name one that is there.",
    )


def valid(part: type[p.Part], document: Any, where: str) -> Any:
    """Plain data as a part of a storm; ``EditError`` says which key is wrong and why."""
    try:
        return part.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join([where, *(str(step) for step in first["loc"])])
        message = first["msg"].removeprefix("Value error, ")
        raise EditError(f"{message} (given: {str(first['input'])[:80]!r}).", place, "Correct it.") from None


def _put(storm: Storm, section: str, identifier: str, thing: BaseModel) -> Storm:
    return storm.changed(**{section: {**getattr(storm, section), identifier: thing}})


def _minted(storm: Storm, edit: e.Add) -> str:
    parked = storm.board.get("parked", {})
    taken = {*getattr(storm, edit.to), *storm.retired, *(parked if edit.to == "events" else ())}
    return mint(edit.name, taken, e.SINGULAR[edit.to].replace(" ", ""))


def _add(storm: Storm, edit: e.Add) -> Storm:
    if not edit.name.strip():
        raise EditError(f"A {e.SINGULAR[edit.to]} needs a name.", edit.to, "Type a name.")
    identifier = edit.id or _minted(storm, edit)
    if identifier in getattr(storm, edit.to):
        raise EditError(
            f"There is a {e.SINGULAR[edit.to]} {identifier!r} already.",
            f"{edit.to}/{identifier}",
            "Leave the id out and a new one is minted.",
        )
    if edit.to == "contracts":
        entry(storm, "events", identifier)
    document = dict(edit.keys)
    if edit.to in ("hotspots", "decisions"):
        document = {"text": edit.name, **document}
    elif edit.to == "events" or (edit.to != "contracts" and edit.name not in (identifier, words(identifier))):
        document = {"name": edit.name, **document}
    if edit.to == "entities":
        storm = _leave_entities(storm, document.get("events", []))
    if edit.to == "contexts":
        storm = _leave_contexts(storm, document.get("entities", []))
    return _put(
        storm, edit.to, identifier, valid(KINDS_OF_PART[edit.to], document, f"{edit.to}/{identifier}")
    )


def _rename(storm: Storm, edit: e.Rename) -> Storm:
    before = entry(storm, edit.of, edit.id)
    if edit.of == "contracts":
        raise EditError("A contract has the name of its event.", f"contracts/{edit.id}", "Rename the event.")
    if not edit.name.strip():
        raise EditError("A name cannot be empty.", f"{edit.of}/{edit.id}", "Type a name, or remove the note.")
    key = "text" if edit.of in ("hotspots", "decisions") else "name"
    renamed = _put(storm, edit.of, edit.id, before.model_copy(update={key: edit.name}))
    contract = storm.contracts.get(edit.id) if edit.of == "events" else None
    follows = contract and not contract.published and contract.detail_type == slug(before.name)
    if contract and follows and slug(edit.name):
        return _put(
            renamed, "contracts", edit.id, contract.model_copy(update={"detail_type": slug(edit.name)[:128]})
        )
    return renamed


def _change(storm: Storm, edit: e.Change) -> Storm:
    document = entry(storm, edit.of, edit.id).document()
    if not isinstance(document, dict):  # an entity written as the bare list of its events
        document = {"events": document}
    document = {key: value for key, value in {**document, **edit.keys}.items() if value is not None}
    return _put(storm, edit.of, edit.id, valid(KINDS_OF_PART[edit.of], document, f"{edit.of}/{edit.id}"))


def _remove(storm: Storm, edit: e.Remove) -> Storm:
    entry(storm, edit.of, edit.id)
    kept = {key: thing for key, thing in getattr(storm, edit.of).items() if key != edit.id}
    storm = storm.changed(**{edit.of: kept})
    return storm if edit.of == "contracts" else without_mentions(storm, edit.of, edit.id).retiring([edit.id])


def _merge(storm: Storm, edit: e.Merge) -> Storm:
    if edit.keep == edit.gone:
        raise EditError("An event cannot be merged with itself.", f"events/{edit.keep}", "Name two events.")
    kept = entry(storm, "events", edit.keep)
    entry(storm, "events", edit.gone)
    storm = replace_event(storm, edit.gone, edit.keep)
    named = kept.model_copy(update={"name": edit.name}) if edit.name else kept
    events = {
        key: named if key == edit.keep else event for key, event in storm.events.items() if key != edit.gone
    }
    return storm.changed(events=events).retiring([edit.gone])


def _place(storm: Storm, edit: e.Place) -> Storm:
    entry(storm, "events", edit.event)
    neighbours = [n for n in (edit.after, edit.before, edit.instead_of, edit.parallel_to) if n is not None]
    if len(neighbours) > 1 or edit.event in neighbours:
        raise EditError(
            "An event is placed by one neighbour other than itself.",
            f"events/{edit.event}",
            "Name one neighbour.",
        )
    for neighbour in neighbours:
        if neighbour not in storm.relations.moment_of:
            entry(storm, "events", neighbour)
            raise EditError(
                f"{neighbour!r} is not on the timeline.", f"timeline/{neighbour}", "Place that event first."
            )
    return storm.changed(timeline=placed_in(storm.timeline, edit))


def _unplace(storm: Storm, edit: e.Unplace) -> Storm:
    return storm.changed(timeline=without_event(storm.timeline, edit.event))


def _trigger(storm: Storm, edit: e.SetTrigger) -> Storm:
    entry(storm, "events", edit.event)
    if edit.trigger is None:
        return storm.changed(triggers={k: t for k, t in storm.triggers.items() if k != edit.event})
    return _put(storm, "triggers", edit.event, edit.trigger)


def _leave_entities(storm: Storm, events: Iterable[str]) -> Storm:
    return _leave(storm, "entities", "events", events)


def _leave_contexts(storm: Storm, entities: Iterable[str]) -> Storm:
    return _leave(storm, "contexts", "entities", entities)


def _leave(storm: Storm, section: str, key: str, members: Iterable[str]) -> Storm:
    leaving = set(members)
    homes = {
        home: thing.model_copy(update={key: [m for m in getattr(thing, key) if m not in leaving]})
        if leaving.intersection(getattr(thing, key))
        else thing
        for home, thing in getattr(storm, section).items()
    }
    return storm.changed(**{section: homes})


def _assign(storm: Storm, edit: e.Assign) -> Storm:
    entry(storm, edit.of, edit.id)
    section, key = ("entities", "events") if edit.of == "events" else ("contexts", "entities")
    home = entry(storm, section, edit.to) if edit.to is not None else None
    if home is not None and edit.id in getattr(home, key):
        return storm
    storm = _leave(storm, section, key, [edit.id])
    if home is None or edit.to is None:
        return storm
    changes: dict[str, Any] = {key: [*getattr(home, key), edit.id]}
    if section == "contexts" and edit.id in home.copies:
        changes["copies"] = [copy for copy in home.copies if copy != edit.id]
    return _put(storm, section, edit.to, home.model_copy(update=changes))


def _copy(storm: Storm, edit: e.Copy) -> Storm:
    entry(storm, "entities", edit.entity)
    context = entry(storm, "contexts", edit.context)
    if edit.keep and edit.entity in context.entities:
        raise EditError(
            f"{edit.entity!r} has its home in {edit.context!r}.",
            f"contexts/{edit.context}",
            "Copy it into another context.",
        )
    copies = [copy for copy in context.copies if copy != edit.entity] + ([edit.entity] if edit.keep else [])
    return _put(storm, "contexts", edit.context, context.model_copy(update={"copies": copies}))


def _field(storm: Storm, edit: e.SetField) -> Storm:
    entry(storm, "events", edit.event)
    contract = storm.contracts.get(edit.event, p.Contract())
    fields = {name: field for name, field in contract.fields_.items() if name != edit.field or edit.is_}
    if edit.is_:
        fields[edit.field] = edit.is_
    return _put(storm, "contracts", edit.event, contract.model_copy(update={"fields_": fields}))


def _publish(storm: Storm, edit: e.Publish) -> Storm:
    contract = entry(storm, "contracts", edit.event)
    frozen = {"published": contract.version, "detail_type": storm.detail_type(edit.event)}
    return _put(storm, "contracts", edit.event, contract.model_copy(update=frozen))


def _vote(storm: Storm, edit: e.Vote) -> Storm:
    section, identifier = edit.on
    thing = entry(storm, section, identifier)
    votes = [who for who in thing.votes if who != edit.who] + ([edit.who] if edit.up else [])
    return _put(storm, section, identifier, thing.model_copy(update={"votes": votes}))


def _park(storm: Storm, edit: e.Park) -> Storm:
    event = entry(storm, "events", edit.event)
    storm = _remove(storm, e.Remove(of="events", id=edit.event))
    parked = {**storm.board.get("parked", {}), edit.event: event.document()}
    return storm.changed(board={**storm.board, "parked": parked})


def _unpark(storm: Storm, edit: e.Unpark) -> Storm:
    parked = dict(storm.board.get("parked", {}))
    if edit.event not in parked:
        raise EditError(
            f"{edit.event!r} is not parked.", f"board/parked/{edit.event}", "Choose a parked note."
        )
    event = valid(p.Event, parked.pop(edit.event), f"board/parked/{edit.event}")
    return _put(storm.changed(board={**storm.board, "parked": parked}), "events", edit.event, event)


def _move(storm: Storm, edit: e.Move) -> Storm:
    notes = {**storm.board.get("notes", {}), edit.note: [edit.x, edit.y]}
    return storm.changed(board={**storm.board, "notes": notes})


def _dismiss(storm: Storm, edit: e.Dismiss) -> Storm:
    kept = {key: reason for key, reason in storm.dismissed.items() if key != edit.finding}
    return storm.changed(dismissed=kept | ({edit.finding: edit.because} if edit.because is not None else {}))


def _settings(storm: Storm, edit: e.Settings) -> Storm:
    from .model import Storm as Model

    document = {key: value for key, value in edit.keys.items() if value is not None}
    checked = valid(Model, {"name": storm.name, **document}, "storm")
    defaults = Model(name=storm.name)
    return storm.changed(**{key: getattr(checked if key in document else defaults, key) for key in edit.keys})


def _repeat(storm: Storm, edit: e.Repeat) -> Storm:
    return apply(storm, repeated(storm, edit))


def _batch(storm: Storm, edit: e.Batch) -> Storm:
    for one in edit.edits:
        storm = apply(storm, one)
    return storm


_DOERS: dict[type[Any], Callable[[Any, Any], Any]] = {
    e.Add: _add, e.Rename: _rename, e.Change: _change, e.Remove: _remove, e.Merge: _merge, e.Place: _place,
    e.Unplace: _unplace, e.SetTrigger: _trigger, e.Assign: _assign, e.Copy: _copy, e.SetField: _field,
    e.Publish: _publish, e.Vote: _vote, e.Park: _park, e.Unpark: _unpark, e.Move: _move, e.Dismiss: _dismiss,
    e.Settings: _settings, e.Repeat: _repeat, e.Patch: apply_patch, e.Batch: _batch,
    w.Plan: w.plan, w.GoTo: w.go_to, w.Timer: w.set_timer, w.Conduct: w.conduct,
}  # fmt: skip
