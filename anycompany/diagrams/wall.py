"""The wall of step 1: every note where it lies on the board, before anybody has put them in order."""

from __future__ import annotations

import math
from typing import Any, TypeGuard

from ..storm.model import Storm
from .canvas import MARGIN, Box, Point
from .lettering import listing
from .scene import Scene
from .sheet import TOP, Swatch, band_title, in_rows, legend, note, nothing_yet

_NOTE = (132.0, 88.0)
"""A note of the board, so that notes lie as they do there."""

_GAP = 16.0
_FARTHEST = 4000.0
"""Pixels a wall may spread over; beyond, the picture would be mostly empty and its writing too small."""


def picture(scene: Scene) -> list[str]:
    """Draw the notes as they lie; returns what it shows in sentences."""
    storm = scene.storm
    if not storm.events:
        remedy = "Step 1, event discovery: write everything that happens on orange notes, in any order."
        return nothing_yet(scene.canvas, "No events yet.", remedy)
    lying = _lying(storm)
    bottom = max((y + _NOTE[1] + 2 * _GAP for _, y in lying.values()), default=TOP)
    others = [event for event in storm.events if event not in lying]
    in_order = in_rows([_NOTE] * len(others), (MARGIN, bottom), _GAP)
    boxes = {event: Box(x, y, *_NOTE) for event, (x, y) in lying.items()} | dict(
        zip(others, in_order, strict=True)
    )
    for event, box in boxes.items():
        said = storm.events[event]
        caption = "pivotal event" if said.pivotal else "event"
        note(scene.canvas, box, "event", said.name, caption, strong=said.pivotal)
    asked = [spot.text for spot in storm.hotspots.values()]
    if asked:
        _draw_hotspots(scene, asked, max(box.bottom for box in boxes.values()) + 2 * _GAP)
    legend(scene.canvas, _samples(storm))
    return _sentences(storm, asked)


def _lying(storm: Storm) -> dict[str, Point]:
    """Where events lie, moved into the picture; none of them when they are strewn too far."""
    notes = storm.board.get("notes")
    found: dict[str, Point] = {}
    for event in storm.events:
        place = notes.get(f"events/{event}") if isinstance(notes, dict) else None
        if _is_place(place):
            found[event] = (float(place[0]), float(place[1]))
    if not found:
        return {}
    left, top = (min(point[axis] for point in found.values()) for axis in (0, 1))
    if any(x - left > _FARTHEST or y - top > _FARTHEST for x, y in found.values()):
        return {}
    return {event: (x - left + MARGIN, y - top + TOP) for event, (x, y) in found.items()}


def _is_place(place: Any) -> TypeGuard[list[float]]:
    return (
        isinstance(place, list | tuple)
        and len(place) == 2
        and all(isinstance(number, int | float) and math.isfinite(number) for number in place)
    )


def _draw_hotspots(scene: Scene, asked: list[str], top: float) -> None:
    top = band_title(scene.canvas, top, "Hot spots")
    for text, box in zip(asked, in_rows([_NOTE] * len(asked), (MARGIN, top), 2 * _GAP), strict=True):
        note(scene.canvas, box, "hotspot", text)


def _samples(storm: Storm) -> list[Swatch]:
    samples = [Swatch("event", "event")]
    if any(event.pivotal for event in storm.events.values()):
        samples.append(Swatch("pivotal: a new phase begins after it", "event", "ink"))
    if storm.hotspots:
        samples.append(Swatch("hot spot: a question still open", "hotspot", form="tilted"))
    return samples


def _sentences(storm: Storm, asked: list[str]) -> list[str]:
    names = [event.name for event in storm.events.values()]
    sentences = [
        f"{len(names)} event{'s' * (len(names) != 1)}, in the order they were written: {listing(names)}."
    ]
    return sentences + ([f"Hot spots: {listing(asked)}."] if asked else [])
