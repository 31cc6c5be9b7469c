"""The command that writes a storm's flows as tests: flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anycompany.storm.errors import StormError

from .arguments import StormArgument, read, storm_file
from .output import Format, FormatOption, say, show

if TYPE_CHECKING:
    from anycompany.storm.model import Storm


def flows(
    storm: StormArgument,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="The test module to write.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say every flow as given, when and then; or write each as a test.

    With -o a module for pytest is written, which runs on the simulation, or unchanged on what is deployed:
    --flows-target local or aws.

    For example:

        anycompany flows hotel.storm.yaml -o tests/test_flows.py
    """
    from dataclasses import asdict

    from anycompany.bus.flows import flows as flows_of, sentences
    from anycompany.storm.guesses import with_guesses

    said = with_guesses(read(storm))
    found = flows_of(said)
    if out is not None:
        _write(storm_file(storm), said, out, force=force)
        say(f"Wrote {len(found)} flows to {out}. Try them: pytest {out}")
        return
    records = [asdict(flow) | {"says": sentences(flow, said)} for flow in found]
    if format_ is Format.JSON:
        show(records, [], format_, empty="")
        return
    for record in records:
        say("\n  ".join([record["id"], *record["says"]]))
    if not records:
        say("There is no flow: nothing starts an event, and nothing follows one.")


def _write(file: Path, storm: Storm, out: Path, *, force: bool) -> None:
    """Write the test module, over what is there only if that is wanted."""
    from anycompany.flowtests.writing import module_of

    if str(out) == "-":
        raise StormError("A test module has to be a file.", "--out", "Name one: -o tests/test_flows.py.")
    if out.exists() and not force:
        raise StormError("There is a file already.", str(out), "Choose another name, or say --force.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(module_of(storm, file, out), "utf-8")
    except OSError as error:
        raise StormError(f"It cannot be written: {error.strerror}.", str(out), "Correct the path.") from None
