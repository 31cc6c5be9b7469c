"""Step 8, shared schemas: findings on the examples that a team wrote for its contracts."""

from __future__ import annotations

from collections.abc import Iterator

from ...storm.checks.finding import Found, called, check, listed, quoted
from ...storm.model import Storm
from ...storm.parts import Contract
from ..contract import detail_schema, nested_example, violations
from .patterns import filters, heard_by, types_at_odds


@check(
    "example-breaks-contract",
    "warning",
    8,
    title="An example keeps its own contract",
    why="People copy the example, and test events are made from it.",
    remedy="Correct the example, or the fields.",
    source="JSON Schema, as the registry holds it",
)
def example_breaks_contract(storm: Storm) -> Iterator[Found]:
    """Examples with a field missing, of another type, or unknown to the contract."""
    for event, contract in storm.contracts.items():
        if contract.example is None or not contract.fields_:
            continue
        wrong = list(_broken(contract))
        if wrong:
            yield Found((f"contracts/{event}",), f"The example of {called(storm, event)}: {listed(wrong)}.")


def _broken(contract: Contract) -> Iterator[str]:
    schema, example = detail_schema(contract.fields_), nested_example(contract)
    yield from (str(one) for one in violations(schema, example))
    yield from (f"{quoted(name)} is no field" for name in example if name not in schema["properties"])


@check(
    "example-never-passes",
    "note",
    8,
    title="An example is of the types that filters compare with",
    why="If the events look like the example, the audience hears nothing, and nobody is told.",
    remedy="Let the example, and the events, have the type that the filter asks for, or filter by the type "
    "that they have.",
    source="EventBridge: a number never matches a text; “App 2025”, episode 5: an amount that is a text",
)
def example_never_passes(storm: Storm) -> Iterator[Found]:
    """Examples that a listener's filter stops for the type of a value, whatever the value itself."""
    for key, pattern in filters(storm):
        for event in heard_by(storm, key):
            contract = storm.contracts.get(event)
            if contract is None or not contract.example:
                continue
            example = {"detail": nested_example(contract)}
            if why := types_at_odds(pattern, example):
                listener = quoted(storm.listeners[key].title(key))
                what = f"{listener} never hears {called(storm, event)} as in its example: {listed(why, 3)}."
                yield Found((f"contracts/{event}", f"listeners/{key}"), what)


CHECKS = (example_breaks_contract, example_never_passes)
