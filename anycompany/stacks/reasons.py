"""Reasons in a resource's Metadata: why a policy says ``*``, and why a rule of checkov does not apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .stack import Stack, Template

_OWN_KEY = "no key of the team's was chosen (bus: {key: own})."


@dataclass(frozen=True)
class _Rule:
    """A rule of checkov that need not hold: unless ``satisfied_by`` stands there, and why it need not."""

    id: str
    satisfied_by: str
    because: str


_NOT_APPLICABLE: dict[str, tuple[_Rule, ...]] = {
    "AWS::SQS::Queue": (
        _Rule(
            "CKV_AWS_27",
            "KmsMasterKeyId",
            f"SQS encrypts the queue with its own key, SqsManagedSseEnabled; {_OWN_KEY}",
        ),
    ),
    "AWS::SNS::Topic": (
        _Rule(
            "CKV_AWS_26",
            "KmsMasterKeyId",
            f"EventBridge cannot publish to a topic under SNS's own key, and {_OWN_KEY}",
        ),
    ),
    "AWS::Logs::LogGroup": (
        _Rule(
            "CKV_AWS_158",
            "KmsKeyId",
            f"CloudWatch Logs encrypts every log group with a key of its own; {_OWN_KEY}",
        ),
    ),
    "AWS::DynamoDB::Table": (
        _Rule(
            "CKV_AWS_119",
            "SSESpecification.KMSMasterKeyId",
            f"DynamoDB encrypts the table with the account's aws/dynamodb key; {_OWN_KEY}",
        ),
    ),
}
"""For a type of resource the rules of checkov that do not apply to what is generated."""


def explained(resource: Template, wildcards: Mapping[str, str]) -> Template:
    """The resource with the reasons of its policies' ``*`` in its Metadata, by the statement's id."""
    if not wildcards:
        return resource
    metadata = resource.get("Metadata", {})
    own = {**metadata.get("AnyCompany", {}), "Wildcards": dict(wildcards)}
    return {**resource, "Metadata": {**metadata, "AnyCompany": own}}


def without_condition(resource: Template, because: Mapping[str, str]) -> Template:
    """The resource with the reasons why statements let a service in for anybody, by the statement's id."""
    metadata = resource.get("Metadata", {})
    own = {**metadata.get("AnyCompany", {}), "WithoutCondition": dict(because)}
    return {**resource, "Metadata": {**metadata, "AnyCompany": own}}


def suppressed(resource: Template) -> Template:
    """The resource with those rules of checkov suppressed that do not apply to it, each with its reason."""
    metadata = resource.get("Metadata", {})
    said = metadata.get("checkov", {}).get("skip", [])
    skipped = [
        {"id": rule.id, "comment": rule.because}
        for rule in _NOT_APPLICABLE.get(resource["Type"], ())
        if not _stands(rule.satisfied_by, resource.get("Properties", {}))
        and rule.id not in {one["id"] for one in said}
    ]
    if not skipped:
        return resource
    return {**resource, "Metadata": {**metadata, "checkov": {"skip": [*said, *skipped]}}}


def _stands(path: str, properties: Any) -> bool:
    key, _, rest = path.partition(".")
    if not isinstance(properties, Mapping) or key not in properties:
        return False
    return not rest or _stands(rest, properties[key])


def with_reasons(stack: Stack) -> Stack:
    """The stack, where what a reviewer's tool would ask is answered in the resources' Metadata."""
    resources = {key: suppressed(one) for key, one in stack.template["Resources"].items()}
    return replace(stack, template={**stack.template, "Resources": resources})
