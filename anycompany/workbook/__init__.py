"""What a notebook cell and the command line call: step pages, deployments, the runner and its report.

A notebook imports from here; what a name needs is loaded when the name is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from .lessons import additions, minimal_bus
    from .pages import Page

__all__ = ["Page", "additions", "minimal_bus", "open_page"]

_HOMES = {"Page": "pages", "minimal_bus": "lessons", "additions": "lessons"}


def open_page(storm: str, number: int | Literal["workshop", "find_the_fault"]) -> Page:
    """Open a storm at one of the notebooks: 0 to start, 1 to 8 for the steps, 9 to deploy, 10 to watch.

    Parameters
    ----------
    storm : the path of the storm file, from the notebook's own folder.
    number : which notebook this is; ``"workshop"`` for the one from which a workshop is steered,
        ``"find_the_fault"`` for that with the faults to mend.

    A storm that cannot be opened is explained on the page; the cells after it then show nothing.
    """
    from .pages import Page

    return Page(storm, number)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
