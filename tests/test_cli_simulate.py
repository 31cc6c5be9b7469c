"""`anycompany simulate`: tables for people, a document for programs, errors as one message."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from anycompany.cli.program import program
from anycompany.files import write_storm
from tests.storms import ALL, EXAMPLE, HOSTILE_TEXTS, storm_of

CREATED = {
    "source": "com.anycompany.customer",
    "detail-type": "account-created",
    "detail": {"amount": 20_000},
}


def run(*arguments: object) -> Any:
    return CliRunner().invoke(program, ["simulate", *map(str, arguments)])


def document(*arguments: object) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_every_storm_runs_and_says_what_a_team_wants_to_know(path: Path) -> None:
    result = run(path, "--count", 300, "--rate", "200/hour", "--what-if", "twice")
    assert result.exit_code == 0, result.output
    for heading in (
        "Events",
        "Workflows",
        "Flows",
        "Listeners",
        "Quotas of AWS",
        "What a month costs",
        "What if",
    ):
        assert heading in result.stdout
    assert "300 events arrived in" in result.stdout


def test_the_document_holds_the_run_its_bill_and_the_change() -> None:
    found = document(EXAMPLE, "--count", 200, "--seed", 5, "--what-if", "redrive=billing")
    assert found["run"]["arrived"] == 200
    assert found["run"]["settings"]["seed"] == 5
    assert found["bill"]["total"] == pytest.approx(sum(line["dollars"] for line in found["bill"]["lines"]))
    assert found["what_if"]["run"]["settings"]["down"][0]["service"] == "billing"
    assert document(EXAMPLE, "--count", 200, "--seed", 5) == {"run": found["run"], "bill": found["bill"]}


def test_events_come_from_a_file_of_any_kind(tmp_path: Path) -> None:
    timed = [{**CREATED, "time": f"2026-01-31T12:0{n}:00Z"} for n in range(3)]
    attempted = {"source": "com.anycompany.billing", "detail-type": "payment-attempted", "detail": {}}
    lines = tmp_path / "log.jsonl.gz"
    lines.write_bytes(
        gzip.compress("\n".join([*map(json.dumps, timed), "broken", json.dumps(attempted)]).encode())
    )
    found = document(EXAMPLE, "--events", lines)["run"]
    assert (found["arrived"], found["seconds"]) == (4, 120)
    assert {one["listener"]: one["count"] for one in found["listening"]}["high-value-payments"] == 3
    assert any("could not be read" in note for note in found["notes"])
    assert document(EXAMPLE, "--events", lines, "--starts")["run"]["arrived"] == 3
    assert document(EXAMPLE, "--events", lines, "--count", 2)["run"]["arrived"] == 2
    document_list = tmp_path / "list.json"
    document_list.write_text(json.dumps(timed), "utf-8")
    assert document(EXAMPLE, "--events", document_list)["run"]["arrived"] == 3


def test_settings_and_prices_come_from_files_and_options_go_before_them(tmp_path: Path) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text("count: 50\nseed: 9\narrivals: {customer-cancelled: 7}\n", "utf-8")
    found = document(EXAMPLE, "--settings", settings, "--count", 60, "--rate", "account-created=3/minute")[
        "run"
    ]
    assert (found["arrived"], found["settings"]["seed"]) == (60, 9)
    rates = found["settings"]["arrivals"]
    assert (rates["customer-cancelled"]["rate"], rates["customer-cancelled"]["per"]) == (7, "hour")
    assert (rates["account-created"]["rate"], rates["account-created"]["per"]) == (3, "minute")
    dear = tmp_path / "dear.yaml"
    shipped = (EXAMPLE.parent / "prices.yaml").read_text("utf-8")
    dear.write_text(shipped.replace("{dollars: 1.00,", "{dollars: 100.00,"), "utf-8")
    cheap, costly = (document(EXAMPLE, "--count", 50, *more)["bill"] for more in ((), ("--prices", dear)))
    assert costly["total"] > 4 * cheap["total"]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--rate", "fast"], 2, "--rate: 'fast' is no rate. Write 200/hour"),
        (["--rate", "5/fortnight"], 2, "is no rate"),
        (["--rate=-5"], 1, "options/arrivals/account-created/rate"),
        (["--rate", "nan"], 1, "finite number"),
        (["--rate", "nobody=5"], 1, "There is no event 'nobody'"),
        (["--count", "0"], 1, "options/count"),
        (["--what-if", "thrice"], 1, "Nobody knows what if 'thrice'"),
        (["--what-if", "down=nobody", "--count", "5"], 1, "There is no service 'nobody'"),
        (["--events", "missing.jsonl"], 1, "missing.jsonl"),
        (["--settings", "missing.yaml"], 1, "missing.yaml"),
        (["--prices", "missing.yaml"], 1, "missing.yaml"),
    ],
)
def test_what_cannot_be_meant_is_one_message(arguments: list[str], status: int, says: str) -> None:
    result = run(EXAMPLE, *arguments)
    assert result.exit_code == status
    assert result.stderr.startswith("anycompany: ")
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_wrong_settings_are_named_by_their_file(tmp_path: Path) -> None:
    settings = tmp_path / "mine.yaml"
    settings.write_text("workflows:\n  take-payment: {fails: 2}\n", "utf-8")
    result = run(EXAMPLE, "--settings", settings)
    assert result.exit_code == 1
    assert (
        f"{settings}/workflows/take-payment/fails: Input should be less than or equal to 1, not 2."
        in result.stderr
    )


def test_hostile_texts_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    storm = tmp_path / "hostile.storm.yaml"
    write_storm(storm, storm_of(HOSTILE_TEXTS))
    result = run(storm, "--count", 30)
    assert result.exit_code == 0, result.output
    assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout)


def test_a_loop_without_end_is_shown_and_ends(tmp_path: Path) -> None:
    storm = tmp_path / "loop.storm.yaml"
    loop = {
        "name": "Loop",
        "events": {"a": {"name": "A Begun"}, "b": {"name": "B Done"}},
        "policies": {"p": {"when": ["a"], "emits": ["b"]}, "q": {"when": ["b"], "emits": ["a"]}},
    }
    storm.write_text(json.dumps(loop), "utf-8")
    result = run(storm, "--rate", "a=5/minute", "--count", 20)
    assert result.exit_code == 0, result.output
    assert "never" in result.stdout and "the hop limit stopped it" in result.stdout
