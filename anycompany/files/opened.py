"""A storm file that is open: every edit goes to its log first, and every process on it follows the log."""

from __future__ import annotations

import atexit
import os
import re
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Self

from ..storm import edits as e
from ..storm.apply import apply, invert, resolve
from ..storm.errors import EditError
from ..storm.model import Storm
from ..storm.patch import diff
from ..storm.verbs import Verbs
from .conflicts import BY_HAND
from .errors import StormFileError
from .journal import Entry, Log, as_logged, default_author
from .locking import StormLock
from .page import Page, new_page, page_after, page_of
from .replaying import ORIGIN, States, in_words
from .resting import log_path, nothing_there
from .snapshot import Signature, Snapshot, read_snapshot, signature_of, storm_in, write_snapshot
from .undoing import redo_target, undo_target

SECONDS_TO_SAVE = 1.0
"""How long after an edit the file is saved; the log has the edit at once."""
MOST_SAVING = 0.05  # of the time: a large storm that is edited without a rest is saved less often


class OpenStorm(Verbs):
    """A storm file, open for edits; made by ``open_storm``. Use it in a ``with`` block, or close it.

    ``author`` is who makes the edits. Verbs (``add_event``, …) write the edit down and return this object.
    """

    def __init__(self, path: Path, author: str) -> None:
        self.path = path
        self.author = author
        self.warning, self._unreadable, self._saving_takes = "", False, 0.0
        self._guard = threading.RLock()
        self._saving = threading.Lock()
        self._file_lock = StormLock(path)
        self._log = Log(log_path(path))
        self._states = States()
        self._storm = ORIGIN
        self._snapshot: Snapshot | None = None
        self._page: Page | None = None  # of the snapshot, once it is needed
        self._seen: Signature | None = None
        self._timer: threading.Timer | None = None
        self._stop_watching: list[Callable[[], None]] = []
        with self._locked():
            self._log.read_on()
            self._take_in_file()
        _OPEN.add(self)

    @property
    def storm(self) -> Storm:
        """The storm as it is now, with what other processes have written."""
        self.refresh()
        return self._storm

    @property
    def revision(self) -> int:
        """The number of the last edit that is in ``storm``."""
        return len(self._log.entries)

    def refresh(self) -> Self:
        """Read what has come since: other processes' edits, and what somebody changed in the file by hand.

        Raises ``StormFileError`` when the log cannot be read. A file that cannot be read at the moment is no
        reason to stop: ``warning`` says what is wrong with it, and nothing is saved over it.
        """
        with self._guard:
            self._follow_log()
            if signature_of(self.path) != self._seen:
                with self._locked():
                    self._follow_log()
                    try:
                        self._take_in_file()
                    except StormFileError as error:
                        self.warning, self._unreadable = str(error), True
                        self._seen = signature_of(self.path)
        return self

    def revision_of(self, id: str) -> int | None:  # noqa: A002
        """The revision that the edit with an id has made; None while there is no such edit."""
        self.refresh()
        return self._log.revision_of(id)

    def since(self, revision: int) -> tuple[Sequence[Entry], Storm]:
        """The entries after a revision, and the storm with all of them: nothing comes in between."""
        with self._guard:
            self.refresh()
            return self._log.entries[revision:], self._storm

    def do(self, edit: e.AnyEdit, *, author: str | None = None, id: str | None = None) -> Self:  # noqa: A002
        """Carry out one edit: it has happened when this returns.

        Parameters
        ----------
        edit : the edit.
        author : who makes it, instead of the one for whom the storm was opened.
        id : its id in the log, where it has one already. An edit that is in the log is not carried out again;
            ``revision_of`` tells.

        Raises ``EditError`` when it has no meaning for the storm as it is now, ``StormFileError`` when it
        cannot be written down; nothing has happened then.
        """
        if id is not None and not re.fullmatch(r"[A-Za-z0-9_]{1,40}", id):
            raise EditError(f"{id[:60]!r} is no id for an edit.", "", "Use at most 40 letters and digits.")
        with self._locked():
            self.refresh()
            if id is not None and self._log.revision_of(id):
                return self
            resolved = as_logged(resolve(self._storm, edit))
            changed = apply(self._storm, resolved)
            if not self._log.entries:
                self._begin_log()
            self._log.append([resolved], author or self.author, id=id)
            self._states.know(self.revision, changed)
            self._storm = changed
        self._save_soon()
        return self

    @contextmanager
    def together(self) -> Iterator[None]:
        """Have what is done within written down at once; raises what ``Log.together`` raises."""
        with self._locked():
            self.refresh()
            with self._log.together():
                yield

    def undo(
        self,
        *,
        author: str | None = None,
        revision: int | None = None,
        by: str | None = None,
        id: str | None = None,  # noqa: A002
    ) -> Self:
        """Take back one edit and leave later ones alone.

        Parameters
        ----------
        author : whose last edit; one's own by default.
        revision : which edit instead.
        by : how the ids of the person's edits begin, where several people share the author's name; ``author``
            is then who undoes.
        id : the id of the undo itself, as for ``do``.

        Raises ``EditError`` when there is nothing to take back, or nothing of it is left.
        """
        whose = author or self.author
        found = partial(undo_target, author=whose, revision=revision, by=by)
        return self._reverse(found, whose if by else self.author, id)

    def redo(
        self,
        *,
        author: str | None = None,
        by: str | None = None,
        id: str | None = None,  # noqa: A002
    ) -> Self:
        """Do again what was taken back last; raises ``EditError`` when there is nothing. See ``undo``."""
        whose = author or self.author
        found = partial(redo_target, author=whose, by=by)
        return self._reverse(found, whose if by else self.author, id)

    def history(self) -> list[Entry]:
        """Every edit that has happened, the first one first, each told in words."""
        return in_words(self.since(0)[0])

    def at(self, revision: int) -> Storm:
        """The storm as it was after an edit; 0 is before the first. Raises ``EditError`` if there is none."""
        if not 0 <= revision <= self.revision:
            raise EditError(
                f"There is no revision {revision}.", "log", f"Name one from 0 to {self.revision}."
            )
        return self._states.at(revision, self._log.entries)

    def save(self) -> Self:
        """Save the file now. A file that cannot be read at the moment is left alone (see ``warning``)."""
        with self._saving:
            while True:
                with self._locked():
                    self._stop_timer()
                    self.refresh()
                    if not self._needs_saving():
                        return self
                    storm, last = self._storm, self._log.entries[-1]
                    if self._page is None and self._snapshot:
                        self._page = page_of(self._snapshot.document)
                    page = self._page
                begun = time.thread_time()
                written = page_after(page, storm) if page else new_page(storm)  # edits need not wait for this
                self._saving_takes = time.thread_time() - begun
                with self._locked():
                    if signature_of(self.path) == self._seen:
                        self._snapshot, self._seen = write_snapshot(self.path, written.text, last)
                        self._page = written
                        self.warning = ""
                        return self

    def close(self) -> None:
        """Save what has not been saved yet, and stop."""
        _OPEN.discard(self)
        for stop in self._stop_watching:
            stop()
        if self._timer is not None:
            self.save()

    def watch(self, changed: Callable[[Self], object], every: float = 0.3) -> Callable[[], None]:
        """Call ``changed`` from a thread whenever the storm has changed; returns what stops that.

        Closing the storm stops it too.
        """
        stopped = threading.Event()

        def look() -> None:
            known = self.revision
            while not stopped.wait(every):
                with suppress(StormFileError):
                    self.refresh()
                if self.revision != known:
                    known = self.revision
                    changed(self)

        threading.Thread(target=look, daemon=True).start()
        self._stop_watching.append(stopped.set)
        return stopped.set

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- within

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._guard, self._file_lock:
            yield

    def _follow_log(self) -> None:
        if self._log.read_on():
            self._storm = self._states.at(self.revision, self._log.entries)

    def _take_in_file(self) -> None:
        """Take in the file as it stands: another process's snapshot, or what somebody changed by hand."""
        seen = signature_of(self.path)
        snapshot = read_snapshot(self.path)
        if snapshot is None and not self._log.entries:
            raise nothing_there(self.path)
        storm, by_hand = storm_in(snapshot, self._log.entries, self._states)
        self.warning, self._unreadable = "", False
        self._seen, self._snapshot, self._page = seen, snapshot, None
        self._storm = storm
        if by_hand and snapshot:
            self._log.append([as_logged(by_hand)], BY_HAND, snapshot.digest)
            self._states.know(self.revision, storm)
        if by_hand or snapshot is None:
            self._save_soon()

    def _begin_log(self) -> None:
        """Write down the storm as it was found, and stamp its file: from now on none lacks a stamp."""
        found = self._snapshot
        if found is not None:
            self._log.append([as_logged(diff(ORIGIN, self._storm))], self.author, found.digest)
            self._states.know(self.revision, self._storm)
            self._snapshot, self._seen = write_snapshot(self.path, found.text, self._log.entries[-1])

    def _needs_saving(self) -> bool:
        if self._unreadable or not self._log.entries:
            return False
        snapshot = self._snapshot
        return not (
            snapshot and snapshot.revision == self.revision and snapshot.is_as_saved(self._log.entries)
        )

    def _reverse(
        self,
        found: Callable[[Sequence[Entry]], Entry],
        author: str,
        id: str | None,  # noqa: A002
    ) -> Self:
        with self._locked():
            self.refresh()
            if id is not None and self._log.revision_of(id):
                return self
            target = found(self._log.entries)
            patch = invert(self.at(target.revision - 1), target.edit)
            patch = patch.model_copy(update={"undoes": target.id})
            if apply(self._storm, patch) == self._storm:
                raise EditError(
                    "Nothing of that edit is left to take back.",
                    f"revision {target.revision}",
                    "Somebody has changed the same things since: change them by a new edit.",
                )
            return self.do(patch, author=author, id=id)

    def _save_soon(self) -> None:
        with self._guard:
            if self._timer is None:
                wait = max(SECONDS_TO_SAVE, self._saving_takes / MOST_SAVING)
                self._timer = threading.Timer(wait, self._save_quietly)
                self._timer.daemon = True
                self._timer.start()

    def _save_quietly(self) -> None:
        try:
            self.save()
        except StormFileError as error:  # the log has everything; the next save tries again
            self.warning = str(error)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


_OPEN: weakref.WeakSet[OpenStorm] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for opened in list(_OPEN):
        with suppress(StormFileError):
            opened.close()


def open_storm(path: str | os.PathLike[str], author: str | None = None) -> OpenStorm:
    """Open a storm file for edits.

    Parameters
    ----------
    path : the storm file; links are followed.
    author : who edits; by default ``ANYCOMPANY_AUTHOR``, else the user of this computer.

    Raises ``StormFileError`` when there is neither file nor log, or they cannot be read.
    """
    return OpenStorm(Path(os.path.realpath(path)), author or default_author())
