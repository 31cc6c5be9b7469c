"""JSONata that people write to shape what a task gets and gives: what can be told of it without an engine."""

from __future__ import annotations

LONGEST_EXPRESSION = 4_000
"""Characters of one expression; what is longer belongs into a function."""

_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


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
    """Which quote or bracket has no partner; texts and names in backticks are passed over."""
    open_: list[str] = []
    index = 0
    while index < len(text):
        character = text[index]
        if character in "\"'`":
            end = _end_of_quoted(text, index)
            if end < 0:
                return f"the {character} is never closed"
            index = end
        elif character in _CLOSED_BY:
            open_.append(character)
        elif character in ")]}" and (not open_ or _CLOSED_BY[open_.pop()] != character):
            return f"the {character} closes nothing"
        index += 1
    return f"the {open_[-1]} is never closed" if open_ else None


def _end_of_quoted(text: str, start: int) -> int:
    """Where the quoted text that begins at ``start`` ends; -1 if nowhere."""
    index = start + 1
    while index < len(text) and text[index] != text[start]:
        index += 2 if text[index] == "\\" and text[start] != "`" else 1
    return index if index < len(text) else -1
