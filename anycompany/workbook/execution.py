"""One notebook executed by papermill: its failure is named by cell and line."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from anycompany.storm.errors import StormError

LONGEST_CELL_SECONDS = 3600
"""How long one cell may take: deploying to an account takes minutes, a cell that hangs has to end."""

STARTS = 2
"""How often a kernel is started that dies before its first cell: its ports may be taken while it starts."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Notebook:
    """A notebook to execute: the parameters it declares, how many cells it has, and where values are put."""

    path: Path
    parameters: frozenset[str]
    cells: int
    values_after: int

    @property
    def name(self) -> str:
        """Its file name without the ending."""
        return self.path.stem


@dataclass(frozen=True)
class Failure:
    """Where and why a notebook stopped; ``cell`` as counted in the original notebook, from 1."""

    cell: int
    line: str

    def __str__(self) -> str:
        return f"cell {self.cell}: {self.line}"


def inspected(path: Path) -> Notebook:
    """A notebook with the parameters that its cell tagged ``parameters`` declares.

    Raises
    ------
    StormError
        if it cannot be read as a notebook.
    """
    import nbformat
    import papermill

    try:
        node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        declared = papermill.inspect_notebook(node)
    except (OSError, ValueError, nbformat.ValidationError, papermill.PapermillException) as error:
        raise StormError(
            f"This is no notebook that can be run: {_first_line(str(error))}", str(path), "Restore it."
        ) from error
    tagged = [i for i, cell in enumerate(node.cells) if "parameters" in cell.metadata.get("tags", [])]
    return Notebook(path, frozenset(declared), len(node.cells), tagged[0] + 1 if tagged else 0)


def execute(
    notebook: Notebook, output: Path, values: Mapping[str, Any], on_cell: Callable[[int], None]
) -> Failure | None:
    """Execute a notebook in its own folder and write the executed one; None if it ran to its end.

    Widget state is not stored. The kernel is killed at the end instead of being asked to leave, which would
    take a third of a second: what a cell did to a storm is in the storm's log by then.

    Parameters
    ----------
    notebook : as :func:`inspected`.
    output : the file to write, with whatever stopped the notebook in it too.
    values : for parameters that it declares.
    on_cell : is told, before each cell, how many came before it.
    """
    for _ in range(STARTS - 1):
        failure, begun = _execute_once(notebook, output, values, on_cell)
        if failure is None or begun is not None:
            return failure
    return _execute_once(notebook, output, values, on_cell)[0]


def _execute_once(
    notebook: Notebook, output: Path, values: Mapping[str, Any], on_cell: Callable[[int], None]
) -> tuple[Failure | None, int | None]:
    """What stopped the notebook, and the cell that had begun last; None if the kernel never got so far."""
    import papermill
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)  # it warns of versions of black that it cannot use
    begun: int | None = None

    def began(index: int) -> None:
        nonlocal begun
        begun = index
        on_cell(index)

    try:
        papermill.execute_notebook(
            _no_pattern(notebook.path),
            _no_pattern(output),
            dict(values),
            engine_name=_engine(),
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution_timeout=LONGEST_CELL_SECONDS,
            store_widget_state=False,
            shutdown_kernel="immediate",
            resources={"metadata": {"path": str(notebook.path.parent)}},
            config=Config({"KernelManager": {"transport_encryption": "auto"}}),
            output=output,
            began=began,
        )
    except papermill.PapermillExecutionError as error:
        return Failure(_original(notebook, values, error.cell_index), _said(error.ename, error.evalue)), begun
    except Exception as error:  # a kernel that dies or hangs raises what nbclient, zmq or asyncio have for it
        said = _said(type(error).__name__, str(error))
        return Failure(_original(notebook, values, begun or 0), said), begun
    return None, begun


@cache
def _engine() -> str:
    """The name under which papermill finds our engine: its own, but telling of cells, and saving always."""
    import nbformat
    from papermill.engines import NBClientEngine, papermill_engines

    class Engine(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(
            cls, nb_man: Any, kernel_name: str, *, output: Path, began: Callable[[int], None], **options: Any
        ) -> None:
            start = nb_man.cell_start

            def cell_start(cell: Any, cell_index: int) -> None:
                began(cell_index)
                start(cell, cell_index)

            nb_man.cell_start = cell_start
            try:
                super().execute_managed_notebook(nb_man, kernel_name, **options)
            except Exception:
                nbformat.write(nb_man.nb, output)  # type: ignore[no-untyped-call]
                raise

    papermill_engines.register("anycompany", Engine)
    return "anycompany"


def _no_pattern(path: Path) -> str:
    """A path in which papermill finds no ``{placeholder}``."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _original(notebook: Notebook, values: Mapping[str, Any], index: int) -> int:
    """The number, in the original notebook, of a cell of the executed one, which may have one with values."""
    return index if values and index >= notebook.values_after else index + 1


def _said(kind: str, message: str) -> str:
    line = _first_line(message)
    return line if kind == "PageError" else f"{kind}: {line}" if line else kind


def _first_line(text: str) -> str:
    lines = (line.strip() for line in _COLOURS.sub("", text).splitlines())
    return next((line for line in lines if line), "")
