"""Graphviz itself: the system's ``dot`` where there is one, else the program of the package graphviz-pure."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..storm.errors import StormError
from .canvas import BOLD, PER_INCH, Point

_PURE = "graphviz-pure"
Size = tuple[float, float]


@dataclass(frozen=True)
class Graph:
    """Boxes to be placed, by name with width and height in pixels, and the edges between them."""

    boxes: Mapping[str, Size]
    edges: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Placed:
    """Where ``dot`` put a graph: the boxes' top left corners, a curve for each edge, and the whole's size."""

    corners: dict[str, Point]
    curves: list[list[Point]]
    width: float
    height: float


def program() -> str:
    """The Graphviz program to run.

    Raises ``StormError`` when there is none.
    """
    found = shutil.which("dot") or shutil.which(_PURE, path=sysconfig.get_path("scripts"))
    if found is None:
        raise StormError(
            "Graphviz is not installed, so nothing can be drawn.",
            remedy="Install it, or run: pip install graphviz-pure",
        )
    return found


def render(dot: str, file_format: str) -> bytes:
    """Finished DOT (``Canvas.dot``) as a file: ``svg``, ``png`` or ``pdf``.

    Raises ``StormError`` when this Graphviz cannot write that format.
    """
    if Path(program()).stem == _PURE:  # which knows bold fonts by their PostScript names only
        dot = dot.replace(f'fontname="{BOLD}"', 'fontname="Helvetica-Bold"')
    return _run(["-Kneato", "-n2", f"-T{file_format}"], dot)


def arrange(graphs: Sequence[Graph], direction: str, **options: str) -> list[Placed]:
    """Place each graph in layers with Graphviz's ``dot``, all in one run.

    Parameters
    ----------
    graphs : what to place, each on its own.
    direction : ``LR`` or ``TB``, the way the edges run.
    options : further attributes of the graphs, such as ``ranksep``.
    """
    import graphviz

    sources = []
    for graph in graphs:
        dot = graphviz.Digraph(
            graph_attr={"rankdir": direction, **options},
            node_attr={"fixedsize": "true", "shape": "box", "label": ""},
            edge_attr={"arrowhead": "none"},
        )
        numbers = {name: f"n{number}" for number, name in enumerate(graph.boxes)}
        for name, (width, height) in graph.boxes.items():
            dot.node(numbers[name], width=f"{width / PER_INCH:.4f}", height=f"{height / PER_INCH:.4f}")
        for number, (tail, head) in enumerate(graph.edges):
            dot.edge(numbers[tail], numbers[head], id=str(number))
        sources.append(dot.source)
    answers = _run(["-Kdot", "-Tjson0"], "\n".join(sources)).decode()
    placed = []
    for graph in graphs:
        answer, end = json.JSONDecoder().raw_decode(answers.lstrip())
        answers = answers.lstrip()[end:]
        placed.append(_placed(graph, answer))
    return placed


def _placed(graph: Graph, answer: dict[str, Any]) -> Placed:
    _, _, width, height = _numbers(answer["bb"])

    def points(text: str) -> list[Point]:
        return [(x, height - y) for x, y in (_numbers(pair) for pair in text.split())]

    corners = {}
    for (name, size), found in zip(graph.boxes.items(), answer.get("objects", ()), strict=True):
        [(x, y)] = points(found["pos"])
        corners[name] = (x - size[0] / 2, y - size[1] / 2)
    curves = {int(edge["id"]): points(edge["pos"]) for edge in answer.get("edges", ())}
    return Placed(corners, [curves[number] for number in range(len(graph.edges))], width, height)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]


def _run(options: Sequence[str], dot: str) -> bytes:
    done = subprocess.run([program(), *options], input=dot.encode(), capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise StormError(
            f"Graphviz could not draw this: {said[0] if said else f'exit status {done.returncode}'}",
            where=program(),
            remedy="Try svg or png. Only the Graphviz of your system's packages can write pdf.",
        )
    return done.stdout
