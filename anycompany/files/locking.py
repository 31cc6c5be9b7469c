"""The lock that whoever writes a storm holds: one process, and one thread of it, at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from .errors import StormFileError, refused_by_the_system
from .resting import lock_path

SECONDS_FOR_LOCK = 30.0
"""How long an edit waits for another process that is writing."""


class StormLock:
    """The lock of the storm at a path; whoever holds it may take it again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(
            lock_path(path), timeout=SECONDS_FOR_LOCK, poll_interval=0.005, thread_local=False
        )

    def __enter__(self) -> Self:
        try:
            self._lock.acquire()
        except Timeout:
            raise StormFileError(
                "Another process has been writing this storm for half a minute.",
                str(self.path),
                "End that process, and do it again.",
            ) from None
        except OSError as error:
            raise refused_by_the_system(self.path.parent, "Locking the storm", error) from None
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()
