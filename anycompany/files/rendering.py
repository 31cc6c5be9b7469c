"""Plain JSON-like data as the YAML of a storm file: short things on one line, long ones a line each.

Texts are written plainly only where no reader of YAML, 1.1 or 1.2, could take them for anything else; all
others in double quotes with whatever cannot be seen escaped, so that any name survives.
"""

from __future__ import annotations

import json
import re
from typing import Any

WIDEST = 100
"""Columns that a line is filled to."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w \-./()'&+*$=;!’“”–—…]*[\w\-./()'*+$=!’“”…])?")
_WORDS_WITH_MEANING = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_SEEN = frozenset("\u200c\u200d")  # joiners of letters and of emoji
_LONGEST_SIMPLE_KEY = 1000
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def scalar(value: Any, like: str = "") -> str:
    """One value that is neither list nor mapping, on one line.

    Parameters
    ----------
    value : text, number, boolean or None.
    like : the quote that stood there before, kept where it can be.

    >>> [scalar(value) for value in ("Payment Tried", "no", "2024", "a: b", 7, True, None)]
    ['Payment Tried', '"no"', '"2024"', '"a: b"', '7', 'true', 'null']
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    if not like and _PLAIN.fullmatch(value) and value.lower() not in _WORDS_WITH_MEANING:
        return value
    if like == "'" and all(map(_visible, value)):
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(c) or (c if _visible(c) else _escape(c)) for c in value) + '"'


def flow(value: Any) -> str:
    """Any value on one line.

    >>> flow({"or": ["payment-succeeded", "payment-failed"]})
    '{or: [payment-succeeded, payment-failed]}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(name)}: {flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are written alike: unlike ``==``, true is not 1 and 1 is not 1.0."""
    return one is other or (one == other and canonical(one) == canonical(other))


def canonical(value: Any) -> str:
    """A plain value as text that is the same for what is written alike, in whatever order of keys."""
    return json.dumps(value, sort_keys=True)


def key(name: str) -> str:
    """A key with all but its colon; very long ones need the explicit form."""
    written = scalar(name)
    return written if len(written) <= _LONGEST_SIMPLE_KEY else f"? {written} "


def entry(name: str, value: Any, column: int) -> str:
    """A key and its value as block lines, the first without its indentation."""
    written = scalar(name)
    if len(written) > _LONGEST_SIMPLE_KEY:
        return f"? {written}\n{' ' * column}: {flow(value)}"
    return f"{written}:{behind_key(name, value, column)}"


def behind_key(name: str, value: Any, column: int) -> str:
    """The value of a key from behind the colon on: on the same line, or as block lines below it.

    Things at the left margin are spread over lines even when they are short, because they grow.
    """
    line = flow(value)
    wide = column + len(name) + len(line) > WIDEST
    if _spreads(value) and (wide or (column == 0 and _grows(value))):
        return f"\n{block(value, column + 2)}"
    return f" {line}"


def item(value: Any, column: int) -> str:
    """An item of a list as block lines, the first without its indentation."""
    return f"-{behind_dash(value, column)}"


def behind_dash(value: Any, column: int) -> str:
    """An item of a list from behind its dash on."""
    line = flow(value)
    if _spreads(value) and column + len(line) > WIDEST:
        return f" {block(value, column + 2).lstrip(' ')}"
    return f" {line}"


def block(value: Any, column: int) -> str:
    """A mapping or list with something in it as block lines, all indented."""
    indent = " " * column
    if isinstance(value, dict):
        return "\n".join(indent + entry(name, one, column) for name, one in value.items())
    return "\n".join(indent + item(one, column) for one in value)


def _spreads(value: Any) -> bool:
    return isinstance(value, dict | list) and bool(value)


def _grows(value: Any) -> bool:
    return isinstance(value, list) or any(isinstance(one, dict | list) for one in value.values())


def _visible(character: str) -> bool:
    return character.isprintable() or character in _SEEN


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
