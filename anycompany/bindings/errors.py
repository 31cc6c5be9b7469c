"""What can go wrong while typed code is generated."""

from __future__ import annotations

from ..storm.errors import StormError


class BindingsError(StormError):
    """Typed code that cannot be generated: a tool is missing, or it fails."""
