"""Checks on the bus: rules and their quotas, listeners' filters, contracts. In the shape of ``storm.checks``.

Ask them with ``findings(storm, checks=...)`` of ``anycompany.storm.checks``.
"""

from __future__ import annotations

from ...storm.checks.finding import Check
from . import on_contracts, on_filters, on_rules

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (*on_rules.CHECKS, *on_filters.CHECKS, *on_contracts.CHECKS)
"""Every check on rules, filters and contracts."""
