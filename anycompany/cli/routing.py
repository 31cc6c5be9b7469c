"""Recorded events through the rules of a storm on the command line: route."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from anycompany.storm.errors import StormError

from .arguments import StormArgument, read
from .output import Format, FormatOption, complain, say, show
from .progress import advancing

if TYPE_CHECKING:
    from anycompany.bus.recording import Recorded, Unread
    from anycompany.bus.router import Router
    from anycompany.bus.rules import Rule
    from anycompany.files.recorded import Progress, ReadColumns

_MOST_SAID = 20
"""Lines that are no events which are said one by one."""


def route(
    storm: StormArgument,
    events: Annotated[
        Path,
        typer.Argument(
            metavar="EVENTS",
            help="Recorded events: JSON lines, a list, CloudWatch Logs lines, gzip of these, or Parquet.",
        ),
    ],
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say how many of the recorded events each rule of the storm hears, and how many nobody hears.

    The file may have millions of events. What in it is no event is said on standard error with its line (in a
    list or in Parquet, its place), and the rest is read.

    For example:

        anycompany route hotel.storm.yaml events.jsonl.gz

    Exit status: 0 if every event could be read, heard or not; 1 if one could not; 2 wrong use.
    """
    from anycompany.bus.rules import rules
    from anycompany.storm.guesses import with_guesses

    found = rules(with_guesses(read(storm)))
    with advancing("Routing") as advance:
        tally = _routed(_router_of(found), events, lambda done, of: advance(done, of, ""))
    records = [_record(rule, tally.heard.get(rule.note, 0)) for rule in found]
    show(
        records,
        ["rule", "bus", "hears", "to", "events"],
        format_,
        empty="The storm has no rules yet.",
        whole=lambda: {"rules": records, **tally.as_json()},
    )
    if format_ is Format.TABLE:
        say(f"{tally.events:,} events read; {tally.unheard:,} of them are heard by no rule.")
    tally.complain()
    if tally.unread:
        raise typer.Exit(1)


@dataclass
class _Tally:
    """What the events came to."""

    events: int = 0
    unheard: int = 0
    unread: int = 0
    heard: dict[str, int] = field(default_factory=dict)
    unread_lines: list[Unread] = field(default_factory=list)

    def hear(self, names: Iterable[str], count: int = 1) -> None:
        for name in names:
            self.heard[name] = self.heard.get(name, 0) + count

    def leave_out(self, unread: Unread) -> None:
        self.unread += 1
        if len(self.unread_lines) < _MOST_SAID:
            self.unread_lines.append(unread)

    def as_json(self) -> dict[str, Any]:
        lines = [{"line": one.line, "why": one.why} for one in self.unread_lines]
        return {"events": self.events, "unheard": self.unheard, "unread": self.unread, "unread_lines": lines}

    def complain(self) -> None:
        """Say on standard error what could not be read."""
        if self.unread:
            complain(f"{self.unread:,} {'line is no event' if self.unread == 1 else 'lines are no events'}:")
        for one in self.unread_lines:
            complain(f"  line {one.line}: {one.why}")
        if self.unread > len(self.unread_lines):
            complain(f"  … and {self.unread - len(self.unread_lines):,} more.")


def _record(rule: Rule, events: int) -> dict[str, Any]:
    return {
        "rule": rule.note,
        "bus": rule.bus,
        "hears": list(rule.hears),
        "to": rule.target,
        "events": events,
    }


def _router_of(rules: Iterable[Rule]) -> Router:
    from anycompany.bus.pattern import PatternError, parse
    from anycompany.bus.router import Router

    router = Router()
    for rule in rules:
        try:
            router.add(rule.note, parse(rule.pattern))
        except PatternError as error:
            raise StormError(error.what, rule.note, error.remedy or "Correct its filter.") from None
    return router


def _routed(router: Router, path: Path, progress: Progress) -> _Tally:
    from anycompany.files.recorded import has_columns, read_columns, read_recorded

    tally = _Tally()
    if has_columns(path):
        for some in read_columns(path, progress):
            _route_columns(router, some, tally)
    else:
        _route_one_by_one(router, read_recorded(path, progress), tally)
    return tally


def _route_columns(router: Router, some: ReadColumns, tally: _Tally) -> None:
    from anycompany.bus.pattern import EventError

    try:
        matched = router.match_batch(some.events)
    except EventError:  # one of them is no event: then each for itself
        _route_one_by_one(router, _rows(some), tally)
    else:
        tally.events += matched.count
        tally.unheard += len(matched.unheard())
        for name, count in matched.counts().items():
            tally.hear([name], count)
    for unread in some.unread:
        tally.leave_out(unread)


def _rows(some: ReadColumns) -> Iterator[Recorded]:
    from anycompany.bus.recording import Recorded
    from anycompany.files.recorded.parquet import event_of_row

    for line, row in zip(some.lines.tolist(), some.events.to_pylist(), strict=True):
        yield Recorded(line, event_of_row(row))


def _route_one_by_one(router: Router, records: Iterable[Recorded | Unread], tally: _Tally) -> None:
    from anycompany.bus.pattern import EventError
    from anycompany.bus.recording import Recorded, Unread

    for one in records:
        if not isinstance(one, Recorded):
            tally.leave_out(one)
            continue
        try:
            names = router.match(one.event)
        except EventError as error:
            tally.leave_out(Unread(one.line, error.what))
            continue
        tally.events += 1
        tally.unheard += not names
        tally.hear(names)
