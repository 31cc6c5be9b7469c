"""Copies of a storm brought together: one result in any order, and nothing is lost."""

import itertools
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.board.room import Room
from anycompany.files import StormFileError, new_storm, open_storm, read_storm
from anycompany.files.journal import Entry, as_logged, lines_of
from anycompany.files.merging import Merged, merge
from anycompany.files.merging.bases import on_one_base
from anycompany.files.merging.copies import Copy
from anycompany.files.merging.joined import joined
from anycompany.files.replaying import ORIGIN
from anycompany.files.resting import log_path
from anycompany.storm.apply import apply, invert, resolve
from anycompany.storm.edits import AnyEdit
from anycompany.storm.errors import EditError
from anycompany.storm.model import Storm
from anycompany.storm.patch import diff

from .strategies import IDS, edits, storms
from .test_board_room import Browser

RICH = Storm.model_validate(
    {
        "name": "Rich",
        "events": {key: {"name": f"Thing {key} Happened"} for key in IDS},
        "timeline": IDS[:7],
        "entities": {"a": IDS[:3], "b": IDS[3:6], "c": []},
        "contexts": {"a": {"entities": ["a"]}, "b": {"entities": ["b"], "copies": ["a"]}, "c": {}},
        "policies": {key: {"when": ["a"], "emits": ["b"], "does": ["Ask"]} for key in "abc"},
        "services": {"a": {"context": "a"}, "b": {"context": "b"}, "c": {}},
        "listeners": {"a": {"hears": ["a"]}, "b": {"hears": "all"}, "c": {}},
        "contracts": {"a": {"fields": {"id": {}}}, "b": {}},
        "hotspots": {key: {"text": f"What of {key}?", "about": key} for key in "abc"},
        "decisions": {key: {"text": f"So be {key}"} for key in "abc"},
    }
)
"""A storm in which most random edits have a meaning."""

starts = st.just(RICH) | storms


def log_of(
    start: Sequence[Entry], storm: Storm, made: Sequence[AnyEdit], who: str, clock: int
) -> list[Entry]:
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
            entries.append(
                Entry(line + 2, f"{who}{line}u", who, stamp(clock + number), line + 1, as_logged(undo))
            )
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


@settings(max_examples=40, deadline=None)
@given(
    starts,
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
@given(starts, st.lists(edits, max_size=14), st.lists(st.integers(0, 2), min_size=20, max_size=20))
def test_any_split_of_one_log_over_files_gives_one_storm(
    start: Storm, made: Sequence[AnyEdit], whose: Sequence[int]
) -> None:
    first = as_logged(diff(ORIGIN, start))
    log = log_of([Entry(1, "first", "x", stamp(0), 0, first, "f1")], apply(ORIGIN, first), made, "x", 1)
    parts = [
        [log[0], *(entry for number, entry in enumerate(log[1:]) if whose[number] == part)]
        for part in range(3)
    ]
    results = {text(together(*order)) for order in itertools.permutations(parts)}
    results |= {
        text(together(together(one, two), three)) for one, two, three in itertools.permutations(parts)
    }
    assert len(results) == 1
    kept = [line for line in results.pop().splitlines() if b'"between"' not in line]
    assert sorted(json.loads(line)["id"] for line in kept) == sorted(entry.id for entry in log)


# -- files


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    path = new_storm(tmp_path / "inn.storm.yaml", "Inn")
    with open_storm(path, "Ada") as opened:
        opened.add_event("Room Booked").add_event("Key Lost").place("room-booked")
    return path


def copy_of(path: Path, name: str, log: bool = True) -> Path:
    copy = path.with_name(f"{name}.storm.yaml")
    shutil.copy(path, copy)
    if log:
        shutil.copy(log_path(path), log_path(copy))
    return copy


def said(merged: Merged) -> str:
    return " ".join(hotspot.text for hotspot in merged.storm.hotspots.values())


def test_conflicts_become_hot_spots_that_name_both_wishes_and_both_authors(inn: Path) -> None:
    ada, bob = copy_of(inn, "ada"), copy_of(inn, "bob")
    with open_storm(ada, "Ada") as opened:
        opened.rename_event("key-lost", "Key Mislaid").add_event("Room Cleaned")
    with open_storm(bob, "Bob\x1b[31m\u202e") as opened:
        opened.rename_event("key-lost", "Key Stolen").remove_event("room-booked")
    with open_storm(inn, "Cy") as opened:
        opened.rename_event("room-booked", "Room Reserved").add_event("Bill Paid")
    merged = merge(inn, [ada, bob])
    assert {event.name for event in merged.storm.events.values()} == {
        "Key Stolen",
        "Room Cleaned",
        "Bill Paid",
    }
    assert "Ada renamed the event Key Lost to Key Mislaid" in said(merged)
    assert "renamed the event Key Lost to Key Stolen" in said(merged) and "Bob" in said(merged)
    assert not {"\x1b", "\u202e"}.intersection(said(merged))
    assert "Cy renamed the event Room Booked to Room Reserved" in said(merged)
    assert "removed the event Room Booked" in said(merged) and len(merged.storm.hotspots) == 2
    assert read_storm(inn) == merged.storm and merged.added == {str(ada): 2, str(bob): 2}
    before = inn.read_bytes(), log_path(inn).read_bytes()
    again = merge(inn, [bob, ada])
    assert (inn.read_bytes(), log_path(inn).read_bytes()) == before and not any(again.added.values())
    with open_storm(bob, "Bob") as opened:
        opened.add_event("Guest Left")
    assert [*merge(inn, [bob]).storm.events][-1] == "guest-left"


def test_two_who_write_one_name_apart_make_two_notes_that_are_offered_for_joining(inn: Path) -> None:
    ada, bob = copy_of(inn, "ada"), copy_of(inn, "bob")
    with open_storm(ada, "Ada") as opened:
        opened.add_event("Bill Paid").place("bill-paid", after="room-booked").add_event("Purchase Cancelled")
    with open_storm(bob, "Bob") as opened:
        opened.add_event("Bill Paid").place("bill-paid", before="room-booked").add_event("Order Revoked")
        opened.rename_event("bill-paid", "Bill paid")
    merged = merge(ada, [bob], ada.with_name("both.storm.yaml"))
    paid = [key for key, event in merged.storm.events.items() if event.name.lower() == "bill paid"]
    assert merged.storm.timeline == [paid[1], "room-booked", paid[0]] and not merged.storm.hotspots
    assert [(one.keep, one.gone) for one in merged.offers] == [
        tuple(paid),
        ("purchase-cancelled", "order-revoked"),
    ]
    assert ada.with_name("both.storm.log.jsonl").read_bytes() != log_path(ada).read_bytes()
    assert [*read_storm(ada).events] == ["room-booked", "key-lost", "bill-paid", "purchase-cancelled"]


def test_files_alone_are_compared_with_what_they_were_saved_from(inn: Path) -> None:
    alone, unstamped, old = (copy_of(inn, name, log=False) for name in ("alone", "unstamped", "old"))
    alone.write_bytes(
        b"\xef\xbb\xbf" + alone.read_bytes().replace(b"Key Lost", b"Key Mislaid").replace(b"\n", b"\r\n")
    )
    lines = [line for line in unstamped.read_text().splitlines() if not line.startswith("# any")]
    unstamped.write_text(
        "\n".join(lines).replace("events:\n", "events:\n  lamp-lit: {name: Lamp Lit}\n") + "\n"
    )
    with open_storm(inn, "Cy") as opened:
        opened.remove_event("room-booked").add_event("Bill Paid")
    results = set()
    for number, order in enumerate(itertools.permutations([alone, unstamped, old])):
        merged = merge(inn, order, inn.with_name(f"out{number}.storm.yaml"))
        results.add(log_path(merged.path).read_bytes())
        names = {event.name for event in merged.storm.events.values()}
        assert names == {"Key Mislaid", "Bill Paid", "Lamp Lit"} and not merged.storm.hotspots
    assert len(results) == 1


def test_a_log_that_began_with_a_mailed_file_goes_on_where_that_was(inn: Path) -> None:
    bob, cy = copy_of(inn, "bob", log=False), copy_of(inn, "cy", log=False)
    with open_storm(inn, "Ada") as opened:
        opened.rename_event("key-lost", "Key Mislaid")
    for path, name in ((bob, "Key Stolen"), (cy, "Key Broken")):
        with open_storm(path, path.name) as opened:
            opened.rename_event("key-lost", name).add_event(f"{name} Again")
    logs = [[inn, bob, cy], [bob, inn, cy], [cy, bob, inn]]
    results = {
        log_path(merge(one, rest, one.with_name(f"out{number}.storm.yaml")).path).read_bytes()
        for number, (one, *rest) in enumerate(logs)
    }
    pair = merge(cy, [bob], cy.with_name("pair.storm.yaml")).path
    results.add(log_path(merge(pair, [inn]).path).read_bytes())
    assert len(results) == 1
    merged = read_storm(pair)
    assert (
        len(merged.events) == 4
        and next(iter(merged.hotspots.values())).text.count("renamed the event Key Lost") == 3
    )


def test_a_file_that_never_had_a_log_is_what_the_logs_of_its_copies_began_with(tmp_path: Path) -> None:
    base = tmp_path / "base.storm.yaml"
    base.write_text(
        "name: Inn\nevents: {a: {name: Room Booked}, b: {name: Key Lost}, c: {name: Lamp Lit}}\ntimeline: [a, b]\n"
    )
    copies = [Path(shutil.copy(base, tmp_path / f"{name}.storm.yaml")) for name in "xyz"]
    for copy in copies:
        with open_storm(copy, copy.name[0]) as opened:
            opened.rename_event("b", f"Key of {copy.name[0]}").add_event(f"Done by {copy.name[0]}")
    base.write_text(base.read_text().replace("[a, b]", "[b, a]").replace(", c: {name: Lamp Lit}", ""))
    results = set()
    for number, (one, *rest) in enumerate(itertools.permutations([base, *copies])):
        merged = merge(one, rest, tmp_path / f"out{number}.storm.yaml")
        results.add(log_path(merged.path).read_bytes())
    assert len(results) == 1
    assert merged.storm.timeline == ["b", "a"] and "c" not in merged.storm.events
    assert said(merged).count("renamed the event Key Lost") == 3 and len(merged.storm.events) == 5


def test_without_any_log_files_are_brought_together_and_nothing_is_taken_away(tmp_path: Path) -> None:
    paths = []
    for name, events in (
        ("a", "x: {name: Room Booked}"),
        ("b", "y: {name: Key Lost}"),
        ("c", "x: {name: Room Let}"),
    ):
        paths.append(tmp_path / f"{name}.storm.yaml")
        paths[-1].write_text(f"name: Inn\nevents:\n  {events}\n# of {name}\n")
        os.utime(paths[-1], (len(paths), len(paths)))
    merged = merge(paths[0], paths[1:], tmp_path / "all.storm.yaml")
    assert {key: event.name for key, event in merged.storm.events.items()} == {
        "x": "Room Let",
        "y": "Key Lost",
    }
    assert merge(paths[2], paths[:2], tmp_path / "again.storm.yaml").storm == merged.storm


NOWHERE = (
    b'{"id": "x", "author": "Eve", "time": "", "on": 1,'
    b' "edit": {"kind": "patch", "steps": [{"path": [], "to": {}}]}}\n'
)
"""A line that says something of the whole storm at once, which no edit does."""


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda path: path.write_text("name: [unclosed\n"), "bob.storm.yaml"),
        (lambda path: path.write_text("format: 99\nname: Inn\n"), "newer version"),
        (
            lambda path: log_path(path).write_bytes(b'{"id": "x"}\n' + log_path(path).read_bytes()),
            "is no edit",
        ),
        (
            lambda path: log_path(path).write_bytes(log_path(path).read_bytes() + NOWHERE),
            "is no edit",
        ),
        (
            lambda path: log_path(path).write_bytes(log_path(path).read_bytes().replace(b"Key", b"Kay")),
            "another one",
        ),
        (
            lambda path: log_path(path).write_bytes(log_path(path).read_bytes().replace(b'"Ada"', b'"Bob"')),
            "another",
        ),
        (
            lambda path: (log_path(path).unlink(), path.write_text("name: Bank\n")),
            "This is another storm, 'Bank'",
        ),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "UTF-16"),
    ],
)
def test_a_copy_that_is_none_is_refused_and_nothing_is_written(inn: Path, spoil, what: str) -> None:  # type: ignore[no-untyped-def]
    bob = copy_of(inn, "bob")
    spoil(bob)
    before = inn.read_bytes(), log_path(inn).read_bytes()
    with pytest.raises(StormFileError, match=what) as raised:
        merge(inn, [bob])
    assert "bob" in raised.value.where and raised.value.remedy
    assert (inn.read_bytes(), log_path(inn).read_bytes()) == before


def test_a_log_that_was_cut_off_loses_nothing_that_its_file_or_another_copy_has(inn: Path) -> None:
    bob = copy_of(inn, "bob")
    with open_storm(bob, "Bob") as opened:
        opened.add_event("Bill Paid").add_event("Guest Left")
    lines = log_path(bob).read_bytes().replace(b"\n", b"\r\n").splitlines(keepends=True)
    log_path(bob).write_bytes(b"".join(lines[:-2]) + lines[-2][:30])
    merged = merge(inn, [bob])
    assert [*merged.storm.events] == ["room-booked", "key-lost", "bill-paid", "guest-left"]
    assert not merged.storm.hotspots and not merge(inn, [bob]).added[str(bob)]


def test_ten_thousand_edits_come_together(inn: Path) -> None:
    bob = copy_of(inn, "bob")
    head = log_path(bob).read_bytes()
    lines = [
        {"id": f"b{n}", "author": "Bob", "time": stamp(n // 60), "on": n + 4}
        | {"edit": {"kind": "add", "to": "events", "name": f"Thing {n} Done", "id": f"thing-{n}", "keys": {}}}
        for n in range(10_000)
    ]
    log_path(bob).write_bytes(head + b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    with open_storm(inn, "Cy") as opened:
        opened.add_event("Bill Paid")
    merged = merge(inn, [bob])
    assert len(merged.storm.events) == 10_003 and len(merged.entries) == 10_005


def test_a_board_that_is_open_goes_on_with_what_was_merged(inn: Path) -> None:
    bob = copy_of(inn, "bob")
    with open_storm(bob, "Bob") as opened:
        opened.add_event("Bill Paid")
    room = Room(inn)
    tab = Browser(room, "a")
    tab.hello().add("Guest Left")
    merge(inn, [bob])
    sent = tab.add("Lamp Lit")
    if "Lamp Lit" not in tab.names():  # the room had to open the log again: what was typed is sent again
        assert tab.last("nack")["id"] == sent and tab.last("nack")["again"]
        tab.hello().add("Lamp Lit", sent_as=sent)
    assert {"Bill Paid", "Guest Left", "Lamp Lit"} <= set(tab.names())
    room.close()
    assert {event.name for event in read_storm(inn).events.values()} >= {
        "Bill Paid",
        "Guest Left",
        "Lamp Lit",
    }
