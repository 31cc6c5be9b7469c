"""Who is let in, and how guessing slows down."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.board import door
from anycompany.files import new_storm
from anycompany.workshop import guessing
from anycompany.workshop.codes import Codes
from anycompany.workshop.guessing import Guesses
from anycompany.workshop.lobby import SECONDS_BETWEEN_GREETINGS, Lobby
from anycompany.workshop.reception import NO_NAME, Guest, Reception, Refused

from .workshops import until


class Board:
    """Where a room's messages go that nobody reads."""

    def send(self, content: dict[str, Any]) -> None:
        """Take a message."""


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def at_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Codes, Reception, Clock]]:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    codes, clock = Codes(tmp_path / "inn.storm.yaml"), Clock()
    codes.open()
    yield codes, Reception(codes, clock), clock


def knock(**said: Any) -> dict[str, Any]:
    return {"type": "knock", "tab": "00aa", "name": "Ada", **said}


def wrong_code(codes: Codes) -> str:
    return "".join("C" if letter == "B" else "B" for letter in codes.code or "")


AtTheDoor = tuple[Codes, Reception, Clock]


def test_whoever_says_the_code_is_somebody_and_is_known_again_by_their_key(at_the_door: AtTheDoor) -> None:
    codes, reception, _ = at_the_door
    guest = reception.knock("1", "a", knock(code=codes.code))
    assert isinstance(guest, Guest)
    again = reception.knock("2", "b", knock(key=guest.key, tab="00bb", name=""))
    assert isinstance(again, Guest)
    assert (again.person, again.name) == (guest.person, "Ada")
    assert again.to != guest.to


def test_who_is_known_and_says_the_code_of_another_workshop_goes_there_and_may_come_back_by_key(
    at_the_door: AtTheDoor,
) -> None:
    codes, reception, _ = at_the_door
    guest = reception.knock("1", "a", knock(code=codes.code))
    assert isinstance(guest, Guest)
    for _ in range(guessing.FREE + guessing.MOST_TOGETHER):
        assert isinstance(reception.knock("1", "a", knock(key=guest.key, code=wrong_code(codes))), Refused)
    for said in (knock(key=guest.key), knock(key=guest.key, code=codes.code)):
        again = reception.knock("1", "a", said)
        assert isinstance(again, Guest)
        assert again.person == guest.person
    assert isinstance(reception.knock("2", "a", knock(code=codes.code, name="Eve")), Guest)


def test_what_a_guest_claims_to_be_is_not_looked_at(at_the_door: AtTheDoor) -> None:
    codes, reception, _ = at_the_door
    ada = reception.knock("1", "a", knock(code=codes.code))
    eve = reception.knock("2", "a", knock(code=codes.code, person=getattr(ada, "person", ""), name="Eve"))
    assert isinstance(ada, Guest)
    assert isinstance(eve, Guest)
    assert eve.person != ada.person


def test_mistypes_are_free_then_every_wrong_code_takes_longer_then_all_are_refused(
    at_the_door: AtTheDoor,
) -> None:
    codes, reception, clock = at_the_door
    waits = []
    for _ in range(guessing.REFUSED_AFTER):
        answer = reception.knock("1", "a", knock(code=wrong_code(codes)))
        assert isinstance(answer, Refused)
        waits.append(answer.wait)
        clock.now += answer.wait
    assert waits[: guessing.FREE] == [0] * guessing.FREE
    assert waits == sorted(waits)
    assert waits[-1] == guessing.REFUSED_FOR
    assert isinstance(reception.knock("1", "a", knock(code=codes.code)), Guest)  # its time is over


def test_who_has_to_wait_is_not_let_in_even_by_the_right_code(at_the_door: AtTheDoor) -> None:
    codes, reception, clock = at_the_door
    for _ in range(guessing.FREE + 3):
        answer = reception.knock("1", "a", knock(code=wrong_code(codes)))
    assert isinstance(answer, Refused)
    assert answer.wait > 0
    early = reception.knock("1", "a", knock(code=codes.code))
    assert isinstance(early, Refused)
    assert isinstance(reception.knock("2", "another", knock(code=codes.code)), Guest)
    clock.now += answer.wait
    assert isinstance(reception.knock("1", "a", knock(code=codes.code)), Guest)


def test_a_key_lets_in_from_an_address_that_guesses_and_void_keys_are_no_guesses(
    at_the_door: AtTheDoor,
) -> None:
    codes, reception, _ = at_the_door
    guest = reception.knock("1", "a", knock(code=codes.code))
    assert isinstance(guest, Guest)
    for _ in range(3 * guessing.REFUSED_AFTER):
        reception.knock("1", "a", knock(code=wrong_code(codes)))
    assert isinstance(reception.knock("1", "a", knock(key=guest.key)), Guest)
    codes.revoke()
    for _ in range(3 * guessing.REFUSED_AFTER):
        out = reception.knock("1", "hall", knock(key=guest.key))
        assert isinstance(out, Refused)
        assert out.key_is_void
    codes.change()
    assert isinstance(reception.knock("1", "hall", knock(code=codes.code)), Guest)


def test_guessing_from_everywhere_together_is_slowed_down_too(at_the_door: AtTheDoor) -> None:
    codes, reception, clock = at_the_door
    for number in range(guessing.MOST_TOGETHER):
        reception.knock("1", f"address {number}", knock(code=wrong_code(codes)))
    refused = reception.knock("1", "one more", knock(code=codes.code))
    assert isinstance(refused, Refused)
    assert 0 < refused.wait <= guessing.REST_OF_ALL
    clock.now += guessing.REST_OF_ALL
    assert isinstance(reception.knock("1", "one more", knock(code=codes.code)), Guest)


@given(tries=st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 5)), max_size=60))
@settings(max_examples=50)
def test_no_pace_of_guessing_gets_more_than_a_few_codes_looked_at(
    tries: list[tuple[str, float]],
) -> None:
    guesses, now, looked_at = Guesses(), 0.0, 0
    for address, pause in tries:
        now += pause
        if not guesses.wait(address, now):
            looked_at += 1
            guesses.wrong(address, now)
    assert looked_at <= 2 * guessing.REFUSED_AFTER


@given(
    said=st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["type", "tab", "code", "key", "name", "screen"]) | st.text(), inner
            )
        ),
    )
    | st.fixed_dictionaries(
        {"type": st.just("knock"), "tab": st.just("00aa")},
        optional={key: st.text(max_size=120) for key in ("code", "key", "name", "screen")},
    )
)
@settings(max_examples=100)
def test_whatever_is_said_at_the_door_is_answered_and_opens_nothing(
    said: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path_factory.getbasetemp()))
        codes = Codes(Path("/nowhere/said.storm.yaml"))
        codes.open()
        answer = Reception(codes).knock("1", "a", said)
    assert isinstance(answer, Refused)
    assert answer.why


def test_a_code_of_another_workshop_here_is_forgiven_and_guesses_before_it_are_not(
    at_the_door: AtTheDoor,
) -> None:
    codes, reception, clock = at_the_door
    for number in range(guessing.MOST_TOGETHER):
        reception.knock("1", str(number), knock(code="BBBBB2"))
        reception.elsewhere(str(number))
    waits = []
    for _ in range(guessing.FREE + 2):
        answer = reception.knock("1", "hall", knock(code=wrong_code(codes)))
        reception.knock("1", "hall", knock(code="BBBBB2"))
        reception.elsewhere("hall")
        assert isinstance(answer, Refused)
        waits.append(answer.wait)
        clock.now += answer.wait
    assert waits == [0] * guessing.FREE + [1, 2]


@pytest.mark.parametrize("name", ["", "\u200b", "\u202e\u2066", "\u3164", " \u200d ", "\x07"])
def test_a_name_that_cannot_be_seen_is_none(at_the_door: AtTheDoor, name: str) -> None:
    codes, reception, _ = at_the_door
    assert reception.knock("1", "a", knock(code=codes.code, name=name)) == Refused(NO_NAME)
    seen = reception.knock("1", "a", knock(code=codes.code, name=f"A{name}da\u202e"))
    assert isinstance(seen, Guest)
    assert "\u202e" not in seen.name


class Server:
    """What a lobby posts, and guests' words to it."""

    def __init__(self, codes: Codes) -> None:
        self.posted: list[tuple[str, dict[str, Any]]] = []
        self.codes = codes
        self.lobby = Lobby(codes.storm, codes, "http://127.0.0.1:8888/", self.post)

    def post(self, envelope: dict[str, Any]) -> None:
        self.posted += [(number, json.loads(envelope["text"])) for number in envelope["guests"]]

    def said(self, number: str, **message: Any) -> None:
        self.lobby.hear({"op": "said", "guest": number, "text": json.dumps(message)})

    def told(self, number: str, kind: str) -> list[dict[str, Any]]:
        return [said for guest, said in list(self.posted) if guest == number and said["type"] == kind]

    def join(self, number: str, name: str) -> dict[str, Any]:
        text = json.dumps(knock(code=self.codes.code, name=name))
        self.lobby.hear({"op": "knock", "guest": number, "address": "a", "text": text})
        until(lambda: self.told(number, "welcome"))
        return self.told(number, "welcome")[-1]


@pytest.fixture
def server(at_the_door: AtTheDoor) -> Iterator[Server]:
    codes, _, _ = at_the_door
    new_storm(codes.storm, "inn")
    made = Server(codes)
    yield made
    made.lobby.close()


def test_whoever_asks_again_and_again_gets_the_whole_storm_now_and_then(server: Server) -> None:
    server.join("1", "Ada")
    for _ in range(200):
        server.said("1", type="hello", protocol=1, step=1, revision=None)
    person = server.told("1", "welcome")[0]["person"]
    edit = {"kind": "add", "to": "events", "name": "Room Booked"}
    server.said("1", type="edit", id=f"{person}00aa_1", edit=edit)
    until(lambda: server.told("1", "patch"))
    before = len(server.told("1", "snapshot"))
    assert 1 <= before < 20
    time.sleep(SECONDS_BETWEEN_GREETINGS)
    server.lobby.look()
    until(lambda: len(server.told("1", "snapshot")) > before)
    assert "room-booked" in server.told("1", "snapshot")[-1]["doc"]["events"], "the last one is not forgotten"


def test_nobody_on_a_phone_has_the_name_of_somebody_at_a_board(server: Server) -> None:
    room, _ = door._ROOMS[server.codes.storm]
    board = Board()
    said = {"type": "hello", "person": "0a0a0a0a", "tab": "0001", "name": "Fay", "protocol": 1}
    room.receive(said, board)
    assert server.join("1", "fay")["name"] == "fay 2"


def test_a_fault_of_ours_puts_no_guest_out_and_says_nothing_of_files_or_of_others(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error", "/home/fay/secret.storm.yaml")

    person = server.join("1", "Ada")["person"]
    edit = {"kind": "add", "to": "events", "name": "Room Booked"}
    room = door._ROOMS[server.codes.storm][0]
    for number, place in enumerate(((room, "receive_all"), (room, "_take"))):
        with monkeypatch.context() as patched:
            patched.setattr(*place, broken)
            server.said("1", type="edit", id=f"{person}00aa_{number}", edit=edit)
            until(lambda number=number: len(server.told("1", "nack")) > number)
    assert "secret" not in json.dumps(server.posted)
    server.said("1", type="hello", protocol=1, step=1, revision=None)
    server.said("1", type="edit", id=f"{person}00aa_9", edit=edit)
    until(lambda: server.told("1", "patch"))
