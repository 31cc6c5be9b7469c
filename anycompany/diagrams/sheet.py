"""What every diagram has: notes with their kind on them, a heading, a legend, and a word when it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .canvas import MARGIN, STYLES, Box, Canvas, Form, LineStyle, Point
from .lettering import LINE_HEIGHT, fit, text_width

TOP = 104.0
"""Where the picture begins, below the heading."""

WIDE = 1200.0
"""How wide a picture grows before it goes on in a new row: readable on a page and in a notebook."""

NOTE = (100.0, 70.0)
"""Width and height of an event's note."""

SMALL = STYLES["small"][0]
LINE = SMALL * LINE_HEIGHT
"""Size of small writing, and the height of a line of it."""

SEEN = "#seen"
"""What the name of a part ends in that says how often the thing was seen."""

_NARROWEST = 620.0
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
    box: Box,
    kind: str,
    name: str,
    caption: str | None = None,
    *,
    thing: str = "",
    seen: int | None = None,
    order: int | None = None,
    detail: str = "",
    stroke: str = "",
    strong: bool = False,
    small: bool = False,
) -> str:
    """A sticky note with its kind written on it; returns its DOT node.

    Parameters
    ----------
    kind : a role of ``palette.PAPER``, ``listener`` or ``workflow``.
    name : what is on the note; cut when it is too long, whole in the note's tip.
    caption : what is written above the name; the kind, if nothing is given.
    thing : its name among the canvas's parts, where it is to be found again.
    seen : how often it was seen running, with an overlay; None without one.
    order : as which one it happened, where that is known.
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
    with canvas.part(thing, box):
        node = canvas.shape(box, fill, border, form=form, dashed=faded, weight=weight, tip=tip)
        above = _KINDS.get(kind, kind) if caption is None else caption
        if faded:
            above = f"not seen · {kind}" if above else "not seen"
        top, room = box.y + 3, box.width - 6
        if above:
            top = canvas.write((box.x, top), box.width, fit(above, room, SMALL, 1), "small", ink)
        style = "strong" if small else "name"
        size = STYLES[style][0]
        height = box.bottom - 2 - top
        lines = fit(name, room, size, max(1, int(height / (size * LINE_HEIGHT))))
        left_over = height - len(lines) * size * LINE_HEIGHT
        details = fit(detail, room, SMALL, int(left_over / LINE)) if detail and left_over >= LINE else []
        name_top = top + (left_over - len(details) * LINE) / 2
        below = canvas.write((box.x, name_top), box.width, lines, style, ink)
        if details:
            canvas.write((box.x, below), box.width, details, "small", ink)
        if order is not None:
            ordinal(canvas, (box.x - 6, box.y - 12), order)
    if seen:
        badge(canvas, (box.right + 6, box.y - 12), seen, thing)
    return node


def badge(canvas: Canvas, corner: Point, seen: int, thing: str) -> None:
    """How often a thing was seen, on the corner of its note, by its top right corner."""
    words, width = f"✓ {seen:,}", badge_width(seen)
    box = Box(corner[0] - width, corner[1], width, 17)
    with canvas.part(f"{thing}{SEEN}" if thing else "", box):
        canvas.shape(box, "card", "ink", form="round")
        canvas.write((box.x, box.y + 2), width, [words], "strong")


def badge_width(seen: int) -> float:
    """How wide the badge of a count is."""
    return text_width(f"✓ {seen:,}", SMALL) + 10


def ordinal(canvas: Canvas, corner: Point, order: int) -> None:
    """As which one a thing happened, by the top left corner."""
    words = str(order)
    box = Box(*corner, max(17, text_width(words, SMALL) + 10), 17)
    canvas.shape(box, "ink", form="round")
    canvas.write((box.x, box.y + 2), box.width, [words], "strong", "page")


def note_height(name: str, width: float, most: int) -> float:
    """How high a small note must be for its kind and this name in at most so many lines."""
    size = STYLES["strong"][0]
    return 3 + LINE + len(fit(name, width - 6, size, most)) * size * LINE_HEIGHT + 8


def write_on_line(canvas: Canvas, points: Sequence[Point], word: str) -> None:
    """Write a word in the middle of a curve, on the page's own ground."""
    start = (len(points) - 1) // 3 // 2 * 3
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[start : start + 4]
    x, y = (ax + 3 * bx + 3 * cx + dx) / 8, (ay + 3 * by + 3 * cy + dy) / 8
    width = text_width(word, SMALL) + 4
    box = Box(x - width / 2, y - LINE / 2, width, LINE)
    canvas.shape(box, "page", form="strip")
    canvas.write((box.x, box.y), width, [word], "strong")


def heading(canvas: Canvas, name: str, explanation: str) -> None:
    """The storm's name and one or two lines on what the picture shows, at the top of the sheet."""
    width = max(canvas.width, _NARROWEST) - MARGIN
    below = canvas.write((MARGIN, 26), width, fit(name, width, STYLES["title"][0], 1), "title", align="l")
    lines = fit(explanation, width, STYLES["text"][0], 2)
    canvas.write((MARGIN, below + 4), width, lines, "text", "soft", align="l")


def legend(canvas: Canvas, samples: Iterable[Swatch | Stroke]) -> None:
    """What the forms, lines and colours mean, in rows at the foot of the sheet."""
    x, y, right = MARGIN, canvas.height + 30, max(canvas.width, _NARROWEST)
    for sample in samples:
        width = 28 + text_width(sample.meaning, SMALL)
        if x > MARGIN and x + width > right:
            x, y = MARGIN, y + 24
        if isinstance(sample, Stroke):
            points = [(x, y + 8), (x + 6, y + 8), (x + 12, y + 8), (x + 22, y + 8)]
            canvas.line(points, sample.ink, sample.style)
        else:
            box = Box(x + 3, y, 16, 16)
            canvas.shape(box, sample.fill, sample.stroke, form=sample.form, dashed=sample.dashed)
        canvas.write((x + 28, y + 1), width - 28, [sample.meaning], "small", "soft", align="l")
        x += width + 18


def band_title(canvas: Canvas, y: float, words: str) -> float:
    """A heading over a part of the picture; returns the y below it."""
    lines = fit(words, _NARROWEST - MARGIN, STYLES["label"][0], 1)
    return canvas.write((MARGIN, y), _NARROWEST - MARGIN, lines, "label", align="l") + 10


def remark(canvas: Canvas, words: str) -> None:
    """A sentence below the picture, on what it leaves out."""
    width = max(canvas.width, _NARROWEST) - MARGIN
    lines = fit(words, width, STYLES["text"][0], 2)
    canvas.write((MARGIN, canvas.height + 16), width, lines, "text", align="l")


def nothing_yet(canvas: Canvas, what: str, remedy: str) -> list[str]:
    """The picture of a storm that has nothing to show here yet: what is missing and what to do about it."""
    for number in range(3):
        canvas.shape(Box(MARGIN + number * 116, TOP + 8, *NOTE), "card", "frame", dashed=True)
    width = _NARROWEST - MARGIN
    below = canvas.write((MARGIN, TOP + 98), width, fit(what, width, 14, 2), "label", align="l")
    canvas.write((MARGIN, below + 6), width, fit(remedy, width, 12.5, 3), "text", "soft", align="l")
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


def in_rows(sizes: Sequence[tuple[float, float]], corner: Point, gap: float) -> list[Box]:
    """Boxes of these sizes one after the other from ``corner``, like words in lines of ``WIDE`` pixels."""
    boxes: list[Box] = []
    x, y = corner
    tallest = 0.0
    for width, height in sizes:
        if x > corner[0] and x + width > corner[0] + WIDE:
            x, y, tallest = corner[0], y + tallest + gap, 0.0
        boxes.append(Box(x, y, width, height))
        x += width + gap
        tallest = max(tallest, height)
    return boxes
