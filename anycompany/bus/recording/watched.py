"""What was watched while a log was read, for what is then said of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ...storm.model import Storm
from .following import Followings
from .keeping import Contracts
from .order import Orders
from .recorded import Recorded, Unread
from .report import MOST_EXAMPLES, MOST_UNREAD, Example
from .subjects import Subjects
from .times import Clock
from .vocabulary import Address, Vocabulary

MOST_KINDS = 1_000
"""Unknown kinds of events that are told apart; all others are counted together."""

_LONGEST = 256


@dataclass(slots=True)
class Unknown:
    """A kind of event that the storm does not have: how often it came, and where first."""

    count: int = 0
    examples: list[Example] = field(default_factory=list)


@dataclass
class Tally:
    """What is simply counted."""

    events: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)
    unknown: dict[Address, Unknown] = field(default_factory=dict)
    unknown_beyond: int = 0
    unread: int = 0
    unread_lines: list[Unread] = field(default_factory=list)
    duplicates: list[int] = field(default_factory=list)
    duplicate_count: int = 0
    replays: int = 0
    tests: int = 0

    def note_unread(self, line: Unread) -> None:
        """Count a line that is no event; the first ones are kept."""
        self.unread += 1
        if len(self.unread_lines) < MOST_UNREAD:
            self.unread_lines.append(line)

    def note_duplicate(self, line: int) -> None:
        """Count an event that came before with the same id."""
        self.duplicate_count += 1
        if len(self.duplicates) < MOST_EXAMPLES:
            self.duplicates.append(line)

    def note_unknown(self, address: Address, line: int) -> None:
        """Count an event that the storm does not have; long names are told apart by their beginning."""
        address = (address[0][:_LONGEST], address[1][:_LONGEST])
        known = self.unknown.get(address)
        if known is None:
            if len(self.unknown) >= MOST_KINDS:
                self.unknown_beyond += 1
                return
            known = self.unknown[address] = Unknown()
        known.count += 1
        if len(known.examples) < MOST_EXAMPLES:
            known.examples.append(Example(line))


@dataclass
class Watched:
    """Everything that was watched over one log.

    ``refused`` is for each listener with a filter the first event that it is for and its filter kept out.
    """

    storm: Storm
    by: tuple[str, ...]
    vocabulary: Vocabulary
    subjects: Subjects
    orders: Orders
    followings: Followings
    contracts: Contracts
    tally: Tally = field(default_factory=Tally)
    clock: Clock = field(default_factory=Clock)
    refused: dict[str, Recorded] = field(default_factory=dict)
