"""The timeline: moments from left to right, in rows; what starts each event hangs on its note."""

from __future__ import annotations

from typing import NamedTuple

from ..storm.model import Storm
from ..storm.parts import Alternatives, events_of
from .canvas import MARGIN, Box, Point
from .lettering import in_sentence, listing
from .scene import Scene
from .sheet import NOTE, TOP, WIDE, Swatch, band_title, in_rows, legend, note, note_height, nothing_yet
from .triggers import Origin, origins

_PITCH = 124.0
_FRAME = 8.0
_ATTACHED_WIDTH = 92.0
_LINES_ON_ATTACHED = 5
_WORD_BETWEEN = 22.0
_ROW_GAP = 34.0
_MOMENTS_IN_A_ROW = int(WIDE / _PITCH)


class _Moment(NamedTuple):
    number: int
    events: list[str]
    word: str


def picture(scene: Scene) -> list[str]:
    """Draw the timeline; returns what it shows in sentences."""
    if not scene.storm.events:
        remedy = "Step 1, event discovery: write everything that happens on orange notes, in any order."
        return nothing_yet(scene.canvas, "No events yet.", remedy)
    moments = _moments(scene.storm)
    bottom = TOP
    for start in range(0, len(moments), _MOMENTS_IN_A_ROW):
        row = moments[start : start + _MOMENTS_IN_A_ROW]
        goes_on = start + _MOMENTS_IN_A_ROW < len(moments)
        bottom = _draw_row(scene, row, bottom, goes_on) + _ROW_GAP
    homeless = [event for event in scene.storm.events if event not in scene.storm.relations.moment_of]
    if homeless:
        _draw_homeless(scene, homeless, bottom)
    legend(scene.canvas, _samples(scene.storm, moments))
    return _sentences(scene.storm, moments, homeless)


def _moments(storm: Storm) -> list[_Moment]:
    """The timeline's moments as columns; what refers to no event is left to the checks."""
    moments: list[_Moment] = []
    for moment in storm.timeline:
        events = [event for event in events_of(moment) if event in storm.events]
        if events:
            word = "or" if isinstance(moment, Alternatives) else "and"
            moments.append(_Moment(len(moments) + 1, events, word))
    return moments


def _draw_row(scene: Scene, row: list[_Moment], top: float, goes_on: bool) -> float:
    """Draw moments side by side on one piece of the time line; returns the y below the lowest note."""
    notes_top = top + 26
    middle = notes_top + NOTE[1] / 2
    right = MARGIN + len(row) * _PITCH + (6 if goes_on else -6)
    scene.canvas.line([(MARGIN - 14, middle), (MARGIN, middle), (right - 10, middle), (right, middle)])
    lefts = [MARGIN + place * _PITCH for place in range(len(row))]
    lowest = max(_draw_moment(scene, moment, (x, notes_top)) for moment, x in zip(row, lefts, strict=True))
    for moment, x in zip(row, lefts, strict=True):
        if any(scene.storm.events[event].pivotal for event in moment.events):
            scene.canvas.area(Box(x + NOTE[0] + 10.5, top + 6, 2.4, lowest - top - 6), "ink")
    return lowest


def _draw_moment(scene: Scene, moment: _Moment, corner: Point) -> float:
    """Draw one column; returns the y below it."""
    x, top = corner
    scene.canvas.write((x, top - 22), NOTE[0], [str(moment.number)], "small", "soft")
    y = top
    for place, event in enumerate(moment.events):
        if place:
            scene.canvas.write((x, y + 4), NOTE[0], [moment.word], "strong")
            y += _WORD_BETWEEN
        y = _draw_event(scene, event, (x, y))
    if len(moment.events) > 1:
        frame = Box(x, top, NOTE[0], y - top).grown(_FRAME)
        scene.canvas.area(frame, "inlay", "frame", dashed=moment.word == "or")
    return y


def _draw_event(scene: Scene, identifier: str, corner: Point) -> float:
    """Draw an event with what hangs on it; returns the y below."""
    event = scene.storm.events[identifier]
    caption = "pivotal event" if event.pivotal else "event"
    box = Box(*corner, *NOTE)
    note(scene.canvas, box, "event", event.name, caption, strong=event.pivotal)
    y = box.bottom
    for attached in _attached(scene.storm, identifier):
        height = note_height(attached.name, _ATTACHED_WIDTH, _LINES_ON_ATTACHED)
        below = Box(box.x + (NOTE[0] - _ATTACHED_WIDTH) / 2, y + 3, _ATTACHED_WIDTH, height)
        note(scene.canvas, below, attached.kind, attached.name, attached.caption, small=True)
        y = below.bottom
    return y


def _attached(storm: Storm, event: str) -> list[Origin]:
    trigger = storm.triggers.get(event)
    notes = origins(trigger) if trigger else []
    asked = [spot.text for spot in storm.hotspots.values() if spot.about == event]
    return notes + [Origin("hotspot", "hot spot", text) for text in asked]


def _draw_homeless(scene: Scene, homeless: list[str], top: float) -> None:
    """Set apart the events that have no place in time yet."""
    top = band_title(scene.canvas, top, "Not placed in time yet")
    boxes = in_rows([NOTE] * len(homeless), (MARGIN, top), _PITCH - NOTE[0])
    for key, box in zip(homeless, boxes, strict=True):
        event = scene.storm.events[key]
        note(scene.canvas, box, "event", event.name, strong=event.pivotal)


def _samples(storm: Storm, moments: list[_Moment]) -> list[Swatch]:
    kinds = {attached.kind for event in storm.events for attached in _attached(storm, event)}
    samples = [
        Swatch("event", "event"),
        Swatch("command", "command"),
        Swatch("actor", "actor"),
        Swatch("external system, or time", "external"),
        Swatch("hot spot: a question still open", "hotspot", form="tilted"),
    ]
    samples = [sample for sample in samples if sample.fill in {"event", *kinds}]
    words = {moment.word for moment in moments if len(moment.events) > 1}
    if "or" in words:
        samples.append(Swatch("alternatives: one of them happens", "inlay", "frame", "round", True))
    if "and" in words:
        samples.append(Swatch("at the same time", "inlay", "frame", "round"))
    if any(event.pivotal for event in storm.events.values()):
        samples.append(Swatch("pivotal: a new phase begins after it", "event", "ink"))
    return samples


def _sentences(storm: Storm, moments: list[_Moment], homeless: list[str]) -> list[str]:
    sentences = [f"{len(storm.events)} events in {len(moments)} moments, in order of time."]
    for moment in moments:
        said = [_said_of(storm, event) for event in moment.events]
        sentences.append(f"{moment.number}. {f' {moment.word} '.join(said)}.")
    if homeless:
        names = listing([storm.events[event].name for event in homeless])
        sentences.append(f"Not placed in time yet (step 2): {names}.")
    return sentences


def _said_of(storm: Storm, identifier: str) -> str:
    event = storm.events[identifier]
    attached = [f"{note.caption}: {in_sentence(note.name)}" for note in _attached(storm, identifier)]
    said = [*(["pivotal"] if event.pivotal else []), *attached]
    return in_sentence(event.name) + (f" ({', '.join(said)})" if said else "")
