"""A value that meets a condition of a pattern and is of a contract's kind, or the proof that none is."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ....storm.checks.finding import listed, quoted
from ...pattern.meeting import meets
from ...pattern.model import (
    AnythingBut,
    Cidr,
    Condition,
    Equals,
    EqualsIgnoreCase,
    Prefix,
    Suffix,
    Wildcard,
)
from ...pattern.values import cases, key_of
from ..kinds import SCALARS, a_kind, kind_of
from .answers import NOTHING, Budget, ImpossibleError, Reason, TooHardError
from .numbers import number_for
from .places import allowed
from .telling import condition_in_words, kinds_wanted, quoted_path
from .texts import Ending, IgnoringCase, Length, Machine, Not, Wild, Words

DATE_TIME = "2026-01-31T12:00:00Z"
"""A time, where a text has to be one."""

_OTHERS = ("text", "other", "something else", "x")
_FILLERS = [*map(chr, (*range(97, 123), *range(48, 58), *range(0x4E00, 0x9FFF)))]


def value_for(
    schema: Mapping[str, Any], conditions: tuple[Condition, ...], path: str, like: Any, budget: Budget
) -> Any:
    """A value that a schema allows and that meets one of the conditions.

    Parameters
    ----------
    schema : what stands at the field.
    conditions : of which one has to be met.
    path : the field, for the reason.
    like : a value to take if it will do.
    budget : how much work may be spent.

    Raises
    ------
    ImpossibleError
        if there is no such value.
    TooHardError
        if none was found, and it is not proved that there is none.
    """
    kinds = allowed(schema).intersection(SCALARS)
    if "enum" in schema and "$ref" not in schema:
        allowed_values = [value for value in schema["enum"] if kind_of(value) in kinds]
        keys = {condition.key for condition in conditions if isinstance(condition, Equals)}
        others = [condition for condition in conditions if not isinstance(condition, Equals)]
        for value in ([like] if like in allowed_values else []) + allowed_values:
            budget.spend(1 + len(others))
            if key_of(value) in keys or any(_is_met(condition, value) for condition in others):
                return value
        raise ImpossibleError(_none_listed(allowed_values, conditions, path))
    if kind_of(like) in kinds and any(_is_met(condition, like) for condition in conditions):
        return like
    hard: TooHardError | None = None
    for condition in conditions:
        try:
            found = _meeting(condition, schema, kinds, like, budget)
        except TooHardError as error:
            hard = error
        else:
            if found is not NOTHING:
                return found
    if hard:
        raise hard
    raise ImpossibleError(_reason(schema, kinds, conditions, path))


def _meeting(
    condition: Condition, schema: Mapping[str, Any], kinds: frozenset[str], like: Any, budget: Budget
) -> Any:
    """A value for one condition, or ``NOTHING`` where it is proved that there is none."""
    budget.spend()
    wanted = kinds_wanted(condition)
    hard: TooHardError | None = None
    # the kind of the example first, then as the kinds come
    for kind in sorted(kinds & wanted, key=lambda one: (one != kind_of(like), SCALARS.index(one))):
        try:
            if kind == "string":
                found: Any = _text(condition, schema, like, budget)
            elif kind in ("number", "integer"):
                found = number_for(condition, schema, "number" not in kinds)
            elif kind == "boolean":
                found = next((one for one in (True, False) if _is_met(condition, one)), NOTHING)
            else:
                found = None if _is_met(condition, None) else NOTHING
        except TooHardError as error:
            hard = error
            continue
        if found is not NOTHING:
            return found
    if hard:
        raise hard
    return NOTHING


def _is_met(condition: Condition, value: Any) -> bool:
    return meets(condition, value, key_of(value))


def _machines(condition: Condition) -> list[Machine]:
    """What reads a text and says whether it meets a condition on texts; an address is read by nobody here."""
    match condition:
        case Equals() if condition.key.startswith('"'):
            return [Words([condition.key[1:]])]
        case EqualsIgnoreCase():
            return [IgnoringCase(condition.text)]
        case Prefix():
            if condition.ignore_case:
                return [IgnoringCase(condition.text, beginning=True)]
            return [Words([condition.text], beginning=True)]
        case Suffix():
            if condition.ignore_case:
                return [IgnoringCase(condition.text, ending=True)]
            return [Ending(condition.text)]
        case Wildcard():
            return [Wild(condition.parts)] if len(condition.parts) > 1 else [Words(condition.parts)]
        case AnythingBut():
            return [Not(machine) for machine in _forbidden(condition)]
    return []


def _forbidden(condition: AnythingBut) -> Iterator[Machine]:
    """The conditions that must not be met, texts and beginnings each as one machine."""
    texts = [one.key[1:] for one in condition.conditions if isinstance(one, Equals) and one.key[:1] == '"']
    beginnings = [one.text for one in condition.conditions if isinstance(one, Prefix) and not one.ignore_case]
    if texts:
        yield Words(texts)
    if beginnings:
        yield Words(beginnings, beginning=True)
    for one in condition.conditions:
        if not isinstance(one, Equals) and not (isinstance(one, Prefix) and not one.ignore_case):
            yield from _machines(one)


def _text(condition: Condition, schema: Mapping[str, Any], like: Any, budget: Budget) -> Any:
    least, most = int(schema.get("minLength", 0)), schema.get("maxLength")
    if most is not None and _least_letters(condition) > most:
        return NOTHING
    machines = _machines(condition)
    letters = {char for machine in machines for char in machine.letters}
    filler = next(char for char in _FILLERS if char not in letters)
    for text in _candidates(condition, schema.get("format") == "date-time", least, filler):
        budget.spend()
        if least <= len(text) and (most is None or len(text) <= most) and _is_met(condition, text):
            return text
    if isinstance(condition, Cidr):
        raise TooHardError("no address of that range was found that is as long as the contract wants")
    if least or most is not None:
        machines.append(Length(least, most))
    return _shortest(machines, [*sorted(letters), filler], budget)


def _least_letters(condition: Condition) -> int:
    """How many letters a text has at least that meets a condition."""
    match condition:
        case Equals():
            return len(condition.key) - 1
        case Prefix() | Suffix() if not condition.ignore_case:
            return len(condition.text)
        case Prefix() | Suffix() | EqualsIgnoreCase():
            return sum(min(map(len, spellings)) for spellings in cases(condition.text))
        case Wildcard():
            return sum(map(len, condition.parts))
        case Cidr():
            return len("0.0.0.0") if condition.version == 4 else len("::")
    return 0


def _candidates(condition: Condition, is_time: bool, least: int, filler: str) -> Iterator[str]:
    """Texts that are likely to do, filled up to a length by letters that the condition does not speak of."""
    match condition:
        case Equals():
            yield condition.key[1:]
        case Prefix():
            if is_time:
                yield condition.text + DATE_TIME[len(condition.text) :]
            yield from (text.ljust(least, filler) for text in _cased(condition.text))
        case Suffix():
            if is_time:
                yield DATE_TIME[: -len(condition.text) or None] + condition.text
            yield from (text.rjust(least, filler) for text in _cased(condition.text))
        case EqualsIgnoreCase():
            yield from _cased(condition.text)
        case Wildcard():
            first, rest = condition.parts[0], "".join(condition.parts[1:])
            yield first + rest
            yield first + filler * (least - len(first) - len(rest)) + rest
        case Cidr():
            address = ipaddress.IPv4Address if condition.version == 4 else ipaddress.IPv6Address
            numbers = (min(condition.low + 1, condition.high), condition.low, condition.high)
            yield from (str(address(number)) for number in dict.fromkeys(numbers))
        case _:
            yield from (DATE_TIME, "2001-12-31T00:00:00Z") if is_time else ()
            yield from _OTHERS
            yield from (text.ljust(least, filler) for text in ("", *_OTHERS))
            yield filler * max(least, 1)


def _cased(text: str) -> tuple[str, ...]:
    return text, text.lower(), text.upper()


def _shortest(machines: list[Machine], letters: list[str], budget: Budget) -> Any:
    """A shortest text that meets all conditions, or ``NOTHING``; every state they can be in is tried."""
    cost = sum(machine.cost for machine in machines)
    start = tuple(machine.start for machine in machines)
    came_from: dict[Any, tuple[Any, str] | None] = {start: None}
    waiting = [start]
    for states in waiting:
        if all(machine.accepts(state) for machine, state in zip(machines, states, strict=True)):
            return _spelled(came_from, states)
        for char in letters:
            budget.spend(cost)
            after = tuple(machine.step(state, char) for machine, state in zip(machines, states, strict=True))
            if None not in after and after not in came_from:
                came_from[after] = (states, char)
                waiting.append(after)
    return NOTHING


def _spelled(came_from: Mapping[Any, tuple[Any, str] | None], states: Any) -> str:
    letters = []
    while (before := came_from[states]) is not None:
        states, char = before
        letters.append(char)
    return "".join(reversed(letters))


def _reason(
    schema: Mapping[str, Any], kinds: frozenset[str], conditions: Iterable[Condition], path: str
) -> Reason:
    """Why no value of these kinds meets any of these conditions."""
    wanted = [condition for condition in conditions if kinds_wanted(condition)]
    if not any(kinds & kinds_wanted(condition) for condition in wanted):
        told = " or ".join(dict.fromkeys(a_kind(kinds_wanted(condition)) for condition in wanted[:3]))
        kind = a_kind(kinds)
        return Reason("type", path, f"{quoted_path(path)} is {kind}, and {kind} never equals {told}")
    words = " or ".join(condition_in_words(condition) for condition in wanted[:3])
    return Reason("values", path, f"no value that the contract allows for {quoted_path(path)} is {words}")


def _none_listed(values: list[Any], conditions: tuple[Condition, ...], path: str) -> Reason:
    words = " or ".join(condition_in_words(condition) for condition in conditions[:3])
    said = listed([quoted(one) if isinstance(one, str) else str(one) for one in values], 3)
    return Reason("values", path, f"{quoted_path(path)} is {said}, and never {words}")
