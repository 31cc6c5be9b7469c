"""A first storm from a log alone: what ran, written on notes for a team to argue with.

Nothing of a log's values is copied into the storm: they may be people's own. What cannot be read from a log
is guessed and marked ``x-guess``, or asked by a hot spot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...storm import edits as e
from ...storm.checks.finding import quoted
from ...storm.ids import mint, words
from ...storm.model import Storm
from ...storm.parts import Trigger
from ..contract import fields_from
from .observed import MOST_KINDS, KindSeen, Observed, noun_of, observe
from .recorded import Recorded, Unread
from .sequence import Consequence, consequences, usual_order
from .subjects import words_in
from .vocabulary import Vocabulary

GUESS = {"x-guess": True}
"""What marks a note that the log only suggests."""

_PERSONAL = frozenset(
    [
        *("email", "mail", "phone", "mobile", "telephone", "street", "address", "birthday", "birthdate"),
        *("iban", "passport", "surname", "firstname", "lastname"),
    ]
)
_MOST_ASKED = 20


def proposed_storm(records: Iterable[Recorded | Unread], name: str, by: Sequence[str] = ()) -> Storm:
    """A first storm from a log: held against it, the log has no unknown events and breaks no contract.

    Parameters
    ----------
    records : the log.
    name : what to call the storm.
    by : the fields whose values tell which events belong together; empty: all that are named like an id.

    >>> log = [Recorded(1, {"source": "com.inn", "detail-type": "RoomBooked", "detail": {"nights": 2}})]
    >>> proposed_storm(log, "Inn").events["room-booked"].name
    'Room Booked'
    """
    storm = Storm(name=name)
    return storm.do(proposal(storm, observe(records, by)))


def proposal(storm: Storm, observed: Observed) -> e.Batch:
    """The edits that a log suggests for a storm.

    For a storm without notes everything: events in their usual order, entities, contexts and services by
    source, contracts, guessed policies, and hot spots that ask. For any other only the events that it does
    not know, each with its ``x-recorded`` source and detail-type.
    """
    if storm.events:
        return _only_unknown(storm, observed)
    return _Proposal(storm, observed).batch()


def _only_unknown(storm: Storm, observed: Observed) -> e.Batch:
    vocabulary = Vocabulary(storm)
    noted = [(event.__pydantic_extra__ or {}).get("x-recorded") for event in storm.events.values()]
    taken = {*storm.events, *storm.retired, *storm.board.get("parked", {})}
    batch: list[e.AnyEdit] = []
    for kind in observed.kinds:
        recorded = {"source": kind.address[0], "detail-type": kind.address[1]}
        if vocabulary.event(kind.address) is None and recorded not in noted:
            identifier = mint(kind.name, taken, "event")
            taken.add(identifier)
            batch.append(e.Add(to="events", name=kind.name, id=identifier, keys={"x-recorded": recorded}))
    return e.Batch(edits=batch)


class _Proposal:
    """Everything that a log suggests, for a storm with nothing in it."""

    def __init__(self, storm: Storm, observed: Observed) -> None:
        self._observed = observed
        self._order = usual_order(observed)
        self._retired = storm.retired
        taken = {*storm.retired, *storm.board.get("parked", {})}
        self._ids: list[str] = []
        for kind in observed.kinds:
            self._ids.append(mint(kind.name, taken, "event"))
            taken.add(self._ids[-1])
        self._guesses = consequences(observed, self._order)
        self._edits: list[e.AnyEdit] = []
        self._questions: list[str] = []

    def batch(self) -> e.Batch:
        self._add_events()
        self._add_owners()
        self._add_contracts()
        self._add_guesses()
        self._ask()
        return e.Batch(edits=self._edits)

    def _add_events(self) -> None:
        for identifier, kind in zip(self._ids, self._observed.kinds, strict=True):
            self._edits.append(e.Add(to="events", name=kind.name, id=identifier))
        for kinds, either in self._order.moments:
            first, *rest = (self._ids[kind] for kind in kinds)
            self._edits.append(e.Place(event=first))
            for other in rest:
                beside: dict[str, Any] = {"instead_of" if either else "parallel_to": first}
                self._edits.append(e.Place(event=other, **beside))

    def _add_owners(self) -> None:
        """Entities by noun; for each source the context and the service that it is the source of."""
        taken: dict[str, set[str]] = {
            section: set(self._retired) for section in ("entities", "contexts", "services")
        }
        sources = dict.fromkeys(kind.address[0] for kind in self._observed.kinds)
        common = common_source([source for source in sources if not source.startswith("aws.")])
        if common:
            self._edits.append(e.Settings(keys={"source": common}))
        for source in sources:
            entities = []
            for noun, events in self._entities_of(source).items():
                entities.append(self._add("entities", noun, taken, {"events": events}))
            name = service_name(source)
            context = self._add("contexts", name, taken, {"entities": entities})
            own = f"{common or 'com'}.{'.'.join(words_in(name))}" if source.startswith("aws.") else source
            self._add("services", name, taken, {"context": context, "source": own})

    def _add(self, section: Any, name: str, taken: dict[str, set[str]], keys: dict[str, Any]) -> str:
        identifier = mint(name, taken[section], section)
        taken[section].add(identifier)
        self._edits.append(e.Add(to=section, name=name, id=identifier, keys=keys))
        return identifier

    def _entities_of(self, source: str) -> dict[str, list[str]]:
        """For each noun the events of a source; a noun that another begins with takes that one in."""
        kinds = [
            (noun_of(kind.name), identifier)
            for identifier, kind in zip(self._ids, self._observed.kinds, strict=True)
            if kind.address[0] == source
        ]
        nouns = {noun for noun, _ in kinds}
        found: dict[str, list[str]] = {}
        for noun, identifier in kinds:
            parts = noun.split()
            shorter = (" ".join(parts[:length]) for length in range(1, len(parts)))
            found.setdefault(next((one for one in shorter if one in nouns), noun), []).append(identifier)
        return found

    def _add_contracts(self) -> None:
        mixed: list[str] = []
        for identifier, kind in zip(self._ids, self._observed.kinds, strict=True):
            fields, undecided = contract_fields(kind)
            keys: dict[str, Any] = {"fields": fields}
            if not kind.address[0].startswith("aws."):
                keys["detail-type"] = kind.address[1]
            self._edits.append(e.Add(to="contracts", name=identifier, id=identifier, keys=keys))
            mixed += [f"{quoted(name, 40)} of {quoted(kind.name, 40)}" for name in undecided]
        for one in mixed[:_MOST_ASKED]:
            self._questions.append(f"{one} is of several types in the log: which one is meant?")
        if len(mixed) > _MOST_ASKED:
            more = len(mixed) - _MOST_ASKED
            self._questions.append(f"{more:,} more fields are of several types in the log.")

    def _add_guesses(self) -> None:
        taken = set(self._retired)
        caused: set[int] = set()
        for guess in self._guesses:
            caused.update((*guess.emits, *guess.fails))
            names = " or ".join(self._observed.kinds[kind].name for kind in guess.when)
            identifier = mint(f"after {names}", taken, "policy")
            taken.add(identifier)
            keys = self._keys_of(guess) | GUESS
            self._edits.append(e.Add(to="policies", name=f"After {names}"[:200], id=identifier, keys=keys))
        for number, (identifier, kind) in enumerate(zip(self._ids, self._observed.kinds, strict=True)):
            source, name = kind.address
            if source.startswith("aws."):
                aws = {"aws": {"source": source, "detail-type": name}}
                self._edits.append(e.SetTrigger(event=identifier, trigger=Trigger.model_validate(aws)))
            elif self._guesses and number not in caused:
                somebody = Trigger.model_validate({"actor": "Somebody", **GUESS})
                self._edits.append(e.SetTrigger(event=identifier, trigger=somebody))

    def _keys_of(self, guess: Consequence) -> dict[str, Any]:
        ids = {
            "when": [self._ids[kind] for kind in guess.when],
            "emits": [self._ids[kind] for kind in guess.emits],
            "fails": [self._ids[kind] for kind in guess.fails],
        }
        return {key: value for key, value in ids.items() if value or key != "fails"}

    def _ask(self) -> None:
        observed = self._observed
        if observed.beyond:
            self._questions.append(
                f"{observed.beyond:,} events of the log are on no note: of more than {MOST_KINDS} kinds, or "
                "such as EventBridge would not take. Are they of this business?"
            )
        if observed.kinds and not observed.subjects.fields:
            self._questions.append(
                "No event carries an id: by what do we know which of them belong together?"
            )
        taken = set(self._retired)
        for text in self._questions:
            identifier = mint(text, taken, "hotspot")
            taken.add(identifier)
            self._edits.append(e.Add(to="hotspots", name=text, id=identifier))


def contract_fields(kind: KindSeen) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The fields of a contract that every event of a kind keeps, and those whose type cannot be said.

    A field that was of several types, or null, is left out of the contract: a contract's field has one type.
    Fields that are named like people's own are marked as personal, as a guess.
    """
    undecided: list[str] = []
    decided = _decided(kind.details.schema(), "", undecided)
    fields = {}
    for name, said in fields_from(decided).items():
        if name.isprintable():
            personal = {"personal": True, **GUESS} if _PERSONAL & set(words_in(name)) else {}
            fields[name] = {**said, **personal}
    return fields, undecided


def _decided(schema: Mapping[str, Any], above: str, undecided: list[str]) -> dict[str, Any]:
    """A schema without the fields of which the log does not say one type."""
    kept = dict(schema)
    if "properties" in schema:
        properties = {}
        for name, inner in schema["properties"].items():
            if "." in name:  # a dot in a contract's field stands between a field and one within it
                continue
            if isinstance(inner.get("type"), str) and inner["type"] != "null":
                properties[name] = _decided(inner, f"{above}{name}.", undecided)
            elif inner.get("type") not in (None, "null"):
                undecided.append(f"{above}{name}")
        kept["properties"] = properties
    if isinstance(schema.get("items"), dict):
        kept["items"] = _decided(schema["items"], above, undecided)
    return kept


def service_name(source: str) -> str:
    """What to call the service behind a source: its last part, in words.

    >>> service_name("com.anycompany.billing"), service_name("orderService"), service_name("???")
    ('Billing', 'Order service', '???')
    """
    last = source.rstrip(".").rpartition(".")[2] or source
    return words("-".join(words_in(last))) or source.strip()[:60] or "Service"


def common_source(sources: Sequence[str]) -> str:
    """What several sources begin with, in whole parts; empty where they have nothing in common.

    >>> common_source(["com.inn.desk", "com.inn.kitchen"]), common_source(["a", "b"])
    ('com.inn', '')
    """
    if not sources:
        return ""
    parts = [source.split(".") for source in sources]
    if len(parts) == 1:
        return sources[0]
    common = []
    for some in zip(*parts, strict=False):
        if len(set(some)) > 1:
            break
        common.append(some[0])
    return ".".join(common)
