"""The story in the report: few pictures of a long day."""

from pathlib import Path

from anycompany.files import new_storm, open_storm, read_history
from anycompany.workbook.report_story import LARGEST, MOST_FRAMES, told


def test_a_long_story_keeps_few_and_small_pictures(tmp_path: Path) -> None:
    inn = new_storm(tmp_path / "inn.storm.yaml", "Inn")
    assert told(read_history(inn)) is None
    with open_storm(inn, "Ada") as opened:
        for number in range(120):
            opened.add_event(f"Thing {number} Done")
    story = told(read_history(inn))
    assert story and 10 <= len(story.frames) <= MOST_FRAMES and story.frames[-1].revision == 121
    assert sum(len(frame.svg) for frame in story.frames) < LARGEST
    assert sum(frame.more + len(frame.told) for frame in story.frames) == 120
