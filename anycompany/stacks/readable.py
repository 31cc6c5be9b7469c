"""Values of a template as people read them: intrinsic functions named by what they stand for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .stack import Template

_OF_AWS = {
    "AWS::AccountId": "this account",
    "AWS::Region": "this region",
    "AWS::Partition": "this partition",
    "AWS::StackName": "this stack",
    "AWS::StackId": "this stack",
    "AWS::URLSuffix": "amazonaws.com",
}
_IN_AN_ARN = {
    "AWS::AccountId": "ACCOUNT",
    "AWS::Region": "REGION",
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}
_VARIABLE = re.compile(r"\$\{(!?)([^}]*)\}")
_NAMES = ("Name", "StateMachineName", "RoleName", "FunctionName", "QueueName", "TopicName", "LogGroupName")


def readable(value: Any, template: Template) -> str:
    """A value in one line, a reference as the thing that it names.

    Parameters
    ----------
    value : any value of the template's resources.
    template : the template, for what references stand for.

    >>> queue = {"Resources": {"Letters": {"Type": "AWS::SQS::Queue"}}}
    >>> readable({"Fn::GetAtt": ["Letters", "Arn"]}, queue)
    'Queue Letters'
    >>> readable({"Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:q"}, queue)
    'arn:aws:sqs:REGION:ACCOUNT:q'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and len(value) == 1:
        ((function, argument),) = value.items()
        if function == "Ref":
            return _OF_AWS.get(str(argument)) or thing(str(argument), template)
        if function == "Fn::GetAtt":
            logical, _, attribute = _attribute(argument)
            named = thing(logical, template)
            return named if attribute == "Arn" else f"{attribute} of {named}"
        if function == "Fn::Sub":
            return _substituted(argument, template)
        if function == "Fn::Join" and isinstance(argument, list) and len(argument) == 2:
            return _joined(argument, template)
        if function == "Fn::If" and isinstance(argument, list) and len(argument) == 3:
            yes, no = (readable(one, template) for one in argument[1:])
            return f"{yes} if {argument[0]}, else {no}"
    if isinstance(value, list):
        return ", ".join(readable(one, template) for one in value)
    return json.dumps(value, ensure_ascii=False, default=str)


def thing(logical: str, template: Template) -> str:
    """What a logical id names: a resource's type and name, or a parameter with what it is."""
    resource = template.get("Resources", {}).get(logical)
    if resource:
        return f"{resource['Type'].rpartition('::')[2]} {name_of(logical, resource)}"
    parameter = template.get("Parameters", {}).get(logical)
    default = parameter.get("Default") if isinstance(parameter, Mapping) else None
    return f"{logical} ({default})" if default not in (None, "") else logical


def name_of(logical: str, resource: Template) -> str:
    """What a resource is called: its physical name where the template gives one, else its logical id."""
    properties = resource.get("Properties", {})
    return next((properties[key] for key in _NAMES if isinstance(properties.get(key), str)), logical)


def references(value: Any) -> set[str]:
    """The logical ids that a value refers to."""
    if isinstance(value, Mapping):
        if len(value) == 1:
            ((function, argument),) = value.items()
            if function == "Ref":
                return {str(argument)}
            if function == "Fn::GetAtt":
                return {_attribute(argument)[0]}
            if function == "Fn::Sub":
                text = argument[0] if isinstance(argument, list) and argument else argument
                found = {name.partition(".")[0] for mark, name in _VARIABLE.findall(str(text)) if not mark}
                return found | (references(argument[1:]) if isinstance(argument, list) else set())
        return set().union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def _attribute(argument: Any) -> tuple[str, str, str]:
    text = ".".join(str(part) for part in argument) if isinstance(argument, list) else str(argument)
    logical, dot, attribute = text.partition(".")
    return logical, dot, attribute


def _substituted(argument: Any, template: Template) -> str:
    given: Mapping[str, Any] = {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], Mapping):
        argument, given = argument

    def filled(found: re.Match[str]) -> str:
        literal, name = found.groups()
        if literal:
            return f"${{{name}}}"
        if name in given:
            return readable(given[name], template)
        return _IN_AN_ARN.get(name) or name.partition(".")[0]

    return _VARIABLE.sub(filled, str(argument))


def _joined(argument: list[Any], template: Template) -> str:
    between, parts = argument
    if not isinstance(parts, list):
        return readable(parts, template)
    names = {f"${{{key}}}": word for key, word in _IN_AN_ARN.items()}
    texts = [
        names.get(f"${{{part['Ref']}}}", readable(part, template))
        if isinstance(part, Mapping) and set(part) == {"Ref"}
        else readable(part, template)
        for part in parts
    ]
    return str(between).join(texts)
