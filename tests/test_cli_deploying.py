"""anycompany deploy, rollback and destroy: what a plan says, what is refused, and the command that goes on."""

import json
import re
import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from anycompany.aws.destroy import destroy
from anycompany.aws.drift import Drift
from anycompany.aws.plan import Change, Plan
from anycompany.aws.session import Clients
from anycompany.cli.plans import MOST_CHARACTERS, PlanFormat, markdown, records, show_plan
from anycompany.files import read_storm
from anycompany.stacks.breaking import Break
from anycompany.stacks.stages import staged
from anycompany.stacks.synth import synth
from tests.aws_inventory import inventory
from tests.storms import EXAMPLE, HOSTILE_TEXTS
from tests.test_cli import KEYS, run


@pytest.fixture
def storm(tmp_path: Path) -> Path:
    """A copy of the worked example."""
    return Path(shutil.copy(EXAMPLE, tmp_path / "acme.storm.yaml"))


@pytest.fixture
def target(storm: Path, local_aws: Clients, request: pytest.FixtureRequest) -> Any:
    """The options for an endpoint with a stage of its own; what is deployed there is removed."""
    before = inventory(local_aws)
    stage = f"t{zlib.crc32(request.node.name.encode()):x}"
    options = ["--target", "aws", "--endpoint-url", local_aws.endpoint_url, "--region", local_aws.region]
    yield [*options, "--stage", stage]
    destroy(local_aws, synth(staged(read_storm(storm), stage)).stacks, allow_loss=True)
    assert inventory(local_aws) == before


def without_email(path: Path) -> None:
    """Take a field out of a contract that others hear."""
    text = path.read_text()
    changed = re.sub(r"\n      email: \{[^}]*\}", "", text).replace(", email: ada@example.com", "")
    assert changed != text
    path.write_text(changed)


def test_a_breaking_contract_is_shown_refused_allowed_and_taken_back(storm: Path, target: list[str]) -> None:
    run("deploy", storm, *target, "--yes", env=KEYS)
    assert "Everything is deployed already" in run("deploy", storm, *target, "--plan", env=KEYS).stdout
    without_email(storm)
    planned = run("deploy", storm, *target, "--plan", code=1, env=KEYS)
    assert "“detail.email” is gone" in planned.stdout
    assert "BREAKS: contracts/account-created" in planned.stderr and "--allow-breaking" in planned.stderr
    refused = run("deploy", storm, *target, "--yes", code=1, env=KEYS)
    assert "Nothing was deployed, because contracts would break" in refused.stderr
    rows = json.loads(run("deploy", storm, *target, "--plan", "--format", "json", code=1, env=KEYS).stdout)
    assert {"breaks", "update"} <= {row["action"] for row in rows}
    said = run("deploy", storm, *target, "--plan", "--format", "markdown", code=1, env=KEYS).stdout
    assert said.startswith("### Plan:") and "\n- BREAKS contracts/account-created" in said
    run("deploy", storm, *target, "--yes", "--allow-breaking", env=KEYS)

    planned = run("rollback", storm, *target, "--plan", env=KEYS)
    assert "The last good deployment is that of 2" in planned.stderr and "detail.email" in planned.stdout
    gone_back = run("rollback", storm, *target, "--yes", env=KEYS)
    assert "updated" in gone_back.stdout
    again = run("rollback", storm, *target, "--yes", code=1, env=KEYS)
    assert "no earlier deployment to go back to" in again.stderr


def test_change_sets_are_kept_under_a_name_and_applied_by_it(storm: Path, target: list[str]) -> None:
    run("deploy", storm, *target, "--yes", env=KEYS)
    storm.write_text(
        storm.read_text().replace("hears: [payment-attempted]", "hears: [payment-attempted, payment-failed]")
    )
    rows = json.loads(run("deploy", storm, *target, "--plan", "--keep", "--format", "json", env=KEYS).stdout)
    [name] = [row["details"] for row in rows if row["action"] == "kept"]
    assert "--yes" in run("deploy", storm, *target, "--execute", name, code=2, env=KEYS).stderr
    assert "updated" in run("deploy", storm, *target, "--execute", name, "--yes", env=KEYS).stdout
    assert "Everything is deployed" in run("deploy", storm, *target, "--plan", env=KEYS).stdout
    wrong = run("deploy", storm, *target, "--execute", "nobody-made-it", "--yes", code=1, env=KEYS)
    assert "No change set is named 'nobody-made-it'" in wrong.stderr


def test_change_sets_that_wait_are_listed_and_discarded_with_the_empty_stacks_made_for_them(
    storm: Path, target: list[str], local_aws: Clients
) -> None:
    assert "No change set waits" in run("change-sets", storm, *target, env=KEYS).stdout
    before = inventory(local_aws)
    rows = json.loads(run("deploy", storm, *target, "--plan", "--keep", "--format", "json", env=KEYS).stdout)
    [name] = [row["details"] for row in rows if row["action"] == "kept"]
    assert name in run("change-sets", storm, *target, env=KEYS).stdout
    asked = run("change-sets", storm, *target, "--discard", name, code=2, env=KEYS)
    assert "--yes" in asked.stderr
    wrong = run("change-sets", storm, *target, "--discard", "nobody-made-it", "--yes", code=1, env=KEYS)
    assert f"Kept are: {name}" in wrong.stderr and "To go on" not in wrong.stderr
    assert name in run("change-sets", storm, *target, "--discard", name, "--yes", env=KEYS).stdout
    assert "No change set waits" in run("change-sets", storm, *target, env=KEYS).stdout
    assert inventory(local_aws) == before


def test_a_service_with_another_id_and_the_same_source_takes_its_names_over_when_the_old_one_may_go(
    storm: Path, target: list[str]
) -> None:
    run("deploy", storm, *target, "--yes", env=KEYS)
    service = "operations"
    text = re.sub(rf"(\nservices:\n(?:  .*\n)*?  ){service}:", r"\1renamed:", storm.read_text())
    storm.write_text(text)
    assert "renamed" in read_storm(storm).services
    planned = run("deploy", storm, *target, "--plan", code=1, env=KEYS)
    assert "IN THE WAY" in planned.stderr and "refused without --prune" in planned.stderr
    refused = run("deploy", storm, *target, "--yes", code=1, env=KEYS)
    assert "two things cannot have one name" in refused.stderr and "To go on" not in refused.stderr
    rows = json.loads(run("deploy", storm, *target, "--plan", "--prune", "--format", "json", env=KEYS).stdout)
    deleted = [row for row in rows if row["action"] == "delete" and not row["resource"]]
    assert len(deleted) == 2 and all("it is DELETED with all its" in row["means"][0] for row in deleted)
    assert "deleted" in run("deploy", storm, *target, "--yes", "--prune", env=KEYS).stdout
    assert "Everything is deployed" in run("deploy", storm, *target, "--plan", env=KEYS).stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--keep"],
        ["--execute", "x", "--plan"],
        ["--execute", "x", "--prune"],
        ["--format", "markdown"],
        ["--account", "12"],
        ["--target", "azure"],
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(storm: Path, options: list[str]) -> None:
    run("deploy", storm, *options, code=2)


def test_another_account_or_a_stage_that_is_none_ends_it_before_anything_is_done(
    storm: Path,
    local_aws: Clients,
    target: list[str],
) -> None:
    before = inventory(local_aws)
    for command in ("deploy", "destroy", "trace", "rollback"):
        ended = run(command, storm, *target, "--yes", "--account", "123456789012", code=1, env=KEYS)
        assert "those of account 000000000000, not of 123456789012; nothing was done" in ended.stderr
        assert "To go on" not in ended.stderr
        wrong = run(command, storm, *target[:-1], "Not a stage", "--yes", code=1, env=KEYS)
        assert "is not the name of a stage" in wrong.stderr
    assert inventory(local_aws) == before


def test_stages_live_side_by_side_and_protected_stacks_stay_until_their_loss_is_allowed(
    storm: Path,
    local_aws: Clients,
    target: list[str],
) -> None:
    run("deploy", storm, *target, "--yes", "--protect", env=KEYS)
    other = [*target[:-1], f"{target[-1]}b"]
    run("deploy", storm, *other, "--yes", env=KEYS)
    assert "anycompany-" + target[-1] + "b-bus" in run("destroy", storm, *other, "--yes", env=KEYS).stdout
    kept = run("destroy", storm, *target, "--yes", code=1, env=KEYS)
    assert "--allow-loss" in kept.stdout
    assert run("deploy", storm, *target, "--plan", env=KEYS).stdout.startswith("Everything is deployed")
    run("destroy", storm, *target, "--yes", "--allow-loss", env=KEYS)


# -- Markdown, whatever a storm's texts are

texts = st.text(max_size=30) | st.sampled_from(
    [
        *HOSTILE_TEXTS,
        "```\n# heading\n@everyone",
        "~~~~\n<script>alert(1)</script>",
        "|a|b|\n|-|-|",
        "\r\n- [x] done",
        "`" * 40,
        "a\u2028b\x85c\x0bd\x0ce",
    ]
)
rows = st.builds(
    Change,
    stack=texts,
    action=st.sampled_from(["create", "update", "replace", "delete", "outdated", "wait"]),
    resource=texts,
    note=texts,
    details=texts,
    means=st.lists(texts, max_size=3).map(tuple),
)
plans = st.builds(
    Plan,
    st.lists(rows, max_size=4).map(tuple),
    breaks=st.lists(st.builds(Break, texts, texts, st.tuples(texts)), max_size=2).map(tuple),
    losses=st.lists(texts, max_size=2).map(tuple),
    drifted=st.lists(st.builds(Drift, texts, texts, texts, texts), max_size=2).map(tuple),
    turn=texts,
    kept=texts,
    not_kept=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
)


@given(plans)
def test_no_text_of_a_storm_leaves_its_fence(planned: Plan) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(planned, "account 1, region 2"))
    kinds = [token.type for token in tokens]
    assert kinds[:3] == ["heading_open", "inline", "heading_close"]
    assert set(kinds[3:]) <= {"fence"}
    [*_, block] = [token for token in tokens if token.type == "fence"]
    for line in block.content.splitlines()[:200] if planned.all else []:
        assert line[:1] in ("@", "+", "-", "!", " ")


@given(plans)
def test_a_plan_is_json_data(planned: Plan) -> None:
    assert len(json.loads(json.dumps(records(planned)))) >= len(planned.all)


def test_what_is_deleted_or_replaced_is_red_and_said_in_words() -> None:
    gone = Change("a-bus", "delete", "Archive", "AWS::Events::Archive", means=("it is DELETED",))
    made = Change("a-bus", "create", "Rule", "AWS::Events::Rule", means=("new rule",))
    lines = markdown(Plan((gone, made))).splitlines()
    assert "- DELETE Archive" in lines and "+ CREATE Rule" in lines
    assert "1 of them replace or delete something" in lines[0]


def test_a_plan_that_is_too_long_for_a_comment_is_cut_and_says_so() -> None:
    many = tuple(Change("a", "create", f"Resource{n}", means=("x" * 100,)) for n in range(2_000))
    said = markdown(Plan(many))
    assert len(said) < MOST_CHARACTERS + 500
    assert re.search(r"… and [0-9]+ lines more\n```$", said)


def test_a_terminal_shows_in_red_what_is_deleted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    gone = Change("a-bus", "delete", "Archive", "AWS::Events::Archive", means=("it is DELETED",))
    made = Change("a-bus", "create", "Rule", "AWS::Events::Rule", means=("new rule",))
    show_plan(Plan((gone, made)), PlanFormat.TABLE)
    lines = capsys.readouterr().out.splitlines()
    [red] = [line for line in lines if "DELETED" in line]
    [plain] = [line for line in lines if "new rule" in line]
    assert "\x1b[31m" in red and "\x1b[31m" not in plain
