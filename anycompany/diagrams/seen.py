"""What of a design was seen running, to be drawn over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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

    def count(self, section: str, identifier: str) -> int:
        """How often the thing of this section (``events``, ``policies``, ``listeners``) was seen."""
        counts: Mapping[str, int] = getattr(self, section)
        return counts.get(identifier, 0)

    def not_seen(self, section: str, identifiers: list[str]) -> list[str]:
        """Those of the ids that were not seen."""
        return [identifier for identifier in identifiers if not self.count(section, identifier)]
