"""JSONata that people write to shape what a task gets and gives: what can be told of it without an engine."""

from __future__ import annotations

import re

LONGEST_EXPRESSION = 4_000
"""Characters of one expression; what is longer belongs into a function."""

_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OPERATOR_WORD = re.compile(r"(?:^|[^\w$.`])(?:and|or|in)$")


def fault_in_expression(text: str) -> str | None:
    """What is wrong with a JSONata expression as far as its quotes and brackets tell; None if nothing is.

    >>> fault_in_expression('{"total": $known.amount * 2}')
    >>> fault_in_expression("{% $known %}")
    'write the expression without {% and %}'
    >>> fault_in_expression("$sum($known.lines")
    'the ( is never closed'
    """
    if not text.strip():
        return "it is empty"
    if len(text) > LONGEST_EXPRESSION:
        return f"it has more than {LONGEST_EXPRESSION:,} characters"
    if "{%" in text or "%}" in text:
        return "write the expression without {% and %}"
    return _unbalanced(text)


def _unbalanced(text: str) -> str | None:
    """Which quote or bracket has no partner; texts, names, regular expressions and comments are skipped."""
    open_: list[str] = []
    index = 0
    while index < len(text):
        character = text[index]
        if character in "\"'`" or _begins_a_regex(text, index) or text.startswith("/*", index):
            is_comment = text.startswith("/*", index)
            end = text.find("*/", index + 2) + is_comment if is_comment else _end_of_quoted(text, index)
            if end < 1:
                return f"the {'/*' if is_comment else character} is never closed"
            index = end
        elif character in _CLOSED_BY:
            open_.append(character)
        elif character in ")]}" and (not open_ or _CLOSED_BY[open_.pop()] != character):
            return f"the {character} closes nothing"
        index += 1
    return f"the {open_[-1]} is never closed" if open_ else None


def _begins_a_regex(text: str, index: int) -> bool:
    """Whether a slash begins a regular expression: where a value may stand; after one, it divides."""
    if text[index] != "/" or text.startswith("/*", index):
        return False
    before = _COMMENT.sub("", text[:index]).rstrip()
    return not before or before[-1] in "([{,:;?=<>&|+-*/%!~^" or bool(_OPERATOR_WORD.search(before))


def _end_of_quoted(text: str, start: int) -> int:
    """Where the quoted text or regular expression that begins at ``start`` ends; -1 if nowhere.

    In a regular expression a slash within brackets does not end it (JSONata's tokenizer).
    """
    index, depth = start + 1, 0
    while index < len(text) and (text[index] != text[start] or depth > 0):
        if text[start] == "/":
            depth += (text[index] in _CLOSED_BY) - (text[index] in ")]}")
        index += 2 if text[index] == "\\" and text[start] != "`" else 1
    return index if index < len(text) else -1
