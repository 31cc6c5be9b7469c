"""A trace on the board: everybody sees it, who comes later can, and nothing of it is too much."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from anycompany.board import Board, playing
from anycompany.board.playing import MOST_BEATS
from anycompany.board.room import Room
from anycompany.bus.trace import Step, Trace
from anycompany.storm.model import Storm

from .drawings import large_storm
from .storms import EXAMPLE, HOSTILE_TEXTS, storm_of
from .test_board_room import Browser
from .test_diagrams_playing import PAYMENT, trace_of, walk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path))


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


def written(path: Path, storm: Storm) -> Path:
    path.write_text(json.dumps(storm.document(), ensure_ascii=False))
    return path


def test_everybody_is_told_what_happens_in_its_order(path: Path, make: Callable[[Path], Room]) -> None:
    room = make(path)
    one, other = Browser(room, "a").hello(), Browser(room, "b").hello()
    room.play(trace_of(*PAYMENT))
    assert one.last("play") == other.last("play")
    told = one.last("play")
    ways = [(beat["after"], beat["policy"], beat["event"], beat["failed"]) for beat in told["beats"]]
    assert ways == [
        ("", "", "account-created", False),
        ("account-created", "take-payment", "payment-attempted", False),
        ("payment-attempted", "settle-payment", "payment-failed", True),
    ]
    assert told["beats"][1]["counts"]["listeners/everything"] == 1
    assert (told["steps"], told["left_out"], told["fresh"]) == (3, "", True)


def test_who_comes_in_later_can_watch_it_and_is_not_made_to(
    path: Path, make: Callable[[Path], Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make(path)
    early = Browser(room, "a").hello()
    room.play(trace_of(*PAYMENT))
    soon = Browser(room, "b").hello()
    assert soon.last("play")["fresh"]
    assert len(early.of("play")) == 1, "it is not begun again where it is known"
    monkeypatch.setattr(playing, "SECONDS_FRESH", -1.0)
    late = Browser(room, "c").hello()
    assert not late.last("play")["fresh"]
    assert late.last("play")["id"] == early.last("play")["id"]
    assert [message["type"] for message in late.heard[:2]] == ["snapshot", "play"]


def test_nobody_is_told_of_a_trace_before_there_is_one(path: Path, make: Callable[[Path], Room]) -> None:
    assert Browser(make(path), "a").hello().of("play") == []


def test_a_policy_that_emits_two_events_has_run_once(path: Path, make: Callable[[Path], Room]) -> None:
    room = make(path)
    one = Browser(room, "a").hello()
    first, second, third = PAYMENT
    room.play(
        trace_of(first, second, Step("s", 0.5, "payment-failed", after="a", policy="take-payment"), third)
    )
    assert [beat["new"] for beat in one.last("play")["beats"]] == [True, True, False, True]


def test_what_was_removed_since_is_not_played(path: Path, make: Callable[[Path], Room]) -> None:
    room = make(path)
    one = Browser(room, "a").hello()
    one.edit("remove", of="events", id="payment-failed")
    room.play(trace_of(*PAYMENT))
    assert [beat["event"] for beat in one.last("play")["beats"]] == [
        "account-created",
        "payment-attempted",
        "",
    ]


def test_a_trace_of_any_length_is_a_message_of_a_bounded_size(
    tmp_path: Path, make: Callable[[Path], Room]
) -> None:
    storm = large_storm(600, 6).add_listener("Busy", for_="Audit", hears=[f"e{n}" for n in range(600)])
    room = make(written(tmp_path / "large.storm.yaml", storm))
    one = Browser(room, "a").hello()
    room.play(walk(storm, 100))
    told = one.last("play")
    assert len(told["beats"]) <= MOST_BEATS
    assert "steps are played" in told["left_out"]
    assert len(json.dumps(told)) < 600_000


def test_hostile_names_travel_as_the_ids_they_have(tmp_path: Path, make: Callable[[Path], Room]) -> None:
    storm = storm_of([text for text in HOSTILE_TEXTS if "\u0000" not in text])
    room = make(written(tmp_path / "hostile.storm.yaml", storm))
    one = Browser(room, "a").hello()
    room.play(walk(storm, 2))
    ids = {beat["event"] for beat in one.last("play")["beats"]}
    assert ids
    assert ids <= {*storm.events, ""}
    assert "<script>" not in json.dumps(one.last("play"))


def test_a_widget_plays_for_every_board_of_its_storm(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board(path, 7)
    try:
        seen = Browser(board._room, "a").hello()  # type: ignore[arg-type]
        board.play(Trace.from_json(json.loads(json.dumps(trace_of(*PAYMENT).as_json()))))
        assert len(seen.last("play")["beats"]) == 3
    finally:
        board.close()
