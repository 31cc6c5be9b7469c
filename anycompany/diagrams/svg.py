"""Finishing Graphviz's SVG: sized in pixels, titled, described, in the reader's fonts, dark where asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from . import pen
from .layer import lay
from .lettering import clean
from .palette import colour
from .scene import Scene

SVG = "http://www.w3.org/2000/svg"
FONTS = 'Inter, "Helvetica Neue", Helvetica, Arial, sans-serif'
_STYLE = (
    f"text{{font-family:{FONTS}}}.bold>text{{font-weight:600}}"
    ".paper>polygon{filter:drop-shadow(0 1px 1.2px rgba(20,26,40,.24))}"
)


def finish(drawn: bytes, scene: Scene, title: str, text: str, *, follow_reader: bool) -> str:
    """Graphviz's SVG made ready to be shown.

    Parameters
    ----------
    drawn : what Graphviz wrote for the canvas.
    scene : what was drawn, for its tips and colour roles, and what plays over it.
    title, text : name and text alternative, for those who cannot see the picture.
    follow_reader : whether to turn dark where the reader prefers it.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(drawn)
    root.attrib.update({"role": "img", "aria-label": title})
    for side in ("width", "height"):
        root.set(side, root.attrib[side].removesuffix("pt"))
    canvas = scene.canvas
    if scene.playing:
        lay(root, scene, scene.playing)
    for group in root.iter(f"{{{SVG}}}g"):
        _name_after_tip(group, canvas.tips)
    for words in root.iter(f"{{{SVG}}}text"):
        words.attrib.pop("font-family", None)
    style = _STYLE + (_dark_style(sorted(canvas.roles)) if follow_reader else "")
    if scene.playing:
        style += pen.style(canvas.theme, follow_reader=follow_reader)
    for place, (tag, content) in enumerate((("title", title), ("desc", text), ("style", style))):
        element = ET.Element(f"{{{SVG}}}{tag}")
        element.text = content
        root.insert(place, element)
    return ET.tostring(root, encoding="unicode")


def _name_after_tip(group: Any, tips: Mapping[str, str]) -> None:
    """Replace the DOT name that Graphviz made the title of a mark, which tells nobody anything."""
    name = group.find(f"{{{SVG}}}title")
    if name is not None:
        if name.text in tips:
            name.text = clean(tips[name.text])
        else:
            group.remove(name)


def _dark_style(roles: list[str]) -> str:
    rules = []
    for role in roles:
        dark = colour(role, "dark")
        rules.append(f".f-{role}>polygon,.f-{role}>path{{fill:{dark}}}")
        rules.append(
            f".s-{role}>polygon,.s-{role}>path{{stroke:{dark}}}.edge.s-{role}>polygon{{fill:{dark}}}"
        )
        rules.append(f".t-{role}>text{{fill:{dark}}}")
    return f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}"
