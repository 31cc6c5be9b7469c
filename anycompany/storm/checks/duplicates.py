"""Step 5: words within one context that mean the same.

Between contexts nothing is compared: a term that means different things in two contexts is not a fault, nor
are two terms for what two teams see differently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from ..edits import Merge
from ..english import base_of, is_known, words_of
from ..model import Storm
from .finding import Found, called, check, listed, quoted
from .notes import is_english
from .vocabulary import SAME_DEEDS, SYNONYMS

_NOISE = frozenset(["a", "an", "the", "was", "were", "has", "have", "been", "is", "of", "for", "by"])
_CANONICAL = {word: min(group) for group in (*SYNONYMS, *SAME_DEEDS) for word in group}


@check(
    "near-duplicate",
    "warning",
    5,
    title="Within a context one fact has one name",
    why="Some will emit the one, some hear the other, and nobody will see why nothing happens.",
    remedy="Merge them if they mean the same; if not, say in the names what tells them apart.",
    source="domain-driven design: one ubiquitous language within a bounded context",
)
def near_duplicate(storm: Storm) -> Iterator[Found]:
    """Events of one context whose names differ by spelling, number, or words that mean the same."""
    for events in _events_by_context(storm).values():
        first_of: dict[tuple[str, ...], str] = {}
        for event, meaning in meanings(storm, events).items():
            first = first_of.setdefault(meaning, event)
            if first != event and meaning and _said(storm, event) != _said(storm, first):
                yield Found(
                    (f"events/{first}", f"events/{event}"),
                    f"{called(storm, first)} and {called(storm, event)} may mean the same.",
                    None,
                    Merge(keep=first, gone=event),
                )


def meanings(storm: Storm, events: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What the names of events say, without differences of spelling, number, and words that mean the same.

    Two events of one meaning may be one; what has no words has none.
    """
    english = is_english(storm)
    words = {event: _said(storm, event) for event in events}
    spelt = _spelling({word for said in words.values() for word in said}, english)
    return {
        event: tuple(_meaning(spelt.get(word, word), english) for word in said if word not in _NOISE)
        for event, said in words.items()
    }


def _said(storm: Storm, event: str) -> list[str]:
    return [word.lower() for word in words_of(storm.events[event].name[:200])]


def _events_by_context(storm: Storm) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event in storm.relations.in_order:
        if context := storm.relations.context_of(event):
            found.setdefault(context, []).append(event)
    return found


def _meaning(word: str, english: bool) -> str:
    base = base_of(word) if english else word
    return _CANONICAL.get(base, base) if english else base


def _spelling(words: Collection[str], english: bool) -> dict[str, str]:
    """For each word that looks like another one misspelt, that other word.

    In English a misspelt word is one that no dictionary has, one or (from nine letters on) two slips away
    from another. In other languages, without a dictionary, it is a word of six letters or more with one
    letter too many.
    """
    if not english:
        shorter = ((word, word[:at] + word[at + 1 :]) for word in words for at in range(len(word)))
        return {word: less for word, less in shorter if len(word) > 6 and word.isalpha() and less in words}
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    right = sorted(word for word in words if len(word) >= 5 and is_known(word))
    spelt: dict[str, str] = {}
    for word in words:
        if len(word) >= 6 and word.isalpha() and not is_known(word):
            slips = 2 if len(word) >= 9 else 1
            near = process.extractOne(word, right, scorer=OSA.distance, score_cutoff=slips)
            if near:
                spelt[word] = near[0]
    return spelt


@check(
    "two-words",
    "note",
    5,
    title="Within a context one thing has one word",
    why="Customer here and account there: if they mean one thing, every newcomer will ask; if not, say so.",
    remedy="Choose the word that the owners of the context use, or write down how the two differ.",
    source="“App 2025”, episode 1: “in one place I called it a customer, in another an account”",
)
def two_words(storm: Storm) -> Iterator[Found]:
    """Words of one group of business synonyms that the events of one context use side by side."""
    if not is_english(storm):
        return
    group_of = {word: group for group in SYNONYMS for word in group}
    for context, events in _events_by_context(storm).items():
        used: dict[frozenset[str], Counter[str]] = {}
        for event in events:
            nouns = [base_of(word) for word in words_of(storm.events[event].name[:200])[:-1]]
            for word in dict.fromkeys(nouns):
                if word in group_of:
                    used.setdefault(group_of[word], Counter())[word] += 1
        for counted in used.values():
            if len(counted) > 1:
                words = [f"{word} ({count})" for word, count in counted.most_common()]
                title = quoted(storm.contexts[context].title(context))
                yield Found(
                    (f"contexts/{context}/{'-'.join(sorted(counted))}",),
                    f"In {title} the events say {listed(words)}: is it one thing?",
                )


CHECKS = (near_duplicate, two_words)
