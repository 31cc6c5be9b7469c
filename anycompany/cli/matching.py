"""Event patterns on the command line: match."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import Format, FormatOption, WrongUseError, complain, say

if TYPE_CHECKING:
    from io import BufferedReader

    from anycompany.bus.pattern import Pattern

STANDARD_INPUT = Path("-")
_MOST_SAID = 100
"""Texts that are no events which are said one by one."""


def match(
    pattern: Annotated[
        Path,
        typer.Argument(metavar="PATTERN", help="The event pattern: a JSON file, or - for standard input."),
    ],
    events: Annotated[
        Path,
        typer.Argument(
            metavar="EVENTS", help="The events: JSON lines, JSON, a JSON list, gzip, or - for standard input."
        ),
    ],
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which field of an event failed which condition.")
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say of each event whether a pattern matches it, as EventBridge would: true or false, one a line.

    Any JSON object is an event; an entry for PutEvents is read as the event that EventBridge makes of it.
    What is no event is said on standard error with its line (in a list, its place), and the rest is read.

    For example:

        anycompany match pattern.json events.jsonl --explain

    Exit status: 0 if every event could be read, matched or not; 1 if one could not, or the pattern is not
    valid; 2 wrong use.
    """
    if pattern == events == STANDARD_INPUT:
        raise WrongUseError("Only one of PATTERN and EVENTS can be standard input.", "", "Name a file.")
    asked = _pattern(pattern)
    answers = _Answers(asked, explain, str(events) if events != STANDARD_INPUT else "standard input")
    with _reading(events) as file:
        if format_ is Format.JSON:
            _print_json(answers.of(file))
        else:
            for answer in answers.of(file):
                _print(answer)
    if answers.unread:
        answers.count()
        raise typer.Exit(1)


def _pattern(path: Path) -> Pattern:
    from anycompany.bus.pattern import PatternError, parse
    from anycompany.bus.quotas import LONGEST_PATTERN

    where = "standard input" if path == STANDARD_INPUT else str(path)
    with _reading(path) as file:
        text = file.read().removeprefix(b"\xef\xbb\xbf")
    try:
        read = parse(text)
    except PatternError as error:
        place = f"{where}, {error.where}" if error.where else where
        raise PatternError(error.reason, place, error.remedy) from None
    if len(text.decode("utf-8")) > LONGEST_PATTERN:
        complain(
            f"{where}: A rule takes a pattern of {LONGEST_PATTERN:,} characters; AWS would refuse this one."
        )
    return read


def _reading(path: Path) -> Any:
    from anycompany.files.recorded.stream import opened

    return nullcontext(sys.stdin.buffer) if path == STANDARD_INPUT else opened(path)


class _Answers:
    """The answers for the events of a file; what is no event is said, and counted."""

    def __init__(self, pattern: Pattern, explaining: bool, where: str) -> None:
        self.unread = 0
        self._read = 0
        self._pattern = pattern
        self._explaining = explaining
        self._where = where

    def of(self, file: BufferedReader) -> Iterator[dict[str, Any]]:
        """For each event its line, whether it matches and why; for what is none, the error."""
        from anycompany.bus.pattern import EventError, explain, matches
        from anycompany.bus.pattern.events import delivered, event_of_text
        from anycompany.files.json_texts import JsonText, json_texts

        for found in json_texts(file):
            if not isinstance(found, JsonText):
                yield self._complain(found.line, found.why)
                continue
            try:
                event = delivered(event_of_text(found.text))
                if self._explaining:
                    why = explain(self._pattern, event)
                    answer = {"line": found.line, "matches": why.matches, "explanation": why}
                else:
                    answer = {"line": found.line, "matches": matches(self._pattern, event)}
            except EventError as error:
                yield self._complain(found.line, str(error))
            else:
                self._read += 1
                yield answer

    def count(self) -> None:
        """Say how much was read, and how much was not."""
        complain(f"{self._where}: events read: {self._read:,}; texts that are no events: {self.unread:,}.")

    def _complain(self, line: int, why: str) -> dict[str, Any]:
        self.unread += 1
        if self.unread <= _MOST_SAID:
            complain(f"{self._where}:{line}: {why}" if line else f"{self._where}: {why}")
        elif self.unread == _MOST_SAID + 1:
            complain("More is no event, and is only counted.")
        return {"line": line, "matches": None, "error": why}


def _print(answer: dict[str, Any]) -> None:
    if answer["matches"] is None:
        return
    say("true" if answer["matches"] else "false")
    if "explanation" in answer:
        for line in str(answer["explanation"]).splitlines()[1:]:
            say(line)


def _print_json(answers: Iterator[dict[str, Any]]) -> None:
    """Print a JSON list of the answers, each as soon as it is there."""
    before = "[\n"
    for answer in answers:
        if "explanation" in answer:
            answer["explanation"] = answer["explanation"].as_json()
        print(before, json.dumps(answer), sep="", end="")
        before = ",\n"
    print("[]" if before == "[\n" else "\n]")
