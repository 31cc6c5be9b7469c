"""What a comparison of two versions of a contract says.

Backward and forward mean what schema registries mean by them. **Backward**: a consumer of the new version
reads events of the old one, as when consumers are upgraded first, or an archive is replayed. **Forward**: a
consumer of the old version reads events of the new one, as when the owner deploys first. **Full** is both.
Events carry the fields their contract names; a consumer ignores what it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["backward", "forward"]
"""Which of the two a difference breaks."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two versions of a contract.

    Parameters
    ----------
    path : the field, its keys joined by dots (the elements of an array have its path).
    kind : its name, such as ``field added, required`` or ``type widened``.
    what : a sentence about it.
    breaks : the directions it breaks; none where every consumer goes on reading.
    """

    path: str
    kind: str
    what: str
    breaks: tuple[Direction, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions of a contract, and what that means for those who hear the event.

    Parameters
    ----------
    differences : each of them, in the order of the fields.
    """

    differences: tuple[Difference, ...]

    @property
    def backward(self) -> bool:
        """Whether consumers of the new version read events of the old one."""
        return not any("backward" in one.breaks for one in self.differences)

    @property
    def forward(self) -> bool:
        """Whether consumers of the old version read events of the new one."""
        return not any("forward" in one.breaks for one in self.differences)

    @property
    def compatibility(self) -> Literal["full", "backward", "forward", "none"]:
        """Which of the two hold."""
        if self.backward:
            return "full" if self.forward else "backward"
        return "forward" if self.forward else "none"
