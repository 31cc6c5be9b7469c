"""The arguments and options that several commands share, with their completion."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import WrongUseError

if TYPE_CHECKING:
    from anycompany.storm.model import Storm

ENDING = ".storm.yaml"


def storm_file(given: Path) -> Path:
    """The storm file that a STORM argument means: the file itself, or the only one of a folder.

    Raises
    ------
    WrongUseError
        if there is no such file or folder, or the folder holds none or several.
    """
    from anycompany.files.resting import log_path

    try:
        if given.is_dir():
            return _only_storm_of(given)
        there = given.exists() or log_path(given).exists()  # a lost file is restored from its log
    except OSError as error:
        raise WrongUseError(
            f"It cannot be looked at: {error.strerror}.", str(given), "Correct the path."
        ) from None
    if not there:
        raise WrongUseError(
            "There is no such file.", str(given), "Correct the path, or make a storm: anycompany new NAME."
        )
    return given


def _only_storm_of(folder: Path) -> Path:
    found = sorted(folder.glob(f"*{ENDING}"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise WrongUseError(
            f"This folder holds no *{ENDING}.", str(folder), "Make a storm: anycompany new NAME."
        )
    names = ", ".join(path.name for path in found)
    raise WrongUseError(f"This folder holds several storms: {names}.", str(folder), "Name one of them.")


def read(given: Path) -> Storm:
    """The storm that a STORM argument means."""
    from anycompany.files import read_storm

    return read_storm(storm_file(given))


def home_of(given: Path) -> Path:
    """The folder of the storm file that a STORM argument means; the code of tasks stands below it."""
    return storm_file(given).resolve().parent


def _storms(incomplete: str) -> list[str]:
    """Folders to look into, and storm files, that begin as typed."""
    typed = Path(incomplete)
    folder = typed if incomplete.endswith("/") or not incomplete else typed.parent
    prefix = incomplete[: len(incomplete) - len(incomplete.rpartition("/")[2])]
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    offered = [
        f"{prefix}{entry.name}{'/' if entry.is_dir() else ''}"
        for entry in entries
        if not entry.name.startswith(".") and (entry.is_dir() or entry.name.endswith(ENDING))
    ]
    return [path for path in offered if path.startswith(incomplete)]


def _diagrams(incomplete: str) -> list[tuple[str, str]]:
    from anycompany.diagrams import DIAGRAMS

    return [(name, says) for name, says in DIAGRAMS.items() if name.startswith(incomplete)]


def _steps(incomplete: str) -> list[tuple[str, str]]:
    from anycompany.storm.method import STEPS

    offered = [(str(step.number), step.name) for step in STEPS]
    return [(number, name) for number, name in offered if number.startswith(incomplete)]


def names_in_storm(section: str, ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The ids of one section of the storm already typed, each with its name, for completion."""
    try:
        # while its option is being typed, a command line is incomplete, and its arguments are still unread
        storm = read(Path(ctx.params.get("storm") or ctx.args[0]))
    except Exception:  # completion has nowhere to complain, whatever is wrong with the file
        return []
    things = getattr(storm, section)
    return [
        (key, getattr(thing, "name", None) or key)
        for key, thing in things.items()
        if key.startswith(incomplete)
    ]


def _events(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    return names_in_storm("events", ctx, incomplete)


def _services(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    return names_in_storm("services", ctx, incomplete)


StormArgument = Annotated[
    Path,
    typer.Argument(metavar="STORM", help="The storm file, or its folder.", autocompletion=_storms),
]
StormsArgument = Annotated[
    list[Path],
    typer.Argument(metavar="STORM...", help="The storm files, or their folders.", autocompletion=_storms),
]
DiagramArgument = Annotated[
    str, typer.Argument(metavar="DIAGRAM", help="Which diagram.", autocompletion=_diagrams)
]
StepOption = Annotated[
    int | None,
    typer.Option(
        "--step", min=1, max=8, help="Only the findings of this step, 1 to 8.", autocompletion=_steps
    ),
]
EventOption = Annotated[
    str | None,
    typer.Option("--event", help="The event whose detail a file holds.", autocompletion=_events),
]
ServiceOption = Annotated[
    str | None,
    typer.Option("--service", help="For the diagram `service`: only this one.", autocompletion=_services),
]
