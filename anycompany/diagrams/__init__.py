"""Storm to DOT to SVG: pictures of what a team said. The only room that knows Graphviz."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..storm.errors import StormError
from ..storm.model import Storm
from .diagram import Diagram
from .seen import Seen

if TYPE_CHECKING:
    from ..bus.trace import Trace

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


_MANY = 250
"""Notes of a storm whose picture is so large already that less is played on it."""


def draw(
    storm: Storm,
    name: str,
    *,
    service: str | None = None,
    theme: Literal["light", "dark", "auto"] = "auto",
    overlay: Seen | None = None,
    playing: Trace | None = None,
) -> Diagram:
    """Draw one diagram of a storm, however far the storm has come.

    Parameters
    ----------
    storm : what the team said; half-finished or empty storms give a picture that says what is missing.
    name : a key of ``DIAGRAMS``.
    service : for ``service``, the id of the one to show; all of them, one below the other, if not given.
    theme : ``light``, ``dark``, or ``auto``, which is light and turns dark where the reader prefers it.
    overlay : for ``flow`` and ``architecture``, what was seen running.
    playing : for ``flow``, a trace, simulated or real, that plays over the picture: events light up and
        travel along the arrows in the order and the scaled time of the trace, over and over. Where nothing
        moves (a PDF, print, a reader who prefers reduced motion) the picture is whole, with counts and the
        order. What the trace saw is the ``overlay``, where none is given.

    Raises ``StormError`` for a diagram, service or theme that there is not, for a diagram that plays nothing,
    and when Graphviz is missing.
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
    if playing is not None and name != "flow":
        raise StormError(f"The diagram {name!r} plays no trace.", remedy="Only the flow does.")
    from importlib import import_module

    from ..bus.playback import playback
    from .canvas import Canvas
    from .engine import render
    from .lettering import clean, in_sentence
    from .scene import Scene
    from .sheet import heading
    from .svg import finish

    canvas = Canvas("dark" if theme == "dark" else "light")
    most = 60 if len(storm.events) + len(storm.policies) <= _MANY else 20
    played = playback(playing, storm, most=most) if playing is not None else None
    seen = Seen.of(playing) if playing is not None and overlay is None else overlay
    scene = Scene(canvas, storm, seen, service, played)
    sentences = import_module(f".{name}", __package__).picture(scene)
    heading(canvas, storm.name, DIAGRAMS[name])
    title = f"{name.capitalize()} of {in_sentence(storm.name)}"
    text = "\n".join(clean(sentence) for sentence in sentences)
    dot = canvas.dot()
    svg = finish(render(dot, "svg"), scene, title, text, follow_reader=theme == "auto")
    return Diagram(title, svg, dot, text)
