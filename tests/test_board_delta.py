"""What changed, as operations: applied to the old document they make exactly the new one."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.board.delta import Op, delta, json_delta, plain
from anycompany.files import open_storm
from anycompany.storm.apply import apply, invert
from anycompany.storm.edits import AnyEdit
from anycompany.storm.errors import EditError
from anycompany.storm.model import Storm

from .storms import ALL, load
from .strategies import edits, json_values, storms, texts


def applied(document: Any, ops: list[Op]) -> Any:
    """What a browser does with the operations."""
    document = copy.deepcopy(document)
    for name, path, *rest in json.loads(json.dumps(ops, allow_nan=False)):
        holder, last = document, path[-1] if path else None
        for step in path[:-1]:
            holder = holder[step]
        if name == "del":
            del holder[last]
        elif name == "splice":
            index, count, items = rest
            target = holder[last] if path else holder
            assert 0 <= index <= index + count <= len(target)
            target[index : index + count] = items
        elif not path:
            document = rest[0]
        elif len(rest) == 1:
            holder[last] = rest[0]
        else:
            value, before = rest
            assert last not in holder and before in holder
            entries = list(holder.items())
            holder.clear()
            for key, kept in entries:
                if key == before:
                    holder[last] = value
                holder[key] = kept
    return document


def spelled(value: Any) -> str:
    """JSON with its keys in their order: 1 is not 1.0, and the order matters."""
    return json.dumps(value, allow_nan=False)


def check(old: Storm, new: Storm) -> list[Op]:
    ops = delta(old, new)
    assert spelled(applied(plain(old.document()), ops)) == spelled(plain(new.document()))
    return ops


@given(storms, st.lists(edits, max_size=6))
def test_the_operations_make_the_new_document_whatever_was_edited_and_taken_back(
    storm: Storm, some: list[AnyEdit]
) -> None:
    first = storm
    for edit in some:
        try:
            after, undo = apply(storm, edit), invert(storm, edit)
        except EditError:
            continue
        check(storm, after)
        check(after, apply(after, undo))
        check(after, storm)
        storm = after
    check(first, storm)


@given(storms, storms)
@settings(max_examples=50)
def test_any_two_storms_have_their_operations(one: Storm, other: Storm) -> None:
    check(one, other)


@given(json_values, json_values)
def test_any_two_values_have_their_operations(one: Any, other: Any) -> None:
    assert spelled(applied(plain(one), json_delta(one, other))) == spelled(plain(other))


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True).flatmap(
        lambda keys: st.tuples(st.just(keys), st.permutations(keys))
    ),
    st.dictionaries(texts, st.integers(), max_size=3),
)
def test_keys_in_another_order_are_moved(keys: tuple[list[str], list[str]], more: dict[str, int]) -> None:
    old, new = (dict.fromkeys(some, 0) for some in keys)
    new |= more
    ops = json_delta(old, new)
    assert list(applied(old, ops)) == list(new)


def test_one_key_that_moves_is_all_that_is_sent() -> None:
    keys = [f"k{number}" for number in range(100)]
    moved = [*keys[:10], keys[50], *keys[10:50], *keys[51:]]
    assert json_delta(dict.fromkeys(keys, 1), dict.fromkeys(moved, 1)) == [
        ["del", ["k50"]],
        ["set", ["k50"], 1, "k10"],
    ]


@pytest.mark.parametrize("domain", ALL, ids=lambda path: path.name)
def test_what_a_hand_changes_in_the_file_is_told_as_little_operations(domain: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(domain, tmp_path))
    with open_storm(path) as opened:
        before = opened.storm
        first = next(iter(before.events))
        opened.rename_event(first, "Lamp Lit").save()
        named = opened.storm
        path.write_text(path.read_text().replace("Lamp Lit", "Lamp Out"))
        assert check(named, opened.storm) == [["set", ["events", first, "name"], "Lamp Out"]]
        assert load(domain).document() == plain(before.document())


def big(count: int) -> Storm:
    storm = Storm(name="Big").add_events(f"Thing {number} Done" for number in range(count))
    events = list(storm.events)
    storm = storm.changed(timeline=events, board={"notes": {event: [1.0, 2.0] for event in events}})
    storm.model_fields_set.update({"timeline", "board"})
    return storm.add_policy("After", when=events[:1], emits=events[1:2])


@given(st.lists(st.integers(0, 12), max_size=14), st.lists(st.integers(0, 12), max_size=14))
def test_items_that_only_move_are_found(old: list[int], new: list[int]) -> None:
    assert applied(old, json_delta(old, new)) == new


def test_an_edit_costs_the_same_bytes_among_two_thousand_notes() -> None:
    sizes = []
    for count in (100, 2000):
        storm = big(count)
        after = storm.rename_event("thing-50-done", "Thing Fifty Done").place(
            "thing-60-done", before="thing-0-done"
        )
        sizes.append(len(json.dumps(check(storm, after.place("thing-61-done")))))
    assert sizes[1] <= sizes[0] + 10


def test_one_name_or_place_is_a_handful_of_bytes_among_two_thousand_notes() -> None:
    storm = big(2000)
    renamed = storm.rename_event("thing-1000-done", "Thing Dropped")
    moved = storm.move("thing-1000-done", 3, 4)
    assert check(storm, renamed) == [["set", ["events", "thing-1000-done", "name"], "Thing Dropped"]]
    assert len(json.dumps(check(storm, moved))) < 100
