"""A storm open on a page: drawn again when anybody edits it, and every error said where it happened."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..storm.edits import AnyEdit
from ..storm.errors import StormError
from ..storm.model import Storm
from ..storm.workshop.blind import seen_by
from .chapters import BESIDE, CHAPTERS, WORKSHOP
from .parameters import refuse_unknown_parameters
from .screen import Slot, problem, somebody_looks_on

if TYPE_CHECKING:
    from ..files import OpenStorm

SECONDS_BETWEEN_LOOKS = 1.0
"""How often a page looks whether somebody has edited the storm."""

LOOKS_UNTIL_QUIET = 5
"""For how many looks at most a page waits for people to pause: drawing all anew takes the kernel's time."""


Where = int | Literal["workshop", "find_the_fault"]
"""Which notebook a page is: its number, or the name of one beside those."""


class LivePage:
    """What every page does with its storm, whatever it shows.

    Parameters
    ----------
    path : the storm file, from the notebook's own folder.
    number : the notebook's: 0 for the start, 1 to 8 for the steps, 9 to deploy, 10 to watch; or
        ``"workshop"`` or ``"find_the_fault"``.

    Attributes
    ----------
    failures : what went wrong on this page so far, each shown where it happened.
    storm : the storm as it is now, or None where it could not be opened.
    path : its file.
    slots : all that is shown on the page, from top to bottom.
    """

    def __init__(self, path: str, number: Where) -> None:
        self.chapter = BESIDE[number] if isinstance(number, str) else CHAPTERS[number]
        self.failures: list[StormError] = []
        self.storm: Storm | None = None
        self.path = Path(path)
        self._book: OpenStorm | None = None
        self.slots: list[Slot] = []
        self._lock = threading.RLock()  # JupyterLab may call a widget's handler on a thread of its own
        with self.telling():
            refuse_unknown_parameters()
            self._open(self.path)

    def show(self, draw: Callable[[Storm], Any]) -> None:
        """Show what ``draw`` makes of the storm, as HTML and as text; again whenever the storm changes."""
        if self.storm is not None:
            self.slots.append(Slot(lambda: self._drawn(draw)))

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

        if somebody_looks_on() and (self.chapter.step or self.chapter is WORKSHOP):
            self._book = files.open_storm(path)
            self.storm = seen_by(self._book.storm)
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
            if seen_by(self._opened().storm) != self.storm:
                self._redraw()

    def _redraw(self) -> None:
        self.storm = seen_by(self._opened().storm)  # others look at this page too
        for slot in self.slots:
            slot.redraw()


def _wait_for_quiet(book: OpenStorm) -> None:
    for _ in range(LOOKS_UNTIL_QUIET):
        revision = book.revision
        time.sleep(SECONDS_BETWEEN_LOOKS)
        book.refresh()
        if book.revision == revision:
            return
