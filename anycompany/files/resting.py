"""Storm files that are not open: where their log is, reading them, making new ones."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..storm.model import Storm
from .errors import StormFileError
from .journal import Entry, Log
from .page import new_page
from .replaying import States
from .snapshot import read_snapshot, storm_in, write_snapshot


def log_path(path: Path) -> Path:
    """Where the log of a storm file is: ``NAME.storm.log.jsonl`` beside ``NAME.storm.yaml``."""
    return path.with_name(f"{_stem(path)}.log.jsonl")


def lock_path(path: Path) -> Path:
    """The file that writers of a storm lock: ``.NAME.storm.lock`` beside ``NAME.storm.yaml``."""
    return path.with_name(f".{_stem(path)}.lock")


def _stem(path: Path) -> str:
    return path.name.removesuffix(".yaml").removesuffix(".yml")


def nothing_there(path: Path) -> StormFileError:
    """What to say where there is neither a storm file with something in it nor a log."""
    missing = "There is nothing in the file." if path.exists() else "There is no such file."
    return StormFileError(missing, str(path), "`anycompany new NAME` makes a storm.")


def read_storm(path: str | os.PathLike[str]) -> Storm:
    """The storm that a file says, with all edits of its log; writes nothing.

    Raises ``StormFileError`` when there is neither file nor log, or they cannot be read.
    """
    real = Path(os.path.realpath(path))
    snapshot = read_snapshot(real)
    log = Log(log_path(real))
    log.read_on()
    if snapshot is None and not log.entries:
        raise nothing_there(real)
    return storm_in(snapshot, log.entries, States())[0]


def read_history(path: str | os.PathLike[str]) -> Sequence[Entry]:
    """Every edit in the log of a storm file, the first one first; none where there is no log. Writes nothing.

    Raises ``StormFileError`` when the log cannot be read.
    """
    log = Log(log_path(Path(os.path.realpath(path))))
    log.read_on()
    return log.entries


def new_storm(path: str | os.PathLike[str], name: str) -> Path:
    """Make a new storm file with nothing in it but a name; the path returned is that behind links.

    Raises ``StormFileError`` when there is a file or a log already, or the folder cannot be written.
    """
    real = Path(os.path.realpath(path))
    for existing in (real, log_path(real)):
        if existing.exists():
            raise StormFileError("There is a file already.", str(existing), "Choose another name.")
    return write_storm(real, Storm(name=name))


def write_storm(path: str | os.PathLike[str], storm: Storm) -> Path:
    """Write a storm as a new file, from which a log can begin; what was there is written over.

    Raises ``StormFileError`` when there is a log already, or the folder cannot be written.
    """
    real = Path(os.path.realpath(path))
    if log_path(real).exists():
        raise StormFileError("There is a log already.", str(log_path(real)), "Open the storm and edit it.")
    write_snapshot(real, new_page(storm).text, None)
    return real
