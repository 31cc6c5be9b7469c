"""The story of a storm, told from its log: who was there, what was done when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from .. import edits as e
from ..describe import describe
from ..fitting import fitted
from ..method import next_step
from ..model import Storm
from .agenda import agenda_of, phase_named
from .steering import GoTo, steers
from .writers import person_of

Kind = Literal["added", "renamed", "merged", "parked", "removed", "decided", "voted", "changed"]

LONGEST_PAUSE = timedelta(hours=3)
"""Without a facilitator a chapter of the story ends where nobody did anything for so long."""

_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)

_Wrote = dict[tuple[str, str], tuple[str, datetime]]


class Logged(Protocol):
    """What the story reads of an entry of the log."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def revision(self) -> int:
        """The number of its line."""

    @property
    def author(self) -> str:
        """Who made it."""

    @property
    def time(self) -> str:
        """When, in ISO 8601."""

    @property
    def edit(self) -> e.AnyEdit:
        """What was done."""

    @property
    def between(self) -> tuple[str, ...]:
        """The edits whose conflict it tells of, where merging copies wrote it."""


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did: in the log's line ``revision``, in words."""

    revision: int
    kind: Kind
    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Chapter:
    """A phase as it really ran, or a time in which people worked without one (``phase`` is None then).

    ``planned`` is what the agenda gave it, in minutes; ``first`` and ``last`` are revisions.
    """

    name: str
    phase: str | None
    began: datetime
    ended: datetime
    planned: int | None
    first: int
    last: int
    deeds: tuple[Deed, ...]

    @property
    def minutes(self) -> int:
        """How long it took."""
        return round((self.ended - self.began).total_seconds() / 60)

    def count(self, kind: Kind) -> int:
        """How many deeds of a kind it has."""
        return sum(deed.kind == kind for deed in self.deeds)


@dataclass(frozen=True)
class Person:
    """Somebody who was there: their name, the number of their edits, the times of the first and last."""

    name: str
    edits: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Said:
    """A hot spot, a decision or a parked note at the end of the story, and who wrote it when."""

    id: str
    text: str
    who: str
    at: datetime | None
    about: str = ""
    because: str = ""
    owner: str = ""
    votes: int = 0


@dataclass(frozen=True)
class Story:
    """All of it; ``storm`` is what it ended with, ``voted`` contexts with dots, ``next`` what comes next."""

    storm: Storm
    people: tuple[Person, ...]
    chapters: tuple[Chapter, ...]
    decisions: tuple[Said, ...]
    hotspots: tuple[Said, ...]
    parked: tuple[Said, ...]
    voted: tuple[Said, ...]
    next: tuple[str, ...]


def story_of(entries: Sequence[Logged]) -> Story:
    """The story that a log tells; what somebody took back again is not told.

    Parameters
    ----------
    entries : the log, the first entry first.
    """
    storm = Storm(name="")
    deeds: list[Deed] = []
    wrote: _Wrote = {}
    taken_back = {e_.edit.undoes for e_ in entries if isinstance(e_.edit, e.Patch) and e_.edit.undoes}
    phases: list[tuple[Logged, datetime, GoTo]] = []
    now = _EARLIEST
    times: dict[int, datetime] = {}
    for number, entry in enumerate(entries):
        now = max(now, _time(entry))  # a clock that goes wrong does not turn the story round
        times[entry.revision] = now
        for one in _singly(entry.edit):
            if isinstance(one, GoTo):
                phases.append((entry, now, one))
            if isinstance(one, e.Add) and one.id:
                wrote.setdefault((one.to, one.id), (entry.author, now))
            if isinstance(one, e.Park):
                wrote["parked", one.event] = (entry.author, now)
        undo = isinstance(entry.edit, e.Patch) and entry.edit.undoes
        told = not (undo or entry.id in taken_back or steers(entry.edit) or (number == 0 and _begins(entry)))
        if told and (kind := _kind(entry.edit)):
            deeds.append(Deed(entry.revision, kind, now, entry.author, describe(entry.edit, storm)))
        storm = fitted(storm, entry.edit)
    chapters = _chapters(storm, phases, deeds, times)
    return Story(
        storm,
        _people(entries, times),
        chapters,
        tuple(_said(storm, "decisions", wrote)),
        tuple(sorted(_said(storm, "hotspots", wrote), key=lambda one: -one.votes)),
        tuple(_parked(storm, wrote)),
        tuple(sorted(_voted(storm), key=lambda one: -one.votes)),
        tuple(_next(storm)),
    )


def _time(entry: Logged) -> datetime:
    """When an entry was made; what is no moment, or none that every time zone knows, is long ago."""
    try:
        said = datetime.fromisoformat(entry.time)
        said = said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except (ValueError, OverflowError):
        return _EARLIEST
    return said if said < _LATEST else _EARLIEST


def _begins(entry: Logged) -> bool:
    return isinstance(entry.edit, e.Patch)


def _singly(edit: e.AnyEdit) -> Iterator[e.AnyEdit]:
    if isinstance(edit, e.Batch):
        for one in edit.edits:
            yield from _singly(one)
    else:
        yield edit


def _kind(edit: e.AnyEdit) -> Kind | None:
    """What the first of the edits does that the story tells of; moving notes about is nothing."""
    for one in _singly(edit):
        match one:
            case e.Add():
                return "decided" if one.to == "decisions" else "added"
            case e.Rename():
                return "renamed"
            case e.Merge():
                return "merged"
            case e.Park():
                return "parked"
            case e.Remove():
                return "removed"
            case e.Vote():
                return "voted"
            case e.Move():
                continue
            case e.Patch() if all(getattr(step, "path", [""])[0] == "board" for step in one.steps):
                continue
            case _:
                return "changed"
    return None


def _people(entries: Sequence[Logged], times: dict[int, datetime]) -> tuple[Person, ...]:
    """Everybody whose hand is in the log, the most active first; two of one name are two."""
    found: dict[tuple[str, str | None], Person] = {}
    for entry in entries:
        if entry.between or entry.author.startswith("by hand"):
            continue
        key, at = (entry.author, person_of(entry.id)), times[entry.revision]
        known = found.get(key, Person(entry.author, 0, at, at))
        found[key] = replace(known, edits=known.edits + 1, last=at)
    return tuple(sorted(found.values(), key=lambda one: (-one.edits, one.name)))


def _chapters(
    storm: Storm,
    phases: Sequence[tuple[Logged, datetime, GoTo]],
    deeds: Sequence[Deed],
    times: dict[int, datetime],
) -> tuple[Chapter, ...]:
    """The phases that were gone to, in turn, and between them what people did without one."""
    planned = {slot.phase.id: slot.minutes for slot in agenda_of(storm.workshop)} if storm.workshop else {}
    last = max(times, default=0)
    ends = [*(entry.revision for entry, _, _ in phases[1:]), *([last + 1] if phases else [])]
    spans: list[Chapter] = []
    if not phases or phases[0][0].revision > 1:
        before = [deed for deed in deeds if not phases or deed.revision < phases[0][0].revision]
        spans += _without_phases(before)
    for (entry, began, edit), end in zip(phases, ends, strict=True):
        within = [deed for deed in deeds if entry.revision <= deed.revision < end]
        if edit.phase is None:
            spans += _without_phases(within)
            continue
        is_last = end == last + 1
        ended = max([began, *(deed.at for deed in within)]) if is_last else times[end]
        name = phase_named(edit.phase).name
        spans.append(
            Chapter(
                name,
                edit.phase,
                began,
                ended,
                planned.get(edit.phase),
                entry.revision,
                end - 1,
                tuple(within),
            )
        )
    return tuple(spans)


def _without_phases(deeds: Iterable[Deed]) -> Iterator[Chapter]:
    together: list[Deed] = []
    for deed in [*deeds, None]:
        if together and (deed is None or deed.at - together[-1].at > LONGEST_PAUSE):
            first, last = together[0], together[-1]
            yield Chapter(
                "Work on the storm",
                None,
                first.at,
                last.at,
                None,
                first.revision,
                last.revision,
                tuple(together),
            )
            together = []
        if deed is not None:
            together.append(deed)


def _said(storm: Storm, section: Literal["decisions", "hotspots"], wrote: _Wrote) -> Iterator[Said]:
    for key, thing in getattr(storm, section).items():
        who, at = wrote.get((section, key), ("", None))
        yield Said(
            key,
            thing.text,
            who,
            at,
            _called(storm, thing.about),
            getattr(thing, "because", None) or "",
            getattr(thing, "owner", None) or "",
            len(getattr(thing, "votes", ())),
        )


def _parked(storm: Storm, wrote: _Wrote) -> Iterator[Said]:
    parked = storm.board.get("parked", {})
    for key, note in parked.items() if isinstance(parked, dict) else ():
        who, at = wrote.get(("parked", key), ("", None))
        name = note.get("name") if isinstance(note, dict) else None
        yield Said(key, str(name or key), who, at)


def _voted(storm: Storm) -> Iterator[Said]:
    for key, context in storm.contexts.items():
        if votes := len(getattr(context, "votes", ())):
            yield Said(key, context.title(key), "", None, votes=votes, owner=context.owner or "")


def _called(storm: Storm, about: str | None) -> str:
    for section in ("events", "policies", "entities", "contexts", "services", "listeners"):
        thing = getattr(storm, section).get(about)
        if about and thing is not None:
            return str(thing.name if section == "events" else thing.title(about))
    return about or ""


def _next(storm: Storm) -> Iterator[str]:
    step = next_step(storm)
    if step is not None:
        missing = step.progress(storm).missing
        yield f"Step {step.number}, {step.name}" + (f": {missing[0]}" if missing else "")
    ownerless = sum(not getattr(one, "owner", None) for one in storm.hotspots.values())
    if ownerless:
        yield f"Find owners for {ownerless} hot spot{'s' if ownerless > 1 else ''}"
