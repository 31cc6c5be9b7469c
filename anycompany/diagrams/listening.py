"""The listeners above the bus: they hear, by dotted lines, and answer nothing."""

from __future__ import annotations

from .bar import RISING, Bar
from .bus_rows import Row
from .canvas import MARGIN, Box
from .scene import Scene
from .sheet import note, spread

_LISTENER = (150.0, 56.0)
_GAP = 16.0
_MOST = 6
_CHANNEL = 44.0
HEIGHT = _LISTENER[1] + _CHANNEL
"""How high the listeners are together with the room for their lines."""


def listeners_of(scene: Scene, row: Row, before: set[str]) -> list[str]:
    """Who is drawn above a row: who hears any of its events that were not on the bus ``before``.

    Who hears everything, or nothing yet, is drawn in the first row only.
    """
    new = set(row.events) - before
    found = []
    for key, listener in scene.storm.listeners.items():
        heard = [] if listener.hears == "all" else scene.known(listener.hears)
        if not new.isdisjoint(heard) or not (heard or before):
            found.append(key)
    return found


def right_of_listeners(scene: Scene) -> float:
    """The x that the listeners of a row may need."""
    return MARGIN + min(len(scene.storm.listeners), _MOST) * (_LISTENER[0] + _GAP)


def draw_listeners(scene: Scene, listeners: list[str], bar: Bar, top: float) -> None:
    """Draw the listeners of a row from ``top``, and what they hear; of too many, count the rest."""
    shown = listeners if len(listeners) <= _MOST else listeners[: _MOST - 1]
    heard = {key: _heard_here(scene, key, bar) for key in shown}
    wanted = {key: _middle(events, bar) for key, events in heard.items()}
    in_order = sorted(shown, key=wanted.__getitem__)
    rest = Box(bar.box.right - _LISTENER[0], top, *_LISTENER)
    right = rest.right if shown == listeners else rest.x - _GAP
    targets = [wanted[key] - _LISTENER[0] / 2 for key in in_order]
    lefts = spread(targets, _LISTENER[0] + _GAP, MARGIN, right - _LISTENER[0])
    rising = dict.fromkeys(bar.notes, 0)
    for key, left in zip(in_order, lefts, strict=True):
        box = Box(left, top, *_LISTENER)
        node = _draw_listener(scene, key, box)
        ink = "frame" if scene.seen("listeners", key) == 0 else "line"
        for event in heard[key]:
            rising[event] += 1
            x = bar.notes[event].right - RISING / 2 + 5 - 4 * rising[event]
            points = _up_and_across(x, bar.notes[event].y, box)
            scene.canvas.line(points, ink, "dotted", ends=(bar.nodes[event], node))
        if scene.storm.listeners[key].hears == "all":
            x, start, end = left + 40, bar.box.y, box.bottom + 1
            points = [(x, start), (x, start - 10), (x, end + 10), (x, end)]
            scene.canvas.line(points, ink, "dotted")
    if shown != listeners:
        names = ", ".join(scene.storm.listeners[key].title(key) for key in listeners[_MOST - 1 :])
        note(scene.canvas, rest, "listener", f"{len(listeners) - len(shown)} more listeners", detail=names)


def _heard_here(scene: Scene, key: str, bar: Bar) -> list[str]:
    hears = scene.storm.listeners[key].hears
    return [] if hears == "all" else [event for event in dict.fromkeys(hears) if event in bar.notes]


def _middle(events: list[str], bar: Bar) -> float:
    return sum(bar.middle(event) for event in events) / len(events) if events else MARGIN


def _draw_listener(scene: Scene, key: str, box: Box) -> str:
    listener = scene.storm.listeners[key]
    caption = f"listener · {listener.for_}" if listener.for_ else "listener"
    hears = ", hears everything" if listener.hears == "all" else ", filtered" if listener.where else ""
    rings = ", rings at a rate" if listener.more_than else ""
    seen, detail = scene.seen("listeners", key), listener.to + hears + rings
    return note(scene.canvas, box, "listener", listener.title(key), caption, seen=seen, detail=detail)


def _up_and_across(x: float, start: float, listener: Box) -> list[tuple[float, float]]:
    """A line from an event up past what starts it, then across to the middle of a listener."""
    bend, goal = listener.bottom + _CHANNEL, (listener.middle[0], listener.bottom + 1)
    return [
        (x, start),
        (x, start - 8),
        (x, bend + 8),
        (x, bend),
        (x, bend - _CHANNEL * 0.55),
        (goal[0], goal[1] + _CHANNEL * 0.55),
        goal,
    ]
