"""A room in a workshop: what a phase opens, who may write, what each sees, and what the kernel keeps to itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from anycompany.board import sealing
from anycompany.board.permits import NO_VOTE
from anycompany.board.room import Room
from anycompany.files import new_storm, open_storm
from anycompany.storm.errors import EditError

from .test_board_room import Browser, wait_for


class Facilitator(Browser):
    """A tab of the workshop page."""

    facilitates = True

    def steer(self, kind: str, **keys: Any) -> None:
        self.edit(kind, **keys)


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    return new_storm(tmp_path / "inn.storm.yaml", "Inn")


@pytest.fixture
def make(inn: Path) -> Iterator[Callable[[], Room]]:
    """Rooms of kernels on one storm."""
    made: list[Room] = []

    def one() -> Room:
        made.append(Room(inn))
        return made[-1]

    yield one
    for room in made:
        room.close()


@pytest.fixture
def room(make: Callable[[], Room]) -> Room:
    return make()


def everything(browser: Browser) -> str:
    """All that a browser was ever told."""
    return json.dumps(browser.heard, ensure_ascii=False).lower()


def refusals(browser: Browser) -> list[str]:
    return [message["why"] for message in browser.of("nack")]


def test_a_storm_without_a_workshop_tells_participants_nothing_of_one(room: Room) -> None:
    ada = Browser(room, "a").hello()
    ada.add("Room Booked")
    ada.edit("add", to="contexts", name="Front desk")
    assert not ada.of("workshop") and not ada.of("nack") and "workshop" not in ada.doc


def test_a_phase_opens_its_step_and_those_before_and_holds_later_ones_back(room: Room) -> None:
    ada, fay = Browser(room, "a").hello(), Facilitator(room, "f").hello()
    fay.steer("phase", phase="sequence", since="now")
    ada.add("Room Booked", id="room-booked")
    ada.edit("place", event="room-booked")
    ada.edit("add", to="entities", name="Room")
    assert refusals(ada) == ["Entities come later: we are at “Temporal Sequencing” now."]
    fay.edit("add", to="entities", name="Room")
    assert refusals(fay) == refusals(ada), "it holds for everybody"
    ada.edit("add", to="hotspots", name="Who owns a room?")
    ada.edit("add", to="decisions", name="Rooms are booked", keys={"because": "we say so"})
    fay.steer("phase", phase="entities", since="now")
    ada.edit("add", to="entities", name="Room")
    assert len(refusals(ada)) == 1 and ada.doc["entities"]
    assert ada.last("workshop")["phase"]["name"] == "Entities and Aggregates"
    fay.steer("phase", phase=None)
    ada.edit("add", to="services", name="Rooms")
    assert len(refusals(ada)) == 1


def test_only_a_facilitator_steers_whatever_a_message_claims(room: Room) -> None:
    ada = Browser(room, "a").hello()
    forged: list[dict[str, Any]] = [
        {"kind": "phase", "phase": "alone"},
        {"kind": "timer", "seconds": 1},
        {"kind": "conduct", "keys": {"locked": True}},
        {"kind": "plan", "minutes": {"lunch": None}},
        {"kind": "patch", "steps": [{"path": ["workshop", "locked"], "to": True}]},
        {"kind": "patch", "steps": [{"path": ["workshop"], "to": {"locked": True}}]},
        {"kind": "batch", "edits": [{"kind": "phase", "phase": "alone"}]},
    ]
    for number, edit in enumerate(forged, 50):
        ada.say("edit", id=f"{ada.to}_{number}", edit=edit, facilitates=True)
    assert len(ada.of("nack")) == len(forged)
    assert "workshop" not in ada.doc and open_storm(room.path).storm.workshop is None


def test_a_lock_and_a_driver_leave_the_wall_to_those_who_have_it(room: Room) -> None:
    ada, bo, fay = Browser(room, "a").hello(), Browser(room, "b").hello(), Facilitator(room, "f").hello()
    fay.steer("conduct", keys={"locked": True})
    ada.add("Room Booked")
    fay.add("Bill Paid")
    assert refusals(ada) == ["The facilitator has locked the wall."] and fay.names() == ["Bill Paid"]
    fay.steer("conduct", keys={"locked": False, "driver": {"person": bo.person, "name": "Bo"}})
    ada.add("Room Booked")
    bo.add("Room Cleaned")
    ada.undo()
    assert refusals(ada)[1:] == ["Bo is driving.", "Bo is driving."]
    assert ada.names() == ["Bill Paid", "Room Cleaned"]


def test_the_timer_is_told_as_seconds_left_by_the_kernels_own_clock(room: Room) -> None:
    fay = Facilitator(room, "f").hello()
    fay.steer("phase", phase="alone", since="1999-12-31T00:00:00+09:00")
    told = fay.last("workshop")
    assert told["running"] and 895 <= told["left"] <= 900
    fay.steer("timer", seconds=told["left"] + 60)
    told = fay.last("workshop")
    assert not told["running"] and 955 <= told["left"] <= 960
    assert "since" not in json.dumps(told)


def test_before_the_reveal_nothing_of_anothers_note_reaches_a_browser(room: Room) -> None:
    fay = Facilitator(room, "f").hello()
    fay.add("Secret Before", id="secret-before")
    fay.steer("phase", phase="alone", since="now")
    ada, bo = Browser(room, "a").hello(), Browser(room, "b").hello()
    ada.heard.clear()
    bo.heard.clear()
    seen = bo.revision
    ada.add("Zebra Counted")
    ada.add("Zebra Counted", id="zebra-counted")
    ada.edit("add", to="hotspots", name="Who feeds the zebra?")
    ada.say("presence", holds="events/zebra-counted", editing="events/zebra-counted", pointer=[1, 2])
    ada.edit("rename", of="events", id="zebra-counted", name="Zebra Found")
    ada.undo()
    assert not ada.of("nack")
    assert sorted(ada.names()) == ["Zebra Counted", "Zebra Counted"]
    assert bo.doc.get("events") is None and bo.revision == seen and not bo.of("patch")
    bo.add("Zebra Counted")
    assert bo.names() == ["Zebra Counted"], "two may write the same, and neither is told"
    (own,) = bo.doc["events"]
    assert own.startswith("zebra-counted-") and not own.endswith("-2")
    for question in ("history", "what-if", "suggestions", "at"):
        assert not bo.ask(question, edits=[], revision=1)["ok"]
    for kind, keys in (
        ("rename", {"of": "events", "id": "zebra-counted", "name": "Mine"}),
        ("remove", {"of": "events", "id": "secret-before"}),
        ("merge", {"keep": own, "gone": "zebra-counted"}),
        ("move", {"note": "events/zebra-counted", "x": 1, "y": 1}),
        ("patch", {"steps": [{"path": ["events"], "to": {}}]}),
    ):
        bo.edit(kind, **keys)
    assert len(bo.of("nack")) == 5
    heard = everything(bo).replace(own, "").replace("events/zebra-counted", "").replace("zebra-counted", "")
    assert (
        "feeds" not in heard and "found" not in heard and "secret" not in heard.replace("secret-before", "")
    )
    assert heard.count("zebra counted") == 1, "its own"
    late = Browser(room, "c").hello()
    assert "zebra" not in everything(late) and "secret" not in everything(late)
    assert late.last("snapshot")["insight"]["progress"] == {}
    fay.steer("conduct", keys={"blind": False})
    assert sorted(late.names()) == ["Secret Before", *["Zebra Counted"] * 3]
    assert bo.doc == late.doc == fay.doc and bo.gaps == 0
    assert bo.ask("history")["ok"]


def test_on_a_line_that_others_hear_too_what_is_for_one_tab_is_sealed(room: Room) -> None:
    class Line:
        """A widget: whatever it is sent reaches all browsers on its kernel."""

        facilitates = True

        def __init__(self) -> None:
            self.heard: list[dict[str, Any]] = []
            self.tabs: dict[str, tuple[Browser, str]] = {}

        def send(self, content: dict[str, Any]) -> None:
            self.heard.append(content)
            for browser, key in self.tabs.values():
                if content["type"] != "sealed":
                    browser.send(content)
                elif content["to"] == browser.to:
                    browser.send(sealing.opened(content, key))

    line = Line()
    ada, bo = Browser(room, "a", member=line), Browser(room, "b", member=line)
    for browser, key in ((ada, "aa" * 32), (bo, "bb" * 32)):
        line.tabs[browser.to] = (browser, key)
        browser.hello(key=key)
    ada.edit("phase", phase="alone", since="now")
    line.heard.clear()
    ada.add("Zebra Counted")
    bo.add("Giraffe Counted")
    bo.hello(key="bb" * 32)
    assert ada.names() == ["Zebra Counted"] and bo.names() == ["Giraffe Counted"]
    heard = json.dumps(line.heard).lower()
    assert "zebra" not in heard and "giraffe" not in heard and line.heard
    Browser(room, "a", member=line).hello(key="cc" * 32)
    assert ada.last("snapshot")["doc"]["events"], "nobody takes a tab over by a key of their own"
    ada.edit("conduct", keys={"blind": False})
    assert sorted(ada.names()) == sorted(bo.names()) == ["Giraffe Counted", "Zebra Counted"]


def test_a_list_pasted_before_the_reveal_gets_ids_that_tell_nothing(room: Room) -> None:
    ada, bo, fay = Browser(room, "a").hello(), Browser(room, "b").hello(), Facilitator(room, "f").hello()
    fay.steer("phase", phase="alone", since="now")
    for who in (ada, bo):
        told = who.ask("lines", text="Room Booked\nRoom Booked\nBill Paid")["value"]["edits"]
        ids = [edit["id"] for edit in told]
        assert not {"room-booked", "room-booked-2", "bill-paid"} & {*ids} and len({*ids}) == 3
        who.edit("batch", edits=told)
        assert not who.of("nack") and len(who.names()) == 3
    fay.steer("conduct", keys={"blind": False})
    assert len(ada.names()) == 6


def test_the_reveal_gathers_what_may_mean_the_same(room: Room) -> None:
    ada, bo, fay = Browser(room, "a").hello(), Browser(room, "b").hello(), Facilitator(room, "f").hello()
    fay.steer("phase", phase="alone", since="now")
    ada.add("Customer Registered")
    bo.add("Client Registered")
    bo.add("Customer Registered")
    fay.steer("phase", phase="together", since="now")
    alike = wait_for(lambda: bo.insight.get("alike"))
    assert {frozenset(one["names"]) for one in alike} >= {frozenset(["Customer Registered"])}
    keep, gone = alike[0]["edit"]["keep"], alike[0]["edit"]["gone"]
    bo.edit("merge", keep=keep, gone=gone)
    assert not bo.of("nack") and len(bo.names()) == 2


def test_dots_are_counted_and_hidden_until_the_vote_is_closed(room: Room) -> None:
    ada, ada_too, fay = (
        Browser(room, "a", "Ada").hello(),
        Browser(room, "b", "Ada").hello(),
        Facilitator(room, "f"),
    )
    fay.hello()
    for name in ("one", "two", "three"):
        fay.edit("add", to="hotspots", name=name, id=name)
    fay.edit("add", to="contexts", name="Desk", id="desk")
    fay.steer("conduct", keys={"voting": {"dots": 2, "hidden": True}})
    ada.edit("vote", hotspot="one", who="Zoe")
    ada.edit("vote", context="desk", who="Yan")
    ada.edit("vote", hotspot="two", who="Xi")
    assert refusals(ada) == ["You have put all of your 2 dots."]
    ada.edit("vote", hotspot="one", who="Ada", up=False)
    ada.edit("vote", hotspot="two", who="Ada")
    ada_too.edit("vote", hotspot="two", who="Ada")
    assert ada.doc["hotspots"]["two"]["votes"] == ["Ada"] and ada_too.doc["hotspots"]["two"]["votes"] == [
        "Ada 2"
    ]
    assert ada.last("workshop")["dots"] == {"of": 2, "on": {"contexts/desk": "Ada", "hotspots/two": "Ada"}}
    assert not ada_too.doc["contexts"]["desk"].get("votes") and not ada_too.ask("history")["ok"]
    ada_too.edit("change", of="hotspots", id="one", keys={"votes": ["A", "B", "C"]})
    ada_too.edit("patch", steps=[{"path": ["hotspots", "one", "votes"], "to": ["A", "B", "C"]}])
    assert len(refusals(ada_too)) == 2
    fay.steer("conduct", keys={"voting": None})
    assert fay.doc["hotspots"]["two"]["votes"] == ["Ada", "Ada 2"]
    assert ada.doc == ada_too.doc == fay.doc


def test_in_a_workshop_dots_are_put_and_taken_only_while_a_vote_is_open(room: Room) -> None:
    ada, fay = Browser(room, "a", "Ada").hello(), Facilitator(room, "f").hello()
    for name in ("one", "two"):
        fay.edit("add", to="hotspots", name=name, id=name)
    ada.edit("vote", hotspot="one", who="Ada")
    fay.steer("phase", phase="together")
    ada.edit("vote", hotspot="two", who="Ada")
    fay.steer("phase", phase="vote")
    ada.edit("vote", hotspot="two", who="Ada")
    fay.steer("phase", phase="close")
    ada.edit("batch", edits=[{"kind": "vote", "hotspot": "two", "who": "Ada", "up": False}])
    assert [spot["votes"] for spot in fay.doc["hotspots"].values()] == [["Ada"], ["Ada"]]
    assert refusals(ada) == [NO_VOTE[0]] * 2


def test_only_facilitators_are_told_who_has_not_spoken_yet(room: Room) -> None:
    ada, bo, fay = (
        Browser(room, "a", "Ada").hello(),
        Browser(room, "b", "Bo").hello(),
        Facilitator(room, "f", "Fay").hello(),
    )
    ada.add("Room Booked")
    fay.steer("phase", phase="together", since="now")
    assert fay.last("quiet")["people"] == ["Ada", "Bo"], "since the workshop began"
    bo.add("Bill Paid")
    assert fay.last("quiet")["people"] == ["Ada"]
    assert not ada.of("quiet") and not bo.of("quiet")


def test_two_kernels_obey_one_state_and_a_new_one_finds_it_as_it_was(make: Callable[[], Room]) -> None:
    here, there = make(), make()
    fay, ada = Facilitator(here, "f").hello(), Browser(there, "a").hello()
    fay.steer("phase", phase="alone", since="now")
    fay.steer("conduct", keys={"locked": True})
    wait_for(lambda: ada.doc.get("workshop", {}).get("locked"))
    fay.add("Room Booked")
    ada.add("Bill Paid")
    assert refusals(ada) == ["The facilitator has locked the wall."] and not ada.doc.get("events")
    again = make()
    cy = Browser(again, "c").hello()
    assert cy.doc["workshop"]["locked"] and not cy.doc.get("events")
    assert cy.last("workshop")["running"] and cy.last("workshop")["left"] <= 900
    fay_again = Facilitator(again, "f").hello()
    assert fay_again.names() == ["Room Booked"]


def test_nobody_takes_a_phase_back_by_accident(room: Room) -> None:
    fay = Facilitator(room, "f").hello()
    fay.add("Room Booked")
    fay.steer("phase", phase="together", since="now")
    fay.undo()
    assert fay.doc["workshop"]["phase"] == "together" and not fay.doc.get("events")
    fay.undo("redo")
    assert fay.names() == ["Room Booked"]
    with open_storm(room.path) as opened, pytest.raises(EditError, match="steers the workshop"):
        opened.undo(revision=3)


def test_everyone_is_called_again_though_the_place_is_the_same(room: Room) -> None:
    fay = Facilitator(room, "f").hello()
    calls = []
    for _ in range(2):
        fay.steer("conduct", keys={"here": {"step": 3, "x": 10, "y": 20}})
        calls.append(fay.doc["workshop"]["here"])
    assert calls[0]["since"] != calls[1]["since"] and calls[0]["step"] == 3
