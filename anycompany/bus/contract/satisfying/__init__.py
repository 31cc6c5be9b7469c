"""Can a pattern ever match an event of a contract? Yes with an event, no with the reason."""

from __future__ import annotations

from .answers import Answer, Matchable, NeverMatches, Reason, Undecided
from .matching import can_match, never_met

__all__ = ["Answer", "Matchable", "NeverMatches", "Reason", "Undecided", "can_match", "never_met"]
