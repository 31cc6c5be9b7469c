"""Least privilege, proven: a role may do what its workflow calls, and nothing more or less.

What a workflow calls is read from its state machine; what the policies come to is judged by iam-simulate.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from anycompany.stacks.synth import synth

from .iam import ACCOUNT, REGION, Filled, Request, misjudged
from .privilege import (
    CODE,
    STRANGER,
    asks,
    every_storm,
    filled,
    listed,
    needed_by_aws_itself,
    rule_arn,
    statements_of,
    with_functions,
    workflows_of,
)
from .workflow_calls import Called, calls_of, more_than_called

TAKING = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
ON_TABLES: dict[str, tuple[str, ...]] = {
    "look": ("GetItem", "Query"),
    "keep": ("PutItem", "UpdateItem"),
    "say": (),
}
"""What the code of a task that reads, one that writes, and one that does neither may do on the table."""


@every_storm
def test_no_workflows_role_may_do_more_than_its_workflow_calls(name: str) -> None:
    workflows = list(workflows_of(filled(name)))
    assert workflows
    for workflow in workflows:
        assert more_than_called(workflow.own, calls_of(workflow.definition)) == set(), workflow.name


def test_one_action_resource_source_or_detail_type_more_would_be_found() -> None:
    for workflow in workflows_of(filled("anycompany")):
        calls = calls_of(workflow.definition)
        for put in (one for one in workflow.own if one["Action"] == "events:PutEvents"):
            said = put["Condition"]["ForAllValues:StringEquals"]
            for key, values in said.items():
                more = put | {"Condition": {"ForAllValues:StringEquals": said | {key: [*values, "more"]}}}
                assert more_than_called([more], calls) == {"more"}
            for more in (
                put | {"Action": [put["Action"], "events:PutRule"]},
                put | {"Resource": [put["Resource"], "arn:aws:events:eu-central-1:123456789012:event-bus/b"]},
                put | {"Resource": "*"},
                put | {"Condition": {}},
            ):
                assert more_than_called([more], calls)


@every_storm
def test_every_call_of_a_workflow_is_allowed_and_every_call_of_the_others_denied(name: str) -> None:
    workflows = list(workflows_of(filled(name)))
    every = list(dict.fromkeys(call for one in workflows for call in calls_of(one.definition)))
    requests = []
    for workflow in workflows:
        own = calls_of(workflow.definition)
        requests += [asks(call, identity=(workflow.statements,), allowed=within(call, own)) for call in every]
    assert misjudged(requests) == []


def within(call: Called, own: list[Called]) -> bool:
    """Whether a call asks for nothing that the calls of a workflow do not ask for."""
    same = [one for one in own if (one.action, one.resource) == (call.action, call.resource)]
    sources = {source for one in same for source in one.sources}
    types = {name for one in same for name in one.detail_types}
    return bool(same) and call.sources <= sources and call.detail_types <= types


@every_storm
def test_with_one_permission_less_a_call_of_the_workflow_is_denied(name: str) -> None:
    requests = []
    for workflow in workflows_of(filled(name)):
        calls = calls_of(workflow.definition)
        for lost in one_less(workflow.own):
            needs = [call for call in calls if lost.needed_by(call)]
            assert needs, (workflow.name, lost)
            requests += [asks(call, identity=(lost.left,), allowed=False) for call in needs]
    assert misjudged(requests) == []


@dataclass(frozen=True)
class Lost:
    """Statements that lack one thing, and what it is."""

    left: tuple[dict[str, Any], ...]
    action: str
    resource: str = ""
    key: str = ""
    value: str = ""

    def needed_by(self, call: Called) -> bool:
        return (
            call.action == self.action
            and self.resource in ("", call.resource)
            and (not self.key or self.value in call.context[self.key])
        )


def one_less(statements: list[dict[str, Any]]) -> Iterator[Lost]:
    """The statements without one of their actions, resources or condition values, each in turn."""
    for index, one in enumerate(statements):
        others = (*statements[:index], *statements[index + 1 :])
        action = one["Action"]
        assert isinstance(action, str)
        yield Lost(others, action)
        if isinstance(one["Resource"], list) and len(one["Resource"]) > 1:
            for resource in one["Resource"]:
                left = one | {"Resource": [other for other in one["Resource"] if other != resource]}
                yield Lost((*others, left), action, resource)
        said = one.get("Condition", {}).get("ForAllValues:StringEquals", {})
        for key, values in said.items():
            for value in values if len(values) > 1 else ():
                fewer = said | {key: [other for other in values if other != value]}
                conditions = one["Condition"] | {"ForAllValues:StringEquals": fewer}
                yield Lost((*others, one | {"Condition": conditions}), action, "", key, value)


def test_a_request_that_hides_what_it_puts_or_puts_it_on_another_bus_is_denied() -> None:
    requests = []
    for workflow in workflows_of(filled("anycompany")):
        for call in (one for one in calls_of(workflow.definition) if one.action == "events:PutEvents"):
            keys = call.context
            other = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/default"
            denied = [
                replace(asks(call), context={}),
                *(replace(asks(call), context={key: keys[key]}) for key in keys),
                replace(asks(call), resource=other),
                replace(asks(call), context=keys | {"events:source": [*keys["events:source"], "aws.s3"]}),
                replace(asks(call), context=keys | {"events:detail-type": ["Something Else"]}),
            ]
            requests += [replace(one, identity=(workflow.statements,), allowed=False) for one in denied]
    assert misjudged(requests) == []


@every_storm
def test_a_rule_starts_its_own_workflow_and_no_other(name: str) -> None:
    stacks = filled(name)
    machines = [workflow.arn for workflow in workflows_of(stacks)]
    requests = []
    for stack in stacks:
        for _, rule in stack.of_type("AWS::Events::Rule"):
            for target in (one for one in rule["Targets"] if "RoleArn" in one):
                may = (tuple(statements_of(stack.role(target["RoleArn"]))),)
                assert len(may[0]) == 1
                requests += [
                    Request("states:StartExecution", arn, identity=may, allowed=arn == target["Arn"])
                    for arn in machines
                ]
                requests.append(
                    Request(
                        "states:StopExecution",
                        target["Arn"].replace("stateMachine", "execution") + ":x",
                        identity=may,
                        allowed=False,
                    )
                )
    assert misjudged(requests) == []


@every_storm
def test_no_other_role_may_do_more_than_its_rule_pipe_schedule_or_function_needs(name: str) -> None:
    for stack in filled(name):
        for role, needed in needs_of_other_roles(stack):
            said = [one for one in statements_of(stack.role(role)) if not needed_by_aws_itself(one)]
            pairs = {(a, r) for one in said for a in listed(one["Action"]) for r in listed(one["Resource"])}
            assert pairs == needed, role


def needs_of_other_roles(stack: Filled) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """For each role of a rule, pipe, schedule or function which action on which resource it needs."""
    for _, rule in stack.of_type("AWS::Events::Rule"):
        for target in (one for one in rule["Targets"] if "RoleArn" in one):
            yield target["RoleArn"], {("states:StartExecution", target["Arn"])}
    for _, pipe in stack.of_type("AWS::Pipes::Pipe"):
        taking = {(f"sqs:{api}", pipe["Source"]) for api in TAKING}
        yield pipe["RoleArn"], {*taking, ("states:StartExecution", pipe["Target"])}
    for _, schedule in stack.of_type("AWS::Scheduler::Schedule"):
        target = schedule["Target"]
        letters = target["DeadLetterConfig"]["Arn"]
        yield target["RoleArn"], {("events:PutEvents", target["Arn"]), ("sqs:SendMessage", letters)}
    logs = {one["LogGroupName"]: stack.arn(key) for key, one in stack.of_type("AWS::Logs::LogGroup")}
    for key, function in stack.of_type("AWS::Lambda::Function"):
        log = logs[function["LoggingConfig"]["LogGroup"]]
        task = stack.resources[key]["Metadata"]["AnyCompany"]["Run"].removeprefix("code/")
        table = next(stack.arn(logical) for logical, _ in stack.of_type("AWS::DynamoDB::Table"))
        needed = {(f"logs:{api}", log) for api in ("CreateLogStream", "PutLogEvents")}
        yield function["Role"], needed | {(f"dynamodb:{api}", table) for api in ON_TABLES[task]}


@every_storm
def test_a_pipe_takes_from_its_queue_and_starts_its_workflow_and_a_schedule_puts_its_event(name: str) -> None:
    stacks = filled(name)
    queues = [stack.arn(logical) for stack in stacks for logical, _ in stack.of_type("AWS::SQS::Queue")]
    machines = [workflow.arn for workflow in workflows_of(stacks)]
    requests = []
    for stack in stacks:
        for _, pipe in stack.of_type("AWS::Pipes::Pipe"):
            may = (tuple(statements_of(stack.role(pipe["RoleArn"]))),)
            requests += [
                Request(f"sqs:{api}", queue, identity=may, allowed=queue == pipe["Source"])
                for api in TAKING
                for queue in queues
            ]
            requests += [
                Request("states:StartExecution", arn, identity=may, allowed=arn == pipe["Target"])
                for arn in machines
            ]
            requests.append(Request("sqs:SendMessage", pipe["Source"], identity=may, allowed=False))
        for _, schedule in stack.of_type("AWS::Scheduler::Schedule"):
            target = schedule["Target"]
            may = (tuple(statements_of(stack.role(target["RoleArn"]))),)
            said = target["EventBridgeParameters"]
            keys = {"events:source": [said["Source"]], "events:detail-type": [said["DetailType"]]}
            put = Request("events:PutEvents", target["Arn"], keys, identity=may)
            requests += [
                put,
                replace(put, context=keys | {"events:detail-type": ["another"]}, allowed=False),
                replace(put, context=keys | {"events:source": ["another"]}, allowed=False),
                replace(put, resource=target["Arn"] + "-other", allowed=False),
            ]
            letters = target["DeadLetterConfig"]["Arn"]
            requests += [
                Request("sqs:SendMessage", queue, identity=may, allowed=queue == letters) for queue in queues
            ]
    assert not requests or misjudged(requests) == []


@every_storm
def test_a_role_is_taken_on_only_for_what_uses_it(name: str) -> None:
    requests = []
    for service, role_arn, trust, source in users_of_roles(filled(name)):
        ask = Request(
            "sts:AssumeRole",
            role_arn,
            {"aws:SourceArn": source, "aws:SourceAccount": ACCOUNT},
            on_resource=trust,
            principal=service,
        )
        requests += [
            ask,
            replace(ask, context={**ask.context, "aws:SourceAccount": STRANGER}, allowed=False),
            replace(
                ask,
                context={**ask.context, "aws:SourceArn": source + "-other"},
                allowed=service == "lambda.amazonaws.com",
            ),
            replace(ask, context={}, allowed=False),
            replace(ask, principal="ec2.amazonaws.com", allowed=False),
        ]
    assert misjudged(requests) == []


def users_of_roles(stacks: tuple[Filled, ...]) -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """For each role the service that takes it on, its ARN, its trust policy, and the ARN that it is for."""
    for stack in stacks:
        for logical, machine in stack.of_type("AWS::StepFunctions::StateMachine"):
            role = machine["RoleArn"]
            trust = stack.role(role)["AssumeRolePolicyDocument"]
            yield "states.amazonaws.com", role, trust, stack.arn(logical)
        for _, rule in stack.of_type("AWS::Events::Rule"):
            for target in (one for one in rule["Targets"] if "RoleArn" in one):
                trust = stack.role(target["RoleArn"])["AssumeRolePolicyDocument"]
                yield "events.amazonaws.com", target["RoleArn"], trust, rule_arn(rule)
        for logical, function in stack.of_type("AWS::Lambda::Function"):
            trust = stack.role(function["Role"])["AssumeRolePolicyDocument"]
            yield "lambda.amazonaws.com", function["Role"], trust, stack.arn(logical)
        for _, pipe in stack.of_type("AWS::Pipes::Pipe"):
            arn = f"arn:aws:pipes:{REGION}:{ACCOUNT}:pipe/{pipe['Name']}"
            trust = stack.role(pipe["RoleArn"])["AssumeRolePolicyDocument"]
            yield "pipes.amazonaws.com", pipe["RoleArn"], trust, arn
        for _, schedule in stack.of_type("AWS::Scheduler::Schedule"):
            role = schedule["Target"]["RoleArn"]
            group = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule-group/default"
            yield "scheduler.amazonaws.com", role, stack.role(role)["AssumeRolePolicyDocument"], group


def test_a_function_that_reads_and_one_that_writes_may_do_only_that_and_write_only_their_own_logs() -> None:
    stack = next(one for one in filled("functions") if dict(one.of_type("AWS::Lambda::Function")))
    table = next(stack.arn(logical) for logical, _ in stack.of_type("AWS::DynamoDB::Table"))
    logs = {one["LogGroupName"]: stack.arn(logical) for logical, one in stack.of_type("AWS::Logs::LogGroup")}
    requests = []
    functions = dict(stack.of_type("AWS::Lambda::Function"))
    assert len(functions) == len(ON_TABLES)
    for logical, function in functions.items():
        may = (tuple(statements_of(stack.role(function["Role"]))),)
        task = stack.resources[logical]["Metadata"]["AnyCompany"]["Run"].removeprefix("code/")
        for api in ("GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "Scan"):
            requests += [
                Request(f"dynamodb:{api}", table, identity=may, allowed=api in ON_TABLES[task]),
                Request(f"dynamodb:{api}", table + "-other", identity=may, allowed=False),
            ]
        own = function["LoggingConfig"]["LogGroup"]
        for name, arn in logs.items():
            stream = arn.removesuffix(":*") + ":log-stream:s"
            requests.append(Request("logs:PutLogEvents", stream, identity=may, allowed=name == own))
        requests.append(
            Request(
                "events:PutEvents",
                "arn:aws:events:eu-central-1:123456789012:event-bus/inn",
                identity=may,
                allowed=False,
            )
        )
    assert misjudged(requests) == []


@every_storm
def test_each_role_is_one_workflows_rules_schedules_or_functions_alone(name: str) -> None:
    for stack in filled(name):
        used = [role for _, role, _, _ in users_of_roles((stack,))]
        assert len(used) == len(set(used))
        made = {
            stack.arn(logical) for logical, _ in stack.of_type("AWS::IAM::Role") if logical != "BusReader"
        }
        assert made == set(used)


def test_tasks_of_one_folder_of_code_that_read_and_that_write_have_a_function_and_a_role_each() -> None:
    folder = "code/rooms"
    tasks = [{"reads": ["rooms"]}, {"writes": ["rooms"]}, {"reads": ["rooms", "rooms"]}, {}]
    does = [{"do": f"Work {n}", "run": folder, **said} for n, said in enumerate(tasks)]
    storm = with_functions().change("policies", "prepare", does=does)
    code = {folder: next(iter(CODE.values()))}
    stack = next(Filled(storm, one) for one in synth(storm, code=code).stacks if one.kind == "service")
    table = next(stack.arn(logical) for logical, _ in stack.of_type("AWS::DynamoDB::Table"))
    requests = []
    (workflow,) = workflows_of((stack,))
    invoked = [call.resource for call in calls_of(workflow.definition) if call.action.startswith("lambda:")]
    functions = {stack.arn(logical): one for logical, one in stack.of_type("AWS::Lambda::Function")}
    assert functions.keys() == set(invoked) and len(invoked) == 3
    for arn, allowed in zip(invoked, ("GetItem", "PutItem", ""), strict=True):
        may = (tuple(statements_of(stack.role(functions[arn]["Role"]))),)
        requests += [
            Request(f"dynamodb:{api}", table, identity=may, allowed=api == allowed)
            for api in ("GetItem", "PutItem", "DeleteItem")
        ]
    assert misjudged(requests) == []


@every_storm
def test_a_workflow_itself_writes_only_and_what_a_task_reads_is_for_the_role_of_its_function(
    name: str,
) -> None:
    writing = {"events:PutEvents", "dynamodb:PutItem", "sns:Publish", "sqs:SendMessage"}
    for workflow in workflows_of(filled(name)):
        assert {one["Action"] for one in workflow.own} <= writing | {"lambda:InvokeFunction"}
