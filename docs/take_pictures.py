"""``python docs/take_pictures.py`` takes the pictures again: the worked example in eight steps, a workshop.

It needs what the tests need: Chromium, and the packages of the ``dev`` extra.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.board_server import serve  # noqa: E402
from tests.browser.conftest import CHROMIUM, OPENED, chromium, run_all  # noqa: E402
from tests.browser.test_join_page import join, on_the_wall, phone, write  # noqa: E402
from tests.workshops import workshop  # noqa: E402

SCREEN = {"width": 1400, "height": 800}
PICTURES = ROOT / "docs" / "pictures"
FONTS = "Inter, 'Liberation Sans', system-ui, sans-serif"
FONT = f".anycompany-board, :root {{ --ab-sans: {FONTS}; --sans: {FONTS} }}"
"""Machines without a desktop have only a font of last resort."""

SAVED = (
    "() => globalThis.board?.session.status === 'live' && Object.keys(board.session.insight.findings).length"
)


def main() -> None:
    """Write ``docs/pictures/board-1.png`` to ``board-8.png``, step 5 in the dark, and ``workshop-….png``."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        storm = Path(folder) / "anycompany.storm.yaml"
        shutil.copyfile(ROOT / "data" / storm.name, storm)
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        with serve(storm) as url:
            for step, theme in [*((step, "light") for step in range(1, 9)), (5, "dark")]:
                page = browser.new_page(viewport=SCREEN, color_scheme=theme)
                page.goto(f"{url}/?step={step}&name=Ada+King&theme={theme}")
                page.wait_for_function(SAVED)
                page.add_style_tag(content=FONT)
                page.evaluate("() => board.camera.fit()")
                page.wait_for_timeout(600)
                name = f"board-{step}{'-dark' if theme == 'dark' else ''}.png"
                page.screenshot(path=PICTURES / name)
                page.close()
        _take_workshop(browser, Path(folder))
        browser.close()


NOTES = {
    "Mia": ("Ticket Bought", "Passenger Boarded", "Ferry Departed", "Crossing Cancelled", "Fog Reported"),
    "Noah": ("Ticket Bought", "Gangway Raised", "Car Weighed", "Customer Refunded", "Client Refunded"),
}


def _take_workshop(browser: Browser, folder: Path) -> None:
    """A reveal as the facilitator and the big screen see it, and a phone that votes."""
    with workshop(folder, name="ferry") as ferry, phone(browser, {"width": 360, "height": 640}) as mia:
        noah = browser.new_page(has_touch=True)
        fay, screen = (browser.new_page(viewport=SCREEN) for _ in range(2))
        fay.goto(f"{ferry.url}doc/tree/notebooks/workshop.ipynb?token={ferry.token}&reset")
        fay.evaluate(OPENED)
        run_all(fay)
        fay.get_by_role("button", name="End the tour").click()
        screen.goto(ferry.screen)
        for page, name in ((mia, "Mia"), (noah, "Noah")):
            join(page, ferry, name)
        fay.get_by_role("button", name="Begin the workshop").click()
        fay.get_by_role("button", name="Next: Exploration, each alone").click()
        for page, notes in zip((mia, noah), NOTES.values(), strict=True):
            for text in notes:
                write(page, text)
                on_the_wall(page, text)
        for page, question in ((mia, "Who decides in a gale?"), (noah, "Are dogs passengers?")):
            page.locator(".kind.is-hotspots").tap()
            write(page, question)
            on_the_wall(page, question)
        for page in (fay, screen, mia):
            page.add_style_tag(content=FONT)
        fay.get_by_role("button", name="Next: Exploration, all together").click()
        expect(screen.locator(".wall .note")).to_have_count(12)
        fay.wait_for_timeout(1500)
        fay.evaluate("() => document.activeElement.blur()")
        fay.locator(".anycompany-board").screenshot(path=PICTURES / "workshop-facilitator.png")
        screen.screenshot(path=PICTURES / "workshop-screen.png")
        fay.get_by_role("button", name="Open a vote").click()
        mia.locator(".vote", has_text="dogs").tap()
        expect(mia.locator(".vote[aria-pressed=true]")).to_have_count(1)
        mia.screenshot(path=PICTURES / "workshop-phone.png")


if __name__ == "__main__":
    main()
