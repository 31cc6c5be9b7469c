"""The story of the day in the report: its chapters, and a replay of the wall that needs no kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..storm.errors import StormError
from ..storm.fitting import fitted
from ..storm.model import Storm
from ..storm.workshop.minutes import counted, day, offset
from ..storm.workshop.story import Deed, Story, story_of

if TYPE_CHECKING:
    from ..files.journal import Entry

MOST_FRAMES = 16
"""Pictures of one replay."""

LARGEST = 2_000_000
"""Characters of all pictures of a replay together; the page is mailed."""

_MOST_TOLD = 5
_SECONDS = 2.5


@dataclass(frozen=True)
class Frame:
    """One picture of the replay: the wall after a revision, when that was, what was done since the last."""

    revision: int
    when: str
    told: tuple[str, ...]
    more: int
    svg: str


@dataclass(frozen=True)
class Told:
    """The story, and the frames of its replay."""

    story: Story
    frames: tuple[Frame, ...]

    @property
    def seconds(self) -> float:
        """How long the replay takes, played."""
        return _SECONDS * len(self.frames)

    @property
    def zone(self) -> str:
        """The time zone that times are told in: that of the computer that made the report."""
        return offset(self.story.chapters[0].began.astimezone()) if self.story.chapters else "UTC"

    def chapters(self) -> list[dict[str, Any]]:
        """The chapters, with days, times and what was done in them."""
        rows = []
        for chapter in self.story.chapters:
            began, ended = chapter.began.astimezone(), chapter.ended.astimezone()
            rows.append(
                {
                    "day": day(began),
                    "span": f"{began:%H:%M}–{ended:%H:%M}",
                    "moment": chapter.began.isoformat(),
                    "name": chapter.name,
                    "minutes": chapter.minutes,
                    "planned": chapter.planned,
                    "done": counted(chapter),
                }
            )
        return rows


def told(entries: Sequence[Entry]) -> Told | None:
    """The story that a log tells, with pictures; None where nobody has done anything."""
    story = story_of(entries)
    deeds = [deed for chapter in story.chapters for deed in chapter.deeds]
    if not deeds:
        return None
    return Told(story, tuple(_frames(entries, deeds, _stops(story, deeds))))


def _stops(story: Story, deeds: Sequence[Deed]) -> list[int]:
    """After which revisions there is a picture: where chapters end, and as many between as there may be."""
    ends = [chapter.deeds[-1].revision for chapter in story.chapters if chapter.deeds]
    if len(ends) >= MOST_FRAMES:
        return _spread(ends, MOST_FRAMES)
    between = _spread([deed.revision for deed in deeds], MOST_FRAMES - len(ends))
    return sorted({*ends, *between})


def _spread(numbers: Sequence[int], most: int) -> list[int]:
    """At most so many of some numbers, evenly chosen, the last one among them."""
    if len(numbers) <= most:
        return list(numbers)
    return [numbers[round((index + 1) * len(numbers) / most) - 1] for index in range(most)]


def _frames(entries: Sequence[Entry], deeds: Sequence[Deed], stops: Sequence[int]) -> list[Frame]:
    from anycompany.diagrams import draw

    wanted, storm, storms = set(stops), Storm(name=""), {}
    for entry in entries:
        storm = fitted(storm, entry.edit)
        if entry.revision in wanted:
            storms[entry.revision] = storm
    frames: list[Frame] = []
    before = size = 0
    for stop in stops:
        since = [deed for deed in deeds if before < deed.revision <= stop]
        try:
            svg = draw(storms[stop], "wall").svg
        except StormError:
            continue  # the other diagrams say why nothing can be drawn
        size += len(svg)
        if size > LARGEST and frames:
            break
        at = since[-1].at.astimezone()
        said = tuple(f"{deed.who} {deed.what}" for deed in since[-_MOST_TOLD:])
        frames.append(Frame(stop, f"{at:%H:%M}", said, len(since) - len(said), svg))
        before = stop
    return frames
