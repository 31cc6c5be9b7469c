"""The tables of permissions: who may do what to what, every ``*`` with its reason, and risky functions."""

from __future__ import annotations

from collections.abc import Iterable

from ..stacks.permissions import Permission, permissions
from ..stacks.risks import risks
from ..stacks.stack import Stack
from .table import Table

_COLUMNS = ("who", "may", "on", "when", "from the note")


def allowed(stack: Stack) -> Table:
    """What the policies of one stack allow and deny, statement by statement."""
    rows = tuple((*_row(one), one.note) for one in permissions([stack]))
    return Table(stack.name, _COLUMNS, rows, "It lets nobody do anything.")


def wildcards(stacks: Iterable[Stack]) -> Table:
    """Every ``*`` that a policy has, with the reason; policies with the same reason together."""
    found: dict[tuple[str, str, str], list[Permission]] = {}
    for one in permissions(stacks):
        if one.wild:
            on = _who(one) if "*" in one.who else ", ".join(one.to)
            found.setdefault((_may(one), on, one.because), []).append(one)
    rows = tuple(
        (may, on, len(those), because or "No reason is given.") for (may, on, because), those in found.items()
    )
    return Table(
        "Every * and its reason", ("may", "the *", "policies", "because"), rows, "No policy has a *."
    )


def functions(stacks: Iterable[Stack]) -> Table:
    """Every function, the riskiest first: what it can reach, times what it depends on."""
    rows = tuple(
        (one.function, one.risk, ", ".join(one.reaches), ", ".join(one.depends_on)) for one in risks(stacks)
    )
    columns = ("function", "risk", "can reach", "depends on")
    return Table("Functions and their risk", columns, rows, "No task has a function of its own yet.")


def _row(one: Permission) -> tuple[str, str, str, str]:
    return _who(one), _may(one), ", ".join(one.to), "; ".join(one.when)


def _who(one: Permission) -> str:
    return "anybody (*)" if one.who == "*" else one.who


def _may(one: Permission) -> str:
    actions = ", ".join(one.does)
    return actions if one.effect == "may" else f"not {actions}"
