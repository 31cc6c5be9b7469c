"""Texts that a value has to begin with, or to end with, thousands at once: by their length, looked up."""

from __future__ import annotations


class Affixes:
    """Beginnings, or endings, that each belong to branches, as bits.

    Ignoring case holds here for ASCII alone, where both cases of a letter are as long; ``takes`` says so.

    >>> beginnings = Affixes(at_end=False)
    >>> beginnings.add("ab", False, 0b01)
    >>> beginnings.add("Ab", True, 0b10)
    >>> beginnings.found("abc"), beginnings.found("ABC"), beginnings.found("a")
    (3, 2, 0)
    """

    def __init__(self, *, at_end: bool) -> None:
        self._at_end = at_end
        self._exact: dict[int, dict[str, int]] = {}
        self._ignoring_case: dict[int, dict[str, int]] = {}

    @staticmethod
    def takes(text: str, ignore_case: bool) -> bool:
        """Whether this can be looked up."""
        return not ignore_case or text.isascii()

    def add(self, text: str, ignore_case: bool, bit: int) -> None:
        """Take one, for a branch."""
        texts = (self._ignoring_case if ignore_case else self._exact).setdefault(len(text), {})
        said = text.lower() if ignore_case else text
        texts[said] = texts.get(said, 0) | bit

    def found(self, text: str) -> int:
        """The bits of all that a text begins, or ends, with."""
        found, whole = 0, len(text)
        for length, texts in self._exact.items():
            if length <= whole:
                found |= texts.get(text[whole - length :] if self._at_end else text[:length], 0)
        for length, texts in self._ignoring_case.items():
            if length <= whole:
                affix = text[whole - length :] if self._at_end else text[:length]
                if affix.isascii():
                    found |= texts.get(affix.lower(), 0)
        return found
