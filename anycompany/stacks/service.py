"""The stack of a service: per policy one rule, one workflow and a role for each; schedules and publishers."""

from __future__ import annotations

import json
from typing import Any

from ..bus.contract import example_detail
from ..bus.names import resource_name, rule_name, workflow_name
from ..bus.rules import Rule
from ..storm.model import Storm
from .names import bus_stack_name, logical_id, service_stack_name
from .resources import (
    bus_parameters,
    dead_letters,
    json_text,
    literal,
    named_rule_arn,
    resource,
    target,
    template,
)
from .roles import for_this_source, may_put, schedules_arn, trusted_role, workflow_arn
from .stack import Stack, Template
from .workflow import lambda_functions, state_machine, translator


def service_stack(storm: Storm, service: str, found: tuple[Rule, ...], *, with_marker: bool) -> Stack | None:
    """The stack of a service, deployable on its own; None while the service has nothing that runs.

    ``found`` are the storm's rules; ``with_marker`` builds in what the workbook's test events need.
    """
    own = [rule for rule in found if rule.home == service and rule.section != "listeners"]
    starts = [
        event for event in storm.relations.events_of_service.get(service, ()) if event in storm.triggers
    ]
    schedules = [event for event in starts if storm.triggers[event].kind == "schedule"]
    published = [event for event in starts if storm.triggers[event].kind in ("actor", "external")]
    resources: dict[str, Any] = {}
    for rule in own:
        resources |= _workflow(storm, rule, with_marker)
    for event in schedules:
        resources |= _schedule(storm, service, event)
    outputs: Template = {}
    if published:
        resources["Publisher"] = _publisher(storm, service, published)
        outputs["PublisherPolicy"] = {
            "Description": "Attach this policy to the application code behind the service's actors",
            "Value": {"Ref": "Publisher"},
        }
    if not resources:
        return None
    if own or schedules:
        arns = [named_rule_arn(rule_name(storm, rule), rule.bus) for rule in own]
        queue = dead_letters(f"services/{service}", arns)
        resources = queue | resources if own else {"DeadLetters": queue["DeadLetters"], **resources}
    title = f"{storm.name}: the {service} service"
    parameters = bus_parameters(storm) | (_schedule_switch() if schedules else {})
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


def _workflow(storm: Storm, rule: Rule, with_marker: bool) -> Template:
    """A rule, its workflow, and a role for each that can do exactly its part."""
    ids = {what: logical_id(what, rule.id) for what in ("Rule", "Workflow", "WorkflowRole", "RuleRole")}
    if rule.section == "policies":
        policy = storm.policies[rule.id]
        definition = state_machine(storm, rule.id, with_marker=with_marker)
        kind, puts, runs = policy.workflow_kind, [*policy.emits, *policy.fails], lambda_functions(policy)
    else:
        ids = {what: logical_id(f"Aws{what}", rule.id) for what in ids}
        definition = translator(storm, rule.id, with_marker=with_marker)
        kind, puts, runs = "express", [rule.id], []
    puts = [event for event in puts if event in storm.events]
    statements = [may_put(storm, puts)] if puts else []
    if runs:
        statements.append({"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": runs})
    start = {"Effect": "Allow", "Action": "states:StartExecution", "Resource": {"Ref": ids["Workflow"]}}
    name = rule_name(storm, rule)
    by_this_rule = for_this_source(named_rule_arn(name, rule.bus))
    by_this_workflow = for_this_source(workflow_arn(workflow_name(storm, rule)))
    bus = {"EventBusName": {"Ref": "BusName"}} if rule.bus == "own" else {}
    return {
        ids["WorkflowRole"]: trusted_role(rule.note, "states.amazonaws.com", statements, by_this_workflow),
        ids["Workflow"]: resource(
            "AWS::StepFunctions::StateMachine",
            rule.note,
            {
                "StateMachineName": workflow_name(storm, rule),
                "StateMachineType": kind.upper(),
                "RoleArn": {"Fn::GetAtt": [ids["WorkflowRole"], "Arn"]},
                "DefinitionString": definition_string(definition),
            },
            tagged=True,
        ),
        ids["RuleRole"]: trusted_role(rule.note, "events.amazonaws.com", [start], by_this_rule),
        ids["Rule"]: resource(
            "AWS::Events::Rule",
            rule.note,
            {
                "Name": name,
                **bus,
                "EventPattern": rule.pattern,
                "State": "ENABLED",
                "Targets": [
                    target(
                        "workflow", {"Ref": ids["Workflow"]}, RoleArn={"Fn::GetAtt": [ids["RuleRole"], "Arn"]}
                    )
                ],
            },
        ),
    }


def definition_string(definition: dict[str, Any]) -> Any:
    """A state machine as a template's value: only the bus's name is a variable in it."""
    text = json_text(definition, indent=1)
    variable = '"EventBusName": "${BusName}"'
    if variable not in text:
        return text
    return {"Fn::Sub": literal(text).replace(literal(variable), variable)}


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
                    "Input": json_text(example_detail(storm, event)),
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


def _publisher(storm: Storm, service: str, events: list[str]) -> Template:
    document = {"Version": "2012-10-17", "Statement": [may_put(storm, events)]}
    description = f"May put on the bus what people and outside systems start in the {service} service"
    return resource(
        "AWS::IAM::ManagedPolicy",
        f"services/{service}",
        {"Description": description, "PolicyDocument": document},
    )
