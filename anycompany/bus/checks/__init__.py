"""Checks on the bus: rules and their quotas, listeners' filters, contracts. In the shape of ``storm.checks``.

Ask them with ``findings(storm, checks=...)`` of ``anycompany.storm.checks``.
"""

from __future__ import annotations

from ...storm.checks.finding import Check
from . import on_contracts, on_examples, on_filters, on_rules
from .on_samples import SampleFinding, sample_findings

__all__ = ["CHECKS", "SampleFinding", "sample_findings"]

CHECKS: tuple[Check, ...] = (*on_rules.CHECKS, *on_filters.CHECKS, *on_contracts.CHECKS, *on_examples.CHECKS)
"""Every check on rules, filters and contracts."""
