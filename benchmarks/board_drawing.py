"""How fast a wall of 2,000 notes is drawn, and how smoothly it is dragged, panned and zoomed."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, Route

from .ratio import Ratio
from .storms import generated

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "anycompany" / "board" / "static"
PEER = Path(__file__).parent / "react_flow"
SITE = "http://board.test/"
SCREEN = {"width": 1440, "height": 900}
FRAME = 1000 / 60
"""How long a display shows one picture, in milliseconds."""
FEW, MANY = 100, 2000
STEPS = 60
"""How many movements of a hand are measured."""

PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="board.css">
<link rel="stylesheet" href="peer.css"><style>
  html, body { margin: 0; height: 100%; } #wall { height: 100vh; } #wall > * { height: 100%; }
  .react-flow__node .note { box-sizing: border-box; width: 132px; height: 88px; padding: 8px 10px;
    border-radius: 2px; box-shadow: 0 3px 6px -1px rgb(34 37 43 / 14%); background: #ffb454;
    font: 600 14px/17px system-ui, sans-serif; }
  .react-flow__node .tag { font-size: 11px; font-weight: 400; line-height: 13px; }
</style><div id="wall"></div><script src="peer.js"></script><script src="page.js"></script>
<script type="module">import { mountBoard } from './board.js'; globalThis.mountBoard = mountBoard;</script>"""


def peer() -> Path:
    """The React Flow board, installed and bundled when first used."""
    built = PEER / "node_modules" / ".board"
    if not (built / "app.js").exists():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=PEER, check=True)
        subprocess.run(["npm", "run", "--silent", "build"], cwd=PEER, check=True)
    return built


def opened(browser: Browser) -> Page:
    """A page on which a board can be put, ours or the peer's."""
    built = peer()
    files = {
        "board.js": STATIC / "board.js",
        "board.css": STATIC / "board.css",
        "peer.js": built / "app.js",
        "peer.css": built / "app.css",
        "page.js": Path(__file__).parent / "board_page.js",
    }
    page = browser.new_page(viewport=SCREEN)

    def serve(route: Route) -> None:
        file = files.get(route.request.url.removeprefix(SITE))
        if file:
            route.fulfill(path=file)
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    page.route(f"{SITE}**", serve)
    page.goto(SITE)
    page.wait_for_function("() => globalThis.mountBoard")
    return page


def draw(page: Page, notes: int, step: int = 1) -> dict[str, Any]:
    """A board of this many notes on the page, and how long that took."""
    return page.evaluate(
        "([doc, step]) => drawBoard(document.getElementById('wall'), doc, step)",
        [generated(notes).document(), step],
    )


def first_draw(browser: Browser) -> list[Ratio]:
    """Against React Flow as it comes, and against React Flow told to draw only what is in sight."""
    ours, whole, sighted = [], [], []
    for _ in range(5):
        page = opened(browser)
        drawn = draw(page, MANY)
        ours.append(drawn["took"])
        page.close()
        for only_in_sight, times in ((False, whole), (True, sighted)):
            page = opened(browser)
            count = drawn["inSight"] if only_in_sight else MANY
            given = [drawn["notes"], drawn["camera"], only_in_sight, count]
            times.append(
                page.evaluate("given => drawInReactFlow(document.getElementById('wall'), ...given)", given)
            )
            page.close()
    sight = f"against React Flow drawing only what is in sight: {median(ours) / median(sighted):.2f}"
    note = f"{median(ours):.0f} ms; {sight}"
    return [Ratio(f"first draw of {MANY:,} notes", "React Flow", median(ours), median(whole), 0.25, note)]


def p95(page: Page, work: Callable[[Page], None]) -> float:
    """The frame time, in milliseconds, that 95 of 100 frames keep to while something is done."""
    page.locator(".wall").focus()  # the wheel is the board's while it has the focus
    page.evaluate("() => watchFrames()")
    work(page)
    return quantiles(page.evaluate("() => framesSeen()"), n=20)[-1]


def _drag(page: Page) -> None:
    box = page.locator(".note").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(x + 8 * step, y + 4 * step)
    page.keyboard.press("Escape")
    page.mouse.up()


def _pan(page: Page) -> None:
    page.mouse.move(SCREEN["width"] / 3, SCREEN["height"] / 2)
    for _ in range(STEPS):
        page.mouse.wheel(40, 25)


def _zoom(page: Page) -> None:
    page.mouse.move(SCREEN["width"] / 3, SCREEN["height"] / 2)
    page.keyboard.down("Control")
    for step in range(STEPS):
        page.mouse.wheel(0, 60 if step % 30 < 15 else -60)
    page.keyboard.up("Control")


HANDS = {"drag": _drag, "pan": _pan, "zoom": _zoom}


def smoothness(browser: Browser) -> list[Ratio]:
    """How much longer a frame of a large wall takes than one of a small wall, in frames of the display."""
    times: dict[int, dict[str, float]] = {}
    for notes in (FEW, MANY):
        page = opened(browser)
        draw(page, notes)
        page.wait_for_timeout(500)  # until the page has loaded and rests; nothing is measured before
        times[notes] = {name: p95(page, work) for name, work in HANDS.items()}
        page.close()
    return [
        Ratio(
            f"{name}, a frame of {MANY:,} notes beyond one of {FEW}",
            "a display frame",
            max(times[MANY][name] - times[FEW][name], 0.0),
            FRAME,
            1.0,
            f"p95 {times[MANY][name]:.1f} ms against {times[FEW][name]:.1f} ms",
        )
        for name in HANDS
    ]
