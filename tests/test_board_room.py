"""Many people in one room: nothing that was acknowledged is lost, everybody sees the same, nobody disturbs others."""

from __future__ import annotations

import json
import random
import shutil
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from anycompany.board import door, insight as insights, people
from anycompany.board.delta import plain
from anycompany.board.messages import LARGEST, LONGEST_TEXT
from anycompany.board.room import Room
from anycompany.files import StormFileError, new_storm, open_storm, opened, read_storm
from anycompany.files.journal import Log
from anycompany.files.resting import log_path
from anycompany.storm.checks import check
from anycompany.storm.model import Storm
from anycompany.storm.patch import diff

from .storms import EXAMPLE
from .strategies import edits, json_values
from .test_board_delta import applied, spelled


class Browser:
    """A tab that believes what it is told, and nothing else."""

    def __init__(
        self, room: Room, person: str, name: str = "", tab: str = "0001", member: Any = None
    ) -> None:
        self.room, self.person, self.tab, self.name = room, person * 8, tab, name or person.upper()
        self.member = member or self
        self.heard: list[dict[str, Any]] = []
        self.doc: Any = None
        self.insight: Any = None
        self.revision, self.n, self.count = -1, -1, 0
        self.gaps = 0

    @property
    def to(self) -> str:
        return self.person + self.tab

    def send(self, content: dict[str, Any]) -> None:
        message = json.loads(json.dumps(content, allow_nan=False))
        if message.get("to", self.to) != self.to:
            return
        self.heard.append(message)
        match message["type"]:
            case "snapshot":
                self.doc, self.revision = message["doc"], message["revision"]
                self.insight, self.n = message["insight"], message["n"]
            case "patch" if message["from"] == self.revision:
                self.doc, self.revision = applied(self.doc, message["delta"]), message["revision"]
            case "insight" if message["from_n"] == self.n:
                self.insight, self.n = applied(self.insight, message["delta"]), message["n"]
            case "patch" | "insight":
                self.gaps += 1

    def say(self, kind: str, **more: Any) -> None:
        said = {"type": kind, "person": self.person, "tab": self.tab, "name": self.name, **more}
        self.room.receive(said, self.member)

    def hello(self, **more: Any) -> Browser:
        self.say("hello", **({"protocol": 1, "step": 1, "revision": None} | more))
        return self

    def edit(self, kind: str, was: str | None = None, sent_as: str | None = None, **keys: Any) -> str:
        self.count += 1
        identifier = sent_as or f"{self.person}{self.tab}_{self.count}"
        more = {} if was is None else {"was": was}
        self.say("edit", id=identifier, edit={"kind": kind, **keys}, **more)
        return identifier

    def add(self, name: str, **keys: Any) -> str:
        return self.edit("add", to="events", name=name, **keys)

    def undo(self, kind: str = "undo") -> None:
        self.count += 1
        self.say(kind, id=f"{self.person}{self.tab}_{self.count}")

    def ask(self, question: str, **about: Any) -> dict[str, Any]:
        self.count += 1
        self.say("ask", n=self.count, question=question, about=about)
        return wait_for(lambda: next((m for m in self.of("answer") if m["n"] == self.count), None))

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.heard if message["type"] == kind]

    def last(self, kind: str) -> dict[str, Any]:
        return self.of(kind)[-1]

    def names(self) -> list[str]:
        return [event["name"] for event in self.doc.get("events", {}).values()]


def wait_for(found: Callable[[], Any], seconds: float = 20) -> Any:
    """What there is once it is there."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)
    return value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path))


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    return new_storm(tmp_path / "inn.storm.yaml", "Inn")


@pytest.fixture
def make() -> Iterator[Callable[[Path], Room]]:
    """Rooms that are closed at the end."""
    made: list[Room] = []

    def one(path: Path) -> Room:
        made.append(Room(path))
        return made[-1]

    yield one
    for room in made:
        room.close()


def test_whoever_comes_in_gets_the_whole_storm(path: Path, make: Callable[[Path], Room]) -> None:
    one = Browser(make(path), "a").hello(step=5)
    assert spelled(one.doc) == spelled(read_storm(path).document())
    snapshot = one.last("snapshot")
    assert (snapshot["revision"], snapshot["path"], snapshot["warning"]) == (0, str(path), "")
    assert snapshot["people"] == [{"person": "a" * 8, "tab": "0001", "name": "A", "step": 5}]


def test_an_edit_is_in_the_log_under_its_id_and_author_and_told_to_all_as_little_as_it_is(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    room = make(inn)
    one, other = Browser(room, "a", "Ada").hello(), Browser(room, "b").hello()
    identifier = one.add("Room Booked")
    patch = other.last("patch")
    assert patch["delta"] == [["set", ["events"], {"room-booked": {"name": "Room Booked"}}]]
    assert patch == one.last("patch") and identifier in patch["ids"]
    assert one.doc == other.doc == read_storm(inn).document()
    entry = open_storm(inn).history()[-1]
    assert (entry.id, entry.author) == (identifier, "Ada")


def test_an_edit_that_is_sent_again_happens_once_also_by_another_kernel(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    room, after_restart = make(inn), make(inn)
    one = Browser(room, "a").hello()
    identifier = one.add("Room Booked")
    one.add("Room Booked", sent_as=identifier)
    assert one.last("ack") == {"type": "ack", "to": one.to, "id": identifier, "revision": 2}
    reloaded = Browser(after_restart, "a", tab="0002").hello()
    reloaded.add("Room Booked", sent_as=identifier)
    assert reloaded.last("ack")["revision"] == 2 and reloaded.names() == ["Room Booked"]


def test_twenty_people_on_twenty_threads_see_one_wall_and_lose_nothing(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    room = make(inn)
    everybody = [Browser(room, f"{number:x}"[-1], tab=f"{number:04x}").hello() for number in range(20)]

    def work(one: Browser) -> None:
        for number in range(10):
            one.add(f"Thing {one.tab} {number} Done")
            one.edit("move", note=f"thing-{one.tab}-{number}-done", x=number, y=1)

    threads = [threading.Thread(target=work, args=(one,)) for one in everybody]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    documents = {spelled(one.doc) for one in everybody}
    assert documents == {spelled(read_storm(inn).document())}
    assert len(everybody[0].names()) == 200 and not any(one.gaps for one in everybody)
    assert not any(one.of("nack") for one in everybody)


def test_rooms_of_two_kernels_and_a_hand_in_the_file_are_one_wall(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    one, other = Browser(make(inn), "a").hello(), Browser(make(inn), "b").hello()
    one.add("Room Booked")
    wait_for(lambda: other.names() == ["Room Booked"])
    other.add("Key Lost")
    wait_for(lambda: "name: Key Lost" in inn.read_text())
    inn.write_text(inn.read_text().replace("name: Key Lost", "name: Key Gone"))
    wait_for(lambda: "Key Gone" in one.names() and "Key Gone" in other.names())
    assert one.doc == other.doc and not one.gaps and not other.gaps


def test_a_file_without_a_log_that_is_edited_by_hand_is_told_too(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    one = Browser(make(inn), "a").hello()
    inn.write_text("name: Tavern\n")
    wait_for(lambda: one.doc == {"name": "Tavern"})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some=st.lists(st.tuples(st.sampled_from("ab"), edits | st.sampled_from(["undo", "redo"])), max_size=12)
)
def test_whatever_is_edited_taken_back_and_done_again_all_see_what_the_log_says(
    some: list[tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = new_storm(tmp_path_factory.mktemp("random") / "x.storm.yaml", "X")
    room = Room(path)
    browsers = {who: Browser(room, who).hello() for who in "ab"}
    for who, edit in some:
        if isinstance(edit, str):
            browsers[who].undo(edit)
        else:
            browsers[who].edit(**edit.record())
    documents = [one.doc for one in browsers.values()]
    room.close()
    assert {spelled(document) for document in documents} == {spelled(plain(room._opened.storm.document()))}
    assert diff(Storm.model_validate(documents[0]), read_storm(path)).steps == []
    assert not any(one.gaps for one in browsers.values())


def test_everybody_takes_back_their_own_edits_though_they_share_a_name(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    room = make(inn)
    one, other = Browser(room, "a", "Kim").hello(), Browser(room, "b", "Kim").hello()
    one.add("Room Booked")
    other.add("Key Lost")
    one.undo()
    assert one.names() == ["Key Lost"]
    one.undo("redo")
    assert sorted(other.names()) == ["Key Lost", "Room Booked"]
    elsewhere = Browser(room, "b", "Kim", tab="0002").hello()  # one's other tab is oneself
    elsewhere.undo()
    assert other.names() == ["Room Booked"]
    elsewhere.undo()
    assert elsewhere.last("nack")["why"] == "There is nothing of yours to take back."


def test_an_undo_that_is_sent_again_takes_back_one_edit(inn: Path, make: Callable[[Path], Room]) -> None:
    one = Browser(make(inn), "a").hello()
    one.add("Room Booked")
    one.add("Key Lost")
    for _ in range(2):
        one.say("undo", id=f"{one.to}_9")
    assert one.names() == ["Room Booked"] and one.last("ack")["id"] == f"{one.to}_9"


def test_a_text_that_somebody_else_has_changed_is_not_written_over(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    room = make(inn)
    one, other = Browser(room, "a", "Ada").hello(), Browser(room, "b", "Bo").hello()
    one.add("Key Lost")
    one.say(
        "edit",
        id=f"{one.to}_50",
        was="Key Lost",
        edit={"kind": "rename", "of": "events", "id": "key-lost", "name": "Key Gone"},
    )
    other.say(
        "edit",
        id=f"{other.to}_1",
        was="Key Lost",
        edit={"kind": "rename", "of": "events", "id": "key-lost", "name": "Key Found"},
    )
    nack = other.last("nack")
    assert nack["conflict"] == {"theirs": "Key Gone", "author": "Ada"} and not nack["again"]
    assert other.names() == ["Key Gone"] and not one.of("nack")
    other.say(
        "edit",
        id=f"{other.to}_2",
        was="Key Gone",
        edit={"kind": "rename", "of": "events", "id": "key-lost", "name": "Key Found"},
    )
    assert one.names() == ["Key Found"]


def test_a_note_whose_id_is_taken_or_was_is_refused_with_the_id(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    room = make(inn)
    one, other = Browser(room, "a").hello(), Browser(room, "b").hello()
    add = {"kind": "add", "to": "events", "name": "Key Lost", "id": "key-lost"}
    one.edit(**add)
    other.edit("batch", edits=[add])
    assert other.last("nack")["taken"] == {"section": "events", "id": "key-lost"}
    one.edit("park", event="key-lost")
    other.edit(**add)
    one.edit("unpark", event="key-lost")
    one.edit("remove", of="events", id="key-lost")
    other.edit(**add)
    assert [nack.get("taken", {}).get("id") for nack in other.of("nack")] == ["key-lost"] * 3


@pytest.mark.parametrize(
    "said",
    [
        None, 7, "x", [], {}, {"type": "edit"}, {"type": 3}, {"type": "hello"}, {"type": "nothing"},
        {"type": "edit", "person": "a" * 8, "tab": "0001", "id": "x", "edit": {}},
        {"type": "edit", "person": "a" * 8, "tab": "0001", "id": "a" * 8 + "0001_1", "edit": {"kind": "explode"}},
        {"type": "edit", "person": "A" * 8, "tab": "../x", "id": [], "edit": {"kind": "unplace", "event": "a"}},
        {"type": "presence", "person": "a" * 8, "tab": "0001", "pointer": [float("nan"), 1]},
        {"type": "presence", "person": "a" * 8, "tab": "0001", "holds": "x" * 1000},
        {"type": "ask", "person": "a" * 8, "tab": "0001", "n": 1, "question": "x", "about": 7},
        {"type": "hello", "person": "a" * 8, "tab": "0001", "protocol": 1, "step": 99},
        {"type": "bye", "person": "a" * 8, "tab": "0001", "x": {1, 2}},
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused_to_its_sender_alone(
    said: Any, inn: Path, make: Callable[[Path], Room]
) -> None:
    room = make(inn)
    one, other = Browser(room, "a").hello(), Browser(room, "b").hello()
    before = len(other.heard)
    room.receive(said, one)
    answers = [message for message in one.heard if message["type"] in ("nack", "notice", "answer")]
    assert len(answers) == 1 and (answers[0].get("why") or answers[0]["text"])
    assert len(other.heard) == before
    one.add("Room Booked")
    assert other.names() == ["Room Booked"]


@given(json_values)
@settings(max_examples=100)
def test_nothing_that_is_sent_raises_or_changes_anything(said: Any) -> None:
    room = SHARED.room()
    for message in (said, {"type": "edit", "person": "c" * 8, "tab": "0001", "id": said, "edit": said}):
        room.receive(message, SHARED)
    assert not log_path(room.path).exists()


class _Shared:
    """One room for many examples; nobody is in it."""

    def __init__(self) -> None:
        self._room: Room | None = None

    def room(self) -> Room:
        if self._room is None:
            import tempfile

            self._room = Room(new_storm(Path(tempfile.mkdtemp()) / "x.storm.yaml", "X"))
        return self._room

    def send(self, content: dict[str, Any]) -> None:
        assert content["type"] in ("nack", "notice")


SHARED = _Shared()


def test_an_edit_under_somebody_elses_id_is_refused(inn: Path, make: Callable[[Path], Room]) -> None:
    room = make(inn)
    one = Browser(room, "a").hello()
    one.add("Room Booked", sent_as="b" * 8 + "0001_1")
    assert "somebody else" in one.last("nack")["why"] and one.names() == []


def test_too_much_at_once_and_too_long_a_note_are_refused_with_a_remedy(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    one = Browser(make(inn), "a").hello()
    one.add("x" * LONGEST_TEXT)
    assert not one.of("nack")
    one.add("x" * (LONGEST_TEXT + 1))
    assert "10,001" in one.last("nack")["why"] and "split" in one.last("nack")["remedy"]
    one.edit("batch", edits=[{"kind": "add", "to": "events", "name": "x" * 9000}] * (LARGEST // 9000 + 1))
    assert "too much at once" in one.last("nack")["why"] and len(one.names()) == 1


def test_another_version_of_the_page_is_told_to_reload(inn: Path, make: Callable[[Path], Room]) -> None:
    one = Browser(make(inn), "a").hello(protocol=2)
    assert [message["type"] for message in one.heard] == ["outdated"]


def test_an_edit_that_has_no_meaning_is_refused_with_why_and_remedy(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    one = Browser(make(inn), "a").hello()
    one.edit("publish", event="gone")
    nack = one.last("nack")
    assert "no contract 'gone'" in nack["why"] and nack["remedy"] and nack["again"] is False


def test_on_a_full_disk_an_edit_is_to_be_sent_again_and_then_happens(
    inn: Path, make: Callable[[Path], Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Browser(make(inn), "a").hello()
    with monkeypatch.context() as full:

        def refuse(*_: Any, **__: Any) -> Any:
            raise StormFileError("Writing the log failed: No space left on device.", "", "Make room.")

        full.setattr(Log, "append", refuse)
        identifier = one.add("Room Booked")
    nack = one.last("nack")
    assert nack["again"] and nack["id"] == identifier and "No space" in nack["why"] and one.names() == []
    one.add("Room Booked", sent_as=identifier)
    assert one.names() == ["Room Booked"]


def test_a_log_that_was_replaced_is_followed_anew(inn: Path, make: Callable[[Path], Room]) -> None:
    one = Browser(make(inn), "a").hello()
    one.add("Room Booked")
    wait_for(lambda: "Room Booked" in inn.read_text())
    log_path(inn).unlink()
    inn.write_text("name: Tavern\n")
    wait_for(lambda: one.doc == {"name": "Tavern"})
    one.add("Key Lost")
    assert one.names() == ["Key Lost"] == [event.name for event in read_storm(inn).events.values()]


def test_a_file_that_cannot_be_read_is_told_and_edits_go_on(inn: Path, make: Callable[[Path], Room]) -> None:
    one = Browser(make(inn), "a").hello()
    one.add("Room Booked")
    wait_for(lambda: "Room Booked" in inn.read_text())
    good = inn.read_text()
    inn.write_text("name: [\n")
    wait_for(lambda: one.of("notice"))
    assert "inn.storm.yaml:" in one.last("notice")["text"]
    one.add("Key Lost")
    assert one.names() == ["Room Booked", "Key Lost"]
    inn.write_text(good)
    wait_for(lambda: one.last("notice")["tone"] == "good")
    wait_for(lambda: "Key Lost" in inn.read_text())


def test_where_a_hand_and_the_board_change_one_note_each_is_told_with_a_way_back(
    inn: Path, make: Callable[[Path], Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_storm(inn) as storm:
        storm.add_event("Key Lost").add_event("Bill Paid").add_event("Bed Made").trigger(
            "bill-paid", actor="Guest"
        )
    by_hand = inn.read_text()
    monkeypatch.setattr(opened, "SECONDS_TO_SAVE", 1000.0)
    one = Browser(make(inn), "a").hello()
    one.edit("rename", of="events", id="key-lost", name="Key Found")
    one.edit("rename", of="events", id="bill-paid", name="Bill Settled")
    one.edit("trigger", event="bill-paid", trigger={"schedule": "rate(1 day)"})
    one.edit("remove", of="events", id="bed-made")
    for old, new in (
        ("Key Lost", "Key Gone"),
        ("actor: Guest", "external: Police"),
        ("Bed Made", "Bed Aired"),
    ):
        assert old in by_hand
        by_hand = by_hand.replace(old, new)
    inn.write_text(by_hand)
    wait_for(lambda: len(one.of("notice")) == 3)
    assert sorted(one.names()) == ["Bill Settled", "Key Gone"]
    assert one.doc["triggers"]["bill-paid"] == {"external": "Police"}
    for notice in one.of("notice"):
        [way] = notice["edits"]
        assert "by hand" in notice["text"] and way["words"]
        one.edit(**way["edits"][0])
    assert sorted(one.names()) == ["Bed Aired", "Bill Settled", "Key Found"]
    assert one.doc["triggers"]["bill-paid"] == {"schedule": "rate(1 day)"} and not one.of("nack")


def test_presence_is_passed_on_at_most_twenty_times_a_second_and_the_latest_always(
    inn: Path, make: Callable[[Path], Room]
) -> None:
    room = make(inn)
    one, other = Browser(room, "a").hello(), Browser(room, "b").hello()
    for number in range(200):
        one.say("presence", pointer=[number, 1])
    one.say("presence", holds="events/x")
    wait_for(lambda: other.of("presence") and other.last("presence").get("holds") == "events/x")
    assert len(other.of("presence")) <= 20
    assert {"person": one.person, "tab": one.tab, "name": "A", "pointer": [199.0, 1.0]}.items() <= {
        key: value for said in other.of("presence") for key, value in said.items()
    }.items()
    assert Browser(room, "c").hello().last("snapshot")["people"][0]["pointer"] == [199.0, 1.0]


def test_people_leave_by_saying_so_by_silence_and_when_they_cannot_be_reached(
    inn: Path, make: Callable[[Path], Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make(inn)
    one, silent, broken = (Browser(room, who).hello() for who in "abc")
    gone = Browser(room, "d").hello()

    def here() -> list[str]:
        return [person["name"] for person in one.last("people")["people"]]

    assert here() == ["A", "B", "C", "D"]
    gone.say("bye")
    assert here() == ["A", "B", "C"]
    monkeypatch.setattr(broken, "send", lambda _: 1 / 0)
    one.add("Room Booked")
    wait_for(lambda: here() == ["A", "B"])
    monkeypatch.setattr(people, "SECONDS_UNTIL_GONE", 0.3)
    wait_for(lambda: one.say("presence") or here() == ["A"])
    one.add("Key Lost")
    assert silent.names() == ["Room Booked", "Key Lost"]  # a tab in the background may speak once a minute
    monkeypatch.setattr(people, "SECONDS_UNTIL_FORGOTTEN", 0.3)
    wait_for(lambda: one.say("presence") or len(room._people.tabs()) == 1)
    one.add("Lamp Lit")
    assert silent.revision < one.revision
    silent.say("presence")  # whoever was forgotten gets the storm again at the first word
    assert silent.doc == one.doc and here() == ["A", "B"]


def test_people_see_those_who_are_in_other_kernels_on_the_same_storm(
    inn: Path, tmp_path: Path, make: Callable[[Path], Room]
) -> None:
    other_room = make(inn)
    one, other = Browser(make(inn), "a", "Ada").hello(step=2), Browser(other_room, "b", "Bo").hello(step=5)
    stranger = Browser(make(new_storm(tmp_path / "other.storm.yaml", "Other")), "c").hello()

    def seen(by: Browser) -> set[tuple[str, int]]:
        return {(person["name"], person["step"]) for person in by.last("people")["people"]}

    wait_for(lambda: seen(one) == seen(other) == {("Ada", 2), ("Bo", 5)})
    other_room.close()
    wait_for(lambda: seen(one) == {("Ada", 2)})
    assert seen(stranger) == {("C", 1)}


def test_many_tabs_behind_one_widget_get_each_message_once(inn: Path, make: Callable[[Path], Room]) -> None:
    room = make(inn)
    sent: list[dict[str, Any]] = []

    class Widget:
        def send(self, content: dict[str, Any]) -> None:
            sent.append(content)

    widget = Widget()
    for tab in ("0001", "0002"):
        Browser(room, "a", tab=tab, member=widget).hello()
    sent.clear()
    Browser(room, "b").hello().add("Room Booked")
    assert [message["type"] for message in sent].count("patch") == 1


def test_the_insight_comes_when_people_pause_and_as_a_difference(
    path: Path, make: Callable[[Path], Room]
) -> None:
    room = make(path)
    one = Browser(room, "a").hello()
    wait_for(lambda: one.insight["findings"])
    one.edit("unplace", event="account-created")
    wait_for(lambda: "not-in-time:events/account-created" in one.insight["findings"])
    expected, faults = insights.insight_of(room._telling.storm)
    assert not faults and spelled(one.insight) == spelled(expected)
    assert len(json.dumps(one.last("insight"))) < 4000
    finding = one.insight["findings"]["not-in-time:events/account-created"]
    assert finding["where"] == ["events/account-created"] and finding["dismissed"] is None
    assert one.insight["progress"]["2"]["missing"] == ["“Account Created” is not on the timeline"]
    one.edit("dismiss", finding=finding["key"], because="It is timeless")
    wait_for(lambda: one.insight["findings"][finding["key"]]["dismissed"] == "It is timeless")
    assert Browser(room, "b").hello().insight == one.insight and not one.gaps


def test_while_people_edit_without_a_pause_the_insight_waits_but_not_for_ever(
    inn: Path, make: Callable[[Path], Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insights, "SECONDS_AT_MOST", 1.0)
    one = Browser(make(inn), "a").hello()
    wait_for(lambda: one.of("insight"))
    one.heard.clear()
    begun = time.monotonic()
    number = 0
    while not one.of("insight"):
        one.add(f"Thing {(number := number + 1)} Done")
        time.sleep(0.02)
    assert 0.9 < time.monotonic() - begun < 10 and number > 10


def test_a_check_that_fails_is_told_once_and_costs_only_its_own_findings(
    path: Path, make: Callable[[Path], Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    @check("broken", "note", 1, title="", why="", remedy="", source="")
    def broken(storm: Any) -> Any:
        raise KeyError("oh")

    every = (*insights.all_checks(), broken)
    monkeypatch.setattr(insights, "all_checks", lambda: every)
    one = Browser(make(path), "a").hello()
    wait_for(lambda: one.insight["findings"] and one.of("notice"))
    one.add("Lamp Lit")
    wait_for(lambda: "not-in-time:events/lamp-lit" in one.insight["findings"])
    [told] = one.of("notice")
    assert "“broken”" in told["text"] and "KeyError" in told["text"]


def test_rooms_are_shared_within_a_kernel_and_closed_behind_the_last_one(inn: Path, tmp_path: Path) -> None:
    class Nobody:
        def send(self, content: dict[str, Any]) -> None: ...

    link = tmp_path / "link.storm.yaml"
    link.symlink_to(inn)
    one, other = Nobody(), Nobody()
    room = door.enter(inn, one)
    assert door.enter(link, other) is room
    Browser(room, "a", member=one).hello().add("Room Booked")
    door.leave(room, one)
    assert door.enter(inn, one) is room
    door.leave(room, one)
    door.leave(room, other)
    assert "Room Booked" in inn.read_text()  # closing saves
    again = door.enter(inn, one)
    assert again is not room
    door.leave(again, one)
    with pytest.raises(StormFileError):
        door.enter(tmp_path / "none.storm.yaml", one)


def test_an_edit_is_told_in_as_many_bytes_among_two_thousand_notes_as_among_a_hundred(
    tmp_path: Path, make: Callable[[Path], Room]
) -> None:
    sizes = {}
    for count in (100, 2000):
        path = new_storm(tmp_path / f"n{count}.storm.yaml", "N")
        with open_storm(path) as storm:
            storm.add_events(f"Thing {number} Done" for number in range(count))
        room = make(path)
        room._advisor.stop()  # what is measured is the edit
        one = Browser(room, "a").hello()
        sent: list[int] = []
        one.send = lambda message, sent=sent: sent.append(len(json.dumps(message)))  # type: ignore[method-assign, misc]
        for number in range(20):
            note = f"events/thing-{random.Random(number).randrange(100)}-done"
            one.edit("move", note=note, x=number, y=1)
        sizes[count] = statistics.median(sent)
    assert sizes[2000] <= sizes[100] + 10
