"""Honeycombs: where the cells of a beehive stand, packed around a middle."""

from __future__ import annotations

import math
from functools import cache

from .canvas import Point

_MIDDLE = (0.5, 0.25)
"""Between a cell, its right and its lower neighbour: two cells lie side by side, three in a triangle."""

_FLATNESS = 1.4
"""How much farther up and down counts than left and right, so that combs are wider than high."""


_COLUMNS = range(-4, 6)
"""No comb is wider than these columns, so that the largest still fits a page."""


@cache
def hive(cells: int, across: float) -> tuple[tuple[Point, ...], float, float]:
    """The top left corners of so many cells, in reading order, and the width and height of them all.

    Parameters
    ----------
    cells : how many, 1 or more.
    across : from one cell's left to the next cell's left.

    >>> [(round(x), round(y)) for x, y in hive(3, 100)[0]]
    [(0, 0), (100, 0), (50, 87)]
    """
    reach = math.isqrt(cells) + cells // len(_COLUMNS) + 1
    row_height = across * math.sqrt(3) / 2
    around = [
        (column + row % 2 / 2, row * row_height / across)
        for row in range(-reach, reach + 1)
        for column in _COLUMNS
    ]
    chosen = sorted(around, key=_from_the_middle)[:cells]
    left, top = min(x for x, _ in chosen), min(y for _, y in chosen)
    corners = [((x - left) * across, (y - top) * across) for x, y in chosen]
    width = max(x for x, _ in corners) + across
    height = max(y for _, y in corners) + cell_height(across)
    return tuple(sorted(corners, key=lambda corner: (round(corner[1]), corner[0]))), width, height


def _from_the_middle(point: Point) -> tuple[float, Point]:
    across, down = point[0] - _MIDDLE[0], point[1] - _MIDDLE[1]
    return round(math.hypot(across, _FLATNESS * down), 6), point


def cell_height(across: float) -> float:
    """How high a cell of this width is, standing on its tip."""
    return across * 2 / math.sqrt(3)
