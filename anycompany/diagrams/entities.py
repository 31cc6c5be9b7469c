"""The beehive: every entity a comb of hexagons, one for each of its events."""

from __future__ import annotations

from ..storm.model import Storm
from .canvas import MARGIN, STYLES, Canvas
from .hive import cell_height, hive
from .lettering import LINE_HEIGHT, fit, in_sentence, listing
from .sheet import TOP, WIDE, Swatch, in_rows, legend, nothing_yet

_CELL = 108.0
_GAP = 4.0
_BETWEEN = 40.0
_ABOVE = 42.0
_HOMELESS = "In no entity yet"


def picture(canvas: Canvas, storm: Storm) -> list[str]:
    """Draw every entity's events as a comb, side by side; returns what it shows in sentences."""
    if not storm.events:
        remedy = "Step 1, event discovery: write everything that happens. Step 4 groups the events by entity."
        return nothing_yet(canvas, "No events yet.", remedy)
    order = {event: place for place, event in enumerate(storm.relations.in_order)}
    combs = [
        (entity.title(key), sorted((event for event in entity.events if event in order), key=order.__getitem__))
        for key, entity in storm.entities.items()
    ]
    homeless = [event for event in order if event not in storm.relations.entities_of]
    sizes = [_size(len(events)) for _, events in combs]
    if homeless:
        combs.append((_HOMELESS, homeless))
        sizes.append(_size(len(homeless)))
    for (title, events), size, (x, y) in zip(combs, sizes, in_rows(sizes, WIDE, _BETWEEN), strict=True):
        _draw_comb(canvas, storm, title, events, (MARGIN + x, TOP + y), size[0], apart=events is homeless)
    legend(canvas, _samples(bool(homeless)))
    return _sentences(storm, combs)


def _size(events: int) -> tuple[float, float]:
    _, width, height = hive(max(events, 1), _CELL)
    return max(width, 1.4 * _CELL), height + _ABOVE


def _draw_comb(
    canvas: Canvas, storm: Storm, title: str, events: list[str], corner: tuple[float, float], width: float, apart: bool
) -> None:
    """Draw one entity: its name, and a hexagon for each event; an empty one where it has none yet."""
    x, y = corner
    size, _ = STYLES["label"]
    lines = fit(title, width, size, 1)
    canvas.write(x, y, width, lines, "label")
    count = f"{len(events)} event{'s' * (len(events) != 1)}"
    canvas.write(x, y + size * LINE_HEIGHT, width, [count], "small", "soft")
    cells, across, _ = hive(max(len(events), 1), _CELL)
    left = x + (width - across) / 2
    for place, (cell_x, cell_y) in enumerate(cells):
        name = storm.events[events[place]].name if events else "no events yet"
        _draw_cell(canvas, left + cell_x, y + _ABOVE + cell_y, name, hollow=apart or not events)


def _draw_cell(canvas: Canvas, x: float, y: float, name: str, hollow: bool) -> None:
    width, height = _CELL - _GAP, cell_height(_CELL - _GAP)
    fill, ink = ("card", "ink") if hollow else ("event", "paper-ink")
    canvas.shape(x, y, width, height, fill, "event", "hexagon", dashed=hollow, tip=name)
    size = STYLES["name"][0]
    lines = fit(name, width - 14, size, 4)
    canvas.write(x, y + (height - len(lines) * size * LINE_HEIGHT) / 2, width, lines, "name", ink)


def _samples(homeless: bool) -> list[Swatch]:
    samples = [Swatch("event", "event", form="hexagon")]
    if homeless:
        samples.append(Swatch("event in no entity yet", "card", "event", "hexagon", True))
    return samples


def _sentences(storm: Storm, combs: list[tuple[str, list[str]]]) -> list[str]:
    sentences = [f"{len(storm.entities)} entities hold {len(storm.events)} events."]
    if not storm.entities:
        sentences = ["No entities yet. Step 4: put together the events that happen to the same thing."]
    for title, events in combs:
        sentences.append(f"{in_sentence(title)}: {listing([storm.events[event].name for event in events])}.")
    return sentences
