"""What the policies of a resource say: who may do what with which thing, and on which condition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from .wording import shown

Effect = Literal["may", "must not", "lets", "forbids", "may be taken on by"]

Condition = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Keys with their operators and values; nothing where a statement always holds."""

_DOCUMENTS = ("PolicyDocument", "KeyPolicy", "ResourcePolicy", "Policy")
_NOW = {
    "may": "now may",
    "must not": "now must not",
    "lets": "now lets",
    "forbids": "now forbids",
    "may be taken on by": "now may be taken on by",
}
_NO_LONGER = {
    "may": "no longer may",
    "must not": "is no longer forbidden to",
    "lets": "no longer lets",
    "forbids": "no longer forbids",
    "may be taken on by": "may no longer be taken on by",
}
_OPERATORS = {
    "StringEquals": "is",
    "StringLike": "is like",
    "ArnEquals": "is",
    "ArnLike": "is like",
    "Bool": "is",
    "StringNotEquals": "is not",
    "ArnNotEquals": "is not",
    "ForAllValues:StringEquals": "is nothing but",
    "ForAllValues:StringLike": "is nothing but like",
    "ForAnyValue:StringNotEquals": "has another than",
}
_EITHER = ("is", "is like", "is nothing but", "is nothing but like")
"""Operators to which each value adds something that is let through."""


class Grant(NamedTuple):
    """One action of one principal on one thing; ``who`` is empty where it is whoever has the policy."""

    effect: Effect
    who: str
    action: str
    thing: str
    condition: Condition = ()


def grants_of(properties: dict[str, Any]) -> Iterator[Grant]:
    """What the policies among a resource's properties say; they are taken out of them."""
    trust = properties.pop("AssumeRolePolicyDocument", None)
    for statement in _statements(trust):
        for who in _principals(statement):
            yield Grant("may be taken on by", who, "", "", _condition(statement))
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
        yield Grant("may", "", f"whatever {shown(policy)} allows", "")


def told(grants: Iterable[Grant]) -> Iterator[str]:
    """What grants say, those together that differ in nothing but the action, or the thing."""
    yield from _together(grants, {})


def differences(before: Iterable[Grant], after: Iterable[Grant]) -> Iterator[str]:
    """What is allowed or forbidden from now on, no longer, or on another condition."""
    was, now = (_by_deed(grants) for grants in (before, after))
    yield from _together((one for deed in now.keys() - was.keys() for one in now[deed]), _NOW)
    yield from _together((one for deed in was.keys() - now.keys() for one in was[deed]), _NO_LONGER)
    other: dict[str, list[Grant]] = {}
    for deed in was.keys() & now.keys():
        lost, new = was[deed] - now[deed], now[deed] - was[deed]
        if len(lost) == len(new) == 1:
            for change in _conditions(lost.pop().condition, new.pop().condition):
                other.setdefault(change, []).append(Grant(*deed))
        else:
            yield from _together(new, _NOW)
            yield from _together(lost, _NO_LONGER)
    for change in sorted(other):
        yield from (f"{said} {change}" for said in _together(other[change], {}))


def document(value: Any) -> Any:
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


def _by_deed(grants: Iterable[Grant]) -> dict[tuple[Effect, str, str, str], set[Grant]]:
    found: dict[tuple[Effect, str, str, str], set[Grant]] = {}
    for one in grants:
        found.setdefault(one[:4], set()).add(one)
    return found


def _together(grants: Iterable[Grant], words: Mapping[str, str]) -> Iterator[str]:
    actions: dict[tuple[Effect, str, str, Condition], list[str]] = {}
    for one in sorted(grants):
        actions.setdefault((one.effect, one.who, one.thing, one.condition), []).append(one.action)
    things: dict[tuple[Effect, str, str, Condition], list[str]] = {}
    for (effect, who, thing, condition), done in actions.items():
        things.setdefault((effect, who, ", ".join(done), condition), []).append(thing)
    for (effect, who, done_, condition), on in things.items():
        doing = f"{who} do {done_}" if who and done_ else who or done_
        what = f" on {', '.join(on)}" if any(on) else ""
        yield f"{words.get(effect, effect)} {doing}{what}{_if(condition)}"


def _conditions(was: Condition, now: Condition) -> Iterator[str]:
    """How a condition becomes another: which values more and less, else both of them."""
    before, after = ({(key, operator): values for key, operator, values in one} for one in (was, now))
    if before.keys() != after.keys() or any(
        before[key] != after[key] and key[1] not in _EITHER for key in before
    ):
        yield f"{_if(was).lstrip(', ') or 'always'} → {_if(now).lstrip(', ') or 'always'}"
        return
    for key, operator in before:
        lost = [value for value in before[key, operator] if value not in after[key, operator]]
        new = [value for value in after[key, operator] if value not in before[key, operator]]
        if new:
            yield f"also if {key} {operator} {', '.join(new)}"
        if lost:
            yield f"no longer if {key} {operator} {', '.join(lost)}"


def _if(condition: Condition) -> str:
    parts = [f"{key} {operator} {', '.join(values)}".rstrip() for key, operator, values in condition]
    return f", if {' and '.join(parts)}" if parts else ""


def _said(policy: Any) -> Iterator[Grant]:
    """Every principal, action and resource of a policy document, each by itself."""
    for statement in _statements(policy):
        denies = statement.get("Effect") == "Deny"
        acts = [shown(action) for action in _list(statement.get("Action"))]
        acts += [f"all but {shown(action)}" for action in _list(statement.get("NotAction"))]
        things = [shown(one) for one in _list(statement.get("Resource"))]
        things += [f"all but {shown(one)}" for one in _list(statement.get("NotResource"))]
        condition = _condition(statement)
        for who in _principals(statement) or [""]:
            effect: Effect = "may"
            if who:
                effect = "forbids" if denies else "lets"
            elif denies:
                effect = "must not"
            for action in acts:
                yield from (Grant(effect, who, action, thing, condition) for thing in things or [""])


def _statements(policy: Any) -> list[Mapping[str, Any]]:
    parsed = document(policy)
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


def _condition(statement: Mapping[str, Any]) -> Condition:
    """When a statement holds.

    ``ForAllValues`` holds where the key is absent, too (IAM), unless ``Null`` asks for it.
    """
    condition = statement.get("Condition")
    if not isinstance(condition, Mapping):
        return ()
    given = {name: keys for name, keys in condition.items() if isinstance(keys, Mapping)}
    nulls = given.get("Null", {})
    there = {key for key, value in nulls.items() if str(value).lower() == "false"}
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for operator, keys in given.items():
        for key, value in keys.items():
            said = _OPERATORS.get(operator, str(operator))
            values = tuple(_value(one) for one in _list(value))
            if operator == "Null":
                if not any(key in other for name, other in given.items() if name.startswith("ForAllValues:")):
                    found.append((str(key), "is there" if key in there else "is absent", ()))
            elif str(operator).startswith("ForAllValues:") and key not in there:
                found.append((str(key), f"is absent or {said}", values))
            else:
                found.append((str(key), said, values))
    return tuple(found)


def _value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else shown(value)


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
