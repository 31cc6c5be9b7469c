"""A learner's progress: a small file beside the notebooks, written whole or not at all, never sent anywhere.

Whatever becomes of the file, nobody is kept from learning: one that cannot be read is put aside, and one that
cannot be written is done without.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from .verdict import State

FILE = "course.progress.json"
"""The file's name; it lies in the folder of the notebooks."""
FORMAT = 1
_LARGEST = 200_000
_SECONDS_FOR_LOCK = 2.0
_STATES: tuple[State, ...] = ("not attempted", "wrong", "right")


Of = Literal["exercises", "faults", "domains"]
"""What one can be how far with; each has its part of the file."""


@dataclass(frozen=True)
class Record:
    """How far somebody is with an exercise, a fault to find, or a domain to model.

    Parameters
    ----------
    state : the best that any attempt was.
    tries : how many attempts were checked until then.
    hints : how many of the hints were read.
    solved_for : whether the worked solution was looked at before an attempt was right.
    points : of a domain, the best score of all its steps, in hundredths.
    """

    state: State = "not attempted"
    tries: int = 0
    hints: int = 0
    solved_for: bool = False
    points: int = 0

    def after(self, state: State) -> Record:
        """The record after one more attempt; what was right once stays so."""
        if self.state == "right" or state == "not attempted":
            return self
        return replace(self, state=state, tries=self.tries + 1)


def read_progress(folder: Path, of: Of = "exercises") -> dict[str, Record]:
    """What the file in a folder says; empty where there is none, or none that can be read."""
    return _records_in(_content(folder / FILE), of)


def note_progress(
    folder: Path, named: str, change: Callable[[Record], Record], of: Of = "exercises"
) -> tuple[Record, bool]:
    """Change the record of one exercise, fault or domain, for every kernel that works in this folder.

    Parameters
    ----------
    folder : where the notebooks are.
    named : its id.
    change : makes the new record from the one there is.
    of : what it is.

    Returns the new record, and whether it is kept: a folder may be read-only, or full.
    """
    from filelock import FileLock, Timeout

    path = folder / FILE
    try:
        if not folder.is_dir():  # the lock would make it
            raise FileNotFoundError(folder)
        with FileLock(folder / f".{FILE}.lock", timeout=_SECONDS_FOR_LOCK):
            content = _content(path)
            records = _records_in(content, of)
            if content is None and path.exists():
                _put_aside(path)
            before = records.get(named, Record())
            after = change(before)
            if after != before:
                _write(path, content or {}, of, records | {named: after})
            return after, True
    except (OSError, Timeout, NotImplementedError):
        return change(read_progress(folder, of).get(named, Record())), False


def _content(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file; None where there is none."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and isinstance(content.get("exercises"), dict) else None


def _records_in(content: Mapping[str, Any] | None, of: Of) -> dict[str, Record]:
    said = content.get(of) if content else None
    if not isinstance(said, dict):
        return {}
    return {key: _record(value) for key, value in said.items() if isinstance(value, dict)}


def _record(said: Mapping[str, Any]) -> Record:
    state = said.get("state")
    return Record(
        state if state in _STATES else "not attempted",
        _count(said.get("tries")),
        min(_count(said.get("hints")), 3),
        said.get("solved_for") is True,
        min(_count(said.get("points")), 100),
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000 else 0


def _write(path: Path, content: Mapping[str, Any], of: Of, records: Mapping[str, Record]) -> None:
    """Write all of it to a draft that takes the file's place; what a newer version wrote beside it stays."""
    before = content.get(of)
    document = {
        "exercises": {},
        **content,
        "format": FORMAT,
        of: {
            **(before if isinstance(before, dict) else {}),
            **{key: _told(one, of) for key, one in sorted(records.items())},
        },
    }
    handle, draft = tempfile.mkstemp(prefix=f".{FILE}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=1, ensure_ascii=False)
            file.write("\n")
        Path(draft).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(draft).unlink()
        raise


def _told(record: Record, of: Of) -> dict[str, Any]:
    return {key: value for key, value in asdict(record).items() if key != "points" or of == "domains"}


def _put_aside(path: Path) -> None:
    """Keep a file that cannot be read under another name, so that nothing of it is lost."""
    names = (path.with_name(f"{FILE}.broken{number or ''}") for number in range(1000))
    path.replace(next(name for name in names if not name.exists()))
