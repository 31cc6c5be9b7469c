"""A facilitator and two boards through the phases of a workshop, in real browsers."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from .boards import Process, Room, Seat
from .conftest import Lab, Page, open_notebook, run_all
from .test_board_looks import faults


def button(seat: Seat, name: str) -> Locator:
    return seat.page.get_by_role("button", name=name, exact=False).first


def write(seat: Seat, *names: str) -> None:
    field = seat.page.locator(".typing input")
    for name in names:
        field.fill(name)
        field.press("Enter")
        expect(seat.page.locator(".note", has_text=name).first).to_be_visible()
    seat.saved()


def names(seat: Seat) -> list[str]:
    return sorted(event["name"] for event in seat.told().get("events", {}).values())


def test_a_facilitator_and_two_boards_go_through_a_workshop(killable: tuple[Room, Process]) -> None:
    room, process = killable
    room.write("name: Inn\n")
    fay, ada, bo = room.seat(1, "Fay", facilitates=True), room.seat(1, "Ada"), room.seat(3, "Bo", dark=True)
    strip = ada.page.get_by_role("group", name="Workshop")
    assert strip.is_hidden() and not ada.page.get_by_role("region", name="Facilitating").count()

    button(fay, "Begin the workshop").click()
    expect(strip).to_contain_text("Welcome")
    button(fay, "Next: Exploration, each alone").click()
    for seat in (ada, bo):
        expect(seat.page.get_by_text("Only you see your notes")).to_be_visible()
    expect(bo.root).to_have_attribute("data-step", "1")  # the phase has brought its step
    expect(strip.get_by_role("timer")).to_contain_text(re.compile(r"1[45]:\d\d"))
    write(ada, "Customer Registered", "Room Booked")
    write(bo, "Client Registered", "Room Booked")
    assert names(ada) == ["Customer Registered", "Room Booked"] and names(fay) == []
    assert (
        fay.page.get_by_text("Not spoken yet").count() == 0 and ada.page.get_by_text("Spoken:").count() == 0
    )
    for seat in (fay, bo):
        assert faults(seat) == []

    process.kill()
    expect(ada.root).to_have_attribute("data-status", "away")
    process.start()
    for seat in (fay, ada, bo):
        expect(seat.root).to_have_attribute("data-status", "live")
    assert names(ada) == ["Customer Registered", "Room Booked"] and names(fay) == []

    button(fay, "Next: Exploration, all together").click()
    expect(ada.page.get_by_role("region", name="Gathered for merging")).to_contain_text("Client Registered")
    assert len(names(ada)) == 4
    boxes = fay.page.evaluate(
        "() => board.scene.notes.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`)"
    )
    assert len({*boxes}) == 4, "no note lies on another"
    button(ada, "Merge “").click()
    expect(ada.page.locator(".note")).to_have_count(3)

    ada.page.evaluate("() => board.setStep(4)")
    expect(ada.page.get_by_text("this step opens with “Entities and Aggregates”")).to_be_visible()
    ada.do({"kind": "add", "to": "entities", "name": "Room"}, refused=True)
    expect(ada.page.get_by_role("region", name="Messages")).to_contain_text("Entities come later")

    fay.focus(fay.page.evaluate("() => board.scene.notes[0].key"))
    button(fay, "Spotlight on the selected note").click()
    button(fay, "Bring everyone here").click()
    expect(ada.root).to_have_attribute("data-step", "1")
    expect(ada.page.locator(".overlay .spot")).to_be_visible()

    button(fay, "Lock: Only facilitators edit").click()
    expect(strip).to_contain_text("Locked")
    ada.do({"kind": "add", "to": "events", "name": "Bill Paid"}, refused=True)
    button(fay, "Unlock").click()
    fay.page.get_by_label("Driver", exact=True).select_option(label="Ada")
    expect(strip).to_contain_text("You drive")
    bo.do({"kind": "add", "to": "events", "name": "Bill Paid"}, refused=True)
    ada.do({"kind": "add", "to": "events", "name": "Bill Paid"})
    fay.page.get_by_label("Driver", exact=True).select_option(label="everybody")
    expect(strip).not_to_contain_text("drive")

    ada.do({"kind": "add", "to": "hotspots", "name": "Who refunds?", "id": "refunds"})
    fay.page.get_by_label("Dots each").fill("1")
    button(fay, "Open a vote").click()
    button(ada, "Put a dot on Who refunds?").click()
    expect(strip).to_contain_text("0 of 1 dots left")
    assert not bo.told()["hotspots"]["refunds"].get("votes")
    assert faults(ada) == []
    button(fay, "Close the vote").click()
    expect(bo.page.get_by_role("region", name="Votes")).to_contain_text("1 dot")

    summary = fay.page.locator("summary", has_text="Agenda and timings")
    summary.click()
    minutes = fay.page.get_by_label("Minutes of Temporal Sequencing")
    minutes.fill("45")
    minutes.press("Enter")
    expect(fay.page.get_by_label("Minutes of Temporal Sequencing")).to_have_value("45")
    fay.saved()
    assert faults(fay) == []
    fay.page.keyboard.press("Control+k")
    fay.page.keyboard.type("Workshop: end")
    fay.page.keyboard.press("Enter")
    expect(strip).to_be_hidden()
    assert room.storm().workshop is not None and room.storm().workshop.phase is None  # type: ignore[union-attr]


def test_the_workshop_page_steers_in_jupyterlab_also_after_a_restart(page: Page, lab: Lab) -> None:
    board = '.anycompany-board[data-status="live"]'
    open_notebook(page, lab, "workshop.ipynb")
    run_all(page)
    panel = page.get_by_role("region", name="Facilitating")
    expect(panel).to_be_visible()
    page.get_by_role("button", name="Begin the workshop").click()
    expect(panel).to_contain_text("Welcome")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    expect(page.locator('.anycompany-board[data-status="away"]')).to_be_visible()
    expect(page.locator(board)).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Next: Exploration, each alone").click()
    expect(page.get_by_text("Only you see your notes")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reveal").click()
    expect(page.get_by_text("Only you see your notes")).to_be_hidden()
