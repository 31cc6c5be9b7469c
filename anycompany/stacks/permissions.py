"""Who may do what to what, under which conditions: read from the templates alone.

Roles with their trust and inline policies, managed policies, and the policies of queues, topics, logs, keys,
buckets, functions and buses are all read the same way: whatever holds a policy document is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .readable import readable, references, thing
from .stack import Stack, Template

_ON_ANOTHER = ("Queues", "Topics", "Bucket", "FunctionName", "EventBusName", "RegistryName", "ResourceArn")
"""The properties by which a resource with a policy says what the policy is of."""


@dataclass(frozen=True)
class Permission:
    """What one statement of a policy lets somebody do, or denies.

    Parameters
    ----------
    stack, resource : where it is said: the stack's name and the logical id.
    note : the sticky note that the resource comes from.
    who : a role with what uses it, a service, an account, or whoever has a policy attached.
    effect : ``may`` or, for a Deny, ``may not``.
    does : the actions.
    to : the resources, with references named.
    when : the conditions, all of which have to hold.
    wild : whether an action, a resource, ``who`` or a condition has a ``*`` in it.
    because : the reason of that, or of there being no condition, from the resource's Metadata.
    """

    stack: str
    resource: str
    note: str
    who: str
    effect: Literal["may", "may not"]
    does: tuple[str, ...]
    to: tuple[str, ...]
    when: tuple[str, ...]
    wild: bool
    because: str


def permissions(stacks: Iterable[Stack]) -> tuple[Permission, ...]:
    """Everything that the templates of these stacks allow or deny, in their order."""
    return tuple(one for stack in stacks for one in of_template(stack.name, stack.template))


def of_template(name: str, template: Template) -> Iterator[Permission]:
    """Everything that one template allows or denies; ``name`` is its stack's."""
    users = _users(template)
    for logical, resource in template.get("Resources", {}).items():
        yield from _Reading(name, logical, resource, template, users).permissions()


def _users(template: Template) -> dict[str, list[str]]:
    """For each logical id what names it in its settings, such as a role's workflow; policies do not count."""
    found: dict[str, list[str]] = {}
    for logical, other in template.get("Resources", {}).items():
        if not other["Type"].startswith("AWS::IAM::") and not _says_a_policy(other):
            for name in references(other.get("Properties", {})):
                found.setdefault(name, []).append(thing(logical, template))
    return found


@dataclass(frozen=True)
class _Reading:
    """One resource being read; a role is known by what takes it on, of ``users``."""

    stack: str
    logical: str
    resource: Template
    template: Template
    users: Mapping[str, list[str]]

    def permissions(self) -> Iterator[Permission]:
        kind, properties = self.resource.get("Type", ""), self.resource.get("Properties", {})
        if kind == "AWS::IAM::Role":
            me = thing(self.logical, self.template)
            yield from self._said(properties.get("AssumeRolePolicyDocument"), to=me)
            yield from self._of_a_role(properties)
        elif kind in ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"):
            for who in self._holders(properties):
                yield from self._said(properties.get("PolicyDocument"), who=who)
        elif kind == "AWS::Lambda::Permission":
            yield from self._said({"Statement": [_of_lambda(properties)]})
        else:
            target = next((properties[key] for key in _ON_ANOTHER if key in properties), None)
            to = readable(target, self.template) if target else thing(self.logical, self.template)
            for value in properties.values():
                yield from self._said(value, to=to)
            if "Statement" in properties:
                yield from self._said({"Statement": properties["Statement"]}, to=to)

    def _of_a_role(self, properties: Template) -> Iterator[Permission]:
        who = ", ".join(self.users.get(self.logical, [])) or thing(self.logical, self.template)
        for policy in properties.get("Policies", []):
            yield from self._said(policy.get("PolicyDocument"), who=who)
        for attached in properties.get("ManagedPolicyArns", []):
            known = [one for one in references(attached) if one in self.template["Resources"]]
            for logical in known:
                document = self.template["Resources"][logical]["Properties"].get("PolicyDocument")
                yield from self._said(document, who=who)
            if not known:
                named = readable(attached, self.template)
                whatever = {"Effect": "Allow", "Action": f"whatever {named} allows", "Resource": "*"}
                yield from self._said({"Statement": [whatever]}, who=who)

    def _holders(self, properties: Template) -> list[str]:
        said = [one for key in ("Roles", "Users", "Groups") for one in properties.get(key, [])]
        return [readable(one, self.template) for one in said] or [
            f"whoever {thing(self.logical, self.template)} is attached to"
        ]

    def _said(self, document: Any, who: str = "", to: str = "") -> Iterator[Permission]:
        """What one policy document says; ``who`` and ``to`` are meant where it names nobody and nothing."""
        said = self.resource.get("Metadata", {}).get("AnyCompany", {})
        reasons, without = said.get("Wildcards", {}), said.get("WithoutCondition", {})
        for statement in statements(document):
            effect: Literal["may", "may not"] = "may" if statement.get("Effect") == "Allow" else "may not"
            principals = self._named(statement, "Principal") or (who,)
            actions = self._named(statement, "Action")
            things = self._named(statement, "Resource") or (to,)
            conditions = tuple(self._conditions(statement.get("Condition")))
            wild = any("*" in one for one in (*principals, *actions, *things, *conditions))
            because = (reasons if wild else without).get(statement.get("Sid", ""), "")
            yield Permission(
                *(self.stack, self.logical, self._note(), ", ".join(principals), effect, actions, things),
                *(conditions, wild, because),
            )

    def _note(self) -> str:
        return str(self.resource.get("Metadata", {}).get("AnyCompany", {}).get("Note", ""))

    def _named(self, statement: Mapping[str, Any], element: str) -> tuple[str, ...]:
        """What an element of a statement names, or, by its Not form, everything but that."""
        for key, but in ((element, ""), (f"Not{element}", "* but ")):
            said = statement.get(key)
            if isinstance(said, Mapping) and element == "Principal":
                said = [one for each in said.values() for one in _listed(each)]
            if said is not None:
                return tuple(but + readable(one, self.template) for one in _listed(said))
        return ()

    def _conditions(self, condition: Any) -> Iterator[str]:
        tests = condition if isinstance(condition, Mapping) else {}
        there = {key for key, value in tests.get("Null", {}).items() if value == "false"}
        asked = {key for operator, keys in tests.items() if operator != "Null" for key in keys}
        for operator, keys in tests.items():
            for key, values in keys.items():
                if operator == "Null" and key in there & asked:
                    continue
                said = _condition(operator, key, [readable(one, self.template) for one in _listed(values)])
                yield f"{said}, and there is one" if key in there and operator != "Null" else said


_TESTS = {
    "Equals": "is", "NotEquals": "is not", "Like": "is like", "NotLike": "is not like", "Bool": "is",
    "IpAddress": "is in", "NotIpAddress": "is not in",
}  # fmt: skip


def _condition(operator: str, key: str, values: list[str]) -> str:
    """A condition in words.

    >>> _condition("ForAllValues:StringEquals", "events:source", ["com.inn"])
    'every events:source is com.inn'
    >>> _condition("Null", "events:source", ["false"])
    'events:source is there'
    >>> _condition("StringNotEquals", "aws:PrincipalAccount", ["1", "2"])
    'aws:PrincipalAccount is not 1 or 2'
    """
    how, _, test = operator.rpartition(":")
    every = {"ForAllValues": "every ", "ForAnyValue": "any "}.get(how, "")
    optional = test.endswith("IfExists")
    test = test.removesuffix("IfExists")
    said = " or ".join(values)
    if test == "Null":
        return f"{every}{key} is {'there' if values == ['false'] else 'not there'}"
    kind = re.sub("^(String|Arn|Numeric|Date|Binary)(?=Not|Equals|Like)", "", test)
    return f"{every}{key} {_TESTS.get(kind, test)} {said}{' where it is there' if optional else ''}"


def statements(document: Any) -> list[Mapping[str, Any]]:
    """The statements of a policy document: data, JSON text, or JSON text with variables; none of others."""
    if isinstance(document, Mapping) and set(document) == {"Fn::Sub"}:
        return [_with_variables(one) for one in statements(document["Fn::Sub"])]
    if isinstance(document, str) and '"Statement"' in document:
        try:
            return statements(json.loads(document))
        except (ValueError, RecursionError):
            return []
    found = _listed(document.get("Statement", [])) if isinstance(document, Mapping) else []
    return [one for one in found if isinstance(one, Mapping) and "Effect" in one]


def _with_variables(value: Any) -> Any:
    """Texts with variables as what they are, now that the JSON text around them is gone."""
    if isinstance(value, Mapping):
        return {key: _with_variables(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_variables(one) for one in value]
    return {"Fn::Sub": value} if isinstance(value, str) and "${" in value else value


def _says_a_policy(resource: Template) -> bool:
    properties = resource.get("Properties", {})
    return "Statement" in properties or any(statements(value) for value in properties.values())


def _of_lambda(properties: Template) -> Template:
    """A function's permission as the statement that it stands for."""
    condition = {
        operator: {key: properties[name]}
        for name, operator, key in (
            ("SourceArn", "ArnLike", "aws:SourceArn"),
            ("SourceAccount", "StringEquals", "aws:SourceAccount"),
            ("PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"),
        )
        if name in properties
    }
    return {
        "Effect": "Allow",
        "Principal": properties.get("Principal", "*"),
        "Action": properties.get("Action", "lambda:InvokeFunction"),
        "Resource": properties.get("FunctionName", ""),
        "Condition": condition,
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
