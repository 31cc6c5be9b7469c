"""The command permissions: who may do what to what."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from anycompany.cli.program import program

from .storms import EXAMPLE


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "acme.storm.yaml"))


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(program, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_it_says_for_every_workflow_what_it_may_put(example: Path) -> None:
    said = json.loads(run("permissions", example, "--format", "json"))
    puts = {one["who"]: one for one in said["permissions"] if one["does"] == ["events:PutEvents"]}
    settle = puts["StateMachine anycompany-billing-settle-payment"]
    assert settle["note"] == "policies/settle-payment" and settle["to"][0].startswith("BusArn")
    assert "every events:source is com.anycompany.billing, and there is one" in settle["when"]
    assert any("is payment-failed or payment-succeeded" in one for one in settle["when"])


def test_every_star_is_shown_with_its_reason_and_nothing_else(example: Path) -> None:
    said = json.loads(run("permissions", example, "--wild", "--format", "json"))["permissions"]
    assert said
    assert all("*" in str([one["to"], one["who"], one["does"]]) and one["because"] for one in said)


def test_the_table_is_for_people(example: Path) -> None:
    said = run("permissions", example)
    assert "states:StartExecution" in said and "who" in said and "{" not in said


def test_a_storm_that_has_just_begun_lets_only_find_its_bus(tmp_path: Path) -> None:
    path = tmp_path / "inn.storm.yaml"
    path.write_text("name: Inn\nevents:\n  room-booked: {name: Room Booked}\n")
    said = json.loads(run("permissions", path, "--format", "json"))
    assert {one["does"][0].partition(":")[0] for one in said["permissions"]} <= {"ssm", "sns", "cloudwatch"}
    assert said["functions"] == []
