"""Which hue belongs to whom: a context and its service have the same in every diagram."""

from __future__ import annotations

from ..storm.model import Storm


def hue_of_context(storm: Storm, context: str) -> int:
    """The number of a context's hue."""
    return list(storm.contexts).index(context)


def hue_of_service(storm: Storm, service: str) -> int:
    """The number of a service's hue: its context's, or one of its own where it shares or has none."""
    context = storm.services[service].context
    if context in storm.contexts and storm.relations.services_of[context][0] == service:
        return hue_of_context(storm, context)
    return len(storm.contexts) + list(storm.services).index(service)
