"""What of a design was seen running, to be drawn over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from .lettering import in_sentence, listing

if TYPE_CHECKING:
    from ..bus.trace import Trace
    from ..storm.model import Storm


@dataclass(frozen=True)
class Seen:
    """How often each thing of a storm was seen running after a deploy; what is not named was not seen.

    Parameters
    ----------
    events, policies, listeners : id to how often it was seen on the bus, run, or heard something.

    >>> Seen(events={"payment-failed": 2}).not_seen("events", ["payment-failed", "payment-succeeded"])
    ['payment-succeeded']
    """

    events: Mapping[str, int] = field(default_factory=dict)
    policies: Mapping[str, int] = field(default_factory=dict)
    listeners: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, trace: Trace) -> Self:
        """What a trace saw."""
        return cls(trace.seen_events, trace.seen_policies, trace.seen_listeners)

    def count(self, section: str, identifier: str) -> int:
        """How often the thing of this section (``events``, ``policies``, ``listeners``) was seen."""
        counts: Mapping[str, int] = getattr(self, section)
        return counts.get(identifier, 0)

    def sentences(self, storm: Storm) -> list[str]:
        """What was seen and what was not, in words."""
        titles = {
            "events": {key: event.name for key, event in storm.events.items()},
            "policies": {key: policy.title(key) for key, policy in storm.policies.items()},
            "listeners": {key: listener.title(key) for key, listener in storm.listeners.items()},
        }
        said = []
        for section, names in titles.items():
            missing = self.not_seen(section, list(names))
            seen = [
                f"{in_sentence(name)} ({self.count(section, key)})"
                for key, name in names.items()
                if key not in missing
            ]
            said.append(f"Seen running, {section}: {', '.join(seen) or 'none'}.")
            if missing:
                said.append(f"Not seen, {section}: {listing([names[key] for key in missing])}.")
        return said

    def not_seen(self, section: str, identifiers: list[str]) -> list[str]:
        """Those of the ids that were not seen."""
        return [identifier for identifier in identifiers if not self.count(section, identifier)]
