"""State machines of deep workflows: judged by asl-validator, and calling exactly what they are said to call."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonata
import pytest
from hypothesis import given, settings, strategies as st

from anycompany.stacks.checks import CHECKS
from anycompany.stacks.synth import synth
from anycompany.stacks.workflow import calls, state_machine
from anycompany.storm.checks import findings
from anycompany.storm.model import Storm

from .storms import ALL, HOSTILE_TEXTS, load
from .strategies import storms
from .test_stacks_synth import said_by_asl_validator, said_by_cfn_lint

ACTIONS = {
    "dynamodb:putItem": "dynamodb:PutItem",
    "events:putEvents": "events:PutEvents",
    "lambda:invoke": "lambda:InvokeFunction",
    "sns:publish": "sns:Publish",
    "sqs:sendMessage": "sqs:SendMessage",
    "sqs:sendMessage.waitForTaskToken": "sqs:SendMessage",
}


def states(machine: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every state of a machine, those within parallel states too."""
    for state in machine["States"].values():
        yield state
        for branch in state.get("Branches", ()):
            yield from states(branch)


def machine_of(*does: Any, code: frozenset[str] = frozenset(), **more: Any) -> dict[str, Any]:
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Cleaned", "Room Kept"])
    storm = storm.add_policy(
        "Clean", when=["room-booked"], does=list(does), emits=["room-cleaned"], fails=["room-kept"], **more
    )
    return state_machine(storm, "clean", with_marker=True, code=code)


DEEP: list[Any] = [
    "Look",
    {"do": "Ask", "ask": "Owner", "output": '{"said": $answer.reason}'},
    {
        "parallel": [
            [{"do": "Run", "run": "functions/x", "needs": ["a"], "within": "30 seconds", "retry": 2}],
            [{"branch": [{"where": {"a": [{"numeric": [">", 1]}]}, "does": [{"parallel": [["b"], ["c"]]}]}]}],
            [],
        ]
    },
    {
        "branch": [
            {"where": {"a": ["x"]}, "emits": ["room-cleaned"]},
            {"does": [{"do": "Put", "table": "t", "key": "id"}]},
        ]
    },
    {"do": "Tell", "topic": "news"},
    {"do": "Send", "queue": "arn:aws:sqs:eu-central-1:123456789012:prints"},
]


@pytest.mark.parametrize("code", [frozenset[str](), frozenset({"functions/x"})])
def test_asl_validator_has_nothing_to_say_about_deep_work(code: frozenset[str]) -> None:
    machine = machine_of(*DEEP, code=code, once=True)
    assert said_by_asl_validator([machine]) == []
    names = list(_names(machine))
    assert len(names) == len(set(names))


def _names(machine: dict[str, Any]) -> Iterator[str]:
    for name, state in machine["States"].items():
        yield name
        for branch in state.get("Branches", ()):
            yield from _names(branch)


@settings(max_examples=10, deadline=None)
@given(st.lists(storms, min_size=5, max_size=10))
def test_asl_validator_has_nothing_to_say_about_the_work_of_any_storm(some: list[Storm]) -> None:
    machines = [state_machine(storm, key, with_marker=True) for storm in some for key in storm.policies]
    assert not machines or said_by_asl_validator(machines) == []


def test_hostile_texts_stay_texts_in_every_form_of_task() -> None:
    machines = [
        machine_of(
            {"do": text, "ask": text, "needs": [text]},
            {"do": text, "table": "t", "key": text},
            {"do": text, "parallel": [[text], [{"do": text, "queue": "q"}]]},
            {"do": text, "branch": [{"where": {"a": [{"prefix": text[:200]}]}, "does": [text]}]},
        )
        for text in HOSTILE_TEXTS
    ]
    assert said_by_asl_validator(machines) == []
    for text, machine in zip(HOSTILE_TEXTS, machines, strict=True):
        asked = next(state for state in states(machine) if "TimeoutSeconds" in state)
        said = asked["Arguments"]["MessageBody"]["asks"]
        assert said in (text, f"{{% {json.dumps(text)} %}}")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_a_workflow_calls_exactly_what_it_is_said_to_call(path: Path) -> None:
    storm = load(path)
    for policy in storm.policies:
        made = [
            ACTIONS[state["Resource"].removeprefix("arn:${AWS::Partition}:states:::")]
            for state in states(state_machine(storm, policy, with_marker=False))
            if state["Type"] == "Task"
        ]
        assert set(made) == {call.action for call in calls(storm, policy)}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_no_expression_asks_for_the_context_which_emulators_of_step_functions_refuse(path: Path) -> None:
    storm = load(path)
    for policy in storm.policies:
        machine = json.dumps(state_machine(storm, policy, with_marker=True))
        assert not re.search(r"\$(?![\w{])", machine)


def test_each_task_has_its_limit_and_its_retries() -> None:
    machine = machine_of(*DEEP, code=frozenset({"functions/x"}))
    run = next(state for state in states(machine) if state.get("Resource", "").endswith("lambda:invoke"))
    assert run["TimeoutSeconds"] == 30
    assert [(one["MaxAttempts"], one["JitterStrategy"]) for one in run["Retry"]] == [(2, "FULL")]
    assert '$name in ["a"]' in run["Arguments"]["Payload"]


def seen_by(task: Any) -> dict[str, Any]:
    """The detail that a task of a policy gets which hears a card holder and a room, by its message."""
    storm = Storm(name="Inn").add_event("Room Booked")
    storm = storm.add_contract(
        "room-booked", {"room": {"type": "number"}, "card-holder": {"type": "string", "personal": True}}
    )
    storm = storm.add_policy("Clean", when=["room-booked"], does=[{"do": "Send", "queue": "q"} | task])
    (state,) = [
        one
        for one in states(state_machine(storm, "clean", with_marker=True))
        if "sqs" in one.get("Resource", "")
    ]
    expression = state["Arguments"]["MessageBody"].removeprefix("{%").removesuffix("%}")
    detail = {"room": 7, "card-holder": "A. Sailor", "anycompany-test": {"trace": "t"}}
    known = {"event": {"id": "e-1", "detail": detail}, "known": detail}
    message = json.loads(jsonata.Jsonata.jsonata(expression).evaluate(None, known))
    assert task.get("input") or message["id"] == "e-1"
    return dict(message.get("detail", message))


def test_a_task_sees_only_the_fields_it_needs_and_personal_ones_only_where_it_says_so() -> None:
    assert seen_by({}) == {"room": 7}
    assert seen_by({"needs": ["card-holder"]}) == {"card-holder": "A. Sailor"}
    assert seen_by({"needs": []}) == {}
    assert seen_by({"input": '{"double": $known.room * 2, "of": $event.id}'}) == {"double": 14, "of": "e-1"}


def test_cfn_lint_has_nothing_to_say_about_a_storm_with_every_form_of_task() -> None:
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Cleaned", "Room Kept"])
    for name in ("Clean", "Sweep"):
        storm = storm.add_policy(
            name, when=["room-booked"], does=DEEP, emits=["room-cleaned"], fails=["room-kept"],
            once=True, buffer=True,
        )  # fmt: skip
    storm = storm.add_entity("Room", list(storm.events)).add_context("Rooms", ["room"])
    storm = storm.add_service("Rooms", "rooms")
    stacks = synth(storm).stacks
    assert said_by_cfn_lint(stacks) == []
    (service,) = [stack for stack in stacks if stack.kind == "service"]
    kinds = [one["Type"] for one in service.template["Resources"].values()]
    assert (kinds.count("AWS::Events::Rule"), kinds.count("AWS::Pipes::Pipe")) == (1, 2)
    assert kinds.count("AWS::DynamoDB::Table") == 2


def test_a_branch_that_cannot_be_asked_exactly_is_an_error_and_never_taken() -> None:
    storm = Storm(name="Inn").add_events(["Room Booked"])
    branch = {"branch": [{"where": {"a": [{"wildcard": "x*"}]}, "does": ["y"]}]}
    storm = storm.add_policy("Clean", when=["room-booked"], does=[branch])
    (finding,) = findings(storm, 6, CHECKS).open
    assert (finding.check, finding.severity) == ("branch-not-exact", "error")
    assert "wildcard" in finding.what
    machine = state_machine(storm, "clean", with_marker=False)
    assert machine["States"]["Which way"]["Choices"][0]["Condition"] == "{% false %}"
