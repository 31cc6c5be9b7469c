"""The command that says who may do what to what: permissions."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import StormArgument, home_of, read
from .output import Format, FormatOption, say, show

if TYPE_CHECKING:
    from anycompany.stacks.permissions import Permission
    from anycompany.stacks.risks import Risk


def permissions(
    storm: StormArgument,
    *,
    production: Annotated[
        bool, typer.Option("--production", help="Of the templates without what the test events need.")
    ] = False,
    wild: Annotated[
        bool, typer.Option("--wild", help="Only what has a * in it, each with its reason.")
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show who may do what to what, under which conditions.

    Read from the templates alone: roles and who may take them on, policies to attach, and the policies of
    buses, queues, topics, logs and keys. Below it each function with its risk: what it can reach, times what
    it depends on.

    For example:

        anycompany permissions hotel.storm.yaml --wild
    """
    from anycompany.files.code import codes_of
    from anycompany.stacks.permissions import permissions as of_stacks
    from anycompany.stacks.risks import risks
    from anycompany.stacks.synth import synth
    from anycompany.storm.guesses import with_guesses

    said_storm = with_guesses(read(storm))
    code = codes_of(said_storm, home_of(storm))
    stacks = synth(said_storm, with_marker=not production, code=code).stacks
    said = [_record(one) for one in of_stacks(stacks) if one.wild or not wild]
    functions = [_risk(one) for one in risks(stacks)]
    show(
        said,
        ["stack", "who", "may", "to", "when", "because"],
        format_,
        empty="The templates let nobody do anything." if not wild else "Nothing has a * in it.",
        whole=lambda: {"permissions": said, "functions": functions},
    )
    if format_ is Format.TABLE and functions and not wild:
        say("Functions, the riskiest first:")
        show(functions, ["function", "risk", "reaches", "depends_on"], format_, empty="")


def _record(one: Permission) -> dict[str, Any]:
    said = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(one).items()}
    actions = ", ".join(one.does)
    return {**said, "may": actions if one.effect == "may" else f"not {actions}"}


def _risk(one: Risk) -> dict[str, Any]:
    return {
        "function": one.function,
        "stack": one.stack,
        "note": one.note,
        "risk": one.risk,
        "reaches": list(one.reaches),
        "depends_on": list(one.depends_on),
    }
