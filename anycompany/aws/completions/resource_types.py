"""How a CloudFormation resource type is added to MiniStack."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Properties = dict[str, Any]
Created = tuple[str, dict[str, Any]]


def add_resource_type(
    name: str,
    create: Callable[[str, Properties, str], Created],
    update: Callable[[str, Properties, Properties, str], Created],
    delete: Callable[[str, Properties], None],
    replaced_by_a_change_of: tuple[str, ...],
) -> None:
    """Teach MiniStack's CloudFormation one resource type.

    Parameters
    ----------
    name : such as ``AWS::Events::Archive``.
    create : from the logical id, the properties and the stack's name to the physical id (what ``Ref``
        gives) and the attributes (what ``Fn::GetAtt`` gives).
    update : from the physical id, the old and the new properties and the stack's name to the same.
    delete : from the physical id and the properties; a resource that is gone already is no error.
    replaced_by_a_change_of : the properties whose change makes a new resource.
    """
    from ministack.services.cloudformation import provisioners

    provisioners._RESOURCE_HANDLERS[name] = {"create": create, "update": update, "delete": delete}
    provisioners._REPLACING_PROPERTIES[name] = replaced_by_a_change_of


def generated_name(stack_name: str, logical_id: str, longest: int) -> str:
    """The name CloudFormation gives a resource whose template names none."""
    from ministack.services.cloudformation.provisioners import _physical_name

    return str(_physical_name(stack_name, logical_id, max_len=longest))


def checked(answer: tuple[int, dict[str, str], bytes]) -> dict[str, Any]:
    """The body of MiniStack's answer to an API call; an error there becomes the resource's failure."""
    status, _, body = answer
    content: dict[str, Any] = json.loads(body)
    if status >= 400:
        raise ValueError(f"{content.get('message', content)} ({content.get('__type', status)})")
    return content
