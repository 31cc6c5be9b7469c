"""The states that put events on the bus, and the details that they put there."""

from __future__ import annotations

from typing import Any

from ...bus.contract import example_detail, fields_of
from ...bus.marker import MARKER
from ...storm.model import Storm
from ...storm.tasks import is_written
from .expressions import evaluated, jsonata, plain
from .names import StateNames
from .places import service_call
from .retries import State, retrier, then

MOST_ENTRIES = 10
"""Entries in one PutEvents call (EventBridge quota)."""


def putting(
    storm: Storm,
    policy: str,
    events: list[str],
    names: StateNames,
    *,
    with_marker: bool,
    following: str | None = None,
) -> dict[str, State]:
    """The states that put events on the bus; what follows the last of them ends the workflow if not said."""
    batches = [events[i : i + MOST_ENTRIES] for i in range(0, len(events), MOST_ENTRIES)]
    named = [
        (names.new("Put " + " and ".join(storm.events[event].name for event in batch)), batch)
        for batch in batches
    ]
    states: dict[str, State] = {}
    for index, (name, batch) in enumerate(named):
        after = named[index + 1][0] if index + 1 < len(named) else following
        states[name] = {
            "Type": "Task",
            "Resource": service_call("events:putEvents"),
            "Arguments": {"Entries": [_entry(storm, policy, event, with_marker) for event in batch]},
            "Retry": [retrier(["EventBridge.FailedEntry", "States.TaskFailed"], 5)],
            **then(after),
        }
    return states


def _entry(storm: Storm, policy: str, event: str, with_marker: bool) -> dict[str, Any]:
    return {
        "EventBusName": "${BusName}",
        "Source": plain(storm.source_of(event)),
        "DetailType": plain(storm.detail_type(event)),
        "Detail": _detail(storm, policy, event, with_marker),
        "Resources": evaluated("$trail"),
    }


def _detail(storm: Storm, policy: str, event: str, with_marker: bool) -> str:
    """The JSONata that makes an event's detail: what is known of its contract's fields, and no other field.

    A field that nobody has filled in yet comes from the contract's example, as long as the business logic is
    a placeholder.
    """
    fields = fields_of(storm, event)
    said = storm.policies.get(policy)
    parts = [] if said is not None and is_written(said.does) else [jsonata(example_detail(storm, event))]
    if fields:
        parts.append(f"$sift($known, function($value, $name) {{ $name in {jsonata(list(fields))} }})")
    if with_marker:
        marker = f"$event.detail.`{MARKER}`"
        hops = f"($exists({marker}.hops) ? {marker}.hops : 0) + 1"
        answered = f'{{"by": {jsonata(policy)}, "after": $event.id, "hops": {hops}}}'
        parts.append(f'($exists({marker}) ? {{"{MARKER}": $merge([{marker}, {answered}])}} : {{}})')
    return evaluated(f"$merge([{', '.join(parts)}])") if parts else "{% {} %}"
