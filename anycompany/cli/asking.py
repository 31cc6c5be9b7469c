"""Before anything is done on AWS: where it would be done, and whether a person wants it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from anycompany.storm.errors import StormError

from .output import Format, WrongUseError, complain

if TYPE_CHECKING:
    from anycompany.aws.session import Target
    from anycompany.workbook.deployment import Deployment

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do it on target aws without asking.")]


def say_where(deployment: Deployment) -> None:
    """Say which account, region and endpoint everything goes to."""
    who = deployment.who()
    target = "the embedded AWS" if deployment.target.kind == "local" else "AWS"
    complain(
        f"On {target}: account {who.account}, region {who.region}, endpoint {who.endpoint}, as {who.arn}."
    )


def ask(question: str, format_: Format) -> None:
    """Ask a person; whatever is not a yes ends the command with nothing done.

    Raises
    ------
    WrongUseError
        if there is no person to ask, because the output is for a program or nobody sits at a terminal.
    """
    if format_ is Format.JSON or not sys.stdin.isatty():
        raise WrongUseError(
            "Nothing was done, because nobody can be asked.", "", "Say --yes to have it done."
        )
    if not typer.confirm(question, err=True):
        raise WrongUseError("Nothing was done.")


@contextmanager
def going_on() -> Iterator[None]:
    """Say, where a command did not reach its end, which command goes on."""
    from anycompany.aws.errors import AwsError, RefusedError

    try:
        yield
    except RefusedError:
        raise  # the same again would be refused again
    except AwsError as error:
        error.add_note(_goes_on())
        raise
    except KeyboardInterrupt:
        stopped = StormError("Stopped, while nothing was being changed.")
        stopped.add_note(_goes_on())
        raise stopped from None


def _goes_on() -> str:
    return f"To go on: {shlex.join(['anycompany', *sys.argv[1:]])}"


def start_embedded() -> None:
    """See to it that an embedded AWS runs which outlives this command, as what is deployed there should."""
    from anycompany.aws import local

    if local.status() is None:
        started = local.start()
        complain(f"Started the embedded AWS at {started.endpoint}. To stop it: anycompany local stop.")


def need_embedded(target: Target) -> None:
    """Refuse to look into an embedded AWS that does not run."""
    from anycompany.aws import local

    if target.kind == "local" and local.status() is None:
        raise StormError(
            "No embedded AWS runs, so nothing is deployed there.",
            "target local",
            "Deploy first: anycompany deploy STORM.",
        )
