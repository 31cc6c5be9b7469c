"""Persons who work on a board with one kind of hand only: a mouse, a finger, or the keyboard."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, expect

from .boards import Point, Seat

DROP_AT = """([key, wanted, fitted]) => {
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const drops = board.step.drops(board.session.doc, board.scene, [key]);
  const fits = (edits) => wanted.some((some) => same(edits, some));
  const index = drops.findIndex((one) => fits(one.edits) || one.choices?.some((choice) => fits(choice.edits)));
  if (index < 0) return { words: drops.map((one) => one.words) };
  const drop = drops[index];
  const choice = drop.edits && fits(drop.edits) ? null : drop.choices.find((one) => fits(one.edits)).words;
  const inside = ({ box }, x, y) => x > box.x && y > box.y && x < box.x + box.w && y < box.y + box.h;
  const wall = document.querySelector('.anycompany-board .wall').getBoundingClientRect();
  for (let row = 1; row < 20; row++) for (let column = 1; column < 20; column++) {
    const point = { x: drop.box.x + (drop.box.w * column) / 20, y: drop.box.y + (drop.box.h * row) / 20 };
    if (drops.findLastIndex((one) => inside(one, point.x, point.y)) !== index) continue;
    const { x, y } = board.camera.toScreen(point);
    if (x < 44 || y < 60 || x > wall.width - 44 || y > wall.height - 44) continue;  // a hand at the edge moves the wall
    return { words: drop.words, choice, at: [x + wall.left, y + wall.top] };
  }
  if (!fitted) {  // somebody with hands looks at both ends first
    const note = board.scene.notes.find((one) => one.key === key);
    const [left, top] = [Math.min(note.x, drop.box.x), Math.min(note.y, drop.box.y)];
    const right = Math.max(note.x + note.w, drop.box.x + drop.box.w);
    const bottom = Math.max(note.y + note.h, drop.box.y + drop.box.h);
    board.camera.fit({ x: left - 90, y: top - 90, w: right - left + 180, h: bottom - top + 180 });
  }
  return { words: drop.words, choice, at: null };
}"""
"""Where a note in the hand has to be let go for one of these edits, and what is chosen then."""

UNCOVERED = """key => {
  const { left, top, width, height } = document.querySelector(`[data-key="${key}"]`).getBoundingClientRect();
  for (const down of [0.5, 0.7, 0.3, 0.9, 0.1]) for (const across of [0.5, 0.3, 0.7, 0.1, 0.9]) {
    const [x, y] = [left + width * across, top + height * down];
    if (document.elementFromPoint(x, y)?.closest('[data-key]')?.dataset.key === key) return [x, y];
  }
  throw new Error(`${key} is covered`);
}"""

LABEL = """() => {
  const active = document.activeElement;
  const own = active.labels?.[0]?.firstChild?.textContent ?? active.getAttribute('aria-label') ?? '';
  const legend = active.closest('fieldset')?.querySelector('legend')?.firstChild?.textContent ?? '';
  return [own || active.closest('label')?.textContent || '', legend, active.textContent, active.closest('label')?.textContent ?? ''];
}"""


class Person:
    """Somebody at a seat. What differs between hands is in the classes below."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.page = seat.page

    def step(self, number: int) -> None:
        """Turn to a step, and have all of its wall in sight."""
        self.page.evaluate("number => board.setStep(number)", number)
        self.fit()

    def fit(self) -> None:
        self.page.evaluate("() => board.camera.fit()")
        self.seat.rests()

    def write(self, text: str) -> None:
        """Type a text into the field for new notes, and Enter."""
        raise NotImplementedError

    def act(self, action: str, on: str | None = None, **answers: Any) -> None:
        """Carry out an action whose name begins so, on a note, and answer its questions by their labels."""
        raise NotImplementedError

    def put(self, key: str, *wanted: list[dict[str, Any]]) -> None:
        """Put a note where one of these lists of edits is what it means."""
        raise NotImplementedError

    def _drop(self, key: str, wanted: tuple[list[dict[str, Any]], ...]) -> dict[str, Any]:
        found = dict(self.page.evaluate(DROP_AT, [key, list(wanted), False]))
        if not found.get("at"):
            self.seat.rests()
            found = dict(self.page.evaluate(DROP_AT, [key, list(wanted), True]))
        assert "choice" in found, f"{key}: none of {json.dumps(wanted)} among {found['words']}"
        return found

    def _done(self) -> None:
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        self.seat.saved()
        self.seat.rests()


class Pointing(Person):
    """What mouse and finger have in common; a text is typed wherever it comes from."""

    def tap_on(self, target: Locator) -> None:
        raise NotImplementedError

    def menu(self, at: Point) -> None:
        raise NotImplementedError

    def carry(self, start: Point, end: Point) -> None:
        raise NotImplementedError

    def write(self, text: str) -> None:
        field = self.page.locator(".anycompany-board .typing input")
        self.tap_on(field)
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self.seat.saved()

    def act(self, action: str, on: str | None = None, **answers: Any) -> None:
        self.menu(self._place_of(on) if on else self._empty_place())
        self.tap_on(self.page.get_by_role("menuitem").filter(has_text=action).first)
        for label, answer in answers.items():
            self._answer(label, answer)
        if answers:
            self.tap_on(self.page.get_by_role("dialog").locator("button[type=submit], .f-strong").last)
        self._done()

    def put(self, key: str, *wanted: list[dict[str, Any]]) -> None:
        self._drop(key, wanted)
        start = self._place_of(key)
        drop = self._drop(key, wanted)  # where it is now that both ends are in sight
        assert drop["at"], f"{key}: “{drop['words']}” is out of sight"
        self.carry(start, tuple(drop["at"]))
        if drop["choice"]:
            self.tap_on(self.page.get_by_role("menuitem").filter(has_text=drop["choice"]).first)
        self._done()

    def _answer(self, label: str, answer: Any) -> None:
        dialog = self.page.get_by_role("dialog")
        if isinstance(answer, list):
            group = dialog.get_by_role("group", name=label)
            for one in answer:
                self.tap_on(group.get_by_label(one, exact=True))
            return
        control = dialog.get_by_label(label).first
        if answer is True:
            self.tap_on(control)
        elif control.evaluate("control => control.tagName") == "SELECT":
            options = control.locator("option").all_text_contents()
            control.select_option(label=next(option for option in options if option.startswith(answer)))
        else:
            self.tap_on(control)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(answer)

    def _place_of(self, key: str) -> Point:
        """A place of a note that nothing covers, once the note is in sight."""
        self.page.evaluate(
            "key => board.camera.reveal(board.scene.notes.find((one) => one.key === key))", key
        )
        self.seat.rests()
        x, y = self.page.evaluate(UNCOVERED, key)
        return x, y

    def _empty_place(self) -> Point:
        """A place of the wall where nothing lies, which the menu of the wall opens on."""
        x, y = self.page.evaluate(
            """() => {
              const wall = document.querySelector('.anycompany-board .wall'), r = wall.getBoundingClientRect();
              for (let y = r.bottom - 12; y > r.top; y -= 12) for (let x = r.right - 12; x > r.left; x -= 12) {
                const hit = document.elementFromPoint(x, y);
                if (hit && wall.contains(hit) && !hit.closest('[data-key], .typing, button, input')) return [x, y];
              }
              return [r.right - 12, r.bottom - 12];
            }"""
        )
        return x, y


class Mouse(Pointing):
    """Somebody with a mouse."""

    def tap_on(self, target: Locator) -> None:
        target.click()

    def menu(self, at: Point) -> None:
        self.page.mouse.click(*at, button="right")

    def carry(self, start: Point, end: Point) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()


class Finger(Pointing):
    """Somebody at a screen they touch."""

    def tap_on(self, target: Locator) -> None:
        target.tap()

    def menu(self, at: Point) -> None:
        with self.seat.pressing(*at):
            self.page.get_by_role("menu").wait_for()

    def carry(self, start: Point, end: Point) -> None:
        self.seat.touch([start], [(end[0] - start[0], end[1] - start[1])])


class Keyboard(Person):
    """Somebody with a keyboard and nothing else."""

    def step(self, number: int) -> None:
        self._to_wall()
        self._command(f"Step {number}")
        self.page.wait_for_function("number => board.step.number === number", arg=number)
        self._to_wall()

    def write(self, text: str) -> None:
        self._to_wall()
        self._command("Write a new note")
        self._type(text)
        self.page.keyboard.press("Enter")
        self.seat.saved()
        self.page.keyboard.press("Escape")

    def act(self, action: str, on: str | None = None, **answers: Any) -> None:
        self._to_wall()
        if on:
            self._find(on)
        else:
            for _ in ("the selection", "the note"):
                self.page.keyboard.press("Escape")
        self._command(action)
        for label, answer in answers.items():
            self._answer(label, answer)
        if answers:
            self.page.keyboard.press("Control+Enter")
        self._done()

    def put(self, key: str, *wanted: list[dict[str, Any]]) -> None:
        drop = self._drop(key, wanted)
        self._to_wall()
        self._find(key)
        self.page.keyboard.press("m")
        self._choose(drop["words"])
        if drop["choice"]:
            self._choose_in_menu(drop["choice"])
        self._done()

    def _to_wall(self) -> None:
        """Reach the wall by Tab."""
        for _ in range(80):
            if self.page.evaluate(
                "() => Boolean(document.activeElement.closest('.wall') && !document.activeElement.closest('.typing'))"
            ):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("The wall cannot be reached by Tab.")

    def _find(self, key: str) -> None:
        text = self.page.evaluate("key => board.scene.notes.find(note => note.key === key).text", key)
        self.page.keyboard.press("Control+f")
        self._type(text)
        for _ in range(40):
            if self.page.evaluate("key => board.selection.has(key)", key):
                break
            self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")
        self.page.wait_for_function("key => board.focused === key", arg=key)

    def _command(self, words: str) -> None:
        self.page.keyboard.press("Control+k")
        self._choose(words)

    def _choose(self, words: str) -> None:
        expect(self.page.get_by_role("combobox").last).to_be_focused()
        self._type(words)
        self.page.keyboard.press("Enter")

    def _choose_in_menu(self, words: str) -> None:
        self.page.get_by_role("menu").wait_for()
        for _ in range(40):
            if words in (self.page.evaluate("() => document.activeElement.textContent") or ""):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def _answer(self, label: str, answer: Any) -> None:
        if isinstance(answer, list):
            for one in answer:
                self._tab_to(lambda said, one=one: said[1].startswith(label) and one in (said[0], said[3]))  # type: ignore[misc]
                self.page.keyboard.press("Space")
            return
        self._tab_to(lambda said: said[0].startswith(label))
        if answer is True:
            self.page.keyboard.press("Space")
        elif self.page.evaluate("() => document.activeElement.tagName") == "SELECT":
            self.page.keyboard.type(answer)
        else:
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(answer)

    def _tab_to(self, there: Any) -> None:
        for _ in range(120):
            if there(self.page.evaluate(LABEL)):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("That field cannot be reached by Tab.")

    def _type(self, text: str) -> None:
        self.page.keyboard.type(text)
