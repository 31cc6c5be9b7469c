"""A trace on the board in real browsers: seen, heard, held still, and never in the way of work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from anycompany.board import door
from anycompany.board.room import Room as Kernel

from ..test_diagrams_playing import PAYMENT, trace_of, walk
from .boards import Room, Seat
from .test_board_looks import faults


class _Cell:
    """A cell of the notebook: in the room, and without a page."""

    def send(self, content: object) -> None:
        """Hear nothing."""


@pytest.fixture
def kernel(room: Room) -> Iterator[Kernel]:
    """The room as a notebook's kernel has it."""
    member = _Cell()
    opened = door.enter(room.path, member)
    yield opened
    door.leave(opened, member)


ALIGHT = """key => {
  const [light, note] = [`.t-ring[data-of="${key}"]`, `.note[data-key="${key}"]`].map(
    found => document.querySelector(found)?.getBoundingClientRect());
  return light && note && Math.abs(light.x - note.x) + Math.abs(light.y - note.y) < 3;
}"""


def alight(seat: Seat, key: str) -> None:
    """Wait until a note is alight: the light is around it."""
    seat.page.wait_for_function(ALIGHT, arg=key)


def test_events_light_up_and_travel_on_every_board(room: Room, kernel: Kernel) -> None:
    one, other = room.seat(step=7, name="Ada"), room.seat(step=7, name="Bo")
    kernel.play(trace_of(*PAYMENT))
    alight(one, "events/payment-attempted")
    one.page.wait_for_selector(".t-token.is-failed", state="attached")
    alight(one, "events/payment-failed")
    for seat in (one, other):
        expect(seat.root.locator('.t-count[data-of="listeners/everything"]')).to_have_text("✓ 1")
        expect(seat.root.get_by_role("group", name="Trace")).to_contain_text("Payment Failed · 3 of 3")


def test_work_goes_on_while_it_plays(room: Room, kernel: Kernel) -> None:
    seat = room.seat(step=7)
    seat.focus("events/account-created")
    seat.page.keyboard.press("F2")
    kernel.play(trace_of(*PAYMENT))
    alight(seat, "events/account-created")
    seat.page.keyboard.press("Control+a")
    seat.page.keyboard.type("Account Opened")
    seat.page.keyboard.press("Enter")
    seat.saved()
    assert room.storm().events["account-created"].name == "Account Opened"
    seat.do({"kind": "remove", "of": "events", "id": "payment-failed"})
    expect(seat.root.get_by_role("group", name="Trace")).to_contain_text("3 of 3")
    assert seat.root.locator('.t-ring[data-of="events/payment-failed"]').count() == 0


def test_a_trace_is_gone_through_with_the_keyboard(room: Room, kernel: Kernel) -> None:
    seat = room.seat(step=3)
    kernel.play(trace_of(*PAYMENT))
    seat.root.get_by_role("button", name="Watch it").click()
    slider = seat.root.get_by_role("slider", name="Step of the trace")
    expect(slider).to_be_focused()
    assert seat.page.evaluate("() => board.step.number") == 7
    for key in ("Home", "ArrowRight", "ArrowRight"):
        seat.page.keyboard.press(key)
    expect(slider).to_have_attribute("aria-valuetext", "2 of 3, 0.4 s: Take payment → Payment Attempted")
    alight(seat, "events/payment-attempted")
    seat.page.keyboard.press("Escape")
    expect(seat.root.get_by_role("group", name="Trace")).to_be_hidden()
    assert seat.root.locator(".t-ring").count() == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_wrong_while_a_trace_plays(room: Room, kernel: Kernel, dark: bool) -> None:
    seat = room.seat(step=7, dark=dark)
    kernel.play(walk(room.storm(), 40))
    seat.root.get_by_role("button", name="Pause").click()
    seat.root.get_by_role("slider", name="Step of the trace").fill("9")
    assert faults(seat) == []


def test_who_comes_later_can_watch_what_was_played(room: Room, kernel: Kernel) -> None:
    early = room.seat(step=7, name="Ada")
    kernel.play(trace_of(*PAYMENT))
    alight(early, "events/account-created")
    late = room.seat(step=7, name="Bo")
    alight(late, "events/account-created")
    early.cut()
    early.saved()
    expect(early.root.get_by_role("group", name="Trace")).to_contain_text("3 of 3")
