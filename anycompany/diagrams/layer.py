"""A trace that plays over a drawn flow: events light up, travel along the arrows, and are counted.

What Graphviz drew is the whole picture, and stays as it is where nothing moves. Here it learns to appear when
it happens, and gets layers of what is only seen while it moves.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

from ..bus.playback import Playback
from . import pen
from .canvas import STYLES, Box, Part, Point
from .motion import FADE, SVG, Span, drawn_from, lanes, seen_during, travelling
from .palette import colour
from .scene import Scene
from .score import score
from .sheet import SEEN
from .strip import STRIP, bar, captions

REST = 3.5
"""Seconds for which the whole picture stands before it begins anew."""

_MOST_OUTLINES = 150
"""Notes that are not played and yet wait as outlines until the end; more would make the picture heavy."""

_SMALL = STYLES["small"][0]
_LABEL = STYLES["label"][0]
_QUICK, _SLOW = 0.05, 0.3
_TOKEN = pen.around(Box(-10, -8, 20, 16), 3)
_LINES = "M-5 -2.5H5M-5 1.5H2"
_CROSS = "M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5"
_LINE_OF: dict[str, pen.Kind] = {"whenever": "trail", "then": "trail", "fails": "dashed", "hears": "dotted"}


def lay(root: ET.Element, scene: Scene, played: Playback) -> None:
    """Make a drawn flow move.

    Parameters
    ----------
    root : the SVG that Graphviz made of the scene's canvas.
    scene : what was drawn.
    played : what happens; a trace of nothing leaves the picture as it is.
    """
    if played.beats:
        _Layer(root, scene, played).lay()


class _Layer:
    """The work on one SVG."""

    def __init__(self, root: ET.Element, scene: Scene, played: Playback) -> None:
        self._scene = scene
        self._parts = scene.canvas.parts
        self._score = score(played)
        self._whole = self._score.end + REST
        [self._graph] = root.findall(f"{{{SVG}}}g")
        self._marks = {mark.findtext(f"{{{SVG}}}title"): mark for mark in self._graph}
        x, y = _corner(self._graph)
        place = {"class": "playing", "transform": f"translate({x:.2f} {y:.2f})", "fill": "none"}
        self._below = ET.Element(f"{{{SVG}}}g", place)
        self._above = ET.Element(f"{{{SVG}}}g", place)

    def lay(self) -> None:
        """Everything: lights and trails below the notes, what moves and what is said above them."""
        for track, hops in self._score.travels.items():
            if points := self._scene.canvas.tracks.get(track):
                self._leave_trail(track, points, hops[0])
                self._send(track, points, hops)
        for (thing, role), spans in self._score.glows.items():
            for part in self._parts.get(thing, ()):
                self._glow(part.box, role, spans)
        for thing, counts in self._score.counts.items():
            for part in self._parts.get(thing + SEEN, ()):
                self._count(part.box, counts)
        self._tell()
        marks = list(self._graph)
        first = next(number for number, mark in enumerate(marks) if "node" in mark.get("class", "").split())
        self._graph.insert(first, self._below)
        self._graph.append(self._above)
        self._let_appear()

    # -- what Graphviz drew

    def _let_appear(self) -> None:
        """Notes when they happen first, and the counts of the whole trace in the end; till then they grow."""
        counts = [name for name in self._parts if name.endswith(SEEN)]
        shown = {thing: first for thing, (first, *_) in self._score.shown.items()}
        later = [thing for name in counts if (thing := name.removesuffix(SEEN)) not in shown]
        if len(later) <= _MOST_OUTLINES:
            shown |= dict.fromkeys(later, self._score.end)
        for thing, first in shown.items():
            for part in self._parts.get(thing, ()):
                lit = self._gathered("lit", part, first)
                self._graph.insert(list(self._graph).index(lit), self._outline(lit, first))
        for name in (*counts, STRIP):
            for part in self._parts[name]:
                self._gathered("total", part, self._score.end)

    def _gathered(self, role: str, part: Part, at: float) -> ET.Element:
        """What Graphviz drew of a part as one group, which is seen from a moment on."""
        marks = [self._marks[node] for node in part.nodes]
        group = ET.Element(f"{{{SVG}}}g", {"class": role})
        self._graph.insert(list(self._graph).index(marks[0]), group)
        for mark in marks:
            self._graph.remove(mark)
            group.append(mark)
        group.append(seen_during([Span(at, self._whole)], self._whole))
        return group

    def _outline(self, lit: ET.Element, until: float) -> ET.Element:
        """A note that has not happened yet: without its paper and its number."""
        outline = ET.Element(f"{{{SVG}}}g", {"class": "playing"})
        for mark in lit.findall(f"{{{SVG}}}g"):
            if {"f-ink", "t-page"}.isdisjoint(mark.get("class", "").split()):
                outline.append(self._hollow(copy.deepcopy(mark)))
        return pen.while_playing(outline, [Span(0.0, until + FADE)], self._whole, 0.01)

    def _hollow(self, mark: ET.Element) -> ET.Element:
        """Take the paper out of a mark: a dashed border, and ink that can be read on the ground."""
        mark.attrib.pop("id", None)
        roles = mark.get("class", "").replace(" paper", "").replace("t-paper-ink", "t-ink")
        for kind in ("event", "policy"):
            roles = roles.replace(f"f-{kind}", "f-card")
        mark.set("class", roles)
        theme = self._scene.canvas.theme
        for name in mark.findall(f"{{{SVG}}}title"):
            mark.remove(name)  # it is the note's, which is there all the time
        for shape in mark:
            if shape.tag == f"{{{SVG}}}text" and "t-ink" in roles:
                shape.set("fill", colour("ink", theme))
            elif shape.tag != f"{{{SVG}}}text" and "f-card" in roles:
                shape.set("fill", colour("card", theme))
                shape.set("stroke-dasharray", "5,2")
        return mark

    # -- what is there only while it moves

    def _leave_trail(self, track: str, points: Sequence[Point], first: Span) -> None:
        """An arrow that was travelled stays strong."""
        says = track.partition(" ")[0]
        role = "crossing" if says == "fails" else "ink"
        trail = pen.path(_LINE_OF[says], pen.curve(points), stroke=role)
        if _LINE_OF[says] == "trail":
            trail.attrib.update({"pathLength": "1", "stroke-dasharray": "1"})
            trail.append(drawn_from(first.start, first.end, self._whole))
        head = pen.path("line", pen.head(points), stroke=role, fill=role)
        self._below.append(pen.while_playing(trail, [self._from(first.start)], self._whole, _QUICK))
        self._below.append(pen.while_playing(head, [self._from(first.end)], self._whole, _QUICK))

    def _glow(self, box: Box, role: str, spans: Sequence[Span]) -> None:
        """A light around a note while something happens to it."""
        halo = pen.path("halo", pen.around(box.grown(6), 9), stroke=role)
        ring = "crossing" if role == "crossing" else "ink"
        glow = pen.group(halo, pen.path("ring", pen.around(box.grown(2.5), 5), stroke=ring))
        self._below.append(pen.while_playing(glow, spans, self._whole, _SLOW))

    def _count(self, box: Box, counts: Sequence[tuple[float, int]]) -> None:
        """How often it was seen so far."""
        end = self._score.end
        badge = pen.path("line", pen.around(box, 6), stroke="ink", fill="card")
        self._above.append(pen.while_playing(badge, [Span(counts[0][0], end)], self._whole, _QUICK))
        for (at, count), (until, _) in pairwise([*counts, (end, 0)]):
            said = pen.words((box.middle[0], box.y + 12.2), f"✓ {count:,}", _SMALL, "middle")
            self._above.append(pen.while_playing(said, [Span(at, until)], self._whole, _QUICK))

    def _send(self, track: str, points: Sequence[Point], hops: Sequence[Span]) -> None:
        """An event on its way: a small note; where the work failed, a red one with a cross on it."""
        failed = track.startswith("fails ")
        for row in lanes(hops):
            token = pen.group(
                pen.path("token", _TOKEN, stroke="ink", fill="crossing" if failed else "event"),
                pen.path("token", _CROSS if failed else _LINES, stroke="page" if failed else "paper-ink"),
                travelling(pen.curve(points), row, self._whole),
            )
            self._above.append(pen.while_playing(token, row, self._whole, _QUICK))

    def _tell(self) -> None:
        """What happens now, at which second, and how far it is."""
        line, end = bar(self._scene), self._score.end
        way = f"M{line.x} {line.middle[1]}h{line.width}"
        done = pen.path("bar", way, stroke="ink")
        done.attrib.update({"pathLength": "1", "stroke-dasharray": "1"})
        done.append(drawn_from(0.0, end, self._whole))
        for path in (pen.path("bar", way, stroke="frame"), done):
            self._above.append(pen.while_playing(path, [Span(0.0, end)], self._whole, _QUICK))
        [part] = self._parts[STRIP]
        y = part.box.y + _LABEL
        said = captions(self._scene)
        for one, until in zip(said, [*(later.at for later in said[1:]), end], strict=True):
            texts = (
                pen.words((part.box.x, y), one.words, _LABEL),
                pen.words((line.right, y), one.place, _SMALL, "end"),
            )
            for text in texts:
                self._above.append(pen.while_playing(text, [Span(one.at, until)], self._whole, _QUICK))

    def _from(self, start: float) -> Span:
        return Span(start, self._whole)


def _corner(graph: ET.Element) -> Point:
    """Where the top left corner of the drawing is in Graphviz's coordinates: that of its page."""
    page = graph.find(f"{{{SVG}}}g/{{{SVG}}}polygon")
    points = [pair.split(",") for pair in page.attrib["points"].split()] if page is not None else [["0", "0"]]
    return min(float(x) for x, _ in points), min(float(y) for _, y in points)
