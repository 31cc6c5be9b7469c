"""A drawing: areas, shapes, words and lines in pixels from the top left, written as DOT.

The pictures place their marks themselves, or have ``dot`` place them (``engine.arrange``); DOT then carries
the finished positions, and ``neato -n2`` draws them as they are. Node names are numbers and say nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple

from .lettering import LINE_HEIGHT, dot_label
from .palette import Theme, colour

if TYPE_CHECKING:
    from graphviz import Digraph

Point = tuple[float, float]


class Box(NamedTuple):
    """A place on the drawing, in pixels: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x at which it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y at which it ends."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The point in the middle of it."""
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, margin: float) -> Box:
        """The same place with a margin on all sides."""
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)


class Part(NamedTuple):
    """Where a thing of the storm stands on the drawing, and the DOT nodes that it is drawn with."""

    box: Box
    nodes: list[str]


Form = Literal["box", "round", "hexagon", "tilted", "strip"]
LineStyle = Literal["solid", "dashed", "dotted"]

STYLES = {
    "title": (24.0, True),
    "heading": (18.0, True),
    "label": (14.0, True),
    "name": (12.5, True),
    "small": (11.0, False),
    "text": (12.5, False),
    "strong": (11.0, True),
}
"""Size in pixels, and whether bold, of each style of writing."""

FONTS = "Inter,Helvetica Neue,Helvetica,Arial,sans-serif"
BOLD = f"{FONTS} Bold"
"""Font names as Graphviz takes them."""

MARGIN = 36.0
PER_INCH = 72.0
"""Graphviz gives sizes in inches; one of its points is one pixel here."""

NOWHERE = "nowhere"
"""The end of a line that connects no shape there."""

_ARROW_SIZE = 0.7
ARROW_LENGTH = 10 * _ARROW_SIZE
"""Pixels from the end of a shaft to the tip of its arrow."""

_FORMS: dict[Form, dict[str, str]] = {
    "box": {"shape": "box", "style": "filled"},
    "round": {"shape": "box", "style": "rounded,filled"},
    "hexagon": {"shape": "polygon", "sides": "6", "orientation": "30", "style": "filled"},
    "strip": {"shape": "box", "style": "filled"},
    "tilted": {"shape": "box", "orientation": "2", "style": "filled"},
}


class Canvas:
    """What is drawn so far, in the colours of one theme.

    Areas lie at the back, lines on them, shapes and words in front, each in the order they were drawn.

    Attributes
    ----------
    roles : the colour roles in use.
    tips : for each DOT node that has one, what is read when the pointer rests on it.
    parts : by name, wherever a thing is drawn that was named.
    tracks : by name, the points of a curve that was named, without the head of its arrow.
    width, height : how far the drawing reaches, in pixels; the margin comes on top.
    """

    def __init__(self, theme: Theme) -> None:
        from graphviz import Digraph

        self.theme = theme
        self.roles = {"page"}
        self.tips: dict[str, str] = {}
        self.parts: dict[str, list[Part]] = {}
        self.tracks: dict[str, list[Point]] = {}
        self.width = self.height = 0.0
        self._areas: list[Digraph] = []
        self._marks = Digraph()
        self._marks.node(NOWHERE, pos="0,0", width="0", height="0", style="invis")
        self._count = 0

    @contextmanager
    def part(self, name: str, box: Box) -> Iterator[None]:
        """Remember under a name what is drawn meanwhile, and its place; nothing where the name is empty."""
        first = self._count
        yield
        if name:
            nodes = [f"n{number}" for number in range(first, self._count)]
            self.parts.setdefault(name, []).append(Part(box, nodes))

    def area(self, box: Box, fill: str, stroke: str = "", *, dashed: bool = False) -> None:
        """A rounded ground behind everything else."""
        style = "rounded,filled" + ",dashed" * dashed
        self._areas.append(self._ground(box, fill, stroke or fill, style))
        self._reach(box.right, box.bottom)

    def shape(
        self,
        box: Box,
        fill: str,
        stroke: str = "",
        *,
        form: Form = "box",
        dashed: bool = False,
        weight: float = 1.0,
        tip: str = "",
    ) -> str:
        """A shape; returns its DOT node, for lines from and to it."""
        look = dict(_FORMS[form])
        look["style"] += ",dashed" * dashed
        paper = " paper" if form in {"box", "tilted"} and not dashed else ""
        node = self._node(
            box,
            fillcolor=self._colour(fill),
            color=self._colour(stroke or fill),
            penwidth=f"{weight}",
            **{"class": f"f-{fill} s-{stroke or fill}{paper}"},
            **look,
        )
        if tip:
            self.tips[node] = tip
        return node

    def write(
        self,
        corner: Point,
        width: float,
        lines: Sequence[str],
        style: str = "name",
        ink: str = "ink",
        *,
        align: Literal["n", "l"] = "n",
    ) -> float:
        """Lines of text in a block by its top left corner, centred (``n``) or from the left (``l``).

        Returns the y just below the text.
        """
        size, bold = STYLES[style]
        box = Box(*corner, width, len(lines) * size * LINE_HEIGHT)
        self._node(
            box,
            label=dot_label(lines, align),
            shape="none",
            fontname=BOLD if bold else FONTS,
            fontsize=f"{size}",
            fontcolor=self._colour(ink),
            **{"class": f"t-{ink}" + " bold" * bold},
        )
        return box.bottom

    def line(
        self,
        points: Sequence[Point],
        ink: str = "line",
        style: LineStyle = "solid",
        *,
        ends: tuple[str, str] = (NOWHERE, NOWHERE),
        weight: float = 1.4,
        arrow: bool = True,
        track: str = "",
    ) -> None:
        """A curve: a start, then triples of two control points and an end (Bézier).

        ``ends`` are the shapes that it connects, where it connects any; ``track`` names the curve.
        """
        tip = f"e,{_at(points[-1])} " if arrow else ""
        path = [*points[:-1], _pulled_back(points[-2], points[-1])] if arrow else list(points)
        if track:
            self.tracks[track] = path
        self._marks.edge(
            *ends,
            pos=tip + " ".join(_at(point) for point in path),
            color=self._colour(ink),
            style=style,
            penwidth=f"{weight}",
            arrowhead="normal" if arrow else "none",
            **{"class": f"s-{ink}"},
        )
        self._reach(max(x for x, _ in points), max(y for _, y in points))

    def dot(self) -> str:
        """The drawing as DOT; every position in it is final (``neato -n2``)."""
        from graphviz import Digraph

        page = Box(0, 0, self.width + MARGIN, self.height + MARGIN)
        graph = Digraph(
            graph_attr={"layout": "neato", "outputorder": "edgesfirst", "pad": "0", "bgcolor": "transparent"},
            node_attr={"fixedsize": "true", "margin": "0", "label": ""},
            edge_attr={"arrowsize": f"{_ARROW_SIZE}"},
        )
        for number, ground in enumerate((self._ground(page, "page", "page", "filled"), *self._areas)):
            ground.name = f"cluster_{number}"
            graph.subgraph(ground)
        graph.body.extend(self._marks.body)
        return str(graph.source)

    def _ground(self, box: Box, fill: str, stroke: str, style: str) -> Digraph:
        from graphviz import Digraph

        return Digraph(
            graph_attr={
                "bb": f"{_at((box.x, box.bottom))},{_at((box.right, box.y))}",
                "style": style,
                "fillcolor": self._colour(fill),
                "color": self._colour(stroke),
                "class": f"f-{fill} s-{stroke}",
            }
        )

    def _node(self, box: Box, **attributes: str) -> str:
        node = f"n{self._count}"
        self._count += 1
        self._marks.node(
            node,
            pos=_at(box.middle),
            width=f"{box.width / PER_INCH:.4f}",
            height=f"{box.height / PER_INCH:.4f}",
            **attributes,
        )
        self._reach(box.right, box.bottom)
        return node

    def _colour(self, role: str) -> str:
        self.roles.add(role)
        return colour(role, self.theme)

    def _reach(self, right: float, bottom: float) -> None:
        self.width = max(self.width, right)
        self.height = max(self.height, bottom)


def _at(point: Point) -> str:
    """A point as Graphviz counts: upwards."""
    return f"{point[0]:.2f},{-point[1]:.2f}"


def _pulled_back(before: Point, tip: Point) -> Point:
    """Where a line ends so that its arrowhead ends at ``tip``."""
    across, down = before[0] - tip[0], before[1] - tip[1]
    length = math.hypot(across, down) or 1.0
    return tip[0] + across / length * ARROW_LENGTH, tip[1] + down / length * ARROW_LENGTH
