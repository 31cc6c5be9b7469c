"""Who may do what to what is read from any template, however it is written."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from anycompany.stacks.bus_policy import LARGEST_BUS_POLICY, bus_policy, size_of_bus_policy
from anycompany.stacks.checks import bus_policy_too_large, role_too_large
from anycompany.stacks.permissions import Permission, permissions
from anycompany.stacks.readable import readable
from anycompany.stacks.roles import LARGEST_ROLE
from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import synth
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .storms import EXAMPLE, load
from .strategies import storms

ALLOW = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": {"Fn::GetAtt": "Letters.Arn"}}
LETTERS = {"Letters": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "letters"}}}


def said(**resources: Any) -> list[Permission]:
    template = {"Resources": LETTERS | resources, "Parameters": {"Bus": {"Type": "String", "Default": "b"}}}
    return list(permissions([Stack("inn", "service", template)]))


def of(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": properties, "Metadata": {"AnyCompany": {"Note": "bus"}}}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def test_a_role_is_named_by_what_takes_it_on() -> None:
    role = of(
        "AWS::IAM::Role",
        AssumeRolePolicyDocument=document(
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ),
        Policies=[{"PolicyName": "p", "PolicyDocument": document(ALLOW)}],
    )
    function = of("AWS::Lambda::Function", Role={"Fn::GetAtt": ["Role", "Arn"]}, FunctionName="send")
    trust, may = said(Role=role, Send=function)
    assert (trust.who, trust.does, trust.to) == ("lambda.amazonaws.com", ("sts:AssumeRole",), ("Role Role",))
    assert (may.who, may.to, may.note) == ("Function send", ("Queue letters",), "bus")


def test_policies_of_roles_by_name_attached_ones_and_those_of_aws_are_read() -> None:
    own = of("AWS::IAM::ManagedPolicy", PolicyDocument=document(ALLOW))
    role = of("AWS::IAM::Role", ManagedPolicyArns=[{"Ref": "Own"}, "arn:aws:iam::aws:policy/ReadOnlyAccess"])
    by_name = of("AWS::IAM::Policy", PolicyDocument=document(ALLOW), Roles=[{"Ref": "Role"}])
    found = said(Own=own, Role=role, ByName=by_name)
    assert [one.who for one in found] == [
        "whoever ManagedPolicy Own is attached to",
        *("Role Role", "Role Role", "Role Role"),
    ]
    assert found[2].does == ("whatever arn:aws:iam::aws:policy/ReadOnlyAccess allows",) and found[2].wild


def test_a_policy_written_as_json_text_with_variables_is_read() -> None:
    text = (
        '{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "logs:*", '
        '"Resource": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${!x}${Bus}"}]}'
    )
    (one,) = said(Logs=of("AWS::Logs::ResourcePolicy", PolicyName="p", PolicyDocument={"Fn::Sub": text}))
    assert (one.effect, one.who, one.does) == ("may not", "*", ("logs:*",))
    assert one.to == ("arn:aws:logs:REGION:ACCOUNT:log-group:${x}Bus",)
    assert one.wild and one.because == ""


def test_what_is_said_by_exception_and_who_may_call_a_function_is_read() -> None:
    key = of(
        "AWS::KMS::Key",
        KeyPolicy=document({"Effect": "Allow", "NotPrincipal": {"AWS": "a"}, "NotAction": "kms:Put*"}),
    )
    call = of(
        "AWS::Lambda::Permission",
        FunctionName="send",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        SourceArn={"Fn::GetAtt": ["Letters", "Arn"]},
    )
    first, second = said(Key=key, Call=call)
    assert (first.who, first.does, first.to) == ("* but a", ("* but kms:Put*",), ("Key Key",))
    assert (second.who, second.when) == ("events.amazonaws.com", ("aws:SourceArn is like Queue letters",))


@pytest.mark.parametrize(
    "value, text",
    [
        (
            {"Fn::Join": [":", ["arn", {"Ref": "AWS::Partition"}, {"Ref": "Letters"}]]},
            "arn:aws:Queue letters",
        ),
        ({"Fn::If": ["Live", {"Ref": "Bus"}, "none"]}, "Bus (b) if Live, else none"),
        ({"Fn::Sub": ["${A}-${Bus}", {"A": {"Ref": "Letters"}}]}, "Queue letters-Bus"),
        ({"Fn::GetAtt": ["Letters", "QueueName"]}, "QueueName of Queue letters"),
        ({"Fn::ImportValue": "x"}, '{"Fn::ImportValue": "x"}'),
        ({"Ref": "AWS::AccountId"}, "this account"),
    ],
)
def test_references_are_read_as_what_they_stand_for(value: Any, text: str) -> None:
    template = {"Resources": LETTERS, "Parameters": {"Bus": {"Type": "String", "Default": "b"}}}
    assert readable(value, template) == text


@settings(max_examples=25, deadline=None)
@given(storms)
def test_every_statement_of_any_storms_templates_is_told_with_who_what_and_on_what(storm: Storm) -> None:
    for one in permissions(synth(with_guesses(storm)).stacks):
        assert one.who and all(one.does) and all(one.to)
        assert not one.wild or one.because


def open_to(accounts: int, **more: str) -> Storm:
    return load(EXAMPLE).set(bus={"accounts": [f"{number:012}" for number in range(accounts)], **more})


def test_a_bus_that_nobody_else_may_use_has_no_policy() -> None:
    assert bus_policy(load(EXAMPLE)) == {}


def test_a_bus_policy_over_ten_kilobytes_is_an_error_and_an_organization_keeps_it_small() -> None:
    assert list(bus_policy_too_large.findings(open_to(10))) == []
    assert size_of_bus_policy(open_to(200)) > LARGEST_BUS_POLICY
    (found,) = bus_policy_too_large.findings(open_to(200))
    assert found.severity == "error" and "organization" in found.remedy
    assert list(bus_policy_too_large.findings(open_to(0, organization="o-abcdefghij"))) == []


@pytest.mark.parametrize(("count", "too_large"), [(40, False), (200, True)])
def test_a_role_that_iam_would_refuse_for_its_size_is_found_before_it_is_deployed(
    count: int, too_large: bool
) -> None:
    names = [f"Something {n} With Quite A Long Name Was Done To The Room" for n in range(count)]
    storm = Storm(name="Inn").add_events(["Day Ended", *names])
    first, *others = storm.events
    storm = storm.add_policy("Tell everybody", when=[first], emits=others)
    storm = (
        storm.add_entity("Room", list(storm.events)).add_context("Inn", ["room"]).add_service("Inn", "inn")
    )
    assert bool(list(role_too_large.findings(storm))) == too_large
    roles = [
        one["Properties"]["Policies"]
        for stack in synth(storm).stacks
        for logical, one in stack.template["Resources"].items()
        if logical.startswith("WorkflowRole")
    ]
    sizes = [len(json.dumps(one[0]["PolicyDocument"], separators=(",", ":"))) for one in roles]
    assert sizes and (max(sizes) > LARGEST_ROLE) == too_large
