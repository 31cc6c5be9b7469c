"""Where the shipped notebooks and data are, and the working copy that `anycompany new` lays out."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from anycompany.storm.errors import StormError

NOTEBOOKS = "notebooks"
SCHEMA = "storm.schema.json"
_BESIDE = ("find_the_fault.ipynb", "workshop.ipynb")
_ROOM = Path(__file__).parent
_PARAMETER = re.compile(r"""^(storm\s*(?::[^=\n]+)?=\s*)(?:"[^"\n]*"|'[^'\n]*')""", re.MULTILINE)


@dataclass(frozen=True)
class WorkingCopy:
    """A team's own folder: its storm and the notebooks that open it."""

    folder: Path
    storm: Path
    notebooks: Path


def shipped(what: str) -> Path:
    """The folder ``notebooks`` or ``data`` as shipped: inside the installed package, else beside it.

    Raises
    ------
    StormError
        if neither is there, as in a package that was built without them.
    """
    for folder in (_ROOM / what, _ROOM.parent.parent / what):
        if folder.is_dir():
            return folder
    raise StormError(
        f"The {what} of the workbook are missing.", str(_ROOM / what), "Install the package again."
    )


def notebook_files(folder: Path) -> tuple[Path, ...]:
    """The numbered notebooks of a folder in their order, and those beside them: faults, the workshop.

    Raises
    ------
    StormError
        if there is none.
    """
    found = (
        *sorted(folder.glob("[0-9][0-9]_*.ipynb")),
        *(path for name in _BESIDE for path in folder.glob(name)),
    )
    if not found:
        raise StormError(
            "There are no notebooks of the workbook here.", str(folder), "Make a copy: anycompany new NAME."
        )
    return found


def lay_out(folder: Path) -> WorkingCopy:
    """Make a folder with an empty storm of its name, the notebooks opening it, and the schema for editors.

    Parameters
    ----------
    folder : where to; its last part becomes the storm's name. It may exist if it is empty.

    Raises
    ------
    StormError
        if there is anything already, or the folder cannot be made; what was begun is removed again.
    """
    from anycompany.files import new_storm

    folder = folder.absolute()
    copy = WorkingCopy(folder, folder / f"{folder.name}.storm.yaml", folder / NOTEBOOKS)
    originals, schema = notebook_files(shipped(NOTEBOOKS)), shipped("data") / SCHEMA
    try:
        made = not folder.exists()
        if not made and (not folder.is_dir() or any(folder.iterdir())):
            raise StormError(
                "There is something already.", str(folder), "Choose another name, or empty that folder first."
            )
        with _removing_what_was_begun(folder, keep_folder=not made):
            copy.notebooks.mkdir(parents=True)
            for original in originals:
                text = opening(original.read_text("utf-8"), f"../{copy.storm.name}")
                (copy.notebooks / original.name).write_text(text, "utf-8")
            shutil.copyfile(schema, folder / SCHEMA)
            new_storm(copy.storm, folder.name)
    except OSError as error:
        raise StormError(
            f"The folder cannot be made: {error.strerror}.", str(folder), "Choose another place or name."
        ) from error
    return copy


def add_workshop(notebooks: Path, storm: Path) -> str:
    """See that a working copy has the workshop page, as one of an earlier version lacks it; gives its name.

    Parameters
    ----------
    notebooks : the folder of the copy's notebooks.
    storm : the storm that they open.
    """
    name = "workshop.ipynb"
    if not (notebooks / name).exists():
        text = (shipped(NOTEBOOKS) / name).read_text("utf-8")
        (notebooks / name).write_text(opening(text, f"../{storm.name}"), "utf-8")
    return name


@contextmanager
def _removing_what_was_begun(folder: Path, *, keep_folder: bool) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if keep_folder:
            folder.mkdir()
        raise


def opening(notebook: str, storm: str) -> str:
    """A notebook's JSON text whose parameter ``storm`` names this storm by default.

    Parameters
    ----------
    notebook : the text of an .ipynb file.
    storm : the path to put there, from the notebook's own folder.
    """
    document = json.loads(notebook)
    for cell in document["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            source = "".join(cell["source"])
            changed = _PARAMETER.sub(lambda found: found[1] + json.dumps(storm, ensure_ascii=False), source)
            cell["source"] = changed.splitlines(keepends=True)
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
