"""A fault to find: a story, something flawed, where to look, hints, what a mended one has to do; all data."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from ...storm.errors import StormError
from ...storm.model import Storm
from ..asked import remedy_for
from ..shipped import course_data

FOLDER = "faults"
MARK = "x-fault"
"""The key by which a storm, or a template's Metadata, says of which fault it is."""


class Fault(BaseModel):
    """Something flawed, to be found and mended in any right way.

    Parameters
    ----------
    id : in kebab case; the name of its folder.
    title, story : what it is called, and what happened.
    step : the number of the notebook that it belongs to.
    look : where to look.
    hints : three, each giving more.
    why : what is to be learned from it.
    template : whether a template is flawed, and not a storm.
    keeps : the events that a mended storm still has.
    events : for events that have to be named anew, the names that they may fairly have.
    asks : what a mended one has to do, each checked by running it or by reading the design.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    title: str
    story: str
    step: Annotated[int, Field(ge=1, le=10)]
    look: list[str]
    hints: Annotated[list[str], Field(min_length=3, max_length=3)]
    why: str
    template: bool = False
    keeps: list[str] = []
    events: dict[str, list[str]] = {}
    asks: list[dict[str, Any]]

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return course_data(FOLDER, self.id)

    @property
    def flawed(self) -> Path:
        """The flawed storm or template."""
        return self.folder / ("flawed.template.yaml" if self.template else "flawed.storm.yaml")

    @property
    def named(self) -> str:
        """What its file is called in a learner's folder."""
        return "template.yaml" if self.template else f"{self.id}.storm.yaml"


def faults() -> tuple[Fault, ...]:
    """All faults, in the order of the steps that they belong to.

    >>> [fault.id for fault in faults()][:2]
    ['row-updated', 'busybody']
    """
    found = (_read(path.parent) for path in sorted(course_data(FOLDER).glob("*/fault.yaml")))
    return tuple(sorted(found, key=lambda fault: (fault.step, fault.id)))


def fault(named: object) -> Fault:
    """The fault of an id.

    Raises ``StormError`` where there is none.
    """
    known = {one.id: one for one in faults()}
    found = known.get(named) if isinstance(named, str) else None
    if found is None:
        raise StormError(
            f"There is no fault {str(named)[:80]!r}.", "faults", remedy_for(str(named)[:80], known)
        )
    return found


def flawed_storm(of: Fault) -> Storm:
    """The storm of a fault as it is before anybody mends it."""
    from ...files import read_storm

    return read_storm(of.flawed)


def lay_out_fault(of: Fault, folder: Path) -> Path:
    """Make a folder with the flawed storm or template and its story; gives the file to mend.

    Raises
    ------
    StormError
        if there is anything already, or the folder cannot be made.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StormError(
            "There is something already.", str(folder), "Choose another name, or empty that folder."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        to_mend = folder / of.named
        shutil.copyfile(of.flawed, to_mend)
        for other in sorted(of.folder.glob("published*")):
            shutil.copyfile(other, folder / f"{other.name.partition('.')[0]}.yaml")
        (folder / "story.md").write_text(story_of(of, to_mend.name), "utf-8")
    except OSError as error:
        raise StormError(
            f"The folder cannot be made: {error.strerror or error}.", str(folder), "Choose another place."
        ) from error
    return to_mend


def story_of(of: Fault, file: str) -> str:
    """The story of a fault in Markdown, and where to look."""
    look = "\n".join(f"- {one}" for one in of.look)
    return f"# {of.title}\n\n{of.story}\n\n## Where to look\n\n{look}\n\nMend `{file}`, in any right way.\n"


def _read(folder: Path) -> Fault:
    path = folder / "fault.yaml"
    return _fault(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _fault(path: Path, _changed: int) -> Fault:
    from ...files.prices import read_yaml

    return Fault.model_validate(read_yaml(path)).model_copy(update={"id": path.parent.name})
