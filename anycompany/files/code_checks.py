"""Findings on folders of code: what tasks name and is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..storm.checks.finding import Check, Found, check, quoted
from ..storm.errors import StormError
from ..storm.model import Storm
from ..storm.tasks import single_tasks
from .code import read_code


def code_not_there(home: Path | None) -> Check:
    """The check that the folders of code which tasks name are there, below the folder of the storm's file.

    Parameters
    ----------
    home : the folder of the storm's file; None where it is not known: then nothing is found.
    """

    @check(
        "code-not-there",
        "warning",
        6,
        title="A folder of code that a task names is there, and can be called",
        why="Until it is there the task is a placeholder: what is deployed succeeds, and does nothing.",
        remedy="Put index.py with `def handler(event, context):` into that folder, beside the storm's file.",
        source="The file format: run",
    )
    def find(storm: Storm) -> Iterator[Found]:
        """Folders below the storm's that tasks name, and that hold nothing to run."""
        for key, policy in storm.policies.items() if home else ():
            for task in single_tasks(policy.does):
                if task.run is None or task.run.startswith("arn:"):
                    continue
                place, run = (f"policies/{key}/does/{task.run}",), quoted(task.run, 100)
                try:
                    if home and read_code(home, task.run, f"policies/{key}") is None:
                        yield Found(place, f"{quoted(task.title)} runs {run}, and there is no such folder.")
                except StormError as error:
                    yield Found(place, f"{quoted(task.title)} runs {run}: {error.what}", error.remedy)

    return find
