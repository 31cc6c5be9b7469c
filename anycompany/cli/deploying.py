"""The commands that go to AWS: deploy, destroy, send, trace."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from .output import Format, FormatOption, WrongUseError, complain, console, plain, say, show

if TYPE_CHECKING:
    from anycompany.aws.following import Progress
    from anycompany.aws.session import Target
    from anycompany.workbook.deployment import Deployment

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do it on target aws without asking.")]


def deploy(
    storm: StormArgument,
    target: TargetOption = "local",
    region: RegionOption = None,
    profile: ProfileOption = None,
    endpoint_url: EndpointOption = None,
    plan: Annotated[bool, typer.Option("--plan", help="Only say what would be done.")] = False,
    yes: YesOption = False,
    production: Annotated[
        bool, typer.Option("--production", help="Leave out what the workbook's test events need.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Also delete stacks that the storm no longer has.")
    ] = False,
    bucket: Annotated[
        str | None, typer.Option("--bucket", help="A bucket of yours for templates over 51,200 bytes.")
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Deploy the stacks; on target aws only after a yes. Run again, it changes nothing.

    For example:

        anycompany deploy hotel.storm.yaml --target aws --profile dev --region eu-central-1 --plan
    """
    from anycompany.workbook.deployment import Deployment

    where = target_of(target, region, profile, endpoint_url)
    if where.kind == "local" and not plan:
        _start_embedded()
    deployment = Deployment(read(storm), where, with_marker=not production, bucket=bucket)
    _say_where(deployment)
    planned = deployment.plan()
    if plan or format_ is Format.TABLE:
        _show_plan(planned.rows(), format_)
    for left in deployment.synthesis.left_out:
        complain(f"Left out: {left}.")
    if plan:
        return
    deployment.refuse_errors()
    outdated = any(change.action == "outdated" for change in planned.all)
    if not planned.changes and not (prune and outdated):
        if format_ is Format.JSON:
            show([], [], format_, empty="")
        else:
            say("Everything is deployed already; nothing was changed.")
        return
    _ask(where, "Deploy this?", yes)
    with _following("Deploying") as follow:
        done = deployment.apply(follow, prune=prune)
    show(done.rows(), ["stack", "action", "status"], format_, empty="There was nothing to deploy.")


def destroy(
    storm: StormArgument,
    target: TargetOption = "local",
    region: RegionOption = None,
    profile: ProfileOption = None,
    endpoint_url: EndpointOption = None,
    yes: YesOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Delete everything that was deployed, and say what is left; exit status 1 if anything is.

    With the bus goes its archive, with the listeners what they have heard.

    For example:

        anycompany destroy hotel.storm.yaml --target aws --profile dev
    """
    from anycompany.workbook.deployment import Deployment

    where = target_of(target, region, profile, endpoint_url)
    _need_embedded(where)
    deployment = Deployment(read(storm), where)
    _say_where(deployment)
    found = [state.row() for state in deployment.deployed()]
    if not found:
        say("Nothing of this storm is deployed there.")
        return
    if format_ is Format.TABLE:
        show(found, ["stack", "status", "changed"], format_, empty="")
    _ask(where, "Delete all of this?", yes)
    with _following("Deleting") as follow:
        gone = deployment.destroy(follow)
    show(gone.rows(), ["what", "removed", "why"], format_, empty="There was nothing to delete.")
    if gone.left:
        raise typer.Exit(1)
