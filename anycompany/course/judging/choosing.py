"""Judging a choice of several: which of these belong, each wrong one with the misconception behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...storm.checks.finding import listed, quoted
from ...storm.ids import slug
from ..reading import UnreadableError, is_ticked, texts_in
from ..verdict import Seen, slip


@dataclass(frozen=True)
class Option:
    """Something that may be chosen.

    Parameters
    ----------
    text : what it says.
    misconception : of whoever chooses it, or where it belongs, of whoever leaves it out; may be empty.
    because : a sentence on why it does, or does not, belong.
    belongs : whether it has to be chosen; None where either is fine.
    """

    text: str
    misconception: str = ""
    because: str = ""
    belongs: bool | None = False


def choice(options: Mapping[str, Option], wanted: str, left_out: str = "") -> Any:
    """A judge of a list of letters, or of the options' texts.

    Parameters
    ----------
    options : each by its letter.
    wanted : what is to be chosen, in the plural.
    left_out : the misconception of whoever leaves out what belongs.
    """

    def judge(said: Any) -> Iterator[Seen]:
        if isinstance(said, dict) and not is_ticked(said):
            raise UnreadableError('Write the letters as a list: ["a", "b"].')
        chosen, unknown = _chosen(texts_in(said), options)
        if unknown:
            letters = f"{min(options)} to {max(options)}"
            yield slip(f"{listed([quoted(one) for one in unknown])}: not one of the letters {letters}.")
        for letter in chosen:
            option = options[letter]
            if option.belongs is False:
                told = option.text if "“" in option.text else quoted(option.text)
                yield Seen(option.misconception, f"{letter}, {told}: {option.because}")
        missing = [letter for letter, option in options.items() if option.belongs and letter not in chosen]
        if missing:
            count = f"{len(missing)} more" if chosen else f"{len(missing)}"
            astray = {options[letter].misconception or left_out for letter in missing} - {""}
            yield Seen(
                min(astray, default="") if chosen else "",  # who has chosen nothing has judged nothing
                f"There {'is' if len(missing) == 1 else 'are'} {count} of the {wanted}.",
            )

    return judge


_LETTER_AND_TEXT = re.compile(r"^\W*([a-zA-Z])[\s.):,-]+(.+)$")


def _apart(text: str, options: Mapping[str, Option]) -> list[str]:
    """The letters of a text that is nothing but letters, however it strings them together; else the text.

    >>> options = dict.fromkeys("abcd", Option(""))
    >>> _apart("acd", options), _apart("a) c)", options), _apart("a and c", options), _apart("cat", options)
    (['a', 'c', 'd'], ['a', 'c'], ['a', 'c'], ['cat'])
    """
    words = [word.lower() for word in re.findall(r"[^\W_]+", text[:300])]
    if len(words) == 1 and set(words[0]) <= {*options}:
        return [*words[0]]
    letters = [word for word in words if word != "and"]
    return letters if len(letters) > 1 and all(len(word) == 1 for word in letters) else [text]


def _chosen(texts: list[str], options: Mapping[str, Option]) -> tuple[dict[str, None], list[str]]:
    texts = [letter for text in texts for letter in _apart(text, options)]
    by_text = {slug(option.text[:300]): letter for letter, option in options.items()}
    chosen: dict[str, None] = {}
    unknown = []
    for text in texts:
        letter = text.strip(" .)(:").lower()
        found = letter if letter in options else by_text.get(slug(text[:300]))
        if not found and (both := _LETTER_AND_TEXT.match(text)):
            letter, rest = both[1].lower(), slug(both[2][:300])
            same = letter in options and rest and slug(options[letter].text[:300]).startswith(rest)
            found = letter if same else None
        if found:
            chosen[found] = None
        else:
            unknown.append(text)
    return chosen, unknown


def listing(options: Mapping[str, Option]) -> str:
    """The options as they stand in a task, in Markdown."""
    return "\n".join(f"- **{letter}** {option.text}" for letter, option in options.items())
