"""The timeline: moments from left to right, in rows; what starts each event hangs on its note."""

from __future__ import annotations

from typing import NamedTuple

from ..storm.model import Storm
from ..storm.parts import Alternatives, events_of
from .canvas import MARGIN, Canvas
from .lettering import in_sentence, listing
from .sheet import NOTE, TOP, WIDE, Swatch, band_title, in_rows, legend, note, note_height, nothing_yet
from .triggers import Origin, origins

_PITCH = 124.0
_FRAME = 8.0
_ATTACHED_WIDTH = 92.0
_LINES_ON_ATTACHED = 3
_WORD_BETWEEN = 22.0
_ROW_GAP = 34.0
MOMENTS_IN_A_ROW = int(WIDE / _PITCH)


class _Moment(NamedTuple):
    number: int
    events: list[str]
    word: str


def picture(canvas: Canvas, storm: Storm) -> list[str]:
    """Draw the timeline; returns what it shows in sentences."""
    if not storm.events:
        remedy = "Step 1, event discovery: write everything that happens on orange notes, in any order."
        return nothing_yet(canvas, "No events yet.", remedy)
    moments = _moments(storm)
    bottom = TOP
    for start in range(0, len(moments), MOMENTS_IN_A_ROW):
        row = moments[start : start + MOMENTS_IN_A_ROW]
        bottom = _draw_row(canvas, storm, row, bottom, goes_on=start + MOMENTS_IN_A_ROW < len(moments)) + _ROW_GAP
    homeless = [event for event in storm.events if event not in storm.relations.moment_of]
    if homeless:
        _draw_homeless(canvas, storm, homeless, bottom)
    legend(canvas, _samples(storm))
    return _sentences(storm, moments, homeless)


def _moments(storm: Storm) -> list[_Moment]:
    """The timeline's moments as columns; what refers to no event is left to the checks."""
    moments: list[_Moment] = []
    for moment in storm.timeline:
        events = [event for event in events_of(moment) if event in storm.events]
        if events:
            word = "or" if isinstance(moment, Alternatives) else "and"
            moments.append(_Moment(len(moments) + 1, events, word))
    return moments


def _draw_row(canvas: Canvas, storm: Storm, row: list[_Moment], top: float, goes_on: bool) -> float:
    """Draw moments side by side on one piece of the time line; returns the y below the lowest note."""
    notes_top = top + 26
    middle = notes_top + NOTE[1] / 2
    right = MARGIN + len(row) * _PITCH + (6 if goes_on else -6)
    canvas.line([(MARGIN - 14, middle), (MARGIN, middle), (right - 10, middle), (right, middle)], ink="line")
    lowest = max(
        _draw_moment(canvas, storm, moment, MARGIN + place * _PITCH, notes_top) for place, moment in enumerate(row)
    )
    for place, moment in enumerate(row):
        if any(storm.events[event].pivotal for event in moment.events):
            canvas.area(MARGIN + place * _PITCH + NOTE[0] + 10.5, top + 6, 2.4, lowest - top - 6, "ink")
    return lowest


def _draw_moment(canvas: Canvas, storm: Storm, moment: _Moment, x: float, top: float) -> float:
    """Draw one column; returns the y below it."""
    canvas.write(x, top - 22, NOTE[0], [str(moment.number)], "small", "soft")
    y = top
    for place, event in enumerate(moment.events):
        if place:
            canvas.write(x, y + 4, NOTE[0], [moment.word], "strong", "ink")
            y += _WORD_BETWEEN
        y = _draw_event(canvas, storm, event, x, y)
    if len(moment.events) > 1:
        canvas.area(
            x - _FRAME, top - _FRAME, NOTE[0] + 2 * _FRAME, y - top + 2 * _FRAME, "inlay", "frame", moment.word == "or"
        )
    return y


def _draw_event(canvas: Canvas, storm: Storm, identifier: str, x: float, y: float) -> float:
    """Draw an event with what hangs on it; returns the y below."""
    event = storm.events[identifier]
    caption = "pivotal event" if event.pivotal else "event"
    note(canvas, x, y, *NOTE, "event", event.name, caption, strong=event.pivotal)
    y += NOTE[1]
    for attached in _attached(storm, identifier):
        height = note_height(attached.name, _ATTACHED_WIDTH, _LINES_ON_ATTACHED)
        left = x + (NOTE[0] - _ATTACHED_WIDTH) / 2
        note(canvas, left, y + 3, _ATTACHED_WIDTH, height, attached.kind, attached.name, attached.caption, small=True)
        y += height + 3
    return y


def _attached(storm: Storm, event: str) -> list[Origin]:
    trigger = storm.triggers.get(event)
    notes = origins(trigger) if trigger else []
    asked = [spot.text for spot in storm.hotspots.values() if spot.about == event]
    return notes + [Origin("hotspot", "hot spot", text) for text in asked]


def _draw_homeless(canvas: Canvas, storm: Storm, homeless: list[str], top: float) -> None:
    """Set apart the events that have no place in time yet."""
    top = band_title(canvas, top, "Not placed in time yet")
    for event, (x, y) in zip(homeless, in_rows([NOTE] * len(homeless), WIDE, _PITCH - NOTE[0]), strict=True):
        note(canvas, MARGIN + x, top + y, *NOTE, "event", storm.events[event].name, strong=storm.events[event].pivotal)


def _samples(storm: Storm) -> list[Swatch]:
    kinds = {attached.kind for event in storm.events for attached in _attached(storm, event)}
    samples = [
        Swatch("event", "event"),
        Swatch("command", "command"),
        Swatch("actor", "actor"),
        Swatch("external system, or time", "external"),
        Swatch("hot spot: a question still open", "hotspot", form="tilted"),
    ]
    samples = [sample for sample in samples if sample.fill in {"event", *kinds}]
    words = {moment.word for moment in _moments(storm) if len(moment.events) > 1}
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
        sentences.append(f"Not placed in time yet: {listing([storm.events[event].name for event in homeless])}.")
    return sentences


def _said_of(storm: Storm, identifier: str) -> str:
    event = storm.events[identifier]
    attached = [f"{note.caption}: {in_sentence(note.name)}" for note in _attached(storm, identifier)]
    said = [*(["pivotal"] if event.pivotal else []), *attached]
    return in_sentence(event.name) + (f" ({', '.join(said)})" if said else "")
