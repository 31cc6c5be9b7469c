"""One service's insides: what it hears, its work, what it puts on success and on failure, its contracts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from ..bus.outcomes import always
from ..storm.model import Storm
from ..storm.parts import Policy
from ..storm.worklines import WorkLine, work_lines
from .canvas import MARGIN, Box, LineStyle, Point
from .contract_cards import draw_contracts, fields_told
from .hues import hue_of_service
from .lettering import fit, in_sentence, listing
from .scene import Scene
from .sheet import (
    SMALL,
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
_INSET = 10.0
_BETWEEN = 69.0
_STACK = _EVENT[1] + 10
_STRIP = 2 * _EVENT[0] + _CARD_WIDTH + 2 * _BETWEEN
_ARROW = 36.0
_GAP = 30.0


def picture(scene: Scene) -> list[str]:
    """Draw a service, or all of them one below the other; returns what it shows in sentences."""
    if not scene.storm.services:
        remedy = "Step 5 finds the contexts; step 6 then names one service for each."
        return nothing_yet(scene.canvas, "No services yet.", remedy)
    y, sentences = TOP, list[str]()
    for key in [scene.service] if scene.service else scene.storm.services:
        y = _draw_service(scene, key, y) + _GAP
        sentences += _sentences(scene, key)
    legend(scene.canvas, _samples(scene.storm))
    return sentences


def _draw_service(scene: Scene, key: str, top: float) -> float:
    """Draw all of one service from ``top``; returns the y below."""
    hue = f"service-{hue_of_service(scene.storm, key)}"
    title = fit(scene.storm.services[key].title(key), WIDE, 18, 1)
    ink = hue.replace("service", "name")
    y = scene.canvas.write((MARGIN, top), WIDE, title, "heading", ink, align="l")
    about = fit(_about(scene.storm, key), WIDE, 12.5, 1)
    y = scene.canvas.write((MARGIN, y + 2), WIDE, about, "text", "soft", align="l") + 18
    y = _draw_workflows(scene, key, hue, y)
    y = _draw_started(scene, key, hue, y)
    return draw_contracts(scene, key, hue, y)


def _about(storm: Storm, key: str) -> str:
    source = f"its events have the source {storm.service_source(key)}"
    home = storm.services[key].context
    if home not in storm.contexts:
        return f"No context yet; {source}"
    context = storm.contexts[home]
    owner = f", owner {context.owner}" if context.owner else ""
    return f"Context {context.title(home)}{owner}; {source}"


def _draw_workflows(scene: Scene, service: str, hue: str, top: float) -> float:
    policies = scene.storm.relations.policies_of.get(service, ())
    if not policies:
        return band_title(scene.canvas, top, "No workflows yet") + 4
    boxes = in_rows([(_STRIP, _height(scene, policy)) for policy in policies], (MARGIN, top), _GAP)
    for policy, box in zip(policies, boxes, strict=True):
        _draw_workflow(scene, policy, hue, box)
    return max(box.bottom for box in boxes) + _GAP


def _card_height(scene: Scene, policy: str) -> float:
    return _HEAD + max(len(_lines(scene, policy)), 1) * _TASK + 8


def _lines(scene: Scene, policy: str) -> list[tuple[str, WorkLine]]:
    """The work of a policy in lines, each with its words: tasks of the sequence have numbers."""
    numbers = count(1)
    lines = work_lines(scene.storm.policies[policy].does, called=lambda event: _called(scene.storm, event))
    return [(line.text if line.level else f"{next(numbers)}  {line.text}", line) for line in lines]


def _called(storm: Storm, event: str) -> str:
    return storm.events[event].name if event in storm.events else event


def _height(scene: Scene, policy: str) -> float:
    said = scene.storm.policies[policy]
    puts = len(scene.known(said.emits)) + len(scene.known(said.fails))
    return max(max(len(scene.known(said.when)), puts) * _STACK, _card_height(scene, policy))


def _draw_workflow(scene: Scene, policy: str, hue: str, strip: Box) -> None:
    """Draw one workflow: what it hears at the left, its tasks in the middle, what it puts at the right."""
    said = scene.storm.policies[policy]
    middle, height = strip.middle[1], _card_height(scene, policy)
    card = Box(strip.x + _EVENT[0] + _BETWEEN, middle - height / 2, _CARD_WIDTH, height)
    card_node = _draw_card(scene, policy, hue, card)
    heard = scene.known(said.when)
    for event, y in zip(heard, _stacked(len(heard), middle), strict=True):
        box = Box(strip.x, y - _EVENT[1] / 2, *_EVENT)
        node = _draw_event(scene, policy, event, box)
        scene.canvas.line(_bow((box.right, y), (card.x, middle)), hue, ends=(node, card_node), weight=1.6)
    follow = always(scene.storm, policy)
    puts: list[tuple[str, LineStyle]] = [(event, "solid") for event in scene.known(said.emits)]
    puts += [(event, "dashed") for event in scene.known(said.fails)]
    for (event, style), y in zip(puts, _stacked(len(puts), middle), strict=True):
        box = Box(card.right + _BETWEEN, y - _EVENT[1] / 2, *_EVENT)
        node = _draw_event(scene, policy, event, box)
        points = _bow((card.right, middle), (box.x, y))
        scene.canvas.line(points, hue, style, ends=(card_node, node), weight=1.6)
        if said.fails or len(follow) < len(scene.known(said.emits)):
            word = "fails" if style == "dashed" else "succeeds" if event in follow else "one way"
            write_on_line(scene.canvas, points, word)


def _stacked(count: int, middle: float) -> Iterator[float]:
    return (middle + (place - (count - 1) / 2) * _STACK for place in range(count))


def _bow(start: Point, end: Point) -> list[Point]:
    middle = (start[0] + end[0]) / 2
    return [start, (middle, start[1]), (middle, end[1]), end]


def _draw_event(scene: Scene, policy: str, event: str, box: Box) -> str:
    """Draw an event; one of another service says whose it is."""
    owner = scene.storm.relations.owner_of(event)
    foreign = owner and owner != scene.storm.relations.service_of_policy(policy)
    caption = f"event · {scene.storm.services[owner].title(owner)}" if owner and foreign else "event"
    return note(scene.canvas, box, "event", scene.storm.events[event].name, caption)


def _draw_card(scene: Scene, policy: str, hue: str, box: Box) -> str:
    """Draw a workflow as a card with its tasks in it, one below the other."""
    said = scene.storm.policies[policy]
    title = said.title(policy)
    card = scene.canvas.shape(box, "card", hue, form="round", weight=1.6, tip=title)
    x, room = box.x + 12, box.width - 24
    kind = [f"{said.workflow_kind} workflow{_beside(said)}"]
    below = scene.canvas.write((x, box.y + 8), room, kind, "small", "soft", align="l")
    scene.canvas.write((x, below + 1), room, fit(title, room, 12.5, 1), "name", align="l")
    y = box.y + _HEAD
    if not said.does:
        scene.canvas.write((x, y + 4), room, ["no work named yet"], "small", "soft", align="l")
    for said_so, line in _lines(scene, policy):
        inset = min(line.level, 8) * _INSET
        step = Box(box.x + 8 + inset, y, box.width - 16 - inset, _TASK - 4)
        if line.is_work:
            scene.canvas.shape(step, "inlay", "frame", form="round", tip=line.text)
        words = fit(said_so, step.width - 16, SMALL, 1)
        tone = "ink" if line.is_work else "soft"
        scene.canvas.write((step.x + 8, y + 4), step.width - 16, words, "small", tone, align="l")
        y += _TASK
    return card


def _beside(policy: Policy) -> str:
    """What a workflow is beside its kind, as words that follow it."""
    return (", once" if policy.once else "") + (", buffered" if policy.buffer else "")


def _started(storm: Storm, service: str) -> list[str]:
    return [event for event in storm.relations.events_of_service.get(service, ()) if event in storm.triggers]


def _draw_started(scene: Scene, service: str, hue: str, top: float) -> float:
    """Draw the events that people, time and other systems start, each beside what starts it."""
    events = _started(scene.storm, service)
    if not events:
        return top
    top = band_title(scene.canvas, top, "Started from outside")
    pairs = in_rows([(2 * _EVENT[0] + _ARROW, _EVENT[1])] * len(events), (MARGIN, top), _GAP)
    for event, pair in zip(events, pairs, strict=True):
        started_by = origin(scene.storm.triggers[event])
        left = Box(pair.x, pair.y, *_EVENT)
        right = Box(left.right + _ARROW, pair.y, *_EVENT)
        tail = note(scene.canvas, left, started_by.kind, started_by.name, started_by.caption)
        head = note(scene.canvas, right, "event", scene.storm.events[event].name)
        points = _bow((left.right, left.middle[1]), (right.x, right.middle[1]))
        scene.canvas.line(points, hue, ends=(tail, head), weight=1.6)
    return pairs[-1].bottom + _GAP


def _samples(storm: Storm) -> list[Swatch | Stroke]:
    samples: list[Swatch | Stroke] = [
        Swatch("event", "event"),
        Swatch("workflow, with its tasks", "card", "service-0", "round"),
        Stroke("hears, and puts when the work succeeds", "service-0"),
    ]
    if any(policy.fails for policy in storm.policies.values()):
        samples.append(Stroke("puts when the work fails", "service-0", "dashed"))
    return samples


def _sentences(scene: Scene, service: str) -> list[str]:
    storm = scene.storm
    title = in_sentence(storm.services[service].title(service))
    sentences = [f"Service {title}. {_about(storm, service)}."]
    for key in storm.relations.policies_of.get(service, ()):
        policy = storm.policies[key]
        hears, puts, fails = (listing(scene.names(ids)) for ids in (policy.when, policy.emits, policy.fails))
        lines = work_lines(policy.does, called=lambda event: _called(storm, event))
        tasks = "; ".join(in_sentence(line.text) for line in lines) or "nothing named yet"
        failing = f", on failure {fails}" if policy.fails else ""
        said = f"hears {hears}; does: {tasks}; puts on success {puts}{failing}"
        sentences.append(f"Workflow {in_sentence(policy.title(key))} {said}.")
    for event in _started(storm, service):
        started_by = origin(storm.triggers[event])
        name = in_sentence(storm.events[event].name)
        sentences.append(f"{name} is started by {started_by.caption} {in_sentence(started_by.name)}.")
    for event in storm.relations.events_of_service.get(service, ()):
        said = listing(fields_told(storm, event)) if event in storm.contracts else "none yet"
        sentences.append(f"Contract of {in_sentence(storm.events[event].name)}: {said}.")
    return sentences
