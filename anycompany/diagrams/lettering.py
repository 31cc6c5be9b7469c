"""Words on shapes: cleaned, measured, wrapped, cut with an ellipsis, and written for DOT. The only way in.

Graphviz measures text with another font than the reader's, so nothing here relies on it: every shape has a
fixed size, and text is wrapped by the widest of the fonts that the reader may have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

LINE_HEIGHT = 1.2
"""Height of a line in units of the font size; also Graphviz's own."""

FEW = 60
"""Characters of a name in a sentence; the whole name is in the tip of its note."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML does not allow, or nobody sees."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What would turn round the writing beside it."""

_ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TOWERS = re.compile(f"(?<=[{_ACCENTS}]{{3}})[{_ACCENTS}]+")
"""Accents above accents, which would cover the lines above."""

_WIDTHS = {
    **dict.fromkeys(" 'ijlI.,·:;!", 0.32),
    **dict.fromkeys("|ft/\\()[]{}r", 0.4),
    **dict.fromkeys('acksvxyz-"_*^?1J', 0.58),
    **dict.fromkeys("bdeghnopquLF", 0.63),
    **dict.fromkeys("GOQ", 0.79),
    **dict.fromkeys("wmM%", 0.91),
    **dict.fromkeys("W@—–…→✓", 1.03),
}
"""Widths in units of the font size, the widest of bold Inter and bold Arial; everything else in ASCII is less
than ``_WIDEST_LETTER``."""

_WIDEST_LETTER = 0.75


def clean(text: str) -> str:
    r"""The text in one line, without characters that XML or the reading order cannot bear.

    >>> clean("Room\n booked\x00\ud83d \u202eyes")
    'Room booked�� yes'
    """
    text = _TOWERS.sub("", _TURNING.sub("", text))
    return " ".join(_UNWRITABLE.sub("\ufffd", text).split())


def in_sentence(text: str) -> str:
    """A name as it stands in a sentence: clean, and not longer than a sentence can bear."""
    words = clean(text)
    return words if len(words) <= FEW else words[: FEW - 1].rstrip() + "…"


def listing(names: Sequence[str]) -> str:
    """Names as a list within a sentence.

    >>> listing(["A", "B", "C"])
    'A, B and C'
    """
    *most, last = [in_sentence(name) for name in names] or ["nothing"]
    return f"{', '.join(most)} and {last}" if most else last


def text_width(text: str, size: float) -> float:
    """The most that a text may take on the page, in pixels, in any font of the stack."""
    return size * sum(_character_width(character) for character in text)


@lru_cache(maxsize=4096)
def _character_width(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if character.isascii():
        return _WIDEST_LETTER
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    parts = unicodedata.normalize("NFKD", character)
    if parts != character:
        return sum(_character_width(part) for part in parts)
    return 1.4 if unicodedata.category(character) == "So" else 1.1


def fit(text: str, width: float, size: float, lines: int) -> list[str]:
    """The text in at most so many lines of this width; what does not fit becomes an ellipsis.

    Parameters
    ----------
    text : what a person typed; anything at all.
    width, size : of the line and of the font, in pixels.
    lines : how many lines there is room for, 1 or more.

    Returns at least one line, clean and ready for ``dot_label``.

    >>> fit("Subscription Expired", 90, 12.5, 3)
    ['Subscription', 'Expired']
    >>> fit("a" * 5000, 60, 12.5, 2)
    ['aaaaaaaa', 'aaaaaa…']
    """
    found: list[str] = []
    words = clean(text[: lines * 200]).split(" ")
    cut = len(text) > lines * 200
    while words and len(found) < lines:
        rest = words
        line, words = _take_line(words, width, size)
        found.append(line)
    if words or cut:
        whole = " ".join(rest)
        found[-1] = _start_that_fits(whole, width - text_width("…", size), size).rstrip() + "…"
    return found


def _take_line(words: list[str], width: float, size: float) -> tuple[str, list[str]]:
    """As many words as fit on one line, and the rest; a word longer than a line is broken."""
    first, *rest = words
    if text_width(first, size) > width:
        head = _start_that_fits(first, width, size)
        return head, [first[len(head) :], *rest] if head != first else rest
    line = first
    while rest and text_width(f"{line} {rest[0]}", size) <= width:
        line = f"{line} {rest.pop(0)}"
    return line, rest


def _start_that_fits(word: str, width: float, size: float) -> str:
    end, used = 0, 0.0
    for place, character in enumerate(word):
        used += text_width(character, size)
        if used > width:
            break
        joined = place + 1 < len(word) and (
            character == "\u200d" or unicodedata.category(word[place + 1]) in {"Mn", "Me", "Cf"}
        )
        if not joined:
            end = place + 1
    return word[: max(end, 1)]


def dot_label(lines: Sequence[str], align: str = "n") -> str:
    """Lines as a DOT label that means exactly these characters; the one place where text enters DOT.

    ``align`` is ``n`` for centred lines or ``l`` for lines that begin at the left.
    """
    from graphviz import escape

    # Graphviz would read "&lt;" as "<": an ampersand is written as the entity that it is. A label that ends
    # with a line break is never taken for HTML, whatever it begins with.
    return "".join(f"{escape(clean(line).replace('&', '&amp;'))}\\{align}" for line in lines)
