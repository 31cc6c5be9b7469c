"""The command for change sets that wait for review."""

from __future__ import annotations

from typing import Annotated

import typer

from .arguments import StormArgument, read
from .asking import YesOption, ask, going_on, need_embedded, say_where
from .output import Format, FormatOption, show
from .targets import Place, on_target


@on_target
@going_on()
def change_sets(
    storm: StormArgument,
    *,
    place: Place,
    discard: Annotated[
        str | None, typer.Option("--discard", metavar="NAME", help="Delete the change sets of this name.")
    ] = None,
    yes: YesOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """List the change sets that wait for review, or discard some.

    deploy --plan --keep makes them, deploy --execute applies them.

    For example:

        anycompany change-sets hotel.storm.yaml --target aws --profile dev
    """
    from anycompany.aws import kept
    from anycompany.workbook.deployment import Deployment

    need_embedded(place.target)
    deployment = Deployment(read(storm), place.target, stage=place.stage)
    say_where(deployment)
    stacks, clients = deployment.synthesis.stacks, deployment.clients
    found = kept.kept_change_sets(clients, stacks)
    columns = ["name", "stack", "made", "status"]
    if discard is None:
        show([one.row() for one in found], columns, format_, empty="No change set waits for review.")
        return
    if place.target.kind == "aws" and not yes:
        ask(f"Discard the change sets {discard}?", format_)
    gone = kept.discard(clients, stacks, discard)
    show([one.row() for one in gone], columns, format_, empty="")
