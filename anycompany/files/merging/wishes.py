"""What people who worked apart wished of one thing, where only one wish can hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...storm.edits import AnyEdit, Patch
from ...storm.touching import Place, Touch, touches
from .history import History


@dataclass(frozen=True)
class Conflict:
    """Edits that exclude each other: their ids in order, and of each what it does there.

    ``thing`` is what they are about, by section and id; ``gone`` says that one of them took it away.
    """

    thing: tuple[str, str]
    wishes: tuple[tuple[str, AnyEdit], ...]
    gone: bool
    id: str


Said = list[tuple[str, Touch]]


def conflicts_in(history: History, edits: Mapping[str, AnyEdit]) -> list[Conflict]:
    """Every conflict of a history, as people saw it who went on after a merge, and as it is at its end."""
    views = [key for key in history.order if len(history.latest(history.on[key])) > 1]
    if not views and len(history.ends) < 2:
        return []
    at: dict[Place, Said] = {}
    about: dict[tuple[str, str], Said] = {}
    removals: dict[tuple[str, str], Said] = {}
    for key in history.order:
        for touch in touches(edits[key]):
            if touch.removes:
                removals.setdefault(touch.things[0], []).append((key, touch))
            else:
                at.setdefault(touch.place, []).append((key, touch))
            for thing in touch.things:
                about.setdefault(thing, []).append((key, touch))
    taken_back = {edit.undoes for edit in edits.values() if isinstance(edit, Patch) and edit.undoes}
    undos = {key for key, edit in edits.items() if isinstance(edit, Patch) and edit.undoes}
    found: dict[str, Conflict] = {}
    for view in [*views, None]:
        for one in _of_view(history, view, at, about, removals, undos, taken_back):
            found.setdefault(one.id, one)
    return list(found.values())


def _of_view(
    history: History,
    view: str | None,
    at: Mapping[Place, Said],
    about: Mapping[tuple[str, str], Said],
    removals: Mapping[tuple[str, str], Said],
    undos: set[str],
    taken_back: set[str],
) -> Iterator[Conflict]:
    """The conflicts that whoever made ``view`` could see; with None those at the end."""

    def seen(said: Said) -> Said:
        return [one for one in said if view is None or one[0] == view or history.before(one[0], view)]

    for place, said in at.items():
        if len({touch.said for _, touch in said}) > 1:
            last = _last(history, seen(said), undos)
            if len({touch.said for _, touch in last}) > 1:
                yield _conflict(place, last, last[0][1].things[:1], gone=False)
    for thing, gone in removals.items():
        wishes: dict[str, Touch] = {}
        for key, removal in seen(gone):
            if key in undos or key in taken_back:
                continue
            others = [
                (other, touch)
                for other, touch in seen(about[thing])
                if other not in undos
                and history.apart(key, other)
                and not (touch.removes and touch.said == removal.said)
            ]
            by_place: dict[Place, Said] = {}
            for other, touch in others:
                by_place.setdefault(touch.place, []).append((other, touch))
            for same in by_place.values():
                wishes |= dict(_last(history, same, undos))
            if others:
                wishes[key] = removal
        if wishes:
            ordered = sorted(wishes.items(), key=lambda one: history.at(one[0]))
            yield _conflict(thing, ordered, (thing,), gone=True)


def _last(history: History, said: Said, undos: set[str]) -> Said:
    """What was said last, by each of those who did not know of the others; what was taken back is no wish."""
    by_key = dict(said)
    return [(key, by_key[key]) for key in history.latest(by_key) if key not in undos]


def _conflict(
    place: Place, said: Said, things: tuple[tuple[str, str], ...], *, gone: bool
) -> Conflict:
    keys = [key for key, _ in said]
    text = "\0".join([*place, *sorted(keys)])
    identifier = "conflict-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]
    wishes = tuple((key, touch.edit) for key, touch in said)
    return Conflict(things[0] if things else (place[0], ""), wishes, gone, identifier)
