"""The commands that read a storm: new, check, draw, synth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import DiagramArgument, ServiceOption, StepOption, StormArgument, home_of, read
from .output import Format, FormatOption, WrongUseError, complain, say, show
from .recorded_events import ByOption, EventsOption, WithinOption

if TYPE_CHECKING:
    from anycompany.storm.checks import Finding
    from anycompany.storm.model import Storm

MOST_ERRORS = 20
"""Errors that are said one by one; `anycompany check` says all of them."""


def new(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The folder to make; it names the storm.")],
) -> None:
    """Make an empty storm and a working copy of the notebooks.

    For example:

        anycompany new hotel
    """
    from anycompany.workbook.layout import lay_out

    copy = lay_out(name)
    say(f"Made {copy.storm} and the notebooks beside it. Open them: anycompany lab {name}")


def check(
    storm: StormArgument,
    *,
    step: StepOption = None,
    events: EventsOption = None,
    by: ByOption = None,
    within: WithinOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say what the checks find, or what a log of recorded events and the storm do not agree on.

    Exit status 1 if an open finding is an error or a warning; notes and dismissed ones do not count.

    For example:

        anycompany check hotel.storm.yaml --step 5
    """
    if events is not None:
        from .recorded_events import check_events

        check_events(read(storm), events, by, within, format_)
        return
    from anycompany.workbook.findings import all_findings

    found = all_findings(read(storm), step, home_of(storm))
    open_ones = [_record(finding) for finding in found.open]
    dismissed = [_record(finding) | {"dismissed": reason} for finding, reason in found.dismissed]
    show(
        open_ones,
        ["severity", "step", "check", "where", "what", "remedy"],
        format_,
        empty="Nothing found.",
        whole=lambda: {"open": open_ones, "dismissed": dismissed},
    )
    if format_ is Format.TABLE and dismissed:
        say(f"{len(dismissed)} dismissed, with a reason.")
    if any(finding.severity != "note" for finding in found.open):
        raise typer.Exit(1)


def draw(
    storm: StormArgument,
    diagram: DiagramArgument,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The file: .svg, .png, .pdf, .dot or .txt.")
    ] = None,
    service: ServiceOption = None,
) -> None:
    """Draw a diagram, or say it in words.

    There are timeline, flow, entities, contexts, architecture and service. Without -o it is said in words.

    For example:

        anycompany draw hotel.storm.yaml timeline -o timeline.svg
    """
    from anycompany.diagrams import DIAGRAMS, draw as drawn

    if diagram not in DIAGRAMS:
        raise WrongUseError(f"There is no diagram {diagram!r}.", "", f"Choose one of: {', '.join(DIAGRAMS)}.")
    picture = drawn(read(storm), diagram, service=service)
    say(f"Wrote {picture.save(out)}" if out else f"{picture.title}\n{picture.text}")


def synth(
    storm: StormArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder for the templates.")],
    production: Annotated[
        bool, typer.Option("--production", help="Leave out what the workbook's test events need.")
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Write the CloudFormation templates, one file for each stack, and packages of code beside them.

    For example:

        anycompany synth hotel.storm.yaml -o stacks
    """
    from anycompany.files.code import codes_of, files_of, package
    from anycompany.stacks.names import stack_base
    from anycompany.stacks.synth import synth as synthesis_of, template_files
    from anycompany.storm.errors import StormError
    from anycompany.storm.guesses import with_guesses

    storm_said = with_guesses(read(storm))
    code = codes_of(storm_said, home_of(storm))
    synthesis = synthesis_of(storm_said, with_marker=not production, code=code)
    records: list[dict[str, Any]] = []
    written: set[str] = set()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for stack in synthesis.stacks:
            for name, text in template_files(stack).items():
                (out / name).write_text(text, "utf-8")
                written.add(str(out / name))
            file = out / f"{stack.name}.yaml"
            records.append(
                {
                    "stack": stack.name,
                    "kind": stack.kind,
                    "resources": len(stack.template["Resources"]),
                    "after": list(stack.depends_on),
                    "file": str(file),
                }
            )
        for run, one in code.items():
            if not one.inline:
                package_file = out / one.key
                package_file.parent.mkdir(parents=True, exist_ok=True)
                package_file.write_bytes(package(files_of(home_of(storm), run)))
    except OSError as error:
        raise StormError(f"Cannot write: {error.strerror}.", str(out), "Name another folder.") from error
    show(
        records,
        ["stack", "kind", "resources", "after", "file"],
        format_,
        empty="There is nothing to deploy.",
        whole=lambda: {"stacks": records, "left_out": list(synthesis.left_out)},
    )
    if format_ is Format.TABLE:
        for left in synthesis.left_out:
            say(f"Left out: {left}.")
    for old in sorted(out.glob(f"{stack_base(storm_said)}-*.yaml")):
        if str(old) not in written:
            complain(f"{old}: The storm has no such stack. Delete the file if an earlier synth wrote it.")
    _end_if_it_cannot_be_deployed(storm_said)


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "step": finding.step,
        "check": finding.check,
        "where": list(finding.where),
        "what": finding.what,
        "why": finding.why,
        "remedy": finding.remedy,
        "source": finding.source,
        "key": finding.key,
    }


def _end_if_it_cannot_be_deployed(storm: Storm) -> None:
    """Say which findings are errors, and end with status 1 if there are any: the templates are no good."""
    from anycompany.storm.checks import findings
    from anycompany.workbook.findings import all_checks

    errors = findings(storm, checks=[one for one in all_checks() if one.severity == "error"]).errors
    for error in errors[:MOST_ERRORS]:
        complain(f"{', '.join(error.where)}: {error.what} {error.remedy}")
    if errors:
        complain(f"The templates cannot be deployed as they are: {len(errors)} findings are errors.")
        raise typer.Exit(1)
