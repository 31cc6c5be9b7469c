"""Steps 4 to 6: which events belong to one thing, where the borders run, and whose the services are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from ...storm.checks.finding import quoted
from ...storm.coupling import Coupling, coupling, home_of_policy
from ...storm.model import Storm
from ..judging.grouping import OF_ENTITY, fault_of_entity
from .card import StepScore, Tally, not_attempted
from .matching import Match

_ONE_CONTEXT = 2.0
"""The score of coupling where everything is in one context."""
_SAYS_NOTHING = re.compile(
    r"(?i)^(my|our|the|new)?\W*(micro)?"
    r"(service|context|module|component|misc|other|stuff|thing|app|system|backend)s?\W*\d*$"
    r"|^\W*\d*\W*$"
)


def entities(match: Match) -> StepScore:
    """Step 4: each event in one entity, and two events in one where they are about one thing."""
    attempt, tally = match.attempt, Tally()
    if not attempt.entities or not match.of:
        return not_attempted(4)
    for event, own in match.of.items():
        homes = attempt.relations.entities_of.get(own, ())
        if not homes:
            tally.lacks(f"{match.called(event)} is in no entity.", 0.5)
        elif len(homes) > 1:
            tally.fault(f"{match.called(event)} is in {len(homes)} entities.", 0.5)
        else:
            tally.good(0.5)
    for key, said in attempt.entities.items():
        if fault := fault_of_entity(said.title(key)):
            tally.fault(f"{quoted(said.title(key))} {OF_ENTITY[fault]}")
    _pairs(match, tally)
    tally.at_least(len(match.wanted) / 4)
    return tally.score(4)


def _pairs(match: Match, tally: Tally) -> None:
    """Each two events: in one entity in both, or fairly so in one of them only."""
    reference, attempt = match.reference.relations, match.attempt.relations
    homed = [event for event, own in match.of.items() if len(attempt.entities_of.get(own, ())) == 1]
    apart: dict[Any, list[tuple[str, str]]] = {}
    mixed: dict[Any, list[tuple[str, str]]] = {}
    joined, split = Counter[tuple[str, str]](), Counter[str]()
    for one, other in combinations(homed, 2):
        wanted = reference.entity_of(one), reference.entity_of(other)
        own = attempt.entity_of(match.of[one]), attempt.entity_of(match.of[other])
        if wanted[0] == wanted[1] and own[0] == own[1]:
            tally.good(0.5)
        elif wanted[0] == wanted[1]:
            if _may_be_split(match, one, other):
                tally.good(0.5)
                split[str(wanted[0])] += 1
            else:
                apart.setdefault(frozenset(map(str, own)), []).append((one, other))
        elif own[0] == own[1]:
            if _may_be_joined(match, str(wanted[0]), str(wanted[1])):
                tally.good(0.5)
                joined[str(wanted[0]), str(wanted[1])] += 1
            else:
                mixed.setdefault((own[0], frozenset(map(str, wanted))), []).append((one, other))
    _told(match, tally, apart.values(), "one thing")
    _told(match, tally, mixed.values(), "two things")
    for key in split:
        tally.credited.append(f"{quoted(_title(match.reference, key))} is cut finer than in the reference.")
    for pair in joined:
        both = " and ".join(quoted(_title(match.reference, key)) for key in pair)
        tally.credited.append(f"{both} are one here: both are of one context.")


def _told(match: Match, tally: Tally, groups: Iterable[list[tuple[str, str]]], what: str) -> None:
    """Say once of all pairs from the same entities that they are about one thing, or about two."""
    for pairs in groups:
        one, other = pairs[0]
        more = len({event for pair in pairs for event in pair}) - 2
        rest = f", with {more} more beside them" if more > 0 else ""
        tally.fault(f"{match.called(one)} and {match.called(other)} are about {what}{rest}.", len(pairs) / 2)


def _title(storm: Storm, entity: str) -> str:
    return storm.entities[entity].title(entity)


def _may_be_joined(match: Match, one: str, other: str) -> bool:
    if any({one, other} <= set(group) for group in match.domain.join):
        return True
    homes = match.reference.relations.contexts_of
    return len(match.reference.contexts) > 1 and homes.get(one) == homes.get(other)


def _may_be_split(match: Match, one: str, other: str) -> bool:
    if any((one in group) != (other in group) for group in match.domain.split):
        return True
    names = [match.wording.name(match.attempt.events[match.of[event]].name) for event in (one, other)]
    return names[0].things.isdisjoint(names[1].things) or _moved_next_door(match, one, other)


def _moved_next_door(match: Match, one: str, other: str) -> bool:
    """Whether one of two events is with another thing of the same context: no border is drawn otherwise."""
    reference, attempt = match.reference.relations, match.attempt.relations
    entity = reference.entity_of(one)
    homes = reference.contexts_of.get(str(entity), ())
    own = {attempt.entity_of(match.of[event]) for event in (one, other)}
    mates = {
        match.back[mate]
        for key in own
        if key
        for mate in match.attempt.entities[key].events
        if mate in match.back
    }
    others = {reference.entity_of(mate) for mate in mates} - {entity, None}
    return len(match.reference.contexts) > 1 and any(
        reference.contexts_of.get(str(key), ()) == homes for key in others
    )


def boundaries(match: Match) -> StepScore:
    """Step 5: every entity has one home, and no more talk goes over the borders than in the reference."""
    attempt, tally = match.attempt, Tally()
    if not attempt.contexts or not match.of:
        return not_attempted(5)
    used = {
        entity for own in match.of.values() if (entity := attempt.relations.entity_of(own)) is not None
    } or set(attempt.entities)
    for entity in attempt.entities:
        homes = attempt.relations.contexts_of.get(entity, ())
        if len(homes) > 1:
            tally.fault(f"{quoted(_title(attempt, entity))} has {len(homes)} homes.")
        elif homes:
            tally.good()
        elif entity in used:
            tally.lacks(f"{quoted(_title(attempt, entity))} has no home.")
    reference, own = _on_the_same_flows(match)
    weight = max(1.0, tally.asked)
    same = _same_borders(match)
    if same or own.score <= reference.score + 1e-9 or _is_listed(match):
        tally.good(weight)
        if not same:
            tally.credited.append(
                f"Other borders than in the reference: coupling {own.score:.2f}, there {reference.score:.2f}."
            )
    else:
        part = max(0.0, 1 - 2 * (own.score - reference.score) / max(0.1, _ONE_CONTEXT - reference.score))
        if len([count for count in own.events_in.values() if count]) == 1:
            what = "One context holds everything."
        else:
            what = (
                f"The coupling is {own.score:.2f}, that of the reference {reference.score:.2f}: "
                f"{len(own.crossings)} reactions cross a border, there {len(reference.crossings)}."
            )
        tally.fault(what, weight, part)
    tally.at_least(len(match.reference.entities))
    return tally.score(5)


def _same_borders(match: Match) -> bool:
    def groups(storm: Storm, of: dict[str, str]) -> set[frozenset[str]]:
        found: dict[str | None, set[str]] = {}
        for event, one in of.items():
            found.setdefault(storm.relations.context_of(one), set()).add(event)
        return {frozenset(group) for group in found.values()}

    return groups(match.attempt, dict(match.of)) == groups(
        match.reference, {event: event for event in match.of}
    )


def _is_listed(match: Match) -> bool:
    """Whether the events are divided as in one of the domain's other good ways."""
    homes = {event: match.attempt.relations.context_of(own) for event, own in match.of.items()}
    for way in match.domain.boundaries:
        group_of = {entity: number for number, group in enumerate(way) for entity in group}
        pairs = {
            (homes[event], group_of.get(str(match.reference.relations.entity_of(event)), -1))
            for event in homes
        }
        if len(pairs) == len({home for home, _ in pairs}) == len({group for _, group in pairs}):
            return True
    return False


def _on_the_same_flows(match: Match) -> tuple[Coupling, Coupling]:
    """The coupling of both, with the reference's policies and of the events that both have.

    So nobody is better for having left policies out.
    """
    reference, attempt = match.reference, match.attempt
    there = set(match.of)
    policies = {
        key: policy.model_copy(
            update={
                "when": [one for one in policy.when if one in there],
                "emits": [one for one in policy.emits if one in there],
                "fails": [one for one in policy.fails if one in there],
            }
        )
        for key, policy in reference.policies.items()
    }
    policies = {key: policy for key, policy in policies.items() if policy.when}
    cut = Storm(name="reference").changed(
        events={event: said for event, said in reference.events.items() if event in there},
        policies=policies,
        entities={
            key: one.model_copy(update={"events": [event for event in one.events if event in there]})
            for key, one in reference.entities.items()
        },
        contexts=reference.contexts,
        services=reference.services,
    )
    own_events: dict[str, list[str]] = {}
    for event, own in match.of.items():
        if entity := attempt.relations.entity_of(own):
            own_events.setdefault(entity, []).append(event)
    contexts = {
        key: one.model_copy(update={"entities": [entity for entity in one.entities if entity in own_events]})
        for key, one in attempt.contexts.items()
    }
    base = Storm.model_validate({"name": "attempt", "entities": own_events})
    homes = {key: _home(match, key, policy.when) for key, policy in policies.items()}
    services = {f"of-{home}": {"context": home} for home in homes.values() if home}
    base = base.changed(
        events=cut.events,
        contexts=contexts,
        services=Storm.model_validate({"name": "s", "services": services}).services,
        policies={
            key: policy
            if policy.emits or policy.fails
            else policy.model_copy(update={"service": f"of-{homes[key]}" if homes[key] else None})
            for key, policy in policies.items()
        },
    )
    return coupling(cut), coupling(base)


def _home(match: Match, key: str, when: list[str]) -> str | None:
    """Where the attempt does what a policy of the reference does that emits nothing."""
    attempt = match.attempt
    wanted = match.reference.policies[key]
    if wanted.emits or wanted.fails:
        return None
    for event in when:
        for own in attempt.relations.hearers_of.get(match.of[event], ()):
            said = attempt.policies[own]
            if not any(one in match.back for one in (*said.emits, *said.fails)):
                return home_of_policy(attempt, own)
    return attempt.relations.context_of(match.of[when[0]])


def services(match: Match) -> StepScore:
    """Step 6: one service for each context, under a name that says whose it is."""
    attempt, tally = match.attempt, Tally()
    if not attempt.services:
        return not_attempted(6)
    for key, context in attempt.contexts.items():
        own = attempt.relations.services_of.get(key, ())
        title = quoted(context.title(key))
        if not own:
            if context.entities:
                tally.lacks(f"The context {title} has no service.")
        elif len(own) > 1:
            tally.fault(f"The context {title} has {len(own)} services.")
        else:
            name = attempt.services[own[0]].title(own[0])
            if _SAYS_NOTHING.match(name):
                tally.fault(f"{quoted(name)} does not say whose service it is.")
            else:
                tally.good()
    for key, service in attempt.services.items():
        if service.context not in attempt.contexts:
            tally.fault(f"The service {quoted(service.title(key))} is of no context.")
    if len(attempt.services) != len(match.reference.services) and not tally.wrong and not tally.missing:
        tally.credited.append("Another number of services than in the reference: one for each context here.")
    if match.of:
        tally.at_least(min(2, len(match.reference.contexts)))
    return tally.score(6)
