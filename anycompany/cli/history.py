"""The commands about what was said when: log, undo, diff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import StormArgument, read, storm_file
from .output import Format, FormatOption, say, show

if TYPE_CHECKING:
    from anycompany.files.journal import Entry
    from anycompany.storm.model import Storm


def log(
    storm: StormArgument,
    last: Annotated[int | None, typer.Option("-n", "--last", min=1, help="Only the last so many.")] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say who changed what and when, the latest last.

    For example:

        anycompany log hotel.storm.yaml -n 20
    """
    from anycompany.files import open_storm

    with open_storm(storm_file(storm)) as opened:
        records = [_record(entry) for entry in opened.history()]
    shown = records[-last:] if last else records
    show(shown, ["revision", "time", "author", "what"], format_, empty="Nothing has been changed yet.")


def undo(
    storm: StormArgument,
    revision: Annotated[
        int | None, typer.Option("--revision", min=1, help="Which change, as `log` numbers them.")
    ] = None,
) -> None:
    """Take your latest change back; said again, the one before it.

    For example:

        anycompany undo hotel.storm.yaml
    """
    from anycompany.files import open_storm

    with open_storm(storm_file(storm)) as opened:
        opened.undo(revision=revision)
        latest = opened.history()[-1]
    say(f"Revision {latest.revision}: {latest.words}.")


def diff(
    before: StormArgument,
    after: StormArgument,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say how two storms differ, thing by thing.

    Exit status 1 if they do.

    For example:

        anycompany diff monday.storm.yaml tuesday.storm.yaml
    """
    from anycompany.storm.patch import diff as difference

    old, new = read(before), read(after)
    records = [_step(step, old, new) for step in difference(old, new).steps]
    show(records, ["where", "what"], format_, empty="They say the same.")
    if records:
        raise typer.Exit(1)


def _record(entry: Entry) -> dict[str, Any]:
    return {
        "revision": entry.revision,
        "time": entry.time,
        "author": entry.author,
        "what": entry.words,
        "id": entry.id,
        "edit": entry.edit.record(),
    }


def _step(step: Any, old: Storm, new: Storm) -> dict[str, Any]:
    """One difference; what is new is called by its new name, everything else by its old one."""
    from anycompany.storm.describe import describe
    from anycompany.storm.edits import Patch, Set

    where = "/".join(getattr(step, "path", ["timeline"]))
    said = step.model_dump(mode="json", exclude_unset=True)
    fresh = isinstance(step, Set) and len(step.path) == 2
    return {"where": where, "what": describe(Patch(steps=[step]), new if fresh else old), "step": said}
