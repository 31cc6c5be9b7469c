"""The board: how fast it draws, how smoothly it moves, how soon others see it; and that nothing is lost."""

import shutil

from playwright.sync_api import sync_playwright

from .board_drawing import first_draw, smoothness
from .board_steps import growth
from .board_together import crowd, on_the_other_screen
from .ratio import Ratio

CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


def measure() -> list[Ratio]:
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(path for name in names if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        work = (first_draw, smoothness, on_the_other_screen, crowd)
        ratios = [ratio for measured in work for ratio in measured(browser)]
        browser.close()
    return growth() + ratios
