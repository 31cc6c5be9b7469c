"""One service's insides: what it hears, the work it does, what it puts on success and on failure, its contracts."""

from __future__ import annotations

from collections.abc import Iterator

from ..storm.model import Storm
from .canvas import MARGIN, Canvas, LineStyle, Point
from .hues import hue_of_service
from .lettering import fit, in_sentence, listing
from .sheet import (
    TOP,
    WIDE,
    Stroke,
    Swatch,
    band_title,
    in_rows,
    legend,
    note,
    nothing_yet,
    write_on_line,
)
from .triggers import origin

_EVENT = (112.0, 66.0)
_CARD_WIDTH = 208.0
_HEAD = 50.0
_TASK = 26.0
_BETWEEN = 69.0
_STACK = _EVENT[1] + 10
_STRIP = 2 * _EVENT[0] + _CARD_WIDTH + 2 * _BETWEEN
_ARROW = 36.0
_CONTRACT = 222.0
_FIELD = 15.0
_GAP = 30.0


def picture(canvas: Canvas, storm: Storm, service: str | None) -> list[str]:
    """Draw a service, or all of them one below the other; returns what it shows in sentences."""
    if not storm.services:
        remedy = "Step 5 finds the contexts; step 6 then names one service for each."
        return nothing_yet(canvas, "No services yet.", remedy)
    y, sentences = TOP, list[str]()
    for key in storm.services if service is None else [service]:
        y = _draw_service(canvas, storm, key, y) + _GAP
        sentences += _sentences(storm, key)
    legend(canvas, _samples(storm))
    return sentences


def _draw_service(canvas: Canvas, storm: Storm, key: str, top: float) -> float:
    """Draw all of one service from ``top``; returns the y below."""
    service = storm.services[key]
    hue = f"service-{hue_of_service(storm, key)}"
    y = canvas.write(MARGIN, top, WIDE, fit(service.title(key), WIDE, 18, 1), "heading", hue, "l")
    y = canvas.write(MARGIN, y + 2, WIDE, fit(_about(storm, key), WIDE, 12.5, 1), "text", "soft", "l") + 18
    y = _draw_workflows(canvas, storm, key, hue, y)
    y = _draw_started(canvas, storm, key, hue, y)
    return _draw_contracts(canvas, storm, key, hue, y)


def _about(storm: Storm, key: str) -> str:
    home = storm.services[key].context
    if home not in storm.contexts:
        return f"No context yet; its events have the source {storm.service_source(key)}"
    context = storm.contexts[home]
    owner = f", owner {context.owner}" if context.owner else ""
    return f"Context {context.title(home)}{owner}; its events have the source {storm.service_source(key)}"


def _draw_workflows(canvas: Canvas, storm: Storm, service: str, hue: str, top: float) -> float:
    policies = storm.relations.policies_of.get(service, ())
    if not policies:
        return band_title(canvas, top, "No workflows yet") + 4
    sizes = [(_STRIP, _height(storm, policy)) for policy in policies]
    corners = in_rows(sizes, WIDE, _GAP)
    for policy, (_, height), (x, y) in zip(policies, sizes, corners, strict=True):
        _draw_workflow(canvas, storm, policy, hue, (MARGIN + x, top + y + height / 2))
    return top + max(y + height for (_, height), (_, y) in zip(sizes, corners, strict=True)) + _GAP


def _known(storm: Storm, events: list[str]) -> list[str]:
    return [event for event in dict.fromkeys(events) if event in storm.events]


def _card_height(storm: Storm, policy: str) -> float:
    return _HEAD + max(len(storm.policies[policy].does), 1) * _TASK + 8


def _height(storm: Storm, policy: str) -> float:
    said = storm.policies[policy]
    most = max(len(_known(storm, said.when)), len(_known(storm, said.emits)) + len(_known(storm, said.fails)))
    return max(most * _STACK, _card_height(storm, policy))


def _draw_workflow(canvas: Canvas, storm: Storm, policy: str, hue: str, left_middle: Point) -> None:
    """Draw one workflow: what it hears at the left, its tasks in the middle, what it puts at the right."""
    said = storm.policies[policy]
    x, middle = left_middle
    left = x + _EVENT[0] + _BETWEEN
    right = left + _CARD_WIDTH
    card = _draw_card(canvas, storm, policy, hue, (left, middle - _card_height(storm, policy) / 2))
    heard = _known(storm, said.when)
    for event, y in zip(heard, _stacked(len(heard), middle), strict=True):
        node = _draw_event(canvas, storm, policy, event, (x, y - _EVENT[1] / 2))
        _draw_arrow(canvas, ((x + _EVENT[0], y), (left, middle)), (node, card), hue, "solid", "")
    puts = [(event, "succeeds") for event in _known(storm, said.emits)]
    puts += [(event, "fails") for event in _known(storm, said.fails)]
    for (event, outcome), y in zip(puts, _stacked(len(puts), middle), strict=True):
        node = _draw_event(canvas, storm, policy, event, (right + _BETWEEN, y - _EVENT[1] / 2))
        style: LineStyle = "dashed" if outcome == "fails" else "solid"
        word = outcome if said.fails else ""
        _draw_arrow(canvas, ((right, middle), (right + _BETWEEN, y)), (card, node), hue, style, word)


def _stacked(count: int, middle: float) -> Iterator[float]:
    return (middle + (place - (count - 1) / 2) * _STACK for place in range(count))


def _draw_event(canvas: Canvas, storm: Storm, policy: str, event: str, corner: Point) -> str:
    """Draw an event; one of another service says whose it is."""
    owner = storm.relations.owner_of(event)
    foreign = owner and owner != storm.relations.service_of_policy(policy)
    caption = f"event · {storm.services[owner].title(owner)}" if owner and foreign else "event"
    return note(canvas, *corner, *_EVENT, "event", storm.events[event].name, caption)


def _draw_arrow(
    canvas: Canvas, ends: tuple[Point, Point], nodes: tuple[str, str], hue: str, style: LineStyle, word: str
) -> None:
    (ax, ay), (bx, by) = ends
    bend = (bx - ax) * 0.5
    points = [(ax, ay), (ax + bend, ay), (bx - bend, by), (bx, by)]
    canvas.line(points, *nodes, hue, style, 1.6)
    if word:
        write_on_line(canvas, points, word)


def _draw_card(canvas: Canvas, storm: Storm, policy: str, hue: str, corner: Point) -> str:
    """Draw a workflow as a card with its tasks in it, one below the other."""
    said = storm.policies[policy]
    x, y = corner
    title = said.title(policy)
    card = canvas.shape(
        x, y, _CARD_WIDTH, _card_height(storm, policy), "card", hue, "round", weight=1.6, tip=title
    )
    room = _CARD_WIDTH - 24
    below = canvas.write(x + 12, y + 8, room, [f"{said.kind} workflow"], "small", "soft", "l")
    canvas.write(x + 12, below + 1, room, fit(title, room, 12.5, 1), "name", align="l")
    if not said.does:
        canvas.write(x + 12, y + _HEAD + 4, room, ["no work named yet"], "small", "soft", "l")
    for number, task in enumerate(said.does):
        top = y + _HEAD + number * _TASK
        canvas.shape(x + 8, top, _CARD_WIDTH - 16, _TASK - 4, "inlay", "frame", "round", tip=task.do)
        canvas.write(
            x + 16, top + 4, room - 8, fit(f"{number + 1}  {task.do}", room - 8, 11, 1), "small", align="l"
        )
    return card


def _started(storm: Storm, service: str) -> list[str]:
    return [event for event in storm.relations.events_of_service.get(service, ()) if event in storm.triggers]


def _draw_started(canvas: Canvas, storm: Storm, service: str, hue: str, top: float) -> float:
    """Draw the events that people, time and other systems start, each beside what starts it."""
    events = _started(storm, service)
    if not events:
        return top
    top = band_title(canvas, top, "Started from outside")
    corners = in_rows([(2 * _EVENT[0] + _ARROW, _EVENT[1])] * len(events), WIDE, _GAP)
    for event, (x, y) in zip(events, corners, strict=True):
        started_by = origin(storm.triggers[event])
        corner = (MARGIN + x, top + y)
        tail = note(canvas, *corner, *_EVENT, started_by.kind, started_by.name, started_by.caption)
        head = note(
            canvas, corner[0] + _EVENT[0] + _ARROW, corner[1], *_EVENT, "event", storm.events[event].name
        )
        start = (corner[0] + _EVENT[0], corner[1] + _EVENT[1] / 2)
        _draw_arrow(canvas, (start, (start[0] + _ARROW, start[1])), (tail, head), hue, "solid", "")
    return top + corners[-1][1] + _EVENT[1] + _GAP


def _draw_contracts(canvas: Canvas, storm: Storm, service: str, hue: str, top: float) -> float:
    """Draw the schema of every event that the service owns, with its fields."""
    events = storm.relations.events_of_service.get(service, ())
    if not events:
        return band_title(canvas, top, "No events of its own yet")
    top = band_title(canvas, top, "Contracts of its events")
    sizes = [(_CONTRACT, _HEAD + max(len(_fields(storm, event)), 1) * _FIELD + 12) for event in events]
    corners = in_rows(sizes, WIDE, 18)
    for event, (width, height), (x, y) in zip(events, sizes, corners, strict=True):
        _draw_contract(canvas, storm, event, hue, (MARGIN + x, top + y), (width, height))
    return top + max(y + height for (_, height), (_, y) in zip(sizes, corners, strict=True))


def _fields(storm: Storm, event: str) -> list[str]:
    contract = storm.contracts.get(event)
    return [
        f"{name}: {', '.join([field.type, *['optional'] * field.optional, *['personal'] * field.personal])}"
        for name, field in (contract.fields_.items() if contract else ())
    ]


def _draw_contract(
    canvas: Canvas, storm: Storm, event: str, hue: str, corner: Point, size: tuple[float, float]
) -> None:
    contract = storm.contracts.get(event)
    x, y = corner
    room = size[0] - 24
    name = storm.events[event].name
    canvas.shape(*corner, *size, "card", hue if contract else "frame", "round", contract is None, tip=name)
    canvas.shape(x + 12, y + 12, 10, 10, "event", form="hexagon")
    published = ", published" if contract and contract.published else ""
    kind = f"contract, version {contract.version}{published}" if contract else "no contract yet"
    below = canvas.write(x + 28, y + 10, room - 16, fit(kind, room - 16, 11, 1), "small", "soft", "l")
    canvas.write(x + 12, below + 2, room, fit(name, room, 12.5, 1), "name", align="l")
    lines = [fit(line, room, 11, 1)[0] for line in _fields(storm, event)] or ["no fields yet"]
    for place, line in enumerate(lines):
        canvas.write(x + 12, y + _HEAD + place * _FIELD, room, [line], "small", align="l")


def _samples(storm: Storm) -> list[Swatch | Stroke]:
    samples: list[Swatch | Stroke] = [
        Swatch("event", "event"),
        Swatch("workflow, with its tasks", "card", "service-0", "round"),
        Stroke("hears, and puts when the work succeeds", "service-0"),
    ]
    if any(policy.fails for policy in storm.policies.values()):
        samples.append(Stroke("puts when the work fails", "service-0", "dashed"))
    return samples


def _sentences(storm: Storm, service: str) -> list[str]:
    sentences = [f"Service {in_sentence(storm.services[service].title(service))}. {_about(storm, service)}."]
    for key in storm.relations.policies_of.get(service, ()):
        policy = storm.policies[key]
        hears, puts, fails = (
            listing([storm.events[event].name for event in _known(storm, events)])
            for events in (policy.when, policy.emits, policy.fails)
        )
        tasks = "; ".join(in_sentence(task.do) for task in policy.does) or "nothing named yet"
        failing = f", on failure {fails}" if policy.fails else ""
        title = in_sentence(policy.title(key))
        sentences.append(f"Workflow {title} hears {hears}; does: {tasks}; puts on success {puts}{failing}.")
    for event in _started(storm, service):
        started_by = origin(storm.triggers[event])
        name = in_sentence(storm.events[event].name)
        sentences.append(f"{name} is started by {started_by.caption} {in_sentence(started_by.name)}.")
    for event in storm.relations.events_of_service.get(service, ()):
        said = listing(_fields(storm, event)) if event in storm.contracts else "none yet"
        sentences.append(f"Contract of {in_sentence(storm.events[event].name)}: {said}.")
    return sentences
