"""Contracts: schemas of events, samples, versions, and what a pattern can match of them."""

from __future__ import annotations

from .adopting import adopting
from .answering import RuleAnswer, rule_answers
from .comparing import compare
from .comparison import Comparison, Difference
from .consumers import Affected, ContractChange, contract_changes
from .inferring import Seen, fields_from, inferred
from .openapi import openapi
from .satisfying import Answer, Matchable, NeverMatches, Reason, Undecided, can_match, never_met
from .schema import (
    detail_schema,
    event_schema,
    example_detail,
    fields_of,
    json_schema,
    nested_example,
)
from .validating import Violation, violations

__all__ = [
    "Affected",
    "Answer",
    "Comparison",
    "ContractChange",
    "Difference",
    "Matchable",
    "NeverMatches",
    "Reason",
    "RuleAnswer",
    "Seen",
    "Undecided",
    "Violation",
    "adopting",
    "can_match",
    "compare",
    "contract_changes",
    "detail_schema",
    "event_schema",
    "example_detail",
    "fields_from",
    "fields_of",
    "inferred",
    "json_schema",
    "nested_example",
    "never_met",
    "openapi",
    "rule_answers",
    "violations",
]
