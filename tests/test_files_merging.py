"""Copies of a storm brought together: one result in any order, and nothing is lost."""

import itertools
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.files import StormFileError, new_storm, open_storm, read_storm
from anycompany.files.journal import Entry, as_logged, lines_of
from anycompany.files.merging import Merged, merge
from anycompany.files.merging.bases import on_one_base
from anycompany.files.merging.copies import Copy
from anycompany.files.merging.joined import joined
from anycompany.files.replaying import ORIGIN
from anycompany.files.resting import log_path
from anycompany.storm.apply import apply, invert, resolve
from anycompany.storm.edits import AnyEdit, Patch
from anycompany.storm.errors import EditError
from anycompany.storm.model import Storm
from anycompany.storm.patch import diff

from .strategies import edits, storms


def log_of(start: Sequence[Entry], storm: Storm, made: Sequence[AnyEdit], who: str, clock: int) -> list[Entry]:
    """The log of somebody who goes on from a log, with whatever of the edits fits; every third is undone."""
    entries = list(start)
    for number, edit in enumerate(made):
        try:
            logged = as_logged(resolve(storm, edit))
            after = apply(storm, logged)
        except EditError:
            continue
        line = len(entries)
        entries.append(Entry(line + 1, f"{who}{line}", who, stamp(clock + number), line, logged))
        if number % 3 == 2:
            undo = invert(storm, logged).model_copy(update={"undoes": f"{who}{line}"})
            after = apply(after, as_logged(undo))
            entries.append(Entry(line + 2, f"{who}{line}u", who, stamp(clock + number), line + 1, as_logged(undo)))
        storm = after
    return entries


def stamp(minute: int) -> str:
    return f"2026-01-31T{9 + minute // 60:02}:{minute % 60:02}:00.000+00:00"


def together(*logs: Sequence[Entry]) -> list[Entry]:
    copies = [Copy(Path(f"{number}.storm.yaml"), None, list(log)) for number, log in enumerate(logs)]
    on_one_base(copies)
    return joined(copies).lines


def text(log: Sequence[Entry]) -> bytes:
    return lines_of(log)


@settings(max_examples=60, deadline=None)
@given(
    storms,
    st.lists(edits, max_size=6),
    st.lists(st.lists(edits, max_size=6), min_size=3, max_size=3),
    st.lists(st.integers(0, 20), min_size=3, max_size=3),
    st.lists(edits, max_size=3),
)
def test_any_grouping_and_any_order_of_copies_gives_one_log(
    start: Storm,
    before: Sequence[AnyEdit],
    made: Sequence[Sequence[AnyEdit]],
    clocks: Sequence[int],
    later: Sequence[AnyEdit],
) -> None:
    first = as_logged(diff(ORIGIN, start))
    base = log_of([Entry(1, "first", "x", stamp(0), 0, first, "f1")], apply(ORIGIN, first), before, "x", 1)
    known = Copy(Path("x.storm.yaml"), None, base).storm
    a, b, c = (
        log_of(base, known, own, who, clock) for who, own, clock in zip("abc", made, clocks, strict=True)
    )
    whole = text(together(a, b, c))
    for one, two, three in itertools.permutations((a, b, c)):
        assert text(together(one, two, three)) == whole
        assert text(together(together(one, two), three)) == whole
        assert text(together(one, together(two, three))) == whole
    assert text(together(together(a, b, c), a)) == text(together(b, together(a, b, c), base)) == whole
    # somebody goes on from two of them, while the third, and one of the two, come later
    ab = together(a, b)
    gone_on = log_of(ab, Copy(Path("x.storm.yaml"), None, ab).storm, later, "d", 70)
    whole = text(together(gone_on, c))
    assert text(together(c, gone_on)) == text(together(together(b, c), gone_on)) == whole
    assert text(together(together(a, c), together(gone_on, b))) == whole


@settings(max_examples=40, deadline=None)
@given(storms, st.lists(edits, max_size=14), st.lists(st.integers(0, 2), min_size=20, max_size=20))
def test_any_split_of_one_log_over_files_gives_one_storm(
    start: Storm, made: Sequence[AnyEdit], whose: Sequence[int]
) -> None:
    first = as_logged(diff(ORIGIN, start))
    log = log_of([Entry(1, "first", "x", stamp(0), 0, first, "f1")], apply(ORIGIN, first), made, "x", 1)
    parts = [
        [log[0], *(entry for number, entry in enumerate(log[1:]) if whose[number] == part)] for part in range(3)
    ]
    results = {text(together(*order)) for order in itertools.permutations(parts)}
    results |= {text(together(together(one, two), three)) for one, two, three in itertools.permutations(parts)}
    assert len(results) == 1
    kept = [line for line in results.pop().splitlines() if b'"between"' not in line]
    assert sorted(json.loads(line)["id"] for line in kept) == sorted(entry.id for entry in log)
