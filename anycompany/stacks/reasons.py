"""Reasons in a resource's Metadata: why a policy says ``*``, and why a rule of checkov does not apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .stack import Stack, Template

_NOT_APPLICABLE: dict[str, tuple[str, str, str]] = {
    "AWS::SQS::Queue": (
        "CKV_AWS_27",
        "KmsMasterKeyId",
        "SQS encrypts the queue with its own key, SqsManagedSseEnabled; no key of the team's was chosen.",
    ),
    "AWS::SNS::Topic": (
        "CKV_AWS_26",
        "KmsMasterKeyId",
        "EventBridge cannot publish to a topic under SNS's own key, and no key of the team's was chosen.",
    ),
    "AWS::Logs::LogGroup": (
        "CKV_AWS_158",
        "KmsKeyId",
        "CloudWatch Logs encrypts every log group with a key of its own; no key of the team's was chosen.",
    ),
}
"""For a type of resource: checkov's rule, the property that would satisfy it, why it need not be there."""


def explained(resource: Template, wildcards: Mapping[str, str]) -> Template:
    """The resource with the reasons of its policies' ``*`` in its Metadata, by the statement's id."""
    if not wildcards:
        return resource
    metadata = resource.get("Metadata", {})
    own = {**metadata.get("AnyCompany", {}), "Wildcards": dict(wildcards)}
    return {**resource, "Metadata": {**metadata, "AnyCompany": own}}


def suppressed(resource: Template) -> Template:
    """The resource with those rules of checkov suppressed that do not apply to it, each with its reason."""
    rule, satisfied_by, because = _NOT_APPLICABLE.get(resource["Type"], ("", "", ""))
    if not rule or satisfied_by in resource.get("Properties", {}):
        return resource
    skip = {"skip": [{"id": rule, "comment": because}]}
    return {**resource, "Metadata": {**resource.get("Metadata", {}), "checkov": skip}}


def with_reasons(stack: Stack) -> Stack:
    """The stack, where what a reviewer's tool would ask is answered in the resources' Metadata."""
    resources = {key: suppressed(one) for key, one in stack.template["Resources"].items()}
    return replace(stack, template={**stack.template, "Resources": resources})
