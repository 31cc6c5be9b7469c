"""Reading drawn diagrams, and a storm large enough to fill them."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from anycompany.diagrams import Diagram
from anycompany.storm.model import Storm

SVG = "{http://www.w3.org/2000/svg}"
SAFE_ELEMENTS = {
    f"{SVG}{tag}" for tag in ("svg", "g", "title", "desc", "style", "path", "polygon", "text", "ellipse")
}
MOVING: dict[str, set[str | None]] = {
    f"{SVG}animate": {"opacity", "stroke-dashoffset"},
    f"{SVG}animateMotion": {None},
}
"""What makes things move, and which of their attributes may change."""


def parsed(diagram: Diagram) -> ET.Element:
    """The root of a diagram's SVG."""
    return ET.fromstring(diagram.svg)


def lettering(diagram: Diagram) -> str:
    """Everything that is written on a diagram, joined by spaces."""
    return " ".join(words.text or "" for words in parsed(diagram).iter(f"{SVG}text"))


def tips(diagram: Diagram) -> set[str]:
    """Everything that is read when the pointer rests on a mark."""
    return {title.text or "" for title in parsed(diagram).iter(f"{SVG}title")}


def size(diagram: Diagram) -> tuple[float, float]:
    """Width and height in pixels."""
    root = parsed(diagram)
    return float(root.attrib["width"]), float(root.attrib["height"])


def assert_harmless(diagram: Diagram) -> None:
    """Whatever people typed, the picture is well-formed and only shows things."""
    root = parsed(diagram)
    for element in root.iter():
        assert element.tag in SAFE_ELEMENTS or element.attrib.get("attributeName") in MOVING[str(element.tag)]
        for name in element.attrib:
            assert "href" not in name.lower()
            assert not name.lower().startswith("on")
    [style] = root.iter(f"{SVG}style")
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")
    for node in re.findall(r"^\s*(\S+) \[", diagram.dot, re.M):
        assert re.fullmatch(r"n\d+|nowhere|node|edge|graph", node)


def large_storm(events: int, contexts: int) -> Storm:
    """A storm of chains of six events in turn through the contexts, each step a policy that can fail."""
    names = {
        f"e{number}": {"name": f"Thing {number // 6} Step {number % 6} Taken"} for number in range(events)
    }
    keys = list(names)
    timeline: list[Any] = []
    for start in range(0, events, 6):
        chain = keys[start : start + 6]
        timeline += [*chain[:-2], {"or": chain[-2:]}] if len(chain) > 2 else chain
    policies = {}
    for start in range(0, events - 5, 6):
        for step in range(4):
            here = start + step
            policies[f"p{here}"] = {"when": [keys[here]], "does": ["Do the work"], "emits": [keys[here + 1]]}
        policies[f"p{start + 3}"]["fails"] = [keys[start + 5]]
    entities = {f"thing-{start // 6}": keys[start : start + 6] for start in range(0, events, 6)}
    homes = {f"c{number}": {"entities": list(entities)[number::contexts]} for number in range(contexts)}
    for start in range(6, events - 5, 6):
        policies[f"p{start}"]["when"].append(keys[start - 1])
    return Storm.model_validate(
        {
            "name": f"Large {events}",
            "events": names,
            "timeline": timeline,
            "policies": policies,
            "entities": entities,
            "contexts": homes,
            "services": {f"s{number}": {"context": f"c{number}"} for number in range(contexts)},
            "triggers": {keys[0]: {"actor": "Somebody", "command": "Begin"}},
            "listeners": {"audit": {"for": "Audit", "hears": "all"}, "few": {"hears": keys[:3]}},
        }
    )
