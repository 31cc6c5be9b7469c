"""The commands of the embedded AWS: start, status, stop, reset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import Format, FormatOption, say, show

if TYPE_CHECKING:
    from anycompany.aws.local import Status

commands = typer.Typer(help="The embedded AWS on this machine.", no_args_is_help=True, rich_markup_mode=None)
_COLUMNS = ["endpoint", "pid", "owner", "log"]


@commands.command()
def start(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any free one.")] = 0,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Start the embedded AWS, which runs until it is stopped.

    For example:

        anycompany local start
    """
    from anycompany.aws import local

    show([_record(local.start(port))], _COLUMNS, format_, empty="")


@commands.command()
def status(format_: FormatOption = Format.TABLE) -> None:
    """Say whether the embedded AWS runs, and where.

    Exit status 1 if it does not.

    For example:

        anycompany local status --format json
    """
    from anycompany.aws import local

    running = local.status()
    show(
        [_record(running)] if running else [],
        _COLUMNS,
        format_,
        empty="No embedded AWS runs. Start one: anycompany local start.",
    )
    if running is None:
        raise typer.Exit(1)


@commands.command()
def stop() -> None:
    """Stop the embedded AWS; all that was deployed on it is gone.

    For example:

        anycompany local stop
    """
    from anycompany.aws import local

    say("Stopped." if local.stop() else "No embedded AWS runs.")


@commands.command()
def reset() -> None:
    """Empty the embedded AWS, which goes on running.

    For example:

        anycompany local reset
    """
    from anycompany.aws import local

    say("Emptied." if local.reset() else "No embedded AWS runs.")


def _record(running: Status) -> dict[str, Any]:
    return {
        "endpoint": running.endpoint,
        "port": running.port,
        "pid": running.pid,
        "owner": running.owner,
        "log": str(running.log) if running.log else None,
    }
