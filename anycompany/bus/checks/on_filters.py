"""Step 7: findings on listeners' filters, by themselves and against the contracts of what they hear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...storm.checks.finding import Found, called, check, listed, quoted
from ...storm.model import Storm
from ...storm.parts import Contract
from .filter_shape import TEXT_OPERATORS, Leaf, faults, leaves

NEVER = "EventBridge: a number never matches a text, nor a missing field anything but `exists: false`"


@check(
    "filter-syntax",
    "error",
    7,
    title="A filter is an event pattern",
    why="EventBridge refuses the rule: “Event pattern is not valid.”",
    remedy='Write fields with lists of values or conditions, such as {amount: [{numeric: [">", 100]}]}.',
    source="EventBridge user guide: comparison operators for use in event patterns",
)
def filter_syntax(storm: Storm) -> Iterator[Found]:
    """Filters that EventBridge would refuse, and where."""
    for key, listener in storm.listeners.items():
        for path, fault in faults(listener.where) if listener.where is not None else ():
            place = f"listeners/{key}/where" + (f"/{path}" if path else "")
            yield Found(
                (place,),
                f"The filter of {quoted(listener.title(key))} is not valid at {quoted(path)}: {fault}.",
            )


@check(
    "filter-field-missing",
    "error",
    7,
    title="A filter asks about a field that the events have",
    why="The rule never matches, and nobody is told: the audience hears nothing and takes it for quiet.",
    remedy="Correct the field's name, or add it to the contract with the service that owns it.",
    source=NEVER,
)
def filter_field_missing(storm: Storm) -> Iterator[Found]:
    """Filters by a field that no contract of the events heard has."""
    for key, leaf, contracts in _filters(storm):
        lacking = [event for event, contract in contracts.items() if _lacks(leaf, contract)]
        if lacking and len(lacking) == len(contracts):
            names = listed([called(storm, event) for event in lacking])
            what = f"{_filter_of(storm, key)} asks about {quoted(leaf.path)}, which {names} does not have."
            yield Found((_place(key, leaf),), what)


@check(
    "filter-field-missing-in-some",
    "warning",
    7,
    title="A filter asks about a field that all events it hears have",
    why="Those without the field never come through.",
    remedy="Hear those events by a listener without this filter, or add the field to their contracts.",
    source=NEVER,
)
def filter_field_missing_in_some(storm: Storm) -> Iterator[Found]:
    """Filters by a field that some of the events named in ``hears`` lack."""
    for key, leaf, contracts in _filters(storm):
        lacking = [event for event, contract in contracts.items() if _lacks(leaf, contract)]
        if lacking and len(lacking) < len(contracts) and storm.listeners[key].hears != "all":
            names = listed([called(storm, event) for event in lacking])
            what = f"{_filter_of(storm, key)} asks about {quoted(leaf.path)}, which {names} does not have."
            yield Found((_place(key, leaf),), what)


@check(
    "filter-type",
    "error",
    7,
    title="A filter compares a field with values of its own type",
    why='`amount > 10000` never matches "10001": the alarm that everybody relies on never rings.',
    remedy="Compare with the type in the contract, or let the contract say the type that the events carry.",
    source=NEVER,
)
def filter_type(storm: Storm) -> Iterator[Found]:
    """Conditions that no value of the field's type in the contract can meet."""
    for key, leaf, contracts in _filters(storm):
        told = []
        for event, contract in contracts.items():
            declared = _type_of(leaf.path, contract)
            wrong = _never_met(leaf, declared) if declared else None
            if wrong:
                told.append(f"in {called(storm, event)} it is {_article(declared)}, and {wrong}")
        if told:
            what = f"{_filter_of(storm, key)} asks about {quoted(leaf.path)}: {listed(told, 3)}."
            yield Found((_place(key, leaf),), what)


def _filters(storm: Storm) -> Iterator[tuple[str, Leaf, dict[str, Contract]]]:
    """Each field that a listener filters by, with the contracts (that say fields) of the events it hears."""
    for key, listener in storm.listeners.items():
        if not listener.where:
            continue
        heard = storm.events if listener.hears == "all" else dict.fromkeys(listener.hears)
        contracts = {
            event: contract
            for event in heard
            if (contract := storm.contracts.get(event)) and contract.fields_ and event in storm.events
        }
        yield from ((key, leaf, contracts) for leaf in leaves(listener.where))


def _place(listener: str, leaf: Leaf) -> str:
    return f"listeners/{listener}/where/{leaf.path}"


def _filter_of(storm: Storm, listener: str) -> str:
    return f"The filter of {quoted(storm.listeners[listener].title(listener))}"


def _type_of(path: str, contract: Contract) -> str | None:
    """The type of a field in a contract, ``"object"`` for one with fields below it; None where it has none.

    A dotted key is the nested one. Below an object or an array the contract says nothing: ``"anything"``.
    """
    fields = contract.fields_
    if path in fields:
        return fields[path].type
    if any(name.startswith(f"{path}.") for name in fields):
        return "object"
    parts = path.split(".")
    for length in range(len(parts) - 1, 0, -1):
        above = fields.get(".".join(parts[:length]))
        if above is not None:
            return "anything" if above.type in ("object", "array") else None
    return None


def _lacks(leaf: Leaf, contract: Contract) -> bool:
    met_by_absence = any(condition == {"exists": False} for condition in leaf.conditions)
    return not met_by_absence and _type_of(leaf.path, contract) is None


def _never_met(leaf: Leaf, declared: str) -> str | None:
    """Why one of the conditions can never be met, or never fail, by a field of this type."""
    if declared in ("anything", "array"):
        return None
    if declared == "object":
        return "only the fields within an object can be compared"
    kind = "number" if declared == "integer" else declared
    for condition in leaf.conditions:
        for wanted in sorted(_kinds(condition)):
            if wanted != kind:
                return f"{_article(kind)} never equals {_article(wanted)}"
    return None


def _kinds(condition: Any) -> set[str]:
    """The types that a condition is about; none where it does not matter."""
    if isinstance(condition, dict) and len(condition) == 1:
        operator, operand = next(iter(condition.items()))
        if operator in TEXT_OPERATORS:
            return {"string"}
        if operator == "numeric":
            return {"number"}
        if operator == "anything-but":
            values = operand if isinstance(operand, list) else [operand]
            return (
                {"string"} if isinstance(operand, dict) else {kind for one in values for kind in _kinds(one)}
            )
        return set()
    if isinstance(condition, bool):
        return {"boolean"}
    if isinstance(condition, str):
        return {"string"}
    return {"number"} if isinstance(condition, int | float) else set()


def _article(kind: str | None) -> str:
    words = {"string": "a text", "integer": "an integer", "object": "an object", "boolean": "true or false"}
    return words.get(kind or "", f"a {kind}")


CHECKS = (filter_syntax, filter_field_missing, filter_field_missing_in_some, filter_type)
