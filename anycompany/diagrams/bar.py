"""The bus as a bar from left to right: the events on it in order of time, and above it what starts them."""

from __future__ import annotations

from typing import NamedTuple

from .bus_rows import Row
from .canvas import MARGIN, Box
from .hues import hue_of_service
from .lettering import fit
from .scene import Scene
from .sheet import SMALL, note, note_height
from .triggers import origin

GUTTER = 134.0
"""Room at the left of every row for the names of the bus and of the services."""

EVENT = (90.0, 60.0)
"""Width and height of an event on the bus."""

RISING = 9.0
"""Room at the right of a trigger's note for the lines that rise from the event to its listeners."""

_GAP = 12.0
_FRAME = 7.0
_ABOVE, _BELOW = 29.0, 20.0
_ARROW = 12.0
_STRIP = 6.0
_TRIGGER_WIDTH = EVENT[0] - RISING


class Bar(NamedTuple):
    """A drawn bar: its box, and the notes of its events with their DOT nodes."""

    box: Box
    notes: dict[str, Box]
    nodes: dict[str, str]

    def middle(self, event: str) -> float:
        """The x of the middle of an event."""
        return self.notes[event].middle[0]


def right_of_events(row: Row) -> float:
    """The x that a row's events need."""
    frames = sum(2 * _FRAME for group in row.groups if group.word)
    return MARGIN + GUTTER + len(row.events) * (EVENT[0] + _GAP) + frames + 10


def height_of_triggers(scene: Scene, row: Row) -> float:
    """How high the notes above the bar are together with their arrows; 0 where there are none."""
    triggers = scene.storm.triggers
    names = [origin(triggers[event]).name for event in row.events if event in triggers]
    return max((note_height(name, _TRIGGER_WIDTH, 3) + _ARROW for name in names), default=0.0)


def draw_bar(scene: Scene, row: Row, top: float, right: float, which: str) -> Bar:
    """Draw one row of the bus from its ``top``; ``which`` says which row it is, where there are several."""
    box = Box(MARGIN, top, right - MARGIN, _ABOVE + EVENT[1] + _BELOW)
    scene.canvas.area(box, "bar", "frame")
    _draw_name(scene, box, which)
    notes = {}
    x = MARGIN + GUTTER
    for group in row.groups:
        frame = _FRAME if group.word else 0.0
        start = x
        for event in group.events:
            notes[event] = Box(x + frame, top + _ABOVE, *EVENT)
            x += EVENT[0] + _GAP
        if group.word:
            ground = Box(start + _FRAME, top + _ABOVE, x - start - _GAP, EVENT[1]).grown(_FRAME)
            scene.canvas.area(ground, "inlay", "frame", dashed=group.word != "and")
            beside_arrows = notes[group.events[0]].middle[0] + _GAP / 2
            scene.canvas.write((beside_arrows, top + 3), EVENT[0], [group.word], "strong")
            x += 2 * _FRAME
    nodes = {event: _draw_event(scene, event, place) for event, place in notes.items()}
    bar = Bar(box, notes, nodes)
    for event in notes:
        if event in scene.storm.triggers:
            _draw_trigger(scene, event, bar)
    return bar


def _draw_name(scene: Scene, bar: Box, which: str) -> None:
    x, width = bar.x + 14, GUTTER - 22
    below = scene.canvas.write((x, bar.y + 22), width, ["Event bus"], "label", align="l")
    name = fit(scene.storm.bus_name, width, SMALL, 2)
    below = scene.canvas.write((x, below + 1), width, name, "small", align="l")
    scene.canvas.write((x, below + 1), width, [f"{which}time →"], "small", align="l")


def _draw_event(scene: Scene, identifier: str, box: Box) -> str:
    """Draw an event, underlined with the hue of the service that owns it."""
    event = scene.storm.events[identifier]
    seen = scene.seen("events", identifier)
    node = note(scene.canvas, box, "event", event.name, "", seen=seen, strong=event.pivotal)
    owner = scene.storm.relations.owner_of(identifier)
    if owner:
        strip = Box(box.x, box.bottom - _STRIP, box.width, _STRIP)
        scene.canvas.shape(strip, f"service-{hue_of_service(scene.storm, owner)}", form="strip")
    return node


def _draw_trigger(scene: Scene, event: str, bar: Bar) -> None:
    """Draw what starts an event above the bar, with an arrow down to it."""
    started_by = origin(scene.storm.triggers[event])
    height = note_height(started_by.name, _TRIGGER_WIDTH, 3)
    box = Box(bar.notes[event].x, bar.box.y - _ARROW - height, _TRIGGER_WIDTH, height)
    tail = note(scene.canvas, box, started_by.kind, started_by.name, started_by.caption, small=True)
    x, end = box.middle[0], bar.notes[event].y - 1
    points = [(x, box.bottom), (x, box.bottom + 8), (x, end - 10), (x, end)]
    scene.canvas.line(points, ends=(tail, bar.nodes[event]))
