"""Errors of workshops, with words for people."""

from __future__ import annotations

from ..storm.errors import StormError


class WorkshopError(StormError):
    """Something about a workshop's way in that cannot be done; nothing was changed."""
