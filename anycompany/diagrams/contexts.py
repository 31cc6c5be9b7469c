"""The context map: contexts as places with an owner, their entities in them, what crosses between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..storm.coupling import Coupling, coupling
from ..storm.model import Storm
from .canvas import MARGIN, STYLES, Box, LineStyle, Point
from .engine import Graph, Placed, arrange
from .hive import cell_height, hive
from .hues import hue_of_context
from .lettering import fit, in_sentence, listing, text_width
from .scene import Scene
from .sheet import LINE, SMALL, TOP, WIDE, Stroke, Swatch, legend, nothing_yet, remark

_CELL = 24.0
_COMB_WIDTH = 112.0
_COMBS_ACROSS = 3
_PADDING = 18.0
_ABOVE = 62.0
_SIGN_WIDTH = 150.0
_WIDEST_TITLE = 260.0
_NAMED = 4
"""Events named on one way between two contexts; the rest is counted."""

_MOST_WAYS = 60
"""Ways between contexts that a person can still follow, and that ``dot`` arranges in a moment."""

_HOMELESS = ""
"""Stands for a context, for entities that are in none."""

Way = tuple[str, str]
"""From one context to another."""


class _Comb(NamedTuple):
    """One entity in a place, with a remark below its name; hollow if it is not at home there."""

    name: str
    events: int
    remark: list[str]
    hollow: bool

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, with the words below the hexagons."""
        _, width, height = hive(max(self.events, 1), _CELL)
        return max(_COMB_WIDTH, width), height + (1 + len(self.remark)) * LINE + 6


class _Place(NamedTuple):
    """One context as it will be drawn: its words and colours, and the combs of its entities in rows."""

    title: str
    owner: str
    ground: str
    ink: str
    rows: list[list[_Comb]]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the place."""
        words = max(text_width(self.title, STYLES["label"][0]), text_width(self.owner, SMALL))
        combs = [sum(comb.size[0] + _PADDING for comb in row) - _PADDING for row in self.rows]
        width = max([*combs, min(words, _WIDEST_TITLE)]) + 2 * _PADDING
        return width, _ABOVE + sum(_row_height(row) + _PADDING for row in self.rows)


class _Sign(NamedTuple):
    """What crosses on one way between two contexts, as it stands beside the way."""

    lines: list[str]
    tip: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sign."""
        return max(text_width(line, SMALL) for line in self.lines) + 20, len(self.lines) * LINE + 9


def picture(scene: Scene) -> list[str]:
    """Draw the context map; returns what it shows in sentences."""
    storm = scene.storm
    homeless = [entity for entity in storm.entities if entity not in storm.relations.contexts_of]
    if not storm.contexts and not homeless:
        remedy = "Step 4 groups the events by entity; step 5 then gives every entity a home."
        return nothing_yet(scene.canvas, "No entities and no contexts yet.", remedy)
    coupled = coupling(storm)
    places = {key: _context_place(storm, key) for key in storm.contexts}
    if homeless:
        combs = [_comb(storm, entity, hollow=True) for entity in homeless]
        places[_HOMELESS] = _place(
            "In no context yet", "step 5 finds a home for them", "inlay", "soft", combs
        )
    busiest = sorted(coupled.between, key=lambda way: -len(coupled.between[way]))[:_MOST_WAYS]
    signs = {way: _sign(scene.names(list(coupled.between[way]))) for way in busiest}
    order = _in_order_of_time(storm)
    placed = _arranged(places, signs, order)
    nodes = {key: _draw_place(scene, place, placed.corners[key]) for key, place in places.items()}
    for number, (way, sign) in enumerate(signs.items()):
        curves = placed.curves[2 * number : 2 * number + 2]
        if order[way[0]] > order[way[1]]:
            curves = [curve[::-1] for curve in reversed(curves)]
        node = _draw_sign(scene, sign, placed.corners[_sign_name(way)])
        _draw_way(scene, curves, (nodes[way[0]], node, nodes[way[1]]), coupled.guessed)
    left_out = _left_out(len(busiest), len(coupled.between))
    for words in left_out:
        remark(scene.canvas, words)
    legend(scene.canvas, _samples(storm, coupled))
    return left_out + _sentences(scene, coupled, homeless)


def _left_out(drawn: int, ways: int) -> list[str]:
    if drawn == ways:
        return []
    return [f"Of the {ways} ways between contexts the {drawn} busiest are drawn; the text names all."]


def _in_order_of_time(storm: Storm) -> dict[str, int]:
    """For each context, its place in the order of the contexts' first events."""
    homes = (storm.relations.context_of(event) for event in storm.relations.in_order)
    order = dict.fromkeys([*(home for home in homes if home), *storm.contexts])
    return {context: place for place, context in enumerate(order)}


def _arranged(places: Mapping[str, _Place], signs: Mapping[Way, _Sign], order: Mapping[str, int]) -> Placed:
    """Where everything stands: from left to right, or from top to bottom where that would be too wide.

    A sign stands between its two contexts; ``dot`` is told of every way in the direction of time.
    """
    boxes = {key: place.size for key, place in places.items()}
    boxes |= {_sign_name(way): sign.size for way, sign in signs.items()}
    edges = []
    for way in signs:
        earlier, later = sorted(way, key=order.__getitem__)
        edges += [(earlier, _sign_name(way)), (_sign_name(way), later)]
    graph = Graph(boxes, edges)
    [across] = arrange([graph], "LR", ranksep="0.35", nodesep="0.3")
    if across.width <= WIDE:
        return across
    [down] = arrange([graph], "TB", ranksep="0.4", nodesep="0.4")
    return down


def _context_place(storm: Storm, key: str) -> _Place:
    context = storm.contexts[key]
    combs = [_comb(storm, entity) for entity in context.entities if entity in storm.entities]
    combs += [_copy(storm, entity) for entity in context.copies if entity in storm.entities]
    hue = hue_of_context(storm, key)
    owner = f"owner: {context.owner}" if context.owner else "no owner yet"
    return _place(context.title(key), owner, f"tint-{hue}", f"service-{hue}", combs)


def _comb(storm: Storm, entity: str, hollow: bool = False) -> _Comb:
    events = sum(event in storm.events for event in storm.entities[entity].events)
    return _Comb(
        storm.entities[entity].title(entity), events, [f"{events} event{'s' * (events != 1)}"], hollow
    )


def _copy(storm: Storm, entity: str) -> _Comb:
    home = next((home for home in storm.relations.contexts_of.get(entity, ())), None)
    origin = f"copied from {storm.contexts[home].title(home)}" if home else "a copy"
    return _comb(storm, entity, hollow=True)._replace(remark=fit(origin, _COMB_WIDTH, SMALL, 2))


def _place(title: str, owner: str, ground: str, ink: str, combs: list[_Comb]) -> _Place:
    rows = [combs[start : start + _COMBS_ACROSS] for start in range(0, len(combs), _COMBS_ACROSS)]
    return _Place(title, owner, ground, ink, rows)


def _row_height(row: list[_Comb]) -> float:
    return max(comb.size[1] for comb in row)


def _sign(names: list[str]) -> _Sign:
    shown = names if len(names) <= _NAMED + 1 else names[:_NAMED]
    lines = [fit(name, _SIGN_WIDTH, SMALL, 1)[0] for name in shown]
    if len(shown) < len(names):
        lines.append(f"and {len(names) - len(shown)} more")
    return _Sign(lines, ", ".join(names))


def _sign_name(way: Way) -> str:
    return " ".join(way)


def _draw_place(scene: Scene, place: _Place, corner: Point) -> str:
    """Draw one context with the combs in it; returns its DOT node."""
    box = Box(MARGIN + corner[0], TOP + corner[1], *place.size)
    dashed = place.ground == "inlay"
    tip = f"{place.title}, {place.owner}"
    node = scene.canvas.shape(box, place.ground, place.ink, form="round", dashed=dashed, weight=1.6, tip=tip)
    x, room = box.x + _PADDING, box.width - 2 * _PADDING
    title = fit(place.title, room, STYLES["label"][0], 1)
    ink = place.ink.replace("service", "name")
    below = scene.canvas.write((x, box.y + 12), room, title, "label", ink, align="l")
    owner = fit(place.owner, room, SMALL, 1)
    scene.canvas.write((x, below + 2), room, owner, "small", "soft", align="l")
    y = box.y + _ABOVE
    for row in place.rows:
        left = x
        for comb in row:
            _draw_comb(scene, comb, (left, y))
            left += comb.size[0] + _PADDING
        y += _row_height(row) + _PADDING
    return node


def _draw_comb(scene: Scene, comb: _Comb, corner: Point) -> None:
    x, y = corner
    width, _ = comb.size
    cells, across, height = hive(max(comb.events, 1), _CELL)
    hollow = comb.hollow or not comb.events
    for left, top in cells:
        cell = Box(x + (width - across) / 2 + left, y + top, _CELL - 2, cell_height(_CELL - 2))
        fill = "card" if hollow else "event"
        scene.canvas.shape(cell, fill, "event", form="hexagon", dashed=hollow, tip=comb.name)
    below = scene.canvas.write((x, y + height + 4), width, fit(comb.name, width, SMALL, 1), "strong")
    scene.canvas.write((x, below), width, comb.remark, "small", "soft")


def _draw_sign(scene: Scene, sign: _Sign, corner: Point) -> str:
    """Draw the names of what crosses; returns the sign's DOT node."""
    box = Box(MARGIN + corner[0], TOP + corner[1], *sign.size)
    node = scene.canvas.shape(box, "card", "crossing", form="round", weight=1.2, tip=sign.tip)
    scene.canvas.write((box.x, box.y + 4), box.width, sign.lines, "strong", "crossing")
    return node


def _draw_way(
    scene: Scene, curves: Sequence[list[Point]], nodes: tuple[str, str, str], guessed: bool
) -> None:
    """Draw a way: from its home to its sign, and from the sign into the context that hears what crosses."""
    style: LineStyle = "dashed" if guessed else "solid"
    for place, curve in enumerate(curves):
        points = [(MARGIN + x, TOP + y) for x, y in curve]
        ends = nodes[place], nodes[place + 1]
        scene.canvas.line(points, "crossing", style, ends=ends, weight=1.6, arrow=place == 1)


def _samples(storm: Storm, coupled: Coupling) -> list[Swatch | Stroke]:
    samples: list[Swatch | Stroke] = [Swatch("one event of an entity", "event", form="hexagon")]
    if storm.contexts:
        samples.append(Swatch("context, with its owner", "tint-0", "service-0", "round"))
    if any(context.copies for context in storm.contexts.values()):
        samples.append(Swatch("copy of another context's entity", "card", "event", "hexagon", True))
    if coupled.between and coupled.guessed:
        samples.append(Stroke("would cross a border, guessed from the order of events", "crossing", "dashed"))
    elif coupled.between:
        samples.append(Stroke("event that crosses a border, to the context that hears it", "crossing"))
    return samples


def _sentences(scene: Scene, coupled: Coupling, homeless: list[str]) -> list[str]:
    contexts, entities = scene.storm.contexts, scene.storm.entities

    def titles(keys: list[str]) -> str:
        return listing([entities[key].title(key) for key in keys if key in entities])

    crossing = {event for events in coupled.between.values() for event in events}
    count = len(scene.storm.events)
    sentences = [f"{len(contexts)} contexts; {len(crossing)} of {count} events cross a border."]
    if coupled.guessed:
        sentences.append("Who reacts to what is guessed from the order of events; step 3 says it.")
    for key, context in contexts.items():
        owner = f"owner {in_sentence(context.owner)}" if context.owner else "no owner yet"
        copies = f", and copies of {titles(context.copies)}" if context.copies else ""
        sentences.append(
            f"{in_sentence(context.title(key))} ({owner}) holds {titles(context.entities)}{copies}."
        )
    for (giver, taker), events in coupled.between.items():
        ways = f"{in_sentence(contexts[giver].title(giver))} to {in_sentence(contexts[taker].title(taker))}"
        sentences.append(f"From {ways}: {listing(scene.names(list(events)))}.")
    if homeless:
        sentences.append(f"In no context yet: {titles(homeless)}.")
    return sentences
