"""Parameters that were given to a notebook and that it does not have: papermill only warns of them."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from pathlib import Path

from ..storm.errors import StormError

INJECTED = "# Parameters"
"""How the cell begins that papermill puts behind a notebook's own parameters."""


def refuse_unknown_parameters() -> None:
    """Make sure that every parameter given to the running notebook is one it has.

    A misspelt ``storm`` would otherwise deploy the notebook's default storm.

    Raises ``StormError`` with the name and the ones there are.
    """
    import sys

    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    unknown, known = unknown_parameters(shell.user_ns.get("In", []) if shell else [])
    if unknown:
        raise StormError(
            f"This notebook has no parameter {unknown[0]!r}.", "parameters", f"It has {', '.join(known)}."
        )


def unknown_parameters(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    r"""The given parameters that are unknown, and the ones there are, by the cells that have run so far.

    >>> unknown_parameters(["", "storm = 'a'", "# Parameters\nstrom = 'b'\n"])
    (['strom'], ['storm'])
    """
    for before, cell in itertools.pairwise(cells):
        if cell.startswith(INJECTED):
            known = _assigned(before)
            return [name for name in _assigned(cell) if name not in known], known
    return [], []


def file_named(given: object, parameter: str) -> Path | None:
    """The path that a parameter names, or None where it names none.

    Raises ``StormError`` for what is no path, such as a number.

    >>> str(file_named("events.json", "events")), file_named(None, "events")
    ('events.json', None)
    """
    if given is None:
        return None
    if not isinstance(given, str) or not given or "\0" in given:
        raise StormError(
            f"{parameter} is {str(given)[:60]!r}, which names no file.",
            "parameters",
            "Write a path in quotes, or None.",
        )
    return Path(given)


def _assigned(cell: str) -> list[str]:
    try:
        statements = ast.parse(cell).body
    except SyntaxError:
        return []
    targets = (target for one in statements if isinstance(one, ast.Assign) for target in one.targets)
    return [target.id for target in targets if isinstance(target, ast.Name)]
