"""The command for a workshop: its storm, JupyterLab, and the way in for guests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .arguments import storm_file
from .output import WrongUseError, say


def workshop(
    name: Annotated[
        Path, typer.Argument(metavar="NAME", help="A folder to make, or a storm that there is already.")
    ],
    options: Annotated[
        list[str] | None, typer.Argument(metavar="OPTION", help="After --: options of JupyterLab's own.")
    ] = None,
    *,
    share: Annotated[
        str | None,
        typer.Option(
            "--share",
            metavar="ADDRESS",
            help="Let guests in from the network: an address of this computer, or the URL of a proxy.",
        ),
    ] = None,
    code: Annotated[bool, typer.Option("--code", help="Only say the join code of a workshop.")] = False,
    change_code: Annotated[
        bool, typer.Option("--change-code", help="Only make another join code; whoever is in stays.")
    ] = False,
    hours: Annotated[
        float | None,
        typer.Option("--hours", help="For how long a changed code lets people in. [default: 12]"),
    ] = None,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="Only end the join code, and put all guests out.")
    ] = False,
) -> None:
    """Open a workshop that people can join without Jupyter.

    Makes the storm and its notebooks if there are none, opens JupyterLab on the workshop page, and says where
    guests go and by which code. On this computer only, unless --share names an address.

    For example:

        anycompany workshop hotel

        anycompany workshop hotel --share 192.168.1.5

        anycompany workshop hotel --change-code
    """
    chosen = [
        flag
        for flag, given in (("--code", code), ("--change-code", change_code), ("--revoke", revoke))
        if given
    ]
    if len(chosen) > 1:
        raise WrongUseError(f"{' and '.join(chosen)} cannot be done together.", "", "Choose one of them.")
    if hours is not None and not change_code:
        raise WrongUseError("--hours belongs to --change-code.", "--hours", "Say both, or neither.")
    if chosen:
        _about_the_code(storm_file(name), chosen[0], hours)
    else:
        raise typer.Exit(_opened(name, share, options or []))


def _about_the_code(storm: Path, what: str, hours: float | None) -> None:
    from anycompany.workshop.codes import HOURS, Codes, shown

    codes = Codes(storm)
    if what == "--revoke":
        codes.revoke()
        say("The code is void, all guests are out. Make another: anycompany workshop NAME --change-code.")
        return
    if what == "--change-code":
        codes.change(HOURS if hours is None else hours)
    if codes.code is None:
        say("There is no code now. Make one: anycompany workshop NAME --change-code.")
        raise typer.Exit(1)
    say(f"{shown(codes.code)} (for {codes.seconds_left / 3600:.1f} hours)")


def _opened(name: Path, share: str | None, options: list[str]) -> int:
    from anycompany.workbook.laboratory import notebooks_of, open_lab
    from anycompany.workbook.layout import add_workshop, lay_out
    from anycompany.workshop.addresses import SHARED
    from anycompany.workshop.opening import Keeper, options_of, share_of

    shared = share_of(share)
    new = not name.exists() or (name.is_dir() and not any(name.iterdir()))
    storm = (lay_out(name).storm if new else storm_file(name)).absolute()
    folder = notebooks_of(storm)
    page = add_workshop(folder, storm)
    say(shared.words)
    return open_lab(
        storm,
        [*(ours for ours in options_of(shared) if not _chosen(ours, options)), *options],
        listens=shared.listens,
        page=page,
        environment={SHARED: shared.public} if shared.public else {},
        beside=lambda pid: Keeper(storm, f"{folder.name}/{page}", pid, shared.public, say),
    )


def _chosen(ours: str, options: list[str]) -> bool:
    """Whether somebody has given JupyterLab another value for an option of ours: it takes each but once."""
    return any(option.partition("=")[0] == ours.partition("=")[0] for option in options)
