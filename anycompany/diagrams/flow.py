"""The flow: whenever an event has happened, a policy does its work and emits the next ones."""

from __future__ import annotations

from typing import NamedTuple

from ..storm.model import Storm
from .canvas import MARGIN, Canvas, LineStyle, Point
from .engine import Graph, Placed, arrange
from .lettering import fit, in_sentence, listing
from .seen import Seen
from .sheet import (
    NOTE,
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

_SIZES = {"event": (104.0, 68.0), "policy": (136.0, 84.0), "listener": (136.0, 50.0)}
_GAP = 36.0
_LINE_OF: dict[str, LineStyle] = {"whenever": "solid", "then": "solid", "fails": "dashed", "hears": "dotted"}


class _Mark(NamedTuple):
    """An event, a policy, or a listener beside one event that it hears."""

    kind: str
    identifier: str
    beside: str = ""

    @property
    def name(self) -> str:
        return " ".join(self)


class _Link(NamedTuple):
    tail: _Mark
    head: _Mark
    says: str


def picture(canvas: Canvas, storm: Storm, overlay: Seen | None) -> list[str]:
    """Draw the flow, and over it what was seen running; returns what it shows in sentences."""
    if not storm.events:
        remedy = "Step 1, event discovery: write everything that happens. Step 3 finds the policies."
        return nothing_yet(canvas, "No events yet.", remedy)
    links = _links(storm)
    flows = _connected(storm, links)
    bottom = _draw_flows(canvas, storm, flows, overlay)
    joined = {mark for link in links for mark in link[:2]}
    alone = [event for event in storm.relations.in_order if _Mark("event", event) not in joined]
    if alone:
        bottom = _draw_alone(canvas, storm, alone, overlay, bottom)
    everything = [key for key, listener in storm.listeners.items() if listener.hears == "all"]
    for key in everything:
        said = f"{storm.listeners[key].title(key)} hears every event" + _for(storm, key)
        if overlay:
            heard = overlay.count("listeners", key)
            said += f": seen {heard} times" if heard else ": not seen"
        bottom = canvas.write(MARGIN, bottom, WIDE / 2, fit(said, WIDE / 2, 12.5, 1), "text", "soft", "l") + 4
    legend(canvas, _samples(links, overlay))
    return _sentences(storm, alone, everything, overlay)


def _links(storm: Storm) -> list[_Link]:
    """Every arrow of the flow, leaving out references to nothing."""
    found = []
    for key, policy in storm.policies.items():
        here = _Mark("policy", key)
        found += [_Link(_Mark("event", event), here, "whenever") for event in dict.fromkeys(policy.when)]
        found += [_Link(here, _Mark("event", event), "then") for event in dict.fromkeys(policy.emits)]
        found += [_Link(here, _Mark("event", event), "fails") for event in dict.fromkeys(policy.fails)]
    for key, listener in storm.listeners.items():
        if listener.hears != "all":
            events = dict.fromkeys(listener.hears)
            found += [
                _Link(_Mark("event", event), _Mark("listener", key, event), "hears") for event in events
            ]
    return [
        link
        for link in found
        if all(end.kind != "event" or end.identifier in storm.events for end in link[:2])
    ]


def _connected(storm: Storm, links: list[_Link]) -> list[tuple[list[_Mark], list[_Link]]]:
    """The flow in pieces that have nothing to do with each other, the earliest first."""
    beside: dict[_Mark, list[_Link]] = {_Mark("policy", key): [] for key in storm.policies}
    for event in storm.relations.in_order:
        beside[_Mark("event", event)] = []
    for link in links:
        for end in (link.tail, link.head):
            beside.setdefault(end, []).append(link)
    pieces, visited = [], set[_Mark]()
    for start in sorted(beside, key=lambda mark: mark.kind != "event"):
        if start in visited or (start.kind == "event" and not beside[start]):
            continue
        visited.add(start)
        marks, found = [start], dict[_Link, None]()
        for mark in marks:
            found.update(dict.fromkeys(beside[mark]))
            new = [end for link in beside[mark] for end in link[:2] if end not in visited]
            marks += dict.fromkeys(new)
            visited.update(new)
        pieces.append((marks, list(found)))
    return pieces


def _draw_flows(
    canvas: Canvas, storm: Storm, flows: list[tuple[list[_Mark], list[_Link]]], overlay: Seen | None
) -> float:
    """Draw each piece, packed in rows; returns the y below them."""
    graphs = [
        Graph(
            {mark.name: _SIZES[mark.kind] for mark in marks},
            [(tail.name, head.name) for tail, head, _ in links],
        )
        for marks, links in flows
    ]
    placed = _arranged(graphs)
    corners = in_rows([(piece.width, piece.height) for piece in placed], WIDE, _GAP)
    for (marks, links), piece, (x, y) in zip(flows, placed, corners, strict=True):
        _draw_piece(canvas, storm, marks, links, piece, (MARGIN + x, TOP + y), overlay)
    return (
        max([TOP - _GAP] + [TOP + y + piece.height for piece, (_, y) in zip(placed, corners, strict=True)])
        + _GAP
    )


def _arranged(graphs: list[Graph]) -> list[Placed]:
    """Each piece from left to right, or from top to bottom where that would be too wide."""
    options = {"nodesep": "0.22", "ranksep": "0.78"}
    across = arrange(graphs, "LR", **options)
    wide = [number for number, piece in enumerate(across) if piece.width > WIDE]
    for number, piece in zip(
        wide, arrange([graphs[number] for number in wide], "TB", **options), strict=True
    ):
        across[number] = piece
    return across


def _draw_piece(
    canvas: Canvas,
    storm: Storm,
    marks: list[_Mark],
    links: list[_Link],
    piece: Placed,
    corner: Point,
    overlay: Seen | None,
) -> None:
    nodes = {}
    for mark in marks:
        x, y = piece.corners[mark.name]
        nodes[mark] = _draw_mark(canvas, storm, mark, corner[0] + x, corner[1] + y, overlay)
    for link, curve in zip(links, piece.curves, strict=True):
        points = [(corner[0] + x, corner[1] + y) for x, y in curve]
        ink = "line" if _seen(link.tail, overlay) != 0 and _seen(link.head, overlay) != 0 else "frame"
        canvas.line(points, nodes[link.tail], nodes[link.head], ink, _LINE_OF[link.says])
        if link.says == "fails":
            write_on_line(canvas, points, "fails")


def _seen(mark: _Mark, overlay: Seen | None) -> int | None:
    sections = {"event": "events", "policy": "policies", "listener": "listeners"}
    return None if overlay is None else overlay.count(sections[mark.kind], mark.identifier)


def _draw_mark(canvas: Canvas, storm: Storm, mark: _Mark, x: float, y: float, overlay: Seen | None) -> str:
    width, height = _SIZES[mark.kind]
    seen = _seen(mark, overlay)
    if mark.kind == "event":
        event = storm.events[mark.identifier]
        caption = "pivotal event" if event.pivotal else "event"
        return note(canvas, x, y, width, height, "event", event.name, caption, seen, strong=event.pivotal)
    if mark.kind == "policy":
        policy = storm.policies[mark.identifier]
        service = storm.relations.service_of_policy(mark.identifier)
        caption = f"policy · {storm.services[service].title(service)}" if service else "policy"
        work = ", ".join(task.do for task in policy.does)
        return note(
            canvas, x, y, width, height, "policy", policy.title(mark.identifier), caption, seen, detail=work
        )
    listener = storm.listeners[mark.identifier]
    caption = "listener" + _for(storm, mark.identifier)
    return note(
        canvas, x, y, width, height, "listener", listener.title(mark.identifier), caption, seen, small=True
    )


def _for(storm: Storm, listener: str) -> str:
    audience = storm.listeners[listener].for_
    return f" for {audience}" if audience else ""


def _draw_alone(canvas: Canvas, storm: Storm, alone: list[str], overlay: Seen | None, top: float) -> float:
    """Set apart the events that no policy hears or emits; returns the y below them."""
    top = band_title(canvas, top, "No policy hears or emits these")
    corners = in_rows([NOTE] * len(alone), WIDE, 20)
    for event, (x, y) in zip(alone, corners, strict=True):
        _draw_mark(canvas, storm, _Mark("event", event), MARGIN + x, top + y, overlay)
    return top + corners[-1][1] + NOTE[1] + _GAP


def _samples(links: list[_Link], overlay: Seen | None) -> list[Swatch | Stroke]:
    said = {link.says for link in links}
    samples: list[Swatch | Stroke] = [
        Swatch("event", "event"),
        Swatch("policy: whenever this, then that", "policy"),
    ]
    if "fails" in said:
        samples.append(Stroke("if the work fails", style="dashed"))
    if "hears" in said:
        samples.append(Stroke("a listener hears, and answers nothing", style="dotted"))
    if overlay:
        samples.append(Swatch("not seen running", "card", "event", dashed=True))
    return samples


def _sentences(storm: Storm, alone: list[str], everything: list[str], overlay: Seen | None) -> list[str]:
    sentences = []
    for key, policy in storm.policies.items():
        names = {
            said: listing([storm.events[event].name for event in events if event in storm.events])
            for said, events in (("when", policy.when), ("then", policy.emits), ("fails", policy.fails))
        }
        work = "; ".join(in_sentence(task.do) for task in policy.does)
        sentence = f"{in_sentence(policy.title(key))}: whenever {names['when']}, then {names['then']}"
        sentence += f", and if it fails {names['fails']}" if policy.fails else ""
        sentences.append(sentence + (f" (does: {work})." if work else "."))
    for key, listener in storm.listeners.items():
        heard = [storm.events[event].name for event in listener.hears if event in storm.events]
        what = "every event" if key in everything else listing(heard)
        sentences.append(f"{in_sentence(listener.title(key) + _for(storm, key))} hears {what}.")
    if alone:
        sentences.append(
            f"No policy hears or emits: {listing([storm.events[event].name for event in alone])}."
        )
    return sentences + (overlay.sentences(storm) if overlay else [])
