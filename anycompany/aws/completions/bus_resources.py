"""``AWS::Events::EventBusPolicy`` and ``AWS::Events::Archive``.

Return values and replacing properties are those of the AWS CloudFormation resource schemas.
"""

from __future__ import annotations

import json
from typing import Any

from anycompany.aws.completions.resource_types import (
    Created,
    Properties,
    add_resource_type,
    checked,
    generated_name,
)

_LONGEST_ARCHIVE_NAME = 48


def install() -> None:
    """Add both types."""
    add_resource_type(
        "AWS::Events::EventBusPolicy",
        _put_policy,
        lambda _id, _old, new, stack_name: _put_policy("", new, stack_name),
        _delete_policy,
        ("EventBusName", "StatementId"),
    )
    add_resource_type(
        "AWS::Events::Archive",
        _create_archive,
        _update_archive,
        _delete_archive,
        ("ArchiveName", "SourceArn"),
    )


def _put_policy(_logical_id: str, properties: Properties, _stack_name: str) -> Created:
    from ministack.services import eventbridge

    bus, statement = _bus(properties.get("EventBusName", "default")), _statement(properties)
    policy = eventbridge._event_bus_policies.get(bus) or {"Version": "2012-10-17", "Statement": []}
    others = [other for other in policy["Statement"] if other.get("Sid") != statement["Sid"]]
    eventbridge._event_bus_policies[bus] = {**policy, "Statement": [*others, statement]}
    return f"{bus}|{statement['Sid']}", {}


def _delete_policy(physical_id: str, _properties: Properties) -> None:
    from ministack.services import eventbridge

    bus, _, statement_id = physical_id.rpartition("|")
    policy = eventbridge._event_bus_policies.pop(bus, None)
    left = [other for other in (policy or {}).get("Statement", []) if other.get("Sid") != statement_id]
    if left:
        eventbridge._event_bus_policies[bus] = {**policy, "Statement": left}


def _statement(properties: Properties) -> dict[str, Any]:
    """The policy statement, written out or in the older form with Principal, Action and Condition."""
    from ministack.core.responses import get_account_id, get_region

    if "Statement" in properties:
        return {**properties["Statement"], "Sid": properties["StatementId"]}
    bus = _bus(properties.get("EventBusName", "default"))
    condition = properties.get("Condition")
    return {
        "Sid": properties["StatementId"],
        "Effect": "Allow",
        "Principal": properties.get("Principal", "*"),
        "Action": properties.get("Action", "events:PutEvents"),
        "Resource": f"arn:aws:events:{get_region()}:{get_account_id()}:event-bus/{bus}",
        **({"Condition": {condition["Type"]: {condition["Key"]: condition["Value"]}}} if condition else {}),
    }


def _create_archive(logical_id: str, properties: Properties, stack_name: str) -> Created:
    from ministack.services import eventbridge

    _bus(properties["SourceArn"])
    name = properties.get("ArchiveName") or generated_name(stack_name, logical_id, _LONGEST_ARCHIVE_NAME)
    if len(name) > _LONGEST_ARCHIVE_NAME:
        raise ValueError(f"The archive name {name!r} has more than {_LONGEST_ARCHIVE_NAME} characters.")
    wanted = {"ArchiveName": name, "EventSourceArn": properties["SourceArn"], **_archive_settings(properties)}
    return name, {"Arn": checked(eventbridge._create_archive(wanted))["ArchiveArn"]}


def _update_archive(name: str, _old: Properties, new: Properties, _stack_name: str) -> Created:
    from ministack.services import eventbridge

    answer = checked(eventbridge._update_archive({"ArchiveName": name, **_archive_settings(new)}))
    return name, {"Arn": answer["ArchiveArn"]}


def _delete_archive(name: str, _properties: Properties) -> None:
    from ministack.services import eventbridge

    eventbridge._delete_archive({"ArchiveName": name})


def _archive_settings(properties: Properties) -> dict[str, Any]:
    pattern = properties.get("EventPattern", "")
    return {
        "Description": properties.get("Description", ""),
        "EventPattern": pattern if isinstance(pattern, str) else json.dumps(pattern),
        "RetentionDays": int(properties.get("RetentionDays", 0)),
    }


def _bus(name_or_arn: str) -> str:
    """The name of an event bus that exists."""
    from ministack.services import eventbridge

    name, error = eventbridge._event_bus_name_from_ref(name_or_arn)
    if error or (name != "default" and name not in eventbridge._event_buses):
        raise ValueError(f"Event bus {name_or_arn} does not exist.")
    return str(name)
