"""The buffer of a policy: a topic fans out into queues, and a pipe starts the workflow from its queue.

A burst waits in the queue instead of being throttled, and policies of a service that hear the same share one
rule and one topic. What a workflow cannot be started with five times goes to the service's dead letters.
"""

from __future__ import annotations

from typing import Any

from ..bus.names import resource_name
from ..bus.rules import Rule
from ..storm.model import Storm
from .names import logical_id
from .resources import hears_from_eventbridge, resource
from .roles import for_this_source, trusted_role
from .stack import Template

MOST_TRIES = 5
"""How often a pipe may take a message up before it is a dead letter."""

LONGEST_PIPE_NAME = 64
"""Characters of a pipe's name (EventBridge Pipes)."""


def topic_id(leader: str) -> str:
    """The logical id of the topic that the rule of a policy publishes to."""
    return logical_id("Buffer", leader)


def buffer_topic(rule: Rule) -> Template:
    """The topic of a rule, and the policy that lets EventBridge publish to it."""
    topic = topic_id(rule.id)
    return {
        topic: resource("AWS::SNS::Topic", rule.note, {}),
        logical_id("BufferPolicy", rule.id): hears_from_eventbridge(rule.note, topic),
    }


def buffer_queue(storm: Storm, rule: Rule, workflow: str) -> Template:
    """The queue of a buffered policy, and the pipe that starts its workflow.

    Parameters
    ----------
    storm : the storm.
    rule : the policy's rule, whose leader's topic the queue hears.
    workflow : the logical id of its state machine.
    """
    ids = {
        what: logical_id(what, rule.id)
        for what in ("Waiting", "WaitingPolicy", "Subscription", "Pipe", "PipeRole")
    }
    queue = {"Fn::GetAtt": [ids["Waiting"], "Arn"]}
    topic = {"Ref": topic_id(rule.led_by or rule.id)}
    name = resource_name(storm, rule.id, LONGEST_PIPE_NAME, rule.home or "")
    return {
        ids["Waiting"]: resource(
            "AWS::SQS::Queue",
            rule.note,
            {
                "MessageRetentionPeriod": 1_209_600,
                "SqsManagedSseEnabled": True,
                "RedrivePolicy": {
                    "deadLetterTargetArn": {"Fn::GetAtt": ["DeadLetters", "Arn"]},
                    "maxReceiveCount": MOST_TRIES,
                },
            },
            DeletionPolicy="Delete",
            UpdateReplacePolicy="Delete",
        ),
        ids["WaitingPolicy"]: resource(
            "AWS::SQS::QueuePolicy",
            rule.note,
            {"Queues": [{"Ref": ids["Waiting"]}], "PolicyDocument": _lets_in(topic, queue)},
        ),
        ids["Subscription"]: resource(
            "AWS::SNS::Subscription",
            rule.note,
            {
                "TopicArn": topic,
                "Protocol": "sqs",
                "Endpoint": queue,
                "RawMessageDelivery": True,
                "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["DeadLetters", "Arn"]}},
            },
        ),
        ids["PipeRole"]: trusted_role(
            rule.note, "pipes.amazonaws.com", _may(queue, {"Ref": workflow}), for_this_source(_pipe_arn(name))
        ),
        ids["Pipe"]: resource(
            "AWS::Pipes::Pipe",
            rule.note,
            {
                "Name": name,
                "RoleArn": {"Fn::GetAtt": [ids["PipeRole"], "Arn"]},
                "Source": queue,
                "SourceParameters": {"SqsQueueParameters": {"BatchSize": 1}},
                "Target": {"Ref": workflow},
                "TargetParameters": {
                    "InputTemplate": "<$.body>",
                    "StepFunctionStateMachineParameters": {"InvocationType": "FIRE_AND_FORGET"},
                },
            },
        ),
    }


def _lets_in(topic: Any, queue: Any) -> Template:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def _may(queue: Any, workflow: Any) -> list[Template]:
    taking = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    return [
        {"Effect": "Allow", "Action": taking, "Resource": queue},
        {"Effect": "Allow", "Action": "states:StartExecution", "Resource": workflow},
    ]


def _pipe_arn(name: str) -> Template:
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:pipes:${{AWS::Region}}:${{AWS::AccountId}}:pipe/{name}"}
