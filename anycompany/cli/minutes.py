"""The commands for afterwards: the minutes of a workshop, and the storm made ready for review in git."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anycompany.storm.errors import StormError

from .arguments import StormArgument, storm_file
from .output import Format, FormatOption, WrongUseError, complain, say

if TYPE_CHECKING:
    from datetime import tzinfo

ZoneOption = Annotated[
    str | None,
    typer.Option("--zone", help="The time zone to tell times in, such as Europe/Berlin; yours by default."),
]


def minutes(
    storm: StormArgument,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write to this file.")] = None,
    zone: ZoneOption = None,
) -> None:
    """Tell what happened on a storm, as minutes in Markdown.

    Who was there, the agenda as it really ran, decisions with their reasons, open hot spots with owners and
    votes, what is parked, and what comes next: all of it from the log.

    For example:

        anycompany minutes hotel.storm.yaml -o hotel.minutes.md --zone Europe/Berlin
    """
    text = _minutes_of(storm_file(storm), _zone(zone))
    if out is None:
        say(text.rstrip("\n"))
    else:
        _write(out, text)
        complain(f"The minutes are in {out}.")


def review(
    storm: StormArgument,
    zone: ZoneOption = None,
    commit: Annotated[
        bool, typer.Option("--commit", help="Also run git: add these files and commit them.")
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Make a storm ready for review in git: the file saved, its log, minutes beside it, and a commit message.

    The file says what its log says, and differs from the last commit only in lines that somebody changed.
    Git is not run unless you ask.

    For example:

        anycompany review hotel.storm.yaml
    """
    from anycompany.files import open_storm
    from anycompany.files.resting import log_path
    from anycompany.storm.workshop.minutes import commit_message
    from anycompany.storm.workshop.story import story_of

    path = storm_file(storm).resolve()
    chosen = _zone(zone)
    with open_storm(path) as opened:
        opened.save()
        if opened.warning:
            raise StormError(f"The file could not be saved: {opened.warning}", str(path), "Correct it first.")
        entries, _ = opened.since(0)
        message = commit_message(story_of(entries)) if entries else ""
    if not entries:
        raise StormError(
            "This storm has no log yet, so there is nothing to tell.",
            str(path),
            "Edit it on the board first.",
        )
    told = path.with_name(path.name.removesuffix(".yaml").removesuffix(".storm") + ".minutes.md")
    _write(told, _minutes_of(path, chosen))
    files = [path, log_path(path), told]
    if commit:
        _git(path.parent, "add", "--", *(file.name for file in files))
        _git(
            path.parent,
            "commit",
            "--quiet",
            "--cleanup=verbatim",
            "--file=-",
            "--",
            *(f.name for f in files),
            said=message,
        )
    if format_ is Format.JSON:
        print(
            json.dumps(
                {"files": [str(file) for file in files], "message": message, "committed": commit}, indent=2
            )
        )
        return
    names = [str(file) for file in files]
    say("Committed:" if commit else "Ready for review:")
    for name in names:
        say(f"  {name}")
    say(f"\n{message.rstrip()}")
    if not commit:
        say(f"\nTo commit it: anycompany review {shlex.quote(str(storm))} --commit")


def _minutes_of(path: Path, zone: tzinfo | None) -> str:
    from anycompany.files import read_history
    from anycompany.storm.workshop.minutes import minutes as in_markdown
    from anycompany.storm.workshop.story import story_of

    entries = read_history(path)
    if not entries:
        raise StormError(
            "This storm has no log yet, so there is nothing to tell.",
            str(path),
            "Edit it on the board first.",
        )
    return in_markdown(story_of(entries), zone)


def _zone(name: str | None) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongUseError(
            f"There is no time zone {name[:60]!r}.", "--zone", "Name one such as Europe/Berlin, or UTC."
        ) from None


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8", "backslashreplace", newline="\n")
    except OSError as error:
        raise StormError(
            f"It cannot be written: {error.strerror}.", str(path), "Name another file."
        ) from None


def _git(folder: Path, *arguments: str, said: str = "") -> None:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            input=said,
            text=True,
            encoding="utf-8",
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise StormError(
            "There is no git on this computer.", "--commit", "Install it, or leave --commit out."
        ) from None
    if done.returncode:
        why = " ".join((done.stderr or done.stdout).split())[-400:]
        raise StormError(f"git {arguments[0]} failed: {why}", str(folder), "Put it right, and do it again.")
