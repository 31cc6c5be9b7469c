"""The commands for the notebooks: lab, run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from .arguments import StormArgument, storm_file
from .output import WrongUseError, complain, say
from .progress import advancing
from .targets import Place, on_target


@on_target
def run(
    storm: StormArgument,
    *,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder for what the run makes.")],
    place: Place,
    apply: Annotated[
        bool | None,
        typer.Option("--apply/--plan", help="Deploy, or only plan. [default: deploy on local only]"),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", "--parameter", metavar="NAME=VALUE", help="A parameter of a notebook."),
    ] = None,
    notebooks: Annotated[
        Path | None, typer.Option("--notebooks", help="A folder with your own copy of the notebooks.")
    ] = None,
) -> None:
    """Run the whole workbook headless.

    Writes the executed notebooks, the diagrams, the templates and report.html. Exit status 1 if a notebook
    failed.

    For example:

        anycompany run hotel.storm.yaml --out build
    """
    from anycompany.workbook.runner import run as run_workbook

    path = storm_file(storm)
    whose = {"stage": place.stage, "account": place.target.account}
    given = {name: value for name, value in whose.items() if value} | dict(
        _parameter(text) for text in parameters or ()
    )
    with advancing("Running") as progress:
        result = run_workbook(
            path,
            out,
            target=place.target,
            apply=apply,
            notebooks=notebooks,
            parameters=given,
            progress=progress,
        )
    for outcome in result.outcomes:
        if outcome.wrong:
            complain(f"{outcome.name}, {outcome.wrong}")
    for problem in result.problems:
        complain(problem)
    say(f"Wrote {result.report}")
    if not result.fine:
        raise typer.Exit(1)


def lab(
    storm: StormArgument = Path(),
    options: Annotated[
        list[str] | None, typer.Argument(metavar="OPTION", help="After --: options of JupyterLab's own.")
    ] = None,
) -> None:
    """Open the notebooks of a storm in JupyterLab.

    On this machine only, with an embedded AWS beside it for as long as it runs.

    For example:

        anycompany lab hotel

        anycompany lab hotel -- --no-browser --port 9999
    """
    from anycompany.workbook.laboratory import open_lab

    raise typer.Exit(open_lab(storm_file(storm).absolute(), options or ()))


def _parameter(text: str) -> tuple[str, Any]:
    """A parameter as typed: its value as JSON says, and where it is no JSON, as text."""
    name, separator, value = text.partition("=")
    if not separator or not name.isidentifier():
        raise WrongUseError(f"{text!r} is no parameter.", "-p", "Write it as NAME=VALUE.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
