"""``python docs/take_pictures.py`` takes the pictures of the board again: eight steps of the worked example.

It needs what the tests need: Chromium, and the packages of the ``dev`` extra.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.board_server import serve  # noqa: E402
from tests.browser.conftest import CHROMIUM, chromium  # noqa: E402

SCREEN = {"width": 1400, "height": 800}
PICTURES = ROOT / "docs" / "pictures"
FONT = ".anycompany-board { --ab-sans: Inter, 'Liberation Sans', system-ui, sans-serif }"
"""Machines without a desktop have only a font of last resort."""

SAVED = (
    "() => globalThis.board?.session.status === 'live' && Object.keys(board.session.insight.findings).length"
)


def main() -> None:
    """Write ``docs/pictures/board-1.png`` to ``board-8.png``, and step 5 in the dark."""
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
        browser.close()


if __name__ == "__main__":
    main()
