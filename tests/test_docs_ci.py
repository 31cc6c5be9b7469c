"""The pipelines of docs/ci: valid for their hosts, and every step that needs none of them run for real."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import nbformat
import pytest
import yaml

from anycompany.aws.destroy import destroy
from anycompany.aws.session import Clients
from anycompany.cli.plans import markdown
from anycompany.files import read_storm
from anycompany.stacks.stages import staged
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm

from .aws_inventory import inventory
from .privilege import STORMS
from .storms import ROOT

CI = ROOT / "docs" / "ci"
ACCOUNT, STAGE = "000000000000", "ci"
HOTEL = """\
name: Hotel
source: com.acme.hotel
events:
  room-booked: {name: Room Booked}
  room-cleaned: {name: Room Cleaned}
timeline: [room-booked, room-cleaned]
triggers: {room-booked: {actor: Guest, command: Book}}
policies: {clean: {when: [room-booked], does: [Clean it], emits: [room-cleaned]}}
entities: {room: [room-booked, room-cleaned]}
contexts: {rooms: {entities: [room]}}
services: {rooms: {context: rooms}}
"""


@cache
def pipeline(name: str) -> Any:
    return yaml.load((CI / name).read_text(), yaml.BaseLoader)


def steps_of(job: str) -> list[dict[str, Any]]:
    return [step for step in pipeline("github.yml")["jobs"][job]["steps"] if "run" in step]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, local_aws: Clients) -> Iterator[Path]:
    """What a pipeline checks out: a storm nobody prepared and its notebooks. What is deployed is removed."""
    before = inventory(local_aws)
    folder = tmp_path_factory.mktemp("repository")
    (folder / "hotel.storm.yaml").write_text(HOTEL)
    (folder / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "09_deploy.ipynb", folder / "notebooks")
    yield folder
    destroy(local_aws, synth(staged(read_storm(folder / "hotel.storm.yaml"), STAGE)).stacks, allow_loss=True)
    assert inventory(local_aws) == before


def bash(script: str, repository: Path, local_aws: Clients, code: int = 0, **more: str) -> str:
    """What a script prints, run as pipelines do, on the embedded AWS in an account of its own."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(repository),
        "ANYCOMPANY_HOME": os.environ.get("ANYCOMPANY_HOME", ""),
        "PYTHONPATH": str(ROOT),
        "AWS_ENDPOINT_URL": str(local_aws.endpoint_url),
        "AWS_REGION": local_aws.region,
        "STORM": "hotel.storm.yaml",
        "ACCOUNT": ACCOUNT,
        "STAGE": STAGE,
    }
    keys = {} if "AWS_ROLE_ARN" in more else {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=repository, env=environment | keys | more, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == code, f"{script}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def check_record(repository: Path, notebook: str, *, applied: bool) -> None:
    """Assert that the executed notebook is there, whole, and says which account it was."""
    executed = nbformat.read(repository / "record" / notebook, 4)
    said = json.dumps(executed)
    assert ACCOUNT in said and all(
        cell.get("execution_count") for cell in executed.cells if cell.cell_type == "code"
    )
    assert json.loads((repository / "record" / "deployed.json").read_text())["applied"] is applied
    shutil.rmtree(repository / "record")  # the next job has a folder of its own


@pytest.mark.parametrize(
    ("name", "schema"), [("github.yml", "vendor.github-workflows"), ("gitlab.yml", "vendor.gitlab-ci")]
)
def test_a_pipeline_is_valid_by_the_schema_of_its_host(name: str, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(CI / name)]
    done = subprocess.run(
        [*command, "--data-transform", "gitlab-ci"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_text_of_a_pull_request_gets_into_a_script() -> None:
    github = pipeline("github.yml")
    assert set(github["on"]) == {"pull_request", "push"} and github["permissions"] == {}
    for name, job in github["jobs"].items():
        assert not any("${{" in step["run"] for step in steps_of(name))
        assert job["permissions"]["id-token"] == "write" and job["permissions"]["contents"] == "read"
    assert "head.repo.full_name == github.repository" in github["jobs"]["plan"]["if"]
    assert (
        github["jobs"]["apply"]["environment"] == "production"
        and github["jobs"]["apply"]["if"] == "github.event_name == 'push'"
    )
    kept = [
        step["if"]
        for job in github["jobs"].values()
        for step in job["steps"]
        if "upload" in step.get("uses", "")
    ]
    assert kept == ["${{ !cancelled() }}", "${{ always() }}"]
    secrets = re.compile("secrets\\.|AWS_SECRET|AKIA")
    assert not any(secrets.search(path.read_text()) for path in CI.iterdir())


def test_the_pipeline_of_github_plans_deploys_and_keeps_the_record(
    repository: Path, local_aws: Clients
) -> None:
    said = {step["name"]: step for job in ("plan", "apply") for step in steps_of(job)}
    assert list(said) == ["Install", "Plan", "Record", "Comment", "Deploy"]
    bash(said["Plan"]["run"], repository, local_aws)
    plan = (repository / "record" / "plan.md").read_text()
    assert plan.startswith("### Plan: ") and "CREATE" in plan and len(plan) < 65_536
    bash(said["Record"]["run"], repository, local_aws, **said["Record"]["env"])
    check_record(repository, "plan.ipynb", applied=False)
    bash(said["Deploy"]["run"], repository, local_aws, **said["Deploy"]["env"])
    check_record(repository, "deployed.ipynb", applied=True)
    bash(said["Plan"]["run"], repository, local_aws)
    assert "nothing would be changed" in (repository / "record" / "plan.md").read_text()
    shutil.rmtree(repository / "record")


def test_what_fails_fails_the_pipeline_and_leaves_its_record(repository: Path, local_aws: Clients) -> None:
    said = {step["name"]: step for job in ("plan", "apply") for step in steps_of(job)}
    bash(said["Plan"]["run"], repository, local_aws, code=1, ACCOUNT="111122223333")
    assert (repository / "record" / "plan.md").read_text().startswith("### Plan: none")
    storm = repository / "other.storm.yaml"
    storm.write_text(HOTEL.replace("when: [room-booked]", "when: [nobody-knows]"))
    more = {"STORM": storm.name, "STAGE": ""} | said["Deploy"]["env"]
    bash(said["Deploy"]["run"], repository, local_aws, code=1, **more)
    assert "nobody-knows" in (repository / "record" / "deployed.ipynb").read_text()


class Host(BaseHTTPRequestHandler):
    """As much of GitLab as the pipeline speaks to: it takes a comment."""

    comments: list[tuple[str, str, str]] = []

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["content-length"])).decode()
        self.comments.append((self.path, self.headers["private-token"], parse_qs(said)["body"][0]))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_pipeline_of_gitlab_takes_the_role_comments_and_deploys(
    repository: Path, local_aws: Clients
) -> None:
    gitlab = pipeline("gitlab.yml")
    assert (
        gitlab[".storm"]["artifacts"]["when"] == "always" and gitlab["apply"]["rules"][0]["when"] == "manual"
    )
    server = HTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    given = {
        "AWS_TOKEN": "a.b.c",
        "PLAN_ROLE": f"arn:aws:iam::{ACCOUNT}:role/plan",
        "APPLY_ROLE": f"arn:aws:iam::{ACCOUNT}:role/apply",
        "PLAN_COMMENT_TOKEN": "t",
        "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}/api/v4",
        "CI_PROJECT_ID": "7",
        "CI_MERGE_REQUEST_IID": "9",
        "CI_PIPELINE_ID": "11",
    }
    for job, notebook, applied in (("plan", "plan.ipynb", False), ("apply", "deployed.ipynb", True)):
        assert set(
            gitlab[job]["id_tokens"] if "id_tokens" in gitlab[job] else gitlab[".storm"]["id_tokens"]
        ) == {"AWS_TOKEN"}
        own = {key: expanded(value, given) for key, value in gitlab[job]["variables"].items()}
        own["AWS_WEB_IDENTITY_TOKEN_FILE"] = str(repository / "token")
        lines = [line for line in gitlab[".storm"]["before_script"] if not line.startswith("pip ")]
        script = "\n".join([*lines, *gitlab[job]["script"]]).replace(
            "/tmp/plan-failed", str(repository / "plan-failed")
        )
        bash(script, repository, local_aws, **given, **own)
        check_record(repository, notebook, applied=applied)
        assert (repository / "token").read_text().strip() == "a.b.c"
    server.shutdown()
    [(path, token, body)] = Host.comments
    assert (path, token) == ("/api/v4/projects/7/merge_requests/9/notes", "t") and body.startswith(
        "### Plan: "
    )


def expanded(value: str, given: Mapping[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda found: given[found[1]], value)


def test_the_build_specification_plans_and_deploys(repository: Path, local_aws: Clients) -> None:
    build = pipeline("buildspec.yml")
    assert build["version"] == "0.2" and set(build) == {"version", "env", "phases", "artifacts"}
    assert set(build["phases"]) == {"install", "pre_build", "build"} and build["env"]["shell"] == "bash"
    assert build["artifacts"]["base-directory"] == "record"
    commands = [*build["phases"]["pre_build"]["commands"], *build["phases"]["build"]["commands"]]
    for do, applied in (("plan", False), ("apply", True)):
        said = bash("\n".join(commands), repository, local_aws, DO=do, ANYCOMPANY_OUT="record")
        assert ("### Plan: " in said) is (not applied)
        check_record(repository, f"{do}.ipynb", applied=applied)


def test_a_plan_too_long_for_a_comment_is_cut_with_a_word() -> None:
    from anycompany.aws.plan import Change, Plan

    changes = tuple(
        Change(f"stack-{n}", "create", f"Rule{n}", "x" * 90, "", ("`" * 40,)) for n in range(2_000)
    )
    text = markdown(Plan(changes), "account 1")
    assert len(text) < 65_536 and re.search(r"… and [0-9]+ lines more\n`+$", text)


# -- the roles


@cache
def policies() -> dict[str, list[dict[str, Any]]]:
    """The statements of each policy of role.yml, with functions as the text they stand for."""

    class Loader(yaml.SafeLoader):
        pass

    def function(loader: yaml.SafeLoader, _: str, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return node.value
        found = loader.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else None
        return found[1] if found and len(found) == 3 else found

    Loader.add_multi_constructor("!", function)
    found = yaml.load((CI / "role.yml").read_text(), Loader)["Resources"]
    return {
        name: resource["Properties"]["PolicyDocument"]["Statement"]
        for name, resource in found.items()
        if resource["Type"] == "AWS::IAM::ManagedPolicy"
    }


def actions_of(*names: str) -> list[str]:
    listed = [statement["Action"] for name in names for statement in policies()[name]]
    return [one for some in listed for one in ([some] if isinstance(some, str) else some)]


def allowed(action: str, *names: str) -> bool:
    return any(fnmatchcase(action, pattern) for pattern in actions_of(*names))


def test_the_roles_are_valid_templates_of_policies_that_fit() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("cfn-lint")), str(CI / "role.yml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    for name, statements in policies().items():
        assert len(json.dumps(statements, separators=(",", ":"))) < 6_144, name


def test_the_roles_trust_one_repository_and_only_the_branch_or_its_environment_deploys() -> None:
    text = (CI / "role.yml").read_text()
    subjects = re.findall(r':sub: !Sub "([^"]+)"', text)
    assert subjects == [
        "repo:${Repository}:pull_request",
        "project_path:${Repository}:ref_type:branch:ref:*",
        "repo:${Repository}:environment:${Environment}",
        "project_path:${Repository}:ref_type:branch:ref:${Branch}",
    ]
    assert text.count(":aud: ") == 4 and text.count("aws:SourceArn") == 2


def test_who_plans_may_change_nothing_and_passes_no_role() -> None:
    verbs = ("Create", "Put", "Update", "Delete", "Execute", "Pass", "Attach", "Set", "Tag", "Subscribe")
    actions = actions_of("Planning")
    changing = {one for one in actions if one.split(":")[1].startswith(verbs)}
    assert changing == {
        "cloudformation:CreateChangeSet",
        "cloudformation:DeleteChangeSet",
        "cloudformation:TagResource",
    }
    named = {"LookAround", "LogsOfWorkflows", "OwnKey"}
    for statements in policies().values():
        for statement in statements:
            resources = (
                [statement["Resource"]] if isinstance(statement["Resource"], str) else statement["Resource"]
            )
            assert statement["Sid"] in named or all(
                "${Prefix}" in one or "parameter/anycompany/*" in one or "${Bucket}" in one
                for one in resources
            )


def test_every_call_of_a_plan_and_a_deploy_is_allowed(local_aws: Clients, tmp_path: Path) -> None:
    import botocore.client

    from anycompany.aws.session import Target
    from anycompany.workbook.deployment import Deployment

    calls: dict[str, set[str]] = {"plan": set(), "apply": set()}
    original = botocore.client.BaseClient._make_api_call
    storm = staged(Storm.model_validate(yaml.safe_load(HOTEL)), "ccalls")
    doing = "plan"

    def recording(client: Any, operation: str, arguments: Any) -> Any:
        calls[doing].add(f"{client.meta.service_model.signing_name}:{operation}")
        return original(client, operation, arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.client.BaseClient, "_make_api_call", recording)
        deployment = Deployment(storm, Target("local"))
        deployment.who(), deployment.plan()
        doing = "apply"
        deployment.apply(lambda *_: None, protected=True)
        doing = "plan"
        changed = Deployment(storm.rename_event("room-booked", "Room Let"), Target("local"))
        changed.plan(drift=True)
        doing = "apply"
        changed.apply(lambda *_: None)
    destroy(local_aws, synth(storm).stacks, allow_loss=True)
    assert {"cloudformation:CreateChangeSet", "cloudformation:GetTemplate"} <= calls["plan"]
    assert {"cloudformation:ExecuteChangeSet", "ssm:PutParameter"} <= calls["apply"]
    assert [call for call in calls["plan"] if not allowed(call, "Planning")] == []
    assert [call for call in calls["apply"] if not allowed(call, "Planning", "Deploying")] == []


MAKES = {
    "AWS::CloudWatch::Alarm": "cloudwatch:PutMetricAlarm", "AWS::CloudWatch::Dashboard": "cloudwatch:PutDashboard",
    "AWS::DynamoDB::Table": "dynamodb:CreateTable", "AWS::EventSchemas::Registry": "schemas:CreateRegistry",
    "AWS::EventSchemas::Schema": "schemas:CreateSchema", "AWS::Events::Archive": "events:CreateArchive",
    "AWS::Events::EventBus": "events:CreateEventBus", "AWS::Events::EventBusPolicy": "events:PutPermission",
    "AWS::Events::Rule": "events:PutRule", "AWS::IAM::ManagedPolicy": "iam:CreatePolicy", "AWS::IAM::Role": "iam:CreateRole",
    "AWS::KMS::Key": "kms:CreateKey", "AWS::Lambda::Function": "lambda:CreateFunction", "AWS::Logs::LogGroup": "logs:CreateLogGroup",
    "AWS::Logs::MetricFilter": "logs:PutMetricFilter", "AWS::Logs::ResourcePolicy": "logs:PutResourcePolicy",
    "AWS::Pipes::Pipe": "pipes:CreatePipe", "AWS::SNS::Subscription": "sns:Subscribe", "AWS::SNS::Topic": "sns:CreateTopic",
    "AWS::SNS::TopicPolicy": "sns:SetTopicAttributes", "AWS::SQS::Queue": "sqs:CreateQueue",
    "AWS::SQS::QueuePolicy": "sqs:SetQueueAttributes", "AWS::SSM::Parameter": "ssm:PutParameter",
    "AWS::Scheduler::Schedule": "scheduler:CreateSchedule", "AWS::StepFunctions::StateMachine": "states:CreateStateMachine",
}  # fmt: skip
"""What CloudFormation calls to make a resource of each type, by AWS's registry of types."""


def test_every_type_of_resource_that_a_storm_has_may_be_made_and_no_service_more() -> None:
    types = {
        resource["Type"]
        for storm in STORMS.values()
        for stack in synth(storm).stacks
        for resource in stack.template["Resources"].values()
    }
    assert types <= MAKES.keys()
    assert [one for one in MAKES.values() if not allowed(one, "Deploying", "Making")] == []
    services = {one.split(":")[0] for one in actions_of("Making")}
    assert services == {one.split(":")[0] for one in MAKES.values()} - {"ssm"}


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml", "buildspec.yml"])
def test_the_page_shows_the_pipeline_as_it_is(name: str) -> None:
    assert f"```yaml\n{(CI / name).read_text()}```\n" in (ROOT / "docs" / "ci.md").read_text()
