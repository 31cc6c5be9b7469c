"""The commands that take notes from elsewhere: import lines, import csv, import log."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anycompany.storm.errors import StormError

from .arguments import StormArgument, storm_file
from .output import say
from .recorded_events import ByOption

if TYPE_CHECKING:
    from anycompany.files.importing import Note

commands = typer.Typer(
    help="Notes from a pasted list, a board's export or a log of events.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read; - for standard input.")]


@commands.command()
def lines(file: FileArgument, storm: StormArgument) -> None:
    """Add a note for every line of a text; bullets and numbers are left off, duplicates stay.

    For example:

        anycompany import lines notes.txt hotel.storm.yaml
    """
    from anycompany.files.importing import decoded, lines_to_notes

    _add(lines_to_notes(decoded(_bytes(file))), storm)


@commands.command()
def csv(
    file: FileArgument,
    storm: StormArgument,
    column: Annotated[
        str | None, typer.Option("--column", help="The column with the notes, where it is not found.")
    ] = None,
) -> None:
    """Add the notes of a board's CSV export; orange ones become events, pink ones hot spots.

    For example:

        anycompany import csv board.csv hotel.storm.yaml --column Text
    """
    from anycompany.files.importing import csv_to_notes

    _add(csv_to_notes(_bytes(file), column), storm)


@commands.command()
def log(file: FileArgument, storm: StormArgument, by: ByOption = None) -> None:
    """Propose a first storm from a log of recorded events.

    An empty storm, or one that is not there yet, gets everything: events in their usual order, entities,
    contexts and services by source, contracts, guessed policies, hot spots that ask. A storm that has events
    gets the unknown ones as notes.

    For example:

        anycompany import log events.jsonl hotel.storm.yaml
    """
    from .recorded_events import propose

    propose(file, storm, by)


def _bytes(file: Path) -> bytes:
    from anycompany.files.importing import LONGEST_FILE

    try:
        stream = sys.stdin.buffer if str(file) == "-" else file.open("rb")
        with stream:
            found = stream.read(LONGEST_FILE + 1)
    except OSError as error:
        raise StormError(f"It cannot be read: {error.strerror}.", str(file), "Correct the path.") from None
    if len(found) > LONGEST_FILE:
        raise StormError(f"It has more than {LONGEST_FILE:,} bytes.", str(file), "Import it in parts.")
    return found


def _add(notes: list[Note], storm: Path) -> None:
    from anycompany.files import open_storm
    from anycompany.files.importing import notes_to_edit

    path = storm_file(storm)
    if not notes:
        say("There are no notes in it.")
        return
    with open_storm(path) as opened:
        opened.do(notes_to_edit(opened.storm, notes))
    parked = sum(note.kind not in ("event", "hotspot") for note in notes)
    also = f", {parked} of them parked on the board because they are no events" if parked else ""
    say(f"Added {len(notes)} notes to {path}{also}. Take them back: anycompany undo {storm}")
