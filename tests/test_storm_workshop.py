"""Where a workshop stands: edits that steer it, what phases open, what is seen before the reveal, and the reveal."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.files.document import document_of
from anycompany.files.errors import StormFileError
from anycompany.storm import edits as e
from anycompany.storm.apply import apply, invert
from anycompany.storm.describe import describe
from anycompany.storm.errors import EditError
from anycompany.storm.method import STEPS
from anycompany.storm.model import Storm
from anycompany.storm.workshop.agenda import EVERYBODY_DAY, agenda_of, neighbour, phases
from anycompany.storm.workshop.blind import seen_by
from anycompany.storm.workshop.gathering import gathered
from anycompany.storm.workshop.phases import held_back, held_from, open_step, step_of
from anycompany.storm.workshop.state import Workshop
from anycompany.storm.workshop.steering import stamped, steers
from anycompany.storm.workshop.writers import Writers

from .strategies import documents, edits, storms

INN = Storm(name="Inn").add_events(["Room Booked", "Bill Paid"])
NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def test_the_agenda_is_the_eight_steps_in_one_day_with_everybody_and_a_week() -> None:
    steps = [phase.step for phase in phases()]
    assert steps == sorted(steps) and {*steps} == {step.number for step in STEPS}
    days = [phase.day for phase in phases()]
    assert days == sorted(days) and max(days) == 5
    everybody = [phase for phase in phases() if phase.day == EVERYBODY_DAY]
    assert sum(phase.minutes for phase in everybody) <= 8 * 60
    assert {phase.step for phase in phases() if phase.day > EVERYBODY_DAY} == {6, 7, 8}
    minutes = {phase.id: phase.minutes for phase in phases()}
    assert minutes["contexts"] == STEPS[4].minutes, "durations of steps are the method's"


def test_timings_are_changed_one_by_one_and_a_phase_is_taken_off() -> None:
    storm = INN.do(e.Plan(minutes={"alone": 20, "lunch": None})).do(e.Plan(minutes={"vote": 5}))
    assert storm.workshop
    told = {slot.phase.id: slot.minutes for slot in agenda_of(storm.workshop)}
    assert (told["alone"], told["vote"], "lunch" in told) == (20, 5, False)
    assert neighbour(storm.do(e.GoTo(phase="triggers")).workshop or Workshop(), 1) == "entities"
    assert neighbour(storm.do(e.GoTo(phase="lunch")).workshop or Workshop(), -1) == "triggers"


def test_a_phase_brings_its_time_and_what_it_begins_with() -> None:
    storm = INN.do(e.GoTo(phase="alone", since="2026-01-31T11:59:00+00:00"))
    assert storm.workshop and storm.workshop.blind and storm.workshop.left(NOON) == 840
    storm = storm.do(e.Conduct(keys={"locked": True})).do(e.GoTo(phase="vote"))
    assert storm.workshop and not storm.workshop.blind and storm.workshop.voting
    assert storm.workshop.left(NOON) == 1200, "it stands until it is started"
    ended = storm.do(e.GoTo(phase=None)).workshop
    assert ended and (ended.phase, ended.locked, ended.voting, ended.seconds) == (None, False, None, None)


@pytest.mark.parametrize("since", ["2026-01-31T12:00:30+00:00", "2026-01-31T21:00:30+09:00"])
def test_a_clock_in_another_zone_or_a_little_ahead_does_not_matter(since: str) -> None:
    assert Workshop(seconds=60, since=since).left(NOON) == 60


def test_a_kernel_writes_its_own_time_whatever_an_edit_claims() -> None:
    now = NOON.isoformat()
    batch = stamped(e.Batch(edits=[e.Timer(seconds=5, since="yesterday"), e.Timer(seconds=5)]), now)
    assert isinstance(batch, e.Batch)
    assert [one.since for one in batch.edits if isinstance(one, e.Timer)] == [now, None]


@pytest.mark.parametrize(
    "edit",
    [
        e.Timer(seconds=5, since="yesterday"),
        e.Conduct(keys={"driver": {"person": "nobody"}}),
        e.Conduct(keys={"voting": {"dots": 0}}),
        e.Conduct(keys={"here": {"step": 9}}),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(edit: e.AnyEdit) -> None:
    with pytest.raises(EditError, match="workshop"):
        INN.do(edit)


def test_a_hand_in_the_file_is_told_the_line_of_what_is_wrong() -> None:
    with pytest.raises(StormFileError, match="welcome"):
        document_of("name: Inn\nworkshop:\n  phase: dinner\n", "inn.storm.yaml")
    said = "name: Inn\nworkshop: {phase: vote, since: 2026-01-31T12:00:00, seconds: 3}\n"
    with pytest.raises(StormFileError, match="zone"):
        document_of(said, "inn.storm.yaml")


@given(storms, edits)
@settings(max_examples=60, deadline=None)
def test_what_a_phase_opens_is_of_its_step_or_earlier_and_nothing_else_is_held_back(
    storm: Storm, edit: e.AnyEdit
) -> None:
    on = storm.changed(workshop=Workshop(phase="triggers"))
    assert (held_back(on, edit) is None) == (steers(edit) or step_of(edit) <= open_step(on) == 3)
    off = storm.changed(workshop=None)
    assert held_back(off, edit) is None and held_from(off, "1a2b3c4d") is None and open_step(off) == 8


@given(documents, st.data())
@settings(max_examples=80, deadline=None)
def test_before_the_reveal_a_view_holds_ones_own_notes_and_no_word_of_others(
    document: dict[str, object], data: st.DataObject
) -> None:
    storm = Storm.model_validate({**document, "workshop": {"blind": True}})
    refs = [*(f"events/{key}" for key in storm.events), *(f"hotspots/{key}" for key in storm.hotspots)]
    own = data.draw(st.sets(st.sampled_from(refs))) if refs else set()
    view = seen_by(storm, own)
    assert {f"events/{key}" for key in view.events} == {ref for ref in own if ref.startswith("events/")}
    assert {f"hotspots/{key}" for key in view.hotspots} == {ref for ref in own if ref.startswith("hotspots/")}
    told = {
        "name",
        "format",
        "language",
        "source",
        "technical",
        "workshop",
        "events",
        "hotspots",
        "board",
        "timeline",
    }
    assert set(view.document()) <= told
    placed = {event for moment in view.document().get("timeline", []) for event in _events(moment)}
    assert placed <= set(view.events)
    assert Storm.model_validate(json.loads(json.dumps(view.document()))) == view
    assert {*view.board.get("notes", {})} <= own and "zoom" not in view.board


def _events(moment: object) -> list[str]:
    if isinstance(moment, dict):
        moment = moment["or"]
    return [moment] if isinstance(moment, str) else list(moment)  # type: ignore[call-overload]


def test_hidden_dots_are_seen_by_those_who_put_them() -> None:
    writers = Writers()
    storm = INN.add_hotspot("Fees?").add_context("Desk")
    for person, who in (("1a2b3c4d", "Ada"), ("99999999", "Ada 2")):
        vote = e.Vote(context="desk", who=who)
        writers.take(f"{person}0001_1", vote)
        storm = storm.do(vote)
    storm = storm.do(e.Conduct(keys={"voting": {"dots": 2, "hidden": True}}))
    views = [seen_by(storm, voted=writers.voted(who, storm)) for who in ("1a2b3c4d", "99999999", "00000000")]
    assert [view.contexts["desk"].votes for view in views] == [["Ada"], ["Ada 2"], []]
    assert seen_by(storm.do(e.Conduct(keys={"voting": None}))).contexts["desk"].votes == ["Ada", "Ada 2"]


def test_a_dot_is_on_one_thing() -> None:
    for keys in ({}, {"hotspot": "a", "context": "b"}):
        with pytest.raises(ValueError, match="one hot spot or on one context"):
            e.Vote(who="Ada", **keys)


@given(st.lists(st.sampled_from(["Room Booked", "Rooms Booked", "Bill Paid", "Guest Arrived", "Key Lost"])))
@settings(max_examples=60, deadline=None)
def test_the_reveal_lays_no_note_on_another_and_leaves_what_lies_alone(names: list[str]) -> None:
    storm = INN.do(e.Batch(edits=[]))
    for number, name in enumerate(names):
        storm = storm.add_event(name)
        event = list(storm.events)[-1]
        storm = storm.move(f"events/{event}", 156 * (number % 3), 0)
    storm = storm.add_event("Window Opened").move("events/window-opened", 2000, 2000)
    moves = gathered(storm)
    laid = storm.do(e.Batch(edits=moves)).board["notes"]
    for (x, y), (other_x, other_y) in itertools.combinations(laid.values(), 2):
        assert abs(x - other_x) >= 132 or abs(y - other_y) >= 88
    assert laid["events/window-opened"] == [2000, 2000]


def test_what_a_board_laid_where_phones_notes_are_shown_gives_way_at_the_reveal() -> None:
    """Before the reveal the board shows its writer an empty wall, and lays their notes at its beginning."""
    storm = INN
    for number, name in enumerate(["Buoy Painted", "Tide Turned", "Rope Spliced"]):
        storm = storm.add_event(name)
        storm = storm.move(f"events/{list(storm.events)[-1]}", 156.0 * number, 0)
    moves = gathered(storm)
    places = [(move.note, move.x, move.y) for move in moves]
    assert places == [("events/buoy-painted", 0, 112), ("events/tide-turned", 156, 112)]


@pytest.mark.parametrize(
    "edit",
    [
        e.Plan(minutes={"alone": 3}),
        e.GoTo(phase="vote"),
        e.Timer(seconds=5),
        *(e.Conduct(keys={key: True}) for key in ("blind", "locked")),
        e.Conduct(keys={"driver": {"person": "1a2b3c4d", "name": "Bo"}, "voting": None}),
        e.Conduct(keys={"locked": False}),
    ],
)
def test_what_steers_says_so_in_words_and_can_be_told_from_all_else(edit: e.AnyEdit) -> None:
    after = apply(INN, edit)
    assert describe(edit, INN)
    assert steers(invert(INN, edit)) or after.workshop == INN.workshop
    assert all(not steers(step) for step in (e.Add(to="events", name="A"), e.Move(note="a", x=1, y=1)))
