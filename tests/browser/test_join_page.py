"""The join page and the big screen in a real browser: on phones, without a connection, for everybody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from ..storms import ROOT
from ..workshops import Guest, Opened
from .conftest import OPENED, run_all

AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 375, "height": 667}
SMALLEST = {"width": 320, "height": 568}
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll('button, input:not([type=radio]), select, textarea')]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map(one => one.outerHTML)"""


@contextmanager
def phone(browser: Browser, size: dict[str, int] = PHONE, *, dark: bool = False) -> Iterator[Page]:
    """A phone; an error on its page fails the test, and so does one that its console tells of."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [
        error for error in errors if "WebSocket" not in error and "INTERNET_DISCONNECTED" not in error
    ] == []


def join(page: Page, inn: Opened, name: str) -> None:
    page.goto(inn.address)
    page.get_by_label("Code").fill(inn.code.lower())
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").tap()
    page.get_by_role("tab", name="Write").wait_for()


def write(page: Page, text: str) -> None:
    page.locator("#note").fill(text)
    page.get_by_role("button", name="Stick it on the wall").tap()


def on_the_wall(page: Page, text: str) -> None:
    """Wait until one's note is confirmed."""
    expect(page.locator(".own-note:not(.is-waiting)", has_text=text)).to_have_count(1)


def wrong(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
    return [f"{one['id']}: {[node['html'] for node in one['nodes']][:3]}" for one in found]


def test_what_a_phone_writes_stands_on_a_board_in_jupyterlab_and_on_the_big_screen(
    browser: Browser, inn: Opened
) -> None:
    board = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    board.goto(f"{inn.url}doc/tree/notebooks/01_event_discovery.ipynb?token={inn.token}&reset")
    board.evaluate(OPENED)
    run_all(board)
    with phone(browser) as ada:
        page = ada.context.new_page()
        page.goto(inn.screen)
        expect(page.locator(".code")).to_have_text(inn.code)
        expect(page.locator(".qr svg")).to_be_visible()
        join(ada, inn, "Ada")
        write(ada, "Guest Arrived")
        on_the_wall(ada, "Guest Arrived")
        ada.locator(".kind.is-hotspots").tap()
        write(ada, "Who pays <b>fees</b>?")
        on_the_wall(ada, "Who pays <b>fees</b>?")
        for wall in (board, page):
            expect(wall.locator('.note[data-key="events/guest-arrived"]')).to_contain_text("Guest Arrived")
            expect(wall.locator('.note[data-key^="hotspots/"]', has_text="<b>fees</b>")).to_have_count(1)
        ada.get_by_role("button", name="Change Guest Arrived").tap()
        ada.get_by_role("textbox", name="Your note").fill("Guest Checked In")
        ada.get_by_role("button", name="Save").tap()
        expect(board.locator('.note[data-key="events/guest-arrived"]')).to_contain_text("Guest Checked In")
        ada.get_by_role("tab", name="Vote").tap()
        ada.locator(".vote", has_text="fees").tap()
        expect(ada.locator(".vote", has_text="fees")).to_have_attribute("aria-pressed", "true")
        expect(board.locator('.note[data-key^="hotspots/"] .votes')).to_have_count(1)
        ada.get_by_role("tab", name="Wall").tap()
        expect(ada.locator(".wall .note", has_text="Guest Checked In")).to_be_visible()
        ada.get_by_role("tab", name="Write").tap()
        ada.get_by_role("button", name="Take back Guest Checked In").tap()
        expect(board.locator('.note[data-key="events/guest-arrived"]')).to_have_count(0)
        expect(ada.locator(".own-note", has_text="Guest Checked In")).to_have_count(0)
    board.context.close()


def test_what_is_typed_without_a_connection_is_kept_through_a_reload_and_sent_once(
    browser: Browser, inn: Opened
) -> None:
    with phone(browser) as bob:
        join(bob, inn, "Bob")
        write(bob, "Before Tunnel")
        on_the_wall(bob, "Before Tunnel")
        bob.context.set_offline(True)
        expect(bob.locator(".trouble")).to_contain_text("No connection")
        for text in ("In Tunnel", "Still In Tunnel"):
            write(bob, text)
            expect(bob.locator(".own-note.is-waiting", has_text=text).last).to_be_visible()
        bob.locator("#note").fill("Half a thou")
        bob.context.set_offline(False)
        bob.evaluate("location.hash = 'BBBBB2'")  # yesterday's QR code: the page loads again
        on_the_wall(bob, "Still In Tunnel")
        expect(bob).to_have_url(re.compile(r"/join$"))
        expect(bob.locator("#note")).to_have_value("Half a thou")
    written = [entry["edit"].get("name") for entry in inn.entries()]
    assert [written.count(text) for text in ("Before Tunnel", "In Tunnel", "Still In Tunnel")] == [1, 1, 1]


def test_what_is_refused_is_kept_with_the_reason(browser: Browser, inn: Opened) -> None:
    with phone(browser) as cleo:
        cleo.goto(f"{inn.address}#{'B' * 6}")
        expect(cleo.get_by_label("Code")).to_have_value("BBBBBB")
        cleo.get_by_label("Your name").fill("Cleo")
        cleo.get_by_role("button", name="Join").tap()
        expect(cleo.get_by_role("alert")).to_contain_text("not the code")
        cleo.get_by_label("Code").fill(inn.code)
        cleo.get_by_role("button", name="Join").tap()
        write(cleo, "x" * 10_001)
        expect(cleo.locator("#note-said")).to_contain_text("1 too many")
        expect(cleo.locator("#note")).to_have_value("x" * 10_001)
        other = Guest(inn.url, "0bad")
        key = cleo.evaluate(
            "() => JSON.parse(localStorage[Object.keys(localStorage).find(k => k.startsWith('anycompany-guest'))]).key"
        )
        assert other.knock(key=key)["name"] == "Cleo"  # a second tab is the same person
        other.greet()
        cleo.locator("#note").fill("")
        write(cleo, "Said Twice")
        on_the_wall(cleo, "Said Twice")
        cleo.get_by_role("button", name="Change Said Twice").tap()
        other.edit(kind="remove", of="events", id="said-twice")
        other.close()
        cleo.get_by_role("textbox", name="Your note").fill("Said Once More")
        cleo.get_by_role("button", name="Save").tap()
        expect(cleo.locator(".own-note.is-lost")).to_contain_text("Said Once More")
        cleo.get_by_role("button", name="Send again").tap()
        on_the_wall(cleo, "Said Once More")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_wrong_and_everything_fits_the_smallest_phone(
    browser: Browser, inn: Opened, dark: bool
) -> None:
    with phone(browser, SMALLEST, dark=dark) as dot:
        dot.goto(inn.address)
        dot.get_by_label("Code").wait_for()
        assert (wrong(dot), dot.evaluate(TOO_WIDE), dot.evaluate(SMALL_TARGETS)) == ([], False, [])
        join(dot, inn, "Dot")
        write(dot, "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2)
        on_the_wall(dot, "kapitän")
        dot.locator(".kind.is-hotspots").tap()
        write(dot, "Whose?")
        on_the_wall(dot, "Whose?")
        for part in ("Write", "Vote", "Wall"):
            dot.get_by_role("tab", name=part).tap()
            if part == "Wall":
                dot.locator(".wall .note").first.wait_for()
            assert (wrong(dot), dot.evaluate(TOO_WIDE), dot.evaluate(SMALL_TARGETS)) == ([], False, []), part
        screen = dot.context.new_page()
        screen.set_viewport_size({"width": 1280, "height": 720})
        screen.goto(inn.screen)
        screen.locator(".wall .note").first.wait_for()
        assert wrong(screen) == []


def test_everything_can_be_done_by_keyboard(browser: Browser, inn: Opened) -> None:
    with phone(browser) as eli:
        eli.goto(inn.address)
        eli.keyboard.type(inn.code)
        eli.keyboard.press("Tab")
        eli.keyboard.type("Eli")
        eli.keyboard.press("Enter")
        eli.locator("#note").focus()
        eli.keyboard.type("Typed Blindly")
        eli.keyboard.press("Enter")
        on_the_wall(eli, "Typed Blindly")
        eli.get_by_role("tab", name="Write").focus()
        eli.keyboard.press("ArrowRight")
        expect(eli.get_by_role("tab", name="Wall")).to_be_focused()
        expect(eli.locator(".wall .note").first).to_be_visible()
