"""The stack of a service: per policy one rule, one workflow and a role for each; schedules and publishers."""

from __future__ import annotations

import json
from typing import Any

from ..bus.contract import example_detail
from ..bus.names import resource_name, rule_name, workflow_name
from ..bus.rules import Rule
from ..storm.code import NO_CODE, Codes
from ..storm.model import Storm
from .answerers import answerers
from .buffer import buffer_queue, buffer_topic, topic_id
from .definitions import definition_string
from .functions import code_parameter, functions
from .logging import observed
from .made import made_for
from .names import bus_stack_name, dead_letters_name, logical_id, service_stack_name
from .operating import log_of, operating_parameters, service_alarms, workflow_operations
from .publishers import publishers
from .resources import (
    bus_parameters,
    dead_letters,
    json_literal,
    named_rule_arn,
    resource,
    target,
    template,
)
from .roles import (
    for_this_source,
    may_call,
    may_put,
    needed_by_aws,
    schedules_arn,
    trusted_role,
    workflow_arn,
)
from .silence import silence_alarms, watch_arns
from .stack import Stack, Template
from .workflow import calls, state_machine, translator


def service_stack(
    storm: Storm, service: str, found: tuple[Rule, ...], *, with_marker: bool, code: Codes = NO_CODE
) -> Stack | None:
    """The stack of a service, deployable on its own; None while the service has nothing that runs.

    ``found`` are the storm's rules; ``with_marker`` builds in what the workbook's test events need;
    ``code`` are the folders of code that become functions.
    """
    own = [rule for rule in found if rule.home == service and rule.section != "listeners"]
    starts = [
        event for event in storm.relations.events_of_service.get(service, ()) if event in storm.triggers
    ]
    schedules = [event for event in starts if storm.triggers[event].kind == "schedule"]
    published = [event for event in starts if storm.triggers[event].kind in ("actor", "external")]
    resources: dict[str, Any] = {}
    for rule in own:
        resources |= _workflow(storm, rule, with_marker, code)
    for event in schedules:
        resources |= _schedule(storm, service, event)
    outputs: Template = {}
    if published:
        made, said = publishers(storm, service, published)
        resources |= made
        outputs |= said
    policies = [rule.id for rule in own if rule.section == "policies"]
    resources |= made_for(storm, service, policies) | functions(storm, service, policies, code)
    made, said = answerers(storm, service, policies)
    resources |= silence_alarms(storm, service) | made
    outputs |= said
    if not resources:
        return None
    leading = [rule for rule in own if rule.led_by in ("", rule.id)]
    arns = [named_rule_arn(rule_name(storm, rule), rule.bus) for rule in leading] + watch_arns(storm, service)
    if arns or schedules:
        topics = [{"Ref": topic_id(rule.id)} for rule in leading if rule.led_by]
        queue = dead_letters(f"services/{service}", dead_letters_name(storm, service), arns, topics)
        resources = queue | resources | service_alarms(storm, service)
    title = f"{storm.name}: the {service} service"
    parameters = bus_parameters(storm) | operating_parameters(storm) | code_parameter()
    parameters |= _schedule_switch() if schedules else {}
    written = json.dumps(resources)
    used = {
        key: value
        for key, value in parameters.items()
        if f'{{"Ref": "{key}"}}' in written or f"${{{key}}}" in written
    }
    return Stack(
        service_stack_name(storm, service),
        "service",
        template(title, resources, Parameters=used, Outputs=outputs),
        (bus_stack_name(storm),),
        service,
    )


def _workflow(storm: Storm, rule: Rule, with_marker: bool, code: Codes) -> Template:
    """A rule, its workflow, and a role for each that can do exactly its part."""
    ids = {what: logical_id(what, rule.id) for what in ("Rule", "Workflow", "WorkflowRole", "RuleRole")}
    if rule.section == "policies":
        policy = storm.policies[rule.id]
        definition = state_machine(storm, rule.id, with_marker=with_marker, code=code.keys())
        kind, statements = policy.workflow_kind, may_call(storm, calls(storm, rule.id, code.keys()))
    else:
        ids = {what: logical_id(f"Aws{what}", rule.id) for what in ids}
        definition = translator(storm, rule.id, with_marker=with_marker)
        kind, statements = "express", [may_put(storm, [rule.id])]
    statements += [needed_by_aws("log delivery"), needed_by_aws("X-Ray")]
    start = {"Effect": "Allow", "Action": "states:StartExecution", "Resource": {"Ref": ids["Workflow"]}}
    name = rule_name(storm, rule)
    by_this_rule = for_this_source(named_rule_arn(name, rule.bus))
    by_this_workflow = for_this_source(workflow_arn(workflow_name(storm, rule)))
    bus = {"EventBusName": {"Ref": "BusName"}} if rule.bus == "own" else {}
    made: Template = {
        ids["WorkflowRole"]: trusted_role(rule.note, "states.amazonaws.com", statements, by_this_workflow),
        ids["Workflow"]: resource(
            "AWS::StepFunctions::StateMachine",
            rule.note,
            {
                "StateMachineName": workflow_name(storm, rule),
                "StateMachineType": kind.upper(),
                "RoleArn": {"Fn::GetAtt": [ids["WorkflowRole"], "Arn"]},
                "DefinitionString": definition_string(definition),
                **observed(storm, rule, log_of(ids["Workflow"])),
            },
        ),
        **workflow_operations(storm, rule, ids["Workflow"], definition),
    }
    if rule.led_by:
        made |= buffer_queue(storm, rule, ids["Workflow"])
        if rule.led_by != rule.id:
            return made
        made |= buffer_topic(rule)
        hearing = target("buffer", {"Ref": topic_id(rule.id)})
    else:
        role = {"Fn::GetAtt": [ids["RuleRole"], "Arn"]}
        made[ids["RuleRole"]] = trusted_role(rule.note, "events.amazonaws.com", [start], by_this_rule)
        hearing = target("workflow", {"Ref": ids["Workflow"]}, RoleArn=role)
    made[ids["Rule"]] = resource(
        "AWS::Events::Rule",
        rule.note,
        {
            "Name": name,
            **bus,
            "EventPattern": rule.pattern,
            "State": "ENABLED",
            "Targets": [hearing],
        },
    )
    return made


def _schedule(storm: Storm, service: str, event: str) -> Template:
    """A schedule that puts its event on the bus when its time comes."""
    note, role = f"triggers/{event}", logical_id("ScheduleRole", event)
    queue = {"Fn::GetAtt": ["DeadLetters", "Arn"]}
    letters = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": queue}
    return {
        role: trusted_role(
            note,
            "scheduler.amazonaws.com",
            [may_put(storm, [event]), letters],
            for_this_source(schedules_arn()),
        ),
        logical_id("Schedule", event): resource(
            "AWS::Scheduler::Schedule",
            note,
            {
                "Name": resource_name(storm, event, 64, service),
                "ScheduleExpression": storm.triggers[event].schedule,
                "FlexibleTimeWindow": {"Mode": "OFF"},
                "State": {"Ref": "ScheduleState"},
                "Target": {
                    "Arn": {"Ref": "BusArn"},
                    "RoleArn": {"Fn::GetAtt": [role, "Arn"]},
                    "EventBridgeParameters": {
                        "Source": storm.source_of(event),
                        "DetailType": storm.detail_type(event),
                    },
                    "Input": json_literal(example_detail(storm, event)),
                    "DeadLetterConfig": {"Arn": queue},
                    "RetryPolicy": {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400},
                },
            },
        ),
    }


def _schedule_switch() -> Template:
    return {
        "ScheduleState": {
            "Type": "String",
            "Default": "ENABLED",
            "AllowedValues": ["ENABLED", "DISABLED"],
            "Description": "Whether the schedules of this service put their events on the bus",
        }
    }
