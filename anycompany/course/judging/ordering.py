"""Judging an order: by what has to come before what, so that every order that keeps it is right."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...storm.checks.finding import listed, quoted
from ...storm.ids import slug
from ..reading import Plain, is_numbered, texts_in
from ..verdict import Seen, slip

_ARROW = re.compile(r"\s*(?:[-=]+>|→|>)\s*")


@dataclass(frozen=True)
class Before:
    """One thing comes before another; ``misconception`` is that of whoever has it the other way round."""

    first: str
    then: str
    because: str
    misconception: str = "effect-before-cause"


@dataclass(frozen=True)
class OneOf:
    """Things of which one happens: they share a moment."""

    things: tuple[str, ...]
    because: str


def moments_in(said: Plain) -> list[list[str]]:
    """The moments of an order as it was typed, from first to last; alternatives share one.

    Rows side by side, which a list of lists is, go on from one moment each.

    >>> moments_in(["a", ["b", "c"], "d or e", {"or": ["f", "g"]}])
    [['a'], ['b', 'c'], ['d', 'e'], ['f', 'g']]
    >>> moments_in("a -> b"), moments_in([[["a", "b"], ["c"]]]), moments_in({"1": "a", "2": ["b", "c"]})
    ([['a'], ['b']], [['a', 'c'], ['b']], [['a'], ['b', 'c']])
    """
    moments = []
    for row in _rows(said):
        if isinstance(row, list) and any(isinstance(one, list) for one in row):
            branches = [one if isinstance(one, list) else [one] for one in row]
            for together in itertools.zip_longest(*branches):
                moments += [texts_in([one for one in together if one is not None])]
            continue
        inner = next(iter(row.values()), []) if isinstance(row, dict) and len(row) == 1 else row
        if isinstance(inner, str):
            inner = re.split(r"\s+or\s+|\s*[/|]\s*", inner)
        texts = texts_in(inner)
        if texts:
            moments.append(texts)
    return moments


def _rows(said: Plain) -> list[Any]:
    if isinstance(said, dict) and is_numbered(said):
        return [*said.values()]
    if isinstance(said, str) and _ARROW.search(said):
        return [one for one in _ARROW.split(said) if one.strip()]
    rows = said if isinstance(said, list) else texts_in(said)
    if len(rows) == 1 and isinstance(rows[0], str) and _ARROW.search(rows[0]):
        return _rows(rows[0])
    return rows


def order(
    things: Sequence[str], rules: Sequence[Before | OneOf], unwanted: dict[str, tuple[str, str]] | None = None
) -> Any:
    """A judge of an order of all these things.

    Parameters
    ----------
    things : all of them, by name.
    rules : what an order has to keep.
    unwanted : things that were offered and do not belong: the misconception, and why.
    """
    known = {slug(thing): thing for thing in things}
    refused = {slug(thing): (thing, *told) for thing, told in (unwanted or {}).items()}

    def judge(said: Any) -> Iterator[Seen]:
        moments = [[slug(text[:200]) for text in moment] for moment in moments_in(said)]
        typed = {slug(text[:200]): text for moment in moments_in(said) for text in moment}
        flat = [key for moment in moments for key in moment]
        for key in dict.fromkeys(flat):
            if key in refused:
                thing, misconception, because = refused[key]
                yield Seen(misconception, f"{quoted(thing)}: {because}")
            elif key not in known:
                yield slip(f"There is no {quoted(typed[key])} among them.")
        if missing := [known[key] for key in known if key not in flat]:
            yield slip(f"Still missing: {listed([quoted(one) for one in missing])}.")
        if doubled := [known[key] for key, count in Counter(flat).items() if count > 1 and key in known]:
            yield slip(f"In time more than once: {listed([quoted(one) for one in doubled])}.")
        if len(flat) == len(known) and flat == sorted(flat) and _breaks_any(moments, rules):
            yield Seen("alphabetical", "These are in the order of the alphabet.")
        at = {key: number for number, moment in enumerate(moments) for key in moment}
        for rule in rules:
            yield from _told(rule, at)

    return judge


def _told(rule: Before | OneOf, at: dict[str, int]) -> Iterator[Seen]:
    if isinstance(rule, Before):
        first, then = at.get(slug(rule.first)), at.get(slug(rule.then))
        if first is not None and then is not None and first >= then:
            where = "in one moment with" if first == then else "after"
            yield Seen(
                rule.misconception, f"{quoted(rule.first)} stands {where} {quoted(rule.then)}: {rule.because}"
            )
        return
    places = {at[slug(thing)] for thing in rule.things if slug(thing) in at}
    if len(places) > 1:
        yield Seen(
            "both-outcomes",
            f"{listed([quoted(one) for one in rule.things])} stand one after the other: {rule.because}",
        )


def _breaks_any(moments: list[list[str]], rules: Sequence[Before | OneOf]) -> bool:
    at = {key: number for number, moment in enumerate(moments) for key in moment}
    return any(True for rule in rules for _ in _told(rule, at))
