"""A notebook's page: a storm opened at a step, and what the notebook's cells show of it.

What goes wrong is said once, where it went wrong; the cells after it stay quiet. Where nobody looks on
(papermill, CI), the page's last cell then fails with the same message, so that the run fails too.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..storm.edits import AnyEdit
from ..storm.errors import StormError
from ..storm.model import Storm
from .chapters import CHAPTERS, footer, header
from .findings import findings_of_step
from .parameters import refuse_unknown_parameters
from .screen import Slot, problem, somebody_looks_on
from .tables import table_of

if TYPE_CHECKING:
    import pandas

    from ..board import Board
    from ..files import OpenStorm
    from .places import Place

SECONDS_BETWEEN_LOOKS = 1.0
"""How often a page looks whether somebody has edited the storm."""

LOOKS_UNTIL_QUIET = 5
"""For how many looks at most a page waits for people to pause: drawing all anew takes the kernel's time."""


class PageError(StormError):
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
    failures : what went wrong on this page so far, each shown where it happened.
    storm : the storm as it is now, or None where it could not be opened.
    slots : all that is shown on the page, from top to bottom.
    """

    def __init__(self, path: str, number: int) -> None:
        self.chapter = CHAPTERS[number]
        self.failures: list[StormError] = []
        self.storm: Storm | None = None
        self._book: OpenStorm | None = None
        self.slots: list[Slot] = []
        self._wall: Board | None = None
        self._lock = threading.RLock()  # JupyterLab may call a widget's handler on a thread of its own
        with self.telling():
            refuse_unknown_parameters()
            self._open(Path(path))

    # -- what cells call

    def header(self) -> None:
        """Where we are: the step bar, and what a facilitator needs to know of the step."""
        self.show(lambda storm: header(self.chapter, storm))

    def diagram(self, name: str, service: str | None = None) -> None:
        """One of ``anycompany.diagrams.DIAGRAMS``; drawn again whenever the storm changes."""
        from ..diagrams import draw

        self.show(lambda storm: draw(storm, name, service=service))

    def table(self, name: str) -> None:
        """One of ``anycompany.workbook.tables.TABLES``; drawn again whenever the storm changes."""
        self.show(lambda storm: table_of(storm, name).markup())

    def frame(self, name: str) -> pandas.DataFrame:
        """The rows of a table as a pandas DataFrame, to sort, filter and count them."""
        return table_of(self._storm_now(), name).frame()

    def findings(self) -> None:
        """What the checks of this step found, with reason and remedy; dismissed ones apart."""
        self.show(lambda storm: findings_of_step(storm, self.chapter.number))

    def board(self) -> None:
        """The wall at this step: a board where somebody looks on, elsewhere a picture of it and a text.

        The picture is on the page in both cases, as closed and untrusted notebooks show nothing else. A board
        that is alive hides it.
        """
        from .walls import picture_of_wall, wall

        number = self.chapter.number
        if self._book is not None:
            self._wall = wall(self._book.path, number)
        self.show(lambda storm: picture_of_wall(storm, number, self._wall))

    def show(self, draw: Callable[[Storm], Any]) -> None:
        """Show what ``draw`` makes of the storm, as HTML and as text; again whenever the storm changes."""
        if self.storm is not None:
            self.slots.append(Slot(lambda: self._drawn(draw)))

    def place(
        self,
        target: str,
        region: str | None = None,
        profile: str | None = None,
        endpoint_url: str | None = None,
        apply: bool | None = None,
        *,
        kinds: Iterable[str] | None = None,
    ) -> Place:
        """Where the storm's stacks go, from a notebook's parameters; see ``anycompany.workbook.places``.

        ``kinds`` limits it to stacks of these kinds: ``bus``, ``contracts``, ``service``, ``listeners``.
        Parameters that are not clear are explained on the page, and nothing is done.
        """
        from ..aws.session import Target
        from .places import Place, refuse_unclear, target_from

        with self.telling():
            refuse_unclear(apply)
            where = target_from(target, region, profile, endpoint_url)
            return Place(self, where, apply, tuple(kinds) if kinds else None)
        return Place(self, Target(), False, None, reached=False)

    def finish(self) -> None:
        """How far the step is and what comes next; the last cell of every notebook.

        Raises ``PageError`` where nobody looks on and anything on the page failed, so that the run fails.
        """
        self.show(lambda storm: footer(self.chapter, storm))
        if self.failures and not somebody_looks_on():
            first = self.failures[0]
            raise PageError(first.what, first.where, first.remedy)

    # -- what a cell of one's own may call

    def do(self, edit: AnyEdit) -> None:
        """Carry out one edit, for everybody who has the storm open, and show what follows from it.

        Raises ``StormError`` when it cannot be done; nothing has changed then.
        """
        with self._lock:
            self._opened().do(edit)
            self._redraw()

    def refresh(self) -> str:
        """Read what other processes wrote; returns what to tell people."""
        with self._lock:
            book = self._opened().refresh()
            self._redraw()
            if book.warning:
                raise StormError(book.warning, remedy="Until then this page shows what was said before.")
            return "This is what the file says now."

    @contextmanager
    def telling(self) -> Iterator[None]:
        """A block whose ``StormError`` is shown on the page and kept for its end, instead of being raised."""
        try:
            yield
        except StormError as error:
            self.failures.append(error)
            said = problem(error)
            self.slots.append(Slot(lambda: said))

    # -- within

    def _open(self, path: Path) -> None:
        from .. import files

        if somebody_looks_on() and self.chapter.step:
            self._book = files.open_storm(path)
            self.storm = self._book.storm
            self._follow(self._book)
        else:
            self.storm = files.read_storm(path)

    def _opened(self) -> OpenStorm:
        if self._book is None:
            raise StormError(
                "The storm is not open for edits here.", self.chapter.title, "Run the page in JupyterLab."
            )
        return self._book

    def _storm_now(self) -> Storm:
        return self.storm or Storm(name="")

    def _drawn(self, draw: Callable[[Storm], Any]) -> Any:
        try:
            return draw(self._storm_now())
        except StormError as error:
            self.failures.append(error)
            return problem(error)

    def _follow(self, book: OpenStorm) -> None:
        """Show what other processes edit, until the page is opened anew."""
        page = weakref.ref(self)

        def changed(_: OpenStorm) -> None:
            _wait_for_quiet(book)
            if (here := page()) is None:
                stop()
            else:
                here._redraw_if_changed()

        stop = book.watch(changed, every=SECONDS_BETWEEN_LOOKS)

    def _redraw_if_changed(self) -> None:
        with self._lock:
            if self._opened().storm != self.storm:
                self._redraw()

    def _redraw(self) -> None:
        self.storm = self._opened().storm
        for slot in self.slots:
            slot.redraw()


def _wait_for_quiet(book: OpenStorm) -> None:
    for _ in range(LOOKS_UNTIL_QUIET):
        revision = book.revision
        time.sleep(SECONDS_BETWEEN_LOOKS)
        book.refresh()
        if book.revision == revision:
            return
