"""The commands that hold contracts and samples of events together: contracts infer, contracts check."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from anycompany.storm.errors import StormError

from .arguments import StormArgument, read, storm_file
from .output import Format, FormatOption, WrongUseError, complain, say, show

if TYPE_CHECKING:
    from anycompany.bus.checks import SampleFinding
    from anycompany.storm.model import Storm

MOST_WRONG = 1_000
"""Events that break something which are shown one by one."""

MOST_STOPPED = 100
"""Events that a filter stops, as it should, which are shown."""


def infer(
    samples: Annotated[
        list[Path],
        typer.Argument(
            metavar="SAMPLES...", help="Files of events or details: JSON lines, JSON, a list, gzip."
        ),
    ],
    into: Annotated[
        Path | None, typer.Option("--into", metavar="STORM", help="Write the contract into this storm.")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", help="The id of the event whose contract it becomes.")
    ] = None,
) -> None:
    """Print the schema that samples follow; or make it an event's contract.

    With --into and --event, fields are added or change their type; of whole events those are left out that
    are others. What the team said of a field before stays.

    For example:

        anycompany contracts infer samples.jsonl --into hotel.storm.yaml --event room-booked
    """
    from anycompany.bus.contract import inferred

    if (into is None) != (event is None):
        raise WrongUseError(
            "--into and --event belong together.", "", "Give both, or none to see the schema."
        )
    if into is not None and event is not None:
        _adopt(samples, into, event)
        return
    print(json.dumps(inferred(_samples(samples, aloud=True)), indent=2))


def _adopt(files: list[Path], into: Path, event: str) -> None:
    """Make the schema of samples the contract of an event, and say which samples break it."""
    from anycompany.bus.contract import Seen, adopting, json_schema, violations
    from anycompany.files import open_storm
    from anycompany.storm.edits import Batch

    with open_storm(storm_file(into)) as opened:
        known_event(opened.storm, event)
        address = opened.storm.relations.address_of[event]
        seen, example, count = Seen(), None, 0
        for detail in _details(files, address, aloud=True):
            count += 1
            seen.add(detail)
            example = example if example is not None else detail
        if example is None:
            raise StormError(f"There is no sample of {event!r} in them.", str(files[0]), "Give others.")
        edits = adopting(opened.storm, event, seen.schema(), example)
        if edits:
            opened.do(Batch(edits=edits))
        schema = json_schema(opened.storm, event)["properties"]["detail"]
    said = f"{count:,} {'sample' if count == 1 else 'samples'} of {event}"
    if not edits:
        say(f"{said}: the contract says so already.")
    else:
        say(f"{said}: {len(edits)} changes to its contract. Take them back: anycompany undo {into}")
    broken, why = 0, ""
    for detail in _details(files, address):
        found = violations(schema, detail)
        broken += bool(found)
        why = why or (str(found[0]) if found else "")
    if broken:
        complain(f"{broken:,} of them break it all the same, the first since {why}: a field has one type.")


def _details(files: list[Path], address: tuple[str, str], *, aloud: bool = False) -> Iterator[dict[str, Any]]:
    """The details among samples that are one event's, or of which nobody says whose they are."""
    for sample in _samples(files, aloud=aloud):
        if "detail-type" not in sample or "detail" not in sample:
            yield sample
        elif isinstance(sample["detail"], dict) and _is_at(sample, *address):
            yield sample["detail"]


def _is_at(sample: dict[str, Any], source: str, detail_type: str) -> bool:
    return bool(sample["detail-type"] == detail_type and sample.get("source", source) == source)


def _samples(files: list[Path], *, aloud: bool) -> Iterator[dict[str, Any]]:
    """Every JSON object in the files, events in EventBridge's own spelling; of what is none, why."""
    from anycompany.files.json_texts import JsonText, json_texts
    from anycompany.files.recorded.spelling import UnreadableError, parsed, spelled
    from anycompany.files.recorded.stream import opened

    for file in files:
        with opened(file) as stream:
            for found in json_texts(stream):
                try:
                    if not isinstance(found, JsonText):
                        raise UnreadableError(found.why)
                    value = parsed(found.text)
                    if not isinstance(value, dict):
                        raise UnreadableError("A sample is a JSON object.")
                    yield spelled(value) if value.keys() & {"DetailType", "detail-type"} else value
                except UnreadableError as error:
                    if aloud:
                        complain(f"{file}, line {found.line}: {error}")


def check(
    storm: StormArgument,
    events: Annotated[
        Path,
        typer.Argument(metavar="EVENTS", help="Recorded events: JSON lines, a list, an archive, Parquet."),
    ],
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say what recorded events break: contracts, and the filters that never let such events through.

    Exit status 1 if any of that is so, or an event is unknown to the storm; values that a filter stops, as it
    should, are said and fine.

    For example:

        anycompany contracts check hotel.storm.yaml events.jsonl
    """
    from anycompany.bus.checks.on_samples import Samples
    from anycompany.bus.recording import Recorded
    from anycompany.files.recorded import read_recorded

    asked = Samples(read(storm))
    wrong: list[dict[str, Any]] = []
    stopped: list[dict[str, Any]] = []
    count, unread, more = 0, 0, 0
    for record in read_recorded(events):
        if not isinstance(record, Recorded):
            unread += 1
            complain(f"{events}, line {record.line}: {record.why}")
            continue
        count += 1
        for finding in asked.findings([record.event]):
            kept, most = (stopped, MOST_STOPPED) if finding.kind == "filter" else (wrong, MOST_WRONG)
            if len(kept) < most:
                kept.append(_sample_record(record.line, finding))
            else:
                more += 1
    records = sorted([*wrong, *stopped], key=lambda one: one["line"])
    columns = ["line", "event", "kind", "what"]
    show(records, columns, format_, empty=f"{count:,} events, and nothing to say about them.")
    if more:
        complain(f"And {more:,} more that are not shown.")
    if wrong or unread:
        raise typer.Exit(1)


def _sample_record(line: int, finding: SampleFinding) -> dict[str, Any]:
    return {
        "line": line,
        "event": finding.event,
        "kind": finding.kind,
        "where": finding.where,
        "what": finding.what,
    }


def known_event(storm: Storm, event: str) -> None:
    """Refuse the id of an event that the storm does not have."""
    if event not in storm.events:
        near = difflib.get_close_matches(event, list(storm.events), 1)
        hint = f"Did you mean {near[0]!r}?" if near else "Name one of its events."
        raise WrongUseError(f"There is no event {event!r} in the storm.", "", hint)
