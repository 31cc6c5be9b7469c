"""Who is let in, and how guessing slows down."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.workshop import guessing
from anycompany.workshop.codes import Codes
from anycompany.workshop.guessing import Guesses
from anycompany.workshop.reception import Guest, Reception, Refused


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
