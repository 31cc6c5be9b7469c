"""The story in the report: a replay that steps and plays without script, and is harmless."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from anycompany.files import new_storm, open_storm, read_history, read_storm
from anycompany.storm.edits import Add, GoTo, Park
from anycompany.workbook.outputs import Outputs
from anycompany.workbook.report_story import MOST_FRAMES

HOSTILE = '</style><script>alert("x")</script>'


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a storm on which two people worked."""
    folder = tmp_path_factory.mktemp("day")
    inn = new_storm(folder / "inn.storm.yaml", "Inn")
    with open_storm(inn, "Ada") as opened:
        opened.do(GoTo(phase="alone", since="2026-01-31T09:00:00+00:00"))
        for number in range(20):
            opened.add_event(f"Thing {number} Done")
        opened.do(Add(to="hotspots", name="Who pays?", keys={"owner": HOSTILE}))
        opened.do(Add(to="hotspots", name="Who else?"))
        opened.do(Park(event="thing-3-done"))
    with open_storm(inn, HOSTILE) as opened:
        opened.add_event(HOSTILE)
    outputs = Outputs(folder / "out")
    return outputs.report(outputs.draw(read_storm(inn), history=read_history(inn)), [])


def test_the_replay_steps_by_keys_and_plays_without_script(report: Path, browser: Browser) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(report.as_uri())
    frames = page.locator(".frames > figure")
    count = frames.count()
    shown = "all => all.map(one => getComputedStyle(one).display != 'none' && getComputedStyle(one).visibility == 'visible')"
    assert 10 <= count <= MOST_FRAMES and frames.evaluate_all(shown) == [False] * (count - 1) + [True]
    page.locator(f"#frame-{count}").focus()
    page.keyboard.press("ArrowLeft")
    assert frames.evaluate_all(shown).index(True) == count - 2
    page.check("#replay-plays")
    page.wait_for_function(f"() => ({shown})([...document.querySelectorAll('.frames > figure')])[1]")
    assert sum(frames.evaluate_all(shown)) == 1
    page.emulate_media(reduced_motion="reduce")
    assert not page.locator("#replay-plays").is_visible()
    story = page.locator("section[aria-labelledby=story]").inner_text()
    assert "Exploration, each alone" in story and "Thing 3 Done" in story and HOSTILE in story
    owners = page.locator("section[aria-labelledby=decisions]").inner_text()
    assert f"Owner: {HOSTILE}" in owners and "No owner yet" in owners
    assert not said and page.locator("script").count() == 0
    page.close()
