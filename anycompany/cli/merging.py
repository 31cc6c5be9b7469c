"""The command that brings copies of a storm together."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import StormArgument, storm_file
from .output import Format, FormatOption, WrongUseError, say, show

if TYPE_CHECKING:
    from anycompany.files.merging import Merged
    from anycompany.storm.joining import Alike


def merge(
    storm: StormArgument,
    copies: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[COPY]…", help="Copies of it: storm files, with their logs or without."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write a new file, and leave STORM as it is.")
    ] = None,
    join: Annotated[
        list[str] | None,
        typer.Option(
            "--join", metavar="KEEP=GONE", help="Then make two notes one: SECTION/ID or an event's id."
        ),
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Bring copies of a storm together, edit by edit.

    In whatever order, the result is the same. What cannot all hold becomes a hot spot that names all wishes
    and who had them. Notes that may mean the same are offered for joining, and never joined unasked.

    For example:

        anycompany merge hotel.storm.yaml from-ada/hotel.storm.yaml from-bob/hotel.storm.yaml
    """
    from anycompany.files import merging

    if not copies and not join:
        raise WrongUseError("There is nothing to merge.", "", "Name copies of the storm, or --join notes.")
    pairs = [_pair(said) for said in join or ()]
    target = storm_file(storm)
    merged = merging.merge(target, [storm_file(copy) for copy in copies or ()], out)
    for section, keep, gone in pairs:
        _join(merged.path, section, keep, gone)
    offers = [one for one in merged.offers if (one.section, one.keep, one.gone) not in pairs]
    if format_ is Format.JSON:
        print(json.dumps(_record(merged, offers), indent=2))
        return
    brought = [{"copy": copy, "edits": count} for copy, count in merged.added.items()]
    show(brought, ["copy", "edits"], format_, empty="There were no copies to merge.")
    for text in merged.conflicts.values():
        say(f"Hot spot: {text}")
    if offers and sys.stdin.isatty():
        _ask(merged.path, offers)
    else:
        for one in offers:
            say(f"{_called(one)} To join them: {_command(merged.path, one)}")
    say(f"{merged.path.name} has {len(merged.entries):,} edits.")


def _pair(said: str) -> tuple[str, str, str]:
    keep, equals, gone = said.partition("=")
    section, slash, identifier = keep.rpartition("/")
    other_section, _, other = gone.rpartition("/")
    if not (equals and identifier and other) or (other_section or "events") != (section or "events"):
        raise WrongUseError(
            f"{said!r} does not say which note is to be kept and which is the same.",
            "--join",
            "Write KEEP=GONE: --join room-booked=room-let, or --join entities/guest=entities/visitor.",
        )
    return (section if slash else "events"), identifier, other


def _join(path: Path, section: str, keep: str, gone: str) -> None:
    from anycompany.files import open_storm
    from anycompany.storm.joining import joining

    with open_storm(path) as opened:
        opened.do(joining(opened.storm, section, keep, gone))


def _ask(path: Path, offers: list[Alike]) -> None:
    gone: set[tuple[str, str]] = set()
    for one in offers:
        both = {(one.section, one.keep), (one.section, one.gone)}
        if gone.isdisjoint(both) and typer.confirm(f"{_called(one)} Are they one?", default=False):
            _join(path, one.section, one.keep, one.gone)
            gone.add((one.section, one.gone))


def _called(one: Alike) -> str:
    from anycompany.storm.checks.finding import quoted

    first, second = (
        f"{quoted(name)} ({identifier})"
        for name, identifier in zip(one.names, (one.keep, one.gone), strict=True)
    )
    return f"{first} and {second}: {one.why[0].lower()}{one.why[1:]}"


def _command(path: Path, one: Alike) -> str:
    prefix = "" if one.section == "events" else f"{one.section}/"
    return shlex.join(["anycompany", "merge", str(path), "--join", f"{prefix}{one.keep}={prefix}{one.gone}"])


def _record(merged: Merged, offers: list[Alike]) -> dict[str, Any]:
    return {
        "storm": str(merged.path),
        "revision": len(merged.entries),
        "copies": [{"copy": copy, "edits": count} for copy, count in merged.added.items()],
        "conflicts": [{"hotspot": key, "text": text} for key, text in merged.conflicts.items()],
        "alike": [
            {
                "section": one.section,
                "keep": one.keep,
                "gone": one.gone,
                "names": list(one.names),
                "why": one.why,
                "command": _command(merged.path, one),
            }
            for one in offers
        ],
    }
