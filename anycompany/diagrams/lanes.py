"""The lanes below the bus: each service's workflows, with arrows to what they hear and from what they put."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..storm.tasks import single_tasks
from .bar import GUTTER, Bar
from .bus_rows import Row
from .canvas import MARGIN, Box, LineStyle, Point
from .hues import hue_of_service
from .lettering import fit
from .scene import Scene
from .sheet import SMALL, note, spread

_WORKFLOW = (142.0, 68.0)
_PITCH = _WORKFLOW[0] + 14
_CHANNEL = 64.0
_PADDING = 13.0
_BETWEEN = 10.0
_CHIP = 34.0
_IDLE_LANE = 26.0
_LINES: dict[str, LineStyle] = {"hears": "solid", "puts": "solid", "fails": "dashed"}
_CHIP_WORDS = {"hears": "hears", "puts": "puts", "fails": "if it fails"}


class _Link(NamedTuple):
    """One event that a workflow ``hears``, ``puts``, or puts when its work ``fails``."""

    event: str
    policy: str
    says: str


def right_of_workflows(row: Row) -> float:
    """The x that a row's workflows need, side by side."""
    return MARGIN + GUTTER + len(row.policies) * _PITCH + 10


def draw_lanes(
    scene: Scene, row: Row, bar: Bar, services: list[str | None], where: Callable[[str], str]
) -> float:
    """Draw the lanes of these services (None: of policies without one) below a bar; returns the y below.

    ``where`` says in which row an event stands that is not in this one.
    """
    links = _links(scene, row.policies)
    lefts = _lefts(row.policies, links, bar)
    far: dict[str, list[_Link]] = {policy: [] for policy in lefts}
    for link in links:
        if link.event not in bar.notes:
            far[link.policy].append(link)
    top = y = bar.box.bottom + (_CHANNEL if row.policies else _BETWEEN)
    boxes, nodes = dict[str, Box](), dict[str, str]()
    for service in services:
        own = [policy for policy in lefts if scene.storm.relations.service_of_policy(policy) == service]
        content = max((_WORKFLOW[1] + len(far[policy]) * _CHIP for policy in own), default=_IDLE_LANE)
        lane = Box(MARGIN, y, bar.box.width, content + 2 * _PADDING)
        _draw_lane(scene, service, lane)
        for policy in own:
            boxes[policy] = Box(lefts[policy], y + _PADDING, *_WORKFLOW)
            nodes[policy] = _draw_workflow(scene, policy, boxes[policy])
            _draw_chips(scene, far[policy], boxes[policy], where)
        y = lane.bottom + _BETWEEN
    here = [link for link in links if link.event in bar.notes]
    at_events, at_boxes = _ports(here, bar, boxes)
    for link in here:
        down = (at_events[link], bar.notes[link.event].bottom + 2), (at_boxes[link], boxes[link.policy].y - 1)
        _draw_link(scene, link, _fall(*down, top), (bar.nodes[link.event], nodes[link.policy]))
    return y - _BETWEEN


def _links(scene: Scene, policies: list[str]) -> list[_Link]:
    found = []
    for key in policies:
        policy = scene.storm.policies[key]
        for says, events in (("hears", policy.when), ("puts", policy.emits), ("fails", policy.fails)):
            found += [_Link(event, key, says) for event in scene.known(events)]
    return found


def _lefts(policies: list[str], links: list[_Link], bar: Bar) -> dict[str, float]:
    """The left of each workflow's box, as near as can be to its events, and no two boxes above each other.

    So a line can fall from the bar through all lanes to its box without meeting another.
    """
    middles: dict[str, list[float]] = {policy: [] for policy in policies}
    for link in links:
        if link.event in bar.notes:
            middles[link.policy].append(bar.middle(link.event))
    wanted = {policy: sum(xs) / len(xs) if xs else bar.box.right for policy, xs in middles.items()}
    in_order = sorted(policies, key=wanted.__getitem__)
    targets = [wanted[policy] - _WORKFLOW[0] / 2 for policy in in_order]
    lefts = spread(targets, _PITCH, MARGIN + GUTTER, bar.box.right - _WORKFLOW[0] - 10)
    return dict(zip(in_order, lefts, strict=True))


def _hue(scene: Scene, service: str | None) -> str:
    return f"service-{hue_of_service(scene.storm, service)}" if service else "soft"


def _draw_lane(scene: Scene, service: str | None, lane: Box) -> None:
    """Draw the ground of a lane, with the service's name and its owner at the left."""
    hue = _hue(scene, service)
    scene.canvas.area(lane, hue.replace("service", "tint") if service else "inlay")
    scene.canvas.shape(Box(lane.x, lane.y + 4, 4, lane.height - 8), hue, form="strip")
    services, contexts = scene.storm.services, scene.storm.contexts
    name = services[service].title(service) if service else "no service yet"
    context = contexts.get(services[service].context or "") if service else None
    x, width = lane.x + 14, GUTTER - 22
    ink = hue.replace("service", "name")
    below = scene.canvas.write((x, lane.y + 12), width, fit(name, width, 14, 2), "label", ink, align="l")
    if context and context.owner and lane.height > 3 * _IDLE_LANE:
        owner = fit(context.owner, width, SMALL, 2)
        scene.canvas.write((x, below + 1), width, owner, "small", "soft", align="l")


def _draw_workflow(scene: Scene, key: str, box: Box) -> str:
    policy = scene.storm.policies[key]
    hue = _hue(scene, scene.storm.relations.service_of_policy(key))
    seen = scene.seen("policies", key)
    work = ", ".join(task.title for task in single_tasks(policy.does))
    caption = f"{policy.kind} workflow"
    title = policy.title(key)
    return note(scene.canvas, box, "workflow", title, caption, seen=seen, detail=work, stroke=hue)


def _draw_chips(scene: Scene, far: list[_Link], workflow: Box, where: Callable[[str], str]) -> None:
    """Name the events of a workflow that stand in other rows, instead of drawing a line across the rows."""
    for place, link in enumerate(far):
        box = Box(workflow.x + 6, workflow.bottom + place * _CHIP + 3, workflow.width - 12, _CHIP - 3)
        caption = f"{_CHIP_WORDS[link.says]} · {where(link.event)}"
        note(scene.canvas, box, "event", scene.storm.events[link.event].name, caption, small=True)


def _draw_link(scene: Scene, link: _Link, points: list[Point], ends: tuple[str, str]) -> None:
    """Draw an arrow along a line from an event to a workflow: down where it hears, up where it puts."""
    unseen = 0 in {scene.seen("events", link.event), scene.seen("policies", link.policy)}
    ink = "frame" if unseen else _hue(scene, scene.storm.relations.service_of_policy(link.policy))
    if link.says != "hears":
        points, ends = points[::-1], (ends[1], ends[0])
    scene.canvas.line(points, ink, _LINES[link.says], ends=ends, weight=1.6)


def _fall(event: Point, workflow: Point, channel_end: float) -> list[Point]:
    """A line from an event: across in the channel below the bar, then straight down to the workflow."""
    bend = channel_end - event[1]
    return [
        event,
        (event[0], event[1] + bend * 0.6),
        (workflow[0], channel_end - bend * 0.55),
        (workflow[0], channel_end),
        (workflow[0], channel_end + 4),
        (workflow[0], workflow[1] - 8),
        workflow,
    ]


def _ports(
    links: list[_Link], bar: Bar, boxes: dict[str, Box]
) -> tuple[dict[_Link, float], dict[_Link, float]]:
    """Where each arrow leaves its event and its workflow: side by side, in the order of where they go."""
    by_event, by_policy = dict[str, list[_Link]](), dict[str, list[_Link]]()
    for link in links:
        by_event.setdefault(link.event, []).append(link)
        by_policy.setdefault(link.policy, []).append(link)
    at_events, at_boxes = dict[_Link, float](), dict[_Link, float]()
    for event, own in by_event.items():
        own.sort(key=lambda link: boxes[link.policy].x)
        at_events |= zip(own, _side_by_side(len(own), bar.middle(event), 64), strict=True)
    for policy, own in by_policy.items():
        own.sort(key=lambda link: bar.middle(link.event))
        at_boxes |= zip(own, _side_by_side(len(own), boxes[policy].middle[0], 100), strict=True)
    return at_events, at_boxes


def _side_by_side(count: int, middle: float, room: float) -> list[float]:
    pitch = min(22.0, room / max(count - 1, 1))
    return [middle + (place - (count - 1) / 2) * pitch for place in range(count)]
