"""The room of a storm file: everybody on it sees one wall, and the log is its only sequence.

One room per storm file and kernel; rooms of several kernels meet in the log. Messages may come on several
threads: one lock is around validating, carrying out and telling.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

from ..bus.trace import Trace
from ..files.errors import StormFileError
from ..files.journal import Entry
from ..files.opened import open_storm
from ..storm import edits as e
from ..storm.errors import EditError
from ..storm.model import Storm
from . import messages as m
from .insight import Advisor, Insight
from .notices import notice
from .people import Member, People
from .permits import Sender, permitted, refuse_while_held
from .questions import answer_soon
from .refusals import RefusedError, refuse_another_text, refuse_taken_ids
from .telling import Telling, facilitates

SECONDS_BETWEEN_LOOKS = 0.1
"""How often a room looks whether others have edited, who has gone silent, and what waits to be told."""


class Room:
    """Everybody who is on one storm file in this kernel; see ``door``.

    Parameters
    ----------
    path : the storm file, links resolved.

    Raises ``StormFileError`` when there is no such storm, or it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._opened = open_storm(path)
        self._people = People(path)
        self._advisor = Advisor(self._tell_insight)
        self._telling = Telling(self._people, self._advisor)
        self._trouble = ""
        self._telling.begin(self._opened)
        self._together = False  # whether nobody may be told yet: the disk does not have all of it
        self._stopped = threading.Event()
        threading.Thread(target=self._look_now_and_then, name="anycompany-room", daemon=True).start()

    @property
    def warning(self) -> str:
        """What is wrong with the file or its log at the moment; empty when nothing is."""
        return self._trouble or self._opened.warning

    def receive(self, said: Any, member: Member) -> None:
        """Take a message from a member, whatever it is. Answers go to the member; nothing is ever raised."""
        with self._lock:
            try:
                message = m.message_from(said)
                self._take(message, member)
            except m.MessageError as refused:
                self._refuse(said, RefusedError(refused.what, refused.remedy), member)
            except Exception as error:
                # no word of the error's own: it may be about a note that is hidden, or about a file
                fault = f"The board's kernel stumbled over that ({type(error).__name__})."
                self._refuse(said, RefusedError(fault, "Do it again; report this if it stays."), member)

    def receive_all(self, said: Sequence[Any], member: Member) -> None:
        """Take several messages in their order. New notes next to each other are written down at once."""
        with self._lock:
            for are_notes, run in groupby(said, _is_new_note):
                messages = list(run)
                if are_notes and len(messages) > 1:
                    self._receive_together(messages, member)
                else:
                    for one in messages:
                        self.receive(one, member)

    def play(self, trace: Trace) -> None:
        """Play a trace, simulated or real, on every board; who comes later can watch it too."""
        with self._lock:
            self._publish_if_possible()
            self._telling.play(trace)

    def since(self, revision: int) -> tuple[Sequence[Entry], Storm]:
        """The entries of the log after a revision, and the storm with all of them."""
        return self._opened.since(revision)

    def here(self) -> dict[str, str]:
        """The names of those who are here, and of those who are on the same storm elsewhere, by person."""
        with self._lock:
            return {str(one.get("person")): str(one.get("name") or "") for one in self._people.listed()}

    def leave(self, member: Member) -> None:
        """A member goes, with all tabs behind it."""
        with self._lock:
            if self._people.leave_with(member):
                self._telling.who_is_here()

    def close(self) -> None:
        """Save, and stop following the log."""
        self._stopped.set()
        self._advisor.stop()
        with self._lock, suppress(StormFileError):
            self._people.close()
            self._opened.close()

    # -- what is received

    def _receive_together(self, messages: Sequence[Any], member: Member) -> None:
        try:
            with self._opened.together():
                self._telling.publish(self._opened)
                self._together = True
                for one in messages:
                    self.receive(one, member)
        except StormFileError as error:
            for one in messages:
                self._refuse(one, RefusedError(error.what, error.remedy, again=True), member)
            self._open_again()
        finally:
            self._together = False
        self._publish_if_possible()

    def _take(self, message: m.AnyMessage, member: Member) -> None:
        if isinstance(message, m.Bye):
            if self._people.leave(message.to):
                self._telling.who_is_here()
            return
        if isinstance(message, m.Hello) and message.protocol != m.PROTOCOL:
            why = "This page is of another version of the board than its kernel: reload it."
            self._people.send({"type": "outdated", "to": message.to, "why": why}, member)
            return
        new = not self._people.knows(message.to, member)
        others = self._people.hear(message, member)
        match message:
            case m.Hello():
                self._people.show(message, step=message.step)
                self._publish_if_possible()
            case m.EditSent():
                self._carry_out(message, member, lambda: self._edit(message, member))
            case m.Undo():
                self._carry_out(message, member, lambda: self._reverse(self._opened.undo, message, member))
            case m.Redo():
                self._carry_out(message, member, lambda: self._reverse(self._opened.redo, message, member))
            case m.Presence():
                if said := self._people.presence(message):
                    self._people.tell(said)
            case m.Ask():
                self._publish_if_possible()
                seen = self._telling.sights.of(message.person, self._telling.storm)
                answer_soon(self._opened, seen, message, lambda said: self._send_alone(said, member))
        if new or isinstance(message, m.Hello):
            self._telling.greet(message.to, member, self._opened, self.warning)
        if others or isinstance(message, m.Hello):
            self._telling.who_is_here()

    def _carry_out(self, message: m.Numbered, member: Member, work: Callable[[], object]) -> None:
        try:
            if not self._together:
                self._telling.publish(self._opened)
            if revision := self._opened.revision_of(message.id):
                if revision <= self._telling.revision:  # else what is told when all is on the disk has its id
                    self._people.send(self._telling.acknowledged(message, revision), member)
                return
            work()
        except RefusedError as refusal:
            self._nack(message.to, message.id, refusal, member)
            return
        except EditError as error:
            said = self._telling.discreetly(RefusedError(error.what, error.remedy))
            self._nack(message.to, message.id, said, member)
            return
        except StormFileError as error:
            self._nack(message.to, message.id, RefusedError(error.what, error.remedy, again=True), member)
            return
        if not self._together:
            self._publish_if_possible()

    def _edit(self, message: m.EditSent, member: Member) -> None:
        storm = self._telling.storm
        refuse_taken_ids(storm, message.edit)
        edit = permitted(message.edit, storm, self._telling.sights, _sender(message, member))
        if message.was is not None and isinstance(edit, e.Rename):
            refuse_another_text(self._opened, edit, message.was)
        self._opened.do(edit, author=message.name or self._opened.author, id=message.id)

    def _reverse(self, how: Callable[..., object], message: m.Numbered, member: Member) -> None:
        refuse_while_held(self._telling.storm, _sender(message, member))
        try:
            how(author=message.name or self._opened.author, by=message.person, id=message.id)
        except EditError as error:
            if error.where != "log":
                raise
            what = "take back" if isinstance(message, m.Undo) else "do again"
            raise RefusedError(
                f"There is nothing of yours to {what}.", "Others have edits of their own."
            ) from None

    # -- what is told

    def _publish_if_possible(self) -> None:
        try:
            self._telling.publish(self._opened)
            self._trouble = ""
        except StormFileError as error:
            self._trouble = str(error)
            self._open_again()

    def _tell_insight(self, revision: int, insight: Insight, faults: list[str]) -> None:
        ops = self._telling.news_in(insight)  # takes a while, and only this thread changes what was told
        with self._lock:
            self._telling.insight(revision, insight, ops, faults)

    def _nack(self, to: str, identifier: str, refusal: RefusedError, member: Member) -> None:
        self._people.send({"type": "nack", "to": to, "id": identifier, **refusal.told()}, member)

    def _refuse(self, said: Any, refusal: RefusedError, member: Member) -> None:
        """Answer what is no message, as well as can be made out who waits for an answer to what."""
        to, identifier = m.sender_of(said), m.id_in(said)
        if to and identifier:
            self._nack(to, identifier, refusal, member)
        elif to and said.get("type") == "ask" and isinstance(said.get("n"), int):
            why = f"{refusal.why} {refusal.remedy}"
            self._people.send({"type": "answer", "to": to, "n": said["n"], "ok": False, "why": why}, member)
        else:
            self._people.send(notice("warning", f"{refusal.why} {refusal.remedy}", to), member)

    def _send_alone(self, message: dict[str, Any], member: Member) -> None:
        with self._lock:
            self._people.send(message, member)

    # -- now and then

    def _look_now_and_then(self) -> None:
        told = ""
        while not self._stopped.wait(SECONDS_BETWEEN_LOOKS):
            with self._lock:
                if self._stopped.is_set():
                    return
                try:
                    self._look()
                except Exception as error:
                    self._trouble = (
                        f"The board's kernel stumbled: {type(error).__name__}: {str(error)[:200]}."
                    )
                if self.warning != told:
                    told = self.warning
                    self._telling.warn(told)

    def _look(self) -> None:
        self._publish_if_possible()
        for said in self._people.waiting():
            self._people.tell(said)
        if self._people.have_changed():
            self._telling.who_is_here()

    def _open_again(self) -> None:
        """Begin anew on a log that is another one than before; everybody gets the whole storm."""
        try:
            opened = open_storm(self.path)
        except StormFileError:
            return  # it stays as it is until somebody puts it right
        with suppress(StormFileError):
            self._opened.close()
        self._opened = opened
        self._trouble = ""
        self._telling.begin(opened)
        self._telling.greet_all(opened, self.warning)


def _is_new_note(said: Any) -> bool:
    """Whether a message adds one note under an id of the kernel's: it depends on nothing before it."""
    edit = said.get("edit") if isinstance(said, dict) else None
    return isinstance(edit, dict) and edit.get("kind") == "add" and edit.get("id") is None


def _sender(message: m.Message, member: Member) -> Sender:
    return Sender(message.person, message.name, facilitates(member))
