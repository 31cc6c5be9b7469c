"""The pieces of what plays over a picture, as SVG; their looks are in its style, by role and by theme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal
from xml.etree import ElementTree as ET

from .canvas import ARROW_LENGTH, Box, Point
from .motion import SVG, Span, seen_during
from .palette import Theme, colour

Kind = Literal["halo", "ring", "trail", "line", "dashed", "dotted", "token", "bar"]

ROLES = ("ink", "page", "card", "frame", "event", "policy", "crossing", "paper-ink")
"""The colour roles that a playback needs."""

_LOOKS = (
    ".p-words{font-weight:600}.p-halo{stroke-width:12;stroke-opacity:.5}.p-ring{stroke-width:2.8}"
    ".p-trail,.p-dashed,.p-dotted{stroke-width:2.2}.p-dashed{stroke-dasharray:5,2}.p-dotted{stroke-dasharray:1,5}"
    ".p-line{stroke-width:1}.p-token{stroke-width:1.5}.p-bar{stroke-width:4}"
)
_WHOLE = (
    "@media print,(prefers-reduced-motion:reduce){.playing{display:none}.lit,.total{opacity:1!important}}"
)
"""Where nothing should move: the whole picture, with its counts and its order."""


def style(theme: Theme, *, follow_reader: bool) -> str:
    """The style of everything that plays, and how it keeps still."""
    dark = f"@media (prefers-color-scheme:dark){{{_colours('dark')}}}" if follow_reader else ""
    return f"{_LOOKS}{_colours(theme)}{dark}{_WHOLE}"


def _colours(theme: Theme) -> str:
    return "".join(
        f".pf-{role}{{fill:{colour(role, theme)}}}.ps-{role}{{stroke:{colour(role, theme)}}}"
        for role in ROLES
    )


def group(*elements: ET.Element) -> ET.Element:
    """Some elements that move, come and go together."""
    made = ET.Element(f"{{{SVG}}}g")
    made.extend(elements)
    return made


def path(kind: Kind, d: str, *, stroke: str, fill: str = "") -> ET.Element:
    """A shape or a line in the colours of these roles."""
    classes = f"p-{kind} ps-{stroke}" + (f" pf-{fill}" if fill else "")
    return ET.Element(f"{{{SVG}}}path", {"d": d, "class": classes})


def words(at: Point, said: str, size: float, anchor: str = "start") -> ET.Element:
    """A line of text."""
    place = {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "font-size": f"{size:g}"}
    anchored = {"text-anchor": anchor} if anchor != "start" else {}
    text = ET.Element(f"{{{SVG}}}text", {"class": "p-words pf-ink", **place, **anchored})
    text.text = said
    return text


def while_playing(element: ET.Element, spans: Sequence[Span], whole: float, fade: float) -> ET.Element:
    """The element, seen during the spans alone; never where nothing moves."""
    element.set("opacity", "0")
    element.append(seen_during(spans, whole, fade=fade))
    return element


def curve(points: Sequence[Point]) -> str:
    """A Bézier curve."""
    (x, y), *rest = points
    return f"M{x:.1f} {y:.1f}C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in rest)


def head(points: Sequence[Point]) -> str:
    """The head of an arrow whose shaft this is."""
    (x, y), (end_x, end_y) = points[-2], points[-1]
    length = math.hypot(end_x - x, end_y - y) or 1.0
    right, down = (end_x - x) / length, (end_y - y) / length
    tip = f"{end_x + right * ARROW_LENGTH:.1f} {end_y + down * ARROW_LENGTH:.1f}"
    side_x, side_y = -down * 2.45, right * 2.45
    return f"M{tip}L{end_x + side_x:.1f} {end_y + side_y:.1f} {end_x - side_x:.1f} {end_y - side_y:.1f}z"


def around(box: Box, radius: float) -> str:
    """A box with round corners."""
    r = min(radius, box.width / 2, box.height / 2)
    across, down = box.width - 2 * r, box.height - 2 * r
    corner = f"a{r:g} {r:g} 0 0 1"
    return (
        f"M{box.x + r:.1f} {box.y:.1f}h{across:.1f}{corner} {r:g} {r:g}v{down:.1f}{corner} -{r:g} {r:g}"
        f"h{-across:.1f}{corner} -{r:g} -{r:g}v{-down:.1f}{corner} {r:g} -{r:g}z"
    )
