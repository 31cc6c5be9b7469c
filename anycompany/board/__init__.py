"""The sticky-note board: many people on one storm file, in notebooks and browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .widget import Board

__all__ = ["Board"]


def __getattr__(name: str) -> Any:
    """Load the widget when it is asked for: the room works without one."""
    if name == "Board":
        from .widget import Board

        return Board
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
