"""A workshop goes on after the kernel that hosts it was restarted, without a cell being run."""

from __future__ import annotations

from ..board import revive
from .hosting import host


def listen() -> None:
    """Take boards in that come back, and let guests in again for those that steer; see ``board.revive``."""
    revive.listen(host)
