"""A template's meaning, and the difference between two, in sentences; contracts that break their hearers."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.stacks.breaking import contract_breaks
from anycompany.stacks.changes import MOST_SENTENCES, changes
from anycompany.stacks.grants import Grant
from anycompany.stacks.meaning import meaning
from anycompany.stacks.protection import KEEPS, holds_something
from anycompany.stacks.stages import staged
from anycompany.stacks.synth import synth
from anycompany.stacks.wording import LONGEST
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from tests.storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of


def templates(storm: Storm) -> dict[str, Any]:
    return {stack.name: stack.template for stack in synth(storm).stacks}


def one(kind: str, properties: Any) -> dict[str, Any]:
    return {"Resources": {"It": {"Type": kind, "Properties": properties}}}


def says(kind: str, old: Any, new: Any) -> tuple[str, ...]:
    [changed] = changes(one(kind, old), one(kind, new))
    return changed.says


def test_a_template_differs_in_nothing_from_itself_and_in_everything_from_none() -> None:
    for template in templates(load(EXAMPLE)).values():
        assert changes(template, template) == ()
        new, gone = changes(None, template), changes(template, None)
        assert [change.resource for change in new] == list(template["Resources"])
        assert {change.action for change in new} == {"new"}
        assert {change.action for change in gone if change.resource} == {"gone"}
        assert all(change.says and change.note for change in new)


def test_what_a_rule_hears_more_and_less_is_said_path_by_path() -> None:
    old = {"EventPattern": {"source": ["a"], "detail-type": ["x", "y"], "detail": {"plan": ["team"]}}}
    new = {
        "EventPattern": {
            "source": ["a"],
            "detail-type": ["y", "z"],
            "detail": {"sum": [{"numeric": [">", 9]}]},
        }
    }
    assert says("AWS::Events::Rule", old, new) == (
        'rule also hears detail-type "z"',
        'rule no longer hears detail-type "x"',
        'rule hears more: whatever detail.plan is, not only "team"',
        'rule hears less: now only with detail.sum {"numeric": [">", 9]}',
    )


def test_a_switched_off_rule_and_another_target_are_said() -> None:
    old = {"State": "ENABLED", "Targets": [{"Id": "a", "Arn": {"Ref": "Queue"}}]}
    new = {"State": "DISABLED", "Targets": [{"Id": "b", "Arn": {"Fn::GetAtt": ["Topic", "Arn"]}}]}
    assert set(says("AWS::Events::Rule", old, new)) == {
        "rule also goes to Topic",
        "rule no longer goes to Queue",
        "rule, State: ENABLED → DISABLED",
    }


def role(*statements: Any, trust: str = "states.amazonaws.com") -> dict[str, Any]:
    return {
        "AssumeRolePolicyDocument": {
            "Statement": {"Principal": {"Service": trust}, "Action": "sts:AssumeRole"}
        },
        "Policies": [{"PolicyDocument": {"Statement": list(statements)}}],
    }


def test_what_a_role_may_more_and_less_is_said_action_by_action_and_resource_by_resource() -> None:
    read = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:a", "arn:b"]}
    more = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:a"}
    assert says("AWS::IAM::Role", role(read), role(more)) == (
        "role now may s3:PutObject on arn:a",
        "role no longer may s3:GetObject on arn:b",
    )
    same = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:b", "arn:a"]}
    assert says("AWS::IAM::Role", role(read), role(same)) == ()
    assert says("AWS::IAM::Role", role(), role(trust="ec2.amazonaws.com")) == (
        "role now may be taken on by ec2.amazonaws.com",
        "role may no longer be taken on by states.amazonaws.com",
    )


def test_a_condition_that_is_lifted_is_a_permission_that_changes() -> None:
    allow = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": {"Ref": "Bus"}}
    held = allow | {"Condition": {"StringEquals": {"events:source": "com.inn"}}}
    assert says("AWS::IAM::Role", role(held), role(allow)) == (
        "role may events:PutEvents on Bus if events:source is com.inn → always",
    )


def test_a_condition_with_other_values_says_which_more_and_which_less() -> None:
    def put(*types: str, present: bool = True) -> dict[str, Any]:
        condition = {"ForAllValues:StringEquals": {"events:detail-type": list(types)}}
        there = {"Null": {"events:detail-type": False}} if present else {}
        return role(
            {
                "Effect": "Allow",
                "Action": ["events:PutEvents", "events:TestIt"],
                "Resource": {"Ref": "Bus"},
                "Condition": condition | there,
            }
        )

    assert says("AWS::IAM::Role", put("a", "b"), put("b", "c")) == (
        "role may events:PutEvents, events:TestIt on Bus also if events:detail-type is nothing but c",
        "role may events:PutEvents, events:TestIt on Bus no longer if events:detail-type is nothing but a",
    )
    [loosened] = says("AWS::IAM::Role", put("a"), put("a", present=False))
    assert loosened.endswith(
        "if events:detail-type is nothing but a → if events:detail-type is absent or is nothing but a"
    )


def test_long_texts_are_shown_where_they_differ_and_lists_by_what_came_and_went() -> None:
    old, new = ({"DashboardBody": json.dumps({"widgets": [], "a": "x" * 900 + end})} for end in ("1", "2"))
    [said] = says("AWS::CloudWatch::Dashboard", old, new)
    assert len(said) < 150 and 'x1"}' in said and 'x2"}' in said

    def dashboard(*titles: str) -> dict[str, Any]:
        return {
            "DashboardBody": {
                "Fn::Sub": json.dumps({"widgets": [{"properties": {"title": one}} for one in titles]})
            }
        }

    assert says("AWS::CloudWatch::Dashboard", dashboard("Rooms", "Bills"), dashboard("Bills", "Money")) == (
        "dashboard, shows: also Money; no longer Rooms",
    )


def test_policies_of_resources_are_read_in_every_form_that_a_template_writes_them() -> None:
    statement = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
    document = {"Statement": [statement]}
    for kind, properties in (
        ("AWS::SQS::QueuePolicy", {"PolicyDocument": document}),
        ("AWS::Logs::ResourcePolicy", {"PolicyDocument": {"Fn::Sub": json.dumps(document)}}),
        ("AWS::Events::EventBusPolicy", {"Statement": statement}),
    ):
        assert meaning(one(kind, properties))["It"].grants == (Grant("forbids", "anybody", "sqs:*", "*"),)


def test_a_workflow_is_told_step_by_step() -> None:
    def machine(**states: Any) -> dict[str, Any]:
        return {"DefinitionString": json.dumps({"StartAt": "A", "States": states})}

    old = machine(A={"Type": "Pass", "Next": "B"}, B={"Type": "Succeed"})
    inner = {"StartAt": "X", "States": {"X": {"Type": "Pass", "End": True}}}
    new = machine(A={"Type": "Task", "Next": "C"}, C={"Type": "Parallel", "Branches": [inner], "End": True})
    told = says("AWS::StepFunctions::StateMachine", old, new)
    assert "workflow, step A, Type: Pass → Task" in told
    assert "workflow lacks a step: B" in told
    assert "workflow has a new step: C, branch 1: X" in told


def test_a_contract_is_told_field_by_field_with_what_breaks() -> None:
    storm = load(EXAMPLE)
    key = "payment-attempted"
    fields = {name: said for name, said in storm.contracts[key].fields_.items() if name != "amount"}
    new = storm.change("contracts", key, fields=fields, version=2)
    [changed] = changes(
        templates(storm)["anycompany-contracts-billing"], templates(new)["anycompany-contracts-billing"]
    )
    assert changed.note == f"contracts/{key}"
    assert "contract: “detail.amount” is gone; it was required (breaks forward)" in changed.says
    assert "contract: version 1 → 2" in changed.says


def test_a_removed_field_breaks_who_hears_the_event_and_an_added_one_nobody() -> None:
    storm = load(EXAMPLE)
    key = "payment-attempted"
    fields = dict(storm.contracts[key].fields_)
    without = {name: said for name, said in fields.items() if name != "amount"}
    old = templates(storm)
    broken = contract_breaks(old, templates(storm.change("contracts", key, fields=without)))
    assert {one.contract for one in broken} == {f"contracts/{key}"}
    assert "listeners/high-value-payments" in broken[0].consumers
    assert any("high-value-payments never hears the new events" in one.what for one in broken)
    added = storm.change("contracts", key, fields=fields | {"currency": fields["plan"]})
    assert contract_breaks(old, templates(added)) == ()
    assert contract_breaks(old, old) == ()


def test_a_contract_that_is_withdrawn_breaks_and_one_that_moves_to_another_stack_does_not() -> None:
    old = templates(load(EXAMPLE))
    (name,) = [stack for stack in old if stack.endswith("contracts-customer")]
    moved = {("elsewhere" if stack == name else stack): template for stack, template in old.items()}
    assert contract_breaks(old, moved) == ()
    (first, *_) = contract_breaks(old, {stack: t for stack, t in old.items() if stack != name})
    assert "withdrawn" in first.what


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_every_sentence_is_one_printable_line(path: Any) -> None:
    for template in templates(load(path)).values():
        for change in (*changes(None, template), *changes(template, None)):
            assert len(change.says) <= MOST_SENTENCES + 1
            for said in change.says:
                assert said.isprintable() and len(said) < 3 * LONGEST


def test_hostile_texts_become_one_line_each() -> None:
    for template in templates(storm_of(HOSTILE_TEXTS)).values():
        assert all(said.isprintable() for change in changes(None, template) for said in change.says)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
properties = st.dictionaries(
    st.sampled_from(["EventPattern", "Targets", "Policies", "PolicyDocument", "Content", "Statement", "Tags"])
    | st.text(max_size=5),
    json_values,
    max_size=5,
)
resources = st.dictionaries(
    st.sampled_from("ABC"),
    st.fixed_dictionaries(
        {"Type": st.sampled_from([*sorted(KEEPS), "AWS::Events::Rule"]), "Properties": properties}
    ),
    max_size=3,
)


@given(resources, resources)
@settings(max_examples=60)
def test_templates_of_other_hands_are_compared_whatever_they_hold(old: Any, new: Any) -> None:
    found = changes({"Resources": old}, {"Resources": new})
    assert {change.resource for change in found if change.action == "new"} == new.keys() - old.keys()
    assert {change.resource for change in found if change.action == "gone"} == old.keys() - new.keys()
    contract_breaks({"a": {"Resources": old}}, {"a": {"Resources": new}})


def test_a_stage_changes_names_of_stacks_and_bus_and_nothing_that_events_carry() -> None:
    storm = load(EXAMPLE)
    test = staged(storm, "test")
    assert staged(storm, None) == storm
    assert {name.replace("anycompany-test-", "anycompany-") for name in templates(test)} == set(
        templates(storm)
    )
    assert not set(templates(test)) & set(templates(storm))
    for event in storm.events:
        assert (test.source_of(event), test.detail_type(event)) == (
            storm.source_of(event),
            storm.detail_type(event),
        )


def test_stages_of_a_storm_with_a_long_name_stay_apart() -> None:
    storm = load(EXAMPLE)
    long = storm.changed(bus=storm.bus.model_copy(update={"name": "b" * 100}))
    names = [name for stage in ("test", "prod") for name in templates(staged(long, stage))]
    assert len(names) == len(set(names))
    assert all(len(staged(long, stage).bus_name) <= 100 for stage in ("test", "p" * 20))


@pytest.mark.parametrize("stage", ["Prod", "a b", "-a", "a-", "1", "a" * 21, "ä", "a\n", 7, ["a"]])
def test_what_is_no_stage_is_refused(stage: Any) -> None:
    with pytest.raises(StormError, match="is not the name of a stage"):
        staged(load(EXAMPLE), stage)


def test_stacks_that_hold_something_are_known_by_their_resources() -> None:
    held = {name for name, template in templates(load(EXAMPLE)).items() if holds_something(template)}
    assert "anycompany-bus" in held and "anycompany-listeners-security" in held
    assert not holds_something({"Resources": {"Role": {"Type": "AWS::IAM::Role"}}})


def test_changes_do_not_change_the_templates() -> None:
    template = templates(load(EXAMPLE))["anycompany-service-billing"]
    before = copy.deepcopy(template)
    changes(template, None)
    meaning(template)
    assert template == before
