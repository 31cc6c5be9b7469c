"""The commands for the course: its domains, scores, faults to find, and the learner edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import StormsArgument, read
from .output import Format, FormatOption, say, show

if TYPE_CHECKING:
    from anycompany.course.scoring import Score

commands = typer.Typer(
    help="The course: domains to model, faults to find, and what an instructor hands out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _domains() -> list[str]:
    from anycompany.course.domains import domains as all_domains

    return [one.id for one in all_domains()]


def _faults() -> list[str]:
    from anycompany.course.faults import faults as all_faults

    return [one.id for one in all_faults()]


FolderArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist if empty.")
]


@commands.command()
def learner(folder: FolderArgument) -> None:
    """Make the learner edition: all of the course, without worked solutions and references.

    It is a folder that can be put into a repository of its own: Binder opens it from its environment.yml.

    For example:

        anycompany course learner ../course-for-learners
    """
    from anycompany.course.edition import lay_out_learner_edition
    from anycompany.workbook.layout import NOTEBOOKS, shipped

    made = lay_out_learner_edition(folder, shipped(NOTEBOOKS), shipped("data"))
    say(f"Made {made}: no solutions in it. Begin with notebooks/00_start_here.ipynb")


@commands.command()
def domains(format_: FormatOption = Format.TABLE) -> None:
    """List the domains to model, the easiest first.

    For example:

        anycompany course domains
    """
    from anycompany.course.domains import domains as all_domains, has_references

    rows = [
        {
            "domain": one.id,
            "level": one.level,
            "events": one.events,
            "minutes": one.minutes,
            "starts from": "recorded events" if one.recorded else "an empty wall",
            "regulated": "yes" if one.regulated else "",
            "about": one.about,
        }
        for one in all_domains()
    ]
    show(rows, list(rows[0]) if rows else [], format_, empty="There are none.")
    if format_ is Format.TABLE and not has_references():
        say(
            "This is a learner edition: nothing is scored here. Give your storm file to your instructor, "
            "who can: anycompany course score STORM."
        )


@commands.command()
def begin(
    domain: Annotated[
        str,
        typer.Argument(metavar="DOMAIN", help="Which domain: see course domains.", autocompletion=_domains),
    ],
    folder: FolderArgument,
) -> None:
    """Make a folder to model a domain in: its brief, a storm to fill, and the notebooks.

    For example:

        anycompany course begin bicycle-repair bikes
    """
    from anycompany.course.domains import domain as domain_named, has_references
    from anycompany.workbook.beginning import lay_out_domain

    found = domain_named(domain)
    copy = lay_out_domain(folder, found)
    say(f"Made {copy.folder}: {found.title}. Read brief.md first, then: anycompany lab {_typed(folder)}")
    if found.recorded:
        log, storm = folder / found.recorded, folder / copy.storm.name
        say(f"It starts from recorded events: anycompany import log {_typed(log)} {_typed(storm)}")
    if has_references():
        say(f"How far you are: anycompany course score {_typed(folder)}")
    else:
        say(f"This is a learner edition: give {copy.storm.name} to your instructor to have it scored.")


@commands.command()
def score(
    storms: StormsArgument,
    *,
    domain: Annotated[
        str | None,
        typer.Option(
            "--domain",
            help="Which domain it is an attempt at; else what the storm says.",
            autocompletion=_domains,
        ),
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Score attempts at a domain, step by step, against its reference; other good answers count.

    Several are told as a table, a row for each: what a class has handed in. Exit status 0 whatever the score.

    For example:

        anycompany course score bikes

        anycompany course score handed-in/*.storm.yaml --format json
    """
    if len(storms) > 1:
        _tell_all(storms, domain, format_)
        return
    found = _scored(storms[0], domain)
    if format_ is Format.JSON:
        print(json.dumps(found.as_json(), indent=2))
        return
    _tell(found)


def _typed(path: Path) -> str:
    """A path as it has to be typed in a shell."""
    import shlex

    return shlex.quote(str(path))


def _scored(storm: Path, domain: str | None) -> Score:
    from anycompany.course.domains import domain_in
    from anycompany.course.scoring import score as scored

    attempt = read(storm)
    return scored(attempt, domain_in(attempt, domain))


def _tell_all(storms: list[Path], domain: str | None, format_: Format) -> None:
    from anycompany.course.domains import domain as domain_named
    from anycompany.storm.errors import StormError

    if domain is not None:
        domain_named(domain)  # a wrong name is told once
    rows: list[dict[str, Any]] = []
    for storm in storms:
        try:
            found = _scored(storm, domain)
        except StormError as error:  # one that cannot be read does not keep the others from being scored
            rows.append({"storm": str(storm), "domain": "", "all": error.what, "state": "not readable"})
            continue
        steps = {
            str(step.number): f"{step.points:.0%}" if step.state == "scored" else "" for step in found.steps
        }
        points = "not attempted" if found.points is None else f"{found.points:.0%}"
        rows.append({"storm": str(storm), "domain": found.domain, "all": points, **steps, **found.as_json()})
    if format_ is Format.JSON:
        keys = ("storm", "domain", "state", "points", "steps", "read-as")
        told = [{key: row[key] for key in keys if key in row} for row in rows]
        for row, one in zip(rows, told, strict=True):
            if row["state"] == "not readable":
                one["error"] = row["all"]
        print(json.dumps(told, indent=2))
        return
    show(rows, ["storm", "domain", "all", *"12345678"], format_, empty="")


def _tell(found: Score) -> None:
    if found.points is None:
        say(f"{found.domain}: not attempted yet.")
        return
    rows = [
        {
            "step": f"{step.number} {step.title}",
            "points": f"{step.points:.0%}" if step.state == "scored" else "not attempted",
        }
        for step in found.steps
    ]
    show(rows, ["step", "points"], Format.TABLE, empty="")
    for step in found.steps:
        for head, told in (("Missing", step.missing), ("Not so", step.wrong), ("Right too", step.credited)):
            if told:
                say(f"{step.number} {step.title}: {head.lower()}")
                for one in told:
                    say(f"  - {one}")
    attempted = sum(step.state == "scored" for step in found.steps)
    say(f"{found.domain}: {found.points:.0%} of the {attempted} steps that were attempted.")


@commands.command()
def faults(format_: FormatOption = Format.TABLE) -> None:
    """List the faults to find: flawed storms and templates, each with a story.

    For example:

        anycompany course faults
    """
    from anycompany.course.faults import faults as all_faults

    rows = [
        {
            "fault": one.id,
            "step": one.step,
            "title": one.title,
            "to mend": "a template" if one.template else "a storm",
        }
        for one in all_faults()
    ]
    show(rows, list(rows[0]) if rows else [], format_, empty="There are none.")


@commands.command()
def fault(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Which fault: see course faults.", autocompletion=_faults)
    ],
    folder: FolderArgument,
    hints: Annotated[
        int,
        typer.Option("--hints", min=0, max=3, help="Show so many hints; the folder may be there already."),
    ] = 0,
) -> None:
    """Make a folder with a flawed storm or template and its story, to be mended in any right way.

    For example:

        anycompany course fault silent-alarm alarm
    """
    from anycompany.course.faults import fault as fault_named, lay_out_fault

    found = fault_named(name)
    if not (hints and folder.is_dir() and any(folder.iterdir())):
        path = lay_out_fault(found, folder)
        say(f"{found.title}. {found.story}")
        for one in found.look:
            say(f"  - {one}")
        say(f"Mend {path}, then: anycompany course check {_typed(folder)}")
    for number, one in enumerate(found.hints[:hints], 1):
        say(f"Hint {number}: {one}")


@commands.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a fault.")],
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say whether a fault is mended, by running what is in its folder; exit status 1 while it is not.

    For example:

        anycompany course check alarm
    """
    from anycompany.course.faults import check_folder

    found, verdict = check_folder(folder)
    if format_ is Format.JSON:
        print(json.dumps({"fault": found.id, "state": verdict.state, "says": list(verdict.says)}, indent=2))
    else:
        mark = {"right": "Right", "wrong": "Not right yet", "not attempted": "Not attempted yet"}[
            verdict.state
        ]
        say(f"{mark}: {found.title}")
        for one in verdict.says if verdict.state != "not attempted" else ():
            say(f"  - {one}")
    if not verdict.right:
        raise typer.Exit(1)
