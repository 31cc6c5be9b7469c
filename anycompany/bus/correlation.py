"""How events say what they follow from, from hop to hop, without a word in their detail.

An event's detail is promised by its contract, so the trail stands in the envelope, among its ``resources``:
the id of the event that the workflow heard, and the id of the first event of the whole flow. Step Functions
itself adds the ARNs of the execution and of the state machine there, so every event in a log leads to the
log of the workflow that said it, and to the event before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ANSWERS = "anycompany:answers:"
"""Followed by the id of the event that was heard."""

BEGAN = "anycompany:began:"
"""Followed by the id of the first event of the flow."""


def answered(event: Mapping[str, Any]) -> str | None:
    """The id of the event that this one answers; None where it is the first, or nobody said.

    >>> answered({"resources": ["anycompany:answers:e-1", "anycompany:began:e-0"]})
    'e-1'
    """
    return _said(event, ANSWERS)


def began(event: Mapping[str, Any]) -> str | None:
    """The id of the first event of the flow that this one is part of; its own where it is the first.

    >>> began({"id": "e-0", "resources": []})
    'e-0'
    """
    own = event.get("id")
    return _said(event, BEGAN) or (own if isinstance(own, str) else None)


def trail(heard: Mapping[str, Any]) -> list[str]:
    """What an event that answers another one carries among its resources.

    >>> trail({"id": "e-1", "resources": ["anycompany:answers:e-0", "anycompany:began:e-0"]})
    ['anycompany:answers:e-1', 'anycompany:began:e-0']
    """
    return [f"{ANSWERS}{heard.get('id', '')}", f"{BEGAN}{began(heard) or ''}"]


def trail_in_jsonata(heard: str) -> str:
    """The JSONata that makes the same in a workflow; ``heard`` is the expression that gives the event."""
    first = f'function($one) {{$contains($one, "{BEGAN}")}}'
    return (
        f'($began := $filter({heard}.resources, {first}); ["{ANSWERS}" & {heard}.id, '
        f'$exists($began) ? $began[0] : "{BEGAN}" & {heard}.id])'
    )


def _said(event: Mapping[str, Any], prefix: str) -> str | None:
    resources = event.get("resources")
    found = [one for one in resources if isinstance(one, str)] if isinstance(resources, list) else []
    return next((one.removeprefix(prefix) for one in found if one.startswith(prefix)), None)
