"""What a log of recorded events says of a design: plain data, for tables, pages and programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from ...storm.checks.finding import Severity
from .recorded import Unread

Kind = Literal[
    "unknown-event", "order", "alternatives", "contract", "not-followed", "duplicate", "unheard", "unread"
]
"""What a finding is about."""

MOST_EXAMPLES = 3
"""Examples of one finding."""

MOST_UNREAD = 20
"""Lines that could not be read and are named; all are counted."""


@dataclass(frozen=True, slots=True)
class Example:
    """One case of a finding: the line of the log, and what tells it apart, such as ``account-id a-7``."""

    line: int
    says: str = ""


@dataclass(frozen=True, slots=True)
class LogFinding:
    """One thing that the log and the design do not agree on, however often it happened.

    ``warning`` for what matters, ``note`` for what is worth knowing; ``where`` are the notes it is about,
    ``count`` how often it was so, ``of`` out of how many where that can be said, ``line`` the first line.
    """

    kind: Kind
    severity: Severity
    where: tuple[str, ...]
    what: str
    remedy: str
    count: int
    of: int | None
    line: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class LogReport:
    """All that a log says of a design.

    Parameters
    ----------
    events : how many were read; ``seen`` how often each event of the storm was among them.
    heard : for each policy and listener (``section/id``), how many events its rule lets through.
    findings : what does not agree, the gravest first.
    unread : how many lines were no events; ``unread_lines`` are the first of them.
    duplicates, replays, tests : how many events came again with their id, were replayed from an archive,
        carry the workbook's test marker.
    untimed, misplaced : how many say no time, or stand too far from their place to be put in order.
    first, last : the earliest and the latest time, in seconds since 1970.
    assumed : what was taken for granted, in sentences.
    dropped : what was too much to keep, in sentences.
    """

    events: int
    seen: dict[str, int]
    heard: dict[str, int]
    findings: tuple[LogFinding, ...]
    unread: int = 0
    unread_lines: tuple[Unread, ...] = ()
    duplicates: int = 0
    replays: int = 0
    tests: int = 0
    untimed: int = 0
    misplaced: int = 0
    first: float | None = None
    last: float | None = None
    assumed: tuple[str, ...] = field(default=())
    dropped: tuple[str, ...] = field(default=())

    @property
    def matters(self) -> bool:
        """Whether any finding is more than a note."""
        return any(finding.severity != "note" for finding in self.findings)

    def rows(self) -> list[dict[str, Any]]:
        """The findings as rows of a table."""
        return [
            {
                "severity": finding.severity,
                "kind": finding.kind,
                "count": finding.count,
                "of": finding.of,
                "line": finding.line,
                "what": finding.what,
                "remedy": finding.remedy,
                "examples": [
                    f"{one.line}: {one.says}" if one.says else str(one.line) for one in finding.examples
                ],
            }
            for finding in self.findings
        ]

    def as_json(self) -> dict[str, Any]:
        """This report as data that JSON can hold."""
        times = {"first": moment_in_words(self.first), "last": moment_in_words(self.last)}
        return {**asdict(self), **times}


def moment_in_words(seconds: float | None) -> str | None:
    """A time in ISO 8601, in UTC."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
