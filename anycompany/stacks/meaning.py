"""What a template means, resource by resource: what a rule hears, who may do what, what a workflow does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .stack import Template

LONGEST = 400
"""Characters of one thing that is said about a resource."""

KINDS = {
    "AWS::CloudWatch::Alarm": "alarm",
    "AWS::CloudWatch::CompositeAlarm": "alarm",
    "AWS::CloudWatch::Dashboard": "dashboard",
    "AWS::DynamoDB::Table": "table",
    "AWS::EventSchemas::Registry": "schema registry",
    "AWS::EventSchemas::RegistryPolicy": "registry policy",
    "AWS::EventSchemas::Schema": "contract",
    "AWS::Events::Archive": "archive",
    "AWS::Events::EventBus": "event bus",
    "AWS::Events::EventBusPolicy": "bus policy",
    "AWS::Events::Rule": "rule",
    "AWS::IAM::ManagedPolicy": "policy",
    "AWS::IAM::Policy": "policy",
    "AWS::IAM::Role": "role",
    "AWS::KMS::Key": "key",
    "AWS::Lambda::Function": "function",
    "AWS::Logs::LogGroup": "log",
    "AWS::Logs::ResourcePolicy": "log policy",
    "AWS::SNS::Subscription": "subscription",
    "AWS::SNS::Topic": "topic",
    "AWS::SNS::TopicPolicy": "topic policy",
    "AWS::SQS::Queue": "queue",
    "AWS::SQS::QueuePolicy": "queue policy",
    "AWS::SSM::Parameter": "parameter",
    "AWS::Scheduler::Schedule": "schedule",
    "AWS::StepFunctions::StateMachine": "workflow",
}
"""What people call the types of resources."""

MAY, MUST_NOT = "may", "must not"
LETS, FORBIDS = "lets", "forbids"
TAKEN_ON = "may be taken on by"
"""What a role's or a resource's policy says; a text for every principal, action and resource follows."""

_DOCUMENTS = ("PolicyDocument", "KeyPolicy", "ResourcePolicy", "Policy")


@dataclass(frozen=True)
class Meaning:
    """What one resource means.

    ``pattern`` is for each path of an event pattern the values it asks for; ``grants`` what its policies
    say, as pairs of ``may``, ``must not``, ``lets``, ``forbids`` or ``may be taken on by`` and a text;
    ``steps`` the states of a workflow by name; ``schema`` a contract; ``settings`` everything else, by the
    names of properties.
    """

    kind: str
    type: str
    note: str
    pattern: Mapping[str, tuple[str, ...]]
    grants: tuple[tuple[str, str], ...]
    steps: Mapping[str, Any]
    schema: Any
    settings: Mapping[str, Any]


def meaning(template: Template) -> dict[str, Meaning]:
    """What each resource of a template means, by its logical id.

    Parameters
    ----------
    template : any CloudFormation template; what is not understood stands under ``settings``.

    >>> rule = {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"source": ["com.inn"]}}}
    >>> meaning({"Resources": {"Rule": rule}})["Rule"].pattern
    {'source': ('"com.inn"',)}
    """
    resources = template.get("Resources")
    if not isinstance(resources, Mapping):
        return {}
    return {
        str(logical): _meaning(resource)
        for logical, resource in resources.items()
        if isinstance(resource, Mapping)
    }


def note_of(resource: Mapping[str, Any]) -> str:
    """The sticky note that a resource comes from, or nothing."""
    said: Any = resource.get("Metadata")
    for key in ("AnyCompany", "Note"):
        said = said.get(key) if isinstance(said, Mapping) else None
    return said if isinstance(said, str) else ""


def shown(value: Any) -> str:
    """A value of a template in one line: what it refers to by its logical id.

    >>> shown({"Fn::GetAtt": ["Queue", "Arn"]}), shown(["a", {"Ref": "B"}])
    ('Queue', 'a, B')
    """
    if isinstance(value, str):
        return _one_line(value)
    if isinstance(value, Mapping) and len(value) == 1:
        (word, what), *_ = value.items()
        if word == "Ref" and isinstance(what, str):
            return _one_line(what)
        if word == "Fn::GetAtt":
            parts = what.split(".") if isinstance(what, str) else what
            if isinstance(parts, list) and parts:
                named = [str(part) for part in parts]
                return _one_line(named[0] if named[1:] in ([], ["Arn"]) else ".".join(named))
        if word == "Fn::Sub" and isinstance(what, str):
            return _one_line(what)
    if isinstance(value, list):
        return _one_line(", ".join(shown(item) for item in value))
    return as_json(value)


def as_json(value: Any) -> str:
    """Any value as JSON in one line, cut short where it is long."""
    return _one_line(json.dumps(value, ensure_ascii=False, default=str, sort_keys=True))


def _one_line(text: str) -> str:
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"


def _meaning(resource: Mapping[str, Any]) -> Meaning:
    kind = str(resource.get("Type", ""))
    given = resource.get("Properties")
    properties: dict[str, Any] = dict(given) if isinstance(given, Mapping) else {}
    properties.pop("Tags", None)
    for attribute in ("DeletionPolicy", "UpdateReplacePolicy", "Condition"):
        if attribute in resource:
            properties[attribute] = resource[attribute]
    pattern = _parsed(properties.pop("EventPattern", None))
    definition = properties.pop("DefinitionString", None) or properties.pop("Definition", None)
    schema = _parsed(properties.pop("Content", None)) if kind == "AWS::EventSchemas::Schema" else None
    grants = tuple(sorted(set(_grants(properties))))
    steps = dict(_steps("", _parsed(definition)))
    return Meaning(
        KINDS.get(kind, kind.rpartition("::")[2] or "resource"),
        kind,
        note_of(resource),
        dict(_asked("", pattern)) if isinstance(pattern, Mapping) else {},
        grants,
        steps,
        schema,
        properties,
    )


def _parsed(value: Any) -> Any:
    """A document that a template holds: as data, as JSON text, or as JSON text with variables in it."""
    if isinstance(value, Mapping) and set(value) == {"Fn::Sub"}:
        value = value["Fn::Sub"]
        if isinstance(value, list):
            value = value[0] if value else None
    if isinstance(value, str):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value


def _asked(path: str, pattern: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each path of an event pattern what it asks for; alternatives (``$or``) stand as they are."""
    for key, value in pattern.items():
        here = f"{path}.{key}" if path else str(key)
        if isinstance(value, Mapping):
            yield from _asked(here, value)
        elif isinstance(value, list):
            yield here, tuple(as_json(item) for item in value)


def _steps(within: str, definition: Any) -> Iterator[tuple[str, Any]]:
    """The states of a workflow, those of parallel branches and of maps too, by a name that says where."""
    if not isinstance(definition, Mapping) or not isinstance(definition.get("States"), Mapping):
        return
    yield (
        f"{within}the start",
        {"StartAt": definition.get("StartAt"), "Timeout": definition.get("TimeoutSeconds")},
    )
    for name, state in definition["States"].items():
        if not isinstance(state, Mapping):
            continue
        inner = {"Branches", "Iterator", "ItemProcessor"}
        yield f"{within}{name}", {key: value for key, value in state.items() if key not in inner}
        branches = state.get("Branches")
        for number, branch in enumerate(branches if isinstance(branches, list) else (), 1):
            yield from _steps(f"{within}{name}, branch {number}: ", branch)
        for key in ("Iterator", "ItemProcessor"):
            yield from _steps(f"{within}{name}, each: ", state.get(key))


def _grants(properties: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the policies among the properties say; they are taken out of them."""
    trust = properties.pop("AssumeRolePolicyDocument", None)
    for statement in _statements(trust):
        for who in _principals(statement):
            yield TAKEN_ON, f"{who}{_condition(statement)}"
    inline = properties.pop("Policies", None)
    for policy in inline if isinstance(inline, list) else ():
        if isinstance(policy, Mapping):
            yield from _said(policy.get("PolicyDocument"))
    for name in _DOCUMENTS:
        if name in properties and _statements(properties[name]):
            yield from _said(properties.pop(name))
    if isinstance(properties.get("Statement"), Mapping):  # of a bus policy: one statement alone
        yield from _said({"Statement": [properties.pop("Statement")]})
    managed = properties.pop("ManagedPolicyArns", None)
    for policy in managed if isinstance(managed, list) else ():
        yield MAY, f"whatever {shown(policy)} allows"


def _said(document: Any) -> Iterator[tuple[str, str]]:
    """Every principal, action and resource of a policy document, each by itself."""
    for statement in _statements(document):
        denies = statement.get("Effect") == "Deny"
        acts = [(action, "") for action in _list(statement.get("Action"))]
        acts += [(action, "all but ") for action in _list(statement.get("NotAction"))]
        things = [shown(one) for one in _list(statement.get("Resource"))]
        things += [f"all but {shown(one)}" for one in _list(statement.get("NotResource"))]
        for who in _principals(statement) or [""]:
            by = f"{who} do " if who else ""
            effect = (FORBIDS if denies else LETS) if who else (MUST_NOT if denies else MAY)
            for action, but in acts:
                for thing in things or [""]:
                    on = f" on {thing}" if thing else ""
                    yield effect, f"{by}{but}{shown(action)}{on}{_condition(statement)}"


def _statements(document: Any) -> list[Mapping[str, Any]]:
    parsed = _parsed(document)
    found = _list(parsed.get("Statement")) if isinstance(parsed, Mapping) else []
    return [statement for statement in found if isinstance(statement, Mapping)]


def _principals(statement: Mapping[str, Any]) -> list[str]:
    found = []
    for word, but in (("Principal", ""), ("NotPrincipal", "all but ")):
        said = statement.get(word)
        each = (
            [one for value in said.values() for one in _list(value)]
            if isinstance(said, Mapping)
            else _list(said)
        )
        found += [f"{but}{'anybody' if one == '*' else shown(one)}" for one in each]
    return found


def _condition(statement: Mapping[str, Any]) -> str:
    """When a statement holds, in one line, or nothing where it always does."""
    condition = statement.get("Condition")
    if not isinstance(condition, Mapping):
        return ""
    parts = [
        f"{key} {operator} {shown(value)}"
        for operator, keys in condition.items()
        if isinstance(keys, Mapping)
        for key, value in keys.items()
    ]
    return f", if {' and '.join(parts)}" if parts else ""


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
