"""A storm made ready to run: which rule hears what, and what each workflow puts on the bus.

Events that no rule can tell apart are one :class:`Kind`: all that is looked up for one of them is looked up
for all. That is exact, because a kind keeps every field that a rule may ask about, now or later in the flow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...storm.errors import StormError
from ...storm.model import Storm
from ...storm.spans import seconds_of
from ...storm.tasks import ANSWER_WITHIN, Task, single_tasks
from ..contract import example_detail
from ..marker import MARKER
from ..names import rule_name, workflow_name
from ..outcomes import emitted, reached
from ..quotas import TIMEOUT_SECONDS, timeout_seconds
from ..rules import Rule, rules
from .details import Address, Details
from .routing import routing

MOST_KINDS = 20_000
"""Kinds remembered at a time; more are made anew, so that a log of any size fits."""

MOST_NAMES = 1_000
"""Different events that the storm does not know, counted one by one; the rest are counted together."""

OTHERS = "(others)"

_LONGEST_KEY = 500


@dataclass(eq=False)
class Workflow:
    """What starts when a rule hears an event: a policy's workflow, or the translator of an AWS event.

    ``answer_within`` is how many seconds a person has who is asked, 0 where nobody is.
    """

    number: int
    note: str
    policy: str
    service: str | None
    emits: tuple[str, ...]
    fails: tuple[str, ...]
    kind: str
    tasks: int
    functions: int
    timeout: int
    looping: bool
    rule: str
    name: str
    once: bool
    answer_within: float


@dataclass(eq=False)
class Route:
    """Where events of one address go: the same rules hear them all.

    ``start`` is what a flow is called that such an event starts. ``times`` is when they were put on the bus
    since these were last counted; ``bytes`` is the size of one that is like others, ``given_…`` are sums over
    those that were given one by one and ``measured``.
    """

    event: str
    name: str
    source: str
    detail_type: str
    own_bus: bool
    rules: tuple[str, ...]
    workflows: tuple[Workflow, ...]
    listeners: tuple[str, ...]
    start: str
    bytes: int = 0
    arrived: int = 0
    measured: int = 0
    given_bytes: int = 0
    given_chunks: int = 0
    count: int = 0
    times: list[float] = field(default_factory=list)

    @property
    def called(self) -> str:
        """The event's id, else its source and detail-type."""
        return self.event or f"{self.source} {self.detail_type}"

    def measure(self, size: int) -> None:
        """Take the size of an event that was given."""
        self.measured += 1
        self.given_bytes += size
        self.given_chunks += chunks_of(size)


@dataclass(eq=False)
class Kind:
    """Events that no rule can tell apart; ``told`` are the policies that a test marker tells to fail."""

    route: Route
    detail: dict[str, Any]
    marked: bool
    told: frozenset[str]
    asks: dict[int, float] = field(default_factory=dict)
    follows: dict[tuple[int, bool], tuple[Kind, ...]] = field(default_factory=dict)


class Network:
    """The rules and workflows of a storm, and where events go.

    Parameters
    ----------
    storm : the storm; it may be half finished. Where it names no service yet every policy runs; otherwise
        those that a service owns, because only these can be deployed.
    """

    def __init__(self, storm: Storm) -> None:
        self.storm = storm
        found = [rule for rule in rules(storm) if _runs(storm, rule)]
        self.rules = tuple(rule.note for rule in found)
        self._own = routing({rule.note: rule.pattern for rule in found if rule.bus == "own"})
        self._default = routing({rule.note: rule.pattern for rule in found if rule.bus == "default"})
        refused = {**self._own.refused, **self._default.refused}
        self.notes = [f"{note} hears nothing: {why}" for note, why in refused.items()]
        starting = [rule for rule in found if rule.target == "workflow"]
        self.workflows = [_workflow(storm, number, rule) for number, rule in enumerate(starting)]
        self.routes: dict[Any, Route] = {}
        self._by_note = {workflow.note: workflow for workflow in self.workflows}
        self._event_at = {address: event for event, address in storm.relations.address_of.items()}
        self._details = Details(storm, found, self._own)
        self._kinds: dict[Any, Kind] = {}
        self.size_of = sizing()

    def kind_of(self, event: Mapping[str, Any]) -> Kind:
        """The kind of an event as EventBridge would deliver it.

        Raises
        ------
        StormError
            if it is no event: it has no source, detail-type and detail.
        """
        try:
            source, detail_type, detail = event["source"], event["detail-type"], event["detail"]
        except (KeyError, TypeError):
            source = None
        if not isinstance(source, str) or not isinstance(detail_type, str):
            raise StormError(
                f"This is no event: {str(event)[:80]!r}.",
                "events",
                'An event is {"source": "…", "detail-type": "…", "detail": {…}}.',
            ) from None
        asked = self._own.envelope_keys
        beside = {} if asked.isdisjoint(event) else {key: event[key] for key in sorted(asked) if key in event}
        detail = detail if isinstance(detail, dict) else {}
        told = _told(detail[MARKER]) if MARKER in detail else None
        return self._kind((source, detail_type), detail, told, beside)

    def _kind(
        self, address: Address, detail: dict[str, Any], told: frozenset[str] | None, beside: dict[str, Any]
    ) -> Kind:
        asked = self._details.asked_at(address)
        kept = {key: detail[key] for key in asked if key in detail} if asked else {}
        key = address if not kept and not beside and told is None else _key(address, told, kept, beside)
        kind = self._kinds.get(key) if key else None
        if kind is None:
            event = {**beside, "source": address[0], "detail-type": address[1], "detail": kept}
            kind = Kind(self._route(address, event), kept, told is not None, told or frozenset())
            if key:
                if len(self._kinds) >= MOST_KINDS:
                    self._kinds.clear()
                self._kinds[key] = kind
        return kind

    def _route(self, address: Address, event: dict[str, Any]) -> Route:
        own_bus = not address[0].startswith("aws.")
        names = tuple((self._own if own_bus else self._default).match(event))
        known = self._event_at.get(address, "") if own_bus else ""
        if not known:
            address = (address[0][:256], address[1][:256])
            if len(self.routes) >= MOST_NAMES and (address, names) not in self.routes:
                address = (OTHERS, OTHERS)
        route = self.routes.get((address, names))
        if route is None:
            workflows = tuple(self._by_note[note] for note in names if note in self._by_note)
            translated = next((one.emits[0] for one in workflows if not one.policy), "")
            route = self.routes[address, names] = Route(
                event=known,
                name=self.storm.events[known].name if known else address[1],
                source=address[0],
                detail_type=address[1],
                own_bus=own_bus,
                bytes=self._size_of(known) if known else 0,
                rules=names,
                workflows=workflows,
                listeners=tuple(note.partition("/")[2] for note in names if note.startswith("listeners/")),
                start=translated or known or " ".join(address),
            )
        return route

    def _size_of(self, event: str) -> int:
        source, detail_type = self.storm.relations.address_of[event]
        detail = example_detail(self.storm, event)
        return self.size_of({"source": source, "detail-type": detail_type, "detail": detail})

    def follow(self, kind: Kind, workflow: Workflow, failed: bool) -> tuple[Kind, ...]:
        """What a workflow puts on the bus after it heard an event of this kind."""
        place = (workflow.number, failed)
        found = kind.follows.get(place)
        if found is None:
            told = kind.told if kind.marked else None
            events = workflow.fails if failed else self._emitted(workflow, kind)
            found = kind.follows[place] = tuple(
                self._kind(*self._details.of_answer(kind.detail, workflow.policy, one), told, {})
                for one in events
            )
        return found

    def answer_within(self, kind: Kind, workflow: Workflow) -> float:
        """How many seconds people have for an answer about an event of this kind; 0 where nobody is asked."""
        found = kind.asks.get(workflow.number)
        if found is None:
            tasks = reached(self.storm.policies[workflow.policy].does, {"detail": kind.detail})
            found = kind.asks[workflow.number] = float(max(map(_answer_within, tasks), default=0))
        return found

    def _emitted(self, workflow: Workflow, kind: Kind) -> Sequence[str]:
        """What a workflow's success leads to: by the way that an event of this kind takes, if it has ways."""
        if not workflow.policy:
            return workflow.emits
        return emitted(self.storm, workflow.policy, {"detail": kind.detail})


def _runs(storm: Storm, rule: Rule) -> bool:
    return rule.section == "listeners" or rule.home is not None or not storm.services


def _workflow(storm: Storm, number: int, rule: Rule) -> Workflow:
    policy = rule.id if rule.section == "policies" else ""
    said = storm.policies[policy] if policy else None
    tasks = list(single_tasks(said.does)) if said else []
    emits, fails = (said.emits, said.fails) if said else ([rule.id], [])
    return Workflow(
        number=number,
        note=rule.note,
        policy=policy,
        service=rule.home,
        emits=tuple(event for event in emits if event in storm.events),
        fails=tuple(event for event in fails if event in storm.events),
        kind=said.workflow_kind if said else "express",
        tasks=len(tasks),
        functions=sum(task.run is not None for task in tasks),
        timeout=timeout_seconds(said) if said else TIMEOUT_SECONDS["express"],
        looping=policy in storm.relations.looping,
        rule=rule_name(storm, rule) if policy else "",
        name=workflow_name(storm, rule),
        once=bool(said and said.once),
        answer_within=float(max((_answer_within(task) for task in tasks), default=0)),
    )


def _answer_within(task: Task) -> int:
    """How many seconds a person has for an answer; 0 where nobody is asked."""
    return seconds_of(task.within or ANSWER_WITHIN) if task.ask is not None else 0


def _key(address: Address, told: frozenset[str] | None, kept: dict[str, Any], beside: dict[str, Any]) -> Any:
    """What all events of a kind have in common; None where that would be too long to remember."""
    try:
        extra = repr((kept, beside))
    except RecursionError:
        return None
    return (address, told, extra) if len(extra) <= _LONGEST_KEY else None


def chunks_of(size: int) -> int:
    """How many events EventBridge bills one of so many bytes as: one for each 64 KB (its pricing)."""
    return -(-size // 65_536)


def sizing() -> Callable[[Any], int]:
    """What says how many bytes an event has, as what is put on the bus is counted by."""
    from orjson import dumps

    def size_of(event: Any) -> int:
        try:
            return len(dumps(event))
        except (TypeError, RecursionError):  # lone surrogates, numbers of more than 64 bits, 254 levels
            return 1_024

    return size_of


def _told(marker: Any) -> frozenset[str] | None:
    """The policies that a test event tells to fail; None if it is no test event."""
    if not isinstance(marker, dict):
        return None
    fails = marker.get("fails")
    return frozenset(one for one in (fails if isinstance(fails, list) else [fails]) if isinstance(one, str))
