"""Least privilege, proven: a role may do what its workflow calls, and nothing more or less.

What a workflow calls is read from its state machine; what the policies come to is judged by iam-simulate.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from anycompany.stacks.roles import EXTRAS, needed_by_aws
from anycompany.stacks.synth import synth
from anycompany.storm.code import Code
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .iam import ACCOUNT, REGION, Filled, Request, misjudged
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of
from .workflow_calls import Called, calls_of, more_than_called

FRIEND, STRANGER = "111122223333", "999988887777"
ORGANIZATION = "o-abcdefghij"
TAKING = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
ON_TABLES: dict[str, tuple[str, ...]] = {
    "look": ("GetItem", "Query"),
    "keep": ("PutItem", "UpdateItem"),
    "say": (),
}
"""What the code of a task that reads, one that writes, and one that does neither may do on the table."""


def shared(storm: Storm) -> Storm:
    """The storm on a bus that others may put events on, and that has a key of its own."""
    return storm.set(bus={"accounts": [FRIEND], "organization": ORGANIZATION, "key": "own"})


def with_functions() -> Storm:
    """A storm whose tasks are code: one reads a table, another writes it, a third does neither."""
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Ready"]).trigger("room-booked", actor="Guest")
    storm = storm.add_policy(
        "Prepare",
        when=["room-booked"],
        does=[
            {"do": "Look", "run": "code/look", "reads": ["rooms"]},
            {"do": "Keep", "run": "code/keep", "writes": ["rooms"]},
            {"do": "Say", "run": "code/say"},
            {"do": "File", "table": "rooms", "key": "room-id"},
        ],
        emits=["room-ready"],
    )
    storm = storm.add_entity("Room", list(storm.events)).add_context("Inn", ["room"])
    return storm.add_service("Rooms", "inn")


CODE = {
    f"code/{name}": Code("python3.13", "index.handler", "def handler(event, context): pass\n", "0" * 64)
    for name in ("look", "keep", "say")
}
STORMS = {path.name.removesuffix(".storm.yaml"): with_guesses(load(path)) for path in ALL}
STORMS |= {"functions": with_functions(), "hostile": storm_of(HOSTILE_TEXTS), "shared": shared(load(EXAMPLE))}
every_storm = pytest.mark.parametrize("name", STORMS)


@dataclass(frozen=True)
class Workflow:
    """A state machine with its role's policies, filled in."""

    name: str
    arn: str
    definition: dict[str, Any]
    statements: tuple[dict[str, Any], ...]
    trust: dict[str, Any]
    role: str

    @property
    def own(self) -> list[dict[str, Any]]:
        """What the role may do for its workflow; AWS's own needs left out."""
        return [one for one in self.statements if not needed_by_aws_itself(one)]


def needed_by_aws_itself(statement: dict[str, Any]) -> bool:
    """Whether a statement is one of AWS's own needs, to the letter."""
    key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/"
    on = statement["Resource"] if str(statement["Resource"]).startswith(key) else "*"
    return any(
        statement == needed_by_aws(name, on) and (on != "*") == (name == "use of the key") for name in EXTRAS
    )


@cache
def filled(name: str) -> tuple[Filled, ...]:
    """The stacks of a storm, filled in."""
    storm = STORMS[name]
    return tuple(Filled(storm, stack) for stack in synth(storm, code=CODE).stacks)


def workflows_of(stacks: tuple[Filled, ...]) -> Iterator[Workflow]:
    for stack in stacks:
        for logical, properties in stack.of_type("AWS::StepFunctions::StateMachine"):
            role = stack.role(properties["RoleArn"])
            yield Workflow(
                properties["StateMachineName"],
                stack.arn(logical),
                json.loads(properties["DefinitionString"]),
                tuple(statements_of(role)),
                role["AssumeRolePolicyDocument"],
                properties["RoleArn"],
            )


def statements_of(role: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for policy in role.get("Policies", []) for one in policy["PolicyDocument"]["Statement"]]


def asks(call: Called, **more: Any) -> Request:
    return Request(call.action, call.resource, call.context, **more)


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


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


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


def rule_arn(rule: dict[str, Any]) -> str:
    bus = f"{rule['EventBusName']}/" if "EventBusName" in rule else ""
    return f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{bus}{rule['Name']}"


@every_storm
def test_each_role_is_one_workflows_rules_schedules_or_functions_alone(name: str) -> None:
    for stack in filled(name):
        used = [role for _, role, _, _ in users_of_roles((stack,))]
        assert len(used) == len(set(used))
        made = {
            stack.arn(logical) for logical, _ in stack.of_type("AWS::IAM::Role") if logical != "BusReader"
        }
        assert made == set(used)


@every_storm
def test_only_a_queues_own_rules_and_topics_write_to_it(name: str) -> None:
    stacks = filled(name)
    requests = []
    for stack in stacks:
        for _, policy in stack.of_type("AWS::SQS::QueuePolicy"):
            for url in policy["Queues"]:
                for service, source, targets in senders(stacks):
                    ask = Request(
                        "sqs:SendMessage",
                        arn_of_queue(url),
                        {"aws:SourceArn": source},
                        on_resource=policy["PolicyDocument"],
                        principal=service,
                        allowed=arn_of_queue(url) in targets,
                    )
                    requests.append(ask)
                    if ask.allowed:
                        requests += [
                            replace(ask, action="sqs:ReceiveMessage", allowed=False),
                            replace(ask, resource=ask.resource + "-other", allowed=False),
                            replace(ask, principal="ec2.amazonaws.com", allowed=False),
                            replace(ask, context={}, allowed=False),
                        ]
    assert misjudged(requests) == []


def senders(stacks: tuple[Filled, ...]) -> Iterator[tuple[str, str, set[str]]]:
    """Each rule and topic: the service that sends for it, its ARN, and the ARNs that it sends to."""
    for stack in stacks:
        for _, rule in stack.of_type("AWS::Events::Rule"):
            yield "events.amazonaws.com", rule_arn(rule), letters_and_targets(rule)
        for logical, _ in stack.of_type("AWS::SNS::Topic"):
            topic = stack.arn(logical)
            subscriptions = [one for _, one in stack.of_type("AWS::SNS::Subscription")]
            heard = {one["Endpoint"] for one in subscriptions if one["TopicArn"] == topic}
            yield "sns.amazonaws.com", topic, heard


@every_storm
def test_on_a_topic_that_a_rule_publishes_to_eventbridge_may_publish_and_nobody_do_more(name: str) -> None:
    requests = []
    stacks = filled(name)
    targets = {one for _, source, to in senders(stacks) if ":rule/" in source for one in to if ":sns:" in one}
    for stack in stacks:
        for _, policy in stack.of_type("AWS::SNS::TopicPolicy"):
            for topic in policy["Topics"]:
                ask = Request(
                    "sns:Publish",
                    topic,
                    on_resource=policy["PolicyDocument"],
                    principal="events.amazonaws.com",
                    allowed=topic in targets,
                )
                requests += [
                    ask,
                    replace(ask, action="sns:Subscribe", allowed=False),
                    replace(ask, resource=topic + "-other", allowed=False),
                    replace(ask, principal="ec2.amazonaws.com", allowed=False),
                ]
                targets.discard(topic)
    assert not targets
    assert not requests or misjudged(requests) == []


def arn_of_queue(url: str) -> str:
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{url.rpartition('/')[2]}"


def letters_and_targets(rule: dict[str, Any]) -> set[str]:
    return {one for target in rule["Targets"] for one in (target["Arn"], target["DeadLetterConfig"]["Arn"])}


@every_storm
def test_application_code_may_put_what_people_start_in_its_service_and_nothing_else(name: str) -> None:
    storm, stacks = STORMS[name], filled(name)
    bus = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{storm.bus_name}"
    requests = []
    for stack in stacks:
        for logical, policy in stack.of_type("AWS::IAM::ManagedPolicy"):
            if logical != "Publisher":
                continue
            service = stack.resources[logical]["Metadata"]["AnyCompany"]["Note"].removeprefix("services/")
            for event in storm.events:
                trigger = storm.triggers.get(event)
                started = trigger is not None and trigger.kind in ("actor", "external")
                ask = Request(
                    "events:PutEvents",
                    bus,
                    {
                        "events:source": [storm.source_of(event)],
                        "events:detail-type": [storm.detail_type(event)],
                    },
                    identity=(tuple(policy["PolicyDocument"]["Statement"]),),
                    allowed=started and storm.relations.owner_of(event) == service,
                )
                requests += [ask, replace(ask, resource=bus + "-other", allowed=False)]
    assert misjudged(requests) == []


def test_every_star_has_its_reason_and_only_aws_itself_needs_one_in_a_role() -> None:
    for storm in STORMS.values():
        for stack in synth(storm, code=CODE).stacks:
            for logical, one in stack.template["Resources"].items():
                reasons = one["Metadata"]["AnyCompany"].get("Wildcards", {})
                text = json.dumps(one["Properties"])
                for document in documents(one["Properties"]):
                    for statement in document["Statement"]:
                        wild = any(
                            "*" in json.dumps(statement.get(key, ""))
                            for key in ("Resource", "Action", "Principal")
                        )
                        assert not wild or reasons[statement["Sid"]], (stack.name, logical, statement)
                        if wild and one["Type"] == "AWS::IAM::Role" and "Principal" not in statement:
                            assert needed_by_aws_itself(statement)
                assert "Statement" in text or not reasons


WITHOUT_CONDITION = {
    ("AWS::SNS::TopicPolicy", "events.amazonaws.com"),
    ("AWS::Logs::ResourcePolicy", "events.amazonaws.com"),
    ("AWS::Logs::ResourcePolicy", "delivery.logs.amazonaws.com"),
    ("AWS::KMS::Key", "events.amazonaws.com"),
}
"""Where EventBridge documents no condition for its targets: topics, log groups, and the keys of topics and queues."""


@every_storm
def test_every_policy_that_lets_a_service_in_says_for_whom_but_where_aws_documents_no_condition(
    name: str,
) -> None:
    for stack in filled(name):
        for logical, one in stack.resources.items():
            for statement in (each for said in documents(one["Properties"]) for each in said["Statement"]):
                services = listed(statement.get("Principal", {}))
                named = [
                    who
                    for part in services
                    if isinstance(part, dict)
                    for who in listed(part.get("Service", []))
                ]
                if named and not conditioned(statement):
                    assert {(one["Type"], who) for who in named} <= WITHOUT_CONDITION, (logical, statement)


def conditioned(statement: dict[str, Any]) -> bool:
    """Whether a statement says for which account, resource or encrypted thing a service has to act."""
    keys = {key for tests in statement.get("Condition", {}).values() for key in tests}
    return any(key in ("aws:SourceArn", "aws:SourceAccount") or "EncryptionContext" in key for key in keys)


def documents(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "Statement" in value:
            said = value["Statement"]
            yield {"Statement": said if isinstance(said, list) else [said]}
        for one in value.values():
            yield from documents(one)
    elif isinstance(value, list):
        for one in value:
            yield from documents(one)
    elif isinstance(value, str) and '"Statement"' in value:
        yield from documents(json.loads(value))


def test_other_accounts_put_what_is_started_from_outside_and_nobody_else_puts_anything() -> None:
    storm = STORMS["shared"]
    bus = Filled(storm, synth(storm).stacks[0])
    said = [one["Statement"] for _, one in bus.of_type("AWS::Events::EventBusPolicy")]
    anything = ({"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"},)

    def ask(event: str, account: str, allowed: bool, **context: str) -> Request:
        return Request(
            "events:PutEvents",
            bus.arn("EventBus"),
            {
                "events:source": [storm.source_of(event)],
                "events:detail-type": [storm.detail_type(event)],
                "aws:PrincipalAccount": account,
                "aws:PrincipalIsAWSService": "false",
                **context,
            },
            identity=(anything,),
            on_resource={"Version": "2012-10-17", "Statement": said},
            principal=f"arn:aws:iam::{account}:role/somebody",
            allowed=allowed,
        )

    requests = []
    for event in storm.events:
        trigger = storm.triggers.get(event)
        started = trigger is not None and trigger.kind in ("actor", "external")
        member = {"aws:PrincipalOrgID": ORGANIZATION}
        requests += [
            ask(event, FRIEND, started),
            ask(event, STRANGER, False),
            ask(event, STRANGER, started, **member),
            ask(event, STRANGER, False, **{"aws:PrincipalOrgID": "o-zzzzzzzzzz"}),
            ask(event, ACCOUNT, True),
            ask(event, ACCOUNT, False, **{"events:source": ["com.somebody.else"]}),  # type: ignore[arg-type]
        ]
    assert misjudged(requests) == []


@pytest.mark.parametrize("key", ["aws", "own"])
def test_whoever_answers_for_a_service_reads_its_questions_and_no_other_queue(key: str) -> None:
    storm = STORMS["insurance"].set(bus={"name": "harbour", "key": key})
    bus, *others = (Filled(storm, made) for made in synth(storm).stacks)
    stack = next(one for one in others if "Answerers" in one.resources)
    document = stack.resources["Answerers"]["Properties"]["PolicyDocument"]
    may = (tuple(document["Statement"]),)
    asks = {
        stack.arn(logical)
        for logical in stack.resources
        if logical.startswith("Asks") and "Policy" not in logical
    }
    queues = {stack.arn(logical) for logical, _ in stack.of_type("AWS::SQS::Queue")}
    assert asks and asks < queues
    requests = [
        Request(f"sqs:{api}", queue, identity=may, allowed=queue in asks and api != "SendMessage")
        for api in ("ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "SendMessage")
        for queue in queues
    ]
    requests += [Request("states:SendTaskSuccess", "*", identity=may)]
    machine = next(stack.arn(logical) for logical, _ in stack.of_type("AWS::StepFunctions::StateMachine"))
    requests += [Request("states:StartExecution", machine, identity=may, allowed=False)]
    if key == "own":
        (policy,) = (one["KeyPolicy"] for _, one in bus.of_type("AWS::KMS::Key"))
        arn = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k"
        requests += [
            Request("kms:Decrypt", arn, identity=may, on_resource=policy),
            Request("kms:ScheduleKeyDeletion", arn, identity=may, on_resource=policy, allowed=False),
        ]
    assert misjudged(requests) == []


def test_who_may_find_the_bus_may_read_two_parameters_and_nothing_else() -> None:
    storm = STORMS["shared"]
    bus = Filled(storm, synth(storm).stacks[0])
    policy = next(one for logical, one in bus.of_type("AWS::IAM::ManagedPolicy") if logical == "FindTheBus")
    may = (tuple(policy["PolicyDocument"]["Statement"]),)
    where = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{storm.bus_name}/event-bus"
    requests = [
        Request(action, f"{where}/{what}", identity=may, allowed=what in ("arn", "name"))
        for action in ("ssm:GetParameter", "ssm:GetParameters")
        for what in ("arn", "name", "other")
    ]
    requests += [Request("ssm:PutParameter", f"{where}/arn", identity=may, allowed=False)]
    trust = dict(bus.of_type("AWS::IAM::Role"))["BusReader"]["AssumeRolePolicyDocument"]
    for account, member, allowed in (
        (FRIEND, "", True),
        (STRANGER, "", False),
        (STRANGER, ORGANIZATION, True),
        (STRANGER, "o-zzzzzzzzzz", False),
    ):
        take = ({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"},)
        context = {"aws:PrincipalOrgID": member} if member else {}
        requests.append(
            Request(
                "sts:AssumeRole",
                bus.arn("BusReader"),
                context,
                identity=(take,),
                on_resource=trust,
                principal=f"arn:aws:iam::{account}:role/somebody",
                allowed=allowed,
            )
        )
    assert misjudged(requests) == []


@pytest.mark.parametrize("wrong", ["12345", "abcdefghijkl", 12345678901, True, "１２３４５６７８９０１２"])
def test_an_account_is_twelve_digits(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"twelve digits|valid string"):
        Storm.model_validate({"name": "Inn", "bus": {"accounts": [wrong]}})
