"""JSON token by token, from a text or from Python data, as EventBridge's reader goes through a pattern.

One token at a time, since what EventBridge says of a pattern is the first thing that is wrong with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from .errors import PatternError
from .values import is_value

Token = tuple[str, str]
"""Its kind (``{ } [ ] key text number true false null``) and its text."""

DEEPEST = 1000
"""How deeply a JSON document may be nested; EventBridge's reader (Jackson) refuses more."""

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])")
_WORD = re.compile(r"[\w$]+")
_WORDS = {"true": ("true", "true"), "false": ("false", "false"), "null": ("null", "null")}
_SCAN = json.JSONDecoder().parse_string  # type: ignore[attr-defined]  # a name of its documented subclassing
_CLOSES = {"{": "}", "[": "]"}


def tokens_of_text(text: str) -> Iterator[Token]:
    """The tokens of a JSON text.

    Raises
    ------
    PatternError
        where the text is not JSON, once the tokens before that place have been taken.
    """
    open_: list[str] = []
    at, wants = 0, "value"
    while wants != "end":
        at = _after_space(text, at)
        letter = text[at : at + 1]
        if wants == "key" or (wants == "key or close" and letter != "}"):
            key, at = _string(text, at, "was expecting double-quote to start field name")
            yield "key", key
            at = _after(text, at, ":", "was expecting a colon to separate field name and value")
            wants = "value"
        elif wants == "comma or close" and letter == ",":
            at += 1
            wants = "key" if open_[-1] == "{" else "value"
        elif letter and letter in "}]" and wants.endswith("close"):
            at = _close(text, at, open_)
            yield letter, letter
            wants = "comma or close" if open_ else "end"
        elif wants == "comma or close":
            kind = "Object" if open_[-1] == "{" else "Array"
            raise _broken(text, at, f"was expecting comma to separate {kind} entries")
        elif letter and letter in "{[":
            open_.append(letter)
            _check_depth(len(open_))
            yield letter, letter
            at += 1
            wants = "key or close" if letter == "{" else "value or close"
        else:
            token, at = _scalar(text, at)
            yield token
            wants = "comma or close" if open_ else "end"
    at = _after_space(text, at)
    if at < len(text):
        raise _broken(text, at, "was expecting nothing after the object")


def tokens_of_data(data: object) -> Iterator[Token]:
    """The tokens of JSON as Python has it.

    Raises
    ------
    PatternError
        for what JSON cannot hold.
    """
    open_: list[tuple[Iterator[Any], str]] = []
    value: Any = data
    while True:
        if isinstance(value, Mapping):
            yield "{", "{"
            open_.append((iter(value.items()), "}"))
            _check_depth(len(open_))
        elif isinstance(value, list | tuple):
            yield "[", "["
            open_.append((iter(value), "]"))
            _check_depth(len(open_))
        else:
            yield _token_of(value)
        while open_:
            entries, close = open_[-1]
            try:
                value = next(entries)
            except StopIteration:
                yield close, close
                open_.pop()
                continue
            if close == "}":
                key, value = value
                if not isinstance(key, str):
                    raise PatternError(
                        f"A {type(key).__name__} is no field name", "", "Name fields by texts."
                    )
                yield "key", key
            break
        if not open_:
            return


def _token_of(value: object) -> Token:
    if value is None:
        return "null", "null"
    if isinstance(value, bool):
        return _WORDS["true" if value else "false"]
    if isinstance(value, str):
        return "text", value
    if isinstance(value, float) and value - value == 0.0:
        return "number", repr(value)
    if isinstance(value, int | Decimal) and is_value(value):
        return "number", str(Decimal(value))
    if isinstance(value, float):
        raise PatternError(f"Non-standard token '{value}'", "", "JSON has no such number.")
    kind = "number so large" if isinstance(value, int) else type(value).__name__
    raise PatternError(f"A {kind} is no value of JSON", "", "Write what JSON can hold.")


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        raise PatternError(
            f"Document nesting depth ({depth}) exceeds the maximum allowed ({DEEPEST})",
            "",
            "Write a flatter pattern.",
        )


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _after(text: str, at: int, letter: str, expected: str) -> int:
    at = _after_space(text, at)
    if not text.startswith(letter, at):
        raise _broken(text, at, expected)
    return at + 1


def _close(text: str, at: int, open_: list[str]) -> int:
    expected = _CLOSES[open_[-1]]
    if text[at] != expected:
        raise PatternError(f"Unexpected close marker '{text[at]}': expected '{expected}'", _place(text, at))
    open_.pop()
    return at + 1


def _string(text: str, at: int, expected: str) -> tuple[str, int]:
    if not text.startswith('"', at):
        raise _broken(text, at, expected)
    try:
        value, end = _SCAN(text, at + 1, True)
        return str(value), int(end)
    except ValueError as error:
        raise _broken_string(text, getattr(error, "pos", at), str(getattr(error, "msg", error))) from None


def _broken_string(text: str, at: int, says: str) -> PatternError:
    """What is wrong in a string, from what Python's reader says of it."""
    if "Unterminated" in says or at >= len(text):
        reason = "Unexpected end-of-input: was expecting closing quote for a string value"
    elif "control character" in says:
        reason = (
            f"Illegal unquoted character ((CTRL-CHAR, code {ord(text[at])})): has to be escaped using "
            "backslash to be included in string value"
        )
    else:
        letter = text[at + 1 : at + 2] or "\\"
        reason = f"Unrecognized character escape {_named(letter)}"
    return PatternError(reason, _place(text, at))


def _scalar(text: str, at: int) -> tuple[Token, int]:
    if text.startswith('"', at):
        value, end = _string(text, at, "")
        return ("text", value), end
    number = _NUMBER.match(text, at)
    if number:
        return ("number", number[0]), number.end()
    word = _WORD.match(text, at)
    if word and word[0] in _WORDS:
        return _WORDS[word[0]], word.end()
    expected = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    if word and not word[0][0].isdigit():
        said = word[0] if len(word[0]) <= 60 else word[0][:60] + "…"
        raise PatternError(f"Unrecognized token '{said}': {expected}", _place(text, at))
    raise _broken(text, at, expected.replace("(JSON String, ", "a valid value (JSON String, "))


def _broken(text: str, at: int, expected: str) -> PatternError:
    if at >= len(text):
        return PatternError(f"Unexpected end-of-input: {expected}", _place(text, at))
    return PatternError(f"Unexpected character ({_named(text[at])}): {expected}", _place(text, at))


def _named(letter: str) -> str:
    said = letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
    return f"'{said}' (code {ord(letter)})"


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line}, column {at - text.rfind(chr(10), 0, at)}"
