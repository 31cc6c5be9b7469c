"""Where a storm lives: the file, and beside it its log, its lock and the draft of the next save."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StormPaths:
    """The files of one storm; all but ``shown`` are those that symbolic links lead to."""

    shown: Path
    storm: Path
    log: Path
    lock: Path
    draft: Path


def paths_of(path: str | Path) -> StormPaths:
    """The files of the storm at a path.

    >>> paths = paths_of("hotel.storm.yaml")
    >>> paths.log.name, paths.lock.name
    ('hotel.storm.log.jsonl', '.hotel.storm.lock')
    """
    shown = Path(path).expanduser()
    storm = shown.resolve()
    stem = storm.name.removesuffix(".yaml").removesuffix(".yml")
    return StormPaths(
        shown,
        storm,
        storm.with_name(f"{stem}.log.jsonl"),
        storm.with_name(f".{stem}.lock"),
        storm.with_name(f".{storm.name}.draft"),
    )
