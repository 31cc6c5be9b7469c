"""A notebook's page: a storm opened at a step, and what the notebook's cells show of it.

What goes wrong is said once, where it went wrong; the cells after it stay quiet. Where nobody looks on
(papermill, CI), the page's last cell then fails with the same message, so that the run fails too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..storm.edits import AnyEdit
from ..storm.errors import StormError
from ..storm.model import Storm
from . import chapters
from .findings import findings_of_step
from .screen import Markup, Slot, callout, problem, somebody_looks_on
from .tables import TABLES

if TYPE_CHECKING:
    import pandas

    from ..files import OpenStorm

SECONDS_BETWEEN_LOOKS = 1.0
"""How often a page looks whether another process has edited the storm."""


class PageFailed(StormError):
    """A page could not do what it is for; shown as one line instead of a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class Page:
    """One notebook's view of one storm.

    Parameters
    ----------
    path : the storm file, from the notebook's own folder.
    number : the notebook's: 0 for the start, 1 to 8 for the steps, 9 to deploy, 10 to watch.

    Attributes
    ----------
    trouble : what went wrong first, or None.
    """

    def __init__(self, path: str, number: int) -> None:
        self.chapter = chapters.CHAPTERS[number]
        self.trouble: StormError | None = None
        self._book: OpenStorm | None = None
        self._said: Storm | None = None
        self._slots: list[Slot] = []
        self._panel: Any = None
        self._undone: list[AnyEdit] = []
        self._lock = threading.RLock()  # JupyterLab may call a widget's handler on a thread of its own
        with self.telling():
            self._open(Path(path))

    # -- what cells call

    def header(self) -> None:
        """Where we are: the step bar, the question, and what a facilitator needs to know."""
        self._show(lambda storm: chapters.header(self.chapter, storm))

    def diagram(self, name: str, service: str | None = None) -> None:
        """One of the diagrams of ``anycompany.diagrams``; redrawn whenever the storm changes."""
        from ..diagrams import draw

        self._show(lambda storm: draw(storm, name, service=service))

    def table(self, name: str) -> None:
        """One of the tables of ``anycompany.workbook.tables``; redrawn whenever the storm changes."""
        self._show(lambda storm: self._table(name)(storm).markup())

    def frame(self, name: str) -> pandas.DataFrame:
        """The rows of a table as a pandas DataFrame, to sort, filter and count them."""
        return self._table(name)(self.storm).frame()

    def show(self, draw: Callable[[Storm], Any]) -> None:
        """Anything else that can be made from the storm and be shown as HTML and as text."""
        self._show(draw)

    def controls(self) -> None:
        """The step's forms, where somebody looks on; nothing in a headless run."""
        if self._book is None or self.chapter.step is None:
            return
        from IPython.display import display

        from .controls import Panel
        from .forms import forms_of

        actions = {"Undo": self.undo, "Redo": self.redo, "Refresh": self.refresh}
        self._panel = Panel(forms_of(self.chapter.number), lambda: self.storm, self.do, actions)
        display(self._panel.widget)

    def findings(self) -> None:
        """What the checks of this step found, with reason and remedy; dismissed ones apart."""
        self._show(lambda storm: findings_of_step(storm, self.chapter.number))

    def finish(self) -> None:
        """How far the step is and what comes next. In a headless run, fails if anything on the page did.

        Raises ``PageFailed`` then.
        """
        self._show(lambda storm: chapters.footer(self.chapter, storm))
        if self.trouble and not somebody_looks_on():
            raise PageFailed(self.trouble.what, self.trouble.where, self.trouble.remedy)

    # -- what controls and deployments call

    @property
    def storm(self) -> Storm:
        """The storm as it is now; an empty one where none could be opened."""
        if self._book is not None:
            return self._book.storm
        return self._said if self._said is not None else Storm(name="No storm")

    def do(self, edit: AnyEdit) -> None:
        """Carry out one edit, in the file and for everybody who has it open, and show what follows."""
        with self._lock:
            self._opened().do(edit)
            self._undone.clear()
            self._redraw()

    def undo(self) -> str:
        """Take the last edit back; returns what was done, in words."""
        raise NotImplementedError

    def redo(self) -> str:
        """Do again what was undone last; returns what was done, in words."""
        raise NotImplementedError

    def refresh(self) -> str:
        """Read what other processes wrote; returns what was done, in words."""
        with self._lock:
            self._opened().refresh()
            self._redraw()
            return "This is what the file says now."

    def telling(self) -> _Telling:
        """A block whose ``StormError`` is shown on the page and remembered, instead of being raised."""
        return _Telling(self)

    # -- within

    def _open(self, path: Path) -> None:
        from .. import files

        if somebody_looks_on() and self.chapter.step:
            self._book = files.open_storm(path)
            self._follow()
        else:
            self._said = files.read_storm(path)

    def _opened(self) -> OpenStorm:
        if self._book is None:
            raise StormError("No storm is open for editing here.", self.chapter.title, "Open one and run the page again.")
        return self._book

    def _table(self, name: str) -> Callable[[Storm], Any]:
        if name not in TABLES:
            raise StormError(f"There is no table {name!r}.", remedy=f"Choose one of: {', '.join(TABLES)}.")
        return TABLES[name]

    def _show(self, draw: Callable[[Storm], Any]) -> None:
        if self.trouble is None:
            with self.telling(), self._lock:
                self._slots.append(Slot(lambda: draw(self.storm)))

    def _redraw(self) -> None:
        for slot in self._slots:
            slot.redraw()
        if self._panel is not None:
            self._panel.refresh()
