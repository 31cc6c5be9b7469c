"""Guests of a real workshop, and those who would be: what they may do, what they learn, what is refused."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import websocket

from anycompany.files import new_storm
from anycompany.storm.workshop.rights import NOT_FOR_GUESTS, ONLY_OWN, VOTED_ON
from anycompany.workshop import host
from anycompany.workshop.errors import WorkshopError
from anycompany.workshop.opening import share_of
from anycompany.workshop.server import limits

from .workshops import START, Guest, Opened


@contextmanager
def guest(inn: Opened, name: str, tab: str = "0001") -> Iterator[Guest]:
    joined = Guest(inn.url, tab)
    joined.join(inn.code, name)
    try:
        yield joined
    finally:
        joined.close()


def names(inn: Opened) -> list[str]:
    """The names of all events that were ever added, as often as they were."""
    return [entry["edit"]["name"] for entry in inn.entries() if entry["edit"].get("to") == "events"]


def asked(inn: Opened, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(f"{inn.url}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def test_guests_write_change_take_back_and_vote_and_others_see_it_at_once(inn: Opened) -> None:
    with guest(inn, "Ruth") as ruth, guest(inn, "Saul") as saul:
        added = ruth.edit(kind="add", to="events", name="Room Booked", id="chosen-by-a-phone")
        assert "chosen-by-a-phone" not in json.dumps(added["delta"])
        seen = saul.hear("patch")
        assert seen["delta"] == added["delta"]
        assert "author" not in seen
        spot = ruth.edit(kind="add", to="hotspots", name="Who refunds?", keys={"about": "room-booked"})
        assert spot["type"] == "patch"
        assert (
            ruth.edit(kind="rename", of="events", id="room-booked", name="Room Reserved")["type"] == "patch"
        )
        saul.edit(kind="vote", hotspot="who-refunds", who="Ruth")
        assert inn.entries()[-1]["edit"]["who"] == "Saul"
        assert inn.entries()[-1]["author"] == "Saul"
        assert ruth.edit(kind="remove", of="hotspots", id="who-refunds")["why"] == VOTED_ON[0]
        saul.edit(kind="vote", hotspot="who-refunds", who="Ruth", up=False)
        assert ruth.edit(kind="remove", of="hotspots", id="who-refunds")["type"] == "patch"


def test_a_guest_gets_nothing_that_is_anothers_or_not_for_guests(inn: Opened) -> None:
    with guest(inn, "Carol") as carol, guest(inn, "Eve") as eve:
        key = carol.edit(kind="add", to="events", name="Bill Paid")["delta"][0][1][-1]
        before = len(inn.entries())
        assert eve.edit(kind="rename", of="events", id=key, name="Bill Forged")["why"] == ONLY_OWN[0]
        assert eve.edit(kind="remove", of="events", id=key)["why"] == ONLY_OWN[0]
        for edit in (
            {"kind": "settings", "keys": {"name": "Eve's"}},
            {"kind": "phase", "phase": "vote"},
            {"kind": "conduct", "keys": {"locked": True}},
            {"kind": "batch", "edits": [{"kind": "add", "to": "events", "name": "In a bundle"}]},
            {"kind": "patch", "steps": [{"path": ["name"], "to": "Eve's", "was": "inn"}]},
            {"kind": "add", "to": "contexts", "name": "Eve's"},
            {"kind": "add", "to": "events", "name": "With more", "keys": {"pivotal": True}},
        ):
            assert eve.edit(**edit)["why"] == NOT_FOR_GUESTS[0], edit
        for message in ({"type": "undo", "id": eve.new_id()}, {"type": "ask", "n": 1, "question": "report"}):
            eve.say(**message)
            assert eve.hear("nack", "answer")["type"] == "nack"
        assert len(inn.entries()) == before


def test_a_guest_cannot_be_another_whatever_their_messages_claim(inn: Opened) -> None:
    with guest(inn, "Dora") as dora, guest(inn, "Mallory") as mallory:
        claim = {"person": dora.person, "name": "Dora", "tab": dora.tab}
        forged = f"{dora.person}{dora.tab}_900"
        refused = mallory.send_edit(forged, {"kind": "add", "to": "events", "name": "Forged"}, **claim)
        assert refused["type"] == "nack"
        mallory.send_edit(mallory.new_id(), {"kind": "add", "to": "events", "name": "As Herself"}, **claim)
        assert inn.entries()[-1]["author"] == "Mallory"
        assert inn.entries()[-1]["id"].startswith(mallory.person)
        assert "Forged" not in names(inn)


def test_what_is_sent_twice_happens_once_and_two_tabs_are_one_person(inn: Opened) -> None:
    with guest(inn, "Fay") as fay:
        identifier = fay.new_id()
        for _ in range(3):
            fay.send_edit(identifier, {"kind": "add", "to": "events", "name": "Key Lost"})
        assert names(inn).count("Key Lost") == 1
        other = Guest(inn.url, "0002")
        assert other.knock(key=fay.key)["person"] == fay.person
        other.greet()
        own = other.hear("own")
        assert own["afresh"]
        assert "events/key-lost" in own["keys"]
        assert other.edit(kind="rename", of="events", id="key-lost", name="Key Found")["type"] == "patch"
        other.close()


def test_a_note_holds_ten_thousand_characters_and_not_one_more(inn: Opened) -> None:
    with guest(inn, "Gus") as gus:
        longest = "ä" * 10_000
        assert gus.edit(kind="add", to="events", name=longest)["type"] == "patch"
        refused = gus.edit(kind="add", to="events", name=f"{longest}!")
        assert "10,000" in refused["why"]
        assert gus.edit(kind="add", to="hotspots", name="Still here?")["type"] == "patch"
        gus.edit(kind="remove", of="events", id=inn.entries()[-2]["edit"]["id"])


def test_a_flood_is_ended_with_a_word_others_notice_nothing_and_nothing_is_lost(inn: Opened) -> None:
    with guest(inn, "Hal") as hal, guest(inn, "Ivy") as ivy:
        sent = [hal.new_id() for _ in range(int(3 * limits.AT_ONCE))]
        with pytest.raises((websocket.WebSocketException, OSError)):
            for number, identifier in enumerate(sent):
                hal.say(
                    type="edit", id=identifier, edit={"kind": "add", "to": "events", "name": f"F {number}"}
                )
            closed = hal.hear("closed")
            assert "too much" in closed["why"]
            hal.hear("never")
        assert ivy.edit(kind="add", to="events", name="Calm Kept")["type"] == "patch"
        back = Guest(inn.url)
        back.knock(key=hal.key)
        back.greet()
        for number, identifier in list(enumerate(sent))[int(limits.AT_ONCE) - 20 : int(limits.AT_ONCE) + 20]:
            back.send_edit(identifier, {"kind": "add", "to": "events", "name": f"F {number}"})
        back.close()
    ids = [entry["id"] for entry in inn.entries()]
    assert len(ids) == len(set(ids))
    assert set(sent[: int(limits.AT_ONCE) + 20]) <= set(ids)


def test_whoever_is_not_in_has_a_few_words_and_knocks_by_many_keep_no_guest_waiting(inn: Opened) -> None:
    crowd = [Guest(inn.url) for _ in range(40)]
    with guest(inn, "Lou") as lou:
        for stranger in crowd:
            stranger.say(type="knock", tab=stranger.tab, code="x" * 200_000)
        assert lou.edit(kind="add", to="events", name="Door Knocked")["type"] == "patch"
        assert not any(message["type"] == "resting" for message in lou.heard)
    for stranger in crowd[1:]:
        stranger.close()
    assert crowd[0].knock(code=inn.code, name="Lou")["type"] == "welcome"
    crowd[0].close()


def test_nonsense_from_a_guest_changes_nothing_and_puts_nobody_out(inn: Opened) -> None:
    with guest(inn, "Jan") as jan, guest(inn, "Kim") as kim:
        before = len(inn.entries())
        for text in ("", "null", "[", "[" * 5000, '{"type": 1}', '{"type": "edit"}', '{"type": "edit", "edit": 7}',
                     '{"type": "hello", "protocol": "x"}', '{"op": "tell", "guests": ["1"]}', '"\\ud800"'):  # fmt: skip
            jan.wire.send(text)
        jan.say(type="knock", tab="0001", code="")
        assert jan.edit(kind="add", to="events", name="Sense Made")["type"] == "patch"
        assert kim.hear("patch")["delta"]
        assert len(inn.entries()) == before + 1


def test_pages_of_other_origins_and_strangers_are_refused_proxies_and_scripts_are_not(inn: Opened) -> None:
    address = f"{inn.url.replace('http', 'ws')}anycompany/join/socket"
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(address, origin="http://evil.example", timeout=30)
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(address, origin="null", timeout=30)
    # a name of somebody's own that leads to this computer
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(address, origin="http://evil.example", host="evil.example", timeout=30)
    assert asked(inn, "anycompany/join", Host="evil.example")[0] == 403
    proxied = {"X-Forwarded-Host": "workshops.example", "X-Forwarded-Proto": "https"}
    for options in ({}, {"origin": "https://workshops.example", "header": proxied}):
        websocket.create_connection(address, timeout=30, **options).close()
    hosting = f"{inn.url.replace('http', 'ws')}anycompany/workshop/host?workshop=mine"
    token = {"Authorization": f"token {inn.token}"}
    for options in (
        {},
        {"header": {"Authorization": "token made-up"}},
        {"header": token, "origin": inn.url[:-1]},
    ):
        with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
            websocket.create_connection(hosting, timeout=30, **options)
    assert (
        asked(inn, "anycompany/workshop/hosts")[0] in (403, 404)
        or "login" in asked(inn, "anycompany/workshop/hosts")[2]
    )
    assert asked(inn, "api/contents")[0] == 403


def test_pages_keep_to_themselves_and_no_token_is_in_anything_that_guests_get(inn: Opened) -> None:
    pages = [
        "join",
        "screen",
        *(f"{name}.{kind}" for name in ("join", "screen", "wall") for kind in ("js", "css")),
    ]
    for page in pages:
        status, headers, text = asked(inn, f"anycompany/{page}")
        assert status == 200
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert inn.token not in text
        assert "http://" not in text.replace("http://www.w3.org/", "") or page.endswith(".js")
    assert asked(inn, "anycompany/nothing.js")[0] == 404
    with guest(inn, "Leo") as leo:
        told = json.dumps([leo.greet(), *leo.heard])
        assert inn.token not in told
        assert str(inn.storm.parent) not in told
    assert inn.token not in inn.log.read_text()
    assert inn.code.replace("-", "") not in inn.log.read_text() + inn.storm.read_text()


def test_the_big_screen_shows_the_code_and_may_do_nothing(inn: Opened) -> None:
    screen = Guest(inn.url, "5cee")
    assert screen.knock(screen="made-up")["type"] == "refused"
    assert screen.knock(screen=inn.screen.partition("#")[2])["type"] == "welcome"
    door = screen.hear("door")
    assert (door["code"], door["address"]) == (inn.code, inn.address)
    assert len(door["qr"]) == len(door["qr"][0])
    screen.greet()
    screen.say(type="edit", id=screen.new_id(), edit={"kind": "add", "to": "events", "name": "By a screen"})
    assert screen.hear("refused")["why"]
    assert "By a screen" not in names(inn)
    screen.close()


def test_a_changed_code_keeps_guests_and_a_revoked_one_puts_them_out(inn: Opened) -> None:
    with guest(inn, "Mia") as mia:
        before = inn.run("--code").stdout.split()[0]
        assert before == inn.code
        changed = inn.run("--change-code", "--hours", "2")
        assert changed.stdout.split()[0] != before
        assert "2.0 hours" in changed.stdout
        assert mia.edit(kind="add", to="events", name="Code Changed")["type"] == "patch"
        late = Guest(inn.url)
        assert late.knock(code=before, name="Late")["type"] == "refused"
        inn.run("--revoke")
        assert mia.hear("refused")["void"]
        assert mia.knock(key=mia.key)["void"]
        assert inn.run("--code").returncode == 1
        inn.code = inn.run("--change-code").stdout.split()[0]
        inn.look_for_the_screen()
        person = mia.person
        assert mia.knock(code=inn.code, name="Mia", key=mia.key)["person"] == person
        mia.greet()
        assert mia.edit(kind="rename", of="events", id="code-changed", name="Code Renewed")["type"] == "patch"
        late.close()


def test_a_restarted_kernel_hosts_again_and_guests_go_on_as_who_they_were(inn: Opened) -> None:
    def call(path: str, method: str) -> Any:
        request = urllib.request.Request(
            f"{inn.url}{path}", method=method, headers={"Authorization": f"token {inn.token}"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or "null")

    with guest(inn, "Noa") as noa:
        noa.edit(kind="add", to="events", name="Before Restart")
        kernel = call("api/sessions", "GET")[0]["kernel"]["id"]
        call(f"api/kernels/{kernel}/restart", "POST")
        assert noa.hear("resting")
        noa.hear("back")
        noa.heard.clear()
        assert noa.knock(key=noa.key)["person"] == noa.person
        noa.greet()
        assert "events/before-restart" in noa.hear("own")["keys"]
        assert noa.edit(kind="add", to="events", name="After Restart")["type"] == "patch"
    assert names(inn).count("Before Restart") == names(inn).count("After Restart") == 1


def test_where_no_server_is_hosting_says_so_and_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    storm = tmp_path / "inn.storm.yaml"
    new_storm(storm, "inn")
    hosting = host(storm)
    assert (hosting.state, hosting.wait()) == ("no server", "no server")
    assert "No Jupyter server" in hosting.trouble
    assert (hosting.address, hosting.code, hosting.screen_address, hosting.qr_svg()) == ("", None, "", "")
    assert hosting.guests == []
    assert host(storm) is hosting
    hosting.stop()
    assert not (tmp_path / "runtime").exists()


def test_sharing_says_what_it_opens_and_an_address_of_others_is_refused() -> None:
    assert share_of(None).listens == "127.0.0.1"
    assert "Only this computer" in share_of(None).words
    own = share_of("127.0.0.1")
    assert (own.listens, own.public) == ("127.0.0.1", "127.0.0.1")
    everywhere = share_of("0.0.0.0")
    assert everywhere.listens == "0.0.0.0"
    assert everywhere.public not in (None, "0.0.0.0")
    assert "plain http" in everywhere.words
    proxied = share_of("https://workshops.example/team")
    assert (proxied.listens, proxied.public, proxied.base) == (
        "127.0.0.1",
        "https://workshops.example/team/",
        "/team/",
    )
    for wrong in ("192.0.2.77", "not an address", "", "ftp://x/", "https://", "https://x/?a=b"):
        with pytest.raises(WorkshopError):
            share_of(wrong)


def test_options_that_contradict_each_other_are_wrong_use(tmp_path: Path) -> None:
    for options in (["--code", "--revoke"], ["--hours", "2"], ["--change-code", "--hours", "1000"]):
        command = [sys.executable, "-c", START, "workshop", str(tmp_path / "none"), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr
        assert not list(tmp_path.iterdir())
