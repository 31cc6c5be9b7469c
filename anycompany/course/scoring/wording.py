"""Names by what they mean: in the forms of a dictionary, in any order, with words that mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...storm.checks.vocabulary import FAILURES, SAME_DEEDS, SYNONYMS
from ...storm.english import PARTICLES, base_of, is_known, is_past, words_of
from ..shipped import course_data

NOISE = frozenset(
    (
        "a",
        "an",
        "the",
        "was",
        "were",
        "has",
        "have",
        "had",
        "been",
        "be",
        "is",
        "are",
        "of",
        "for",
        "by",
        "to",
        "at",
        "with",
        "from",
        "on",
        "in",
        "it",
        "its",
        "our",
        "their",
        "and",
        "or",
    )
)
NEGATIONS = frozenset(("not", "no", "never", "nobody", "without"))

_LONGEST = 200
"""Characters of a name that are read."""

Meaning = frozenset[str]
"""The ways in which one word can be read: its form in a dictionary, and the groups it is in."""


@dataclass(frozen=True)
class Name:
    """A name taken apart.

    Parameters
    ----------
    text : the words as they were written, in small letters.
    words : for each word that says something, its meanings.
    deeds : the meanings of its words in the past, which say what happened.
    things : those of the words before the first of these.
    denies : whether it says that something did not happen.
    failed : whether it says that something went badly.
    """

    text: tuple[str, ...]
    words: tuple[Meaning, ...]
    all: Meaning
    deeds: Meaning
    things: Meaning
    denies: bool
    failed: bool

    def likeness(self, other: Name) -> float:
        """How much of what the two say is the same, from 0 to 1; 0 where one denies what the other says."""
        count = len(self.words) + len(other.words)
        if not self.words or not other.words or self.denies != other.denies:
            return 0.0
        mine = sum(not word.isdisjoint(other.all) for word in self.words)
        theirs = sum(not word.isdisjoint(self.all) for word in other.words)
        return (mine + theirs) / count

    def same_deed(self, other: Name) -> bool:
        """Whether the two tell of the same deed; one that tells of none is taken by its words."""
        if self.deeds and other.deeds:
            return not self.deeds.isdisjoint(other.deeds)
        return not (self.deeds or self.all).isdisjoint(other.deeds or other.all)


class Wording:
    """Reads names, with the words that mean the same in one business.

    Parameters
    ----------
    groups : words that mean the same, beside those of every business.
    known : names of the reference: a misspelt word is read as the nearest of theirs.
    """

    def __init__(self, groups: Iterable[Sequence[str]] = (), known: Iterable[str] = ()) -> None:
        self._groups: dict[str, set[str]] = {}
        self._right: list[str] = []
        self._read: dict[str, Meaning] = {}
        everywhere = (*SYNONYMS, *SAME_DEEDS, *_words_of_every_business())
        for number, group in enumerate((*everywhere, *groups)):
            for word in group:  # two words that mean something together are joined by a hyphen
                self._groups.setdefault(base_of(word), set()).add(f"={number}")
        self._right = sorted({word.lower() for name in known for word in words_of(name) if len(word) > 4})

    def name(self, text: str) -> Name:
        """What a name says.

        >>> wording = Wording([["bike", "bicycle"]])
        >>> wording.name("Bicycle was repaired").likeness(wording.name("BikeRepaired"))
        1.0
        >>> wording.name("Bike Not Repaired").likeness(wording.name("Bike Repaired"))
        0.0
        """
        said = [word.lower() for word in words_of(text[:_LONGEST])]
        denies = bool(NEGATIONS.intersection(said))
        joined = self._joined(said)
        words = [word for at, word in enumerate(joined) if not _is_noise(joined, at)] or joined
        read = [self._meaning(word) for word in words]
        past = [at for at, word in enumerate(words) if at and is_past(word.partition("-")[0])]
        first = past[0] if past else len(words)
        return Name(
            tuple(said),
            tuple(read),
            frozenset().union(*read),
            frozenset().union(*(read[at] for at in past)),
            frozenset().union(*read[:first]),
            denies,
            denies or bool(FAILURES.intersection(said)),
        )

    def _joined(self, said: list[str]) -> list[str]:
        """The words, those that mean something together in one: “ran out” is no running."""
        words: list[str] = []
        for word in said:
            before = words[-1] if words else ""
            if before and f"{base_of(before)}-{word}" in self._groups:
                words[-1] = f"{before}-{word}"
            else:
                words.append(word)
        return words

    def _meaning(self, word: str) -> Meaning:
        found = self._read.get(word)
        if found is None:
            first, hyphen, rest = word.partition("-")
            base = f"{base_of(first)}-{rest}" if hyphen else base_of(self._spelt(word))
            found = self._read[word] = frozenset((base, *self._groups.get(base, ())))
        return found

    def _spelt(self, word: str) -> str:
        if len(word) < 6 or not word.isalpha() or is_known(word):
            return word
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extractOne(
            word, self._right, scorer=OSA.distance, score_cutoff=2 if len(word) > 8 else 1
        )
        return near[0] if near else word


def _is_noise(words: list[str], at: int) -> bool:
    """Whether a word adds nothing; “in” and “on” do where they make another verb of the one before them."""
    if at and words[at] in PARTICLES and is_past(words[at - 1]):
        return False
    return words[at] in NOISE or words[at] in NEGATIONS


@lru_cache(maxsize=1)
def _words_of_every_business() -> tuple[tuple[str, ...], ...]:
    from ...files.prices import read_yaml

    return tuple(tuple(str(group).split()) for group in read_yaml(course_data("words.yaml")))
