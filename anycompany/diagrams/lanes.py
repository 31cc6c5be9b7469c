"""The lanes below the bus: each service's workflows, arrows down from what they hear and up to what they put."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..storm.model import Storm
from .bar import GUTTER, Bar
from .bus_rows import Row
from .canvas import MARGIN, Canvas, LineStyle, Point
from .hues import hue_of_service
from .lettering import fit
from .seen import Seen
from .sheet import note, spread

_WORKFLOW = (142.0, 68.0)
_PITCH = _WORKFLOW[0] + 14
_CHANNEL = 64.0
_PADDING = 13.0
_BETWEEN = 10.0
_CHIP = 34.0
_LINES: dict[str, LineStyle] = {"hears": "solid", "puts": "solid", "fails": "dashed"}
_CHIP_WORDS = {"hears": "hears", "puts": "puts", "fails": "if it fails, puts"}


class Link(NamedTuple):
    """One event that a workflow hears, puts, or puts when its work fails."""

    event: str
    policy: str
    says: str


def links_of(storm: Storm, policies: list[str]) -> list[Link]:
    """Everything that these policies hear and put, leaving out references to nothing."""
    found: dict[Link, None] = {}
    for key in policies:
        policy = storm.policies[key]
        for says, events in (("hears", policy.when), ("puts", policy.emits), ("fails", policy.fails)):
            found |= dict.fromkeys(Link(event, key, says) for event in events if event in storm.events)
    return list(found)


def right_of_workflows(row: Row) -> float:
    """The x up to which the workflows of a row reach at least."""
    return MARGIN + GUTTER + len(row.policies) * _PITCH + 10


def draw_lanes(
    canvas: Canvas,
    storm: Storm,
    row: Row,
    bar: Bar,
    services: list[str | None],
    where: Callable[[str], str],
    overlay: Seen | None,
) -> float:
    """Draw the lanes of these services (None: of policies without one) below a bar; returns the y below.

    ``where`` says in which row an event stands that is not in this one.
    """
    links = links_of(storm, row.policies)
    lefts = _lefts(row.policies, links, bar)
    far = {
        policy: [link for link in links if link.policy == policy and link.event not in bar.middles]
        for policy in lefts
    }
    first = y = bar.bottom + _CHANNEL if row.policies else bar.bottom + _BETWEEN
    tops, nodes = {}, {}
    for service in services:
        policies = [policy for policy in lefts if storm.relations.service_of_policy(policy) == service]
        chips = max((len(far[policy]) for policy in policies), default=0)
        height = _PADDING * 2 + (_WORKFLOW[1] + chips * _CHIP if policies else 26.0)
        _draw_lane(canvas, storm, service, y, bar.right, height)
        for policy in policies:
            tops[policy] = y + _PADDING
            nodes[policy] = _draw_workflow(canvas, storm, policy, (lefts[policy], tops[policy]), overlay)
            _draw_chips(canvas, storm, far[policy], (lefts[policy], tops[policy] + _WORKFLOW[1]), where)
        y += height + _BETWEEN
    _draw_links(
        canvas,
        storm,
        [link for link in links if link.event in bar.middles],
        bar,
        first,
        (lefts, tops, nodes),
        overlay,
    )
    return y - _BETWEEN


def _lefts(policies: list[str], links: list[Link], bar: Bar) -> dict[str, float]:
    """The left of each workflow's box, as near as can be to its events, and no two boxes above each other.

    So a line can fall from the bar through all lanes to its box without meeting another.
    """
    wanted = {}
    for policy in policies:
        middles = [
            bar.middles[link.event] for link in links if link.policy == policy and link.event in bar.middles
        ]
        wanted[policy] = sum(middles) / len(middles) - _WORKFLOW[0] / 2 if middles else bar.right
    in_order = sorted(policies, key=wanted.__getitem__)
    targets = [wanted[policy] for policy in in_order]
    lefts = spread(targets, _PITCH, MARGIN + GUTTER, bar.right - _WORKFLOW[0] - 10)
    return dict(zip(in_order, lefts, strict=True))


def _hue(storm: Storm, service: str | None) -> str:
    return f"service-{hue_of_service(storm, service)}" if service else "soft"


def _draw_lane(
    canvas: Canvas, storm: Storm, service: str | None, y: float, right: float, height: float
) -> None:
    hue = _hue(storm, service)
    canvas.area(MARGIN, y, right - MARGIN, height, hue.replace("service", "tint") if service else "inlay")
    canvas.shape(MARGIN, y + 4, 4, height - 8, hue, form="strip")
    context = storm.contexts.get(storm.services[service].context or "") if service else None
    name = storm.services[service].title(service) if service else "no service yet"
    width = GUTTER - 22
    below = canvas.write(MARGIN + 14, y + 12, width, fit(name, width, 14, 2), "label", hue, "l")
    if context and context.owner and height > 60:
        canvas.write(MARGIN + 14, below + 1, width, fit(context.owner, width, 11, 2), "small", "soft", "l")


def _draw_workflow(canvas: Canvas, storm: Storm, key: str, corner: Point, overlay: Seen | None) -> str:
    policy = storm.policies[key]
    hue = _hue(storm, storm.relations.service_of_policy(key))
    seen = overlay.count("policies", key) if overlay else None
    work = ", ".join(task.do for task in policy.does)
    caption = f"{policy.kind} workflow"
    return note(
        canvas, *corner, *_WORKFLOW, "workflow", policy.title(key), caption, seen, detail=work, stroke=hue
    )


def _draw_chips(
    canvas: Canvas, storm: Storm, far: list[Link], corner: Point, where: Callable[[str], str]
) -> None:
    """Name the events of a workflow that stand in other rows, instead of drawing a line across the rows."""
    x, y = corner
    for place, link in enumerate(far):
        name = storm.events[link.event].name
        caption = f"{_CHIP_WORDS[link.says]}, {where(link.event)}"
        note(
            canvas,
            x + 6,
            y + place * _CHIP + 3,
            _WORKFLOW[0] - 12,
            _CHIP - 3,
            "event",
            name,
            caption,
            small=True,
        )


def _draw_links(
    canvas: Canvas,
    storm: Storm,
    links: list[Link],
    bar: Bar,
    channel_end: float,
    boxes: tuple[dict[str, float], dict[str, float], dict[str, str]],
    overlay: Seen | None,
) -> None:
    """Draw the arrows between events and workflows: across in the channel below the bar, then straight down."""
    lefts, tops, nodes = boxes
    at_events, at_boxes = _ports(links, bar, lefts)
    for link in links:
        event = (at_events[link], bar.note_bottom + 2)
        box = (at_boxes[link], tops[link.policy] - 1)
        bend = channel_end - event[1]
        points = [
            event,
            (event[0], event[1] + bend * 0.6),
            (box[0], channel_end - bend * 0.55),
            (box[0], channel_end),
            (box[0], channel_end + 4),
            (box[0], box[1] - 8),
            box,
        ]
        ends = bar.nodes[link.event], nodes[link.policy]
        seen = not overlay or (overlay.count("events", link.event) and overlay.count("policies", link.policy))
        ink = _hue(storm, storm.relations.service_of_policy(link.policy)) if seen else "frame"
        if link.says != "hears":
            points, ends = points[::-1], ends[::-1]
        canvas.line(points, *ends, ink, _LINES[link.says], 1.6)


def _ports(
    links: list[Link], bar: Bar, lefts: dict[str, float]
) -> tuple[dict[Link, float], dict[Link, float]]:
    """Where each arrow leaves its event and its workflow: side by side, in the order of where they go."""
    at_events, at_boxes = {}, {}
    for event in {link.event: None for link in links}:
        own = sorted((link for link in links if link.event == event), key=lambda link: lefts[link.policy])
        at_events |= dict(zip(own, _side_by_side(len(own), bar.middles[event], 64), strict=True))
    for policy in {link.policy: None for link in links}:
        own = sorted(
            (link for link in links if link.policy == policy), key=lambda link: bar.middles[link.event]
        )
        middle = lefts[policy] + _WORKFLOW[0] / 2
        at_boxes |= dict(zip(own, _side_by_side(len(own), middle, 100), strict=True))
    return at_events, at_boxes


def _side_by_side(count: int, middle: float, room: float) -> list[float]:
    pitch = min(22.0, room / max(count - 1, 1))
    return [middle + (place - (count - 1) / 2) * pitch for place in range(count)]
