"""What the commands print: tables and lines for people, JSON for programs, never a control character."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from anycompany.storm.errors import StormError

if TYPE_CHECKING:
    from rich.console import Console

# C0 but line feed and tab, DEL, C1, and the marks that turn the direction of the text around them
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDTH_OF_A_PIPE = 200


class Format(StrEnum):
    """How a command prints its table."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[
    Format, typer.Option("--format", help="A table for people, or JSON for programs.", show_default=True)
]


class WrongUseError(StormError):
    """The command was called in a way that cannot be meant; it did nothing."""


def plain(text: object) -> str:
    r"""People's text with what a terminal would obey, or be turned around by, written out instead.

    >>> print(plain("a\x1b[31mred\x07"))
    a\x1b[31mred\x07
    """
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), str(text))


def say(text: object = "") -> None:
    """Print one message for people on standard output."""
    print(plain(text), flush=True)


def complain(text: object) -> None:
    """Print one message for people on standard error."""
    print(plain(text), file=sys.stderr, flush=True)


def show(
    records: Sequence[dict[str, Any]],
    columns: Sequence[str],
    format_: Format,
    *,
    empty: str,
    whole: Callable[[], Any] | None = None,
    red: Callable[[dict[str, Any]], bool] | None = None,
) -> None:
    """Print records as a table of some of their keys, or as JSON with all of them.

    Parameters
    ----------
    records : one dict of JSON data for each row.
    columns : the keys that the table shows, which head its columns.
    format_ : which of the two.
    empty : what a person reads where there are no records.
    whole : makes the document to print as JSON where it holds more than the records.
    red : says of which records the rows are red on a terminal.
    """
    if format_ is Format.JSON:
        print(json.dumps(whole() if whole else list(records), indent=2))
    elif not records:
        say(empty)
    else:
        _print_table(records, columns, red)


def console(*, stderr: bool = False) -> Console:
    """A console that takes every text as it stands: no markup, no emoji codes, no guessed highlights."""
    from rich.console import Console

    made = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not made.is_terminal:
        made.width = _WIDTH_OF_A_PIPE
    return made


def _print_table(
    records: Sequence[dict[str, Any]],
    columns: Sequence[str],
    red: Callable[[dict[str, Any]], bool] | None,
) -> None:
    """A table of the columns in which any record has something."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    filled = [column for column in columns if any(_cell(record.get(column)) for record in records)]
    for column in filled:
        table.add_column(column.replace("_", " "), overflow="fold")
    for record in records:
        style = "red" if red and red(record) else None
        table.add_row(*(plain(_cell(record.get(column))) for column in filled), style=style)
    console().print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
