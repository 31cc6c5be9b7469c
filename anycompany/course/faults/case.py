"""A fault as somebody has mended it: the flawed storm, the one of now, and its events by what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...storm.checks.finding import quoted
from ...storm.model import Storm
from ..scoring.matching import ALIKE
from ..scoring.wording import Wording
from .fault import Fault


@dataclass(frozen=True)
class Case:
    """What a check looks at.

    Parameters
    ----------
    fault : which one.
    before, now : the flawed storm, and the one that is to be mended.
    measured : collects what was measured before and now, in sentences.
    """

    fault: Fault
    before: Storm
    now: Storm
    measured: list[str]

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """For each event that a fault's file speaks of, the one of the storm that it is, by id or meaning."""
        wording = Wording()
        names = {own: wording.name(said.name) for own, said in list(self.now.events.items())[:500]}
        found: dict[str, str] = {}
        for key in self.fault.events:
            wanted = [wording.name(one) for one in self.fault.events[key]]
            best = max(
                (
                    (max(one.likeness(name) for one in wanted if one.same_deed(name)), own)
                    for own, name in names.items()
                    if any(one.same_deed(name) for one in wanted)
                ),
                default=(0.0, ""),
            )
            if best[0] >= ALIKE:
                found[key] = best[1]
        for key, said in self.before.events.items():
            if key in self.now.events:
                found.setdefault(key, key)
                continue
            was = wording.name(said.name)
            likely = [(was.likeness(name), own) for own, name in names.items() if was.same_deed(name)]
            if likely and max(likely)[0] >= ALIKE:
                found.setdefault(key, max(likely)[1])
        return found

    def event(self, key: str) -> str | None:
        """The storm's event that a fault's file calls by a key, or None where it is gone."""
        return self._ids.get(key)

    def called(self, key: str) -> str:
        """Such an event as people read it."""
        own = self.event(key)
        if own:
            return quoted(self.now.events[own].name)
        if key in self.before.events:
            return quoted(self.before.events[key].name)
        return quoted(self.fault.events[key][0] if key in self.fault.events else key)

    def listeners_of(self, audience: str) -> list[str]:
        """The listeners of an audience, by what they are called or for whom they are."""
        wording = Wording()
        wanted = wording.name(audience)
        return [
            key
            for key, said in self.now.listeners.items()
            if wanted.likeness(wording.name(said.for_ or "")) >= ALIKE
            or wanted.likeness(wording.name(said.title(key))) >= ALIKE
            or key in self.before.listeners
        ]


Asked = Mapping[str, Any]
Check = Callable[[Case, Asked], Iterator[str]]
"""Says of a case what it does not do yet of what is asked; nothing where it does."""
