"""A log of real events held against the design, on a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..storm.guesses import with_guesses
from ..storm.model import Storm
from .naming import called
from .screen import Markup, bullets, callout, line
from .table import Cell, Table

if TYPE_CHECKING:
    from ..bus.recording import LogReport

HOW = (
    "Set recorded to a log of your own: an archive that was replayed into a file, lines of CloudWatch Logs, "
    "JSON lines. What the log and the design do not agree on is shown here."
)


def recorded(storm: Storm, log: Path | None) -> Markup:
    """What a log and the design do not agree on; how to give one, where none was given.

    Raises ``StormError`` when the log cannot be read.
    """
    from ..bus.recording import check_recorded
    from ..files.recorded import read_recorded

    if log is None:
        return callout("note", "No log of recorded events was given.", HOW)
    report = check_recorded(with_guesses(storm), read_recorded(log))
    return _read(report) + _findings(report).markup() + _counts(storm, report).markup()


def _read(report: LogReport) -> Markup:
    from ..bus.recording.report import moment_in_words

    known = sum(report.seen.values())
    span = (
        f" from {moment_in_words(report.first)} to {moment_in_words(report.last)}"
        if report.first is not None
        else ""
    )
    text = f"{report.events:,} events were read{span}; {known:,} of them are this storm's."
    aside = [
        f"{count:,} {what}."
        for count, what in (
            (report.unread, "lines are no events and were passed over"),
            (report.duplicates, "came again with their id"),
            (report.replays, "were replayed from an archive"),
            (report.tests, "are the workbook's own test events"),
            (report.untimed, "say no time"),
        )
        if count
    ]
    unread = [line(f"line {one.line}: {one.why}") for one in report.unread_lines[:5]]
    shown = callout("warning" if report.matters else "note", text, *aside)
    return shown + bullets("No events", unread) + bullets("Taken for granted", map(line, report.assumed))


def _findings(report: LogReport) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (row["severity"], row["what"], row["remedy"], row["count"], row["of"], "; ".join(row["examples"]))
        for row in report.rows()
    )
    columns = ("severity", "what", "what to do", "times", "of", "line, such as")
    return Table("The log against the design", columns, rows, "The log and the design agree.")


def _counts(storm: Storm, report: LogReport) -> Table:
    events: list[tuple[Cell, ...]] = [
        ("event", storm.events[event].name, count) for event, count in report.seen.items()
    ]
    heard: list[tuple[Cell, ...]] = [
        ("rule for", called(storm, note), count) for note, count in report.heard.items()
    ]
    return Table("How often in the log", ("kind", "which", "times"), (*events, *heard))
