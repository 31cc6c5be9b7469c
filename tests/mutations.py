"""Changes to a storm's document that make one check fire, whatever the domain."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


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
    return said if isinstance(said, list) else said["events"]


def emitted(doc: Document) -> str:
    return next(policy["emits"][0] for policy in doc["policies"].values() if policy.get("emits"))


def contract_pair(doc: Document) -> tuple[str, str, str]:
    """A policy, an event it hears and one it emits, both of which have contracts."""
    return next(
        (key, policy["when"][0], policy["emits"][0])
        for key, policy in doc["policies"].items()
        if policy.get("emits")
    )


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


def listener(doc: Document, **keys: Any) -> None:
    doc["listeners"]["new-listener"] = {"for": "Somebody"} | keys


def field(doc: Document, event: str, name: str, **is_: Any) -> None:
    doc["contracts"].setdefault(event, {}).setdefault("fields", {})[name] = is_ | {"optional": True}
