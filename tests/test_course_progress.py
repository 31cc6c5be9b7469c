"""A learner's progress: kept in their folder, whole, whatever becomes of the file."""

import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.course.progress import FILE, Record, note_progress, read_progress


def tried(folder: Path, exercise: str, state: str) -> Record:
    record, kept = note_progress(folder, exercise, lambda one: one.after(state))  # type: ignore[arg-type]
    assert kept
    return record


def test_what_was_right_once_stays_right_and_tries_are_counted_until_then(tmp_path: Path) -> None:
    tried(tmp_path, "name-events", "wrong")
    tried(tmp_path, "name-events", "not attempted")
    tried(tmp_path, "name-events", "right")
    assert tried(tmp_path, "name-events", "wrong") == Record("right", 2)
    assert read_progress(tmp_path) == {"name-events": Record("right", 2)}


def test_nothing_is_written_for_an_attempt_that_was_not_begun(tmp_path: Path) -> None:
    tried(tmp_path, "name-events", "not attempted")
    assert not (tmp_path / FILE).exists()


BROKEN = ["", "{", "[]", '{"exercises": []}', "\x00\xff", "[" * 100_000, '{"exercises": {}', "x" * 300_000]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_put_aside_and_keeps_nobody_from_learning(content: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(content, "utf-8")
    assert read_progress(tmp_path) == {}
    tried(tmp_path, "name-events", "right")
    assert read_progress(tmp_path) == {"name-events": Record("right", 1)}
    assert (tmp_path / f"{FILE}.broken").read_text("utf-8") == content


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
ODD = st.dictionaries(
    st.sampled_from(["name-events", "gone"]),
    st.dictionaries(st.sampled_from(["state", "tries", "hints", "solved_for", "new"]), JSON) | JSON,
)


@settings(max_examples=50, deadline=None)
@given(ODD, JSON)
def test_odd_content_is_read_as_far_as_it_makes_sense_and_what_is_unknown_stays(
    tmp_path_factory: pytest.TempPathFactory, exercises: dict[str, object], later: object
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    (folder / FILE).write_text(json.dumps({"exercises": exercises, "later": later}), "utf-8")
    for record in read_progress(folder).values():
        assert 0 <= record.hints <= 3 and record.tries >= 0
    tried(folder, "sort-notes", "right")
    content = json.loads((folder / FILE).read_text("utf-8"))
    assert content["later"] == later and content["exercises"]["sort-notes"]["state"] == "right"


def _count(folder: Path, exercise: str) -> None:
    for _ in range(25):
        note_progress(folder, exercise, lambda record: replace(record, tries=record.tries + 1))


def test_two_kernels_lose_nothing_of_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    kernels = [context.Process(target=_count, args=(tmp_path, name)) for name in ("same", "same", "other")]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(60)
    assert {key: record.tries for key, record in read_progress(tmp_path).items()} == {"same": 50, "other": 25}
    assert not list(tmp_path.glob(f".{FILE}.*[!k]"))  # no draft is left, only the lock


def test_where_nothing_can_be_written_it_is_said_and_done_without(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    record, kept = note_progress(gone, "name-events", lambda one: one.after("right"))
    assert record == Record("right", 1) and not kept
    (tmp_path / FILE).mkdir()
    assert read_progress(tmp_path) == {}
