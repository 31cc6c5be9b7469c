"""The way into a workshop for people without Jupyter: codes, their line to the kernel, and their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .hosting import Hosting, host

__all__ = ["Hosting", "host"]


def __getattr__(name: str) -> Any:
    """Load the hosting when it is asked for: the server's half does without."""
    if name in __all__:
        from . import hosting

        return getattr(hosting, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
