"""The beehive: every entity a comb of hexagons, one for each of its events."""

from __future__ import annotations

from typing import NamedTuple

from .canvas import MARGIN, STYLES, Box
from .hive import cell_height, hive
from .lettering import LINE_HEIGHT, fit, in_sentence, listing
from .scene import Scene
from .sheet import TOP, Swatch, in_rows, legend, nothing_yet

_CELL = 108.0
_GAP = 4.0
_BETWEEN = 40.0
_ABOVE = 42.0


class _Comb(NamedTuple):
    """An entity and its events, or the events that are in no entity yet (``apart``)."""

    title: str
    events: list[str]
    apart: bool


def picture(scene: Scene) -> list[str]:
    """Draw every entity's events as a comb, side by side; returns what it shows in sentences."""
    storm = scene.storm
    if not storm.events:
        remedy = "Step 1, event discovery: write everything that happens. Step 4 groups the events by entity."
        return nothing_yet(scene.canvas, "No events yet.", remedy)
    order = {event: place for place, event in enumerate(storm.relations.in_order)}
    combs = [
        _Comb(entity.title(key), sorted(scene.known(entity.events), key=order.__getitem__), False)
        for key, entity in storm.entities.items()
    ]
    homeless = [event for event in order if event not in storm.relations.entities_of]
    if homeless:
        combs.append(_Comb("In no entity yet", homeless, True))
    boxes = in_rows([_size(len(comb.events)) for comb in combs], (MARGIN, TOP), _BETWEEN)
    for comb, box in zip(combs, boxes, strict=True):
        _draw_comb(scene, comb, box)
    legend(scene.canvas, _samples(bool(homeless)))
    return _sentences(scene, combs)


def _size(events: int) -> tuple[float, float]:
    _, width, height = hive(max(events, 1), _CELL)
    return max(width, 1.4 * _CELL), height + _ABOVE


def _draw_comb(scene: Scene, comb: _Comb, box: Box) -> None:
    """Draw one entity: its name, and a hexagon for each event; an empty one where it has none yet."""
    lines = fit(comb.title, box.width, STYLES["label"][0], 1)
    below = scene.canvas.write((box.x, box.y), box.width, lines, "label")
    count = f"{len(comb.events)} event{'s' * (len(comb.events) != 1)}"
    scene.canvas.write((box.x, below), box.width, [count], "small", "soft")
    cells, across, _ = hive(max(len(comb.events), 1), _CELL)
    left = box.x + (box.width - across) / 2
    names = scene.names(comb.events) or ["no events yet"]
    for name, (x, y) in zip(names, cells, strict=True):
        width = _CELL - _GAP
        cell = Box(left + x, box.y + _ABOVE + y, width, cell_height(width))
        _draw_cell(scene, cell, name, hollow=comb.apart or not comb.events)


def _draw_cell(scene: Scene, box: Box, name: str, hollow: bool) -> None:
    fill, ink = ("card", "ink") if hollow else ("event", "paper-ink")
    scene.canvas.shape(box, fill, "event", form="hexagon", dashed=hollow, tip=name)
    size = STYLES["name"][0]
    lines = fit(name, box.width - 14, size, 4)
    top = box.middle[1] - len(lines) * size * LINE_HEIGHT / 2
    scene.canvas.write((box.x, top), box.width, lines, "name", ink)


def _samples(homeless: bool) -> list[Swatch]:
    samples = [Swatch("event", "event", form="hexagon")]
    if homeless:
        samples.append(Swatch("event in no entity yet", "card", "event", "hexagon", True))
    return samples


def _sentences(scene: Scene, combs: list[_Comb]) -> list[str]:
    sentences = [f"{len(scene.storm.entities)} entities hold {len(scene.storm.events)} events."]
    if not scene.storm.entities:
        sentences = ["No entities yet. Step 4: put together the events that happen to the same thing."]
    return sentences + [f"{in_sentence(comb.title)}: {listing(scene.names(comb.events))}." for comb in combs]
