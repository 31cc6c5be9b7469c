"""A state machine as a template's value: what names an AWS resource is a variable in it, and nothing else."""

from __future__ import annotations

import re
from typing import Any

from .resources import json_literal

_NAMED = re.compile(
    r'("(?:EventBusName|FunctionName|TableName|TopicArn|QueueUrl|Resource)": ")'
    r'((?:https://sqs\.[\w-]+\.|arn:)?\\u0024\{[A-Za-z][\w.:]*\}[\w/:.-]*")'
)
"""A key that names a resource, with a variable; in people's texts quotes are escaped: none is met there."""


def definition_string(definition: dict[str, Any]) -> Any:
    """A state machine in Amazon States Language as ``DefinitionString``.

    What looks like a variable in people's texts is escaped as JSON does it: not every endpoint knows the way
    of ``Fn::Sub``.
    """
    text = json_literal(definition, indent=1)
    if not _NAMED.search(text):
        return text
    return {"Fn::Sub": _NAMED.sub(lambda found: found[1] + found[2].replace("\\u0024", "$"), text)}
