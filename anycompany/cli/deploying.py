"""The commands that go to AWS: deploy, destroy, send, trace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .arguments import (
    EndpointOption,
    EventOption,
    ProfileOption,
    RegionOption,
    StormArgument,
    TargetOption,
    read,
    target_of,
)
from .asking import YesOption, ask, need_embedded, say_where, start_embedded
from .output import Format, FormatOption, complain, say, show
from .progress import advancing, following_stacks

ProductionOption = Annotated[
    bool, typer.Option("--production", help="Leave out what the workbook's test events need.")
]


def deploy(
    storm: StormArgument,
    *,
    target: TargetOption = "local",
    region: RegionOption = None,
    profile: ProfileOption = None,
    endpoint_url: EndpointOption = None,
    plan: Annotated[bool, typer.Option("--plan", help="Only say what would be done.")] = False,
    yes: YesOption = False,
    production: ProductionOption = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Also delete stacks that the storm no longer has.")
    ] = False,
    bucket: Annotated[
        str | None, typer.Option("--bucket", help="A bucket of yours for templates over 51,200 bytes.")
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Deploy the stacks; on target aws only after a yes.

    Says where and what first. Run again, it changes nothing.

    For example:

        anycompany deploy hotel.storm.yaml --target aws --profile dev --region eu-central-1 --plan
    """
    from anycompany.workbook.deployment import Deployment

    where = target_of(target, region, profile, endpoint_url)
    if where.kind == "local" and not plan:
        start_embedded()
    deployment = Deployment(read(storm), where, with_marker=not production, bucket=bucket)
    say_where(deployment)
    planned = deployment.plan()
    asks = where.kind == "aws" and not yes and not plan
    if plan or asks or format_ is Format.TABLE:
        rows = [row for row in planned.rows() if row["action"] != "none"]
        columns = ["stack", "action", "resource", "type", "note", "replacement", "details"]
        show(rows, columns, format_, empty="Everything is deployed already; nothing would be changed.")
    for left in deployment.synthesis.left_out:
        complain(f"Left out: {left}.")
    deployment.refuse_errors()
    outdated = any(change.action == "outdated" for change in planned.all)
    if plan or not (planned.changes or (prune and outdated) or format_ is Format.JSON):
        return
    if asks:
        ask("Deploy this?", format_)
    with following_stacks("Deploying") as tell:
        done = deployment.apply(tell, prune=prune)
    show(done.rows(), ["stack", "action", "status"], format_, empty="There was nothing to deploy.")


def destroy(
    storm: StormArgument,
    *,
    target: TargetOption = "local",
    region: RegionOption = None,
    profile: ProfileOption = None,
    endpoint_url: EndpointOption = None,
    yes: YesOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Delete everything that was deployed.

    With the bus goes its archive, with the listeners what they have heard. Exit status 1 if something is
    left.

    For example:

        anycompany destroy hotel.storm.yaml --target aws --profile dev
    """
    from anycompany.workbook.deployment import Deployment

    where = target_of(target, region, profile, endpoint_url)
    need_embedded(where)
    deployment = Deployment(read(storm), where)
    say_where(deployment)
    found = [state.row() for state in deployment.deployed()]
    asks = bool(found) and where.kind == "aws" and not yes
    if asks or format_ is Format.TABLE:
        show(found, ["stack", "status", "changed"], format_, empty="Nothing of this storm is deployed there.")
    if asks:
        ask("Delete all of this?", format_)
    if not found and format_ is Format.TABLE:
        return
    with following_stacks("Deleting") as tell:
        gone = deployment.destroy(tell)
    show(gone.rows(), ["what", "removed", "why"], format_, empty="There was nothing to delete.")
    if gone.left:
        raise typer.Exit(1)


def send(
    storm: StormArgument,
    files: Annotated[list[Path], typer.Argument(metavar="EVENT.json...", help="Files with events.")],
    *,
    event: EventOption = None,
    target: TargetOption = "local",
    region: RegionOption = None,
    profile: ProfileOption = None,
    endpoint_url: EndpointOption = None,
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

    where = target_of(target, region, profile, endpoint_url)
    need_embedded(where)
    deployment = Deployment(read(storm), where)
    events = [one for file in files for one in events_of_file(file, deployment.storm, event)]
    say_where(deployment)
    records = [{"source": one["source"], "detail-type": one["detail-type"]} for one in events]
    columns = ["source", "detail-type"]
    if where.kind == "aws" and not yes:
        show(records, columns, format_, empty="There are no events in these files.")
        ask("Put these on the bus?", format_)
    sent = [record | {"id": id_} for record, id_ in zip(records, deployment.send(events), strict=True)]
    show(sent, [*columns, "id"], format_, empty="There are no events in these files.")


def trace(
    storm: StormArgument,
    *,
    target: TargetOption = "local",
    region: RegionOption = None,
    profile: ProfileOption = None,
    endpoint_url: EndpointOption = None,
    yes: YesOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Try every scenario on the bus, and say what followed.

    The deployed listeners hear these events too. Exit status 1 if a part of the design was not seen.

    For example:

        anycompany trace hotel.storm.yaml
    """
    from anycompany.workbook.deployment import Deployment

    where = target_of(target, region, profile, endpoint_url)
    need_embedded(where)
    deployment = Deployment(read(storm), where)
    say_where(deployment)
    if where.kind == "aws" and not yes:
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
