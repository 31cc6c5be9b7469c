"""The listeners above the bus: they hear, by dotted lines, and answer nothing."""

from __future__ import annotations

from ..storm.model import Storm
from .bar import EVENT, LISTENING_LANE, Bar
from .bus_rows import Row
from .canvas import MARGIN, Canvas, Point
from .seen import Seen
from .sheet import note, spread

_LISTENER = (150.0, 56.0)
_CHANNEL = 44.0
HEIGHT = _LISTENER[1] + _CHANNEL
"""How high the listeners are together with the room for their lines."""


def listeners_of(storm: Storm, row: Row, first: bool) -> list[str]:
    """Who is drawn above a row: who hears any of its events; in the first row also who hears everything."""
    events = set(row.events)
    return [
        key
        for key, listener in storm.listeners.items()
        if (first if listener.hears == "all" else not events.isdisjoint(listener.hears))
    ]


def draw_listeners(
    canvas: Canvas, storm: Storm, listeners: list[str], bar: Bar, top: float, overlay: Seen | None
) -> None:
    """Draw the listeners of a row from ``top``, and what they hear."""
    heard = {key: _heard_here(storm, key, bar) for key in listeners}
    wanted = {key: _middle(events, bar) for key, events in heard.items()}
    in_order = sorted(listeners, key=wanted.__getitem__)
    targets = [wanted[key] - _LISTENER[0] / 2 for key in in_order]
    lefts = spread(targets, _LISTENER[0] + 16, MARGIN, bar.right - _LISTENER[0])
    taken: dict[str, int] = {}
    for key, left in zip(in_order, lefts, strict=True):
        node = _draw_listener(canvas, storm, key, left, top, overlay)
        ink = "frame" if overlay and not overlay.count("listeners", key) else "line"
        for event in heard[key]:
            taken[event] = taken.get(event, 0) + 1
            _draw_line(
                canvas, bar, event, taken[event], (left + _LISTENER[0] / 2, top + _LISTENER[1]), node, ink
            )
        if storm.listeners[key].hears == "all":
            x = left + 40
            start, end = bar.note_top - 26, top + _LISTENER[1] + 1
            points = [(x, start), (x, start - 10), (x, end + 10), (x, end)]
            canvas.line(points, head=node, ink=ink, style="dotted")


def _heard_here(storm: Storm, key: str, bar: Bar) -> list[str]:
    hears = storm.listeners[key].hears
    return [] if hears == "all" else [event for event in dict.fromkeys(hears) if event in bar.middles]


def _middle(events: list[str], bar: Bar) -> float:
    return sum(bar.middles[event] for event in events) / len(events) if events else MARGIN


def _draw_listener(canvas: Canvas, storm: Storm, key: str, x: float, y: float, overlay: Seen | None) -> str:
    listener = storm.listeners[key]
    caption = f"listener · {listener.for_}" if listener.for_ else "listener"
    hears = "hears everything" if listener.hears == "all" else "filtered" if listener.where else ""
    detail = f"{listener.to}, {hears}" if hears else listener.to
    seen = overlay.count("listeners", key) if overlay else None
    return note(canvas, x, y, *_LISTENER, "listener", listener.title(key), caption, seen, detail=detail)


def _draw_line(canvas: Canvas, bar: Bar, event: str, number: int, end: Point, node: str, ink: str) -> None:
    """Draw a dotted line from an event up past what starts it, then across to a listener."""
    x = bar.middles[event] + EVENT[0] / 2 - LISTENING_LANE / 2 + 5 - 4 * number
    bend = end[1] + _CHANNEL
    points = [
        (x, bar.note_top),
        (x, bar.note_top - 8),
        (x, bend + 8),
        (x, bend),
        (x, bend - _CHANNEL * 0.55),
        (end[0], end[1] + _CHANNEL * 0.55),
        (end[0], end[1] + 1),
    ]
    canvas.line(points, bar.nodes[event], node, ink, "dotted")
