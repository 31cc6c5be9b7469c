"""Sample events held against a storm: its contracts, and the filters of its listeners, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..storm.errors import StormError
from ..storm.model import Storm
from .layout import shipped
from .naming import called
from .parameters import file_named
from .screen import Markup, callout, line
from .table import Cell, Table

if TYPE_CHECKING:
    from ..bus.checks.on_samples import SampleFinding

MOST_SAMPLES = 5_000
"""Events that a page looks at; ``anycompany check --events`` reads logs of any length."""

MOST_FILES = 100
ENDINGS = (".json", ".jsonl", ".ndjson", ".log", ".txt", ".gz", ".parquet")
"""How the files of a folder end that are read."""

_KINDS = {
    "unknown": "not of this storm",
    "contract": "breaks its contract",
    "never": "can never be heard",
    "filter": "filtered out",
}


@dataclass(frozen=True)
class Samples:
    """Events read from files: each with its place, and how many lines were no events."""

    events: tuple[tuple[str, Mapping[str, Any]], ...]
    unread: tuple[str, ...]
    files: int
    cut: bool


def read_samples(given: str | None) -> Samples:
    """The events in a file or in the files of a folder, by default the shipped ones.

    Raises
    ------
    StormError
        where there is no such file or folder, or no file of events in it.
    """
    from ..bus.recording import Unread
    from ..files.recorded import read_recorded

    path = file_named(given, "events") or shipped("data") / "events"
    found = [path] if path.is_file() else _files_in(path)
    events: list[tuple[str, Mapping[str, Any]]] = []
    unread: list[str] = []
    for file in found[:MOST_FILES]:
        for one in islice(read_recorded(file), MOST_SAMPLES + 1 - len(events)):
            place = f"{file.name}:{one.line}"
            if isinstance(one, Unread):
                unread.append(f"{place}: {one.why}")
            else:
                events.append((place, one.event))
    cut = len(events) > MOST_SAMPLES or len(found) > MOST_FILES
    return Samples(tuple(events[:MOST_SAMPLES]), tuple(unread), len(found), cut)


def _files_in(folder: Path) -> list[Path]:
    try:
        found = [
            one for one in sorted(folder.iterdir()) if one.name.lower().endswith(ENDINGS) and one.is_file()
        ]
    except OSError as error:
        raise StormError(
            f"The events cannot be read: {error.strerror}.", str(folder), "Name a file or a folder of events."
        ) from None
    if not found:
        raise StormError(
            "There are no files of events here.", str(folder), f"They end in {', '.join(ENDINGS)}."
        )
    return found


def about_samples(storm: Storm, samples: Samples) -> Markup:
    """What contracts and filters say of the sample events, what matters most first."""
    from ..bus.checks.on_samples import sample_findings

    events = [event for _, event in samples.events]
    found = [*sample_findings(storm, events), *_of_other_storms(storm, events)]
    were = "was" if len(events) == 1 else "were"
    said = f"{_count(len(events), 'event')} in {_count(samples.files, 'file')} {were} read."
    lost = (
        "1 line is no event" if len(samples.unread) == 1 else f"{len(samples.unread):,} lines are no events"
    )
    more = f"{lost}; the first: {samples.unread[0]}" if samples.unread else ""
    cut = (
        f"No more than {MOST_SAMPLES:,} are looked at here: anycompany check --events reads all."
        if samples.cut
        else ""
    )
    shown = callout("note", said, line(more), cut)
    for what in list(dict.fromkeys(one.what for one in found if one.kind == "never"))[:8]:
        shown += callout("warning", line(what, 600), "It stays silent, without any error.")
    return shown + _findings(samples, found).markup() + _hearing(storm, samples).markup()


def _findings(samples: Samples, found: Sequence[SampleFinding]) -> Table:
    """The findings, those in the same words together with how often and where first."""
    places = [place for place, _ in samples.events]
    together: dict[tuple[str, str], list[int]] = {}
    for one in found:
        together.setdefault((one.kind, one.what), []).append(one.sample)
    order = list(_KINDS)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (_KINDS[kind], what, len(set(numbers)), places[numbers[0] - 1])
        for (kind, what), numbers in sorted(
            together.items(), key=lambda pair: (-(pair[0][0] == "never"), order.index(pair[0][0]))
        )
    )
    columns = ("which", "what", "times", "first in")
    empty = "Every sample is of this storm, keeps its contract and passes the filters of all who hear it."
    return Table("The samples against contracts and filters", columns, rows, empty)


def _hearing(storm: Storm, samples: Samples) -> Table:
    """How many of the samples each rule lets through."""
    from ..bus.pattern import parse
    from ..bus.router import Router
    from ..bus.rules import rules

    router, refused = Router(), {}
    heard: Counter[str] = Counter()
    known = [rule for rule in rules(storm) if rule.bus == "own"]
    for rule in known:
        try:
            router.add(rule.note, parse(rule.pattern))
        except StormError as error:
            refused[rule.note] = error.what
    for _, event in samples.events:
        heard.update(router.match(event))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (called(storm, rule.note), heard[rule.note], len(samples.events), refused.get(rule.note, ""))
        for rule in known
    )
    columns = ("rule for", "lets through", "of", "remark")
    return Table("Who would hear these events", columns, rows, "No rule yet: nobody hears anything.")


def _of_other_storms(storm: Storm, events: Sequence[Mapping[str, Any]]) -> Iterator[SampleFinding]:
    """Filters that ask another type than an event has that the storm does not know."""
    from ..bus.checks.on_samples import SampleFinding
    from ..bus.checks.patterns import filters, types_at_odds
    from ..bus.pattern import EventError

    known = {name for _, name in storm.relations.addresses}
    asking = list(filters(storm))
    for number, event in enumerate(events, 1):
        if event.get("detail-type") in known:
            continue
        for key, pattern in asking:
            try:
                at_odds = types_at_odds(pattern, {"detail": event.get("detail")})
            except EventError:
                continue
            if at_odds:
                listener = storm.listeners[key]
                never = "never hears" if listener.hears == "all" else "would never hear"
                what = f"“{line(listener.title(key), 120)}” {never} such events: {'; '.join(at_odds[:3])}."
                yield SampleFinding(number, "", "never", f"listeners/{key}", what)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
