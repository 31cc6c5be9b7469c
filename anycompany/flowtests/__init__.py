"""Flows as tests: pytest runs them against the simulation or, unchanged, against what is deployed."""

from __future__ import annotations

from .declaring import flow
from .then import Then

__all__ = ["Then", "flow"]
