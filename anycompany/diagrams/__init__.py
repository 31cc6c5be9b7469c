"""Storm to DOT to SVG: pictures of what a team said. The only room that knows Graphviz."""

from __future__ import annotations

from typing import Literal

from ..storm.errors import StormError
from ..storm.model import Storm
from .diagram import Diagram
from .seen import Seen

__all__ = ["DIAGRAMS", "Diagram", "Seen", "draw"]

DIAGRAMS: dict[str, str] = {
    "wall": "Every note where it lies on the wall.",
    "timeline": "What happens, from left to right, and what starts it.",
    "flow": "Whenever this has happened, then that is done.",
    "entities": "The hive: which events belong to which entity.",
    "contexts": "The context map: who owns what, and which events cross a border.",
    "architecture": "One bus, time from left to right. Workflows hang below: they hear an event and put "
    "their own on the bus. Listeners above hear and answer nothing.",
    "service": "The insides of a service: what it hears, its workflows, what they put, its contracts.",
}
"""The name of every diagram and what it shows."""


def draw(
    storm: Storm,
    name: str,
    *,
    service: str | None = None,
    theme: Literal["light", "dark", "auto"] = "auto",
    overlay: Seen | None = None,
) -> Diagram:
    """Draw one diagram of a storm, however far the storm has come.

    Parameters
    ----------
    storm : what the team said; half-finished or empty storms give a picture that says what is missing.
    name : a key of ``DIAGRAMS``.
    service : for ``service``, the id of the one to show; all of them, one below the other, if not given.
    theme : ``light``, ``dark``, or ``auto``, which is light and turns dark where the reader prefers it.
    overlay : for ``flow`` and ``architecture``, what was seen running.

    Raises ``StormError`` for a diagram, service or theme that there is not, and when Graphviz is missing.
    """
    if name not in DIAGRAMS:
        raise StormError(f"There is no diagram {name!r}.", remedy=f"Choose one of: {', '.join(DIAGRAMS)}.")
    if theme not in {"light", "dark", "auto"}:
        raise StormError(f"There is no theme {theme!r}.", remedy="Choose light, dark or auto.")
    if service is not None and service not in storm.services:
        raise StormError(
            f"There is no service {service!r}.",
            where=f"services/{service}",
            remedy=f"The services are: {', '.join(storm.services) or 'none yet (step 6)'}.",
        )
    from importlib import import_module

    from .canvas import Canvas
    from .engine import render
    from .lettering import clean, in_sentence
    from .scene import Scene
    from .sheet import heading
    from .svg import finish

    canvas = Canvas("dark" if theme == "dark" else "light")
    sentences = import_module(f".{name}", __package__).picture(Scene(canvas, storm, overlay, service))
    heading(canvas, storm.name, DIAGRAMS[name])
    title = f"{name.capitalize()} of {in_sentence(storm.name)}"
    text = "\n".join(clean(sentence) for sentence in sentences)
    dot = canvas.dot()
    svg = finish(render(dot, "svg"), canvas, title, text, follow_reader=theme == "auto")
    return Diagram(title, svg, dot, text)
