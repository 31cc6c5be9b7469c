"""The commands about contracts: show, rules, diff, bindings; those about samples are in ``samples``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from anycompany.storm.errors import StormError

from . import samples
from .arguments import StormArgument, names_in_storm, read
from .output import Format, FormatOption, say, show
from .samples import known_event

if TYPE_CHECKING:
    from anycompany.bus.contract import ContractChange, RuleAnswer

commands = typer.Typer(
    help="Contracts: schemas, samples against them, versions, typed code.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

LONGEST_EXAMPLE = 200
"""Characters of an example in a table."""


class SchemaForm(StrEnum):
    """The formats of a contract that EventBridge's schema registry takes."""

    JSON_SCHEMA = "json-schema"
    OPENAPI = "openapi"


class CodeLanguage(StrEnum):
    """The languages that typed code is made in."""

    PYTHON = "python"
    TYPESCRIPT = "typescript"


def _events(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    return names_in_storm("events", ctx, incomplete)


@commands.command(name="show")
def show_contract(
    storm: StormArgument,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id.", autocompletion=_events)],
    form: Annotated[
        SchemaForm, typer.Option("--as", help="JSON Schema draft 4, or OpenAPI 3.", show_default=True)
    ] = SchemaForm.JSON_SCHEMA,
) -> None:
    """Print the contract of an event as the schema registry holds it.

    For example:

        anycompany contracts show hotel.storm.yaml room-booked --as openapi
    """
    from anycompany.bus.contract import json_schema, openapi

    said = read(storm)
    known_event(said, event)
    if event not in said.contracts:
        raise StormError(
            f"The event {event!r} has no contract.",
            str(storm),
            f"Write one, or infer it: anycompany contracts infer SAMPLES --into {storm} --event {event}.",
        )
    made = json_schema(said, event) if form is SchemaForm.JSON_SCHEMA else openapi(said, event)
    print(json.dumps(made, indent=2))


@commands.command()
def rules(storm: StormArgument, format_: FormatOption = Format.TABLE) -> None:
    """Say of every rule whether it can ever match the events it hears: an example, or why not.

    Exit status 1 if there is a rule that can match none of them.

    For example:

        anycompany contracts rules hotel.storm.yaml
    """
    from anycompany.bus.contract import NeverMatches, rule_answers

    answers = rule_answers(read(storm))
    show(
        [_answer_record(one) for one in answers],
        ["rule", "event", "matches", "why"],
        format_,
        empty="There are no rules.",
    )
    never = {one.rule.note for one in answers if isinstance(one.answer, NeverMatches)}
    if never - {one.rule.note for one in answers if not isinstance(one.answer, NeverMatches)}:
        raise typer.Exit(1)


def _answer_record(one: RuleAnswer) -> dict[str, Any]:
    from anycompany.bus.contract import Matchable, NeverMatches

    said: dict[str, Any] = {"rule": one.rule.note, "event": one.event}
    if isinstance(one.answer, Matchable):
        example = one.answer.example
        why = f"for example {json.dumps(example['detail'], ensure_ascii=False)[:LONGEST_EXAMPLE]}"
        return {**said, "matches": "yes", "why": why, "example": example}
    matches = "never" if isinstance(one.answer, NeverMatches) else "undecided"
    return {**said, "matches": matches, "why": one.answer.because, "example": None}


@commands.command()
def diff(
    before: Annotated[Path, typer.Argument(metavar="OLD", help="The storm file as it was.")],
    after: Annotated[Path, typer.Argument(metavar="NEW", help="The storm file as it is to be.")],
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say how the contracts of two versions of a storm differ, and which consumers each difference breaks.

    Backward: consumers of the new version read events of the old one. Forward: consumers of the old version
    read events of the new one. Full is both. Exit status 1 if any contract is less than full.

    For example:

        anycompany contracts diff monday.storm.yaml tuesday.storm.yaml
    """
    from anycompany.bus.contract import contract_changes

    changes = contract_changes(read(before), read(after))
    show(
        [row for change in changes for row in _rows(change)],
        ["event", "compatibility", "what", "breaks", "consumers"],
        format_,
        empty="No contract differs.",
        whole=lambda: [_change_record(change) for change in changes],
    )
    if any(change.comparison.compatibility != "full" for change in changes):
        raise typer.Exit(1)


def _rows(change: ContractChange) -> Iterator[dict[str, Any]]:
    for difference, affected in zip(change.comparison.differences, change.affected, strict=True):
        yield {
            "event": change.event,
            "compatibility": change.comparison.compatibility,
            "what": difference.what,
            "breaks": list(difference.breaks),
            "consumers": "\n".join(dict.fromkeys(f"{one.note}: {one.why}" for one in affected)),
        }


def _change_record(change: ContractChange) -> dict[str, Any]:
    from dataclasses import asdict

    comparison = change.comparison
    return {
        "event": change.event,
        "name": change.name,
        "compatibility": comparison.compatibility,
        "backward": comparison.backward,
        "forward": comparison.forward,
        "differences": [
            {**asdict(difference), "consumers": [asdict(one) for one in affected]}
            for difference, affected in zip(comparison.differences, change.affected, strict=True)
        ],
    }


@commands.command()
def bindings(
    storm: StormArgument,
    language: Annotated[CodeLanguage, typer.Option("--language", help="Of the code.", show_default=True)],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="The folder for the files.")],
) -> None:
    """Write typed code for each service: the events it emits and those it hears.

    Python needs the extra anycompany[bindings]; TypeScript needs json-schema-to-typescript, by npm, on the
    PATH or in a node_modules of the folder or above it.

    For example:

        anycompany contracts bindings hotel.storm.yaml --language python -o generated
    """
    from anycompany.bindings import bindings as bindings_of

    files = bindings_of(read(storm), language.value, out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, code in files.items():
            (out / name).write_text(code, "utf-8")
    except OSError as error:
        raise StormError(f"Cannot write: {error.strerror}.", str(out), "Name another folder.") from None
    if not files:
        say("There is no service that emits or hears anything.")
    for name in files:
        say(f"Wrote {out / name}")


commands.command()(samples.infer)
commands.command()(samples.check)
