"""A storm file that is open: every edit goes to its log first, and every process on it follows the log."""

from __future__ import annotations

import atexit
import getpass
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from ..storm import edits as e
from ..storm.apply import apply, invert, resolve
from ..storm.describe import describe
from ..storm.errors import EditError
from ..storm.model import Storm
from ..storm.patch import diff
from ..storm.verbs import Verbs
from .errors import StormFileError
from .journal import Entry, Log
from .page import Page, new_page, page_after, page_of
from .snapshot import ORIGIN, Snapshot, changed_by_hand, read_snapshot, replay, write_snapshot
from .undoing import redo_target, undo_target

SECONDS_TO_SAVE = 1.0
"""How long after an edit the file is saved; the log has the edit at once."""

SECONDS_FOR_LOCK = 30.0
"""How long an edit waits for another process that is writing."""

BY_HAND = "by hand"
"""The author of what somebody changed in the file with an editor."""


class OpenStorm(Verbs):
    """A storm file, open for edits; made by ``open_storm``. Use it in a ``with`` block, or close it.

    ``author`` is who makes the edits. Verbs (``add_event``, …) write the edit down and return this object.
    """

    def __init__(self, path: Path, author: str) -> None:
        self.path = path
        self.author = author
        self.warning: str = ""
        self._guard = threading.RLock()
        self._file_lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=SECONDS_FOR_LOCK)
        self._log = Log(log_path(path))
        self._storm = ORIGIN
        self._page: Page | None = None
        self._seen: tuple[int, int] | None = None
        self._timer: threading.Timer | None = None
        with self._locked():
            self._follow_log()
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
            if self._signature() != self._seen:
                with self._locked():
                    self._follow_log()
                    try:
                        self._take_in_file()
                    except StormFileError as error:
                        self.warning = str(error)
                        self._seen = self._signature()
        return self

    def do(self, edit: e.AnyEdit) -> Self:
        """Carry out one edit: it has happened when this returns.

        Raises ``EditError`` when it has no meaning for the storm as it is now, ``StormFileError`` when it
        cannot be written down; nothing has happened then.
        """
        with self._locked():
            self.refresh()
            begun = [] if self._log.entries else [diff(ORIGIN, self._storm)]
            resolved = resolve(self._storm, edit)
            after = apply(self._storm, resolved)
            self._log.append([*begun, resolved], self.author)
            self._storm = after
        self._save_soon()
        return self

    def undo(self, *, author: str | None = None, revision: int | None = None) -> Self:
        """Take back one edit and leave later ones alone.

        Parameters
        ----------
        author : whose last edit; one's own by default.
        revision : which edit instead.

        Raises ``EditError`` when there is nothing to take back, or nothing of it is left.
        """
        with self._locked():
            self.refresh()
            return self._reverse(undo_target(self._log.entries, author or self.author, revision))

    def redo(self, *, author: str | None = None) -> Self:
        """Do again what was taken back last; raises ``EditError`` when there is nothing."""
        with self._locked():
            self.refresh()
            return self._reverse(redo_target(self._log.entries, author or self.author))

    def history(self) -> list[Entry]:
        """Every edit that has happened, the first one first, each told in words."""
        self.refresh()
        storm, told = ORIGIN, []
        for entry in self._log.entries:
            words = describe(entry.edit, storm) if entry.on else "began the log with the storm as it was"
            told.append(replace(entry, words=words))
            storm = apply(storm, entry.edit)
        return told

    def at(self, revision: int) -> Storm:
        """The storm as it was after an edit; 0 is before the first."""
        return replay(self._log.entries[:revision])

    def save(self) -> Self:
        """Save the file now. A file that cannot be read at the moment is left alone (see ``warning``)."""
        with self._locked():
            self._stop_timer()
            self.refresh()
            if self.warning or not self._log.entries:
                return self
            page = self._page or new_page(ORIGIN)
            after = page_after(page, self._storm) if self._page else new_page(self._storm)
            write_snapshot(self.path, after.text, self._log.entries[-1])
            self._page, self._seen = after, self._signature()
        return self

    def close(self) -> None:
        """Save what has not been saved yet, and stop."""
        _OPEN.discard(self)
        if self._timer is not None:
            self.save()

    def watch(self, changed: Callable[[Self], object], every: float = 0.3) -> Callable[[], None]:
        """Call ``changed`` from a thread whenever the storm has changed; returns what stops that."""
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
        return stopped.set

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- within

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._guard:
            try:
                self._file_lock.acquire()
            except Timeout:
                raise StormFileError(
                    "Another process has been writing this storm for half a minute.",
                    str(self.path),
                    "End that process, and do it again.",
                ) from None
            except OSError as error:
                raise StormFileError(
                    f"The storm's folder cannot be written: {error.strerror}.",
                    str(self.path.parent),
                    "Ask for the right to do so, or copy the storm to a folder of your own.",
                ) from None
            try:
                yield
            finally:
                self._file_lock.release()

    def _follow_log(self) -> None:
        self._storm = replay(self._log.read_on(), self._storm)

    def _signature(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _take_in_file(self) -> None:
        """Take in the file as it stands: another process's snapshot, or what somebody changed by hand."""
        seen = self._signature()
        snapshot = read_snapshot(self.path)
        self.warning, self._seen = "", seen
        if snapshot is None:
            self._need_log()
            self._save_soon()
            return
        self._page = page_of(snapshot.document)
        if not self._log.entries:
            self._storm = snapshot.document.storm
        elif patch := changed_by_hand(snapshot, self._log.entries):
            self._storm = apply(self._storm, patch)
            self._log.append([patch], BY_HAND)
            self._save_soon()
        elif self._is_behind(snapshot):
            self._save_soon()

    def _is_behind(self, snapshot: Snapshot) -> bool:
        return snapshot.revision is None or snapshot.revision > len(self._log.entries)

    def _need_log(self) -> None:
        if not self._log.entries:
            missing = "There is no such file." if not self.path.exists() else "There is nothing in the file."
            raise StormFileError(missing, str(self.path), "`anycompany new NAME` makes a storm.")

    def _reverse(self, target: Entry) -> Self:
        patch = invert(self.at(target.revision - 1), target.edit)
        patch = patch.model_copy(update={"undoes": target.id})
        if apply(self._storm, patch) == self._storm:
            raise EditError(
                "Nothing of that edit is left to take back.",
                f"revision {target.revision}",
                "Somebody has changed the same things since: change them by a new edit.",
            )
        return self.do(patch)

    def _save_soon(self) -> None:
        with self._guard:
            if self._timer is None:
                self._timer = threading.Timer(SECONDS_TO_SAVE, self._save_quietly)
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


def log_path(path: Path) -> Path:
    """Where the log of a storm file is: ``NAME.storm.log.jsonl`` beside ``NAME.storm.yaml``."""
    return path.with_name(f"{path.name.removesuffix('.yaml').removesuffix('.yml')}.log.jsonl")


def open_storm(path: str | os.PathLike[str], author: str | None = None) -> OpenStorm:
    """Open a storm file for edits.

    Parameters
    ----------
    path : the storm file; links are followed.
    author : who edits; by default ``ANYCOMPANY_AUTHOR``, else the user of this computer.

    Raises ``StormFileError`` when there is neither file nor log, or they cannot be read.
    """
    return OpenStorm(Path(os.path.realpath(path)), author or os.environ.get("ANYCOMPANY_AUTHOR") or _user())


def read_storm(path: str | os.PathLike[str]) -> Storm:
    """The storm that a file says, with all edits of its log; writes nothing.

    Raises ``StormFileError`` when there is neither file nor log, or they cannot be read.
    """
    real = Path(os.path.realpath(path))
    log = Log(log_path(real))
    log.read_on()
    snapshot = read_snapshot(real)
    if snapshot is None and not log.entries:
        missing = "There is no such file." if not real.exists() else "There is nothing in the file."
        raise StormFileError(missing, str(path), "`anycompany new NAME` makes a storm.")
    if snapshot is not None and not log.entries:
        return snapshot.document.storm
    storm = replay(log.entries)
    patch = changed_by_hand(snapshot, log.entries) if snapshot else None
    return apply(storm, patch) if patch else storm


def new_storm(path: str | os.PathLike[str], name: str) -> Path:
    """Make a new storm file with nothing in it but a name.

    Raises ``StormFileError`` when there is a file or a log already, or the folder cannot be written.
    """
    real = Path(os.path.realpath(path))
    for existing in (real, log_path(real)):
        if existing.exists():
            raise StormFileError("There is a file already.", str(existing), "Choose another name.")
    write_snapshot(real, new_page(Storm(name=name)).text, None)
    return real


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
