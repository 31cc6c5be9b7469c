"""Checks on what a team said: findings with a reason, a remedy and, where possible, an edit.

Each module holds the checks of one step or one question; ``CHECKS`` are all of this room. Checks on rules,
filters and contracts are in ``anycompany.bus.checks``, in the same shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..method import STEPS
from ..model import Storm
from . import (
    contexts,
    duplicates,
    entities,
    loops,
    names,
    notes,
    references,
    services,
    timeline,
    triggers,
    work,
)
from .finding import SEVERITIES, Check, Finding, Found, Severity, check

__all__ = ["CHECKS", "SEVERITIES", "Check", "Finding", "Findings", "Found", "Severity", "check", "findings"]

CHECKS: tuple[Check, ...] = (
    *notes.CHECKS,
    *references.CHECKS,
    *timeline.CHECKS,
    *triggers.CHECKS,
    *loops.CHECKS,
    *entities.CHECKS,
    *contexts.CHECKS,
    *duplicates.CHECKS,
    *services.CHECKS,
    *work.CHECKS,
    *names.CHECKS,
)
"""Every check on what a team said, in the order of the steps."""


@dataclass(frozen=True)
class Findings:
    """What checks found: ``open`` ones, the gravest first, and those ``dismissed``, each with its reason."""

    open: tuple[Finding, ...]
    dismissed: tuple[tuple[Finding, str], ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The open findings with which deploying would fail, or be wrong."""
        return tuple(finding for finding in self.open if finding.severity == "error")


def findings(storm: Storm, step: int | None = None, checks: Iterable[Check] = CHECKS) -> Findings:
    """What checks find in a storm.

    Parameters
    ----------
    storm : the storm, at whatever step it stopped.
    step : 1 to 8 for the findings of that step only, as if the team had begun it; None for all steps that
        the storm has something to say about.
    checks : which checks to ask; add ``anycompany.bus.checks.CHECKS`` for rules, filters and contracts.

    >>> storm = Storm(name="Inn").add_event("Book Room")
    >>> [(finding.check, finding.remedy) for finding in findings(storm).open]
    [('event-name', 'Call it “Room Booked”.')]
    """
    asked = [
        check for check in checks if (has_begun(storm, check.step) if step is None else check.step == step)
    ]
    found = [finding for check in asked for finding in check.findings(storm)]
    found.sort(key=lambda one: (SEVERITIES.index(one.severity), one.step))
    dismissed = storm.dismissed
    return Findings(
        tuple(one for one in found if one.key not in dismissed),
        tuple((one, dismissed[one.key]) for one in found if one.key in dismissed),
    )


def has_begun(storm: Storm, step: int) -> bool:
    """Whether a storm says anything yet that belongs to a step."""
    return step == 1 or any(getattr(storm, section) for section in STEPS[step - 1].sections)
