"""anycompany match: events of a file, answered one a line."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from anycompany.bus.pattern import matches, parse

from .test_cli import process, run

OVER_TEN = {"detail": {"amount": [{"numeric": [">", 10]}]}}
EVENTS = [
    {"detail": {"amount": 5}},
    {"detail": {"amount": 50}},
    {"detail": {"amount": "50"}},
    {"x": [{"y": 1}]},
]
ANSWERS = "false\ntrue\nfalse\nfalse\n"


@pytest.fixture
def pattern(tmp_path: Path) -> Path:
    path = tmp_path / "over-ten.json"
    path.write_text(json.dumps(OVER_TEN))
    return path


def lines(events: list[Any]) -> str:
    return "".join(json.dumps(event) + "\n" for event in events)


def test_help_has_an_example() -> None:
    said = run("match", "--help").stdout
    assert "For example:" in said and "anycompany match" in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("events.jsonl", lines(EVENTS)),
        ("without-an-end.jsonl", lines(EVENTS).rstrip()),
        ("blank-lines.jsonl", "\n\r\n" + lines(EVENTS).replace("\n", "\r\n\n")),
        ("with-a-mark.jsonl", "\ufeff" + lines(EVENTS)),
        ("list.json", json.dumps(EVENTS)),
        ("list-over-lines.json", " \n" + json.dumps(EVENTS, indent=2) + "\n"),
        ("documents.json", "\n".join(json.dumps(event, indent=2) for event in EVENTS)),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_each_event_of_a_file_is_answered_on_a_line(
    pattern: Path, tmp_path: Path, name: str, text: str, packed: bool
) -> None:
    file = tmp_path / name
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    result = run("match", pattern, file)
    assert (result.stdout, result.stderr) == (ANSWERS, "")


def test_one_event_may_be_a_whole_file(pattern: Path, tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(EVENTS[1], indent=4))
    assert run("match", pattern, file).stdout == "true\n"


def test_either_may_come_from_standard_input(pattern: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text(lines(EVENTS))
    assert process("match", pattern, "-", input=lines(EVENTS)).stdout == ANSWERS
    assert process("match", "-", file, input=pattern.read_text()).stdout == ANSWERS


def test_both_from_standard_input_is_wrong_use() -> None:
    assert "Only one of PATTERN and EVENTS" in run("match", "-", "-", code=2).stderr


def test_the_failed_field_is_said_when_asked_for(pattern: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text(lines(EVENTS[:3]))
    assert run("match", pattern, file, "--explain").stdout == (
        "false\n"
        "  detail.amount is the number 5, and numeric > 10 does not hold for it.\n"
        "true\n"
        "  detail.amount is the number 50: numeric > 10\n"
        "false\n"
        '  detail.amount is the text "50", and numeric > 10 asks for a number: a text never matches a number.\n'
    )


def test_programs_get_one_json_document(pattern: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text("\n" + lines(EVENTS[:2]))
    assert json.loads(run("match", pattern, file, "--format", "json").stdout) == [
        {"line": 2, "matches": False},
        {"line": 3, "matches": True},
    ]
    explained = json.loads(run("match", pattern, file, "--format", "json", "--explain").stdout)
    assert explained[0]["explanation"]["branches"][0]["failed"][0]["path"] == "detail.amount"
    file.write_text("")
    assert json.loads(run("match", pattern, file, "--format", "json").stdout) == []


def test_broken_lines_are_said_and_counted_and_the_rest_is_read(pattern: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    broken = ["no event", '{"a": ', "[1]", '{"a": NaN}', '"text"', '{"a": "\udcff"}']
    text = lines(EVENTS[:1]) + "\n".join(broken) + "\n" + lines(EVENTS[1:2])
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    result = run("match", pattern, file, code=1)
    assert result.stdout == "false\ntrue\n"
    said = result.stderr.splitlines()
    assert [line.split(":")[1] for line in said[:-1]] == ["2", "3", "4", "5", "6", "7"]
    assert said[-1].endswith("events read: 2; texts that are no events: 6.")
    as_json = json.loads(run("match", pattern, file, "--format", "json", code=1).stdout)
    assert [one["matches"] for one in as_json] == [False, None, None, None, None, None, None, True]


def test_very_many_broken_lines_are_counted(pattern: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text("x\n" * 500 + lines(EVENTS[1:2]))
    result = run("match", pattern, file, code=1)
    assert result.stdout == "true\n"
    assert len(result.stderr.splitlines()) == 102
    assert "events read: 1; texts that are no events: 500." in result.stderr


def test_a_file_that_is_cut_off_is_said(pattern: Path, tmp_path: Path) -> None:
    whole = tmp_path / "list.json"
    whole.write_text(json.dumps(EVENTS)[:-5])
    result = run("match", pattern, whole, code=1)
    assert result.stdout == "false\ntrue\nfalse\n" and "The list ends before" in result.stderr
    packed = tmp_path / "events.jsonl.gz"
    packed.write_bytes(gzip.compress(lines(EVENTS).encode())[:-10])
    assert "The file ends in the middle" in run("match", pattern, packed, code=1).stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 5}', '"a" must be an object or an array'),
        ("{", "line 1, column 2: Event pattern is not valid. Reason: Unexpected end-of-input"),
        (b"\xff", "Invalid UTF-8"),
        ("[" * 100_000, "Filter is not an object"),
    ],
    ids=["scalar", "cut off", "bytes", "deep"],
)
def test_a_pattern_that_is_not_valid_is_said_with_its_file(tmp_path: Path, text: Any, said: str) -> None:
    file = tmp_path / "p.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = run("match", file, file, code=1)
    assert str(file) in result.stderr and said in result.stderr


def test_a_file_that_is_not_there_is_said(pattern: Path, tmp_path: Path) -> None:
    for arguments in (
        (pattern, tmp_path / "none.jsonl"),
        (tmp_path / "none.json", pattern),
        (pattern, tmp_path),
    ):
        result = run("match", *arguments, code=1)
        assert "It cannot be read" in result.stderr


def test_the_spelling_of_an_event_counts(tmp_path: Path) -> None:
    asked, file = tmp_path / "p.json", tmp_path / "e.jsonl"
    asked.write_text('{"a": [12345678901234567891]}')
    spelled = ["12345678901234567891", "12345678901234567890", "1.2345678901234567891e19"]
    file.write_text("".join(f'{{"a": {one}}}\n' for one in spelled))
    assert run("match", asked, file).stdout == "true\nfalse\nfalse\n"


def test_any_json_object_is_an_event(tmp_path: Path) -> None:
    asked, file = tmp_path / "p.json", tmp_path / "e.jsonl"
    asked.write_text('{"events": {"message": ["x"]}}')
    file.write_text('{"events": [{"message": "x"}]}\n{"Entries": []}\n{}\n')
    assert run("match", asked, file).stdout == "true\nfalse\nfalse\n"
    assert matches(parse(asked.read_text()), '{"events": [{"message": "x"}]}')


def test_entries_of_put_events_are_read_as_the_events_they_become(pattern: Path, tmp_path: Path) -> None:
    file = tmp_path / "entries.json"
    entry = {"Source": "com.inn", "DetailType": "bill-paid", "Detail": '{"amount": 11}'}
    file.write_text(json.dumps([entry, entry | {"Detail": '{"amount": "11"}'}, entry | {"Detail": "text"}]))
    result = run("match", pattern, file, code=1)
    assert result.stdout == "true\nfalse\n" and "The Detail of this entry" in result.stderr
    asked = tmp_path / "p.json"
    asked.write_text('{"source": ["com.inn"], "DetailType": ["bill-paid"], "detail-type": ["bill-paid"]}')
    file.write_text(json.dumps(entry))
    assert run("match", asked, file).stdout == "true\n"


def test_a_pattern_longer_than_a_rule_takes_is_read_and_said(tmp_path: Path) -> None:
    long, file = tmp_path / "long.json", tmp_path / "events.jsonl"
    long.write_text(json.dumps({"plan": [f"plan-{number}" for number in range(300)]}))
    file.write_text('{"plan": "plan-299"}\n')
    result = run("match", long, file)
    assert result.stdout == "true\n" and "2,048 characters" in result.stderr
