"""The listeners stack of an audience: it hears events and answers nothing."""

from __future__ import annotations

from typing import Any

from ..bus.names import rule_name
from ..bus.rules import Rule, rules
from ..storm.model import Storm
from .alarms import topic_parameter
from .logging import retention
from .names import audience_of, bus_stack_name, listeners_stack_name, logical_id, unheard_name
from .rates import rate_alarm, rate_output
from .resources import (
    bus_parameters,
    dead_letters,
    hears_from_eventbridge,
    named_rule_arn,
    resource,
    target,
    template,
)
from .stack import Stack, Template
from .watched import dead_letters_alarm, rule_alarm

LOG_DAYS = 3_653
"""Ten years: what an audience hears is evidence."""


def listeners_stacks(storm: Storm) -> list[Stack]:
    """One stack per audience (a listener's ``for``)."""
    by_audience: dict[str, list[Rule]] = {}
    for rule in rules(storm):
        if rule.section == "listeners":
            by_audience.setdefault(audience_of(rule.home), []).append(rule)
    return [_stack(storm, audience, found) for audience, found in by_audience.items()]


def _stack(storm: Storm, audience: str, found: list[Rule]) -> Stack:
    said = storm.listeners[found[0].id].for_ or "listeners"
    rule_arns = [named_rule_arn(rule_name(storm, rule)) for rule in found]
    resources: dict[str, Any] = dead_letters(found[0].note, unheard_name(storm, audience), rule_arns)
    resources |= dead_letters_alarm(storm, found[0].note, said)
    outputs: Template = {}
    for rule in found:
        makers = {"topic": _topic, "queue": _queue, "log": _log}
        made, arn, said_out = makers[rule.target](storm, rule)
        resources |= made
        outputs |= rate_output(storm, rule)
        outputs[logical_id("Where", rule.id)] = {"Description": f"Where {rule.id} hears", "Value": said_out}
        resources[logical_id("Rule", rule.id)] = resource(
            "AWS::Events::Rule",
            rule.note,
            {
                "Name": rule_name(storm, rule),
                "EventBusName": {"Ref": "BusName"},
                "EventPattern": rule.pattern,
                "State": "ENABLED",
                "Targets": [target(rule.target, arn)],
            },
        )
        resources |= rule_alarm(storm, rule) | rate_alarm(storm, rule)
    return Stack(
        listeners_stack_name(storm, audience),
        "listeners",
        template(
            f"{storm.name}: what {said} hears",
            resources,
            Parameters=parameters_of_rules(storm),
            Outputs=outputs,
        ),
        (bus_stack_name(storm),),
        said,
    )


def parameters_of_rules(storm: Storm) -> Template:
    """Listeners need the bus's name only, and the topic of alarms."""
    return {"BusName": bus_parameters(storm)["BusName"], **topic_parameter(storm)}


def _topic(storm: Storm, rule: Rule) -> tuple[Template, Any, Any]:
    """A topic fans out to whoever subscribes."""
    topic = logical_id("Topic", rule.id)
    made = {
        topic: resource("AWS::SNS::Topic", rule.note, {}),
        logical_id("TopicPolicy", rule.id): hears_from_eventbridge(rule.note, topic),
    }
    return made, {"Ref": topic}, {"Ref": topic}


def _queue(storm: Storm, rule: Rule) -> tuple[Template, Any, Any]:
    queue, policy = logical_id("Queue", rule.id), logical_id("QueuePolicy", rule.id)
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": {"Fn::GetAtt": [queue, "Arn"]},
        "Condition": {"ArnEquals": {"aws:SourceArn": named_rule_arn(rule_name(storm, rule))}},
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    made = {
        queue: resource(
            "AWS::SQS::Queue",
            rule.note,
            {"MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": True},
            DeletionPolicy="Delete",
            UpdateReplacePolicy="Delete",
        ),
        policy: resource(
            "AWS::SQS::QueuePolicy", rule.note, {"Queues": [{"Ref": queue}], "PolicyDocument": document}
        ),
    }
    return made, {"Fn::GetAtt": [queue, "Arn"]}, {"Ref": queue}


def _log(storm: Storm, rule: Rule) -> tuple[Template, Any, Any]:
    """A log group; EventBridge writes only to names under ``/aws/events/`` (EventBridge)."""
    group = logical_id("Log", rule.id)
    name = f"/aws/events/{storm.bus_name}/{rule.id}"
    made = {
        group: resource(
            "AWS::Logs::LogGroup",
            rule.note,
            {"LogGroupName": name, "RetentionInDays": retention(storm.listeners[rule.id].keep or LOG_DAYS)},
            DeletionPolicy="Delete",
            UpdateReplacePolicy="Delete",
        )
    }
    arn = {"Fn::Sub": f"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{name}"}
    return made, arn, {"Ref": group}
