"""The commands about contracts: show, infer, check, diff, bindings."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from anycompany.cli.program import program
from anycompany.files import read_storm

from .storms import EXAMPLE, HOSTILE_TEXTS, ROOT


def run(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(program, ["contracts", *(str(argument) for argument in arguments)])
    assert result.exit_code == code, f"{result.output}\n{result.stderr}\n{result.exception!r}"
    return result


def run_json(*arguments: str | Path, code: int = 0) -> Any:
    return json.loads(run(*arguments, "--format", "json", code=code).stdout)


@pytest.fixture
def storm(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "acme.storm.yaml"))


def lines(path: Path, *samples: Any) -> Path:
    path.write_text("".join(f"{json.dumps(sample)}\n" for sample in samples))
    return path


def paid(amount: Any, **more: Any) -> dict[str, Any]:
    detail = {"payment-id": "p", "account-id": "a", "plan": "team", "amount": amount}
    return {"source": "com.anycompany.billing", "detail-type": "payment-attempted", "detail": detail | more}


@pytest.mark.parametrize("command", ["show", "rules", "infer", "check", "diff", "bindings"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    said = run(command, "--help").stdout
    assert "For example:" in said and f"anycompany contracts {command}" in said


def test_a_contract_is_shown_in_both_formats(storm: Path) -> None:
    schema = json.loads(run("show", storm, "payment-attempted").stdout)
    assert schema["properties"]["detail"]["properties"]["amount"] == {"type": "number"}
    document = json.loads(run("show", storm, "payment-attempted", "--as", "openapi").stdout)
    assert document["components"]["schemas"]["AWSEvent"]["x-amazon-events-detail-type"] == "payment-attempted"


def test_an_event_that_is_not_there_is_refused_with_the_nearest(storm: Path) -> None:
    assert "Did you mean 'payment-attempted'?" in run("show", storm, "payment-atempted", code=2).stderr


def test_an_event_without_a_contract_says_how_to_get_one(tmp_path: Path) -> None:
    path = tmp_path / "inn.storm.yaml"
    path.write_text("name: Inn\nevents:\n  room-booked: {name: Room Booked}\n")
    assert "contracts infer" in run("show", path, "room-booked", code=1).stderr


def test_samples_give_a_schema(tmp_path: Path) -> None:
    samples = lines(tmp_path / "samples.jsonl", {"nights": 1}, {"nights": 2.5, "card": {"country": "IT"}})
    schema = json.loads(run("infer", samples).stdout)
    assert schema["required"] == ["nights"] and schema["properties"]["nights"] == {"type": "number"}


def test_samples_become_a_contract_and_those_that_break_it_are_told(storm: Path, tmp_path: Path) -> None:
    other = {"source": "com.anycompany.billing", "detail-type": "payment-failed", "detail": {"why": 1}}
    samples = lines(
        tmp_path / "samples.jsonl", paid(5, card={"country": "IT"}), other, {"Source": "com.anycompany.billing",
        "DetailType": "payment-attempted", "Detail": json.dumps(paid("x")["detail"])}, "no event"
    )  # fmt: skip
    result = run("infer", samples, "--into", storm, "--event", "payment-attempted")
    fields = read_storm(storm).contracts["payment-attempted"].fields_
    assert (fields["amount"].type, fields["card.country"].type, fields["card"].optional) == (
        "integer",
        "string",
        True,
    )
    assert "2 samples of payment-attempted" in result.stdout
    assert "1 of them break it all the same" in result.stderr and "line 4" in result.stderr
    again = run("infer", samples, "--into", storm, "--event", "payment-attempted")
    assert "the contract says so already" in again.stdout


def test_into_and_event_belong_together(storm: Path, tmp_path: Path) -> None:
    samples = lines(tmp_path / "samples.jsonl", {})
    assert "belong together" in run("infer", samples, "--into", storm, code=2).stderr
    assert "no event" in run("infer", samples, "--into", storm, "--event", "nope", code=2).stderr
    other = lines(tmp_path / "other.jsonl", {"detail-type": "x", "source": "y", "detail": {}})
    assert (
        "There is no sample"
        in run("infer", other, "--into", storm, "--event", "payment-failed", code=1).stderr
    )


def test_recorded_events_are_held_against_contracts_and_filters(storm: Path, tmp_path: Path) -> None:
    events = lines(
        tmp_path / "events.jsonl",
        paid(50_000),
        paid(5),
        paid("928309.42"),
        {"source": "x", "detail-type": "y", "detail": {}},
    )
    found = run_json("check", storm, events, code=1)
    assert [(one["line"], one["kind"]) for one in found] == [
        (2, "filter"),
        (3, "contract"),
        (3, "never"),
        (4, "unknown"),
    ]
    assert "a text never matches a number" in found[2]["what"]


def test_events_that_are_fine_are_fine(storm: Path, tmp_path: Path) -> None:
    events = lines(tmp_path / "events.jsonl", paid(50_000))
    assert "1 events, and nothing to say about them." in run("check", storm, events).stdout
    assert run_json("check", storm, lines(tmp_path / "small.jsonl", paid(5)))[0]["kind"] == "filter"


def test_a_broken_line_is_told_and_the_rest_is_read(storm: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(f"{{broken\n{json.dumps(paid('x'))}\n")
    result = run("check", storm, events, code=1)
    assert "line 1" in result.stderr and "is a text, not a number" in result.stdout


def test_two_versions_are_compared_with_the_consumers_they_break(storm: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.storm.yaml"
    new.write_text(storm.read_text().replace("amount: {type: number}", "amount: {type: string}"))
    changes = run_json("diff", storm, new, code=1)
    change = next(one for one in changes if one["event"] == "payment-attempted")
    assert (change["compatibility"], change["backward"], change["forward"]) == ("none", False, False)
    (difference,) = change["differences"]
    assert difference["kind"] == "type changed"
    assert "listeners/high-value-payments" in {one["note"] for one in difference["consumers"]}
    assert "It never hears the new events" in run("diff", storm, new, code=1).stdout
    assert "No contract differs." in run("diff", storm, storm).stdout


def test_a_difference_that_breaks_nobody_is_told_and_fine(storm: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.storm.yaml"
    new.write_text(
        storm.read_text().replace(
            "reason: {type: string, optional: true}",
            "reason: {type: string, optional: true}\n      note: {optional: true}",
        )
    )
    assert "is new, and optional" in run("diff", storm, new).stdout


def test_typed_code_is_written_for_every_service(storm: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "generated"
    assert "Wrote" in run("bindings", storm, "--language", "python", "-o", out).stdout
    assert {file.name for file in out.iterdir()} == {
        "customer_events.py",
        "billing_events.py",
        "operations_events.py",
    }


def test_typescript_is_written_with_the_generator_of_the_folder(storm: Path) -> None:
    out = ROOT / "tests" / "node" / "node_modules" / ".generated-by-a-test"
    try:
        run("bindings", storm, "--language", "typescript", "-o", out)
        assert "export interface PaymentAttemptedEvent" in (out / "billing_events.ts").read_text()
    finally:
        shutil.rmtree(out, ignore_errors=True)


def test_hostile_samples_reach_the_terminal_without_a_control_character(storm: Path, tmp_path: Path) -> None:
    events = lines(
        tmp_path / "events.jsonl",
        *({**paid(1), "detail-type": text, "source": text} for text in HOSTILE_TEXTS),
    )
    result = run("check", storm, events, code=1)
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout


def test_every_rule_is_answered_with_an_example_or_the_reason(storm: Path, tmp_path: Path) -> None:
    answers = run_json("rules", storm)
    assert {one["matches"] for one in answers} == {"yes"}
    large = next(one for one in answers if one["rule"] == "listeners/high-value-payments")
    assert large["example"]["detail"]["amount"] > 10000 and large["example"]["detail"]["plan"] == "team"
    text = tmp_path / "text.storm.yaml"
    text.write_text(storm.read_text().replace("amount: {type: number}", "amount: {type: string}"))
    never = next(one for one in run_json("rules", text, code=1) if one["matches"] == "never")
    assert never["why"] == "“detail.amount” is a text, and a text never equals a number."
    assert "never" in run("rules", text, code=1).stdout
