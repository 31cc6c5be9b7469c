"""The flow: whenever an event has happened, a policy does its work and emits the next ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..storm.model import Storm
from .canvas import MARGIN, STYLES, Canvas, LineStyle
from .engine import Graph, Placed, arrange
from .lettering import LINE_HEIGHT, fit, in_sentence, listing, text_width
from .seen import Seen
from .sheet import NOTE, TOP, WIDE, Stroke, Swatch, band_title, in_rows, legend, note, nothing_yet

_EVENT = (104.0, 64.0)
_POLICY = (132.0, 78.0)
_LISTENER = (132.0, 52.0)
_GAP = 40.0
_FAILS = "if it fails"


class _Link(NamedTuple):
    """One arrow: from what, to what, and how it is drawn."""

    tail: str
    head: str
    style: LineStyle
