"""A storm with all that can be watched: an expected event, a rate, a failure, a key of its own, personal data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anycompany.stacks.stack import Stack
from anycompany.storm.model import Storm


def watched_storm(key: str = "own", **bus: Any) -> Storm:
    """An inn that books and cleans rooms, and wants to know when it does not."""
    return Storm.model_validate(
        {
            "name": "Inn",
            "bus": {"key": key, **bus},
            "events": {
                "room-booked": {"name": "Room Booked", "expected": "every 2 hours"},
                "room-refused": {"name": "Room Refused"},
                "room-requested": {"name": "Room Requested"},
                "day-ended": {"name": "Day Ended"},
                "room-cleaned": {"name": "Room Cleaned"},
            },
            "triggers": {
                "room-requested": {"actor": "Guest", "command": "Ask"},
                "day-ended": {"schedule": "cron(0 22 * * ? *)"},
            },
            "policies": {
                "book": {
                    "name": "Book a room",
                    "when": ["room-requested"],
                    "does": ["Look for a room"],
                    "emits": ["room-booked"],
                    "fails": ["room-refused"],
                },
                "clean": {"when": ["day-ended", "room-booked"], "emits": ["room-cleaned"]},
            },
            "entities": {
                "room": ["room-booked", "room-refused", "room-requested", "day-ended", "room-cleaned"]
            },
            "contexts": {"inn": {"entities": ["room"]}},
            "services": {"rooms": {"context": "inn"}},
            "listeners": {
                "all": {"for": "Audit", "hears": "all", "to": "queue"},
                "refusals": {
                    "for": "Security",
                    "hears": ["room-refused"],
                    "to": "log",
                    "keep": 100,
                    "more-than": {"count": 10, "within": "5 minutes"},
                },
            },
            "contracts": {
                "room-requested": {"fields": {"guest": {"type": "string", "personal": True}}},
                "room-booked": {"fields": {"room": {"type": "integer"}}},
            },
        }
    )


def resources_of(stacks: tuple[Stack, ...], kind: str) -> Iterator[tuple[Stack, str, dict[str, Any]]]:
    """Every resource of a type, with its stack and its logical id."""
    for stack in stacks:
        for name, one in stack.template["Resources"].items():
            if one["Type"] == kind:
                yield stack, name, one
