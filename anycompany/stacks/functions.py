"""One small function for each task that names a folder of code, each with a role of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..bus.names import resource_name
from ..storm.code import Code, Codes
from ..storm.model import Storm
from ..storm.parts import Task
from ..storm.spans import seconds_of
from ..storm.tasks import is_arn, single_tasks
from .logging import retention
from .resources import resource
from .roles import needed_by_aws, this_account, trusted_role
from .stack import Template
from .watched import function_alarm
from .workflow.places import arn_of, function_id, place_id

LONGEST_FUNCTION_NAME = 64
"""Characters of a function's name (Lambda)."""

LONGEST_SECONDS = 900
"""How long a function may run at most (Lambda quota)."""

USUAL_SECONDS = 30

READS = ("dynamodb:GetItem", "dynamodb:Query")
WRITES = ("dynamodb:PutItem", "dynamodb:UpdateItem")


def functions(storm: Storm, service: str, policies: Iterable[str], code: Codes) -> Template:
    """The functions of a service's policies, their roles, their logs and the alarms on their throttling.

    Parameters
    ----------
    storm, service : whose stack.
    policies : the ids of the policies that run in it.
    code : the folders of code, as they were read.
    """
    made: Template = {}
    for policy in policies:
        by_function: dict[str, list[Task]] = {}
        for task in single_tasks(storm.policies[policy].does):
            if task.run is not None and task.run in code:
                by_function.setdefault(function_id(storm, policy, task), []).append(task)
        for function, tasks in by_function.items():
            made |= _function(storm, (service, policy), function, tasks, code[tasks[0].run or ""])
    return made


def _function(storm: Storm, home: tuple[str, str], function: str, tasks: list[Task], code: Code) -> Template:
    """The function that does tasks of one policy from one folder; ``home`` are the service and the policy."""
    (service, policy), folder = home, tasks[0].run or ""
    note = f"policies/{policy}"
    role, log = f"FunctionRole{function.removeprefix('Function')}", f"{function}Log"
    last = folder.rstrip("/").rsplit("/", 1)[-1]
    name = resource_name(storm, f"{policy}-{last}-{function[-6:]}", LONGEST_FUNCTION_NAME, service)
    seconds = max(seconds_of(task.within) if task.within else USUAL_SECONDS for task in tasks)
    reads, writes = _tables(tasks, "reads"), _tables(tasks, "writes")
    properties: Template = {
        "FunctionName": name,
        "Runtime": code.runtime,
        "Handler": code.handler,
        "Role": {"Fn::GetAtt": [role, "Arn"]},
        "Code": {"ZipFile": _text(code.inline)} if code.inline else _packed(code),
        "Timeout": min(seconds, LONGEST_SECONDS),
        "MemorySize": 256,
        "TracingConfig": {"Mode": "Active"},
        "LoggingConfig": {"LogGroup": {"Ref": log}, "LogFormat": "JSON"},
    }
    if tables := {f"TABLE_{_variable(table)}": _name(table) for table in (*reads, *writes)}:
        properties["Environment"] = {"Variables": tables}
    made = resource("AWS::Lambda::Function", note, properties)
    made["Metadata"]["AnyCompany"] |= {"Run": folder, "Digest": code.digest}
    if code.depends_on:
        made["Metadata"]["AnyCompany"]["DependsOn"] = list(code.depends_on)
    made["Metadata"]["checkov"] = {"skip": [{"id": id_, "comment": why} for id_, why in _NOT_APPLICABLE]}
    statements = [_may_log(log), needed_by_aws("X-Ray of a function")]
    statements += [_may(READS, reads)] if reads else []
    statements += [_may(WRITES, writes)] if writes else []
    return {
        log: resource(
            "AWS::Logs::LogGroup",
            note,
            {"LogGroupName": f"/aws/lambda/{name}", "RetentionInDays": retention(storm.bus.logs)},
            DeletionPolicy="Delete",
            UpdateReplacePolicy="Delete",
        ),
        role: trusted_role(note, "lambda.amazonaws.com", statements, this_account()),
        function: made,
        **function_alarm(storm, policy, function, name),
    }


_NOT_APPLICABLE = (
    ("CKV_AWS_115", "The workflow that calls it decides how much runs at once; nothing else may call it."),
    (
        "CKV_AWS_116",
        "It is called by a workflow that waits for it, sees its failure and goes on by a branch.",
    ),
    (
        "CKV_AWS_117",
        "It reaches AWS's own services only, by its role; in a VPC it would need ways out for that.",
    ),
    ("CKV_AWS_173", "Its environment holds the names of tables, and nothing secret."),
    ("CKV_AWS_272", "Who may deploy the stack decides what runs; the storm names no signing profile."),
)
"""Rules of checkov that do not apply to these functions, and why."""


def _packed(code: Code) -> Template:
    """Where the package is; whoever deploys the template by hand names the bucket."""
    return {"S3Bucket": code.bucket or {"Ref": "CodeBucket"}, "S3Key": code.key}


def code_parameter() -> Template:
    """The template parameter for a bucket of packages that nobody has named yet."""
    says = "The bucket in this region that holds the packages of the functions' code"
    return {"CodeBucket": {"Type": "String", "Description": says}}


def _text(code: str) -> Any:
    """Code as a template's value: what looks like a variable is none."""
    return {"Fn::Join": ["${", code.split("${")]} if "${" in code else code


def _may_log(log: str) -> Template:
    return {
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": {"Fn::GetAtt": [log, "Arn"]},
    }


def _may(actions: tuple[str, ...], tables: Iterable[str]) -> Template:
    return {
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": [arn_of("table", table) for table in tables],
    }


def _tables(tasks: Iterable[Task], key: str) -> list[str]:
    return list(dict.fromkeys(table for task in tasks for table in getattr(task, key) or ()))


def _name(table: str) -> Any:
    return table if is_arn(table) else {"Ref": place_id("table", table)}


def _variable(table: str) -> str:
    """A table's name as an environment variable has it."""
    last = table.rsplit("/", 1)[-1]
    return "".join(c if c.isalnum() else "_" for c in last).upper()
