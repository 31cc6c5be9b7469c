"""Recorded events: read back against the design, or a first design proposed from them alone."""

from __future__ import annotations

from .against import check_recorded
from .recorded import Recorded, Unread
from .report import Example, LogFinding, LogReport

__all__ = ["Example", "LogFinding", "LogReport", "Recorded", "Unread", "check_recorded"]
