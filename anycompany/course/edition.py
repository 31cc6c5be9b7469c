"""The learner edition: a folder that Binder opens, with everything in it but what gives an answer away.

It is a repository of its own: the notebooks, the data and the package they run on, all without the worked
solutions and the references, so that these cannot be looked up there. The checks stay: they judge by rules.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from ..storm.errors import StormError

MARK = "learner-edition.md"
"""The file beside the notebooks that says so: an installed package that has the solutions then keeps them."""

SAYS = """# Learner edition

These notebooks come without worked solutions and reference storms: `page.solution(…)` says so. Hints and
checks are all here. Your progress is kept in `course.progress.json` beside this file, and sent nowhere.

Begin with `00_start_here.ipynb`.
"""

_ROOM = Path(__file__).parent.parent
_PROJECT = (_ROOM / "workbook" / "project", _ROOM.parent)
_PROJECT_FILES = ("pyproject.toml", "environment.yml", "LICENSE")
_LEFT_OUT = ("__pycache__", ".ipynb_checkpoints", "*.pyc", ".*.lock", ".*.draft")
_README = """# AnyCompany, learner edition

A course in EventBridge Storming: begin with `notebooks/00_start_here.ipynb`.

- On Binder: put this folder into a public repository, and open
  `https://mybinder.org/v2/gh/OWNER/REPOSITORY/HEAD?labpath=notebooks/00_start_here.ipynb`. Binder reads
  `environment.yml`.
- On your machine: `conda env create -f environment.yml && conda activate anycompany`, or
  `pip install ".[local]"`; then `jupyter lab`.
"""


def gives_an_answer(path: Path) -> bool:
    """Whether a file or folder of the course's data is, or tells, an answer.

    >>> [gives_an_answer(Path(one)) for one in ("solutions", "reference.storm.yaml", "brief.md")]
    [True, True, False]
    """
    name = path.name.lower()
    return name.startswith(("solution", "reference", "mended", "answer"))


def is_learner_edition(notebooks: Path) -> bool:
    """Whether a folder of notebooks, or the folder above them, says that it is of a learner edition."""
    return any((folder / MARK).is_file() for folder in (notebooks, notebooks / "notebooks"))


def refuse_in_learner_edition(notebooks: Path) -> None:
    """Make sure that a folder of notebooks is not of a learner edition.

    Raises ``StormError`` if it is.
    """
    if is_learner_edition(notebooks):
        raise StormError(
            "This is a learner edition: it comes without the worked solutions.",
            str(notebooks),
            "Ask your instructor, or take the hints.",
        )


def lay_out_learner_edition(folder: Path, notebooks: Path, data: Path) -> Path:
    """Make the learner edition.

    Parameters
    ----------
    folder : where to; it may exist if it is empty.
    notebooks, data : the folders to take them from.

    Raises
    ------
    StormError
        if there is anything already, or something cannot be read or written; what was begun is removed again.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StormError(
            "There is something already.", str(folder), "Choose another name, or empty that folder first."
        )
    if _ROOM in (folder, *folder.parents):
        raise StormError("This is inside of the package itself.", str(folder), "Choose another place.")
    made = not folder.exists()
    try:
        _copy_all(folder, notebooks, data)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        if not made:
            folder.mkdir(exist_ok=True)
        raise StormError(
            f"The folder cannot be made: {error.strerror or error}.",
            str(folder),
            "Choose another place or name.",
        ) from error
    return folder


def _copy_all(folder: Path, notebooks: Path, data: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in _PROJECT_FILES:
        found = next((home / name for home in _PROJECT if (home / name).is_file()), None)
        if found is None:
            raise FileNotFoundError(2, "The package was built without it", name)
        shutil.copyfile(found, folder / name)
    shutil.copytree(notebooks, folder / "notebooks", ignore=_only_shipped)
    shutil.copytree(data, folder / "data", ignore=_without_answers(data))
    shutil.copytree(_ROOM, folder / "anycompany", ignore=_without_data)
    (folder / "README.md").write_text(_README, "utf-8")
    (folder / "CHANGELOG.md").write_text(
        "# Changelog\n\nSee the project that this edition was made from.\n", "utf-8"
    )
    (folder / "notebooks" / MARK).write_text(SAYS, "utf-8")


def _only_shipped(where: str, names: list[str]) -> set[str]:
    """Of the notebooks' folder only the notebooks: nobody's progress and nobody's practice."""
    return {name for name in names if not name.endswith(".ipynb")}


def _without_answers(data: Path) -> Callable[[str, list[str]], set[str]]:
    def left_out(where: str, names: list[str]) -> set[str]:
        of_the_course = Path(where, "x").relative_to(data).parts[0] == "course"
        kept = [name for name in names if not name.endswith((".log.jsonl", ".lock", ".draft"))]
        return set(names) - {name for name in kept if not (of_the_course and gives_an_answer(Path(name)))}

    return left_out


def _without_data(where: str, names: list[str]) -> set[str]:
    left_out = set(shutil.ignore_patterns(*_LEFT_OUT)(where, names))
    here = Path(where).relative_to(_ROOM)
    if here == Path("workbook"):
        left_out |= {"notebooks", "data", "project"} & set(names)
    if here == Path("board"):
        left_out |= {"source"} & set(names)
    return left_out
