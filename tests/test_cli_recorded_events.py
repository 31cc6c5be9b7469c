"""On the command line: a log held against a storm, a storm proposed from a log, flows as tests."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from anycompany.bus.recording import Recorded
from anycompany.files import read_storm, write_storm
from anycompany.storm.model import Storm

from .recorded import event_of, log_of
from .storms import EXAMPLE, HOSTILE_TEXTS, load, storm_of
from .test_cli import process, run, run_json

STORM = load(EXAMPLE)


def kept(path: Path, records: Iterable[Recorded | dict[str, Any]]) -> Path:
    """A log of events, one a line; as its name says, packed."""
    lines = (one.event if isinstance(one, Recorded) else one for one in records)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["log.jsonl", "log.jsonl.gz"])
def test_a_log_that_the_design_agrees_with_is_fine(tmp_path: Path, name: str) -> None:
    said = run("check", EXAMPLE, "--events", kept(tmp_path / name, log_of(STORM))).stdout
    assert "42 events read" in said and "42 are the storm's" in said
    assert "listeners/everything 42" in said


def test_what_matters_ends_with_1_and_broken_lines_are_named(tmp_path: Path) -> None:
    log = kept(tmp_path / "log.jsonl", log_of(STORM))
    lines = log.read_text().splitlines()
    lines[2] = "{broken"
    lines.append(
        json.dumps(event_of(STORM, "account-created", 0) | {"detail-type": "AccountCreated", "id": "n"})
    )
    log.write_text("\n".join(lines))
    result = run("check", EXAMPLE, "--events", log, code=1)
    assert "unknown-event" in result.stdout
    assert "1 line is no event:\n  line 3: This is not JSON" in result.stderr
    report = run_json("check", EXAMPLE, "--events", log, code=1)
    assert (report["events"], report["unread"], report["unread_lines"][0]["line"]) == (42, 1, 3)
    unknown = next(one for one in report["findings"] if one["kind"] == "unknown-event")
    assert unknown["where"] == ["events/account-created"]


def test_only_notes_end_with_0(tmp_path: Path) -> None:
    log = kept(tmp_path / "log.jsonl", log_of(STORM))
    log.write_text("not an event\n" + log.read_text())
    assert "could not be read as events" in " ".join(run("check", EXAMPLE, "--events", log).stdout.split())


def test_the_field_and_the_waiting_time_can_be_given(tmp_path: Path) -> None:
    events = [
        event_of(STORM, "payment-attempted", 0, payment_id="p-1"),
        event_of(STORM, "account-created", 100, account_id="a-1"),
    ]
    log = kept(tmp_path / "log.jsonl", events)
    assert [one["kind"] for one in run_json("check", EXAMPLE, "--events", log)["findings"]] == ["unheard"]
    found = run_json("check", EXAMPLE, "--events", log, "--within", "60", "--by", "plan", code=1)["findings"]
    assert {one["kind"] for one in found if one["severity"] == "warning"} == {"not-followed", "order"}
    run("check", EXAMPLE, "--events", log, "--within", "-1", code=2)


def test_a_log_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "gone.jsonl" in run("check", EXAMPLE, "--events", tmp_path / "gone.jsonl", code=1).stderr


def test_a_log_may_come_from_standard_input(tmp_path: Path) -> None:
    log = kept(tmp_path / "log.jsonl", log_of(STORM))
    said = process("check", EXAMPLE, "--events", "-", input=log.read_text())
    assert said.returncode == 0 and "42 events read" in said.stdout


def test_hostile_events_print_no_control_characters(tmp_path: Path) -> None:
    events = [{"source": text, "detail-type": text, "detail": {text: text}} for text in HOSTILE_TEXTS]
    said = run("check", EXAMPLE, "--events", kept(tmp_path / "log.jsonl", events), code=1).stdout
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", said)


def test_a_storm_that_is_not_there_yet_is_proposed_and_can_be_taken_back(tmp_path: Path) -> None:
    log, storm = kept(tmp_path / "log.jsonl", log_of(STORM)), tmp_path / "first-try.storm.yaml"
    said = run("import", "log", log, storm).stdout
    assert "11 events, 5 entities, 3 services, 11 contracts, 4 policies as guesses" in said
    found = read_storm(storm)
    assert (found.name, len(found.events)) == ("First try", 11)
    assert "The log and the storm agree." in run("check", storm, "--events", log).stdout
    run("undo", storm)
    assert not read_storm(storm).events


def test_an_empty_storm_is_filled_and_one_with_notes_gets_only_what_it_lacks(tmp_path: Path) -> None:
    log, storm = kept(tmp_path / "log.jsonl", log_of(STORM)), tmp_path / "inn.storm.yaml"
    write_storm(storm, Storm(name="Inn"))
    run("import", "log", log, storm)
    assert read_storm(storm).name == "Inn" and len(read_storm(storm).policies) == 4
    more = [*log_of(STORM), {"source": "com.zoo", "detail-type": "zebra.fed", "detail": {}}]
    kept(log, more)
    assert "Added 1 event that was unknown" in run("import", "log", log, storm).stdout
    assert read_storm(storm).events["zebra-fed"].name == "Zebra Fed"
    assert "nothing was added" in run("import", "log", log, storm).stdout


def test_a_log_without_events_or_a_path_that_is_no_storm_changes_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert (
        "There are no events in it." in run("import", "log", empty, tmp_path / "x.storm.yaml", code=1).stderr
    )
    assert not (tmp_path / "x.storm.yaml").exists()
    log = kept(tmp_path / "log.jsonl", log_of(STORM))
    run("import", "log", log, tmp_path / "nothing-there", code=2)


def test_flows_are_said_or_written_as_tests_that_run(tmp_path: Path) -> None:
    storm = tmp_path / "acme.storm.yaml"
    write_storm(storm, STORM)
    said = run("flows", storm).stdout
    assert (
        "settle-payment-fails-and-payment-failed-follows\n  Given Visitor does “Sign up”, and “Settle" in said
    )
    records = run_json("flows", storm)
    assert records[0]["scenario"]["event"] == "account-created" and records[0]["says"][0].startswith("Given ")
    module = tmp_path / "deep" / "test_flows.py"
    assert "Wrote 9 flows" in run("flows", storm, "-o", module).stdout
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(module)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120)
    assert "9 passed" in ran.stdout
    module.write_text("mine")
    assert "There is a file already." in run("flows", storm, "-o", module, code=1).stderr
    assert "A test module has to be a file." in run("flows", storm, "-o", "-", code=1).stderr
    assert module.read_text() == "mine"
    run("flows", storm, "-o", module, "--force")
    assert "@flow(" in module.read_text("utf-8")


def test_a_storm_of_hostile_texts_has_flows_that_can_be_printed(tmp_path: Path) -> None:
    storm = tmp_path / "x.storm.yaml"
    write_storm(storm, storm_of(HOSTILE_TEXTS))
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", run("flows", storm).stdout)


def test_a_storm_in_which_nothing_happens_has_no_flow(tmp_path: Path) -> None:
    storm = tmp_path / "x.storm.yaml"
    write_storm(storm, Storm(name="X").add_event("Room Booked"))
    assert "There is no flow" in run("flows", storm).stdout


def test_a_log_without_events_is_not_said_to_agree(tmp_path: Path) -> None:
    empty = tmp_path / "log.jsonl"
    empty.write_text("")
    said = run("check", EXAMPLE, "--events", empty).stdout
    assert "There are no events in the log." in said and "agree" not in said
