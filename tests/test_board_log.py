"""What the board needs of the log: ids of its own, undo for a person rather than a name, and no way to lose a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from anycompany.files import OpenStorm, new_storm, open_storm
from anycompany.files.conflicts import conflicts
from anycompany.files.undoing import undo_target
from anycompany.storm.apply import apply
from anycompany.storm.edits import Add, Patch, Set, Unset
from anycompany.storm.errors import EditError
from anycompany.storm.model import Storm

LOST = Add(to="events", name="Key Lost")
PAID = Add(to="events", name="Bill Paid")


@pytest.fixture
def opened(tmp_path: Path) -> OpenStorm:
    return open_storm(new_storm(tmp_path / "inn.storm.yaml", "Inn"), "Ada")


def names(storm: Storm) -> list[str]:
    return [event.name for event in storm.events.values()]


def test_an_edit_with_an_id_happens_once_and_the_log_tells_where(opened: OpenStorm) -> None:
    assert opened.revision_of("a_1") is None
    for _ in range(2):
        opened.do(LOST, author="Bo", id="a_1")
    assert names(opened.storm) == ["Key Lost"] and opened.revision_of("a_1") == 2
    again = open_storm(opened.path, "Ada")
    assert again.revision_of("a_1") == 2 and again.do(LOST, id="a_1").revision == 2
    assert (again.history()[-1].id, again.history()[-1].author) == ("a_1", "Bo")


@pytest.mark.parametrize("identifier", ["", "a b", "x" * 41, "../x", "é", "a\n"])
def test_what_is_no_id_is_refused(opened: OpenStorm, identifier: str) -> None:
    with pytest.raises(EditError, match="no id for an edit"):
        opened.do(LOST, id=identifier)
    assert opened.revision == 0


def test_a_person_takes_back_their_own_edits_whatever_they_are_called(opened: OpenStorm) -> None:
    opened.do(LOST, author="Kim", id="aaaa_1").do(PAID, author="Kim", id="bbbb_1")
    opened.undo(author="Kim", by="aaaa", id="aaaa_2")
    assert names(opened.storm) == ["Bill Paid"]
    opened.undo(author="Kim", by="aaaa", id="aaaa_2")  # sent again
    opened.redo(author="Kim", by="aaaa", id="aaaa_3")
    assert set(names(opened.storm)) == {"Bill Paid", "Key Lost"}
    assert [entry.author for entry in opened.history()[1:]] == ["Kim"] * 4
    with pytest.raises(EditError, match="nothing that could be done again"):
        opened.redo(author="Kim", by="bbbb")
    opened.undo(author="Kim")  # by name it is the last of anybody called so
    assert opened.history()[-1].author == "Ada"


def test_the_last_edit_to_take_back_is_found_in_a_long_log_at_once(opened: OpenStorm) -> None:
    entry = opened.do(LOST, id="aaaa_1").history()[-1]
    assert undo_target([entry] * 100_000, "Ada", by="aaaa").id == "aaaa_1"


def test_entries_and_storm_are_of_one_moment(opened: OpenStorm) -> None:
    opened.do(LOST)
    with open_storm(opened.path) as other:
        other.do(PAID)
    entries, storm = opened.since(1)
    assert [entry.revision for entry in entries] == [2, 3]
    assert names(storm) == ["Key Lost", "Bill Paid"]
    assert opened.since(3)[0] == []


def test_only_what_both_have_changed_is_a_conflict_and_each_can_be_put_back() -> None:
    storm = Storm(name="Inn").add_events(["Key Found", "Bill Paid"]).add_entity("Key", ["key-found"])
    by_hand = Patch(
        steps=[
            Set(path=["events", "key-found", "name"], to="Key Gone", was="Key Lost"),
            Set(path=["events", "bill-paid", "pivotal"], to=True),
            Set(path=["events", "bed-made", "name"], to="Bed Aired", was="Bed Made"),
            Unset(path=["entities", "key"], was={"events": []}),
            Set(path=["name"], to="Inn", was="Tavern"),
        ]
    )
    found = conflicts(storm, by_hand)
    assert [(one.where[-1], one.by_hand, one.was) for one in found] == [
        ("name", "Key Gone", "Key Found"),
        ("name", "Bed Aired", None),
        ("key", None, storm.entities["key"].document()),
    ]
    after = apply(storm, by_hand)
    for one in found:
        after = apply(after, one.edit)
    assert names(after) == ["Key Found", "Bill Paid", "Bed Aired"] and after.entities["key"].events == [
        "key-found"
    ]
