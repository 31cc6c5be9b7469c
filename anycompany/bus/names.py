"""The names that rules and workflows carry on AWS: made from ids, legal, never two the same."""

from __future__ import annotations

import hashlib
import re

from ..storm.model import Storm
from .rules import Rule

LONGEST_RULE_NAME = 64
"""Characters of a rule's name (EventBridge)."""

LONGEST_WORKFLOW_NAME = 80
"""Characters of a state machine's name (Step Functions)."""


def digest(text: str) -> str:
    """Six characters that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def limited(name: str, longest: int) -> str:
    """A name no longer than AWS allows; what is cut off is stood for by a digest.

    >>> limited("a" * 70, 64) != limited("a" * 71, 64), len(limited("a" * 70, 64))
    (True, 64)
    """
    return name if len(name) <= longest else f"{name[: longest - 7].rstrip('-')}-{digest(name)}"


def resource_name(storm: Storm, identifier: str, longest: int, home: str = "") -> str:
    """A physical name that people recognize in the console: bus, home, id; AWS's limit holds."""
    parts = [storm.bus_name, home, identifier]
    return limited(re.sub(r"[^A-Za-z0-9_-]+", "-", "-".join(part for part in parts if part)), longest)


def rule_name(storm: Storm, rule: Rule) -> str:
    """The name of a rule: where it is at home, and whose it is."""
    home = "hears" if rule.section == "listeners" else rule.home or ""
    return resource_name(storm, rule.led_by or rule.id, LONGEST_RULE_NAME, home)


def workflow_name(storm: Storm, rule: Rule) -> str:
    """The name of the state machine that a rule starts."""
    return resource_name(storm, rule.id, LONGEST_WORKFLOW_NAME, rule.home or "")
