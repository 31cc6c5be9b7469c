"""The flow: whenever an event has happened, a policy does its work and emits the next ones."""

from __future__ import annotations

from typing import NamedTuple

from ..storm.model import Storm
from ..storm.tasks import single_tasks
from .canvas import MARGIN, Box, LineStyle, Point
from .engine import Graph, Placed, arrange
from .lettering import fit, in_sentence, listing, text_width
from .scene import Scene
from .sheet import (
    NOTE,
    TOP,
    WIDE,
    Stroke,
    Swatch,
    badge,
    badge_width,
    band_title,
    in_rows,
    legend,
    note,
    nothing_yet,
    remark,
    write_on_line,
)
from .strip import draw_strip, strip_height, strip_samples, strip_sentences, track

_SIZES = {"event": (104.0, 68.0), "policy": (136.0, 84.0), "listener": (136.0, 50.0)}
_SECTIONS = {"event": "events", "policy": "policies", "listener": "listeners"}
_GAP = 36.0
_MOST_LINKS = 200
"""Arrows in one connected piece that a person can still follow, and that ``dot`` arranges in a moment."""

_TAKEN_APART = (
    "So much hangs together here that these policies are drawn one by one; events appear repeatedly."
)
_LINE_OF: dict[str, LineStyle] = {"whenever": "solid", "then": "solid", "fails": "dashed", "hears": "dotted"}


class _Mark(NamedTuple):
    """An event, a policy, or a listener beside one event that it hears."""

    kind: str
    identifier: str
    beside: str = ""

    @property
    def name(self) -> str:
        """What it is called while it is being arranged."""
        return " ".join(self)


class _Link(NamedTuple):
    """An arrow, and what it says: ``whenever``, ``then``, ``fails`` or ``hears``."""

    tail: _Mark
    head: _Mark
    says: str


class _Piece(NamedTuple):
    """A part of the flow that has nothing to do with the others."""

    marks: list[_Mark]
    links: list[_Link]


def picture(scene: Scene) -> list[str]:
    """Draw the flow, and over it what was seen running; returns what it shows in sentences."""
    storm = scene.storm
    draw_strip(scene)
    if not storm.events:
        remedy = "Step 1, event discovery: write everything that happens. Step 3 finds the policies."
        return nothing_yet(scene.canvas, "No events yet.", remedy)
    links = _links(scene)
    pieces = _pieces(storm, links)
    too_much = any(len(piece.links) > _MOST_LINKS for piece in pieces)
    bottom = _draw_pieces(scene, [part for piece in pieces for part in _taken_apart(piece)])
    joined = {end for link in links for end in (link.tail, link.head)}
    alone = [event for event in storm.relations.in_order if _Mark("event", event) not in joined]
    if alone:
        bottom = _draw_alone(scene, alone, bottom)
    for key, listener in storm.listeners.items():
        if listener.hears == "all":
            bottom = _write_that_it_hears_everything(scene, key, bottom)
    if too_much:
        remark(scene.canvas, _TAKEN_APART)
    legend(scene.canvas, _samples(scene, links))
    return ([_TAKEN_APART] if too_much else []) + _sentences(scene, alone)


def _links(scene: Scene) -> list[_Link]:
    """Every arrow of the flow, leaving out references to nothing."""
    found = []
    for key, policy in scene.storm.policies.items():
        here = _Mark("policy", key)
        found += [_Link(_Mark("event", event), here, "whenever") for event in scene.known(policy.when)]
        found += [_Link(here, _Mark("event", event), "then") for event in scene.known(policy.emits)]
        found += [_Link(here, _Mark("event", event), "fails") for event in scene.known(policy.fails)]
    for key, listener in scene.storm.listeners.items():
        heard = [] if listener.hears == "all" else scene.known(listener.hears)
        found += [_Link(_Mark("event", event), _Mark("listener", key, event), "hears") for event in heard]
    return found


def _pieces(storm: Storm, links: list[_Link]) -> list[_Piece]:
    """The flow in pieces that have nothing to do with each other, the earliest first."""
    beside: dict[_Mark, list[_Link]] = {}
    for link in links:
        beside.setdefault(link.tail, []).append(link)
        beside.setdefault(link.head, []).append(link)
    starts = [_Mark("event", event) for event in storm.relations.in_order]
    starts = [mark for mark in starts if mark in beside] + [_Mark("policy", key) for key in storm.policies]
    pieces, visited = list[_Piece](), set[_Mark]()
    for start in starts:
        if start in visited:
            continue
        marks, found = {start: None}, dict[_Link, None]()
        waiting = [start]
        while waiting:
            for link in beside.get(waiting.pop(), ()):
                found[link] = None
                new = {end: None for end in (link.tail, link.head) if end not in marks}
                marks |= new
                waiting += new
        visited |= marks.keys()
        pieces.append(_Piece(list(marks), list(found)))
    return pieces


def _taken_apart(piece: _Piece) -> list[_Piece]:
    """The piece itself; where it is too much for one picture, its policies one by one, then the listeners."""
    if len(piece.links) <= _MOST_LINKS:
        return [piece]
    parts: dict[_Mark, list[_Link]] = {}
    for link in sorted(piece.links, key=lambda link: link.says == "hears"):
        owner = link.head if link.says == "whenever" else link.tail
        parts.setdefault(owner, []).append(link)
    return [
        _Piece(list(dict.fromkeys(end for link in links for end in (link.tail, link.head))), links)
        for links in parts.values()
    ]


def _draw_pieces(scene: Scene, pieces: list[_Piece]) -> float:
    """Draw each piece, packed in rows; returns the y below them."""
    graphs = [
        Graph(
            {mark.name: _SIZES[mark.kind] for mark in piece.marks},
            [(link.tail.name, link.head.name) for link in piece.links],
        )
        for piece in pieces
    ]
    placed = _arranged(graphs)
    boxes = in_rows([(one.width, one.height) for one in placed], (MARGIN, _top(scene)), _GAP)
    for piece, one, box in zip(pieces, placed, boxes, strict=True):
        _draw_piece(scene, piece, one, (box.x, box.y))
    return max((box.bottom + _GAP for box in boxes), default=_top(scene))


def _top(scene: Scene) -> float:
    """Where the picture begins: below the heading, and below what is said of a playback."""
    return TOP + strip_height(scene)


def _arranged(graphs: list[Graph]) -> list[Placed]:
    """Each piece from left to right, or from top to bottom where that would be too wide."""
    options = {"nodesep": "0.22", "ranksep": "0.78"}
    across = arrange(graphs, "LR", **options)
    wide = [number for number, piece in enumerate(across) if piece.width > WIDE]
    down = arrange([graphs[number] for number in wide], "TB", **options)
    for number, piece in zip(wide, down, strict=True):
        across[number] = piece
    return across


def _draw_piece(scene: Scene, piece: _Piece, placed: Placed, corner: Point) -> None:
    nodes = {}
    for mark in piece.marks:
        x, y = placed.corners[mark.name]
        nodes[mark] = _draw_mark(scene, mark, Box(corner[0] + x, corner[1] + y, *_SIZES[mark.kind]))
    for link, curve in zip(piece.links, placed.curves, strict=True):
        points = [(corner[0] + x, corner[1] + y) for x, y in curve]
        unseen = 0 in {_seen(scene, link.tail), _seen(scene, link.head)}
        ends = nodes[link.tail], nodes[link.head]
        ink, track = "frame" if unseen else "line", _track(link)
        scene.canvas.line(points, ink, _LINE_OF[link.says], ends=ends, track=track)
        if link.says == "fails":
            write_on_line(scene.canvas, points, "fails")


def _track(link: _Link) -> str:
    """The name under which the canvas remembers an arrow."""
    return track(link.says, link.tail.identifier, link.head.identifier)


def _seen(scene: Scene, mark: _Mark) -> int | None:
    return scene.seen(_SECTIONS[mark.kind], mark.identifier)


def _draw_mark(scene: Scene, mark: _Mark, box: Box) -> str:
    storm, seen = scene.storm, _seen(scene, mark)
    thing = f"{_SECTIONS[mark.kind]}/{mark.identifier}"
    if mark.kind == "event":
        event = storm.events[mark.identifier]
        caption = "pivotal event" if event.pivotal else "event"
        order = scene.order.get(mark.identifier)
        return note(
            scene.canvas,
            box,
            "event",
            event.name,
            caption,
            thing=thing,
            seen=seen,
            order=order,
            strong=event.pivotal,
        )
    if mark.kind == "policy":
        policy = storm.policies[mark.identifier]
        service = storm.relations.service_of_policy(mark.identifier)
        caption = f"policy · {storm.services[service].title(service)}" if service else "policy"
        work = ", ".join(task.title for task in single_tasks(policy.does))
        return note(
            scene.canvas,
            box,
            "policy",
            policy.title(mark.identifier),
            caption,
            thing=thing,
            seen=seen,
            detail=work,
        )
    listener = storm.listeners[mark.identifier]
    caption = "listener" + _for(storm, mark.identifier)
    return note(
        scene.canvas,
        box,
        "listener",
        listener.title(mark.identifier),
        caption,
        thing=thing,
        seen=seen,
        small=True,
    )


def _for(storm: Storm, listener: str) -> str:
    audience = storm.listeners[listener].for_
    return f" for {audience}" if audience else ""


def _draw_alone(scene: Scene, alone: list[str], top: float) -> float:
    """Set apart the events that no policy hears or emits; returns the y below them."""
    top = band_title(scene.canvas, top, "No policy hears or emits these")
    boxes = in_rows([NOTE] * len(alone), (MARGIN, top), 20)
    for event, box in zip(alone, boxes, strict=True):
        _draw_mark(scene, _Mark("event", event), box)
    return boxes[-1].bottom + _GAP


def _write_that_it_hears_everything(scene: Scene, key: str, top: float) -> float:
    """A line of text instead of an arrow from every event; returns the y below it."""
    said = f"{scene.storm.listeners[key].title(key)}{_for(scene.storm, key)} hears every event"
    seen = scene.seen("listeners", key)
    if seen == 0:
        said += " (not seen)"
    lines = fit(said, WIDE / 2, 12.5, 1)
    width = text_width(lines[0], 12.5)
    below = scene.canvas.write((MARGIN, top), WIDE / 2, lines, "text", "soft", align="l")
    if seen:
        badge(scene.canvas, (MARGIN + width + badge_width(seen) + 10, top - 1), seen, f"listeners/{key}")
    return below + 4


def _samples(scene: Scene, links: list[_Link]) -> list[Swatch | Stroke]:
    said = {link.says for link in links}
    samples: list[Swatch | Stroke] = [Swatch("event", "event")]
    if scene.storm.policies:
        samples.append(Swatch("policy: whenever this, then that", "policy"))
    if "fails" in said:
        samples.append(Stroke("if the work fails", style="dashed"))
    if "hears" in said:
        samples.append(Stroke("a listener hears, and answers nothing", style="dotted"))
    if scene.overlay:
        samples.append(Swatch("not seen running", "card", "event", dashed=True))
    return samples + strip_samples(scene)


def _sentences(scene: Scene, alone: list[str]) -> list[str]:
    sentences = [] if scene.storm.policies else ["No policies yet. Step 3 says what follows whenever."]
    for key, policy in scene.storm.policies.items():
        hears, puts, fails = (listing(scene.names(ids)) for ids in (policy.when, policy.emits, policy.fails))
        failing = f", and if it fails {fails}" if policy.fails else ""
        work = "; ".join(in_sentence(task.title) for task in single_tasks(policy.does)) or "nothing named yet"
        title = in_sentence(policy.title(key))
        sentences.append(f"{title}: whenever {hears}, then {puts}{failing} (does: {work}).")
    for key, listener in scene.storm.listeners.items():
        heard = "every event" if listener.hears == "all" else listing(scene.names(listener.hears))
        sentences.append(f"{in_sentence(listener.title(key) + _for(scene.storm, key))} hears {heard}.")
    if alone:
        sentences.append(f"No policy hears or emits: {listing(scene.names(alone))}.")
    seen = scene.overlay.sentences(scene.storm) if scene.overlay else []
    return sentences + seen + strip_sentences(scene)
