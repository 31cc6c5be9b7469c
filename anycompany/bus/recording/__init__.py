"""Recorded events: read back against the design, or a first design proposed from them alone."""

from __future__ import annotations

from .recorded import Recorded, Unread

__all__ = ["Recorded", "Unread"]
