"""Every template we can generate, judged by others: cfn-lint and asl-validator."""

import json
from functools import cache
from pathlib import Path

import pytest
import yaml
from cfnlint.config import ConfigMixIn
from cfnlint.decode.decode import decode_str
from cfnlint.rules import Rules
from cfnlint.runner import Runner, run_template_by_data
from hypothesis import given, settings, strategies as st

from anycompany.stacks.bus import minimal_template
from anycompany.stacks.roles import EXTRAS
from anycompany.stacks.stack import LARGEST_TEMPLATE, Stack
from anycompany.stacks.synth import synth, template_body, template_yaml
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .judges import judged
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, hostile_names, load, storm_of


def named(path: Path) -> str:
    return path.name.removesuffix(".storm.yaml")


def state_machines(stacks: tuple[Stack, ...]) -> list[dict[str, object]]:
    """The state machines as they are once the stack is made, ``Fn::Sub`` done."""
    found = []
    for stack in stacks:
        for resource in stack.template["Resources"].values():
            if resource["Type"] == "AWS::StepFunctions::StateMachine":
                text = resource["Properties"]["DefinitionString"]
                if isinstance(text, dict):
                    text = text["Fn::Sub"].replace("${BusName}", "the-bus").replace("${!", "${")
                found.append(json.loads(text))
    return found


def said_by_asl_validator(machines: list[dict[str, object]]) -> list[object]:
    """What the validator, which takes one partition's ARNs only, says of each machine that has a fault."""
    here = json.loads(json.dumps(machines).replace("arn:${AWS::Partition}:states:::", "arn:aws:states:::"))
    return [said for said in judged("validate_asl.mjs", here) if said]


@cache
def _cfn_lint() -> tuple[ConfigMixIn, Rules]:
    """The default settings of the command line tool and its rules, which take long to load."""
    runner = Runner(ConfigMixIn(regions=["us-east-1"]))
    return runner.config, runner.rules


def said_by_cfn_lint(stacks: tuple[Stack, ...]) -> list[str]:
    """What the command line tool says of the templates, with its default settings."""
    found = []
    for stack in stacks:
        template, errors = decode_str(template_yaml(stack))
        found += [f"{stack.name}: {one}" for one in errors or run_template_by_data(template, *_cfn_lint())]
    return found


def test_templates_are_the_same_in_every_partition_of_aws() -> None:
    for path in ALL:
        for stack in synth(load(path)).stacks:
            assert "arn:aws" not in template_yaml(stack), stack.name


@pytest.mark.parametrize("path", ALL, ids=named)
def test_cfn_lint_has_nothing_to_say_about_a_domains_templates(path: Path) -> None:
    assert said_by_cfn_lint(synth(load(path)).stacks) == []


@pytest.mark.parametrize("path", ALL, ids=named)
def test_asl_validator_has_nothing_to_say_about_a_domains_workflows(path: Path) -> None:
    machines = state_machines(synth(load(path)).stacks)
    assert machines and said_by_asl_validator(machines) == []


@pytest.mark.parametrize("start", range(0, len(HOSTILE_TEXTS), 5))
def test_names_that_look_like_code_are_only_names_in_templates(start: int) -> None:
    stacks = synth(storm_of(HOSTILE_TEXTS[start:] + HOSTILE_TEXTS[:start])).stacks
    assert said_by_cfn_lint(stacks) == []
    assert said_by_asl_validator(state_machines(stacks)) == []


def test_what_looks_like_a_variable_is_none_where_nothing_is_filled_in() -> None:
    like_code = "${AWS::AccountId} ${BusName} {{resolve:ssm:/secret}}"
    storm = storm_of([like_code])
    first, *_, last = storm.events
    contract = {"fields": {like_code: {"type": "string"}}, "example": {like_code: like_code}}
    document = storm.document() | {"name": "Inn", "listeners": {}}
    document["contracts"] = {event: contract | {"detail-type": event} for event in (first, last)}
    quiet = {"when": [first], "does": [like_code], "service": next(iter(storm.services))}
    document["policies"]["quiet"] = quiet
    stacks = synth(Storm.model_validate(document)).stacks
    assert said_by_cfn_lint(stacks) == []
    (found,) = (one for one in state_machines(stacks) if str(one["Comment"]).startswith("Policy quiet"))
    assert like_code in json.dumps(found["States"])


@settings(max_examples=40, deadline=None)
@given(st.lists(hostile_names, min_size=1, max_size=8))
def test_whatever_people_type_the_templates_say_the_same_as_yaml_and_json(names: list[str]) -> None:
    for stack in synth(storm_of(names)).stacks:
        again = yaml.load(template_yaml(stack), yaml.CSafeLoader)
        assert again == json.loads(template_body(stack))
        assert all(resource.isalnum() for resource in again["Resources"])
        assert all(machine["StartAt"] in machine["States"] for machine in state_machines((stack,)))


def test_the_worked_example_becomes_a_bus_contracts_services_and_listeners() -> None:
    stacks = synth(load(EXAMPLE)).stacks
    assert [(stack.kind, stack.of) for stack in stacks] == [
        ("bus", ""),
        ("contracts", "customer"),
        ("contracts", "billing"),
        ("contracts", "operations"),
        ("service", "customer"),
        ("service", "billing"),
        ("service", "operations"),
        ("listeners", "Audit"),
        ("listeners", "Security"),
    ]


def test_every_stack_but_the_bus_waits_for_the_bus_alone() -> None:
    bus, *others = synth(load(EXAMPLE)).stacks
    assert bus.depends_on == () and all(stack.depends_on == (bus.name,) for stack in others)


def test_every_resource_can_be_traced_to_its_sticky_note_and_back() -> None:
    storm = load(EXAMPLE)
    notes = {note for stack in synth(storm).stacks for note in stack.notes().values()}
    assert {f"policies/{key}" for key in storm.policies} <= notes
    assert {f"contracts/{key}" for key in storm.contracts} <= notes
    assert {f"listeners/{key}" for key in storm.listeners} <= notes


def test_every_rule_target_has_a_dead_letter_queue_and_a_retry_policy() -> None:
    for path in ALL:
        rules = [
            resource["Properties"]
            for stack in synth(load(path)).stacks
            for resource in stack.template["Resources"].values()
            if resource["Type"] == "AWS::Events::Rule"
        ]
        assert rules
        for rule in rules:
            for target in rule["Targets"]:
                assert target["DeadLetterConfig"] and target["RetryPolicy"]


def test_a_workflow_may_put_only_its_own_services_events_on_this_bus() -> None:
    storm = load(EXAMPLE)
    for stack in synth(storm).stacks:
        if stack.kind != "service":
            continue
        for resource in stack.template["Resources"].values():
            for policy in resource["Properties"].get("Policies", []):
                for statement in policy["PolicyDocument"]["Statement"]:
                    if statement["Action"] == "events:PutEvents":
                        assert statement["Resource"] == {"Ref": "BusArn"}
                        allowed = statement["Condition"]["ForAllValues:StringEquals"]
                        assert allowed["events:source"] == [storm.service_source(stack.of)]
                        assert statement["Condition"]["Null"] == dict.fromkeys(allowed, "false")


def test_a_role_has_a_wildcard_only_where_aws_knows_no_smaller_resource_and_says_why() -> None:
    own = {extra.sid for extra in EXTRAS.values()}
    for path in ALL:
        for stack in synth(load(path)).stacks:
            for resource in stack.template["Resources"].values():
                if resource["Type"] == "AWS::IAM::Role":
                    said = [
                        statement
                        for policy in resource["Properties"].get("Policies", ())
                        for statement in policy["PolicyDocument"]["Statement"]
                    ]
                    wild = {one["Sid"] for one in said if '"*"' in json.dumps(one)}
                    assert wild <= own
                    assert wild == set(resource["Metadata"]["AnyCompany"].get("Wildcards", {}))


def test_production_stacks_know_nothing_of_test_events() -> None:
    storm = load(EXAMPLE)
    assert all("anycompany-test" not in template_body(s) for s in synth(storm, with_marker=False).stacks)
    assert any("anycompany-test" in template_body(s) for s in synth(storm).stacks)


def test_the_minimal_template_of_the_talk_is_one_resource_and_two_outputs() -> None:
    template = minimal_template(load(EXAMPLE))
    assert list(template["Resources"]) == ["EventBus"]
    assert list(template["Outputs"]) == ["EventBusArn", "EventBusName"]


def test_a_half_finished_storm_says_what_is_in_no_stack() -> None:
    storm = (
        Storm(name="Inn")
        .add_events(["Room Booked", "Room Cleaned"])
        .place("room-booked")
        .place("room-cleaned")
    )
    made = synth(with_guesses(storm))
    assert [stack.kind for stack in made.stacks] == ["bus"]
    assert made.left_out == (
        "policy after-room-booked: no service owns what it emits or hears (steps 4 to 6)",
        "the trigger of room-booked: no service owns the event (steps 4 to 6)",
    )


def test_a_task_with_a_lambda_function_is_run_and_its_failure_takes_the_failure_branch() -> None:
    arn = "arn:aws:lambda:eu-central-1:123456789012:function:ask-bank"
    storm = load(EXAMPLE).change("policies", "settle-payment", does=[{"do": "Ask the bank", "run": arn}])
    stack = next(stack for stack in synth(storm).stacks if (stack.kind, stack.of) == ("service", "billing"))
    machine = next(m for m in state_machines((stack,)) if "Ask the bank" in m["States"])  # type: ignore[operator]
    work = machine["States"]["Ask the bank"]  # type: ignore[index]
    assert work["Arguments"]["FunctionName"] == arn
    assert work["Catch"] == [{"ErrorEquals": ["States.ALL"], "Next": "Put Payment Failed"}]
    role = stack.template["Resources"]["WorkflowRoleSettlePayment"]["Properties"]["Policies"][0][
        "PolicyDocument"
    ]
    assert {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": [arn]} in role["Statement"]


def test_a_policy_that_emits_more_than_ten_events_puts_them_in_several_calls() -> None:
    storm = Storm(name="Inn").add_events([f"Thing {i} Done" for i in range(24)])
    events = list(storm.events)
    storm = storm.add_policy("All", when=events[:1], emits=events[1:]).add_entity("Thing", events)
    storm = storm.add_context("Inn", ["thing"]).add_service("Inn", "inn")
    machine = state_machines(synth(storm).stacks)[0]
    calls = [state["Arguments"]["Entries"] for state in machine["States"].values() if "Arguments" in state]  # type: ignore[attr-defined]
    assert [len(entries) for entries in calls] == [10, 10, 3]
    assert said_by_asl_validator([machine]) == []


def test_bodies_are_far_from_what_cloudformation_takes_from_a_bucket() -> None:
    bodies = [len(template_body(s).encode()) for path in ALL for s in synth(load(path)).stacks]
    assert max(bodies) < LARGEST_TEMPLATE / 10


def looping_storm() -> Storm:
    """Two policies that wake each other for ever."""
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Freed"]).trigger("room-booked", actor="Guest")
    storm = storm.add_policy("Free", when=["room-booked"], emits=["room-freed"])
    storm = storm.add_policy("Book", when=["room-freed"], emits=["room-booked"])
    storm = storm.add_entity("Room", list(storm.events)).add_context("Inn", ["room"])
    return storm.add_service("Rooms", "inn")


def test_policies_that_wake_each_other_end_the_round_of_a_test_event() -> None:
    machines = state_machines(synth(looping_storm()).stacks)
    assert all("Is this a test?" in machine["States"] for machine in machines)  # type: ignore[operator]
    assert said_by_asl_validator(machines) == []
    in_production = state_machines(synth(looping_storm(), with_marker=False).stacks)
    assert not any("Is this a test?" in machine["States"] for machine in in_production)  # type: ignore[operator]
