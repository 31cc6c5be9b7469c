"""The program `anycompany`: its commands put together, and every error as one clear message."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from anycompany.storm.errors import StormError

from . import (
    answering,
    contracts,
    course,
    deploying,
    flows,
    history,
    importing,
    local,
    matching,
    merging,
    minutes,
    permissions,
    reviewing,
    routing,
    sending,
    simulating,
    storms,
    workbook,
    workshop,
)
from .output import WrongUseError, complain


class Commands(TyperGroup):
    """The commands, with errors as messages: exit status 1 for what failed, 2 for wrong use."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except StormError as error:
            if ctx.params.get("debug"):
                traceback.print_exc()
            for said in (f"anycompany: {error}", *getattr(error, "__notes__", ())):
                complain(said)
            raise typer.Exit(2 if isinstance(error, WrongUseError) else 1) from None
        except KeyboardInterrupt:
            complain("anycompany: Stopped.")
            raise typer.Exit(1) from None
        except (typer.Abort, EOFError, BrokenPipeError):
            raise  # typer says what these mean
        except Exception as error:
            if hasattr(error, "exit_code"):  # typer's own: an end that was asked for, or wrong use
                raise
            if ctx.params.get("debug"):
                raise
            complain(_unexpected(error))
            raise typer.Exit(1) from None


program = typer.Typer(
    name="anycompany",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@program.callback()
def _program(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of every error.")] = False,
) -> None:
    """From sticky notes to a running event-driven application on Amazon EventBridge.

    STORM is the path of a storm file, NAME.storm.yaml, or of the folder that holds exactly one.

    For example:

        anycompany new hotel && anycompany lab hotel

    Exit status: 0 fine, 1 findings or failed, 2 wrong use.
    """


for command in (
    *(storms.new, workbook.lab, workshop.workshop, workbook.run, storms.check, storms.draw, storms.synth),
    *(deploying.deploy, deploying.rollback, deploying.destroy, sending.send, sending.trace),
    *(answering.answer, reviewing.change_sets),
    *(flows.flows, history.log, history.undo, history.diff, merging.merge),
    *(minutes.minutes, minutes.review),
    *(matching.match, routing.route, simulating.simulate, permissions.permissions),
):
    program.command()(command)
program.add_typer(contracts.commands, name="contracts")
program.add_typer(course.commands, name="course")
program.add_typer(importing.commands, name="import")
program.add_typer(local.commands, name="local")


def _unexpected(error: Exception) -> str:
    """What to tell people of an error that nobody foresaw, after its full report was written."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="anycompany-", suffix=".txt", delete=False
    ) as report:
        report.writelines(traceback.format_exception(error))
    first_line = next(iter(str(error).splitlines()), "")
    return (
        f"anycompany: This should not happen ({type(error).__name__}: {first_line[:200]}). "
        f"A full report is in {Path(report.name)}; please file it as a bug."
    )
