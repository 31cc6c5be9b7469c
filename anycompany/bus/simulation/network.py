"""A storm made ready to run: which rule hears what, and what each workflow puts on the bus.

Events that no rule can tell apart are one :class:`Kind`: all that is looked up for one of them is looked up
for all. That is exact, because a kind keeps every field that any rule asks about, and what a workflow puts on
the bus carries those fields on by name, as the deployed workflows do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...storm.errors import StormError
from ...storm.model import Storm
from ..contract import example_detail, fields_of
from ..marker import MARKER
from ..names import rule_name, workflow_name
from ..rules import Rule, rules
from .routing import Routing, routing

MOST_KINDS = 20_000
"""Kinds remembered at a time; more are made anew, so that a log of any size fits."""

MOST_NAMES = 1_000
"""Different events that the storm does not know, counted one by one; the rest are counted together."""

OTHERS = "(others)"

_LONGEST_KEY = 500


@dataclass(eq=False)
class Workflow:
    """What starts when a rule hears an event: a policy's workflow, or the translator of an AWS event."""

    number: int
    note: str
    policy: str
    service: str | None
    emits: tuple[str, ...]
    fails: tuple[str, ...]
    kind: str
    tasks: int
    looping: bool
    rule: str
    name: str


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


@dataclass(eq=False)
class Kind:
    """Events that no rule can tell apart; ``told`` are the policies that a test marker tells to fail."""

    route: Route
    detail: dict[str, Any]
    marked: bool
    told: frozenset[str]
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
        self.notes: list[str] = []
        found = [rule for rule in rules(storm) if self._runs(rule)]
        self.rules = tuple(rule.note for rule in found)
        starting = [rule for rule in found if rule.target == "workflow"]
        self.workflows = [self._workflow(number, rule) for number, rule in enumerate(starting)]
        self._by_note = {workflow.note: workflow for workflow in self.workflows}
        self._own = self._routing([rule for rule in found if rule.bus == "own"])
        self._default = self._routing([rule for rule in found if rule.bus == "default"])
        self.routes: dict[Any, Route] = {}
        self._kinds: dict[Any, Kind] = {}
        self._event_at = {address: event for event, address in storm.relations.address_of.items()}
        self._written = {
            key for key, said in storm.policies.items() if said.does and all(task.run for task in said.does)
        }

    def _runs(self, rule: Rule) -> bool:
        return rule.section == "listeners" or rule.home is not None or not self.storm.services

    def _workflow(self, number: int, rule: Rule) -> Workflow:
        policy = rule.id if rule.section == "policies" else ""
        said = self.storm.policies[policy] if policy else None
        emits, fails = (said.emits, said.fails) if said else ([rule.id], [])
        known = self.storm.events
        return Workflow(
            number=number,
            note=rule.note,
            policy=policy,
            service=rule.home,
            emits=tuple(event for event in emits if event in known),
            fails=tuple(event for event in fails if event in known),
            kind=said.kind if said else "express",
            tasks=len(said.does) if said else 0,
            looping=policy in self.storm.relations.looping,
            rule=rule_name(self.storm, rule) if policy else "",
            name=workflow_name(self.storm, rule),
        )

    def _routing(self, found: list[Rule]) -> Routing:
        made = routing({rule.note: rule.pattern for rule in found})
        for note, why in made.refused.items():
            self.notes.append(f"{note} hears nothing: {why}")
        return made

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
            raise StormError(
                f"This is no event: {str(event)[:80]!r}.",
                "events",
                'An event is {"source": …, "detail-type": …, "detail": {…}}.',
            ) from None
        return self._kind(source, detail_type, detail, _told(detail), event)

    def _kind(
        self,
        source: Any,
        detail_type: Any,
        detail: Any,
        told: frozenset[str] | None,
        envelope: Mapping[str, Any],
    ) -> Kind:
        own_bus = not (isinstance(source, str) and source.startswith("aws."))
        asked = self._own if own_bus else self._default
        kept = {}
        if isinstance(detail, dict):
            kept = {key: detail[key] for key in asked.detail_keys if key in detail}
        beside = {key: envelope[key] for key in asked.envelope_keys if key in envelope}
        key = self._key(source, detail_type, kept, beside, told)
        kind = self._kinds.get(key) if key else None
        if kind is None:
            seen = {**beside, "source": source, "detail-type": detail_type, "detail": kept}
            kind = Kind(self._route(seen, own_bus, asked.match), kept, told is not None, told or frozenset())
            if not kind.route.bytes:
                kind.route.bytes = size_of(envelope)
            if key:
                if len(self._kinds) >= MOST_KINDS:
                    self._kinds.clear()
                self._kinds[key] = kind
        return kind

    @staticmethod
    def _key(source: Any, detail_type: Any, kept: Any, beside: Any, told: Any) -> Any:
        if not (isinstance(source, str) and isinstance(detail_type, str)):
            return None
        if not kept and not beside:
            return source, detail_type, told
        try:
            extra = repr((kept, beside))
        except RecursionError:
            return None
        return (source, detail_type, told, extra) if len(extra) <= _LONGEST_KEY else None

    def _route(
        self, event: dict[str, Any], own_bus: bool, match: Callable[[Mapping[str, Any]], list[str]]
    ) -> Route:
        names = tuple(match(event))
        address = (str(event["source"])[:256], str(event["detail-type"])[:256])
        known = self._event_at.get((event["source"], event["detail-type"]), "") if _texts(event) else ""
        if not known and len(self.routes) >= MOST_NAMES and (own_bus, *address, names) not in self.routes:
            address = (OTHERS, OTHERS)
        key = (own_bus, *address, names)
        if key not in self.routes:
            workflows = tuple(self._by_note[note] for note in names if note in self._by_note)
            translated = next((one.emits[0] for one in workflows if not one.policy), "")
            self.routes[key] = Route(
                event=known if own_bus else "",
                name=self.storm.events[known].name if known and own_bus else address[1],
                source=address[0],
                detail_type=address[1],
                own_bus=own_bus,
                rules=names,
                workflows=workflows,
                listeners=tuple(note.partition("/")[2] for note in names if note.startswith("listeners/")),
                start=translated or (known if own_bus else "") or " ".join(address),
            )
        return self.routes[key]

    def follow(self, kind: Kind, workflow: Workflow, failed: bool) -> tuple[Kind, ...]:
        """What a workflow puts on the bus after it heard an event of this kind.

        An event's detail is what is known of its contract's fields and, as long as the business logic is a
        placeholder, its contract's example, exactly as the deployed workflows make it.
        """
        place = (workflow.number, failed)
        found = kind.follows.get(place)
        if found is None:
            events = workflow.fails if failed else workflow.emits
            found = kind.follows[place] = tuple(self._put(kind, workflow, event) for event in events)
        return found

    def _put(self, kind: Kind, workflow: Workflow, event: str) -> Kind:
        source, detail_type = self.storm.relations.address_of[event]
        detail = {} if workflow.policy in self._written else dict(example_detail(self.storm, event))
        fields = fields_of(self.storm, event)
        detail |= {key: value for key, value in kind.detail.items() if key in fields}
        told = kind.told if kind.marked else None
        envelope = {"source": source, "detail-type": detail_type, "detail": detail}
        return self._kind(source, detail_type, detail, told, envelope)


def size_of(event: Mapping[str, Any]) -> int:
    """The bytes of an event, as what is put on the bus is counted by; of one too deep, a guess."""
    import orjson

    try:
        return len(orjson.dumps(event))
    except (TypeError, RecursionError):  # lone surrogates, numbers of more than 64 bits, 254 levels
        return 1_024


def _told(detail: Any) -> frozenset[str] | None:
    """The policies that a test event tells to fail; None if it is no test event."""
    marker = detail.get(MARKER) if isinstance(detail, dict) else None
    if not isinstance(marker, dict):
        return None
    fails = marker.get("fails")
    return frozenset(one for one in (fails if isinstance(fails, list) else [fails]) if isinstance(one, str))


def _texts(event: Mapping[str, Any]) -> bool:
    return isinstance(event["source"], str) and isinstance(event["detail-type"], str)
