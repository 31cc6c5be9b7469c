"""Several people on one wall: they see each other, never lose a word, and end up with the same storm."""

import json
import re

import pytest
from playwright.sync_api import Browser, expect

from .boards import Process, Room, Seat, in_order

SCRIBBLE = """async ([seed, count]) => {
  let state = seed;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const one = list => list[Math.floor(random() * list.length)];
  const edits = {
    add: (ids, n) => ({ kind: 'add', to: 'events', name: `Thing ${seed} ${n} Done` }),
    rename: (ids, n) => ({ kind: 'rename', of: 'events', id: one(ids), name: `Other ${seed} ${n} Done` }),
    move: ids => ({ kind: 'move', note: one(ids), x: Math.floor(random() * 900), y: Math.floor(random() * 900) }),
    place: ids => ({ kind: 'place', event: one(ids), after: one(ids) }),
    unplace: ids => ({ kind: 'unplace', event: one(ids) }),
    park: ids => ({ kind: 'park', event: one(ids) }),
    pivotal: ids => ({ kind: 'change', of: 'events', id: one(ids), keys: { pivotal: random() < 0.5 } }),
    remove: ids => ({ kind: 'remove', of: 'events', id: one(ids) }),
    hotspot: (ids, n) => ({ kind: 'add', to: 'hotspots', name: `Why ${seed} ${n}?`, keys: { about: `events/${one(ids)}` } }),
  };
  const kinds = ['add', 'add', 'add', 'rename', 'rename', 'move', 'move', 'move', 'place', 'unplace', 'park', 'pivotal', 'remove', 'hotspot'];
  const outcomes = [];
  for (let n = 0; n < count; n++) {
    const ids = Object.keys(board.session.doc.events ?? {});
    const back = random() < 0.1;
    outcomes.push(back ? board.session.undo() : board.session.do(edits[ids.length > 3 ? one(kinds) : 'add'](ids, n)));
    if (random() < 0.5) await new Promise(done => setTimeout(done, random() * 20));
  }
  globalThis.outcomes = Promise.all(outcomes);
}"""
"""Makes random edits, many of them while those before are still on their way."""


def scribble(seats: list[Seat], seed: int, count: int) -> None:
    """Everybody edits at the same time."""
    for number, seat in enumerate(seats):
        seat.page.emulate_media(reduced_motion="reduce")  # a page that draws less hears more
        seat.page.evaluate(
            f"given => {{ globalThis.scribbled = ({SCRIBBLE})(given); }}", [seed * 100 + number, count]
        )


def outcomes(seats: list[Seat]) -> list[dict[str, object]]:
    """What became of every edit; each has an answer."""
    return [
        one
        for seat in seats
        for one in seat.page.evaluate("async () => { await scribbled; return outcomes; }")
    ]


def all_the_same(room: Room, seats: list[Seat]) -> None:
    """Once nothing is on its way, everybody sees the same, to the order of notes, and it is what is on the disk."""
    for seat in seats:
        seat.saved()
    revision = room.revision()
    for seat in seats:
        seat.at(revision)
    told = [in_order(seat.told()) for seat in (*seats, room.seat(step=1, name="Who comes in last"))]
    assert len(set(told)) == 1
    assert json.loads(told[0]) == json.loads(in_order(room.storm().document()))


def once_in_the_log(room: Room, done: list[dict[str, object]]) -> None:
    """What was acknowledged is in the log, once."""
    entries = [json.loads(line) for line in room.log.read_text().splitlines()]
    ids = [entry["id"] for entry in entries]
    assert len(set(ids)) == len(ids)
    kept = [one for one in done if one["ok"]]
    assert len([one for one in ids if re.fullmatch(r"[0-9a-f]{12}_\d+", one)]) >= len(
        {one["revision"] for one in kept}
    )
    assert kept


def test_what_one_person_does_the_other_sees(room: Room) -> None:
    ada, ben = room.seat(step=1, name="Ada"), room.seat(step=1, name="Ben")
    ada.do({"kind": "add", "to": "events", "name": "Room Booked"})
    ben.holds("events/room-booked")
    expect(ben.note("events/room-booked")).to_contain_text("Room Booked")
    all_the_same(room, [ada, ben])


@pytest.mark.parametrize(("people", "edits", "seed"), [(2, 100, 1), (5, 50, 3)])
def test_random_edits_at_the_same_time_end_in_one_storm(
    room: Room, people: int, edits: int, seed: int
) -> None:
    seats = [room.seat(step=1 + number, name=f"P{number}") for number in range(people)]
    scribble(seats, seed, edits)
    done = outcomes(seats)
    all_the_same(room, seats)
    once_in_the_log(room, done)


def test_nothing_is_lost_when_connections_are_cut(room: Room) -> None:
    seats = [room.seat(step=1, name=f"P{number}") for number in range(3)]
    scribble(seats, 5, 80)
    for number in (0, 1, 2, 0, 1, 2, 0, 1):
        seats[number].cut()
    done = outcomes(seats)
    all_the_same(room, seats)
    once_in_the_log(room, done)


def test_nothing_is_lost_when_the_kernel_is_killed(killable: tuple[Room, Process]) -> None:
    room, process = killable
    seats = [room.seat(step=1, name=f"P{number}") for number in range(3)]
    scribble(seats, 7, 80)
    for _ in range(4):
        process.kill()
        process.start()
        seats[0].page.wait_for_function("() => board.session.status === 'live'")
    done = outcomes(seats)
    all_the_same(room, seats)
    once_in_the_log(room, done)


def test_two_kernels_on_one_file_are_one_wall(killable: tuple[Room, Process], browser: Browser) -> None:
    here, _ = killable
    process = Process(here.path)
    there = Room(here.path, process.start(), browser)
    seats = [room.seat(step=step, name=f"P{step}") for step, room in enumerate((here, there, here, there), 1)]
    scribble(seats, 9, 80)
    seats[3].cut()
    done = outcomes(seats)
    all_the_same(here, seats)
    once_in_the_log(here, done)
    there.close()
    process.kill()


def test_who_is_offline_goes_on_editing_and_is_caught_up_with(room: Room) -> None:
    ada, ben = room.seat(step=1, name="Ada"), room.seat(step=1, name="Ben")
    ada.unplug()
    ada.page.wait_for_function("() => board.session.status === 'away'")
    ada.page.evaluate("() => { board.do([{ kind: 'add', to: 'events', name: 'Written Offline' }]); }")
    expect(ada.note("events/written-offline")).to_be_visible()
    expect(ada.root.get_by_text("Not connected").first).to_be_visible()
    ben.do({"kind": "add", "to": "events", "name": "Written Meanwhile"})
    ada.plug_in()
    ben.holds("events/written-offline")
    ada.holds("events/written-meanwhile")
    all_the_same(room, [ada, ben])


def test_what_was_not_sent_survives_a_reload_of_the_page(room: Room) -> None:
    ada = room.seat(step=1, name="Ada")
    ada.unplug()
    ada.page.wait_for_function("() => board.session.status === 'away'")
    ada.page.evaluate("() => { board.do([{ kind: 'add', to: 'events', name: 'Written Offline' }]); }")
    ada.plug_in(reload=True)
    ada.holds("events/written-offline")
    ada.saved()
    assert "written-offline" in room.storm().events


def test_everybody_undoes_their_own(room: Room) -> None:
    ada, ben = room.seat(step=1, name="Ada"), room.seat(step=1, name="Ben")
    ada.do({"kind": "add", "to": "events", "name": "Of Ada"})
    ben.holds("events/of-ada")
    ben.do({"kind": "add", "to": "events", "name": "Of Ben"})
    ada.holds("events/of-ben")
    ada.focus("events/of-ada")
    ada.page.keyboard.press("Control+z")
    ada.saved()
    assert "of-ben" in room.storm().events
    assert "of-ada" not in room.storm().events
    ada.page.keyboard.press("Control+Shift+z")
    ada.saved()
    ben.focus("events/of-ben")
    ben.page.keyboard.press("Control+z")
    ben.saved()
    assert "of-ada" in room.storm().events
    assert "of-ben" not in room.storm().events
    all_the_same(room, [ada, ben])


def test_two_texts_for_one_note_are_both_kept_until_somebody_chooses(room: Room) -> None:
    ada, ben = room.seat(step=1, name="Ada"), room.seat(step=1, name="Ben")
    for seat, text in ((ada, "From Ada"), (ben, "From Ben")):
        seat.focus("events/account-created")
        seat.page.keyboard.press("F2")
        seat.page.keyboard.press("Control+a")
        seat.page.keyboard.type(text)
    ada.page.keyboard.press("Enter")
    ada.saved()
    expect(ben.root.get_by_text("“From Ada” meanwhile").first).to_be_visible()
    expect(ben.root.locator(".editor textarea")).to_have_value("From Ben")
    ben.page.keyboard.press("Enter")
    ben.root.get_by_role("button", name="Keep mine").click()
    ben.saved()
    assert room.storm().events["account-created"].name == "From Ben"
    all_the_same(room, [ada, ben])


def test_people_see_where_the_others_are_and_what_they_hold(room: Room) -> None:
    ada, ben = room.seat(step=1, name="Ada Lovelace"), room.seat(step=1, name="Ben")
    circle = ben.root.get_by_role("button", name=re.compile("Ada Lovelace"))
    expect(circle).to_be_visible()
    ada.page.mouse.move(640, 560)
    expect(ben.root.locator(".pointer span", has_text="Ada")).to_be_visible()
    start = ada.middle("events/account-created")
    ada.page.mouse.move(*start)
    ada.page.mouse.down()
    ada.page.mouse.move(start[0] + 60, start[1] + 60, steps=3)
    expect(ben.note("events/account-created").locator(".holder")).to_be_visible()
    ada.page.mouse.up()
    expect(ben.note("events/account-created").locator(".holder")).to_have_count(0)
    ada.page.evaluate("() => board.setStep(3)")
    expect(ben.root.get_by_role("button", name=re.compile("Ada Lovelace, at step 3"))).to_be_visible()
    ada.page.close()
    expect(circle).to_have_count(0)


def test_a_file_changed_by_hand_is_on_the_wall_at_once(room: Room) -> None:
    ada = room.seat(step=1)
    text = room.path.read_text()
    room.path.write_text(text.replace("Account Created", "Account Opened"))
    expect(ada.note("events/account-created")).to_contain_text("Account Opened")
    ada.do({"kind": "add", "to": "events", "name": "Room Booked"})
    assert room.storm().events["account-created"].name == "Account Opened"
