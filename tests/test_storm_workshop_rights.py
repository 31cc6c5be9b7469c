"""What a guest may do, whatever they send."""

from hypothesis import given, settings, strategies as st

from anycompany.storm import edits as e
from anycompany.storm.workshop.rights import NOTES, as_guest, refused_to_guest

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
