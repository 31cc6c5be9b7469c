"""AnyCompany: the event-storming and architecture workbook.

``Storm`` is what a team says, ``open_storm`` and ``read_storm`` are for its file, ``synth`` makes the stacks;
each is loaded when first used.

>>> import anycompany
>>> list(anycompany.Storm(name="Hotel").add_event("Room Booked").events)
['room-booked']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .files import open_storm as open_storm, read_storm as read_storm
    from .stacks.synth import synth as synth
    from .storm.errors import StormError as StormError
    from .storm.model import Storm as Storm

_HOMES = {
    "Storm": ".storm.model",
    "StormError": ".storm.errors",
    "open_storm": ".files",
    "read_storm": ".files",
    "synth": ".stacks.synth",
}

__all__ = ["Storm", "StormError", "open_storm", "read_storm", "synth"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
