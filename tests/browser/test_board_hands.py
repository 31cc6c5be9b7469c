"""What one person does on the board: with a mouse, with the keyboard alone, with a finger."""

import re

import pytest
from playwright.sync_api import expect

from ..storms import HOSTILE_TEXTS
from .boards import Room

BLANK = "name: Blank\n"


def test_typing_and_enter_makes_notes_one_after_another(room: Room) -> None:
    seat = room.seat(step=1)
    field = seat.page.get_by_role("textbox").first
    field.click()
    for name in ("Room Booked", "Guest Arrived", "Bill Paid"):
        seat.page.keyboard.type(name)
        seat.page.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    seat.saved()
    assert {"room-booked", "guest-arrived", "bill-paid"} <= set(room.storm().events)


def test_a_pasted_list_becomes_as_many_notes(room: Room) -> None:
    seat = room.seat(step=1)
    before = set(room.storm().events)
    field = seat.page.get_by_role("textbox").first
    field.click()
    seat.paste("- Room Booked\n- Guest Arrived\n\n3. Bill Paid\n")
    seat.holds("events/room-booked", "events/guest-arrived", "events/bill-paid")
    seat.saved()
    assert set(room.storm().events) - before == {"room-booked", "guest-arrived", "bill-paid"}


def test_a_double_click_on_the_wall_makes_a_note_there(room: Room) -> None:
    room.write(BLANK)
    seat = room.seat(step=1)
    seat.page.mouse.dblclick(700, 600)
    seat.page.keyboard.type("Room Booked")
    seat.page.keyboard.press("Enter")
    seat.holds("events/room-booked")
    left, top, width, height = seat.box("events/room-booked")
    assert abs(left + width / 2 - 700) < 60
    assert abs(top + height / 2 - 600) < 60


def test_a_note_lies_where_it_was_dropped(room: Room) -> None:
    seat = room.seat(step=1)
    left, top, *_ = seat.box("events/account-created")
    seat.drag("events/account-created", by=(90, 130))
    seat.saved()
    moved_left, moved_top, *_ = seat.box("events/account-created")
    assert abs(moved_left - left - 90) < 3
    assert abs(moved_top - top - 130) < 3
    assert "events/account-created" in room.storm().document()["board"]["notes"]


def test_what_means_the_same_is_merged_by_dropping_one_on_the_other(room: Room) -> None:
    seat = room.seat(step=1)
    seat.drag("events/payment-failed", onto="events/payment-attempted")
    seat.page.get_by_role("menuitem", name="Merge as “Payment Failed”").click()
    seat.saved()
    events = room.storm().events
    assert "payment-failed" not in events
    assert events["payment-attempted"].name == "Payment Failed"


def test_an_event_is_put_into_time_by_dragging(room: Room) -> None:
    seat = room.seat(step=2)
    seat.drag("events/subscription-renewed", between=("events/account-created", "events/payment-attempted"))
    seat.saved()
    assert room.storm().document()["timeline"][:3] == [
        "account-created",
        "subscription-renewed",
        "payment-attempted",
    ]


def test_an_event_is_given_to_another_entity_by_dragging(room: Room) -> None:
    seat = room.seat(step=4)
    seat.drag("events/payment-failed", onto="events/operation-failed")
    seat.saved()
    assert "payment-failed" in room.storm().document()["entities"]["operation"]


def test_what_a_border_costs_is_said_while_the_entity_is_in_the_hand(room: Room) -> None:
    seat = room.seat(step=5)
    panel = seat.root.locator("aside, [class*=panel]").first
    before = panel.inner_text()
    with seat.held("entities/payment", over="events/customer-cancelled"):
        seat.page.wait_for_function(
            "([panel, before]) => panel.innerText !== before", arg=[panel.element_handle(), before]
        )
    seat.saved()
    assert "payment" in room.storm().document()["contexts"]["customer-relations"]["entities"]


def test_escape_puts_back_what_is_in_the_hand(room: Room) -> None:
    seat = room.seat(step=5)
    before = room.storm().document()
    with seat.held("entities/payment", over="events/customer-cancelled"):
        seat.page.keyboard.press("Escape")
    seat.saved()
    assert room.storm().document() == before


def test_the_keyboard_alone_is_enough(room: Room) -> None:
    seat = room.seat(step=1)
    keys = seat.page.keyboard
    seat.focus("events/account-created")
    keys.press("ArrowRight")
    second = seat.focused()
    assert second != "events/account-created"
    keys.press("ArrowLeft")
    assert seat.focused() == "events/account-created"
    keys.press("F2")
    keys.press("Control+a")
    keys.type("Account Opened")
    keys.press("Enter")
    seat.saved()
    assert seat.focused() == "events/account-created"
    keys.press("p")
    seat.saved()
    keys.press("Delete")
    seat.saved()
    assert seat.focused()
    assert "account-created" not in room.storm().events
    keys.press("Control+z")
    seat.saved()
    opened = room.storm().events["account-created"]
    assert (opened.name, opened.pivotal) == ("Account Opened", False)
    for _ in range(2):
        keys.press("Control+z")
        seat.saved()
    assert room.storm().events["account-created"].pivotal
    assert room.storm().events["account-created"].name == "Account Created"


@pytest.mark.parametrize("step", range(1, 9))
def test_every_step_has_a_place_to_move_to_by_keyboard_and_keeps_the_focus(room: Room, step: int) -> None:
    seat = room.seat(step=step)
    keys = seat.page.keyboard
    seat.page.evaluate(
        "() => board.focus(board.scene.notes.find(note => !note.fixed && note.kind !== 'hotspot').key)"
    )
    seat.page.keyboard.press("m")
    chooser = seat.root.get_by_role("dialog")
    expect(chooser).to_be_visible()
    keys.press("Escape")
    expect(chooser).to_have_count(0)
    assert seat.focused()
    keys.press("Shift+F10")
    expect(seat.root.get_by_role("menu")).to_be_visible()
    keys.press("Escape")
    expect(seat.root.get_by_role("menu")).to_have_count(0)
    assert seat.focused()


def test_no_key_press_leaves_the_board(room: Room) -> None:
    seat = room.seat(step=2)
    seat.page.evaluate(
        """() => { globalThis.left = [];
          for (const kind of ['keydown', 'keypress', 'keyup', 'copy', 'cut', 'paste'])
            document.addEventListener(kind, event => left.push(`${kind} ${event.key}`)); }"""
    )
    places = ("note", "wall", "field", "editor", "button")
    for place in places:
        if place == "note":
            seat.focus("events/account-created")
        elif place == "wall":
            seat.page.evaluate("() => document.querySelector('.wall').focus()")
        elif place == "editor":
            seat.focus("events/account-created")
            seat.page.keyboard.press("F2")
        elif place == "field":
            seat.page.evaluate("() => document.querySelector('.typing input')?.focus()")
        else:
            seat.root.get_by_role("button", name=re.compile("Undo")).first.focus()
        for key in ("d", "a", "Shift+d", "Control+b", "j", "ArrowDown", "Shift+Enter", "Control+s", "Escape"):
            seat.page.keyboard.press(key)
    seat.page.keyboard.press("Escape")
    assert seat.page.evaluate("() => left") == []


def test_undo_and_redo_by_their_buttons(room: Room) -> None:
    seat = room.seat(step=1)
    before = room.storm().document()
    seat.focus("events/account-created")
    seat.page.keyboard.press("p")
    seat.saved()
    changed = room.storm().document()
    seat.root.get_by_role("button", name="Undo", exact=True).click()
    seat.saved()
    assert room.storm().document() == before
    seat.root.get_by_role("button", name="Redo", exact=True).click()
    seat.saved()
    assert room.storm().document() == changed


def test_selected_notes_move_together_and_come_back_together(room: Room) -> None:
    seat = room.seat(step=1)
    before = [seat.box(f"events/{name}")[:2] for name in ("account-created", "payment-attempted")]
    seat.note("events/account-created").click()
    seat.note("events/payment-attempted").click(modifiers=["Shift"])
    seat.drag("events/payment-attempted", by=(60, 120))
    seat.saved()
    after = [seat.box(f"events/{name}")[:2] for name in ("account-created", "payment-attempted")]
    for (x, y), (new_x, new_y) in zip(before, after, strict=True):
        assert abs(new_x - x - 60) < 3
        assert abs(new_y - y - 120) < 3
    seat.page.keyboard.press("Control+z")
    seat.saved()
    assert "board" not in room.storm().document()


def test_a_rubber_band_selects_what_it_touches(room: Room) -> None:
    seat = room.seat(step=1)
    boxes = [seat.box(f"events/{name}") for name in ("account-created", "payment-attempted")]
    left, top = min(box[0] for box in boxes) - 12, min(box[1] for box in boxes) - 12
    right, bottom = max(box[0] + box[2] for box in boxes) + 6, max(box[1] + box[3] for box in boxes) + 6
    seat.page.mouse.move(left, top)
    seat.page.mouse.down()
    seat.page.mouse.move(right, bottom, steps=4)
    seat.page.mouse.up()
    seat.page.wait_for_function("() => board.selection.size >= 2")
    assert {"events/account-created", "events/payment-attempted"} <= set(
        seat.page.evaluate("() => [...board.selection]")
    )


def test_the_wheel_moves_the_wall_and_zooms_it_about_the_pointer(room: Room) -> None:
    seat = room.seat(step=1)
    seat.focus("events/account-created")  # until then the wheel scrolls the page around the board
    left, top, width, _ = seat.box("events/account-created")
    seat.page.mouse.move(left + 5, top + 5)
    seat.page.keyboard.down("Control")
    seat.page.mouse.wheel(0, -200)
    seat.page.keyboard.up("Control")
    seat.page.wait_for_function("before => board.camera.zoom > before * 1.1", arg=width / 132)
    seat.rests()
    zoomed = seat.box("events/account-created")
    assert zoomed[2] > width * 1.1
    assert abs(zoomed[0] - left) < 8
    seat.page.mouse.wheel(0, 100)
    seat.page.wait_for_function(
        "y => board.camera.y > y", arg=seat.page.evaluate("() => board.camera.y") - 1e-6
    )
    assert zoomed[1] - seat.box("events/account-created")[1] > 60


def test_a_finger_drags_a_note_and_moves_the_wall_and_two_fingers_zoom(room: Room) -> None:
    seat = room.seat(step=1, touch=True)
    left, top, width, height = seat.box("events/account-created")
    seat.touch([(left + width / 2, top + height / 2)], by=[(70, 110)])
    seat.saved()
    moved = seat.box("events/account-created")
    assert abs(moved[0] - left - 70) < 4
    assert abs(moved[1] - top - 110) < 4
    camera = seat.page.evaluate("() => ({x: board.camera.x, y: board.camera.y, zoom: board.camera.zoom})")
    seat.touch([(900, 640)], by=[(-120, -40)])
    seat.page.wait_for_function("x => board.camera.x > x + 50", arg=camera["x"])
    seat.touch([(500, 500), (600, 500)], by=[(-100, 0), (100, 0)])
    seat.page.wait_for_function("zoom => board.camera.zoom > zoom * 1.5", arg=camera["zoom"])


def test_a_long_press_opens_the_menu_of_a_note(room: Room) -> None:
    seat = room.seat(step=1, touch=True)
    left, top, width, height = seat.box("events/account-created")
    with seat.pressing(left + width / 2, top + height / 2):
        expect(seat.root.get_by_role("menu")).to_be_visible()


@pytest.mark.parametrize("group", range(4))
def test_hostile_texts_stay_texts(room: Room, group: int) -> None:
    room.write(BLANK)
    seat = room.seat(step=1)
    seat.page.on("dialog", lambda dialog: pytest.fail(f"a text ran: {dialog.message}"))
    texts = [text for text in HOSTILE_TEXTS if "".join(text.split()) and "\u0000" not in text][group::4]
    for text in texts:
        seat.do({"kind": "add", "to": "events", "name": text})
    seat.saved()
    assert len(room.storm().events) == len(texts)
    for step in (1, 2, 3, 4, 5, 6, 7, 8):
        seat.page.evaluate("step => board.setStep(step)", step)
        seat.rests()
        for note in seat.page.evaluate(
            """() => [...document.querySelectorAll('.note')].map(note => {
              const [outer, face] = [note.getBoundingClientRect(), note.querySelector('.face').getBoundingClientRect()];
              return [face.width - outer.width, face.height - outer.height]; })"""
        ):
            assert max(note) < 1
        assert not seat.root.locator("img, script, iframe, object, a[href^=javascript]").count()


def test_a_text_longer_than_a_note_can_hold_is_refused_with_words(room: Room) -> None:
    seat = room.seat(step=1)
    seat.do({"kind": "add", "to": "events", "name": "x" * 10_001}, refused=True)
    expect(seat.root.get_by_text("at most 10,000 characters").first).to_be_visible()
