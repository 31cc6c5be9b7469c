"""Limits of AWS that a storm can run into: what they are, whose, as of when, and where it is written.

Quotas are those of us-east-1 as AWS publishes them; other regions have lower ones, and most can be raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..storm.parts import Policy
from ..storm.workflow_kind import longest_seconds

TIMEOUT_SECONDS = {"express": 300, "standard": 86_400}
"""Express workflows end after five minutes (Step Functions quota); a day is our word for standard ones."""

_SPARE_SECONDS = 3_600


def timeout_seconds(policy: Policy) -> int:
    """How long a policy's workflow may take: that of its kind, or an hour more than its work may take."""
    usual = TIMEOUT_SECONDS[policy.workflow_kind]
    longest = longest_seconds(policy.does)
    return max(usual, longest + _SPARE_SECONDS) if policy.workflow_kind == "standard" and longest else usual


AS_OF = "2026-11"
"""When these were written down."""

LONGEST_PATTERN = 2048
"""Characters of a rule's event pattern (EventBridge quota)."""

_EVENTBRIDGE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"
_STEP_FUNCTIONS = "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html"


@dataclass(frozen=True)
class Quota:
    """One limit; ``adjustable`` says whether AWS raises it when asked."""

    name: str
    limit: float
    unit: Literal["a second", "in all"]
    adjustable: bool
    source: str


RULES = Quota("rules on the bus", 300, "in all", True, _EVENTBRIDGE)
PUT_EVENTS = Quota("events put on the bus", 10_000, "a second", True, _EVENTBRIDGE)
INVOCATIONS = Quota("targets invoked by rules", 18_750, "a second", True, _EVENTBRIDGE)
EXPRESS_STARTS = Quota("express workflows started", 6_000, "a second", True, _STEP_FUNCTIONS)
STANDARD_STARTS = Quota("standard workflows started", 300, "a second", True, _STEP_FUNCTIONS)
TRANSITIONS = Quota("state transitions of standard workflows", 5_000, "a second", True, _STEP_FUNCTIONS)
