"""What a pattern may ask of a field: the match expressions, and what is wrong with them in AWS's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .addresses import cidr, single
from .errors import PatternError
from .model import (
    AnythingBut,
    Condition,
    Equals,
    EqualsIgnoreCase,
    Exists,
    Numeric,
    Prefix,
    Suffix,
)
from .tokens import Token
from .values import Spelled, key_of, number
from .wildcards import wildcard

Tokens = Iterator[Token]

_ONE_KEY = "Only one key allowed in match expression"
_TOO_MANY = "Too many elements in numeric expression"


def conditions(tokens: Tokens) -> tuple[Condition, ...]:
    """What an array in a pattern asks of its field; the array has been opened.

    Raises
    ------
    PatternError
        as EventBridge does.
    """
    found: list[Condition] = []
    for kind, text in tokens:
        if kind == "]":
            break
        if kind == "{":
            found.append(_expression(tokens))
        elif kind == "text":
            found.append(single(text) or Equals('"' + text))
        elif kind == "number":
            found.append(Equals(key_of(number(text))))
        elif kind == "[":
            raise PatternError("Match value must be String, number, true, false, or null")
        else:
            found.append(Equals(text))
    if not found:
        raise PatternError("Empty arrays are not allowed")
    return tuple(found)


def _expression(tokens: Tokens) -> Condition:
    kind, name = next(tokens)
    if kind != "key":
        raise PatternError("Match expression name not found")
    read = _EXPRESSIONS.get(name)
    if read is None:
        raise PatternError(f"Unrecognized match type {name}")
    return read(tokens)


def _close(tokens: Tokens, times: int = 1, says: str = _ONE_KEY) -> None:
    for _ in range(times):
        if next(tokens)[0] != "}":
            raise PatternError(says)


def _text(tokens: Tokens, operator: str) -> str:
    kind, text = next(tokens)
    if kind != "text":
        raise PatternError(f"{operator} match pattern must be a string")
    return text


def _exactly(tokens: Tokens) -> Condition:
    text = _text(tokens, "exact")
    _close(tokens)
    return Equals('"' + text)


def _equals_ignore_case(tokens: Tokens) -> Condition:
    text = _text(tokens, "equals-ignore-case")
    _close(tokens)
    return EqualsIgnoreCase(text)


def _wildcard(tokens: Tokens) -> Condition:
    found = wildcard(_text(tokens, "wildcard"))
    _close(tokens)
    return found


def _cidr(tokens: Tokens) -> Condition:
    found = cidr(_text(tokens, "prefix"))  # these are AWS's words for a CIDR, too
    _close(tokens)
    return found


def _end(name: str, make: Callable[[str, bool], Condition]) -> Callable[[Tokens], Condition]:
    """How a prefix or a suffix is read."""

    def read(tokens: Tokens) -> Condition:
        kind, text = next(tokens)
        if kind == "{":
            kind, operator = next(tokens)
            if kind != "key":
                raise PatternError(f"{name.capitalize()} expression name not found")
            if operator != "equals-ignore-case":
                raise PatternError(f"Unsupported {name} pattern: {operator}")
            text = _text(tokens, operator)
            _close(tokens, 2)
            return make(text, True)
        if kind != "text":
            raise PatternError(f"{name} match pattern must be a string")
        _close(tokens)
        return make(text, False)

    return read


def _exists(tokens: Tokens) -> Condition:
    kind, _ = next(tokens)
    if kind not in ("true", "false"):
        raise PatternError("exists match pattern must be either true or false.")
    _close(tokens)
    return Exists(kind == "true")


def _numeric(tokens: Tokens) -> Condition:
    if next(tokens)[0] != "[":
        raise PatternError("Value of numeric must be an array.")
    found = _range(tokens)
    _close(tokens, says=_TOO_MANY)
    return found


def _range(tokens: Tokens) -> Numeric:
    kind, operator = next(tokens)
    if kind != "text":
        raise PatternError(f"Invalid member in numeric match: {operator}")
    if operator not in ("=", "<", "<=", ">", ">="):
        next(tokens)
        raise PatternError(f"Unrecognized numeric range operator: {operator}")
    bound = _bound(next(tokens), "equals" if operator == "=" else operator)
    token = next(tokens)
    if token[0] == "]":
        value = _comparable(bound)
        if operator == "=":
            return Numeric(value, False, value, False)
        if operator in ("<", "<="):
            return Numeric(high=value, high_open=operator == "<")
        return Numeric(low=value, low_open=operator == ">")
    if operator not in (">", ">="):
        raise PatternError(_TOO_MANY)
    kind, upper = token
    if kind != "text":
        raise PatternError(f"Bad value in numeric range: {upper}")
    if upper not in ("<", "<="):
        raise PatternError(f"Bad numeric range operator: {upper}")
    top = _bound(next(tokens), upper)
    if next(tokens)[0] != "]":
        raise PatternError("Too many terms in numeric range expression")
    low, high = _comparable(bound), _comparable(top)
    if low >= high:
        raise PatternError("Bottom must be less than top")
    return Numeric(low, operator == ">", high, upper == "<")


def _bound(token: Token, operator: str) -> str:
    kind, text = token
    if kind != "number":
        raise PatternError(f"Value of {operator} must be numeric")
    return text


def _comparable(text: str) -> float:
    found = number(text)
    if isinstance(found, Spelled):
        said = text if len(text) <= 60 else text[:60] + "…"
        raise PatternError(f"Cannot compare number : {said}", "", "Use a number that a double holds exactly.")
    return found


@dataclass(frozen=True)
class _Excluded:
    """What ``anything-but`` may hold beside values: how a text is read, the words for anything else."""

    make: Callable[[str], Any]
    otherwise: str


def _not_empty(make: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if not text:
            raise PatternError("Null prefix/suffix not allowed")
        return make(text)

    return read


_EXCLUDED = {
    "prefix": _Excluded(_not_empty(Prefix), "prefix/suffix match pattern must be a string"),
    "suffix": _Excluded(_not_empty(Suffix), "prefix/suffix match pattern must be a string"),
    "equals-ignore-case": _Excluded(
        EqualsIgnoreCase,
        "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
    ),
    "wildcard": _Excluded(str, "wildcard match pattern must be a string"),
}


def _anything_but(tokens: Tokens) -> Condition:
    kind, text = next(tokens)
    excluded = None
    if kind == "{":
        kind, name = next(tokens)
        if kind != "key":
            raise PatternError("Anything-But expression name not found")
        excluded = _EXCLUDED.get(name)
        if excluded is None:
            raise PatternError(f"Unsupported anything-but pattern: {name}")
        kind, text = next(tokens)
    if kind not in ("[", "text", "number"):
        raise PatternError("Value of anything-but must be an array or single string/number value.")
    members = _members(tokens) if kind == "[" else iter([(kind, text)])
    found = tuple(_values(members)) if excluded is None else tuple(_others(members, excluded))
    _close(tokens, 1 if excluded is None else 2, _TOO_MANY)
    return AnythingBut(found)


def _members(tokens: Tokens) -> Iterator[Token]:
    for token in tokens:
        if token[0] == "]":
            return
        yield token


def _values(members: Iterator[Token]) -> list[Equals]:
    found: dict[Equals, str] = {}
    for kind, text in members:
        if kind == "text":
            found[Equals('"' + text)] = kind
        elif kind == "number":
            found[Equals(key_of(_comparable(text)))] = kind
        else:
            raise PatternError("Inside anything but list, start|null|boolean is not supported.")
    if len(set(found.values())) != 1:
        raise PatternError(
            "Inside anything but list, either all values are number or string, mixed type is not supported"
        )
    return list(found)


def _others(members: Iterator[Token], excluded: _Excluded) -> list[Any]:
    found: dict[Any, None] = {}
    for kind, text in members:
        if kind != "text":
            raise PatternError(excluded.otherwise)
        found[excluded.make(text)] = None
    if excluded.make is str:  # AWS reads the wildcards once it has seen that all are texts
        return [wildcard(text) for text in found]
    return list(found)


_EXPRESSIONS: dict[str, Callable[[Tokens], Condition]] = {
    "exactly": _exactly,
    "prefix": _end("prefix", Prefix),
    "suffix": _end("suffix", Suffix),
    "equals-ignore-case": _equals_ignore_case,
    "wildcard": _wildcard,
    "numeric": _numeric,
    "anything-but": _anything_but,
    "exists": _exists,
    "cidr": _cidr,
}
