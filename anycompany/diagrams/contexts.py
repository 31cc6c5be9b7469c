"""The context map: contexts as places with an owner, their entities in them, what crosses on the way between."""

from __future__ import annotations

from typing import NamedTuple

from ..storm.coupling import Coupling, coupling
from ..storm.model import Storm
from .canvas import MARGIN, STYLES, Canvas, LineStyle, Point
from .engine import Graph, Placed, arrange
from .hive import cell_height, hive
from .hues import hue_of_context
from .lettering import LINE_HEIGHT, fit, in_sentence, listing, text_width
from .sheet import TOP, WIDE, Stroke, Swatch, in_rows, legend, nothing_yet

_CELL = 24.0
_COMB_WIDTH = 112.0
_COMBS_ACROSS = 3
_PADDING = 18.0
_ABOVE = 62.0
_SMALL = STYLES["small"][0]
_LINE = _SMALL * LINE_HEIGHT
_SIGN_WIDTH = 150.0
_WIDEST_TITLE = 260.0
_NOWHERE = ""
_NAMED = 4
"""Events named on one way between two contexts; the rest is counted."""


class _Comb(NamedTuple):
    """One entity in a place, with a remark instead of its number of events where there is one."""

    name: str
    events: int
    remark: str
    hollow: bool


class _Place(NamedTuple):
    """One context as it will be drawn: a rounded ground with the combs of its entities."""

    title: str
    owner: str
    ground: str
    ink: str
    combs: list[_Comb]
    corners: list[Point]
    size: tuple[float, float]


class _Sign(NamedTuple):
    """What crosses on one way between two contexts, as it stands beside the way."""

    lines: list[str]
    tip: str
    size: tuple[float, float]


def picture(canvas: Canvas, storm: Storm) -> list[str]:
    """Draw the context map; returns what it shows in sentences."""
    homeless = [entity for entity in storm.entities if entity not in storm.relations.contexts_of]
    if not storm.contexts and not homeless:
        remedy = "Step 4 groups the events by entity; step 5 then gives every entity a home."
        return nothing_yet(canvas, "No entities and no contexts yet.", remedy)
    coupled = coupling(storm)
    ways = coupled.between
    places = {key: _context_place(storm, key) for key in storm.contexts}
    if homeless:
        combs = [_comb(storm, entity, hollow=True) for entity in homeless]
        places[_NOWHERE] = _place("In no context yet", "step 5 finds a home for them", "inlay", "soft", combs)
    signs = {way: _sign([storm.events[event].name for event in events]) for way, events in ways.items()}
    boxes = {key: place.size for key, place in places.items()} | {
        _sign_name(way): sign.size for way, sign in signs.items()
    }
    placed = _arranged(Graph(boxes, [edge for way in ways for edge in _edges(storm, way)]))
    nodes = {key: _draw_place(canvas, place, placed.corners[key]) for key, place in places.items()}
    for number, (way, sign) in enumerate(signs.items()):
        curves = placed.curves[2 * number : 2 * number + 2]
        if _against_time(storm, way):
            curves = [curve[::-1] for curve in reversed(curves)]
        ends = nodes[way[0]], nodes[way[1]]
        _draw_way(canvas, sign, placed.corners[_sign_name(way)], curves, ends, coupled.guessed)
    legend(canvas, _samples(storm, coupled))
    return _sentences(storm, coupled, homeless)


def _edges(storm: Storm, way: tuple[str, str]) -> list[tuple[str, str]]:
    """A way with its sign between the two contexts, for ``dot``: always in the direction of time."""
    earlier, later = reversed(way) if _against_time(storm, way) else way
    return [(earlier, _sign_name(way)), (_sign_name(way), later)]


def _against_time(storm: Storm, way: tuple[str, str]) -> bool:
    """Whether a way leads to a context whose first event comes before the origin's first."""
    homes = (storm.relations.context_of(event) for event in storm.relations.in_order)
    return next(home for home in homes if home in way) == way[1]


def _arranged(graph: Graph) -> Placed:
    """The map from left to right, or from top to bottom where that would be too wide."""
    [across] = arrange([graph], "LR", ranksep="0.35", nodesep="0.3")
    if across.width <= WIDE:
        return across
    [down] = arrange([graph], "TB", ranksep="0.4", nodesep="0.4")
    return down


def _comb(storm: Storm, entity: str, remark: str = "", hollow: bool = False) -> _Comb:
    events = sum(event in storm.events for event in storm.entities[entity].events)
    return _Comb(storm.entities[entity].title(entity), events, remark, hollow)


def _context_place(storm: Storm, key: str) -> _Place:
    context = storm.contexts[key]
    combs = [_comb(storm, entity) for entity in context.entities if entity in storm.entities]
    for entity in context.copies:
        if entity in storm.entities:
            home = next(iter(storm.relations.contexts_of.get(entity, ())), None)
            origin = f"copied from {storm.contexts[home].title(home)}" if home else "a copy"
            combs.append(_comb(storm, entity, origin, hollow=True))
    hue = hue_of_context(storm, key)
    owner = f"owner: {context.owner}" if context.owner else "no owner yet"
    return _place(context.title(key), owner, f"tint-{hue}", f"service-{hue}", combs)


def _place(title: str, owner: str, ground: str, ink: str, combs: list[_Comb]) -> _Place:
    sizes = [_comb_size(comb) for comb in combs]
    width_of_row = _COMBS_ACROSS * (_COMB_WIDTH + _PADDING)
    corners = in_rows(sizes, width_of_row, _PADDING)
    placed = [(x + size[0], y + size[1]) for (x, y), size in zip(corners, sizes, strict=True)]
    words = max(text_width(title, STYLES["label"][0]), text_width(owner, _SMALL))
    width = max([x for x, _ in placed] + [min(words, _WIDEST_TITLE)]) + 2 * _PADDING
    height = max([y for _, y in placed] + [20.0]) + _ABOVE + _PADDING
    return _Place(title, owner, ground, ink, combs, corners, (width, height))


def _comb_size(comb: _Comb) -> tuple[float, float]:
    _, width, height = hive(max(comb.events, 1), _CELL)
    return max(_COMB_WIDTH, width), height + (1 + len(_remark(comb))) * _LINE + 6


def _remark(comb: _Comb) -> list[str]:
    return fit(comb.remark or f"{comb.events} event{'s' * (comb.events != 1)}", _COMB_WIDTH, _SMALL, 2)


def _sign(names: list[str]) -> _Sign:
    shown = names if len(names) <= _NAMED + 1 else names[:_NAMED]
    lines = [fit(name, _SIGN_WIDTH, _SMALL, 1)[0] for name in shown]
    if len(shown) < len(names):
        lines.append(f"and {len(names) - len(shown)} more")
    width = max(text_width(line, _SMALL) for line in lines) + 20
    return _Sign(lines, ", ".join(names), (width, len(lines) * _LINE + 9))


def _sign_name(way: tuple[str, str]) -> str:
    return " ".join(way)


def _draw_place(canvas: Canvas, place: _Place, corner: Point) -> str:
    """Draw one context with the combs in it; returns its DOT node."""
    x, y = MARGIN + corner[0], TOP + corner[1]
    width, height = place.size
    dashed = place.ink == "soft"
    tip = f"{place.title}, {place.owner}"
    node = canvas.shape(x, y, width, height, place.ground, place.ink, "round", dashed, 1.6, tip)
    room = width - 2 * _PADDING
    size = STYLES["label"][0]
    below = canvas.write(x + _PADDING, y + 12, room, fit(place.title, room, size, 1), "label", place.ink, "l")
    canvas.write(x + _PADDING, below + 2, room, fit(place.owner, room, _SMALL, 1), "small", "soft", "l")
    for comb, (left, top) in zip(place.combs, place.corners, strict=True):
        _draw_comb(canvas, comb, x + _PADDING + left, y + _ABOVE + top)
    return node


def _draw_comb(canvas: Canvas, comb: _Comb, x: float, y: float) -> None:
    width, _ = _comb_size(comb)
    cells, across, height = hive(max(comb.events, 1), _CELL)
    fill = "card" if comb.hollow or not comb.events else "event"
    for left, top in cells:
        box = (x + (width - across) / 2 + left, y + top, _CELL - 2, cell_height(_CELL - 2))
        canvas.shape(*box, fill, "event", "hexagon", comb.hollow, tip=comb.name)
    below = canvas.write(x, y + height + 4, width, fit(comb.name, width, _SMALL, 1), "strong")
    canvas.write(x, below, width, _remark(comb), "small", "soft")


def _draw_way(
    canvas: Canvas,
    sign: _Sign,
    corner: Point,
    curves: list[list[Point]],
    ends: tuple[str, str],
    guessed: bool,
) -> None:
    """Draw what crosses: from its home to its sign, and from the sign into the context that hears it."""
    x, y = MARGIN + corner[0], TOP + corner[1]
    node = canvas.shape(x, y, *sign.size, "card", "crossing", "round", weight=1.2, tip=sign.tip)
    canvas.write(x, y + 4, sign.size[0], sign.lines, "strong", "crossing")
    to_sign, from_sign = ([(MARGIN + across, TOP + down) for across, down in curve] for curve in curves)
    style: LineStyle = "dashed" if guessed else "solid"
    canvas.line(to_sign, ends[0], node, "crossing", style, 1.6, arrow=False)
    canvas.line(from_sign, node, ends[1], "crossing", style, 1.6)


def _samples(storm: Storm, coupled: Coupling) -> list[Swatch | Stroke]:
    samples: list[Swatch | Stroke] = [
        Swatch("context, with its owner", "tint-0", "service-0", "round"),
        Swatch("one event of an entity", "event", form="hexagon"),
    ]
    if any(context.copies for context in storm.contexts.values()):
        samples.append(Swatch("copy of another context's entity", "card", "event", "hexagon", True))
    if coupled.between and coupled.guessed:
        samples.append(Stroke("would cross a border, guessed from the order of events", "crossing", "dashed"))
    elif coupled.between:
        samples.append(Stroke("event that crosses a border, to the context that hears it", "crossing"))
    return samples


def _sentences(storm: Storm, coupled: Coupling, homeless: list[str]) -> list[str]:
    crossing = {event for events in coupled.between.values() for event in events}
    sentences = [
        f"{len(storm.contexts)} contexts; {len(crossing)} of {len(storm.events)} events cross a border."
    ]
    if coupled.guessed:
        sentences.append("Who reacts to what is guessed from the order of events (step 3 says it).")
    for key, context in storm.contexts.items():
        owner = f"owner {in_sentence(context.owner)}" if context.owner else "no owner yet"
        held = listing(
            [storm.entities[entity].title(entity) for entity in context.entities if entity in storm.entities]
        )
        copied = [
            storm.entities[entity].title(entity) for entity in context.copies if entity in storm.entities
        ]
        copies = f", and copies of {listing(copied)}" if copied else ""
        sentences.append(f"{in_sentence(context.title(key))} ({owner}) holds {held}{copies}.")
    for (origin, target), events in coupled.between.items():
        said = listing([storm.events[event].name for event in events])
        home, hearer = storm.contexts[origin].title(origin), storm.contexts[target].title(target)
        sentences.append(f"From {in_sentence(home)} to {in_sentence(hearer)}: {said}.")
    if homeless:
        sentences.append(
            f"In no context yet: {listing([storm.entities[entity].title(entity) for entity in homeless])}."
        )
    return sentences
