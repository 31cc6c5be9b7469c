"""The commands that change what is deployed: deploy, rollback, destroy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .arguments import StormArgument, home_of, read
from .asking import YesOption, ask, going_on, need_embedded, say_where, start_embedded
from .output import Format, FormatOption, WrongUseError, complain, show
from .plans import PlanFormat, PlanFormatOption, show_plan
from .progress import following_stacks
from .targets import Place, on_target

if TYPE_CHECKING:
    from anycompany.aws.deploy import Allowed, Deployed
    from anycompany.aws.plan import Plan
    from anycompany.workbook.deployment import Deployment

ProductionOption = Annotated[
    bool, typer.Option("--production", help="Leave out what the workbook's test events need.")
]
PlanOption = Annotated[bool, typer.Option("--plan", help="Only say what would be done.")]
AllowLossOption = Annotated[
    bool, typer.Option("--allow-loss", help="Also replace or delete what protected stacks hold.")
]
BucketOption = Annotated[
    str | None,
    typer.Option("--bucket", help="A bucket of yours for large templates and code, in place of a new one."),
]


@on_target
@going_on()
def deploy(
    storm: StormArgument,
    *,
    place: Place,
    plan: PlanOption = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="With --plan: keep change sets for review, under a name.")
    ] = False,
    execute: Annotated[
        str | None, typer.Option("--execute", metavar="NAME", help="Apply the change sets kept under a name.")
    ] = None,
    yes: YesOption = False,
    production: ProductionOption = False,
    protect: Annotated[
        bool, typer.Option("--protect", help="Protect the stacks that hold something, from now on.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Also delete stacks that the storm no longer has.")
    ] = False,
    allow_breaking: Annotated[
        bool, typer.Option("--allow-breaking", help="Also deploy contracts that break who hears the event.")
    ] = False,
    allow_loss: AllowLossOption = False,
    bucket: BucketOption = None,
    format_: PlanFormatOption = PlanFormat.TABLE,
) -> None:
    """Deploy the stacks; on target aws only after a yes.

    Says where and what first: rules, permissions, contracts, and what is deleted or replaced. Run again, it
    changes nothing, and goes on where it was interrupted.

    For example:

        anycompany deploy hotel.storm.yaml --target aws --profile dev --region eu-central-1 --plan
    """
    from anycompany.aws.change_sets import fresh_name
    from anycompany.aws.deploy import Allowed
    from anycompany.workbook.deployment import Deployment

    if (keep and not plan) or (execute and (plan or prune or protect)):
        raise WrongUseError(
            "--keep goes with --plan; --execute goes with neither, nor with --prune, --protect."
        )
    if format_ is PlanFormat.MARKDOWN and not plan:
        raise WrongUseError("Only a plan is shown as Markdown.", "--format markdown", "Add --plan.")
    if place.target.kind == "local" and not plan:
        start_embedded()
    deployment = Deployment(
        read(storm),
        place.target,
        with_marker=not production,
        bucket=bucket,
        stage=place.stage,
        home=home_of(storm),
    )
    say_where(deployment)
    allowed = Allowed(breaking=allow_breaking, loss=allow_loss)
    asks = place.target.kind == "aws" and not yes and not plan
    if execute:
        if asks:
            ask(f"Apply the change sets {execute}?", format_.rest)
        with following_stacks("Deploying") as tell:
            done = deployment.execute(execute, tell, allowed=allowed)
        _show_done(done, format_)
        return
    shown = plan or asks or format_ is PlanFormat.TABLE
    planned = deployment.plan(prune=prune, drift=shown, keep=fresh_name() if keep else "")
    if shown:
        show_plan(planned, format_, _where(deployment))
    if protect:
        _say_what_is_protected(deployment)
    for left in deployment.synthesis.left_out:
        complain(f"Left out: {left}.")
    deployment.refuse_errors()
    if plan:
        _end_with_what_is_refused(planned, allowed)
        return
    outdated = any(change.action == "outdated" for change in planned.all)
    if not (planned.changes or protect or (prune and outdated) or format_ is PlanFormat.JSON):
        return
    if asks:
        ask("Deploy this?", format_.rest)
    with following_stacks("Deploying") as tell:
        done = deployment.apply(tell, prune=prune, protected=protect, allowed=allowed)
    _show_done(done, format_)


@on_target
@going_on()
def rollback(
    storm: StormArgument,
    *,
    place: Place,
    plan: PlanOption = False,
    yes: YesOption = False,
    allow_loss: AllowLossOption = False,
    bucket: BucketOption = None,
    format_: PlanFormatOption = PlanFormat.TABLE,
) -> None:
    """Go back to the last deployment that reached its end.

    Its templates were kept on the target. Stacks that it did not have are deleted. The storm file stays as
    it is.

    For example:

        anycompany rollback hotel.storm.yaml --target aws --profile dev --plan
    """
    from anycompany.workbook.deployment import Deployment

    need_embedded(place.target)
    deployment = Deployment(read(storm), place.target, stage=place.stage, bucket=bucket)
    say_where(deployment)
    good = deployment.last_good()
    complain(f"The last good deployment is that of {good.entry.at}, by {good.entry.by}.")
    asks = place.target.kind == "aws" and not yes and not plan
    if plan or asks or format_ is not PlanFormat.JSON:
        show_plan(good.plan, format_, _where(deployment))
    if plan:
        return
    if asks:
        ask("Go back to this?", format_.rest)
    with following_stacks("Going back") as tell:
        done = deployment.roll_back(good, tell, allow_loss=allow_loss)
    _show_done(done, format_)


@on_target
@going_on()
def destroy(
    storm: StormArgument,
    *,
    place: Place,
    yes: YesOption = False,
    allow_loss: AllowLossOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Delete everything that was deployed.

    With the bus goes its archive, with the listeners what they have heard; protected stacks stay unless that
    is allowed. Exit status 1 if something is left.

    For example:

        anycompany destroy hotel.storm.yaml --target aws --profile dev
    """
    from anycompany.workbook.deployment import Deployment

    need_embedded(place.target)
    deployment = Deployment(read(storm), place.target, stage=place.stage)
    say_where(deployment)
    found = [state.row() for state in deployment.deployed()]
    bucket = deployment.bucket_made()
    found += [{"stack": bucket, "status": "the bucket of templates and code"}] if bucket else []
    asks = bool(found) and place.target.kind == "aws" and not yes
    if asks or format_ is Format.TABLE:
        show(found, ["stack", "status", "changed"], format_, empty="Nothing of this storm is deployed there.")
    if asks:
        ask("Delete all of this?", format_)
    if not found and format_ is Format.TABLE:
        return
    with following_stacks("Deleting") as tell:
        gone = deployment.destroy(tell, allow_loss=allow_loss)
    show(gone.rows(), ["what", "removed", "why"], format_, empty="There was nothing to delete.")
    if gone.left:
        raise typer.Exit(1)


def _show_done(done: Deployed, format_: PlanFormat) -> None:
    show(done.rows(), ["stack", "action", "status"], format_.rest, empty="There was nothing to deploy.")


def _where(deployment: Deployment) -> str:
    who = deployment.who()
    return f"account {who.account}, region {who.region}"


def _end_with_what_is_refused(planned: Plan, allowed: Allowed) -> None:
    """End with status 1 if a deploy would be refused, for what the plan has just said."""
    missing = {
        "--allow-breaking": planned.breaks and not allowed.breaking,
        "--allow-loss": planned.losses and not allowed.loss,
        "--prune": planned.in_the_way,
    }
    needed = [option for option, is_missing in missing.items() if is_missing]
    if needed:
        complain(f"So a deploy would be refused without {' '.join(needed)}.")
        raise typer.Exit(1)


def _say_what_is_protected(deployment: Deployment) -> None:
    from anycompany.stacks.protection import holds_something

    names = [stack.name for stack in deployment.stacks if holds_something(stack.template)]
    complain(f"Protected from now on, because they hold something: {', '.join(names)}.")
