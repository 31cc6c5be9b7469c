"""Who is on the same storm in other kernels of this computer: each notebook has a kernel of its own.

Rooms leave notes for each other in the platform's runtime directory. Where that cannot be written, people see
only those of their own kernel: nothing else depends on it.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

SECONDS_BETWEEN_LOOKS = 1.0
"""How often other rooms' notes are read."""

SECONDS_BETWEEN_NOTES = 4.0
"""How often one's own is written again though nothing in it has changed."""

SECONDS_UNTIL_STALE = 10.0
"""A note that was not written for so long is of a kernel that is gone."""

LARGEST = 100_000
"""Bytes of a note that is read."""


class Elsewhere:
    """The people that other rooms on a storm file have."""

    def __init__(self, storm: Path) -> None:
        self.people: list[dict[str, Any]] = []
        self._folder = _folder_for(storm)
        self._own = self._folder / f"{uuid.uuid4().hex[:12]}.json"
        self._looked = self._written = 0.0
        self._said: list[dict[str, Any]] = []
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def exchange(self, people: list[dict[str, Any]]) -> bool:
        """Leave word of one's own people and read the others', now and then; says whether those changed."""
        now = time.monotonic()
        if now - self._looked < SECONDS_BETWEEN_LOOKS:
            return False
        self._looked = now
        before = self.people
        said = [{key: one.get(key) for key in ("person", "tab", "name", "step")} for one in people]
        with suppress(OSError):
            if said != self._said or (said and now - self._written > SECONDS_BETWEEN_NOTES):
                self._write(said)
                self._said, self._written = said, now
            self.people = self._read()
        return self.people != before

    def close(self) -> None:
        """Take one's own note away."""
        with suppress(OSError):
            self._own.unlink(missing_ok=True)

    def _write(self, people: list[dict[str, Any]]) -> None:
        draft = self._own.with_suffix(".draft")
        draft.write_text(json.dumps(people))
        draft.replace(self._own)

    def _read(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for note in sorted(self._folder.glob("*.json")):
            with suppress(OSError, ValueError):
                state = note.stat()
                if time.time() - state.st_mtime > SECONDS_UNTIL_STALE:
                    note.unlink()
                elif note != self._own and state.st_size < LARGEST:
                    found += [one for one in json.loads(note.read_text()) if isinstance(one, dict)]
        return found


def _folder_for(storm: Path) -> Path:
    import platformdirs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a system without a runtime directory gets one in its temporary one
        home = Path(os.environ.get("ANYCOMPANY_HOME") or platformdirs.user_runtime_path("anycompany"))
    return home / "people" / hashlib.sha256(os.fsencode(storm)).hexdigest()[:16]
