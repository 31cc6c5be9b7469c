"""Join codes: random, kept for this user alone, over in time, revoked and changed; keys that nobody can make up."""

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.board.messages import LONGEST_NAME
from anycompany.workshop import codes as module
from anycompany.workshop.codes import DAYS_OF_A_KEY, LENGTH, LETTERS, Codes
from anycompany.workshop.errors import WorkshopError

INSTANT = 1e-9
"""Hours that are over before anybody can type a code."""


@pytest.fixture(scope="module", autouse=True)
def _runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        yield


@pytest.fixture
def codes(tmp_path: Path) -> Codes:
    made = Codes(tmp_path / "inn.storm.yaml")
    made.open()
    return made


def in_another_process(codes: Codes, what: str, **environment: str) -> str:
    code = f"from anycompany.workshop.codes import Codes; codes = Codes({str(codes.storm)!r}); {what}"
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_codes_are_random_and_nothing_in_them_is_taken_for_something_else(codes: Codes) -> None:
    made = {codes.change() for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == LENGTH and set(code) <= set(LETTERS) for code in made)
    assert not set(LETTERS) & set("AEIOU01L")


def test_a_code_is_taken_however_people_type_it(codes: Codes) -> None:
    code = codes.code
    assert code
    assert codes.is_code(code)
    assert codes.is_code(f" {code[:3].lower()}-{code[3:]} ")
    assert not codes.is_code(code[:-1])
    assert not codes.is_code("")


def test_what_is_kept_is_this_users_alone_and_nothing_of_it_is_beside_the_storm(codes: Codes) -> None:
    codes.admit("Ada")
    file = next(path for path in codes._file.parent.glob("*.json") if codes.id in path.name)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not list(codes.storm.parent.iterdir())


def test_a_code_whose_time_is_over_lets_nobody_in_and_opening_makes_another(codes: Codes) -> None:
    before = codes.change(INSTANT)
    assert codes.code is None
    assert not codes.is_code(before)
    codes.open()
    assert codes.code not in (None, before)


@pytest.mark.parametrize("hours", [0, -1, DAYS_OF_A_KEY * 24 + 1, float("nan"), float("inf")])
def test_no_time_at_all_and_more_than_a_week_are_refused(codes: Codes, hours: float) -> None:
    before = codes.code
    with pytest.raises(WorkshopError):
        codes.change(hours)
    assert codes.code == before


def test_a_revoked_code_stays_so_until_it_is_changed_and_everybody_is_out(codes: Codes) -> None:
    person, _, key = codes.admit("Ada")
    screen = codes.screen
    codes.revoke()
    codes.open()
    assert codes.code is None
    assert codes.known(key) is None
    assert not codes.may_stay(person)
    assert not codes.is_screen(screen)
    codes.change()
    assert codes.known(key) is None
    assert codes.admit("Ada", key)[0] == person  # with the new code they are who they were
    assert codes.known(key) == (person, "Ada")


def test_a_changed_code_leaves_those_alone_who_are_in(codes: Codes) -> None:
    person, _, key = codes.admit("Ada")
    before = codes.code
    codes.change()
    assert not codes.is_code(before or "")
    assert codes.known(key) == (person, "Ada")
    assert codes.may_stay(person)


def test_another_process_changes_the_code_at_once_in_whatever_time_zone_it_is(codes: Codes) -> None:
    assert in_another_process(codes, "print(codes.code)", TZ="Pacific/Kiritimati") == codes.code
    made = in_another_process(codes, "print(codes.change(1))", TZ="Etc/GMT+12")
    assert codes.code == made
    assert 3590 < codes.seconds_left <= 3600


def test_two_people_do_not_have_one_name(codes: Codes) -> None:
    people = [codes.admit(name) for name in ("Ada", "ADA", "Ada")]
    assert [name for _, name, _ in people] == ["Ada", "ADA 2", "Ada 3"]
    assert len({person for person, _, _ in people}) == 3
    assert codes.admit("Ada", people[0][2])[:2] == people[0][:2]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ada", "\uff21da"),
        ("Ada", "A\u200bda"),
        ("Ada", "A\ufe0fda"),
        ("Ada", "Ad\u200da"),
        ("Jo Ann", "JoAnn"),
        ("José", "Jose\u0301"),
        ("A" * 60, "A" * 60),
    ],
)
def test_nobody_gets_a_name_that_looks_like_anothers(codes: Codes, name: str, other: str) -> None:
    first, second = codes.admit(name)[1], codes.admit(other)[1]
    assert first == name
    assert second.endswith(" 2")
    assert len(second) <= LONGEST_NAME
    assert codes.admit("Fay", at_boards={"0a0a0a0a": "Fay"})[1] == "Fay 2"
    fay, _, key = codes.admit("Gus")
    assert codes.admit("Gus", key, {fay: "Gus"})[1] == "Gus", "who sits at the board, too"


def test_where_too_many_came_those_make_room_who_may_not_come_back(
    codes: Codes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_GUESTS", 3)
    keys = [codes.admit(name)[2] for name in ("Ada", "Bo", "Cy")]
    with pytest.raises(WorkshopError, match="3 guests") as raised:
        codes.admit("Dee")
    assert "revoke" in raised.value.remedy
    assert codes.admit("Bo", keys[1])[1] == "Bo"
    codes.revoke()
    codes.change()
    assert codes.admit("Dee")[1] == "Dee"
    assert codes.admit("Cy", keys[2])[1] == "Cy", "one who has made no room yet is the same person"
    assert codes.admit("Eve")[1] == "Eve"


def test_a_file_that_is_broken_costs_nothing_but_new_codes(codes: Codes) -> None:
    _, _, key = codes.admit("Ada")
    time.sleep(0.01)
    codes._file.write_text('{"secret": ')
    assert codes.known(key) is None
    codes.open()
    assert codes.code


@pytest.fixture(scope="module")
def ada(_runtime: None) -> tuple[Codes, str, str]:
    codes = Codes(Path("/nowhere/made-up.storm.yaml"))
    person, _, key = codes.admit("Ada")
    return codes, person, key


@given(said=st.text(max_size=60))
@settings(max_examples=50)
def test_no_key_is_made_up(ada: tuple[Codes, str, str], said: str) -> None:
    codes, person, key = ada
    for made_up in (said, person + said, said[:8] + key[8:], key + said):
        assert made_up == key or codes.known(made_up) is None
    assert key not in json.dumps(json.loads(codes._file.read_text()))
