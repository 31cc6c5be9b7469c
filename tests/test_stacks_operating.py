"""What makes stacks operable: alarms, logs, a dashboard, tags, and a key of choice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.correlation import answered, began, trail, trail_in_jsonata
from anycompany.stacks.alarms import LONGEST_ALARM_NAME, LONGEST_DESCRIPTION
from anycompany.stacks.dashboard import LARGEST_BODY, MOST_METRICS, MOST_WIDGETS
from anycompany.stacks.key import KEY_FAULTS
from anycompany.stacks.logging import may_log_data, retention
from anycompany.stacks.resources import LARGEST_QUEUE_POLICY
from anycompany.stacks.stack import LARGEST_TEMPLATE, Stack
from anycompany.stacks.stages import staged
from anycompany.stacks.synth import synth, template_body
from anycompany.stacks.tags import NOTE, SERVICE, STAGE, STORM
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from tests.operating import resources_of, watched_storm
from tests.privilege import CODE, with_functions
from tests.storms import ALL, EXAMPLE, HOSTILE_TEXTS, hostile_names, load, storm_of
from tests.test_stacks_synth import said_by_cfn_lint, state_machines

ALARM = "AWS::CloudWatch::Alarm"


def alarms(stacks: tuple[Stack, ...]) -> dict[str, dict[str, Any]]:
    return {name: one["Properties"] for _, name, one in resources_of(stacks, ALARM)}


def body_of(stacks: tuple[Stack, ...]) -> dict[str, Any]:
    ((_, _, dashboard),) = resources_of(stacks, "AWS::CloudWatch::Dashboard")
    text = dashboard["Properties"]["DashboardBody"]["Fn::Sub"]
    assert set(re.findall(r"\$\{(.*?)\}", text)) <= {"AWS::Region", "AWS::Partition", "AWS::AccountId"}
    body: dict[str, Any] = json.loads(text)
    return body


def test_cfn_lint_has_nothing_to_say_about_a_storm_that_is_watched_in_every_way() -> None:
    for key in ("own", "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"):
        assert said_by_cfn_lint(synth(watched_storm(key)).stacks) == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_every_rule_workflow_and_dead_letter_queue_has_its_alarm(path: Path) -> None:
    stacks = synth(load(path)).stacks
    found = [one["Properties"] for _, _, one in resources_of(stacks, ALARM)]
    watched = json.dumps(found)
    for stack, name, one in resources_of(stacks, "AWS::Events::Rule"):
        if not one["Properties"]["Name"].endswith(".expected"):
            assert any(
                alarm.get("MetricName") == "FailedInvocations"
                and {"Name": "RuleName", "Value": one["Properties"]["Name"]} in alarm["Dimensions"]
                for alarm in found
            ), (stack.name, name)
    for _, name, _ in resources_of(stacks, "AWS::StepFunctions::StateMachine"):
        for metric in ("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionThrottled"):
            of_workflow = json.dumps(
                {
                    "Namespace": "AWS/States",
                    "MetricName": metric,
                    "Dimensions": [{"Name": "StateMachineArn", "Value": {"Ref": name}}],
                }
            )
            assert of_workflow in watched
    for stack, _, _ in resources_of(stacks, "AWS::SQS::Queue"):
        assert "DeadLettersAlarm" in stack.template["Resources"]


@settings(max_examples=25, deadline=None)
@given(st.lists(hostile_names, min_size=1, max_size=8))
def test_whatever_people_type_every_alarm_has_a_name_of_its_own_and_says_what_to_do(names: list[str]) -> None:
    stacks = synth(storm_of(names)).stacks
    found = [one["Properties"] for _, _, one in resources_of(stacks, ALARM)]
    assert len({alarm["AlarmName"] for alarm in found}) == len(found) > 0
    for alarm in found:
        assert len(alarm["AlarmName"]) <= LONGEST_ALARM_NAME and alarm["AlarmName"].isprintable()
        assert len(alarm["AlarmDescription"]) <= LONGEST_DESCRIPTION
        assert "First" in alarm["AlarmDescription"]
        assert "{{" not in json.dumps(alarm) and "${" not in json.dumps(alarm)
    assert body_of(stacks)["widgets"]


def test_a_policy_rings_when_too_many_of_its_outcomes_are_failures() -> None:
    stacks = synth(watched_storm()).stacks
    filters = {
        name: one["Properties"]["FilterPattern"]
        for _, name, one in resources_of(stacks, "AWS::Logs::MetricFilter")
    }
    assert filters == {
        "FailedCountBook": '{ ($.type = "TaskStateExited") && (($.details.name = "Put Room Refused")) }',
        "SucceededCountBook": '{ ($.type = "TaskStateExited") && (($.details.name = "Put Room Booked")) }',
    }
    machine = next(one for one in state_machines(stacks) if "book:" in str(one["Comment"]))
    assert {"Put Room Refused", "Put Room Booked"} <= set(machine["States"])  # type: ignore[call-overload]
    share = alarms(stacks)["FailureShareBook"]
    assert share["Threshold"] == {"Ref": "LargestFailureShare"}
    assert "Room Refused" in share["AlarmDescription"]
    assert not any(name.startswith("FailureShareClean") for name in alarms(stacks))


def test_a_policy_that_only_ever_says_that_it_failed_is_held_against_its_ends() -> None:
    storm = load(EXAMPLE).change("policies", "wind-down", fails=["operation-failed"], service="operations")
    queries = alarms(synth(storm).stacks)["FailureShareWindDown"]["Metrics"]
    named = [query["MetricStat"]["Metric"]["MetricName"] for query in queries if "MetricStat" in query]
    assert named == ["wind-down Failed", "ExecutionsSucceeded"]


def test_the_names_of_states_are_quoted_in_the_patterns_that_count_them() -> None:
    names = ['"quoted" \\back', '") || ($.type = "*', "x {{resolve:ssm:y}}", "${AWS::AccountId} ${x}"]
    stacks = synth(storm_of(names)).stacks
    for _, _, one in resources_of(stacks, "AWS::Logs::MetricFilter"):
        pattern = one["Properties"]["FilterPattern"]
        quoted = re.sub(r'"(\\.|[^"\\])*"', "Q", pattern)
        assert quoted == "{ ($.type = Q) && (($.details.name = Q)) }" and "${" not in pattern


def test_an_expected_event_rings_when_it_stays_away_and_so_does_one_of_a_schedule() -> None:
    found = alarms(synth(watched_storm()).stacks)
    booked, ended = found["SilenceRoomBooked"], found["SilenceDayEnded"]
    for alarm, seconds in ((booked, 7_200), (ended, 86_400)):
        assert alarm["TreatMissingData"] == "breaching" and alarm["ComparisonOperator"] == "LessThanThreshold"
        assert seconds < alarm["Period"] * alarm["EvaluationPeriods"] <= 1.25 * seconds
    rules = {
        one["Properties"]["Name"]
        for _, _, one in resources_of(synth(watched_storm()).stacks, "AWS::Events::Rule")
    }
    assert {"Name": "RuleName", "Value": "inn-rooms-room-booked.expected"} in booked["Dimensions"]
    assert "inn-rooms-room-booked.expected" in rules


@given(st.integers(1, 400_000))
def test_an_alarm_on_silence_never_looks_back_further_than_cloudwatch_does(minutes: int) -> None:
    storm = watched_storm().trigger("day-ended", schedule=f"rate({minutes} minutes)")
    alarm = alarms(synth(storm).stacks).get("SilenceDayEnded")
    assert (alarm is None) == (minutes > 4 * 1_440)
    if alarm:
        period, window = alarm["Period"], alarm["Period"] * alarm["EvaluationPeriods"]
        assert period % 60 == 0 and period <= 86_400
        assert window <= (86_400 if period < 3_600 else 604_800)


def test_every_function_rings_when_it_is_throttled() -> None:
    stacks = synth(with_functions(), code=CODE).stacks
    functions = {name for _, name, _ in resources_of(stacks, "AWS::Lambda::Function")}
    throttled = [one for one in alarms(stacks).values() if one.get("MetricName") == "Throttles"]
    named = {each["Value"]["Ref"] for one in throttled for each in one["Dimensions"]}
    assert named == functions and len({one["AlarmName"] for one in throttled}) == len(functions) == len(CODE)


def test_nothing_of_a_counted_event_is_kept() -> None:
    stacks = synth(watched_storm()).stacks
    counting = [
        one["Properties"]["Targets"]
        for _, _, one in resources_of(stacks, "AWS::Events::Rule")
        if one["Properties"]["Name"].endswith(".expected")
    ]
    assert counting and all(targets[0]["Input"] == "{}" for targets in counting)


def test_however_many_events_are_expected_their_queue_takes_its_policy_and_says_why_it_has_a_star() -> None:
    storm = Storm(name="Inn").add_events(
        [f"A Thing With A Long Name Number {n} Was Done" for n in range(120)]
    )
    document = storm.document()
    for event in document["events"].values():
        event["expected"] = "every 2 hours"
    document["entities"] = {"thing": list(storm.events)}
    document |= {"contexts": {"inn": {"entities": ["thing"]}}, "services": {"inn": {"context": "inn"}}}
    stacks = synth(Storm.model_validate(document)).stacks
    policies = [one for _, name, one in resources_of(stacks, "AWS::SQS::QueuePolicy") if name != "KeyFaults"]
    assert len(policies) == 2
    for one in policies:
        assert len(json.dumps(one["Properties"]["PolicyDocument"])) < LARGEST_QUEUE_POLICY
        assert "*" in json.dumps(one["Properties"]["PolicyDocument"]["Statement"][0]["Condition"])
        assert one["Metadata"]["AnyCompany"]["Wildcards"]["Rules"]


def test_a_rate_is_an_alarm_on_the_listeners_rule_with_a_topic_of_its_own_and_says_what_it_is_not() -> None:
    stacks = synth(watched_storm()).stacks
    rate = alarms(stacks)["RateRefusals"]
    assert (rate["Threshold"], rate["Period"], rate["EvaluationPeriods"]) == (10, 300, 1)
    assert {"Name": "RuleName", "Value": "inn-hears-refusals"} in rate["Dimensions"]
    assert rate["AlarmActions"] == [{"Ref": "RungRefusals"}]
    assert "no audit evidence" in rate["AlarmDescription"] and "everyone" in rate["AlarmDescription"]
    security = next(stack for stack in stacks if stack.of == "Security")
    assert security.template["Outputs"]["WhereRingsRefusals"]["Value"] == {"Ref": "RungRefusals"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": -1, "within": "5 minutes"},
        {"count": 1, "within": "90 seconds"},
        {"count": 1, "within": "2 days"},
        {"count": 1, "within": "soon"},
        {"count": "many", "within": "5 minutes"},
        {"count": 1},
    ],
)
def test_a_rate_that_no_alarm_can_count_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, StormError)):
        Storm.model_validate({"name": "Inn", "listeners": {"a": {"more-than": wrong}}})


@pytest.mark.parametrize(
    "wrong", ["hourly", "every", "every 0 hours", "every 5 seconds", "every 9" + "9" * 99]
)
def test_an_expectation_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="every"):
        Storm.model_validate({"name": "Inn", "events": {"a": {"name": "A", "expected": wrong}}})


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_every_workflow_is_traced_and_logs_every_step_but_never_what_is_personal(path: Path) -> None:
    storm = load(path)
    for stack, _, one in resources_of(synth(storm).stacks, "AWS::StepFunctions::StateMachine"):
        logging = one["Properties"]["LoggingConfiguration"]
        assert logging["Level"] == "ALL" and one["Properties"]["TracingConfiguration"] == {"Enabled": True}
        ((group, _),) = [
            destination["CloudWatchLogsLogGroup"]["LogGroupArn"]["Fn::GetAtt"]
            for destination in logging["Destinations"]
        ]
        made = stack.template["Resources"][group]["Properties"]
        assert made["LogGroupName"].startswith("/aws/vendedlogs/states/") and made["RetentionInDays"] == 365
        section, _, key = one["Metadata"]["AnyCompany"]["Note"].partition("/")
        if section == "policies":
            policy = storm.policies[key]
            personal = any(
                field.personal
                for event in [*policy.when, *policy.emits, *policy.fails]
                if event in storm.contracts
                for field in storm.contracts[event].fields_.values()
            )
            assert logging["IncludeExecutionData"] == (not personal)


def test_retention_is_what_the_storm_says_or_the_next_that_aws_knows() -> None:
    stacks = synth(watched_storm(archive=7, logs=20)).stacks
    kept = {
        one["Properties"]["LogGroupName"]: one["Properties"]["RetentionInDays"]
        for _, _, one in resources_of(stacks, "AWS::Logs::LogGroup")
    }
    assert kept["/aws/events/inn/refusals"] == 120
    assert kept["/aws/vendedlogs/states/inn-rooms-book"] == 30
    ((_, _, archive),) = resources_of(stacks, "AWS::Events::Archive")
    assert archive["Properties"]["RetentionDays"] == 7
    assert all(retention(days) >= days for days in range(1, 3_654))


def test_every_resource_that_takes_tags_says_its_note_storm_stage_and_service() -> None:
    from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

    untagged = {"AWS::SSM::Parameter", "AWS::KMS::Key"}
    for storm in (watched_storm(), *(load(path) for path in ALL)):
        for stack in synth(staged(storm, "test"), stage="test").stacks:
            for name, one in stack.template["Resources"].items():
                schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", one["Type"]).schema
                if schema.get("tagging", {}).get("taggable") and one["Type"] not in untagged:
                    tags = one["Properties"].get("Tags")
                    assert tags, (stack.name, name, one["Type"])
                    said = tags if isinstance(tags, dict) else {tag["Key"]: tag["Value"] for tag in tags}
                    assert said[NOTE] == one["Metadata"]["AnyCompany"]["Note"]
                    assert said[STAGE] == "test" and said[STORM].endswith("-test")
                    assert said.get(SERVICE) == (stack.of if stack.kind in ("service", "contracts") else None)
    assert STAGE not in json.dumps([stack.template for stack in synth(watched_storm()).stacks])


def _named(properties: dict[str, Any]) -> set[str]:
    return {
        key
        for key in properties
        if "kms" in key.lower() or key in ("EncryptionConfiguration", "SSESpecification")
    }


def test_with_a_key_of_choice_everything_that_is_stored_is_encrypted_with_it() -> None:
    for stack in synth(watched_storm("own")).stacks:
        for name, one in stack.template["Resources"].items():
            if one["Type"] in _STORES and name != KEY_FAULTS:
                assert _named(one["Properties"]), (stack.name, name)
                key = {"Fn::GetAtt": ["Key", "Arn"]} if stack.kind == "bus" else {"Ref": "KeyArn"}
                assert json.dumps(key) in json.dumps(one)
    plain = synth(watched_storm("aws")).stacks
    assert not any(
        "Kms" in json.dumps(one["Properties"]) for s in plain for one in s.template["Resources"].values()
    )


_STORES = {
    *("AWS::Events::EventBus", "AWS::Events::Archive", "AWS::SNS::Topic", "AWS::SQS::Queue"),
    *("AWS::Logs::LogGroup", "AWS::StepFunctions::StateMachine", "AWS::Scheduler::Schedule"),
}


def test_the_teams_own_key_lets_in_every_service_that_needs_it_and_outlives_its_stack() -> None:
    bus = synth(watched_storm("own")).stacks[0]
    key = bus.template["Resources"]["Key"]
    said = {one["Sid"]: one for one in key["Properties"]["KeyPolicy"]["Statement"]}
    principals = {json.dumps(one["Principal"].get("Service")) for one in said.values()}
    for service in ("events", "sns", "cloudwatch", "delivery.logs"):
        assert json.dumps(f"{service}.amazonaws.com") in principals
    # For encrypted topics and queues EventBridge documents no condition: one would keep it out.
    assert "Condition" not in said["Targets"]
    assert "aws:SourceArn" not in json.dumps(key["Properties"])
    assert key["DeletionPolicy"] == "Retain" and key["Properties"]["EnableKeyRotation"]


def test_what_the_key_fails_for_is_kept_under_another_one_and_rings() -> None:
    bus = synth(watched_storm("own")).stacks[0].template["Resources"]
    assert bus["EventBus"]["Properties"]["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [KEY_FAULTS, "Arn"]}}
    assert bus[KEY_FAULTS]["Properties"]["SqsManagedSseEnabled"] and not _named(bus[KEY_FAULTS]["Properties"])
    assert "its key is not usable" in bus["KeyFaultsAlarm"]["Properties"]["AlarmName"]
    assert KEY_FAULTS not in synth(watched_storm("aws")).stacks[0].template["Resources"]


def test_a_key_that_the_team_has_already_is_named_and_none_is_made() -> None:
    arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    bus = synth(watched_storm(arn)).stacks[0]
    assert "Key" not in bus.template["Resources"]
    assert bus.template["Resources"]["EventBus"]["Properties"]["KmsKeyIdentifier"] == arn
    with pytest.raises(ValueError, match="is no key"):
        watched_storm("alias/ours")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_the_dashboard_shows_every_rule_workflow_queue_and_alarm(path: Path) -> None:
    stacks = synth(load(path)).stacks
    body = body_of(stacks)
    shown = json.dumps(body)
    for kind, name in (
        ("AWS::Events::Rule", "Name"),
        ("AWS::StepFunctions::StateMachine", "StateMachineName"),
    ):
        for _, _, one in resources_of(stacks, kind):
            assert one["Properties"][name] in shown
    for _, _, one in resources_of(stacks, ALARM):
        assert json.dumps(one["Properties"]["AlarmName"])[1:-1] in shown
    cells = [
        (x, y)
        for widget in body["widgets"]
        for x in range(widget["x"], widget["x"] + widget["width"])
        for y in range(widget["y"], widget["y"] + widget["height"])
    ]
    assert len(cells) == len(set(cells)) and all(x < 24 for x, _ in cells)


def test_the_dashboard_of_a_large_storm_keeps_to_what_cloudwatch_shows() -> None:
    storm = Storm(name="Inn").add_events([f"Thing {i} Done" for i in range(700)])
    events = list(storm.events)
    document = storm.document()
    document["policies"] = {f"p{i}": {"when": [events[i]], "emits": [events[i + 1]]} for i in range(690)}
    document["entities"] = {"thing": events}
    document["contexts"] = {"inn": {"entities": ["thing"]}}
    document["services"] = {"inn": {"context": "inn"}}
    stacks = synth(Storm.model_validate(document)).stacks
    widgets = body_of(stacks)["widgets"]
    assert 50 < len(widgets) <= MOST_WIDGETS
    assert len(template_body(stacks[0])) < 1.25 * LARGEST_BODY < LARGEST_TEMPLATE / 2
    assert sum(len(widget["properties"].get("metrics", ())) for widget in widgets) <= MOST_METRICS


def test_an_event_says_which_one_it_answers_and_with_which_its_flow_began() -> None:
    first = {"id": "e-0", "resources": []}
    second = {"id": "e-1", "resources": [*trail(first), "arn:aws:states:::execution"]}
    third = {"id": "e-2", "resources": trail(second)}
    assert (answered(first), answered(second), answered(third)) == (None, "e-0", "e-1")
    assert began(first) == began(second) == began(third) == "e-0"
    for odd in ({}, {"resources": "no list"}, {"resources": [1, None]}, {"id": 7}):
        assert answered(odd) is None and began(odd) is None


def test_a_workflow_makes_the_same_trail_as_we_do() -> None:
    import jsonata

    made = jsonata.Jsonata.jsonata(trail_in_jsonata("$$"))
    for heard in (
        {"id": "e-0", "resources": []},
        {"id": "e-0"},
        {"id": "e-1", "resources": ["arn:x", "anycompany:answers:e-0", "anycompany:began:e-0"]},
        {"id": "e-1", "resources": ["anycompany:began:e-0"]},
    ):
        assert made.evaluate(heard) == trail(heard)


def test_what_is_personal_is_decided_by_what_is_heard_and_by_what_is_said() -> None:
    from anycompany.bus.rules import rules

    found = {rule.id: may_log_data(watched_storm(), rule) for rule in rules(watched_storm())}
    assert found["book"] is False and found["clean"] is True


def test_hostile_names_stay_within_the_dashboard() -> None:
    for start in range(0, len(HOSTILE_TEXTS), 6):
        text = json.dumps(body_of(synth(storm_of(HOSTILE_TEXTS[start:] + HOSTILE_TEXTS[:start])).stacks))
        assert "{{" not in text and "${AWS::AccountId} ${BusName}" not in text


def test_a_simulated_day_says_how_often_a_rate_would_have_rung() -> None:
    from anycompany.bus.simulation import Settings, simulate

    storm = watched_storm().change("listeners", "refusals", hears=["room-requested"])
    event = {"source": storm.source_of("room-requested"), "detail-type": "room-requested", "detail": {}}
    times = [*range(11), *(600 + second for second in range(10)), *(900 + second for second in range(20))]
    run = simulate(storm, [(float(second), event, "") for second in times], Settings())
    assert {use.listener: use.rang for use in run.listening} == {"all": 0, "refusals": 2}
