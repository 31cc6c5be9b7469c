"""Repeating a pattern of events for other nouns, as the batch of ordinary edits that it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import edits as e
from .errors import EditError
from .ids import mint
from .parts import Alternatives, Policy, events_of
from .tasks import with_events

if TYPE_CHECKING:
    from .model import Storm


def repeated(storm: Storm, edit: e.Repeat) -> e.Batch:
    """The edits that repeat a pattern: new events, their places among their fellows, triggers, policies.

    Raises ``EditError`` when an event is not there or none has the noun in its name.
    """
    missing = [event for event in edit.events if event not in storm.events]
    named = [
        event
        for event in edit.events
        if event in storm.events and _swap(storm.events[event].name, edit.noun, "")
    ]
    if missing or not named:
        what = (
            f"no event {missing[0]!r}"
            if missing
            else f"no event of the pattern with {edit.noun!r} in its name"
        )
        raise EditError(f"There is {what}.", "events", "Choose events that share the noun to be repeated.")
    if not edit.noun.strip() or not all(noun.strip() for noun in edit.nouns):
        raise EditError(
            "A noun to repeat for is empty.", "events", "Type the nouns, one for each repetition."
        )
    taken = {*storm.events, *storm.retired, *storm.board.get("parked", {})}
    policies_taken = {*storm.policies, *storm.retired}
    batch: list[e.AnyEdit] = []
    for noun in edit.nouns:
        copies: dict[str, str] = {}
        for event in edit.events:
            name = _swap(storm.events[event].name, edit.noun, noun) or f"{storm.events[event].name} ({noun})"
            copies[event] = mint(name, taken, "event")
            taken.add(copies[event])
            pivotal: dict[str, Any] = {"pivotal": True} if storm.events[event].pivotal else {}
            batch.append(e.Add(to="events", name=name, id=copies[event], keys=pivotal))
        batch += _places(storm, copies)
        batch += [
            e.SetTrigger(event=copies[event], trigger=storm.triggers[event])
            for event in copies
            if event in storm.triggers
        ]
        batch += _policies(storm, edit.noun, noun, copies, policies_taken)
    return e.Batch(edits=batch)


def _swap(name: str, noun: str, other: str) -> str | None:
    swapped, count = re.subn(rf"\b{re.escape(noun)}\b", lambda _: other, name, flags=re.IGNORECASE)
    return swapped if count else None


def _places(storm: Storm, copies: dict[str, str]) -> list[e.AnyEdit]:
    """Each repetition stands parallel to its original: the copied moments follow the whole pattern's end."""
    moments = [m for m in storm.timeline if any(event in copies for event in events_of(m))]
    last = events_of(moments[-1])[0] if moments else None
    found: list[e.AnyEdit] = []
    for moment in moments:
        fellows = [copies[event] for event in events_of(moment) if event in copies]
        found.append(e.Place(event=fellows[0], after=last))
        how = "instead_of" if isinstance(moment, Alternatives) else "parallel_to"
        found += [e.Place.model_validate({"event": fellow, how: fellows[0]}) for fellow in fellows[1:]]
        last = fellows[0]
    return found


def _policies(storm: Storm, old: str, new: str, copies: dict[str, str], taken: set[str]) -> list[e.AnyEdit]:
    """Policies that put any event of the pattern on the bus, and hear only events of it, are repeated too."""
    found: list[e.AnyEdit] = []
    for key, policy in storm.policies.items():
        puts = (*policy.emits, *policy.fails)
        if not puts or not all(event in copies for event in (*puts, *policy.when)):
            continue
        name = _swap(policy.title(key), old, new) or f"{policy.title(key)} ({new})"
        document = policy.document() | {
            side: [copies[event] for event in getattr(policy, side)] for side in ("when", "emits", "fails")
        }
        if policy.does:
            does = with_events(policy.does, lambda ids: [copies.get(event, event) for event in ids])
            document["does"] = Policy(does=does).document()["does"]
        identifier = mint(name, taken, "policy")
        taken.add(identifier)
        keys = {k: v for k, v in document.items() if k not in ("name", "service") and v != []}
        found.append(e.Add(to="policies", name=name, id=identifier, keys=keys))
    return found
