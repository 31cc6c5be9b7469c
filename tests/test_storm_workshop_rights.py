"""What a guest may do, whatever they send."""

from hypothesis import given, settings, strategies as st

from anycompany.storm import edits as e
from anycompany.storm.model import Storm
from anycompany.storm.workshop.rights import (
    BUILT_ON,
    NOTES,
    VOTED_ON,
    as_guest,
    refused_for_others,
    refused_to_guest,
)
from anycompany.storm.workshop.writers import Writers

from .strategies import edits, ids

OWN = st.frozensets(st.tuples(st.sampled_from(NOTES), ids).map("/".join), max_size=4)


@given(edits, OWN)
@settings(max_examples=200)
def test_whatever_a_guest_may_do_is_one_of_four_things(edit: e.AnyEdit, own: frozenset[str]) -> None:
    if refused_to_guest(edit, own):
        return
    match edit:
        case e.Add():
            assert edit.to in NOTES
            assert set(edit.keys) <= {"about"}
        case e.Rename() | e.Remove():
            assert f"{edit.of}/{edit.id}" in own
        case _:
            assert isinstance(edit, e.Vote)


def test_guests_add_notes_and_hot_spots_change_and_take_back_their_own_and_vote() -> None:
    own = {"events/room-booked", "hotspots/fees"}
    for edit in (
        e.Add(to="events", name="Room Booked"),
        e.Add(to="hotspots", name="Who pays fees?", keys={"about": "room-booked"}),
        e.Rename(of="events", id="room-booked", name="Room Reserved"),
        e.Remove(of="hotspots", id="fees"),
        e.Vote(hotspot="others", who="Ada"),
        e.Vote(context="billing", who="Ada", up=False),
    ):
        assert refused_to_guest(edit, own) is None


def test_nothing_of_others_and_nothing_in_a_bundle() -> None:
    for edit in (
        e.Rename(of="events", id="room-booked", name="Mine"),
        e.Remove(of="events", id="room-booked"),
        e.Batch(edits=[e.Add(to="events", name="Room Booked")]),
        e.Add(to="events", name="Room Booked", keys={"pivotal": True}),
        e.Add(to="hotspots", name="Stuffed", keys={"votes": ["Ada", "Bob"]}),
        e.Patch(steps=[]),
        e.GoTo(phase="vote"),
        e.Settings(keys={"name": "Mine"}),
    ):
        refusal = refused_to_guest(edit, ())
        assert refusal
        assert all(refusal)


def test_a_dot_is_put_under_ones_own_name_and_a_note_gets_an_id_from_the_kernel() -> None:
    assert as_guest(e.Vote(hotspot="fees", who="Bob"), "Ada") == e.Vote(hotspot="fees", who="Ada")
    assert as_guest(e.Add(to="events", name="Room Booked", id="mine"), "Ada").record()["id"] is None


def test_a_guest_takes_nothing_back_on_which_others_have_built() -> None:
    inn = Storm(name="Inn").add_events(["Room Booked", "Bill Paid"])
    take_back = e.Remove(of="events", id="room-booked")
    assert refused_for_others(take_back, inn, "Ada") is None
    for build in (
        e.SetTrigger.model_validate(
            {"event": "room-booked", "trigger": {"actor": "Guest", "command": "Book"}}
        ),
        e.Add(to="policies", name="Bill it", keys={"when": ["room-booked"]}),
        e.Add(to="policies", name="Book it", keys={"when": ["bill-paid"], "emits": ["room-booked"]}),
        e.Add(to="entities", name="Room", keys={"events": ["room-booked"]}),
        e.Add(to="contracts", name="room-booked", id="room-booked"),
        e.Add(to="listeners", name="Audit", keys={"hears": ["room-booked"]}),
    ):
        built = inn.do(build)
        assert refused_for_others(take_back, built, "Ada") == BUILT_ON, build
        assert (
            refused_for_others(e.Rename(of="events", id="room-booked", name="Room Let"), built, "Ada") is None
        )
        assert refused_for_others(e.Remove(of="events", id="bill-paid"), inn, "Ada") is None
    heard_by_all = inn.do(e.Add(to="listeners", name="Audit", keys={"hears": "all"}))
    assert refused_for_others(take_back, heard_by_all, "Ada") is None


def test_a_hot_spot_stays_what_it_was_when_others_put_their_dots_on_it() -> None:
    inn = Storm(name="Inn").do(e.Add(to="hotspots", name="Who pays?", id="fees"))
    edits_of_it = (
        e.Remove(of="hotspots", id="fees"),
        e.Rename(of="hotspots", id="fees", name="Who is fired?"),
    )
    for edit in edits_of_it:
        assert refused_for_others(edit, inn.do(e.Vote(hotspot="fees", who="Ada")), "Ada") is None
        assert refused_for_others(edit, inn.do(e.Vote(hotspot="fees", who="Bob")), "Ada") == VOTED_ON
        voting = inn.do(e.Conduct(keys={"voting": {"dots": 3}}))
        assert refused_for_others(edit, voting, "Ada") == VOTED_ON, "nobody learns whether there are dots"


def test_a_note_that_anothers_was_merged_into_is_nobodys_own() -> None:
    writers = Writers()
    for number, (person, key) in enumerate(
        (("a" * 8, "paid"), ("a" * 8, "bill-paid"), ("b" * 8, "payed")), 1
    ):
        writers.take(f"{person}0001_{number}", e.Add(to="events", name=key, id=key))
    writers.take("c" * 8 + "0001_1", e.Merge(keep="paid", gone="bill-paid"))
    assert "events/paid" in writers.own("a" * 8)
    writers.take("c" * 8 + "0001_2", e.Batch(edits=[e.Merge(keep="paid", gone="payed")]))
    assert "events/paid" not in writers.own("a" * 8)
