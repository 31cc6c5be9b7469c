"""Attempts at a domain, scored: what is right in another way is full, what is wrong loses where it is wrong."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.course.domains import Domain, domain, domain_of, domains, reference_of
from anycompany.course.scoring import Score, score
from anycompany.course.scoring.in_time import fixed_pairs
from anycompany.course.scoring.wording import Wording
from anycompany.storm.coupling import coupling
from anycompany.storm.edits import SetField
from anycompany.storm.english import base_of, is_past, words_of
from anycompany.storm.model import Storm
from anycompany.storm.parts import Alternatives, events_of

from .storms import ALL, HOSTILE_TEXTS, load, storm_of

DOMAINS = domains()
ATTEMPTS = sorted((Path(__file__).parent / "attempts").glob("*.storm.yaml"))
each_domain = pytest.mark.parametrize("one", DOMAINS, ids=lambda one: one.id)


def lost(found: Score) -> dict[int, tuple[str, ...]]:
    """For each step that is not full, what is said of it."""
    return {step.number: (*step.missing, *step.wrong) for step in found.steps if not step.full}


@each_domain
def test_the_reference_is_full_and_an_empty_storm_is_not_attempted(one: Domain) -> None:
    assert lost(score(reference_of(one), one)) == {}
    empty = score(Storm(name="Nothing"), one)
    assert not empty.attempted and empty.points is None and empty.as_json()["state"] == "not attempted"
    assert {step.state for step in empty.steps} == {"not attempted"}


@pytest.mark.parametrize("path", ATTEMPTS, ids=lambda path: path.name.partition(".")[0])
def test_an_attempt_that_is_right_in_another_way_is_full(path: Path) -> None:
    attempt = load(path)
    of = domain_of(attempt)
    assert of is not None
    found = score(attempt, of)
    assert lost(found) == {}
    same = [event for event in attempt.events.values() if event in reference_of(of).events.values()]
    assert not same, "it calls everything differently"
    assert all(len(step.credited) for step in (found.step(1), found.step(8)))


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_every_listed_name_every_order_that_keeps_what_is_fixed_and_every_order_of_keys_is_full(
    data: st.DataObject,
) -> None:
    one = data.draw(st.sampled_from(DOMAINS))
    chance = random.Random(data.draw(st.integers(0, 10_000)))
    reference = reference_of(one)
    document = reference.document()
    for event, said in document["events"].items():
        said["name"] = chance.choice([said["name"], *one.names.get(event, ())])
    document["timeline"] = _linear_extension(one, reference, chance)
    shuffled = {key: _shuffled(value, chance) for key, value in document.items()}
    attempt = Storm.model_validate(shuffled)
    assert lost(score(attempt, one)) == {}


def _shuffled(value: Any, chance: random.Random) -> Any:
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    return {key: value[key] for key in keys}


def _linear_extension(one: Domain, reference: Storm, chance: random.Random) -> list[str]:
    pairs, left, row = fixed_pairs(one, reference), set(reference.events), []
    while left:
        free = sorted(
            event for event in left if not any(then == event and first in left for first, then in pairs)
        )
        row.append(chance.choice(free))
        left.remove(row[-1])
    return row


@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_all_that_may_fairly_differ_may_differ_at_once(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(DOMAINS))
    chance = random.Random(data.draw(st.integers(0, 10_000)))
    document = reference_of(one).document()
    own = {event: f"e{number}" for number, event in enumerate(document["events"])}
    _start_otherwise(one, document, chance)
    _go_by_way_of_another_event(document, chance)
    _cut_finer(one, document, chance)
    _say_fields_otherwise(document, chance)
    for event, said in document["events"].items():
        said["name"] = _reworded(one, chance.choice([said["name"], *one.names.get(event, ())]), chance)
    document["contexts"] = {
        f"c-{key}": {"entities": c["entities"]} for key, c in document["contexts"].items()
    }
    document["services"] = {f"s-{key.removeprefix('c-')}": {"context": key} for key in document["contexts"]}
    for policy in document["policies"].values():
        policy.pop("service", None)
    lost_by_silence = {  # what a policy without outcome belongs to is said by its service alone
        key for key, said in document["policies"].items() if not said.get("emits") and not said.get("fails")
    }
    for key in lost_by_silence:
        service = reference_of(one).policies[key].service
        home = reference_of(one).services[service].context if service else None
        document["policies"][key] |= {"service": f"s-{home}"} if home else {}
    attempt = Storm.model_validate(_renamed(document, own))
    assert lost(score(attempt, one)) == {}


def _start_otherwise(one: Domain, document: dict[str, Any], chance: random.Random) -> None:
    said = {"actor": "Somebody", "external": "Another system", "schedule": "rate(1 day)"}
    for event, kinds in one.starts.items():
        kind = chance.choice(kinds)
        if event in document["triggers"] and kind in said and chance.random() < 0.5:
            document["triggers"][event] = {kind: said[kind]}


def _go_by_way_of_another_event(document: dict[str, Any], chance: random.Random) -> None:
    for key in list(document["policies"]):
        policy = document["policies"][key]
        if policy.get("emits") and not policy.get("fails") and chance.random() < 0.3:
            between = f"between-{key}"
            document["events"][between] = {"name": f"Step {len(document['events'])} Finished"}
            document["timeline"].append(between)
            home = next(e for e, events in document["entities"].items() if policy["emits"][0] in events)
            document["entities"][home] = [*document["entities"][home], between]
            document["policies"][f"then-{key}"] = {
                "when": [between],
                "emits": policy["emits"],
                "does": ["Go on"],
            }
            policy["emits"] = [between]


def _cut_finer(one: Domain, document: dict[str, Any], chance: random.Random) -> None:
    if not one.split:
        return
    group = chance.choice(one.split)
    for entity, events in list(document["entities"].items()):
        apart = [event for event in events if event in group]
        if apart and len(apart) < len(events):
            document["entities"][entity] = [event for event in events if event not in group]
            document["entities"][f"{entity}-part"] = apart
            home = next(c for c in document["contexts"].values() if entity in c["entities"])
            home["entities"] = [*home["entities"], f"{entity}-part"]


def _say_fields_otherwise(document: dict[str, Any], chance: random.Random) -> None:
    for contract in document["contracts"].values():
        if chance.random() < 0.6:
            named = {name: _camel(name.replace("-id", "-number")) for name in contract["fields"]}
            contract["fields"] = {named[name]: said for name, said in contract["fields"].items()}
            contract["example"] = {
                named.get(name, name): said for name, said in contract.get("example", {}).items()
            }


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(word.capitalize() for word in rest)


def _reworded(one: Domain, name: str, chance: random.Random) -> str:
    """The name with its things called by other words of the domain."""
    words = words_of(name)
    for at, word in enumerate(words):
        groups = [group for group in one.words if base_of(word) in {base_of(other) for other in group}]
        if groups and not (at and is_past(word)) and chance.random() < 0.4:
            words[at] = chance.choice(chance.choice(groups)).capitalize()
    return " ".join(words)


def _renamed(value: Any, own: dict[str, str]) -> Any:
    """A document in which events have other ids."""
    if isinstance(value, dict):
        return {own.get(key, key): _renamed(inner, own) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, own) for inner in value]
    return own.get(value, value) if isinstance(value, str) else value


@each_domain
def test_what_the_file_of_a_domain_says_is_about_its_reference(one: Domain) -> None:
    reference = reference_of(one)
    assert len(reference.events) == one.events and len(one.brief) > 500
    known = set(reference.events)
    for ids in (one.names, one.starts, one.causes, *one.order, *one.split, one.optional):
        assert known.issuperset(ids)
    for group in one.join:
        assert set(group) <= set(reference.entities)
    for way in one.boundaries:
        assert sorted(entity for group in way for entity in group) == sorted(reference.entities)
    for event, fields in one.fields.items():
        assert set(fields) <= set(reference.contracts[event].fields_)
    moments = reference.relations.moment_of
    assert all(moments[first] < moments[then] for first, then in fixed_pairs(one, reference))
    assert {event for row in one.order for event in row} >= {
        event for event in known if reference.relations.emitters_of.get(event)
    }


@each_domain
def test_other_borders_of_no_more_coupling_are_full_and_one_context_for_all_is_not(one: Domain) -> None:
    reference = reference_of(one)
    limit = coupling(reference).score
    others = 0
    for entity in reference.entities:
        for context in reference.contexts:
            moved = reference.assign_entity(entity, context)
            if moved.relations.contexts_of != reference.relations.contexts_of:
                fair = coupling(moved).score <= limit
                others += fair
                if fair:
                    found = score(moved, one).step(5)
                    assert found.full and found.credited
    giant = reference
    for entity in reference.entities:
        giant = giant.assign_entity(entity, next(iter(reference.contexts)))
    found = score(giant, one)
    assert found.step(5).points < 0.6 and "One context holds everything." in found.step(5).wrong


def without(section: str, key: str) -> Callable[[Storm], Storm]:
    def edit(storm: Storm) -> Storm:
        return storm.changed(**{section: {k: v for k, v in getattr(storm, section).items() if k != key}})

    return edit


def place_last(event: str) -> Callable[[Storm], Storm]:
    def edit(storm: Storm) -> Storm:
        rest = []
        for moment in storm.timeline:
            left = [one for one in events_of(moment) if one != event]
            if left:
                rest.append(Alternatives(or_=left) if isinstance(moment, Alternatives) else left)
        return storm.changed(timeline=[*rest, event])

    return edit


BIKES, HALL = "bicycle-repair", "concert-hall"
WRONG: dict[str, tuple[str, int, Callable[[Storm], Storm], str]] = {
    "an event is missing": (BIKES, 1, lambda s: s.remove_event("part-ordered"), "Part Ordered"),
    "an event is a command": (BIKES, 1, lambda s: s.rename_event("estimate-accepted", "Accept Estimate"), "wants"),
    "an event is technical": (BIKES, 1, lambda s: s.add_event("Row Inserted"), "software"),
    "an event is there twice": (BIKES, 1, lambda s: s.add_event("Bikes were repaired"), "says what another"),
    "an event is another one": (BIKES, 1, lambda s: s.rename_event("repair-paid", "Moon Landed"), "Repair Paid"),
    "the other outcome is missing": (
        BIKES, 1, lambda s: s.rename_event("estimate-declined", "Estimate Accepted Twice"), "Estimate Declined",
    ),
    "the repair comes first": (BIKES, 2, place_last("bike-brought-in"), "Bike Brought In"),
    "two moments are one": (
        BIKES, 2, lambda s: s.place("part-arrived", parallel_to="part-ordered"), "comes before",
    ),
    "an event is not in time": (BIKES, 2, lambda s: s.unplace("repair-paid"), "Repair Paid"),
    "nothing starts it": (BIKES, 3, without("triggers", "bike-brought-in"), "a person, “Customer”"),
    "time starts it": (
        BIKES, 3, lambda s: s.trigger("bike-repaired", schedule="rate(1 day)", says="daily"), "by time",
    ),
    "another person starts it": (BIKES, 3, lambda s: s.trigger("bike-repaired", actor="Customer"), "Mechanic"),
    "a policy is missing": (BIKES, 3, without("policies", "order-the-part"), "by a policy"),
    "a silent policy is missing": (BIKES, 3, without("policies", "say-that-it-is-ready"), "Nothing is done"),
    "a policy hears the wrong event": (
        BIKES, 3, lambda s: s.change("policies", "order-the-part", when=["bike-collected"]), "follow",
    ),
    "an effect causes its cause": (
        HALL, 3, lambda s: s.add_policy("Back", when=["ticket-issued"], emits=["seat-held"]), "comes later",
    ),
    "an event is in no entity": (BIKES, 4, lambda s: s.assign_event("part-ordered", None), "no entity"),
    "an event is in the wrong entity": (BIKES, 4, lambda s: s.assign_event("part-ordered", "repair"), "two things"),
    "an entity is a table": (BIKES, 4, lambda s: s.rename("entities", "part", "parts_table"), "table"),
    "an entity has two homes": (
        HALL, 5, lambda s: s.change("contexts", "door", entities=["admission", "ticket"]), "homes",
    ),
    "an entity has no home": (HALL, 5, lambda s: s.assign_entity("ticket", None), "no home"),
    "a context has no service": (HALL, 6, without("services", "door"), "no service"),
    "a context has two services": (HALL, 6, lambda s: s.add_service("Gate", "door"), "2 services"),
    "a service says nothing": (HALL, 6, lambda s: s.rename("services", "door", "Service 3"), "whose"),
    "a listener is missing": (HALL, 7, without("listeners", "blocked-tickets"), "Fraud desk"),
    "a listener is deaf to an event": (
        HALL, 7, lambda s: s.change("listeners", "blocked-tickets", hears=["guest-turned-away"]), "Ticket Blocked",
    ),
    "a filter never matches": (
        BIKES, 7, lambda s: s.change("listeners", "the-books", where={"amount": [{"numeric": [">", 100000]}]}),
        "Accounting",
    ),
    "it is the default bus": (HALL, 7, lambda s: s.set(bus={"name": "default"}), "default bus"),
    "a contract is missing": (HALL, 8, without("contracts", "seat-held"), "no contract"),
    "a field is missing": (HALL, 8, lambda s: s.do(SetField(event="card-charged", field="amount", is_=None)), "amount"),
    "a number is a text": (BIKES, 8, lambda s: s.set_field("repair-paid", "amount", type="string"), "a string"),
    "what is personal is not said so": (
        HALL, 8, lambda s: s.set_field("ticket-issued", "holder", type="string", personal=False), "personal",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_loses_at_its_own_step_and_is_said(case: str) -> None:
    name, number, edit, said = WRONG[case]
    one = domain(name)
    found = score(edit(reference_of(one)), one)
    assert not found.step(number).full
    assert any(said in told for told in lost(found)[number]), lost(found)
    earlier = [step for step in lost(found) if step < number]
    assert not earlier, lost(found)


def test_marketing_may_hear_nothing_of_what_people_take() -> None:
    pharmacy = domain("mail-order-pharmacy")
    heard = reference_of(pharmacy).add_listener("Newsletter", hears=["order-picked"], for_="Marketing")
    found = score(heard, pharmacy).step(7)
    assert not found.full and "must not hear" in found.wrong[0]


def test_a_few_events_are_not_worth_a_whole_business() -> None:
    one = domain(BIKES)
    some = Storm(name="Begun").add_events(["Bike Brought In", "Fault Diagnosed"])
    some = some.place("bike-brought-in").place("fault-diagnosed", after="bike-brought-in")
    found = score(some, one)
    assert found.step(1).points < 0.3 and found.step(2).points < 0.6
    assert [step.state for step in found.steps[2:]] == ["not attempted"] * 6


def test_any_storm_can_be_scored_however_hostile_or_of_another_business() -> None:
    hostile = storm_of(HOSTILE_TEXTS)
    for one in (DOMAINS[0], DOMAINS[3]):
        for storm in (hostile, *(load(path) for path in ALL)):
            found = score(storm, one)
            assert not found.full
            assert not any("cannot be judged" in told for step in found.steps for told in step.wrong), found


def test_two_thousand_events_are_scored() -> None:
    pharmacy = domain("mail-order-pharmacy")
    reference = reference_of(pharmacy)
    names = [said.name for said in reference.events.values()]
    many = {
        f"e{n}": {"name": f"{names[n % 78]} {'' if n < 78 else chr(65 + n % 26) * 3}"} for n in range(2_000)
    }
    keys = list(many)
    storm = Storm.model_validate(
        {
            "name": "Huge",
            "events": many,
            "timeline": keys,
            "triggers": {key: {"actor": "Patient"} for key in keys[::2]},
            "policies": {f"p{n}": {"when": [keys[n]], "emits": [keys[n + 1]]} for n in range(1_999)},
            "entities": {f"x{n}": keys[n * 20 : n * 20 + 20] for n in range(100)},
            "contexts": {f"c{n}": {"entities": [f"x{n}"]} for n in range(100)},
            "listeners": {"all": {"for": "Audit", "hears": "all"}},
            "contracts": {key: {"fields": {f"f{n}": {} for n in range(30)}} for key in keys},
        }
    )
    found = score(storm, pharmacy)
    assert len(found.read_as) > 70 and 0 < found.step(1).points < 1
    assert all(len(told) <= 13 for step in found.steps for told in (step.missing, step.wrong, step.credited))


@each_domain
def test_entities_of_one_context_may_be_one(one: Domain) -> None:
    document = reference_of(one).document()
    for context in document["contexts"].values():
        first, *others = context["entities"]
        for other in others:
            document["entities"][first] = [*document["entities"][first], *document["entities"].pop(other)]
        context["entities"] = [first]
    found = score(Storm.model_validate(document), one)
    assert lost(found) == {} and found.step(4).credited


@each_domain
def test_one_entity_for_all_and_one_for_each_event_lose(one: Domain) -> None:
    reference = reference_of(one)
    everything = {"thing": {"events": list(reference.events)}}
    each = {f"of-{event}": {"events": [event]} for event in reference.events}
    for entities in (everything, each):
        storm = Storm.model_validate({**reference.document(), "entities": entities, "contexts": {}})
        assert score(storm, one).step(4).points < 0.8


def test_another_business_and_shuffled_work_score_low() -> None:
    bikes, hall = domain(BIKES), domain(HALL)
    assert (score(reference_of(hall), bikes).points or 0) < 0.4
    document = reference_of(hall).document()
    events = list(document["events"])
    chance = random.Random(5)
    mixed = dict(zip(events, chance.sample(events, len(events)), strict=True))
    names = {event: document["events"][mixed[event]] for event in events}
    found = score(Storm.model_validate({**document, "events": names}), hall)
    assert found.step(1).full, "the same notes"
    for number in (2, 3, 4):
        assert found.step(number).points < 0.75, number


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "attempts" / "other-words").glob("*.storm.yaml"))
)
def test_an_attempt_in_words_that_no_list_has_loses_little_and_only_where_it_says_why(path: Path) -> None:
    attempt = load(path)
    of = domain_of(attempt)
    assert of is not None
    found = score(attempt, of)
    for number, least in ((1, 0.85), (2, 0.97), (3, 0.97), (4, 0.85), (5, 0.95), (6, 1.0)):
        step = found.step(number)
        assert step.points >= least, (number, step.missing, step.wrong)
        assert step.full or step.missing or step.wrong


def test_words_that_mean_something_together_are_read_together() -> None:
    wording = Wording()
    assert wording.name("Truck Set Off").likeness(wording.name("Truck Departed")) == 1.0
    assert wording.name("Claim Turned Down").likeness(wording.name("Claim Refused")) == 1.0
    assert wording.name("Table Set").likeness(wording.name("Table Departed")) < 1.0
