"""What is too large for one stack is split into nested ones that hold together, and is told as one stack."""

import json
import re

import pytest
from hypothesis import given, strategies as st

from anycompany.aws.deploy import apply
from anycompany.aws.deployed import deployed_template, physical_ids, state_of
from anycompany.aws.destroy import destroy
from anycompany.aws.drift import drift
from anycompany.aws.errors import AwsError
from anycompany.aws.kept import kept_change_sets
from anycompany.aws.plan import plan
from anycompany.aws.reviewed import execute
from anycompany.aws.session import Clients
from anycompany.stacks.references import references
from anycompany.stacks.splitting import MOST_RESOURCES, Split, joined, moved, parts_of, split, too_large
from anycompany.stacks.stack import LARGEST_TEMPLATE, Stack, Template
from anycompany.stacks.synth import is_too_large, synth, template_body, template_files, text_of
from anycompany.storm.model import Storm
from tests.aws_inventory import inventory

LOG = "AWS::Logs::LogGroup"


def busy_service(policies: int, *last: str) -> tuple[Stack, ...]:
    """The stacks of a storm whose only service has so many policies; the last of them does more."""
    events = [f"order-{number}-{what}" for number in range(policies) for what in ("placed", "paid")]
    does = {f"pay-{number}": ["Charge"] for number in range(policies)}
    does[f"pay-{policies - 1}"] += last
    return synth(
        Storm.model_validate(
            {
                "format": 1,
                "name": "Busy",
                "events": {event: {"name": event.replace("-", " ").title()} for event in events},
                "timeline": events,
                "triggers": {event: {"actor": "Guest"} for event in events[::2]},
                "policies": {
                    key: {"when": [events[2 * at]], "does": work, "emits": [events[2 * at + 1]]}
                    for at, (key, work) in enumerate(does.items())
                },
                "entities": {"order": events},
                "contexts": {"sales": {"entities": ["order"]}},
                "services": {"sales": {"context": "sales"}},
            }
        )
    ).stacks


def check_that_it_holds_together(made: Split, whole: Template) -> None:
    """Every stack is small enough, refers only to what it has, and all are the whole again."""
    assert joined(made.root, made.parts) == whole
    for template in (made.root, *made.parts.values()):
        assert not too_large(template, len(text_of(template).encode()))
        assert len(template.get("Parameters", {})) <= 200
        assert len(template.get("Outputs", {})) <= 200
        known = template["Resources"].keys() | template.get("Parameters", {}).keys()
        assert {ref.name for ref in references(template["Resources"])} <= known
        assert {ref.name for ref in references(template.get("Outputs", {}))} <= known
    for name in parts_of(made.root):
        given = made.root["Resources"][name]["Properties"].get("Parameters", {})
        assert given.keys() == made.parts[name].get("Parameters", {}).keys()
        wanted = {ref.attribute for ref in references(made.root) if ref.name == name}
        assert wanted == {f"Outputs.{output}" for output in made.parts[name].get("Outputs", {})}
    check_that_nothing_waits_for_itself(made)


def check_that_nothing_waits_for_itself(made: Split) -> None:
    from graphlib import TopologicalSorter

    for template in (made.root, *made.parts.values()):
        needs = {
            name: {ref.name for ref in references(one) if ref.name in template["Resources"]} - {name}
            for name, one in template["Resources"].items()
        }
        list(TopologicalSorter(needs).static_order())


def test_a_service_of_hundreds_of_policies_is_deployed_changed_and_removed_as_one_stack(
    local_aws: Clients,
) -> None:
    before = inventory(local_aws)
    stacks = busy_service(180)
    (large,) = [stack for stack in stacks if len(stack.template["Resources"]) > MOST_RESOURCES]
    assert len(template_body(large).encode()) > LARGEST_TEMPLATE
    check_that_it_holds_together(split(large.template), large.template)

    assert set(apply(local_aws, stacks).actions.values()) == {"created"}
    assert deployed_template(local_aws, large.name) == json.loads(template_body(large))
    assert large.template["Resources"].keys() <= physical_ids(local_aws, large.name).keys()
    assert not plan(local_aws, stacks).changes
    assert not apply(local_aws, stacks).changed

    logical = next(name for name, one in large.template["Resources"].items() if one["Type"] == LOG)
    log = physical_ids(local_aws, large.name)[logical]
    local_aws.client("logs").delete_log_group(logGroupName=log)
    assert [(one.stack, one.resource) for one in drift(local_aws, {large.name: True})] == [
        (large.name, logical)
    ]
    local_aws.client("logs").create_log_group(logGroupName=log)

    more = busy_service(181, "Thank")
    planned = plan(local_aws, more, keep="reviewed")
    assert ("create", "policies/pay-180") in {(row.action, row.note) for row in planned.all if row.note}
    assert {one.stack for one in kept_change_sets(local_aws, more)} >= {large.name}
    assert "updated" in execute(local_aws, stacks, "reviewed").actions.values()
    assert not plan(local_aws, more).changes
    assert destroy(local_aws, more).left == ()
    assert inventory(local_aws) == before


def test_a_service_that_outgrows_one_stack_says_that_its_resources_cannot_move(local_aws: Clients) -> None:
    few, many = busy_service(60), busy_service(180)
    name = few[-1].name
    assert moved(few[-1].template, many[-1].template, is_too_large)
    try:
        apply(local_aws, few)
        with pytest.raises(AwsError, match=r"outgrown how it was deployed.*Nothing was deployed"):
            apply(local_aws, many)
        assert state_of(local_aws, name).healthy
        assert not plan(local_aws, few).changes
    finally:
        destroy(local_aws, many)


def test_a_policy_more_moves_nothing() -> None:
    old, new = busy_service(180)[-1].template, busy_service(190, "Thank")[-1].template
    assert moved(old, new, lambda _: True) == []


@given(
    st.integers(501, 900),
    st.lists(
        st.tuples(st.integers(0, 899), st.integers(0, 899), st.sampled_from(["", "Arn", "A.B"])), max_size=900
    ),
)
def test_whatever_refers_to_whatever_it_holds_together(count: int, pairs: list[tuple[int, int, str]]) -> None:
    resources: Template = {f"R{n}": {"Type": "AWS::SQS::Queue", "Properties": {}} for n in range(count)}
    for one, other, attribute in pairs:
        low, high = sorted((one % count, other % count))
        if low != high:
            value = {"Fn::GetAtt": [f"R{low}", attribute]} if attribute else {"Fn::Sub": f"${{R{low}}}!"}
            resources[f"R{high}"]["Properties"][f"P{low}"] = value
    whole = {
        "Parameters": {"Bus": {"Type": "String"}},
        "Resources": resources,
        "Outputs": {"All": {"Value": {"Ref": "R0"}}},
    }
    resources["R1"]["Properties"]["Bus"] = {"Ref": "Bus"}
    made = split(whole)
    if len(made.root["Resources"]) <= MOST_RESOURCES and made.parts:
        check_that_it_holds_together(made, whole)
    assert joined(made.root, made.parts) == whole


def test_it_is_written_as_the_files_that_the_aws_command_line_packages() -> None:
    small, large = busy_service(60)[-1], busy_service(180)[-1]
    assert list(template_files(small)) == [f"{small.name}.yaml"]
    root, *parts = template_files(large).values()
    assert set(re.findall(r"TemplateURL: \./(\S+)", root)) == set(template_files(large)) - {
        f"{large.name}.yaml"
    }
    assert sum(part.count("Type: AWS::StepFunctions::StateMachine") for part in parts) == 180
