"""Motion inside an SVG, by SMIL, without a script: it also moves in an ``<img>`` of an untrusted notebook.

Everything repeats in one time; a picture that cannot move shows each thing as it is without its motion.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
FADE = 0.15
"""Seconds in which something comes or goes."""

_GONE = 0.004
_EASE = ".45 0 .55 1"


class Span(NamedTuple):
    """From when until when, in seconds."""

    start: float
    end: float


def seen_during(spans: Sequence[Span], whole: float, *, fade: float = FADE) -> ET.Element:
    """Shows what it is put into during the spans, which are in order, and hides it else.

    Parameters
    ----------
    whole : seconds until everything repeats; a span may last until then.
    fade : seconds that coming and going take, within the spans and after them.
    """
    times, values = [0.0], [0.0]
    for span in _joined(spans, 2 * fade):
        start, end = max(span.start, times[-1]), min(span.end, whole)
        times += [start, min(start + fade, whole)]
        values += [0.0, 1.0]
        if end < whole:
            times += [max(end, times[-1]), min(max(end, times[-1]) + fade, whole)]
            values += [1.0, 0.0]
    times.append(whole)
    values.append(values[-1])
    return _animate("opacity", times, values, whole)


def drawn_from(start: float, end: float, whole: float) -> ET.Element:
    """Draws a line from its beginning to its end; it needs ``pathLength`` and ``stroke-dasharray`` of 1."""
    return _animate("stroke-dashoffset", [0.0, start, end, whole], [1.0, 1.0, 0.0, 0.0], whole)


def travelling(path: str, hops: Sequence[Span], whole: float) -> ET.Element:
    """Moves what it is put into along a path in each of the spans, which are in order and do not overlap."""
    times, points = [0.0], [0.0]
    for hop in hops:
        times += [max(hop.start, times[-1]), max(hop.start, times[-1])]
        points += [points[-1], 0.0]
        times.append(max(hop.end, times[-1]))
        points.append(1.0)
    times.append(whole)
    points.append(points[-1])
    motion = ET.Element(f"{{{SVG}}}animateMotion", {"path": path, "calcMode": "spline", **_always(whole)})
    motion.set("keyTimes", _numbers([time / whole for time in times]))
    motion.set("keyPoints", _numbers(points))
    motion.set("keySplines", ";".join([_EASE] * (len(times) - 1)))
    return motion


def lanes(hops: Sequence[Span]) -> list[list[Span]]:
    """The spans in as few rows as can be, so that those of one row never overlap."""
    rows: list[list[Span]] = []
    for hop in sorted(hops):
        row = next((row for row in rows if row[-1].end + _GONE <= hop.start), None)
        if row is None:
            row = []
            rows.append(row)
        row.append(hop)
    return rows


def _joined(spans: Sequence[Span], gap: float) -> list[Span]:
    """The spans in order; those that touch, or nearly do, as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end + gap:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _animate(what: str, times: Sequence[float], values: Sequence[float], whole: float) -> ET.Element:
    animate = ET.Element(f"{{{SVG}}}animate", {"attributeName": what, **_always(whole)})
    animate.set("keyTimes", _numbers([time / whole for time in times]))
    animate.set("values", _numbers(values))
    return animate


def _always(whole: float) -> dict[str, str]:
    return {"dur": f"{whole:.2f}s", "repeatCount": "indefinite"}


def _numbers(numbers: Sequence[float]) -> str:
    return ";".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers)
