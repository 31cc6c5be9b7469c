"""The contracts of a service as cards: for each of its events the fields, with their types."""

from __future__ import annotations

from ..storm.model import Storm
from .canvas import MARGIN, Box
from .lettering import fit
from .scene import Scene
from .sheet import SMALL, band_title, in_rows

_HEAD = 50.0
_WIDTH = 222.0
_FIELD = 15.0


def draw_contracts(scene: Scene, service: str, hue: str, top: float) -> float:
    """Draw the schema of every event that a service owns, with its fields, from ``top``; the y below."""
    events = scene.storm.relations.events_of_service.get(service, ())
    if not events:
        return band_title(scene.canvas, top, "No events of its own yet")
    top = band_title(scene.canvas, top, "Contracts of its events")
    fields = [fields_told(scene.storm, event) or ["no fields yet"] for event in events]
    boxes = in_rows([(_WIDTH, _HEAD + len(lines) * _FIELD + 12) for lines in fields], (MARGIN, top), 18)
    for event, lines, box in zip(events, fields, boxes, strict=True):
        _draw_contract(scene, event, lines, hue, box)
    return max(box.bottom for box in boxes)


def fields_told(storm: Storm, event: str) -> list[str]:
    """The fields of an event's contract in words, with their types."""
    contract = storm.contracts.get(event)
    return [
        f"{name}: {', '.join([field.type, *['optional'] * field.optional, *['personal'] * field.personal])}"
        for name, field in (contract.fields_.items() if contract else ())
    ]


def _draw_contract(scene: Scene, event: str, fields: list[str], hue: str, box: Box) -> None:
    contract = scene.storm.contracts.get(event)
    name = scene.storm.events[event].name
    stroke = hue if contract else "frame"
    scene.canvas.shape(box, "card", stroke, form="round", dashed=contract is None, tip=name)
    scene.canvas.shape(Box(box.x + 12, box.y + 12, 10, 10), "event", form="hexagon")
    published = ", published" if contract and contract.published else ""
    kind = f"contract, version {contract.version}{published}" if contract else "no contract yet"
    x, room = box.x + 12, box.width - 24
    below = scene.canvas.write((x + 16, box.y + 10), room - 16, [kind], "small", "soft", align="l")
    scene.canvas.write((x, below + 2), room, fit(name, room, 12.5, 1), "name", align="l")
    for place, line in enumerate(fields):
        top = box.y + _HEAD + place * _FIELD
        scene.canvas.write((x, top), room, fit(line, room, SMALL, 1), "small", align="l")
