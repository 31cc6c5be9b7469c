"""A log of recorded events on the command line: held against a storm, or read for a first one."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anycompany.storm.errors import StormError
from anycompany.storm.ids import words

from .output import Format, complain, say, show
from .progress import advancing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anycompany.bus.recording import LogReport, Recorded, Unread
    from anycompany.storm.model import Storm

EventsOption = Annotated[
    Path | None,
    typer.Option(
        "--events",
        metavar="LOG",
        help="Hold a log of recorded events against the storm instead: JSON lines, a list, an archive.",
    ),
]
ByOption = Annotated[
    list[str] | None,
    typer.Option("--by", help="The field that says which events belong together; may be repeated."),
]
WithinOption = Annotated[
    float | None,
    typer.Option("--within", min=0, help="Seconds that an answer may take; else by the kind of workflow."),
]


def check_events(
    storm: Storm, log: Path, by: list[str] | None, within: float | None, format_: Format
) -> None:
    """Say what a log of recorded events and a storm do not agree on; exit status 1 if any of it matters."""
    from anycompany.bus.recording import check_recorded

    with _reading(log) as records:
        report = check_recorded(storm, records, by=by or (), within=within)
    show(
        report.rows(),
        ["severity", "kind", "count", "of", "line", "what", "remedy", "examples"],
        format_,
        empty="The log and the storm agree." if report.events else "There are no events in the log.",
        whole=report.as_json,
    )
    if format_ is Format.TABLE:
        _summarize(report)
    if report.matters:
        raise typer.Exit(1)


def _summarize(report: LogReport) -> None:
    """What was read, and what that rests on, in lines."""
    from anycompany.bus.recording.report import moment_in_words

    span = f", {moment_in_words(report.first)} to {moment_in_words(report.last)}" if report.first else ""
    say(f"{report.events:,} events read{span}; {sum(report.seen.values()):,} are the storm's.")
    heard = ", ".join(f"{note} {count:,}" for note, count in report.heard.items())
    if heard:
        say(f"Heard by: {heard}.")
    for count, what in (
        (report.duplicates, "came again with their id"),
        (report.replays, "were replayed from an archive and are left out"),
        (report.tests, "are the workbook's own test events"),
    ):
        if count:
            say(f"{count:,} {what}.")
    _say_unread(report.unread, report.unread_lines)
    for sentence in (*report.assumed, *report.dropped):
        say(sentence)


def _say_unread(count: int, lines: Sequence[Unread]) -> None:
    """Say on standard error what could not be read, line by line."""
    if count:
        complain(f"{count:,} {'line is no event' if count == 1 else 'lines are no events'}:")
    for line in lines:
        complain(f"  line {line.line}: {line.why}")
    if count > len(lines):
        complain(f"  … and {count - len(lines):,} more.")


def propose(log: Path, storm: Path, by: list[str] | None) -> None:
    """Add to a storm file what a log of recorded events tells: everything, or what it does not have."""
    from anycompany.bus.recording import observe, proposal
    from anycompany.files import open_storm

    with _reading(log) as records:
        observed = observe(records, by=by or ())
    if not observed.kinds:
        raise StormError("There are no events in it.", str(log), "Give a log of events of an event bus.")
    path = _storm_to_fill(storm)
    with open_storm(path) as opened:
        begins = not opened.storm.events
        batch = proposal(opened.storm, observed)
        if batch.edits:
            opened.do(batch)
        made = opened.storm
    _say_unread(observed.tally.unread, observed.tally.unread_lines)
    if not batch.edits:
        say(f"{path} has all {len(observed.kinds):,} kinds of events of the log; nothing was added.")
    elif begins:
        guessed = len(made.policies)
        say(
            f"Proposed in {path}: {len(made.events)} events, {len(made.entities)} entities, "
            f"{len(made.services)} services, {len(made.contracts)} contracts, {guessed} policies as guesses, "
            f"{len(made.hotspots)} hot spots. Take them back: anycompany undo {storm}"
        )
    else:
        added = len(batch.edits)
        events = "event that was" if added == 1 else "events that were"
        say(f"Added {added} {events} unknown to {path}. Take them back: anycompany undo {storm}")


def _storm_to_fill(storm: Path) -> Path:
    """The storm file of an argument; a file that is not there yet is made, where its name is a storm's."""
    from anycompany.files import new_storm
    from anycompany.files.resting import log_path

    from .arguments import ENDING, storm_file

    if storm.name.endswith(ENDING) and not storm.exists() and not log_path(storm).exists():
        return new_storm(storm, words(storm.name.removesuffix(ENDING)) or "Storm")
    return storm_file(storm)


@contextmanager
def _reading(log: Path) -> Iterator[Iterator[Recorded | Unread]]:
    """The events of a log, with a bar that says how much of it is read; ``-`` is standard input."""
    from anycompany.files.recorded import read_recorded

    with advancing("Reading") as advance, ExitStack() as cleaning:
        if str(log) == "-":
            spooled = cleaning.enter_context(tempfile.NamedTemporaryFile())
            shutil.copyfileobj(sys.stdin.buffer, spooled)
            spooled.flush()
            log = Path(spooled.name)
        yield read_recorded(log, lambda done, of: advance(done, of, ""))
