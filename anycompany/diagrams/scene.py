"""What every picture is drawn from and on."""

from __future__ import annotations

from dataclasses import dataclass

from ..bus.playback import Playback
from ..storm.model import Storm
from .canvas import Canvas
from .seen import Seen


@dataclass(frozen=True)
class Scene:
    """A canvas, the storm to be drawn on it, and what was asked for.

    ``overlay`` is what was seen running, if anything was watched; ``service`` is the only service to show;
    ``playing`` is what moves over the picture.
    """

    canvas: Canvas
    storm: Storm
    overlay: Seen | None = None
    service: str | None = None
    playing: Playback | None = None

    @property
    def order(self) -> dict[str, int]:
        """For each event that is played, as which one it happens first, from 1."""
        beats = self.playing.beats if self.playing else ()
        events = dict.fromkeys(beat.step.event for beat in beats if beat.step.event)
        return {event: number for number, event in enumerate(events, 1)}

    def seen(self, section: str, identifier: str) -> int | None:
        """How often a thing was seen running; None where nobody watched."""
        return self.overlay.count(section, identifier) if self.overlay else None

    def known(self, events: list[str]) -> list[str]:
        """Those of the events that there are, each once; what refers to nothing is left to the checks."""
        return [event for event in dict.fromkeys(events) if event in self.storm.events]

    def names(self, events: list[str]) -> list[str]:
        """What people call those of the events that there are."""
        return [self.storm.events[event].name for event in self.known(events)]
