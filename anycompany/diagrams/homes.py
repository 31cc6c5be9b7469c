"""Which hue belongs to whom, where a policy is at home, and what crosses a border between two contexts."""

from __future__ import annotations

from ..storm.model import Storm


def hue_of_context(storm: Storm, context: str) -> int:
    """The number of a context's hue; its service has the same."""
    return list(storm.contexts).index(context)


def hue_of_service(storm: Storm, service: str) -> int:
    """The number of a service's hue: its context's, or one of its own while it has no context."""
    context = storm.services[service].context
    if context in storm.contexts and storm.relations.services_of[context][0] == service:
        return hue_of_context(storm, context)
    return len(storm.contexts) + list(storm.services).index(service)


def context_of_policy(storm: Storm, policy: str) -> str | None:
    """The context in which a policy does its work: its service's, else that of an event it emits or hears."""
    service = storm.relations.service_of_policy(policy)
    home = storm.services[service].context if service else None
    if home in storm.contexts:
        return home
    said = storm.policies[policy]
    events = (*said.emits, *said.fails, *said.when)
    return next((context for event in events if (context := storm.relations.context_of(event))), None)


def crossings(storm: Storm) -> dict[tuple[str, str], list[str]]:
    """For each pair of contexts, the events of the first that a policy of the second hears, in order of time."""
    found: dict[tuple[str, str], list[str]] = {}
    for event in storm.relations.in_order:
        origin = storm.relations.context_of(event)
        hearers = (context_of_policy(storm, policy) for policy in storm.relations.hearers_of.get(event, ()))
        for context in dict.fromkeys(hearers):
            if origin and context and context != origin:
                found.setdefault((origin, context), []).append(event)
    return found
