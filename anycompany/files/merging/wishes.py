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
    wishes = _Wishes(history, edits)
    found: dict[str, Conflict] = {}
    for view in [*views, None]:
        for one in (*wishes.of_places(view), *wishes.of_removals(view)):
            found.setdefault(one.id, one)
    return list(found.values())


class _Wishes:
    """Who said what at each place, about each thing, and who took which thing away."""

    def __init__(self, history: History, edits: Mapping[str, AnyEdit]) -> None:
        self._history = history
        self._at: dict[Place, Said] = {}
        self._about: dict[tuple[str, str], Said] = {}
        self._removals: dict[tuple[str, str], Said] = {}
        for key in history.order:
            for touch in touches(edits[key]):
                if touch.removes:
                    self._removals.setdefault(touch.things[0], []).append((key, touch))
                else:
                    self._at.setdefault(touch.place, []).append((key, touch))
                for thing in touch.things:
                    self._about.setdefault(thing, []).append((key, touch))
        undos = {key: edit.undoes for key, edit in edits.items() if isinstance(edit, Patch) and edit.undoes}
        self._undos, self._taken_back = set(undos), set(undos.values())

    def of_places(self, view: str | None) -> Iterator[Conflict]:
        """Places of which different things were said, as whoever made ``view`` saw them; None: at the end."""
        for place, said in self._at.items():
            if len({touch.said for _, touch in said}) > 1:
                last = self._last(self._seen(said, view))
                if len({touch.said for _, touch in last}) > 1:
                    yield _conflict(place, last, last[0][1].things[:1], gone=False)

    def of_removals(self, view: str | None) -> Iterator[Conflict]:
        """Things that were taken away while others said something about them."""
        for thing, removals in self._removals.items():
            wishes: dict[str, Touch] = {}
            for key, removal in self._seen(removals, view):
                others = self._apart_from(key, removal, self._seen(self._about[thing], view))
                if others and key not in self._undos and key not in self._taken_back:
                    wishes |= {**dict(others), key: removal}
            if wishes:
                ordered = sorted(wishes.items(), key=lambda one: self._history.at(one[0]))
                yield _conflict(thing, ordered, (thing,), gone=True)

    def _seen(self, said: Said, view: str | None) -> Said:
        if view is None:
            return said
        return [one for one in said if one[0] == view or self._history.before(one[0], view)]

    def _apart_from(self, key: str, removal: Touch, said: Said) -> Said:
        """What was said last at each place by those who did not know of a removal, nor did the same."""
        by_place: dict[Place, Said] = {}
        for other, touch in said:
            same = touch.removes and touch.said == removal.said
            if not same and other not in self._undos and self._history.apart(key, other):
                by_place.setdefault(touch.place, []).append((other, touch))
        return [one for there in by_place.values() for one in self._last(there)]

    def _last(self, said: Said) -> Said:
        """What was said last, by each of those who did not know of the others; an undo is no wish."""
        by_key = dict(said)
        return [(key, by_key[key]) for key in self._history.latest(by_key) if key not in self._undos]


def _conflict(place: Place, said: Said, things: tuple[tuple[str, str], ...], *, gone: bool) -> Conflict:
    keys = [key for key, _ in said]
    text = "\0".join([*place, *sorted(keys)])
    identifier = "conflict-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]
    wishes = tuple((key, touch.edit) for key, touch in said)
    return Conflict(things[0] if things else (place[0], ""), wishes, gone, identifier)
