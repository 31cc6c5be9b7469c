"""The commands that put events on a deployed bus: send, trace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .arguments import EventOption, StormArgument, read
from .asking import YesOption, ask, need_embedded, say_where
from .output import Format, FormatOption, complain, say, show
from .progress import advancing
from .targets import Place, on_target


@on_target
def send(
    storm: StormArgument,
    files: Annotated[list[Path], typer.Argument(metavar="EVENT.json...", help="Files with events.")],
    *,
    event: EventOption = None,
    place: Place,
    yes: YesOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Put events on the bus.

    A file holds an event, a list of them as PutEvents takes it, or one detail. The event of a detail is the
    one that --event names, else the one whose id is the file's name.

    For example:

        anycompany send hotel.storm.yaml room-booked.json
    """
    from anycompany.workbook.deployment import Deployment

    from .event_files import events_of_file

    need_embedded(place.target)
    deployment = Deployment(read(storm), place.target, stage=place.stage)
    events = [one for file in files for one in events_of_file(file, deployment.storm, event)]
    say_where(deployment)
    records = [{"source": one["source"], "detail-type": one["detail-type"]} for one in events]
    columns = ["source", "detail-type"]
    if place.target.kind == "aws" and not yes:
        show(records, columns, format_, empty="There are no events in these files.")
        ask("Put these on the bus?", format_)
    sent = [record | {"id": id_} for record, id_ in zip(records, deployment.send(events), strict=True)]
    show(sent, [*columns, "id"], format_, empty="There are no events in these files.")


@on_target
def trace(
    storm: StormArgument,
    *,
    place: Place,
    yes: YesOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Try every scenario on the bus, and say what followed.

    The deployed listeners hear these events too. Exit status 1 if a part of the design was not seen.

    For example:

        anycompany trace hotel.storm.yaml
    """
    from anycompany.workbook.deployment import Deployment

    need_embedded(place.target)
    deployment = Deployment(read(storm), place.target, stage=place.stage)
    say_where(deployment)
    if place.target.kind == "aws" and not yes:
        ask("Put test events on this bus?", format_)
    with advancing("Watching") as tell:
        seen = deployment.trace(tell)
    show(
        seen.rows(),
        ["scenario", "seconds", "after", "policy", "failed", "event", "heard by"],
        format_,
        empty="There is nothing to trace: no event of the storm is started by anything.",
        whole=seen.as_json,
    )
    for note, why in seen.not_seen:
        complain(f"Not seen: {note}. {why}")
    if format_ is Format.TABLE:
        for note, why in seen.not_observable:
            say(f"Cannot be seen: {note}. {why}")
    if seen.not_seen:
        raise typer.Exit(1)
