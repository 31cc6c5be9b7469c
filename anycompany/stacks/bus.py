"""The bus stack: the one custom event bus, its archive, the schema registry, and how others find it."""

from __future__ import annotations

import json

from ..bus.names import limited
from ..storm.model import Storm
from .bus_policy import bus_policy, readers
from .key import key_resources
from .names import bus_stack_name, parameter_name
from .reasons import explained
from .resources import line, resource, template
from .stack import Stack, Template


def minimal_template(storm: Storm) -> Template:
    """The talk's template: one resource, two outputs. The bus stack adds to it, and notebook 07 says why."""
    return template(
        f"{storm.name}: the event bus",
        {"EventBus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": storm.bus_name}}},
        Outputs=_outputs(),
    )


def bus_stack(storm: Storm) -> Stack:
    """The bus stack of a storm; every other stack comes after it."""
    note = "bus"
    bus_arn, bus_name = ({"Fn::GetAtt": ["EventBus", attribute]} for attribute in ("Arn", "Name"))
    resources = {
        "EventBus": resource(
            "AWS::Events::EventBus",
            note,
            {"Name": storm.bus_name, "Description": line(storm.name)},
        ),
        "Archive": resource(
            "AWS::Events::Archive",
            note,
            {
                "ArchiveName": limited(storm.bus_name, 48),
                "SourceArn": bus_arn,
                "RetentionDays": storm.bus.archive,
            },
        ),
        "Registry": resource(
            "AWS::EventSchemas::Registry",
            note,
            {
                "RegistryName": limited(storm.bus_name, 64),
                "Description": f"Contracts of {line(storm.name)}"[:256],
            },
        ),
        "BusNameParameter": _parameter(storm, "name", bus_name),
        "BusArnParameter": _parameter(storm, "arn", bus_arn),
        "Alarms": resource("AWS::SNS::Topic", note, {}),
        "AlarmsParameter": _parameter(storm, "alarms", {"Ref": "Alarms"}),
    }
    if any(listener.to == "log" for listener in storm.listeners.values()):
        resources["LogsPolicy"] = _logs_policy(storm)
    resources |= bus_policy(storm) | readers(storm) | key_resources(storm)
    outputs = _outputs() | _for_readers(resources)
    return Stack(
        bus_stack_name(storm), "bus", template(f"{storm.name}: the event bus", resources, Outputs=outputs)
    )


def _parameter(storm: Storm, what: str, value: Template) -> Template:
    properties = {
        "Name": parameter_name(storm, what),
        "Type": "String",
        "Value": value,
        "Description": f"The {what} of the event bus, for the services that put events on it or listen to it",
    }
    return resource("AWS::SSM::Parameter", "bus", properties)


def _logs_policy(storm: Storm) -> Template:
    """One resource policy for all log groups that listeners write to: an account may have ten in a region.

    Who makes a stream names no rule; who writes into it does: one of this bus (confused deputy).
    """
    arn = "arn:${AWS::Partition}:%s:${AWS::Region}:${AWS::AccountId}:%s"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": ["events.amazonaws.com", "delivery.logs.amazonaws.com"]},
        "Resource": arn % ("logs", f"log-group:/aws/events/{storm.bus_name}/*:*"),
    }
    of_this_bus = {"ArnLike": {"aws:SourceArn": arn % ("events", f"rule/{storm.bus_name}/*")}}
    document = {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "Streams", "Action": "logs:CreateLogStream", **statement},
            {"Sid": "Entries", "Action": "logs:PutLogEvents", **statement, "Condition": of_this_bus},
        ],
    }
    name = limited(f"{storm.bus_name}-events", 128)
    properties = {"PolicyName": name, "PolicyDocument": {"Fn::Sub": json.dumps(document)}}
    because = (
        "Ten such policies are all that an account may have in a region, so one serves the logs of all "
        "audiences, by the name that they begin with; EventBridge names the streams in them itself."
    )
    policy = resource("AWS::Logs::ResourcePolicy", "bus", properties)
    return explained(policy, {"Streams": because, "Entries": because})


def _outputs() -> Template:
    return {
        "EventBusArn": {
            "Description": "The ARN of the event bus",
            "Value": {"Fn::GetAtt": ["EventBus", "Arn"]},
        },
        "EventBusName": {
            "Description": "The name of the event bus",
            "Value": {"Fn::GetAtt": ["EventBus", "Name"]},
        },
    }


def _for_readers(resources: Template) -> Template:
    outputs: Template = {
        "BusReaderPolicy": {
            "Description": "Attach this policy to whatever has to find the bus",
            "Value": {"Ref": "FindTheBus"},
        }
    }
    if "BusReader" in resources:
        outputs["BusReaderRole"] = {
            "Description": "Other accounts take this role on to find the bus",
            "Value": {"Fn::GetAtt": ["BusReader", "Arn"]},
        }
    return outputs
