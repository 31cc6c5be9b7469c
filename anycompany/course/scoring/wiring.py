"""Steps 7 and 8: the reference's examples routed through both buses; contracts by owner and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...bus.contract import example_detail
from ...bus.pattern import parse
from ...bus.router import Router
from ...bus.rules import rules
from ...storm.checks.finding import quoted
from ...storm.errors import StormError
from ...storm.parts import Contract, ContractField, Listener
from .card import StepScore, Tally, not_attempted
from .matching import Match
from .wording import Wording


def bus(match: Match) -> StepScore:
    """Step 7: every rule hears what it is to hear when the reference's examples go over the attempt's bus."""
    attempt, tally = match.attempt, Tally()
    if not (attempt.listeners or attempt.bus.name) or not match.of:
        return not_attempted(7)
    if (attempt.bus.name or "").lower() == "default":
        tally.fault("The default bus is AWS's own: an application has a bus of its own.")
    heard, refused = _routed(match)
    for key, why in refused.items():
        tally.fault(f"The pattern of {quoted(key)} cannot be read: {why}")
    _policies(match, heard, tally)
    _listeners(match, heard, tally)
    _never(match, tally)
    return tally.score(7)


Heard = dict[str, set[str]]
"""For each event of the reference, the rules of the attempt that its example woke, as ``section/id``."""


def _routed(match: Match) -> tuple[Heard, dict[str, str]]:
    attempt = match.attempt
    router, refused = Router(), {}
    for rule in rules(attempt):
        if rule.bus == "own":
            try:
                router.add(rule.note, parse(rule.pattern))
            except StormError as error:
                refused[rule.note] = error.what
    heard: Heard = {}
    for event, own in match.of.items():
        source, detail_type = attempt.relations.address_of[own]
        detail = _example(match, event, own)
        try:
            heard[event] = set(router.match({"source": source, "detail-type": detail_type, "detail": detail}))
        except StormError:
            heard[event] = set()
    return heard, refused


def _example(match: Match, event: str, own: str) -> Mapping[str, Any]:
    """The reference's example under the attempt's names of fields, with what else its contract asks for."""
    said = example_detail(match.reference, event)
    contract = match.attempt.contracts.get(own)
    if contract is None:
        return said
    detail = dict(example_detail(match.attempt, own))
    given = match.reference.contracts.get(event)
    if given:
        for wanted, field in fields_alike(match.wording, given, contract).items():
            if wanted in said and _fits(given.fields_[wanted], contract.fields_[field]):
                detail[field] = said[wanted]
    return detail


def _policies(match: Match, heard: Heard, tally: Tally) -> None:
    attempt = match.attempt
    for event, own in match.of.items():
        for key in attempt.relations.hearers_of.get(own, ()):
            if f"policies/{key}" in heard[event]:
                tally.good(0.5)
            else:
                title = attempt.policies[key].title(key)
                tally.fault(f"{match.called(event)} does not reach {quoted(title)}.", 0.5)
        for note in sorted(heard[event]):
            section, _, key = note.partition("/")
            if section == "policies" and own not in attempt.policies[key].when:
                title = attempt.policies[key].title(key)
                tally.fault(
                    f"{match.called(event)} also wakes {quoted(title)}, which does not ask for it.", 0.5
                )


def _listeners(match: Match, heard: Heard, tally: Tally) -> None:
    """Each listener of the reference has one in the attempt that hears the same; most alike first."""
    reference, attempt = match.reference, match.attempt
    wanted = {key: _asked(match, one) for key, one in reference.listeners.items()}
    own = {
        key: {event for event in match.of if f"listeners/{key}" in heard[event]} for key in attempt.listeners
    }
    likeness = [
        (len(events & found) / len(events | found), key, other)
        for key, events in wanted.items()
        if events
        for other, found in own.items()
        if found
    ]
    taken: dict[str, str] = {}
    for alike, key, other in sorted(likeness, key=lambda one: (-one[0], one[1], one[2])):
        if alike > 0.3 and key not in taken and other not in taken.values():
            taken[key] = other
    for key, events in wanted.items():
        if not events:
            continue
        title = _title(reference.listeners[key], key)
        if key not in taken:
            tally.lacks(f"Nobody hears for {title} what it asked for.", 2)
            continue
        other = taken[key]
        missing, more = events - own[other], own[other] - events
        if missing:
            names = ", ".join(match.called(one) for one in sorted(missing)[:3])
            tally.fault(
                f"{_title(attempt.listeners[other], other)} does not hear {names}.",
                2,
                1 - len(missing) / len(events),
            )
        else:
            tally.good(2)
            if more:
                tally.credited.append(
                    f"{_title(attempt.listeners[other], other)} hears more than {title} there."
                )


def _asked(match: Match, listener: Listener) -> set[str]:
    return set(match.of) if listener.hears == "all" else {one for one in listener.hears if one in match.of}


def _title(listener: Listener, key: str) -> str:
    return quoted(listener.for_ or listener.title(key))


def _never(match: Match, tally: Tally) -> None:
    for key, listener in match.attempt.listeners.items():
        said = match.wording.name(f"{key} {listener.name or ''} {listener.for_ or ''}")
        for audience in match.domain.never:
            if not said.all.isdisjoint(match.wording.name(audience).all) and listener.hears:
                tally.fault(
                    f"{quoted(audience)} must not hear anything, and {_title(listener, key)} does.", 4
                )


_IDENTIFIERS = frozenset(
    ("id", "ids", "identifier", "key", "number", "no", "nr", "code", "ref", "reference", "uuid")
)
_NUMERIC = frozenset(("number", "integer"))


def contracts(match: Match) -> StepScore:
    """Step 8: each contract of the reference: an owner, and fields from which a consumer has the same."""
    attempt, reference, tally = match.attempt, match.reference, Tally()
    if not attempt.contracts or not match.of:
        return not_attempted(8)
    for event, wanted in reference.contracts.items():
        own = match.of.get(event)
        if own is None:
            continue
        contract = attempt.contracts.get(own)
        if contract is None:
            tally.lacks(f"{match.called(event)} has no contract.", 2)
            continue
        owner = attempt.relations.owner_of(own)
        if owner is None and attempt.services:
            tally.lacks(f"Nobody owns the contract of {match.called(event)}: it is of no service.", 0.5)
        else:
            tally.good(0.5)
        _fields(match, event, wanted, contract, tally)
    asked = sum(event in match.wanted for event in reference.contracts)
    tally.at_least(asked)
    return tally.score(8)


def _fields(match: Match, event: str, wanted: Contract, own: Contract, tally: Tally) -> None:
    alike = fields_alike(match.wording, wanted, own)
    optional = set(match.domain.fields.get(event, ()))
    has_identifier = any(_is_identifier(wanted_name) for wanted_name in alike) or any(
        _is_identifier(name) for name in own.fields_
    )
    share = 1.5 / max(1, len(wanted.fields_))
    for name, field in wanted.fields_.items():
        found = alike.get(name)
        if found is None:
            if name in optional or (_is_identifier(name) and has_identifier):
                tally.good(share)
            else:
                tally.lacks(f"{match.called(event)} does not carry {quoted(name)}.", share)
        elif not (_fits(field, own.fields_[found]) or _both_identify(name, field, own.fields_[found])):
            said = f"is {_a(own.fields_[found].type)}, not {_a(field.type)}"
            tally.fault(
                f"{quoted(found)} of {match.called(event)} {said}.",
                share,
            )
        elif field.personal and not own.fields_[found].personal:
            tally.fault(f"{quoted(found)} of {match.called(event)} is personal, and not marked so.", share)
        else:
            tally.good(share)
            if found != name:
                tally.credited.append(f"{quoted(found)} of {match.called(event)} is read as {quoted(name)}.")
    for name in _at_odds(own):
        tally.fault(
            f"The example of {match.called(event)} does not keep its contract: {quoted(name)}.", share
        )


def fields_alike(wording: Wording, wanted: Contract, own: Contract) -> dict[str, str]:
    """For each field of a contract that another one has, the other's name of it; each once.

    Those that are called alike come first; then, one for one, fields of one type that have no other.
    """
    found: dict[str, str] = {name: name for name in wanted.fields_ if name in own.fields_}

    def rest() -> Iterator[tuple[str, str]]:
        for name in wanted.fields_:
            for other in list(own.fields_)[:60]:
                if name not in found and other not in found.values():
                    yield name, other

    for name, other in sorted(rest(), key=lambda pair: -_likeness(wording, *pair)):
        if name not in found and other not in found.values() and _likeness(wording, name, other) > 0:
            found[name] = other
    for name, other in list(rest()):
        same = _is_identifier(name) == _is_identifier(other) and _fits(
            wanted.fields_[name], own.fields_[other]
        )
        if name not in found and other not in found.values() and same and not _is_identifier(name):
            found[name] = other
    return found


def _likeness(wording: Wording, name: str, other: str) -> float:
    if _is_identifier(name) != _is_identifier(other):
        return 0.0
    one, two = (_without_id(text) for text in (name, other))
    return wording.name(one).likeness(wording.name(two)) if one and two else 0.1


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+|\d+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:80]).lower())


def _is_identifier(name: str) -> bool:
    return bool(_IDENTIFIERS.intersection(_words(name)[-1:]))


def _without_id(name: str) -> str:
    return " ".join(word for word in _words(name) if word not in _IDENTIFIERS)


def _fits(wanted: ContractField, own: ContractField) -> bool:
    if wanted.type == own.type or {wanted.type, own.type} <= _NUMERIC:
        return True
    return own.type == "object" and wanted.type in _NUMERIC  # an amount with its currency


def _both_identify(name: str, wanted: ContractField, own: ContractField) -> bool:
    """Whether both are an identifier, which may be a text or a whole number: nobody calculates with it."""
    return _is_identifier(name) and {wanted.type, own.type} <= {"string", "integer"}


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _at_odds(contract: Contract) -> list[str]:
    """Fields whose value in the example is of another type than the contract says."""
    example = contract.example or {}
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str,), "number": (int, float), "integer": (int,), "boolean": (bool,), "object": (dict,),
        "array": (list,),
    }  # fmt: skip
    return [
        name
        for name, field in contract.fields_.items()
        if name in example
        and (
            not isinstance(example[name], kinds[field.type])
            or (isinstance(example[name], bool) and field.type != "boolean")
        )
    ]
