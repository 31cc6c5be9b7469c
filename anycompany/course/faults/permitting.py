"""A template's roles, judged: what they may do to what, by the policies in the template alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...stacks.permissions import of_template, statements
from ...storm.checks.finding import quoted
from ...storm.errors import StormError
from ..templates import template_in

_LARGEST = 200_000
_VARIABLE = re.compile(r"\$\{([A-Za-z0-9:.]+)\}")
_OF_AWS = {
    "AWS::Partition": "aws",
    "AWS::Region": "eu-central-1",
    "AWS::AccountId": "123456789012",
    "AWS::StackName": "stack",
}

Template = dict[str, Any]


def read_template(path: Path) -> Template:
    """A template in YAML, with the short forms of CloudFormation's functions, or in JSON.

    Raises
    ------
    StormError
        if it cannot be read, is too large, or is no template.
    """
    import yaml

    try:
        text = path.read_text("utf-8-sig")
        if len(text) > _LARGEST:
            raise StormError("The template is too large.", str(path), "It should have one role.")
        data = template_in(text)
    except OSError as error:
        raise StormError(f"It cannot be read: {error.strerror}.", str(path), "Correct the path.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        told = str(getattr(error, "problem", None) or "it cannot be understood")[:200]
        raise StormError(
            f"This is no template: {told}.", str(path), "Look at what you changed last."
        ) from None
    resources = data.get("Resources") if isinstance(data, dict) else None
    if not isinstance(resources, dict) or not all(isinstance(one, dict) for one in resources.values()):
        raise StormError("A template has Resources.", str(path), "Look at what you changed last.")
    return dict(data)


def role_faults(template: Template, asked: Mapping[str, Any]) -> Iterator[str]:
    """What a role may not that it needs, and what it may that it must not."""
    resources = template["Resources"]
    function = next((one for one in resources.values() if one.get("Type") == "AWS::Lambda::Function"), None)
    role = resources.get(asked["role"])
    if function is None:
        yield "The function is gone: that is no mending."
        return
    if not isinstance(role, dict) or role.get("Type") != "AWS::IAM::Role":
        yield f"The role {quoted(asked['role'])} is gone: the function cannot run without it."
        return
    said = [*_statements(template, asked["role"], role)]
    for action, resource in asked["needs"]:
        if not _may(said, action, resource):
            needed = f"{action} to {_named(resource)}"
            yield f"It may not do {needed}, which the function needs: the behaviour is gone."
    for action, resource in asked["never"]:
        if _may(said, action, resource):
            yield f"It may do {action} to {_named(resource)}."
    yield from _wild_actions(template)
    managed = (role.get("Properties") or {}).get("ManagedPolicyArns")
    for arn in managed if isinstance(managed, list) else []:
        yield f"A managed policy of AWS is for everybody: {_text(arn)[:120]}."


def _wild_actions(template: Template) -> Iterator[str]:
    """Actions with an asterisk, wherever the template has them."""
    try:
        wild = [one for one in of_template("template", template) if one.wild and one.effect == "may"]
    except (TypeError, AttributeError, ValueError, KeyError):
        yield "A policy in it cannot be read: it is not written as CloudFormation has it."
        return
    for one in wild[:3]:
        if any("*" in action for action in one.does):
            yield f"{quoted(one.resource)} says {', '.join(one.does)[:80]}: whatever that will ever be."


def _named(resource: str) -> str:
    return resource.removeprefix("arn:") if resource.count(":") == 1 else resource


def _statements(template: Template, name: str, role: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The statements of a role: those within it, and those of policies that name it."""
    properties = role.get("Properties")
    inline = properties.get("Policies") if isinstance(properties, dict) else None
    for one in inline if isinstance(inline, list) else []:
        if isinstance(one, dict):
            yield from statements(one.get("PolicyDocument"))
    for other in template["Resources"].values():
        given = other.get("Properties")
        if other.get("Type") in (
            "AWS::IAM::Policy",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::RolePolicy",
        ) and isinstance(given, dict):
            roles = [*_listed(given.get("Roles")), *_listed(given.get("RoleName"))]
            if {"Ref": name} in roles:
                yield from statements(given.get("PolicyDocument"))


def _may(said: list[Mapping[str, Any]], action: str, resource: str) -> bool:
    """Whether an action on a resource is allowed, and nothing denies it (IAM's rules, without conditions)."""
    allowed = False
    for one in said:
        if _covers(one, "Action", action, case=False) and _covers(one, "Resource", resource, case=True):
            if one["Effect"] == "Deny":
                if not one.get("Condition"):
                    return False
            else:
                allowed = True
    return allowed


def _covers(statement: Mapping[str, Any], element: str, wanted: str, *, case: bool) -> bool:
    if f"Not{element}" in statement:
        return not any(_like(_text(one), wanted, case) for one in _listed(statement[f"Not{element}"]))
    return any(_like(_text(one), wanted, case) for one in _listed(statement.get(element)))


def _like(pattern: str, wanted: str, case: bool) -> bool:
    """Whether a text with ``*`` and ``?`` stands for another; a log group's ARN may end in ``:*`` or not."""
    # runs of asterisks say what one says, and only cost time
    parts = re.split(r"(\*+|\?)", pattern[:2_000])
    regexp = "".join(".*" if one.startswith("*") else "." if one == "?" else re.escape(one) for one in parts)
    if regexp.count(".*") > 8:
        return True  # so many cannot be meant to say less
    return re.fullmatch(regexp, wanted, 0 if case else re.IGNORECASE) is not None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """A reference as a text: the ARN of Orders is ``arn:Orders``."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and len(value) == 1:
        ((function, argument),) = value.items()
        if function == "Fn::GetAtt":
            parts = (
                argument.split(".", 1)
                if isinstance(argument, str)
                else [str(one) for one in _listed(argument)]
            )
            is_log = len(parts) == 2 and parts[1] == "Arn" and parts[0].endswith("Log")
            return f"arn:{parts[0]}{':*' if is_log else ''}" if parts else ""
        if function == "Ref":
            return _OF_AWS.get(str(argument), f"ref:{argument}")
        if function == "Fn::Sub":
            text, given = (argument, {}) if isinstance(argument, str) else (*_listed(argument), {}, {})[:2]
            given = given if isinstance(given, Mapping) else {}
            return _VARIABLE.sub(lambda found: _filled(found[1], given), str(text))
        if function == "Fn::Join" and isinstance(argument, list) and len(argument) == 2:
            return str(argument[0]).join(_text(one) for one in _listed(argument[1]))
    return json.dumps(value, default=str)[:200]


def _filled(name: str, given: Mapping[str, Any]) -> str:
    if name in given:
        return _text(given[name])
    if name.endswith(".Arn"):
        return _text({"Fn::GetAtt": [name.removesuffix(".Arn"), "Arn"]})
    return _OF_AWS.get(name, f"ref:{name}")
