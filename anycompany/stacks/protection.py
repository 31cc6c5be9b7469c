"""Stacks that hold what nobody can make again: which they are, and what CloudFormation may not do to them."""

from __future__ import annotations

from .stack import Template

KEEPS = {
    "AWS::DynamoDB::Table": "its items",
    "AWS::EventSchemas::Registry": "the contracts that others put there",
    "AWS::EventSchemas::Schema": "its versions",
    "AWS::Events::Archive": "the archived events",
    "AWS::Events::EventBus": "the rules that others put on it",
    "AWS::KMS::Key": "whatever is encrypted with it",
    "AWS::Logs::LogGroup": "what was heard or logged",
    "AWS::S3::Bucket": "its objects",
    "AWS::SNS::Topic": "those who subscribed",
    "AWS::SQS::Queue": "the messages that wait",
}
"""Types of resources that hold something, and what is lost with them."""

STACK_POLICY: Template = {
    "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "Update:*", "Resource": "*"},
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": ["Update:Replace", "Update:Delete"],
            "Resource": "*",
            "Condition": {"StringEquals": {"ResourceType": sorted(KEEPS)}},
        },
    ]
}
"""Stack policy of a protected stack: whatever holds something is neither replaced nor deleted."""

OPEN_POLICY: Template = {
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "Update:*", "Resource": "*"}]
}
"""Stack policy while a person has allowed the loss; a stack policy can be changed, but never taken away."""


def holds_something(template: Template) -> bool:
    """Whether a template has a resource with which something would be lost that nobody can make again."""
    return any(resource.get("Type") in KEEPS for resource in template["Resources"].values())
