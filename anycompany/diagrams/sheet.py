"""What every diagram has: sticky notes with their kind on them, a heading, a legend, and a word when empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .canvas import MARGIN, STYLES, Canvas, Form, LineStyle, Point
from .lettering import LINE_HEIGHT, fit, text_width

TOP = 108.0
"""Where the picture begins, below the heading."""

WIDE = 1200.0
"""How wide a picture grows before it goes on in a new row: readable on a page and in a notebook."""

NOTE = (100.0, 70.0)
"""Width and height of an event's note."""

_SMALL = STYLES["small"][0]
_LINE = _SMALL * LINE_HEIGHT
_KINDS = {"external": "external system", "hotspot": "hot spot"}
_LOOKS: dict[str, tuple[str, str, str, Form]] = {
    "hotspot": ("hotspot", "hotspot", "paper-ink", "tilted"),
    "listener": ("card", "line", "ink", "round"),
    "workflow": ("card", "line", "ink", "round"),
}
"""Fill, border, ink and form of the notes that are not simply a sheet of coloured paper."""


class Swatch(NamedTuple):
    """A legend's entry for a note or another shape."""

    meaning: str
    fill: str
    stroke: str = ""
    form: Form = "box"
    dashed: bool = False


class Stroke(NamedTuple):
    """A legend's entry for a line."""

    meaning: str
    ink: str = "line"
    style: LineStyle = "solid"


def note(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    kind: str,
    name: str,
    caption: str | None = None,
    seen: int | None = None,
    *,
    detail: str = "",
    stroke: str = "",
    strong: bool = False,
    small: bool = False,
) -> str:
    """A sticky note by its top left corner, with its kind written on it; returns its DOT node.

    Parameters
    ----------
    kind : a role of ``palette.PAPER``, ``listener`` or ``workflow``.
    name : what is on the note; cut when it is too long, whole in the note's tip.
    caption : what is written above the name; the kind, if nothing is given.
    seen : how often it was seen running, with an overlay; None without one.
    detail : what is written small below the name, as far as there is room.
    stroke : the colour role of the border, where it is not that of the kind.
    strong : whether the note has a heavy border, as a pivotal event has.
    small : whether the name is written small, on a note that hangs on another.
    """
    faded = seen == 0
    fill, border, ink, form = _LOOKS.get(kind, (kind, kind, "paper-ink", "box"))
    if faded:
        fill, ink = "card", "ink"
    border = "ink" if strong else stroke or border
    weight = 2.2 if strong else 1.4 if faded or stroke else 1.0
    tip = f"{name}: {detail}" if detail else name
    node = canvas.shape(x, y, width, height, fill, border, form, faded, weight, tip)
    above = _KINDS.get(kind, kind) if caption is None else caption
    if faded:
        above = f"not seen · {above}" if above else "not seen"
    top = y + 3
    if above:
        top = canvas.write(x, top, width, fit(above, width - 8, _SMALL, 1), "small", ink)
    style = "strong" if small else "name"
    size = STYLES[style][0]
    room = y + height - 2 - top
    lines = fit(name, width - 8, size, max(1, int(room / (size * LINE_HEIGHT))))
    left_over = room - len(lines) * size * LINE_HEIGHT
    details = fit(detail, width - 8, _SMALL, int(left_over / _LINE)) if detail and left_over >= _LINE else []
    below = canvas.write(x, top + (left_over - len(details) * _LINE) / 2, width, lines, style, ink)
    if details:
        canvas.write(x, below, width, details, "small", ink)
    if seen:
        badge(canvas, x + width + 5, y - 8, f"✓ {seen}")
    return node


def note_height(name: str, width: float, most: int) -> float:
    """How high a small note must be for its kind and this name in at most so many lines."""
    size = STYLES["strong"][0]
    return 3 + _LINE + len(fit(name, width - 8, size, most)) * size * LINE_HEIGHT + 8


def badge(canvas: Canvas, right: float, y: float, words: str) -> None:
    """A small label on the corner of something, by its top right corner."""
    width = text_width(words, STYLES["strong"][0]) + 10
    canvas.shape(right - width, y, width, 17, "card", "ink", "round")
    canvas.write(right - width, y + 2, width, [words], "strong")


def write_on_line(canvas: Canvas, points: Sequence[Point], word: str) -> None:
    """Write a word in the middle of a curve, on the page's own ground."""
    start = (len(points) - 1) // 3 // 2 * 3
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[start : start + 4]
    x, y = (ax + 3 * bx + 3 * cx + dx) / 8, (ay + 3 * by + 3 * cy + dy) / 8
    size = STYLES["strong"][0]
    width, height = text_width(word, size) + 4, size * LINE_HEIGHT
    canvas.shape(x - width / 2, y - height / 2, width, height, "page", form="strip")
    canvas.write(x - width / 2, y - height / 2, width, [word], "strong")


def heading(canvas: Canvas, name: str, explanation: str) -> None:
    """The storm's name and one or two lines on what the picture shows, at the top of the sheet."""
    width = max(canvas.width, 620.0) - MARGIN
    size = STYLES["title"][0]
    below = canvas.write(MARGIN, 26, width, fit(name, width, size, 1), "title", align="l")
    canvas.write(MARGIN, below + 4, width, fit(explanation, width, STYLES["text"][0], 2), "text", "soft", "l")


def legend(canvas: Canvas, samples: Iterable[Swatch | Stroke]) -> None:
    """What the forms, lines and colours mean, in rows at the foot of the sheet."""
    x, y, right = MARGIN, canvas.height + 30, max(canvas.width, 620.0)
    for sample in samples:
        width = 28 + text_width(sample.meaning, _SMALL)
        if x > MARGIN and x + width > right:
            x, y = MARGIN, y + 24
        if isinstance(sample, Stroke):
            points = [(x, y + 8), (x + 6, y + 8), (x + 12, y + 8), (x + 22, y + 8)]
            canvas.line(points, ink=sample.ink, style=sample.style)
        else:
            canvas.shape(x + 3, y, 16, 16, *sample[1:])
        canvas.write(x + 28, y + 1, width - 28, [sample.meaning], "small", "soft", "l")
        x += width + 18


def band_title(canvas: Canvas, y: float, words: str) -> float:
    """A heading over a part of the picture; returns the y below it."""
    return canvas.write(MARGIN, y, WIDE, fit(words, WIDE, STYLES["label"][0], 1), "label", align="l") + 10


def nothing_yet(canvas: Canvas, what: str, remedy: str) -> list[str]:
    """The picture of a storm that has nothing to show here yet: what is missing and what to do about it."""
    for number in range(3):
        canvas.shape(MARGIN + number * 116, TOP + 8, *NOTE, "card", "frame", dashed=True)
    canvas.write(MARGIN, TOP + 100, 620 - MARGIN, fit(what, 580, 14, 2), "label", align="l")
    canvas.write(MARGIN, TOP + 124, 620 - MARGIN, fit(remedy, 580, 12.5, 3), "text", "soft", "l")
    return [what, remedy]


def spread(targets: Sequence[float], pitch: float, left: float, right: float) -> list[float]:
    """Positions at least ``pitch`` apart, between ``left`` and ``right``, as near to their targets as can be.

    The targets are in ascending order, and the positions keep it. Least squares by pooling neighbours that
    want the same place; where the room is too small, the last ones stand beyond ``right``.

    >>> spread([10, 10, 50], 10, 0, 100)
    [5.0, 15.0, 50.0]
    """
    pools: list[tuple[float, int]] = []
    for place, target in enumerate(targets):
        pools.append((target - place * pitch, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (last, last_size), (previous, size) = pools.pop(), pools.pop()
            pools.append(((last * last_size + previous * size) / (last_size + size), last_size + size))
    last_start = max(left, right - (len(targets) - 1) * pitch)
    starts = [min(max(middle, left), last_start) for middle, size in pools for _ in range(size)]
    return [float(start + place * pitch) for place, start in enumerate(starts)]


def in_rows(sizes: Sequence[tuple[float, float]], width: float, gap: float) -> list[tuple[float, float]]:
    """Top left corners of boxes set one after the other, like words in lines of this width."""
    corners: list[tuple[float, float]] = []
    x = y = tallest = 0.0
    for across, down in sizes:
        if x and x + across > width:
            x, y, tallest = 0.0, y + tallest + gap, 0.0
        corners.append((x, y))
        x += across + gap
        tallest = max(tallest, down)
    return corners
