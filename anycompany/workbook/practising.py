"""A small board to practise on: a storm of the learner's own, never that of a workshop."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..course.exercise import Exercise
from ..storm.errors import StormError
from ..storm.model import Storm
from .screen import somebody_looks_on


class Practice:
    """What somebody has done on the board of an exercise.

    Parameters
    ----------
    begins_with : the storm that the exercise begins with.
    path : its file; None where nobody looks on, and nothing is written.
    """

    def __init__(self, begins_with: Storm, path: Path | None) -> None:
        self._begins_with = begins_with
        self._path = path

    @property
    def storm(self) -> Storm:
        """The storm as it is on the board now.

        Raises ``StormError`` where its file cannot be read.
        """
        from ..files import read_storm

        return read_storm(self._path) if self._path else self._begins_with

    def __repr__(self) -> str:
        return f"<practice on {self._path.name}>" if self._path else "<practice that nobody looks at>"


def practice(exercise: Exercise, folder: Path) -> Practice:
    """Open the board of an exercise, on its own file in a folder; what was done on it before is still there.

    Raises ``StormError`` for an exercise that has no board, and where the file cannot be made.
    """
    from ..files import write_storm
    from ..files.resting import log_path

    if exercise.practice is None:
        raise StormError("This exercise has no board.", exercise.id, "Type the answer as the task shows it.")
    if not somebody_looks_on():
        return Practice(exercise.practice(), None)
    from .walls import wall

    path = folder / f"practice-{exercise.id}.storm.yaml"
    if not path.exists() and not log_path(path).exists():
        with suppress(FileExistsError):
            write_storm(path, exercise.practice())
    wall(path, exercise.step)
    return Practice(exercise.practice(), path)
