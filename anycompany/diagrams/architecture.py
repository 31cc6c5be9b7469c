"""The architecture: one bus as a bar, workflows hanging below it in the services' lanes, listeners above it."""

from __future__ import annotations

from ..storm.model import Storm
from .bus_rows import UNORDERED, Row, rows_of_bus
from .canvas import MARGIN, Canvas
from .homes import hue_of_service
from .lanes import NO_SERVICE, draw_lanes, lanes_below
from .lettering import fit, in_sentence, listing
from .listening import draw_listeners, listeners_above
from .seen import Seen
from .sheet import TOP, Stroke, Swatch, legend, note, note_height, nothing_yet
from .triggers import origin

GUTTER = 126.0
"""Room at the left of every row for the names of the bus and of the services."""

_EVENT = (90.0, 60.0)
_GAP = 12.0
_FRAME = 7.0
_BAR_ABOVE, _BAR_BELOW = 26.0, 20.0
_CHANNEL = 62.0
_TRIGGER_WIDTH = 74.0
_BETWEEN_ROWS = 56.0
