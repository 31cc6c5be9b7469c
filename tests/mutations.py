"""Changes to a storm's document that make one check fire, whatever the domain."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from anycompany.storm.checks import Finding, findings
from anycompany.storm.model import Storm
from anycompany.workbook.findings import all_checks

from .storms import load

Document = dict[str, Any]


@lru_cache
def loaded(path: Path) -> Storm:
    return load(path)


def changed(path: Path, change: Callable[[Document], Any] | None) -> Storm:
    """A domain's storm after a change to its document."""
    document = loaded(path).document()
    if change:
        change(document)
    return Storm.model_validate(document)


def of_check(storm: Storm, check: str) -> list[Finding]:
    """The open findings of one check, at whatever step the storm is."""
    return list(findings(storm, checks=[one for one in all_checks() if one.id == check]).open)


def nth(section: dict[str, Any], number: int = 0) -> str:
    return list(section)[number]


def add_event(doc: Document, key: str, name: str, entity: bool = True) -> str:
    """A new event in the first entity."""
    doc["events"][key] = {"name": name}
    if entity:
        events_in(doc, nth(doc["entities"])).append(key)
    return key


def events_in(doc: Document, entity: str) -> list[str]:
    said = doc["entities"][entity]
    events: list[str] = said if isinstance(said, list) else said["events"]
    return events


def emitted(doc: Document) -> str:
    return next(str(policy["emits"][0]) for policy in doc["policies"].values() if policy.get("emits"))


def in_one_context(doc: Document) -> None:
    first = nth(doc["contexts"])
    doc["contexts"] = {first: {"entities": list(doc["entities"])}}


def whole_service(doc: Document) -> None:
    """A service of its own with one policy that hears three events and emits three."""
    for number in range(6):
        doc["events"][f"step-{number}"] = {"name": f"Step {number} Taken"}
    doc["entities"]["steps"] = [f"step-{number}" for number in range(6)]
    doc["contexts"]["steps"] = {"entities": ["steps"]}
    doc["services"]["steps"] = {"context": "steps"}
    doc["policies"]["everything"] = {
        "when": ["step-0", "step-1", "step-2"],
        "emits": ["step-3", "step-4", "step-5"],
    }
