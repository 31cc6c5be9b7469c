"""Whether an answer is AWS's: a proxy, a sign-in page or another program at the same address answers, too.

Where botocore finds nothing in an answer of status 200, it takes it for an empty one; a page of HTML would
then read as "there are no stacks".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

_ALWAYS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "CreateChangeSet": {"Id": ()},
    "DescribeChangeSet": {"Status": (), "ChangeSetId": (), "StackId": ()},
    "DescribeStackEvents": {
        "StackEvents": ("EventId", "StackId", "StackName", "LogicalResourceId", "ResourceStatus")
    },
    "DescribeStacks": {"Stacks": ("StackId", "StackName", "StackStatus")},
    "GetParameters": {"Parameters": ("Name", "Value")},
    "GetParametersByPath": {"Parameters": ("Name",)},
    "GetTemplate": {"TemplateBody": ()},
    "ListStackResources": {"StackResourceSummaries": ("LogicalResourceId",)},
    "PutEvents": {"Entries": ()},
}
"""What is always in AWS's answers, and in each item of a list there, for calls whose answers are read on."""

_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:\w+:)?(\w+)")


def refuse_nonsense(client: Any) -> None:
    """Have every answer to a client of boto3's looked at.

    Its calls then raise ``botocore.parsers.ResponseParserError`` for what is no answer of AWS's, which
    :func:`~anycompany.aws.errors.explaining` puts into words.
    """
    client.meta.events.register("after-call", _look_at, unique_id="anycompany-answers")


def _look_at(http_response: Any, parsed: Mapping[str, Any], model: Any, **_: Any) -> None:
    from botocore.parsers import ResponseParserError

    if http_response.status_code != HTTPStatus.OK or model.has_streaming_output:
        return
    nothing_to_say = model.output_shape is None or not model.output_shape.members
    if not nothing_to_say and not _has_its_form(http_response.content, model):
        raise ResponseParserError(f"The answer to {model.name} is not of AWS's form.")
    for name, inside in _ALWAYS.get(model.name, {}).items():
        items = parsed.get(name)
        if items is None or (inside and not all(set(inside) <= item.keys() for item in items)):
            raise ResponseParserError(f"The answer to {model.name} lacks {name}, or a part of it.")


def _has_its_form(content: bytes, model: Any) -> bool:
    protocol = model.service_model.resolved_protocol
    if "json" in protocol:
        try:
            return isinstance(json.loads(content), dict)
        except ValueError:
            return False
    root = _ROOT.match(content)
    if protocol == "query":
        return bool(root and root[1].endswith(b"Response"))
    return not content or bool(root and root[1].lower() != b"html")
