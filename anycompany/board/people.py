"""Who is in a room: the tabs that were heard lately, and what each person shows of themselves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .elsewhere import Elsewhere
from .messages import Hello, Message, Presence
from .sealing import sealed

SECONDS_UNTIL_GONE = 30.0
"""A tab that was silent for so long is not shown any more: a closed laptop says no goodbye."""

SECONDS_UNTIL_FORGOTTEN = 300.0
"""For so long a silent tab is sent what happens: browsers let tabs in the background speak once a minute."""

SECONDS_BETWEEN_PRESENCES = 0.045
"""What one tab tells of itself is passed on at most so often; the latest always is."""

FOR_FEW = frozenset(["quiet"])
"""Messages for facilitators alone."""


class Member(Protocol):
    """Where messages of the room go: one widget, or one connection, with any number of tabs behind it.

    Its tabs steer the workshop where it has an attribute ``facilitates`` that is true.
    """

    def send(self, content: dict[str, Any]) -> None:
        """Send one message."""


@dataclass
class Tab:
    """One browser tab of somebody."""

    member: Member
    person: str
    tab: str
    name: str
    heard: float
    here: bool = True
    shown: dict[str, Any] = field(default_factory=dict)
    waiting: dict[str, Any] = field(default_factory=dict)
    told: float = 0.0
    key: str = ""


class People:
    """Everybody in a room. The room's lock is held by whoever calls.

    Parameters
    ----------
    storm : the storm file, on which there may be other rooms.
    """

    def __init__(self, storm: Path) -> None:
        self.apart = False  # whether people see different things
        self.discreet = False  # whether nobody is shown what others hold and point at
        self._tabs: dict[str, Tab] = {}
        self._elsewhere = Elsewhere(storm)
        self._lost = False  # whether somebody could not be reached, and the others have not been told

    def send(self, message: dict[str, Any], member: Member) -> None:
        """Send to one member; one that cannot be reached any more must not keep the others waiting.

        What is for one tab is sealed while people see different things, and always where it is for few.
        """
        tab = self._tabs.get(str(message.get("to")))
        private = self.apart or message["type"] in FOR_FEW
        try:
            member.send(sealed(message, tab.key) if tab and tab.key and private else message)
        except Exception:
            self._lost = self.leave_with(member) or self._lost

    def tell(self, message: dict[str, Any]) -> None:
        """Send to every member once, however many tabs are behind it."""
        for member in {id(tab.member): tab.member for tab in self._tabs.values()}.values():
            self.send(message, member)

    def knows(self, to: str, member: Member) -> bool:
        """Whether a tab has come in by this member and was not forgotten since."""
        known = self._tabs.get(to)
        return known is not None and known.member is member

    def hear(self, message: Message, member: Member) -> bool:
        """Take down a sign of life; says whether the list of people is another one now."""
        known = self._tabs.get(message.to)
        key = message.key if isinstance(message, Hello) else ""
        if known is None or known.member is not member:
            tab = Tab(member, message.person, message.tab, message.name, time.monotonic(), key=key)
            self._tabs[message.to] = tab
            return True
        known.key = known.key or key  # nobody takes another's tab over by a key of their own
        changed = not known.here or known.name != message.name
        known.heard, known.here, known.name = time.monotonic(), True, message.name
        return changed

    def show(self, message: Message, **what: Any) -> None:
        """Note what a tab shows of itself: its step, its pointer, what it holds and edits."""
        self._tabs[message.to].shown.update(what)

    def presence(self, message: Presence) -> dict[str, Any] | None:
        """What to pass on of a tab's presence now; None where it has to wait a little."""
        tab = self._tabs[message.to]
        said = message.model_dump(mode="json", exclude_unset=True, exclude={"type", "person", "tab", "name"})
        tab.shown.update(said)
        tab.waiting.update(said)
        return self._told(tab) if time.monotonic() - tab.told >= SECONDS_BETWEEN_PRESENCES and said else None

    def waiting(self) -> list[dict[str, Any]]:
        """The presences that had to wait and are due now."""
        due = time.monotonic() - SECONDS_BETWEEN_PRESENCES
        return [self._told(tab) for tab in self._tabs.values() if tab.waiting and tab.told <= due]

    def leave(self, to: str) -> bool:
        """One tab goes; says whether it was there."""
        return self._tabs.pop(to, None) is not None

    def leave_with(self, member: Member) -> bool:
        """All tabs behind a member go; says whether there were any."""
        gone = [to for to, tab in self._tabs.items() if tab.member is member]
        for to in gone:
            del self._tabs[to]
        return bool(gone)

    def have_changed(self) -> bool:
        """Let go of the silent, look who is elsewhere, and say whether the list is another one now."""
        changed, self._lost = self._lost, False
        now = time.monotonic()
        for to, tab in list(self._tabs.items()):
            if tab.here and now - tab.heard > SECONDS_UNTIL_GONE:
                tab.here, changed = False, True
            if now - tab.heard > SECONDS_UNTIL_FORGOTTEN:
                del self._tabs[to]
        return self._elsewhere.exchange(self._own()) or changed

    def listed(self) -> list[dict[str, Any]]:
        """Those who are here, and those who are on the same storm elsewhere, as the board lists them."""
        return [*self._own(), *self._elsewhere.people]

    def close(self) -> None:
        """Tell rooms elsewhere that nobody is here any more."""
        self._elsewhere.close()

    def tabs(self) -> list[tuple[str, Member]]:
        """The address of every tab, with the member it is behind."""
        return [(to, tab.member) for to, tab in self._tabs.items()]

    def _own(self) -> list[dict[str, Any]]:
        return [
            {"person": tab.person, "tab": tab.tab, "name": tab.name, **self._showing(tab.shown)}
            for tab in self._tabs.values()
            if tab.here
        ]

    def _told(self, tab: Tab) -> dict[str, Any]:
        said, tab.waiting, tab.told = tab.waiting, {}, time.monotonic()
        shown = self._showing(said)
        return {"type": "presence", "person": tab.person, "tab": tab.tab, "name": tab.name, **shown}

    def _showing(self, shown: dict[str, Any]) -> dict[str, Any]:
        """What is passed on of what a tab shows: before the reveal a pointer or a note's key would tell."""
        return {key: value for key, value in shown.items() if key == "step"} if self.discreet else shown
