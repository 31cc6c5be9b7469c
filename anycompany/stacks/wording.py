"""Values of templates in one line of words: what they refer to, and where two of them differ."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

LONGEST = 400
"""Characters of one thing that is said about a resource."""

SHORT = 120
"""Characters of each side where something is one way before and another after."""

_AROUND = 25
"""Characters that are shown around a difference within a long text."""

_ARN_HERE = re.compile(r"arn:\$\{AWS::Partition\}:([a-z0-9-]+):\$\{AWS::Region\}:\$\{AWS::AccountId\}:")
_ARN_OF_ACCOUNT = re.compile(r"arn:\$\{AWS::Partition\}:iam::([0-9]{12}):root")
_ROOT_HERE = "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"


def shown(value: Any) -> str:
    """A value of a template in one line: what it refers to by its logical id.

    >>> shown({"Fn::GetAtt": ["Queue", "Arn"]}), shown(["a", {"Ref": "B"}])
    ('Queue', 'a, B')
    >>> shown({"Fn::Sub": "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/inn/clean"})
    'events:rule/inn/clean'
    >>> shown({"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"})
    'this account'
    """
    return cut(_whole(value), LONGEST)


def as_json(value: Any) -> str:
    """Any value as JSON in one line, cut short where it is long."""
    return cut(_json(value), LONGEST)


def difference(before: Any, after: Any) -> str:
    """Two values beside each other, where they are long only with what differs.

    >>> difference("ENABLED", "DISABLED"), difference(None, 3)
    ('ENABLED → DISABLED', 'nothing → 3')
    >>> difference("x" * 300 + "old" + "y" * 300, "x" * 300 + "new" + "y" * 300)[-55:]
    '…xxxxxxxxxxxxxxxxxxxxxxxxxnewyyyyyyyyyyyyyyyyyyyyyyyyy…'
    """
    one, other = _said(before), _said(after)
    if max(len(one), len(other)) > SHORT:
        same = _alike(one, other)
        longest = min(len(one), len(other)) - same
        same_end = _alike(one[::-1][:longest], other[::-1][:longest])
        one, other = (_around(text, same, same_end) for text in (one, other))
    return f"{cut(one, SHORT)} → {cut(other, SHORT)}"


def cut(text: str, longest: int) -> str:
    """A text no longer than so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def short(value: Any) -> str:
    """A value in a few words."""
    return cut(_said(value), SHORT)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _around(text: str, same: int, same_end: int) -> str:
    start, end = max(0, same - _AROUND), len(text) - max(0, same_end - _AROUND)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _said(value: Any) -> str:
    if value is None:
        return "nothing"
    return _json(value) if isinstance(value, bool) else _whole(value)


def _whole(value: Any) -> str:
    if isinstance(value, str):
        return _one_line(_without_here(value))
    if isinstance(value, Mapping) and len(value) == 1:
        (word, what), *_ = value.items()
        if word == "Ref" and isinstance(what, str):
            return "this account" if what == "AWS::AccountId" else _one_line(what)
        if word == "Fn::GetAtt":
            parts = what.split(".") if isinstance(what, str) else what
            if isinstance(parts, list) and parts:
                named = [str(part) for part in parts]
                return _one_line(named[0] if named[1:] in ([], ["Arn"]) else ".".join(named))
        if word == "Fn::Sub" and isinstance(what, str):
            return _one_line(_without_here(what))
    if isinstance(value, list):
        return ", ".join(_whole(item) for item in value)
    return _json(value)


def _without_here(text: str) -> str:
    """A text in which ARNs of this account and region say neither; those of JSON text have no ``Fn::Sub``."""
    if text == _ROOT_HERE:
        return "this account"
    return _ARN_OF_ACCOUNT.sub(r"account \1", _ARN_HERE.sub(r"\1:", text))


def _json(value: Any) -> str:
    return _one_line(json.dumps(value, ensure_ascii=False, default=str, sort_keys=True))


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
