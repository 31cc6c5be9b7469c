"""What guests call themselves: a name that can be seen, and that looks like nobody else's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ..board.messages import LONGEST_NAME

_JOINERS = "\u200c\u200d"
"""What is not seen and yet belongs to names, in Persian or in pictures of people."""

_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters that look like nothing."""


def readable(said: str) -> str:
    r"""A name without what is not seen, or turns the direction of the text around it; may be empty.

    >>> readable("\u202e Ada\u200b  Lovelace \u3164")
    'Ada Lovelace'
    """
    kept = "".join(
        letter
        for letter in said
        if letter in _JOINERS
        or letter.isspace()
        or not (letter in _BLANK or unicodedata.category(letter)[0] == "C")
    )
    return " ".join(kept.split()) if kept.strip(_JOINERS + " ") else ""


def told_apart(name: str, others: Iterable[str]) -> str:
    """The name, with a number if it looks like one of the others.

    >>> told_apart("ada", ["Ada", "Ada 2"])
    'ada 3'
    """
    taken = {_look(other) for other in others}
    own, number = name, 1
    while _look(own) in taken:
        number += 1
        addition = f" {number}"
        own = name[: LONGEST_NAME - len(addition)].rstrip() + addition
    return own


def _look(name: str) -> str:
    """What two names have in common that look alike."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        letter
        for letter in plain
        if unicodedata.category(letter)[0] not in "CZ" and not "\ufe00" <= letter <= "\ufe0f"
    )
