"""Judging event patterns and contracts: what a look at them shows before they are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...storm.checks.finding import quoted
from ..verdict import Seen, slip

ENVELOPE = frozenset(
    {"version", "id", "source", "account", "time", "region", "resources", "detail-type", "detail", "$or"}
)
_MISSPELT = {"detailtype": "detail-type", "source": "source", "detail": "detail"}


def faults_of_pattern(pattern: Mapping[str, Any], field: str) -> Iterator[Seen]:
    """The misconceptions in a pattern that is to ask for a range of a numeric field of the detail."""
    for key in pattern:
        proper = _MISSPELT.get(re.sub(r"[^a-z]", "", key.lower()))
        if key not in ENVELOPE and proper:
            yield Seen("wrong-envelope", f"{quoted(key)} is written {quoted(proper)}.")
        elif key not in ENVELOPE:
            yield Seen("field-at-top", f"{quoted(key)} stands at the top.")
    if loose := list(_loose_values(pattern, "")):
        yield Seen("value-without-list", f"The value of {quoted(loose[0])} stands outside of a list.")
    misspelt = {re.sub(r"[^a-z]", "", key.lower()) for key in pattern}
    if "source" not in misspelt and "$or" not in pattern:
        yield Seen("no-source", "It does not say whose event it hears.")
    detail: Any = next((value for key, value in pattern.items() if key.lower() == "detail"), {})
    conditions = list(_conditions_on(detail, field))
    at_top = any(key.lower() == field for key in pattern)
    if not conditions:
        if not at_top:
            yield Seen(
                "filter-in-code", f"It lets every {field} through; somebody else would have to look at it."
            )
        return
    for condition in conditions:
        yield from _fault_of_condition(condition, field)


def _fault_of_condition(condition: Any, field: str) -> Iterator[Seen]:
    if isinstance(condition, dict):
        compared = condition.get("numeric")
        texts = (
            [one for one in compared if isinstance(one, str) and re.search(r"\d", one)]
            if isinstance(compared, list)
            else []
        )
        if texts:
            yield Seen("number-as-text", f"{quoted(texts[0])} is a text; {field} is a number.")
        elif isinstance(compared, list) and compared[:1] == ["="]:
            yield Seen("equals-instead-of-range", f"It asks for exactly {compared[-1]}.")
        elif isinstance(compared, str):
            yield slip('`numeric` takes a list: [">", 200].')
        elif any(isinstance(one, str) for one in condition.values() if one != compared):
            yield Seen(
                "number-as-text", f"{quoted(str(next(iter(condition))))} compares texts; {field} is a number."
            )
    elif isinstance(condition, str):
        yield Seen(
            "number-as-text" if re.search(r"\d", condition) else "",
            f"{quoted(condition)} is a text; {field} is a number.",
        )
    elif isinstance(condition, int | float):
        yield Seen("equals-instead-of-range", f"It asks for exactly {condition}.")


def _conditions_on(detail: Any, field: str) -> Iterator[Any]:
    if not isinstance(detail, dict):
        return
    for key, value in detail.items():
        if key == field:
            yield from value if isinstance(value, list) else [value]
        elif key == "$or" and isinstance(value, list):
            for one in value:
                yield from _conditions_on(one, field)


def _loose_values(pattern: Mapping[str, Any], path: str) -> Iterator[str]:
    for key, value in pattern.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            if {"numeric", "prefix", "suffix", "exists", "anything-but", "wildcard"} & set(value):
                yield here
            else:
                yield from _loose_values(value, here)
        elif not isinstance(value, list):
            yield here
