"""Recorded events: read back against the design, or a first design proposed from them alone."""

from __future__ import annotations

from .against import check_recorded
from .observed import observe
from .proposing import proposal, proposed_storm
from .recorded import Recorded, Unread
from .report import Example, LogFinding, LogReport

__all__ = [
    "Example",
    "LogFinding",
    "LogReport",
    "Recorded",
    "Unread",
    "check_recorded",
    "observe",
    "proposal",
    "proposed_storm",
]
