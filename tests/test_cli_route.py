"""The command line routes recorded events through the rules of a storm."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anycompany.bus.pattern import matches, parse
from anycompany.bus.rules import rules
from anycompany.storm.guesses import with_guesses

from .storms import ALL, load
from .test_cli import run, run_json


def events_of(storm: Path) -> list[dict[str, Any]]:
    """An event of every kind that the storm has, with its example, and one that it has not."""
    said = load(storm)
    known = [
        {"source": source, "detail-type": detail_type, "detail": {"amount": 20000, "n": 1}}
        for source, detail_type in said.relations.addresses
    ]
    return [*known, {"source": "elsewhere", "detail-type": "strange", "detail": {"amount": 1, "n": 1}}]


def expected(storm: Path, events: list[dict[str, Any]]) -> dict[str, int]:
    found = rules(with_guesses(load(storm)))
    return {rule.note: sum(matches(parse(rule.pattern), event) for event in events) for rule in found}


def written(folder: Path, events: list[dict[str, Any]], kind: str) -> Path:
    file = folder / f"events.{kind}"
    lines = "".join(json.dumps(event) + "\n" for event in events)
    if kind == "jsonl":
        file.write_text(lines)
    elif kind == "jsonl.gz":
        file.write_bytes(gzip.compress(lines.encode()))
    elif kind == "json":
        file.write_text(json.dumps(events))
    else:
        pq.write_table(pa.Table.from_pylist(events), file)
    return file


@pytest.mark.parametrize("storm", ALL, ids=lambda path: path.name.removesuffix(".storm.yaml"))
@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "json", "parquet"])
def test_every_rule_hears_what_its_pattern_matches(storm: Path, kind: str, tmp_path: Path) -> None:
    events = events_of(storm) * 20
    answer = run_json("route", storm, written(tmp_path, events, kind))
    assert {rule["rule"]: rule["events"] for rule in answer["rules"]} == expected(storm, events)
    assert answer["events"] == len(events) and answer["unread"] == 0
    heard = [parse(rule.pattern) for rule in rules(with_guesses(load(storm)))]
    assert answer["unheard"] == sum(not any(matches(one, event) for one in heard) for event in events)


def test_broken_lines_are_counted_and_said_and_the_rest_is_routed(tmp_path: Path) -> None:
    file = written(tmp_path, events_of(ALL[0]), "jsonl")
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], "broken", *lines[1:], *["\x1b[31m"] * 30]))
    result = run("route", ALL[0], file, code=1)
    assert f"{len(lines)} events read" in result.stdout
    assert "31 lines are no events" in result.stderr and "line 2: " in result.stderr
    assert "and 11 more" in result.stderr and "\x1b" not in result.stderr
    answer = run_json("route", ALL[0], file, code=1)
    assert answer["unread"] == 31 and answer["unread_lines"][0]["line"] == 2


def test_rows_that_are_no_events_are_counted_and_the_rest_is_routed(tmp_path: Path) -> None:
    rows = [*events_of(ALL[0]), {"source": None, "detail-type": "x", "detail": {"amount": 1}}]
    answer = run_json("route", ALL[0], written(tmp_path, rows, "parquet"), code=1)
    assert answer["events"] == len(rows) - 1
    assert answer["unread_lines"] == [{"line": len(rows), "why": "It has no source."}]


def test_one_number_that_json_has_not_leaves_the_other_rows_routed(tmp_path: Path) -> None:
    storm = tmp_path / "inn.storm.yaml"
    storm.write_text(
        "name: Inn\nevents:\n  paid: {name: Paid}\nlisteners:\n"
        "  audit: {for: Audit, hears: all, to: log, where: {amount: [{numeric: ['>', 5]}]}}\n"
    )
    row = {"source": "com.inn", "detail-type": "paid"}
    rows = [row | {"detail": {"amount": amount}} for amount in (1.0, float("nan"), 9.0)]
    answer = run_json("route", storm, written(tmp_path, rows, "parquet"), code=1)
    assert answer["rules"][0]["events"] == 1 and answer["events"] == 2
    assert [one["line"] for one in answer["unread_lines"]] == [2]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "cannot be read" in run("route", ALL[0], tmp_path / "none.jsonl", code=1).stderr


def test_a_filter_that_is_no_pattern_is_said_with_its_note(tmp_path: Path) -> None:
    storm = tmp_path / "inn.storm.yaml"
    storm.write_text(
        "name: Inn\nevents:\n  paid: {name: Paid}\nlisteners:\n"
        "  audit: {for: Audit, hears: all, to: log, where: {amount: [{bigger: 5}]}}\n"
    )
    file = written(tmp_path, [], "jsonl")
    said = run("route", storm, file, code=1).stderr
    assert "listeners/audit" in said and "Unrecognized match type bigger" in said


def test_a_storm_without_rules_hears_nothing(tmp_path: Path) -> None:
    storm = tmp_path / "inn.storm.yaml"
    storm.write_text("name: Inn\n")
    file = written(tmp_path, [{"source": "a", "detail-type": "b", "detail": {}}], "jsonl")
    result = run("route", storm, file)
    assert "no rules yet" in result.stdout and "1 of them" in result.stdout


def test_many_events_take_little_memory(tmp_path: Path) -> None:
    events = events_of(ALL[0])
    file = tmp_path / "events.jsonl.gz"
    with gzip.open(file, "wt") as out:
        for number in range(60_000):
            event = events[number % len(events)]
            out.write(json.dumps(event | {"id": str(number), "padding": "x" * 2000}) + "\n")
    code = (
        "import pathlib, sys; from anycompany.cli.program import program\n"
        "program(sys.argv[1:], standalone_mode=False)\n"  # a child's resource usage begins with its parent's
        "print(pathlib.Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    command = [sys.executable, "-c", code, "route", str(ALL[0]), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert "60,000 events read" in done.stdout
    assert int(done.stdout.split()[-1]) < 300_000  # kilobytes; the events alone are 130 megabytes as text
