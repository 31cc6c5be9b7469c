"""Who else may write, put, read and answer: the policies of queues, topics and buses, and those to attach."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from anycompany.stacks.publishers import LARGEST_MANAGED_POLICY
from anycompany.stacks.resources import LARGEST_QUEUE_POLICY
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm

from .iam import ACCOUNT, REGION, Filled, Request, misjudged
from .privilege import (
    CODE,
    FRIEND,
    ORGANIZATION,
    STORMS,
    STRANGER,
    every_storm,
    filled,
    listed,
    needed_by_aws_itself,
    rule_arn,
)


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
            subscriptions = [
                one for _, one in stack.of_type("AWS::SNS::Subscription") if one["TopicArn"] == topic
            ]
            heard = {one["Endpoint"] for one in subscriptions}
            letters = {one["RedrivePolicy"]["deadLetterTargetArn"] for one in subscriptions}
            yield "sns.amazonaws.com", topic, heard | letters


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


LONGEST_QUEUE_ARN = len("arn:aws:sqs:ap-southeast-1:123456789012:") + 80


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
            if not logical.startswith("Publisher"):
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
"""Where EventBridge documents no condition: topics, streams in log groups, and the keys of topics and queues."""


def test_only_rules_of_this_bus_write_into_the_logs_of_its_listeners() -> None:
    storm = STORMS["shared"]
    ((_, policy),) = Filled(storm, synth(storm).stacks[0]).of_type("AWS::Logs::ResourcePolicy")
    (writes,) = [one for said in documents(policy) for one in said["Statement"] if "Put" in one["Action"]]
    assert list(writes["Condition"]) == ["ArnLike"]
    assert writes["Condition"]["ArnLike"]["aws:SourceArn"].endswith(f":rule/{storm.bus_name}/*")


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
                    said = one["Metadata"]["AnyCompany"]
                    assert {**said.get("Wildcards", {}), **said.get("WithoutCondition", {})}[statement["Sid"]]


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


def test_policies_of_a_service_with_very_many_rules_and_events_stay_within_awss_limits() -> None:
    storm = Storm(name="Inn").add_events([f"Quite A Long Event Name Number {n}" for n in range(240)])
    events = list(storm.events)
    for event in events:
        storm = storm.trigger(event, actor="Guest")
    for event in events[:90]:
        storm = storm.add_policy(f"Do Something After {event}", when=[event], does=["Work"])
    storm = storm.add_entity("Room", events).add_context("Inn", ["room"]).add_service("Rooms", "inn")
    for key in storm.policies:
        storm = storm.change("policies", key, service="rooms")
    stack = next(Filled(storm, one) for one in synth(storm).stacks if one.kind == "service")
    (letters,) = (one for one in stack.of_type("AWS::SQS::QueuePolicy") if one[0] == "DeadLettersPolicy")
    assert len(json.dumps(letters[1]["PolicyDocument"])) < LARGEST_QUEUE_POLICY
    assert stack.resources["DeadLettersPolicy"]["Metadata"]["AnyCompany"]["Wildcards"]["Rules"]
    ask = Request(
        "sqs:SendMessage",
        arn_of_queue(letters[1]["Queues"][0]),
        on_resource=letters[1]["PolicyDocument"],
        principal="events.amazonaws.com",
    )
    rules = [rule_arn(rule) for _, rule in stack.of_type("AWS::Events::Rule")]
    assert len(rules) >= len(storm.policies)
    requests = [replace(ask, context={"aws:SourceArn": arn}) for arn in rules]
    other = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/inn/other-service-rule"
    requests.append(replace(ask, context={"aws:SourceArn": other}, allowed=False))
    publishers = [one for key, one in stack.of_type("AWS::IAM::ManagedPolicy") if key.startswith("Publisher")]
    assert len(publishers) > 1
    assert all(len(json.dumps(one["PolicyDocument"])) <= LARGEST_MANAGED_POLICY for one in publishers)
    may = tuple(tuple(one["PolicyDocument"]["Statement"]) for one in publishers)
    bus = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/inn"
    requests += [
        Request(
            "events:PutEvents",
            bus,
            {"events:source": [storm.source_of(event)], "events:detail-type": [storm.detail_type(event)]},
            identity=may,
        )
        for event in events
    ]
    assert misjudged(requests) == []


def test_however_many_questions_a_service_asks_whoever_answers_may_read_each_by_policies_that_iam_takes() -> (
    None
):
    storm = Storm(name="Inn").add_events([f"Room {n} Done" for n in range(90)])
    events = list(storm.events)
    for n, event in enumerate(events):
        storm = storm.add_policy(f"Ask Somebody About Number {n}", when=[event], does=[{"ask": "Well?"}])
    storm = storm.add_entity("Room", events).add_context("Inn", ["room"]).add_service("Rooms", "inn")
    for key in storm.policies:
        storm = storm.change("policies", key, service="rooms")
    stack = next(Filled(storm, one) for one in synth(storm).stacks if one.kind == "service")
    policies = [one for key, one in stack.of_type("AWS::IAM::ManagedPolicy") if key.startswith("Answerers")]
    assert len(policies) == 3
    may = tuple(tuple(one["PolicyDocument"]["Statement"]) for one in policies)
    queues = [
        stack.arn(logical) for logical, _ in stack.of_type("AWS::SQS::Queue") if logical.startswith("Asks")
    ]
    assert len(queues) == 90
    longest = max(map(len, queues))
    for one in policies:
        written = json.dumps(one["PolicyDocument"], separators=(",", ":"))
        room = len(one["PolicyDocument"]["Statement"][0]["Resource"]) * (LONGEST_QUEUE_ARN - longest)
        assert len(written) + room <= LARGEST_MANAGED_POLICY
    assert misjudged(Request("sqs:ReceiveMessage", queue, identity=may) for queue in queues) == []
