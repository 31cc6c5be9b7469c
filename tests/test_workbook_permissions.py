"""The page of permissions: whole, harmless, and there beside the report."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anycompany.stacks.permissions import permissions
from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm
from anycompany.workbook.outputs import Outputs
from anycompany.workbook.permission_tables import allowed, functions, wildcards
from anycompany.workbook.permissions_page import permissions_html

from .storms import EXAMPLE, HOSTILE_TEXTS, load, storm_of
from .test_workbook_report import Seer, words_of

MADE = datetime(2026, 1, 31, 12, 5, tzinfo=UTC)


def page(storm: Storm) -> Seer:
    return Seer(permissions_html(storm, synth(storm).stacks, MADE).replace("<wbr>", ""))


def test_every_statement_of_every_template_stands_on_the_page() -> None:
    storm = load(EXAMPLE)
    seer = page(storm)
    said = permissions(synth(storm).stacks)
    words = words_of(seer)
    assert said and all(" ".join("; ".join(one.when).split()) in words for one in said)
    assert all(action in words for one in said for action in one.does)
    rows = sum(len(allowed(stack).rows) for stack in synth(storm).stacks)
    assert rows == len(said)


def test_every_star_is_on_the_page_with_its_reason() -> None:
    table = wildcards(synth(load(EXAMPLE)).stacks)
    assert table.rows and all(len(str(because).split()) > 5 for *_, because in table.rows)


@pytest.mark.parametrize("start", range(0, len(HOSTILE_TEXTS), 6))
def test_whatever_people_type_the_page_is_only_a_page(start: int) -> None:
    seer = page(storm_of(HOSTILE_TEXTS[start:] + HOSTILE_TEXTS[:start]))
    assert not seer.mismatches
    assert not seer.all("script") and not seer.all("img") and not seer.all("link")


def test_a_function_that_reaches_more_and_depends_on_more_stands_first() -> None:
    def function(role: str, *layers: str) -> dict[str, object]:
        properties = {"Role": {"Fn::GetAtt": [role, "Arn"]}, "Runtime": "python3.13", "Layers": list(layers)}
        return {"Type": "AWS::Lambda::Function", "Properties": properties}

    def role(*actions: str) -> dict[str, object]:
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": {"Ref": "Table"}}
        trust = {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
        return {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": {"Statement": [trust]},
                "Policies": [{"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}],
            },
        }

    resources = {
        "Reads": function("Reader"),
        "Writes": function("Writer", "arn:aws:lambda:eu-central-1:123456789012:layer:bank:7"),
        "Reader": role("dynamodb:GetItem"),
        "Writer": role("dynamodb:PutItem", "dynamodb:DeleteItem"),
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {}},
    }
    table = functions([Stack("inn", "service", {"Resources": resources})])
    assert [row[:2] for row in table.rows] == [("Writes", 4), ("Reads", 1)]
    assert table.rows[1][2] == "dynamodb:GetItem on Table Table"


def test_a_run_shows_the_functions_of_folders_of_code_with_their_risk(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "index.py").write_text(
        "import boto3\n\ndef handler(event, context):\n    return {}\n"
    )
    storm = load(EXAMPLE).change("policies", "settle-payment", does=[{"do": "Ask the bank", "run": "code"}])
    outputs = Outputs(tmp_path / "out")
    drawn = outputs.draw(storm, home=tmp_path)
    assert outputs.report(drawn, []).is_file()
    page = (tmp_path / "out" / "permissions.html").read_text()
    (function,) = functions(drawn.synthesis.stacks).rows
    assert str(function[0]).startswith("anycompany-billing-settle-payment") and str(function[0]) in page
    assert "permissions.html" in json.loads((tmp_path / "out" / "run.json").read_text())["files"]


def test_code_that_cannot_be_read_is_a_problem_of_the_run_and_its_task_a_placeholder(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "notes.txt").write_text("nothing to call")
    storm = load(EXAMPLE).change("policies", "settle-payment", does=[{"do": "Ask the bank", "run": "code"}])
    drawn = Outputs(tmp_path / "out").draw(storm, home=tmp_path)
    assert any("functions that run code" in problem for problem in drawn.problems)
    assert functions(drawn.synthesis.stacks).rows == ()
