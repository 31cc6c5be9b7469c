"""Executing the notebooks for real, by papermill as teams do, or all of them in one kernel."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from anycompany.storm.model import Storm

from ..storms import ROOT

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LONGEST_CELL_SECONDS = 120


def execute(path: Path, output: Path, **parameters: Any) -> nbformat.NotebookNode:
    """Execute one notebook with papermill; raises papermill's error when a cell fails."""
    import papermill

    return papermill.execute_notebook(
        str(path),
        str(output),
        parameters,
        kernel_name="python3",
        progress_bar=False,
        cwd=str(path.parent),
        execution_timeout=LONGEST_CELL_SECONDS,
    )


def execute_all_in_one_kernel(storm: Path, **parameters: Any) -> nbformat.NotebookNode:
    """Execute the cells of all notebooks one after the other in one kernel, which saves ten starts.

    Every notebook opens its own page, so that they know nothing of each other. Errors end nothing.
    """
    from nbclient import NotebookClient

    given = {"storm": str(storm), **parameters}
    cells = []
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "code":
                cell.metadata["notebook"] = path.stem
                cell.id = f"{path.stem}-{cell.id}"[:64]
                cells.append(cell)
                if "parameters" in cell.metadata.get("tags", []):
                    assigned = copy.deepcopy(cell)
                    assigned.id = f"{path.stem}-given"
                    assigned.source = "\n".join(f"{name} = {value!r}" for name, value in given.items())
                    cells.append(assigned)
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=LONGEST_CELL_SECONDS,
        allow_errors=True,
        resources={"metadata": {"path": str(FOLDER)}},
    )
    return client.execute()


def outputs_of(notebook: nbformat.NotebookNode) -> Iterator[tuple[str, nbformat.NotebookNode]]:
    """Every output with the id of its cell."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield cell.id, output


def errors_of(notebook: nbformat.NotebookNode) -> list[str]:
    """What went wrong, cell by cell."""
    return [
        f"{cell}: {output.ename}: {output.evalue}"
        for cell, output in outputs_of(notebook)
        if output.output_type == "error"
    ]


def shown(notebook: nbformat.NotebookNode) -> str:
    """All that the notebook says as text."""
    return "\n".join(output.data["text/plain"] for _, output in outputs_of(notebook) if "data" in output)


def written(storm: Storm, path: Path) -> Path:
    """A storm as a file."""
    from ruamel.yaml import YAML

    YAML(typ="safe").dump(storm.document(), path)
    return path
