"""How risky each function is: what it can reach, times what it depends on.

A function that reaches much and stands on much of other people's code is where a break-in pays. The number
only ranks: it is no measure of harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .permissions import Permission, permissions
from .readable import name_of, readable, references
from .stack import Stack


@dataclass(frozen=True)
class Risk:
    """What one function can reach and what it depends on.

    Parameters
    ----------
    stack, function, note : where it stands, what it is called, and the sticky note that it comes from.
    reaches : each action on each resource that its role allows.
    depends_on : its runtime, layers, packages, and the resources that its settings name.
    """

    stack: str
    function: str
    note: str
    reaches: tuple[str, ...]
    depends_on: tuple[str, ...]

    @property
    def risk(self) -> int:
        """What it can reach times what it depends on."""
        return len(self.reaches) * len(self.depends_on)


def risks(stacks: Iterable[Stack]) -> tuple[Risk, ...]:
    """Every function of the stacks, the riskiest first."""
    found = [one for stack in stacks for one in _of(stack)]
    return tuple(sorted(found, key=lambda one: -one.risk))


def _of(stack: Stack) -> Iterator[Risk]:
    resources = stack.template.get("Resources", {})
    functions = {key: one for key, one in resources.items() if one["Type"] == "AWS::Lambda::Function"}
    said = permissions([stack]) if functions else ()
    for logical, one in functions.items():
        properties, metadata = one.get("Properties", {}), one.get("Metadata", {}).get("AnyCompany", {})
        role = references(properties.get("Role", ""))
        yield Risk(
            stack.name,
            name_of(logical, one),
            str(metadata.get("Note", "")),
            tuple(
                f"{action} on {resource}"
                for may in said
                if _of_role(may, role)
                for action in may.does
                for resource in may.to
            ),
            tuple(dict.fromkeys(_depends_on(stack, properties, metadata))),
        )


def _of_role(may: Permission, role: set[str]) -> bool:
    return may.resource in role and may.effect == "may" and may.does != ("sts:AssumeRole",)


def _depends_on(stack: Stack, properties: dict[str, Any], metadata: dict[str, Any]) -> Iterator[str]:
    """The runtime, the layers, the packages that Metadata names, and what the environment refers to."""
    if "Runtime" in properties:
        yield readable(properties["Runtime"], stack.template)
    for layer in properties.get("Layers", []):
        yield readable(layer, stack.template)
    yield from metadata.get("DependsOn", [])
    for value in properties.get("Environment", {}).get("Variables", {}).values():
        if references(value):
            yield readable(value, stack.template)
