"""The bus as a bar from left to right: the events on it in order of time, and above it what starts them."""

from __future__ import annotations

from typing import NamedTuple

from ..storm.model import Storm
from .bus_rows import Row
from .canvas import MARGIN, Canvas, Point
from .hues import hue_of_service
from .lettering import fit
from .seen import Seen
from .sheet import note, note_height
from .triggers import origin

GUTTER = 134.0
"""Room at the left of every row for the names of the bus and of the services."""

EVENT = (90.0, 60.0)
"""Width and height of an event on the bus."""

LISTENING_LANE = 9.0
"""Room at the right of a trigger's note for the lines that rise from the event behind it."""

_GAP = 12.0
_FRAME = 7.0
_ABOVE, _BELOW = 26.0, 20.0
_ARROW = 12.0


class Bar(NamedTuple):
    """A drawn bar: for each event its node and the x of its middle, and the heights that others connect to."""

    nodes: dict[str, str]
    middles: dict[str, float]
    note_top: float
    note_bottom: float
    bottom: float
    right: float


def right_of_bar(row: Row) -> float:
    """The x at which the bar of a row ends."""
    return _lefts(row)[1] + 10


def _lefts(row: Row) -> tuple[dict[str, float], float]:
    """The left of every event's note, and the x after the last of them."""
    x, lefts = MARGIN + GUTTER, {}
    for group in row.groups:
        frame = _FRAME if group.word else 0
        x += frame
        for event in group.events:
            lefts[event] = x
            x += EVENT[0] + _GAP
        x += frame
    return lefts, x


def height_of_triggers(storm: Storm, row: Row) -> float:
    """How high the notes above the bar are together with their arrows; 0 where there are none."""
    notes = [origin(storm.triggers[event]).name for event in row.events if event in storm.triggers]
    width = EVENT[0] - LISTENING_LANE
    return max((note_height(name, width, 3) + _ARROW for name in notes), default=0.0)


def draw_bar(
    canvas: Canvas, storm: Storm, row: Row, top: float, right: float, which: str, overlay: Seen | None
) -> Bar:
    """Draw one row of the bus from its ``top``; ``which`` says which row it is, where there are several."""
    lefts, _ = _lefts(row)
    note_top = top + _ABOVE
    note_bottom = note_top + EVENT[1]
    bottom = note_bottom + _BELOW
    canvas.area(MARGIN, top, right - MARGIN, bottom - top, "bar", "frame")
    _draw_name(canvas, storm, top, which)
    for group in row.groups:
        if group.word:
            x, last = lefts[group.events[0]], lefts[group.events[-1]]
            frame = (x - _FRAME, note_top - _FRAME, last + EVENT[0] - x + 2 * _FRAME, EVENT[1] + 2 * _FRAME)
            canvas.area(*frame, "inlay", "frame", dashed=group.word != "and")
            between = x + EVENT[0] + _GAP / 2
            canvas.write(between - EVENT[0] / 2, top + 4, EVENT[0], [group.word], "strong")
    nodes = {}
    for event, x in lefts.items():
        nodes[event] = _draw_event(canvas, storm, event, (x, note_top), overlay)
        if event in storm.triggers:
            _draw_trigger(canvas, storm, event, (x, top), nodes[event], note_top)
    middles = {event: x + EVENT[0] / 2 for event, x in lefts.items()}
    return Bar(nodes, middles, note_top, note_bottom, bottom, right)


def _draw_name(canvas: Canvas, storm: Storm, top: float, which: str) -> None:
    width = GUTTER - 22
    below = canvas.write(MARGIN + 14, top + 22, width, ["Event bus"], "label", align="l")
    below = canvas.write(MARGIN + 14, below + 1, width, fit(storm.bus_name, width, 11, 2), "small", align="l")
    canvas.write(
        MARGIN + 14, below + 1, width, [f"{which}, time →" if which else "time →"], "small", align="l"
    )


def _draw_event(canvas: Canvas, storm: Storm, identifier: str, corner: Point, overlay: Seen | None) -> str:
    event = storm.events[identifier]
    seen = overlay.count("events", identifier) if overlay else None
    node = note(canvas, *corner, *EVENT, "event", event.name, "", seen, strong=event.pivotal)
    owner = storm.relations.owner_of(identifier)
    if owner:
        hue = f"service-{hue_of_service(storm, owner)}"
        canvas.shape(corner[0], corner[1] + EVENT[1] - 6, EVENT[0], 6, hue, form="strip")
    return node


def _draw_trigger(
    canvas: Canvas, storm: Storm, event: str, corner: Point, head: str, note_top: float
) -> None:
    """Draw what starts an event above the bar, with an arrow down to it."""
    x, top = corner
    width = EVENT[0] - LISTENING_LANE
    started_by = origin(storm.triggers[event])
    height = note_height(started_by.name, width, 3)
    y = top - _ARROW - height
    tail = note(canvas, x, y, width, height, started_by.kind, started_by.name, started_by.caption, small=True)
    start, end, middle = y + height, note_top - 1, x + width / 2
    canvas.line([(middle, start), (middle, start + 8), (middle, end - 10), (middle, end)], tail, head)
