"""What a room tells its members: the storm and what changes in it, to each what they may see of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..bus.trace import Trace
from ..files.conflicts import BY_HAND
from ..files.journal import Entry
from ..files.opened import OpenStorm
from ..storm import edits as e
from ..storm.model import Storm
from ..storm.workshop.blind import hides, hides_votes, is_blind
from ..storm.workshop.writers import person_of
from . import messages as m
from .delta import Op, delta, plain
from .insight import NO_INSIGHT, Advisor, Insight, Told
from .notices import notice, notice_of_conflict
from .people import Member, People
from .playing import Playing
from .refusals import RefusedError
from .sight import Sights
from .standing import quiet, standing

TROUBLE = "Something is wrong with the storm file; what it is can be read after the reveal."
"""What is said of the file while its words might tell of notes that are hidden."""

GONE = ("That cannot be done any more.", "Look whether the note is still yours, and do it again.")


class Telling:
    """What is told to whom; the room's lock is held by whoever calls.

    Parameters
    ----------
    people : who is in the room.
    advisor : finds out what there is to know of the storm.
    """

    def __init__(self, people: People, advisor: Advisor) -> None:
        self._people = people
        self._advisor = advisor
        self._insight = Told()
        self._faults: set[str] = set()
        self._document: tuple[Storm, dict[str, Any]] | None = None
        self._playing: Playing | None = None
        self._quiet: list[str] = []

    def begin(self, opened: OpenStorm) -> None:
        """Begin on a log that nobody here has been told of."""
        entries, self.storm = opened.since(0)
        self.revision = len(entries)
        self.sights = Sights()
        self.sights.take(entries)
        self._now()

    def publish(self, opened: OpenStorm) -> None:
        """Tell what has come since the last time: from here, from other kernels, from a hand in the file."""
        entries, storm = opened.since(self.revision)
        if not entries and storm is self.storm:
            return
        before, self.storm = self.storm, storm
        start, self.revision = self.revision, self.revision + len(entries)
        self.sights.take(entries)
        if hides(before) or hides(storm):
            self._tell_apart(entries, before, opened)
        else:
            ops = delta(before, storm)
            if not entries and not ops:
                return
            self._people.tell(
                {
                    "type": "patch",
                    "from": start,
                    "revision": self.revision,
                    "delta": ops,
                    "ids": [entry.id for entry in entries],
                    "author": ", ".join(dict.fromkeys(entry.author for entry in entries)),
                }
            )
            self._tell_conflicts(entries, before, opened)
        self._now()
        self._tell_standing(entries, before)

    def snapshot(self, to: str, opened: OpenStorm, warning: str) -> dict[str, Any]:
        """The whole storm for one tab, as its person sees it."""
        storm, revision, insight = self.storm, self.revision, self._insight.latest
        if hides(storm):
            seen = self.sights.shown(to[:8], storm)
            storm, revision = seen.storm, seen.revision
        if is_blind(self.storm):
            insight, warning = NO_INSIGHT, TROUBLE if warning else ""
        return {
            "type": "snapshot",
            "to": to,
            "protocol": m.PROTOCOL,
            "revision": revision,
            "doc": self._plain(storm),
            "insight": insight,
            "n": self._insight.number,
            "people": self._people.listed(),
            "path": str(opened.path),
            "author": opened.author,
            "warning": warning,
        }

    def greet(self, to: str, member: Member, opened: OpenStorm, warning: str) -> None:
        """Give one tab all there is."""
        self._people.send(self.snapshot(to, opened, warning), member)
        if self._playing and not is_blind(self.storm):
            self._people.send(self._playing.told(to), member)
        self._stand(to, member)
        if facilitates(member):
            self._people.send(self._told_quiet(to), member)

    def greet_all(self, opened: OpenStorm, warning: str) -> None:
        """Give every tab all there is, anew."""
        self.sights.begin()
        for to, member in self._people.tabs():
            self._people.send(self.snapshot(to, opened, warning), member)
            self._stand(to, member)

    def acknowledged(self, message: m.Numbered, revision: int) -> dict[str, Any]:
        """What the sender of an edit is told that has happened already."""
        return self._ack(message.to, message.id, revision)

    def who_is_here(self) -> None:
        """Tell all who is here, and facilitators who of them is quiet."""
        self._people.tell({"type": "people", "people": self._people.listed()})
        self._tell_quiet()

    def warn(self, warning: str) -> None:
        """Tell all that something is wrong with the file, or that it is well again."""
        if not warning:
            self._people.tell(notice("good", "The storm file is well again."))
        else:
            self._people.tell(notice("warning", TROUBLE if is_blind(self.storm) else warning))

    def news_in(self, insight: Insight) -> list[Op]:
        """What is new in what was found out, if it is told; the room's lock need not be held."""
        return self._insight.ops(insight)

    def discreetly(self, refusal: RefusedError) -> RefusedError:
        """A refusal whose words might tell of notes that are hidden, in words that do not."""
        return RefusedError(*GONE) if is_blind(self.storm) else refusal

    def insight(self, revision: int, insight: Insight, ops: list[Op], faults: list[str]) -> None:
        """Tell what was found out about the storm, unless it would tell of notes that are hidden."""
        for fault in faults:
            if fault not in self._faults:
                self._faults.add(fault)
                self._people.tell(notice("warning", f"{fault} The storm itself is safe; please report this."))
        if ops and not is_blind(self.storm):
            self._people.tell(self._insight.news(revision, insight, ops))

    def play(self, trace: Trace) -> None:
        """Play a trace on every board; who comes later can watch it too."""
        self._playing = Playing(trace, self.storm)
        if not is_blind(self.storm):
            self._people.tell(self._playing.told())

    # -- within

    def _now(self) -> None:
        self._people.apart, self._people.discreet = hides(self.storm), is_blind(self.storm)
        if not is_blind(self.storm):
            self._advisor.ask(self.revision, self.storm)

    def _tell_apart(self, entries: Sequence[Entry], before: Storm, opened: OpenStorm) -> None:
        """Tell each what they may see, and nothing else: no revision, no id, no name of others' edits."""
        if any(rule(before) != rule(self.storm) for rule in (is_blind, hides_votes)):
            self._people.apart, self._people.discreet = hides(self.storm), is_blind(self.storm)
            self.greet_all(opened, opened.warning)
            self._people.tell({"type": "people", "people": self._people.listed()})
            self._tell_arrived(entries)
            return
        tabs = self._people.tabs()
        people = list(dict.fromkeys(to[:8] for to, _ in tabs))
        told = self.sights.patches(people, entries, self.storm)
        for to, member in tabs:
            if to[:8] in told:
                self._people.send({**told[to[:8]], "to": to}, member)

    def _tell_arrived(self, entries: Sequence[Entry]) -> None:
        """Tell those whose edits came with a change of what is seen that they have happened."""
        writers = {person_of(entry.id) for entry in entries}
        for to, member in self._people.tabs():
            for entry in entries if to[:8] in writers else ():
                if entry.id.startswith(f"{to}_"):
                    self._people.send(self._ack(to, entry.id, self.revision), member)

    def _ack(self, to: str, identifier: str, revision: int) -> dict[str, Any]:
        if hides(self.storm):
            revision = self.sights.shown(to[:8], self.storm).revision
        return {"type": "ack", "to": to, "id": identifier, "revision": revision}

    def _tell_conflicts(self, entries: Sequence[Entry], before: Storm, opened: OpenStorm) -> None:
        for entry in entries:
            if entry.author == BY_HAND and isinstance(entry.edit, e.Patch) and entry.revision > 1:
                was = before if entry is entries[0] else opened.at(entry.revision - 1)
                for said in notice_of_conflict(was, entry.edit):
                    self._people.tell(said)

    def _tell_standing(self, entries: Sequence[Entry], before: Storm) -> None:
        """Tell all where the workshop stands now, or those alone whose dots are others now."""
        voters = {person_of(entry.id) for entry in entries} if _votes(self.storm) else set()
        everybody = before.workshop is not self.storm.workshop
        for to, member in self._people.tabs():
            if everybody or to[:8] in voters:
                self._stand(to, member)
        self._tell_quiet()

    def _stand(self, to: str, member: Member) -> None:
        if self.storm.workshop is not None or facilitates(member):
            said = standing(self.storm, self.sights.writers, to[:8], facilitates(member))
            self._people.send({**said, "to": to}, member)

    def _tell_quiet(self) -> None:
        facilitators = [(to, member) for to, member in self._people.tabs() if facilitates(member)]
        if not facilitators:
            return
        before = self._quiet
        told = [(self._told_quiet(to), member) for to, member in facilitators]
        if self._quiet != before:
            for said, member in told:
                self._people.send(said, member)

    def _told_quiet(self, to: str) -> dict[str, Any]:
        own = [tab[:8] for tab, member in self._people.tabs() if facilitates(member)]
        self._quiet = quiet(self._people.listed(), self.sights.writers, own)
        return {"type": "quiet", "to": to, "people": self._quiet}

    def _plain(self, storm: Storm) -> dict[str, Any]:
        if storm is not self.storm:
            document: dict[str, Any] = plain(storm.document())
            return document
        if self._document is None or self._document[0] is not storm:
            self._document = (storm, plain(storm.document()))
        return self._document[1]


def facilitates(member: Member) -> bool:
    """Whether the tabs behind a member steer the workshop: those of the workshop page do, guests never."""
    return getattr(member, "facilitates", False) is True


def _votes(storm: Storm) -> bool:
    return storm.workshop is not None and storm.workshop.voting is not None
