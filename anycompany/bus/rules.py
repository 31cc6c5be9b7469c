"""The rules a storm stands for: one per policy, one per listener, one per AWS event that starts something.

A rule filters events by an event pattern and has one target; AWS allows five targets a rule and 300 rules a
bus (EventBridge quotas), and one target each keeps failures apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from ..storm.model import Storm


@dataclass(frozen=True)
class Rule:
    """One rule: what it hears, as ids and as an event pattern, and where it sends it.

    ``id`` is the id of the policy, listener or event it stands for, ``section`` where that is written
    (``"policies"``, ``"listeners"``, ``"triggers"``), ``home`` the service or audience that owns the rule,
    ``bus`` whether it listens on our own bus or on the account's default bus. Buffered policies of one home
    that hear the same share the rule of the first: ``led_by`` is that policy.
    """

    section: Literal["policies", "listeners", "triggers"]
    id: str
    home: str | None
    hears: tuple[str, ...]
    pattern: dict[str, Any]
    target: Literal["workflow", "topic", "queue", "log"]
    bus: Literal["own", "default"] = "own"
    led_by: str = ""

    @property
    def note(self) -> str:
        """The sticky note it comes from, as ``section/id``."""
        return f"{self.section}/{self.id}"


def rules(storm: Storm) -> tuple[Rule, ...]:
    """Every rule of a storm; policies and listeners that hear nothing yet have none.

    >>> storm = Storm(name="Inn").add_event("Room Booked").add_policy("Clean", when=["room-booked"])
    >>> rules(storm)[0].pattern
    {'source': ['com.inn'], 'detail-type': ['room-booked']}
    """
    relations = storm.relations
    found: list[Rule] = []
    leaders: dict[tuple[str | None, frozenset[str]], str] = {}
    for key, policy in storm.policies.items():
        heard = tuple(event for event in dict.fromkeys(policy.when) if event in storm.events)
        if heard:
            home = relations.service_of_policy(key)
            leader = leaders.setdefault((home, frozenset(heard)), key) if policy.buffer else ""
            pattern = pattern_for(storm, heard)
            found.append(Rule("policies", key, home, heard, pattern, "workflow", led_by=leader))
    for key, listener in storm.listeners.items():
        heard = (
            tuple(storm.events)
            if listener.hears == "all"
            else tuple(e for e in listener.hears if e in storm.events)
        )
        if heard:
            pattern = listening_pattern(storm, key)
            found.append(Rule("listeners", key, listener.for_, heard, pattern, listener.to))
    for event, trigger in storm.triggers.items():
        if trigger.aws and event in storm.events:
            pattern = {"source": [trigger.aws.source], "detail-type": [trigger.aws.detail_type]}
            home = relations.owner_of(event)
            found.append(Rule("triggers", event, home, (event,), pattern, "workflow", "default"))
    return tuple(found)


def pattern_for(storm: Storm, events: Iterable[str]) -> dict[str, Any]:
    """The event pattern that lets exactly these events through, by source and detail-type.

    Sources and detail-types are listed side by side where that is exact, else source by source.
    """
    wanted = sorted({storm.relations.address_of[event] for event in events})
    by_source: dict[str, list[str]] = {}
    for source, name in wanted:
        by_source.setdefault(source, []).append(name)
    names = sorted({name for _, name in wanted})
    namesakes = {(source, name) for source in by_source for name in names}.difference(wanted)
    if namesakes.isdisjoint(storm.relations.addresses):
        return {"source": list(by_source), "detail-type": names}
    return {"$or": [{"source": [source], "detail-type": found} for source, found in by_source.items()]}


def listening_pattern(storm: Storm, listener: str) -> dict[str, Any]:
    """The event pattern of a listener: its events, its filter on the detail, and never a replay.

    Events replayed from the archive carry ``replay-name``: an audience has heard them before.
    """
    said = storm.listeners[listener]
    heard = [event for event in said.hears if event in storm.events] if said.hears != "all" else []
    pattern = {"source": [{"prefix": ""}]} if said.hears == "all" else pattern_for(storm, heard)
    if said.where:
        pattern = {**pattern, "detail": said.where}
    return {**pattern, "replay-name": [{"exists": False}]}
