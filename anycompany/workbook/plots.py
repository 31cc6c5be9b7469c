"""Plots: figures drawn by Matplotlib as calm pictures that an untrusted page shows, light and dark.

A plot is an SVG in an ``<img>``: its words stay words in the reader's own font, and it turns dark where the
reader prefers that. Matplotlib takes longer to load than a kernel to start: only a page with plots loads it.
"""

from __future__ import annotations

import base64
import io
import logging
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from ..diagrams.lettering import clean
from ..diagrams.palette import SURROUNDINGS, service_hue
from ..diagrams.svg import FONTS
from .screen import line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 760
"""Pixels of every plot; a narrower page shrinks it."""

LINE = 12
"""Pixels of the writing."""

INK, SOFT, RULE, CARD = (SURROUNDINGS["light"][role] for role in ("ink", "soft", "bar", "card"))
FIRST, SECOND, THIRD = (service_hue(number, "light") for number in range(3))
"""The hues of lines and bars."""

_DARK = {
    SURROUNDINGS["light"][role]: SURROUNDINGS["dark"][role] for role in ("ink", "soft", "bar", "card")
} | {service_hue(number, "light"): service_hue(number, "dark") for number in range(3)}
_DRAWING = threading.Lock()  # Matplotlib's settings are one for the whole process


@dataclass(frozen=True)
class Plot:
    """A finished plot.

    Attributes
    ----------
    title : what it shows, in a few words.
    svg : the picture, complete in itself.
    text : its numbers in sentences, for those who cannot see it.
    """

    title: str
    svg: str = field(repr=False)
    text: str = field(repr=False)

    def html(self) -> str:
        """The picture as an ``<img>`` that also an untrusted notebook shows."""
        address = "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()
        return f'<img src="{address}" alt="{escape(f"{self.title}. {self.text}")}" style="max-width:100%">'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": f"{self.title}\n{self.text}"}


def plotted(title: str, text: str, height: float, draw: Callable[[Figure], None]) -> Plot:
    """A plot of our look.

    Parameters
    ----------
    title, text : see :class:`Plot`; the title also stands above the picture.
    height : pixels.
    draw : draws on the figure, in pixels of 1/72 inch; only in this module's colours.
    """
    title, text = line(title, 90), clean(text)
    with _DRAWING, _our_look():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH / 72, height / 72), facecolor=CARD)
        draw(figure)
        figure.text(
            16 / WIDTH, 1 - 14 / height, title, va="top", fontsize=LINE + 2, weight="semibold", color=INK
        )
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return Plot(title, _finished(written.getvalue(), title, text), text)


def axes(figure: Figure, *, left: float, right: float, height: float, top: float = 52) -> Axes:
    """Axes with margins in pixels: no box, thin lines behind what is drawn."""
    bottom = 44
    box = (
        left / WIDTH,
        bottom / height,
        (WIDTH - left - right) / WIDTH,
        (height - top - bottom) / height,
    )
    found = figure.add_axes(box)
    for side in ("top", "right", "left"):
        found.spines[side].set_visible(False)
    found.spines["bottom"].set_color(RULE)
    found.tick_params(length=0, labelsize=LINE, labelcolor=SOFT, pad=6)
    found.set_axisbelow(True)
    return found


@contextmanager
def _our_look() -> Iterator[None]:
    for name in (
        "matplotlib",
        "matplotlib.font_manager",
    ):  # it tells of fonts, which readers have their own of
        logging.getLogger(name).setLevel(logging.ERROR)
    import matplotlib

    ours: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "anycompany",
        "text.parse_math": False,  # people type dollars
        "font.family": ["DejaVu Sans"],
        "font.size": LINE,
        "axes.grid": False,
        "axes.unicode_minus": False,
    }
    with matplotlib.rc_context(ours), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def _finished(svg: str, title: str, text: str) -> str:
    """Matplotlib's SVG in pixels, named and described, in the reader's font, dark where they want it."""
    dark = "".join(
        f'[style*="{what}: {light.lower()}"]{{{what}:{over}!important}}'
        for light, over in _DARK.items()
        for what in ("fill", "stroke")
    )
    style = f"text{{font-family:{FONTS}!important}}@media (prefers-color-scheme:dark){{{dark}}}"
    opening = re.search(r"<svg\b[^>]*>", svg)
    assert opening is not None  # it is what Matplotlib writes
    sized = re.sub(r'((?:width|height)="[0-9.]+)pt"', r'\1"', opening[0])
    named = sized.replace("<svg", f'<svg role="img" aria-label="{escape(title)}"', 1)
    head = f"<title>{escape(title)}</title><desc>{escape(text)}</desc><style>{style}</style>"
    body = re.sub(r"<metadata>.*?</metadata>", "", svg[opening.end() :], flags=re.DOTALL)
    return named + head + body
